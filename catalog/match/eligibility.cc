#include "catalog/match/eligibility.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "catalog/base/text.h"
#include "catalog/match/verdict_parts.h"
#include "catalog/model/registry.h"
#include "catalog/programme/destination.h"

namespace stackport::match {

namespace {

constexpr std::int64_t kMilli = 1000;

// Primary languages compare by their language subtag: a product that speaks pt-BR serves a request
// for pt, and one that states pt serves pt-BR.
std::string_view PrimaryLanguage(std::string_view tag) {
  return tag.substr(0, tag.find('-'));
}

}  // namespace

std::string FactText(const Fact& fact, std::string_view name) {
  const AttributeValue& value = fact.value;
  switch (value.kind) {
    case AttributeValue::Kind::kFlag:
      return value.flag ? "true" : "false";
    case AttributeValue::Kind::kText:
      return Printable(value.text);
    case AttributeValue::Kind::kTokens:
      return Join(value.tokens, ", ");
    case AttributeValue::Kind::kTable:
      return "a table";
    case AttributeValue::Kind::kNumber:
      break;
  }
  const AttributeDefinition* definition = Registry::Builtin().FindFact(name);
  const Dimension* dimension =
      definition == nullptr ? nullptr : Registry::Builtin().FindDimension(definition->dimension);
  const std::string unit = dimension == nullptr ? "" : " " + dimension->base_unit;
  return value.number.exact()
             ? fmt::format("{}{}", value.number.low, unit)
             : fmt::format("{} to {}{}", value.number.low, value.number.high, unit);
}

Eligibility::Eligibility(const PreparedCatalog& catalog, const Request& request,
                         const CountryIndex& countries, Words words)
    : catalog_(catalog),
      request_(request),
      countries_(countries),
      words_(words),
      country_(countries.Find(request.country)),
      country_number_(NumberOfCountry(request.country)),
      destination_(JudgeDestination(countries, request.country)),
      market_(JudgeMarket(countries, request.country)),
      hardware_lead_days_((request.Milli("hardware_lead_days") + kMilli - 1) / kMilli),
      licence_days_((request.Milli("licence_days_high") + kMilli - 1) / kMilli) {
  std::set<std::string> languages;
  for (const UseCase& use_case : request.use_cases) {
    languages.insert(use_case.languages.begin(), use_case.languages.end());
    users_ += use_case.users;
  }
  languages_.assign(languages.begin(), languages.end());
}

bool Eligibility::InBloc(const std::string& country_code) const {
  const CountryNumber number = NumberOfCountry(country_code);
  if (number == kNoCountry) return false;
  if (in_bloc_.empty()) in_bloc_.assign(kCountryNumbers, -1);
  if (in_bloc_[number] < 0) {
    in_bloc_[number] = countries_.ShareRegionalBloc(request_.country, country_code).empty() ? 0 : 1;
  }
  return in_bloc_[number] == 1;
}

Truth Eligibility::ResidencyAllows(const std::string& country_code) const {
  switch (request_.residency) {
    case Residency::kAnywhere:
    case Residency::kPreferCountry:
      return Truth::kTrue;
    case Residency::kCountry:
      return country_code.empty() ? Truth::kUnknown : FromBool(country_code == request_.country);
    case Residency::kBloc:
      return country_code.empty()
                 ? Truth::kUnknown
                 : FromBool(country_code == request_.country || InBloc(country_code));
  }
  return Truth::kUnknown;
}

Verdict Eligibility::Judge(std::size_t position) const {
  const Traits& traits = catalog_.TraitsOf(position);
  Verdict verdict(words_);
  for (void (Eligibility::*rule)(const Traits&, Verdict&) const :
       {&Eligibility::JudgeBan, &Eligibility::JudgeMember, &Eligibility::JudgeCertifications,
        &Eligibility::JudgeLanguages, &Eligibility::JudgeModelSize, &Eligibility::JudgeMains,
        &Eligibility::JudgeSiteConditions, &Eligibility::JudgeOpenWeights,
        &Eligibility::RejectUnknown}) {
    (this->*rule)(traits, verdict);
    if (!verdict.eligible()) break;
  }
  return verdict;
}

void Eligibility::JudgeBan(const Traits& traits, Verdict& verdict) const {
  const Component& component = *traits.component;
  if (Contains(request_.banned_components, component.id)) {
    verdict.Exclude("banned",
                    [&] { return Excluded(traits, "banned", "the request bans this component"); });
  } else if (Contains(request_.banned_vendors, component.vendor_id)) {
    verdict.Exclude("banned", [&] {
      return Excluded(traits, "banned", "the request bans its vendor " + component.vendor_id);
    });
  }
}

void Eligibility::JudgeOpenWeights(const Traits& traits, Verdict& verdict) const {
  if (traits.kind != KindOf::kModel || !request_.open_weights) return;
  const Fact* open = traits.open_weights;
  if (open == nullptr) {
    verdict.Ask(Asked::kOpenWeights, [&] {
      return Question(traits, Asked::kOpenWeights, "open weights demanded",
                      "Whether the weights are open is not stated.");
    });
  } else if (!open->value.flag) {
    verdict.Exclude("open_weights", [&] {
      return Excluded(traits, "open_weights",
                      "its weights are not open, and the request demands open weights",
                      "open_weights", *open);
    });
  }
}

void Eligibility::RejectUnknown(const Traits& traits, Verdict& verdict) const {
  if (!verdict.eligible() || request_.unknown_facts != UnknownFacts::kReject) return;
  if (verdict.questions() == 0) return;
  verdict.Exclude("unknown_fact", [&] {
    const OpenQuestion& question = verdict.words()->questions.front();
    return Excluded(traits, "unknown_fact",
                    fmt::format("{} is unknown ({}), and the request rejects unknown facts",
                                question.fact, question.rule));
  });
}

void Eligibility::JudgeCertifications(const Traits& traits, Verdict& verdict) const {
  // Certifications are asked of whoever runs the service that holds the data.
  const bool operates =
      traits.kind == KindOf::kCloudProvider || traits.kind == KindOf::kSovereignCloud;
  if (request_.certifications.empty() || !operates) return;
  const Fact* held = traits.certifications;
  if (held == nullptr) {
    verdict.Ask(Asked::kCertifications, [&] {
      return Question(traits, Asked::kCertifications, "certifications demanded",
                      "Its certifications are not stated; the request demands " +
                          Join(request_.certifications, ", ") + ".");
    });
    return;
  }
  for (const std::string& wanted : request_.certifications) {
    if (Contains(held->value.tokens, wanted)) continue;
    verdict.Exclude("certification", [&] {
      return Excluded(traits, "certification",
                      fmt::format("it states {}, and the request demands {}",
                                  Join(held->value.tokens, ", "), wanted),
                      "certifications", *held);
    });
    return;
  }
  verdict.Tell([&](VerdictWords& words) {
    words.because.push_back("holds " + Join(request_.certifications, ", "));
    words.facts.push_back(Used(traits, "certifications", *held));
  });
}

void Eligibility::JudgeLanguages(const Traits& traits, Verdict& verdict) const {
  const bool speaks = traits.kind == KindOf::kModel || traits.kind == KindOf::kApplication;
  if (!speaks || languages_.empty()) return;
  const Fact* stated = traits.languages;
  if (stated == nullptr) {
    verdict.Ask(Asked::kLanguages, [&] {
      return Question(
          traits, Asked::kLanguages, "speaks " + Join(languages_, ", "),
          "Its languages are not stated; the use cases need " + Join(languages_, ", ") + ".");
    });
    return;
  }
  const std::vector<std::string>& spoken = stated->value.tokens;
  for (const std::string& wanted : languages_) {
    const std::string_view primary = PrimaryLanguage(wanted);
    // Tags are sorted, but "pt-BR" comes after "ptx": each is looked at.
    const bool found = std::any_of(spoken.begin(), spoken.end(), [&](const std::string& tag) {
      return tag.starts_with(primary) && PrimaryLanguage(tag) == primary;
    });
    if (found) continue;
    verdict.Exclude("language", [&] {
      return Excluded(
          traits, "language",
          fmt::format("it states {} language(s) and {} is not among them", spoken.size(), wanted),
          "languages", *stated);
    });
    return;
  }
  verdict.Tell([&](VerdictWords& words) {
    words.because.push_back("states the languages " + Join(languages_, ", "));
    words.facts.push_back(Used(traits, "languages", *stated));
  });
}

}  // namespace stackport::match
