// Rules that only models know: size, and what the licence of their weights lets one do.
#include <fmt/format.h>

#include "catalog/match/eligibility.h"
#include "catalog/match/request_demands.h"
#include "catalog/match/verdict_parts.h"

namespace stackport::match {

namespace {

// "Gemma Terms of Use", or words for a licence that has no name in the document.
std::string LicenceName(const Component& model) {
  const Fact* licence = model.FindFact("license");
  return licence == nullptr ? "not named" : FactText(*licence, "license");
}

}  // namespace

void Eligibility::JudgeModelSize(const Traits& traits, Verdict& verdict) const {
  struct Floor {
    const char* fact;
    Asked asked;
    const Fact* stated;
    std::optional<std::int64_t> least;
    std::string (*text)(std::int64_t);
  };
  if (traits.kind != KindOf::kModel) return;
  for (const Floor& floor : {Floor{"parameters", Asked::kParameters, traits.parameters,
                                   request_.min_model_parameters, ParametersText},
                             Floor{"context_tokens", Asked::kContextTokens, traits.context_tokens,
                                   request_.min_context_tokens, ContextText}}) {
    if (!floor.least) continue;
    const auto asked = [&] { return "at least " + floor.text(*floor.least); };
    if (floor.stated == nullptr) {
      verdict.Ask(floor.asked, [&] {
        const bool size = floor.asked == Asked::kParameters;
        return Question(traits, floor.asked, asked(),
                        fmt::format("Its {} is not stated; the request asks for {}.",
                                    size ? "size" : "context", asked()));
      });
      continue;
    }
    const std::int64_t most = floor.stated->value.number.high;
    if (most < *floor.least) {
      verdict.Exclude("model_size", [&] {
        return Excluded(
            traits, "model_size",
            fmt::format("it has {}, and the request asks for {}", floor.text(most), asked()),
            floor.fact, *floor.stated);
      });
      return;
    }
    verdict.Tell([&](VerdictWords& words) {
      words.because.push_back("has " + asked());
      words.facts.push_back(Used(traits, floor.fact, *floor.stated));
    });
  }
}

Verdict Eligibility::JudgeWeightsLicence(std::size_t position) const {
  const Traits& traits = catalog_.TraitsOf(position);
  const Component& model = *traits.component;
  Verdict verdict(words_);
  // Weights that are not open are sold to be used; any licence lets one try and research.
  if (traits.open_weights != nullptr && !traits.open_weights->value.flag) return verdict;
  if (request_.purpose == Purpose::kResearch) return verdict;
  const Fact* use = traits.commercial_use;
  if (use == nullptr) {
    verdict.Ask(Asked::kCommercialUse, [&] {
      return Question(
          traits, Asked::kCommercialUse, "licence of the weights",
          fmt::format(
              "Whether its licence ({}) lets a service be run on the weights is not stated.",
              LicenceName(model)));
    });
  } else if (use->value.tokens.front() == "forbidden") {
    verdict.Exclude("commercial_use", [&] {
      Exclusion exclusion = Excluded(
          traits, "commercial_use",
          fmt::format("its weights are licensed for research or non-commercial use only "
                      "({}), and the request runs a service; its vendor may sell other terms",
                      LicenceName(model)),
          "commercial_use", *use);
      if (const Fact* words = model.FindFact("use_restrictions")) {
        exclusion.facts.push_back(Used(traits, "use_restrictions", *words));
      }
      return exclusion;
    });
    return verdict;
  } else {
    verdict.Tell([&](VerdictWords& words) {
      const bool conditions = use->value.tokens.front() == "with_conditions";
      words.because.push_back(fmt::format("its licence lets a service be run on the weights{} ({})",
                                          conditions ? " under conditions" : "",
                                          LicenceName(model)));
      words.facts.push_back(Used(traits, "commercial_use", *use));
      const Fact* restrictions = model.FindFact("use_restrictions");
      if (conditions && restrictions != nullptr) {
        words.facts.push_back(Used(traits, "use_restrictions", *restrictions));
      }
    });
  }
  const Fact* not_in = traits.unlicensed_countries;
  if (not_in != nullptr && Contains(not_in->value.tokens, request_.country)) {
    verdict.Ask(Asked::kUnlicensedCountries, [&] {
      return Question(
          traits, Asked::kUnlicensedCountries, "licence of the weights",
          fmt::format("Its licence ({}) covers no operator based in {}: who runs it has to be "
                      "based elsewhere, or agree with its vendor.",
                      LicenceName(model), request_.country));
    });
  }
  const Fact* most = traits.licensed_users;
  if (most != nullptr && users_ > most->value.number.low) {
    verdict.Ask(Asked::kLicensedUsers, [&] {
      return Question(
          traits, Asked::kLicensedUsers, "licence of the weights",
          fmt::format("Its licence ({}) covers {} users, and the request has {}: an agreement "
                      "with its vendor is needed.",
                      LicenceName(model), most->value.number.low, users_));
    });
  }
  RejectUnknown(traits, verdict);
  return verdict;
}

}  // namespace stackport::match
