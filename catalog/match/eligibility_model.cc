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

Verdict Eligibility::JudgeModelSize(const Component& component) const {
  struct Floor {
    const char* fact;
    std::optional<std::int64_t> least;
    std::string (*text)(std::int64_t);
  };
  Verdict verdict;
  if (component.kind != "model") return verdict;
  for (const Floor& floor : {Floor{"parameters", request_.min_model_parameters, ParametersText},
                             Floor{"context_tokens", request_.min_context_tokens, ContextText}}) {
    if (!floor.least) continue;
    const std::string asked = "at least " + floor.text(*floor.least);
    const Fact* stated = component.FindFact(floor.fact);
    if (stated == nullptr) {
      verdict.questions.push_back(Ask(
          component, floor.fact, asked,
          fmt::format("Its {} is not stated; the request asks for {}.",
                      floor.fact == std::string_view("parameters") ? "size" : "context", asked)));
      continue;
    }
    if (stated->value.number.high < *floor.least) {
      verdict = Excluded(component, "model_size",
                         fmt::format("it has {}, and the request asks for {}",
                                     floor.text(stated->value.number.high), asked));
      verdict.exclusion->facts.push_back(Used(component, floor.fact, *stated));
      return verdict;
    }
    verdict.because.push_back("has " + asked);
    verdict.facts.push_back(Used(component, floor.fact, *stated));
  }
  return verdict;
}

Verdict Eligibility::JudgeWeightsLicence(const Component& model) const {
  Verdict verdict;
  // Weights that are not open are sold to be used; any licence lets one try and research.
  const Fact* open = model.FindFact("open_weights");
  if (open != nullptr && !open->value.flag) return verdict;
  if (request_.purpose == Purpose::kResearch) return verdict;
  const Fact* use = model.FindFact("commercial_use");
  const std::string licence = LicenceName(model);
  if (use == nullptr) {
    verdict.questions.push_back(Ask(
        model, "commercial_use", "licence of the weights",
        fmt::format("Whether its licence ({}) lets a service be run on the weights is not stated.",
                    licence)));
  } else if (use->value.tokens.front() == "forbidden") {
    verdict = Excluded(
        model, "commercial_use",
        fmt::format("its weights are licensed for research or non-commercial use only "
                    "({}), and the request runs a service; its vendor may sell other terms",
                    licence));
    verdict.exclusion->facts.push_back(Used(model, "commercial_use", *use));
    if (const Fact* words = model.FindFact("use_restrictions")) {
      verdict.exclusion->facts.push_back(Used(model, "use_restrictions", *words));
    }
    return verdict;
  } else {
    const bool conditions = use->value.tokens.front() == "with_conditions";
    verdict.because.push_back(fmt::format("its licence lets a service be run on the weights{} ({})",
                                          conditions ? " under conditions" : "", licence));
    verdict.facts.push_back(Used(model, "commercial_use", *use));
    const Fact* words = model.FindFact("use_restrictions");
    if (conditions && words != nullptr) {
      verdict.facts.push_back(Used(model, "use_restrictions", *words));
    }
  }
  const Fact* not_in = model.FindFact("unlicensed_countries");
  if (not_in != nullptr && Contains(not_in->value.tokens, request_.country)) {
    verdict.questions.push_back(
        Ask(model, "unlicensed_countries", "licence of the weights",
            fmt::format("Its licence ({}) covers no operator based in {}: who runs it has to be "
                        "based elsewhere, or agree with its vendor.",
                        licence, request_.country)));
  }
  std::int64_t users = 0;
  for (const UseCase& use_case : request_.use_cases) users += use_case.users;
  const Fact* most = model.FindFact("licensed_users");
  if (most != nullptr && users > most->value.number.low) {
    verdict.questions.push_back(
        Ask(model, "licensed_users", "licence of the weights",
            fmt::format("Its licence ({}) covers {} users, and the request has {}: an agreement "
                        "with its vendor is needed.",
                        licence, most->value.number.low, users)));
  }
  if (request_.unknown_facts == UnknownFacts::kReject && !verdict.questions.empty()) {
    return Excluded(model, "unknown_fact",
                    fmt::format("{} is unknown ({}), and the request rejects unknown facts",
                                verdict.questions.front().fact, verdict.questions.front().rule));
  }
  return verdict;
}

}  // namespace stackport::match
