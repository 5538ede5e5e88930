// Rules about the customer's own site: its mains, cooling and platforms, and clouds that stand
// there.
#include <fmt/format.h>

#include <algorithm>

#include "catalog/base/text.h"
#include "catalog/match/eligibility.h"
#include "catalog/match/provided_values.h"
#include "catalog/match/verdict_parts.h"

namespace stackport::match {

namespace {

// "site-cooling direct-liquid or site-platform openshift"
std::string ConditionText(const Requirement& requirement) {
  std::string text;
  for (const RequiredCapability& alternative : requirement.any_of) {
    std::vector<std::string> wanted;
    for (const Condition& condition : alternative.where) {
      wanted.insert(wanted.end(), condition.tokens.begin(), condition.tokens.end());
    }
    if (!text.empty()) text += " or ";
    text += alternative.capability + (wanted.empty() ? "" : " " + Join(wanted, ", "));
  }
  return text;
}

bool WantsOneOf(const RequiredCapability& alternative, const std::vector<std::string>& offered) {
  return std::any_of(
      alternative.where.begin(), alternative.where.end(), [&](const Condition& condition) {
        return std::any_of(condition.tokens.begin(), condition.tokens.end(),
                           [&](const std::string& item) { return Contains(offered, item); });
      });
}

// Whether the request's site offers what a part asks of it.
Truth SiteOffers(const Request& request, const Requirement& requirement) {
  // Every data hall moves air; only what goes beyond that is asked about.
  static const std::vector<std::string> kAir = {"air"};
  Truth met = Truth::kFalse;
  for (const RequiredCapability& alternative : requirement.any_of) {
    const bool cooling = alternative.capability == "site-cooling";
    const std::vector<std::string>& stated =
        cooling ? request.site_cooling : request.site_platforms;
    if (cooling && stated.empty() && WantsOneOf(alternative, kAir)) return Truth::kTrue;
    if (stated.empty() || (!cooling && alternative.capability != "site-platform")) {
      met = Or(met, Truth::kUnknown);
    } else {
      met = Or(met, FromBool(WantsOneOf(alternative, stated)));
    }
  }
  return met;
}

}  // namespace

std::pair<Truth, int> Eligibility::MainsRunOn(const Interval& volts) const {
  if (country_ == nullptr) return {Truth::kUnknown, 0};
  const auto& single_phase = country_->mains_voltage_v;
  const auto& three_phase = country_->mains_three_phase_v;
  if (single_phase.empty() && three_phase.empty()) return {Truth::kUnknown, 0};
  // A nominal supply may differ by a tenth, as IEC 60038 allows.
  for (const auto* supplied : {&single_phase, &three_phase}) {
    for (const int each : *supplied) {
      if (each * 11 >= volts.low * 10 && each * 9 <= volts.high * 10) return {Truth::kTrue, each};
    }
  }
  return {Truth::kFalse, single_phase.empty() ? three_phase.front() : single_phase.front()};
}

void Eligibility::JudgeMains(const Traits& traits, Verdict& verdict) const {
  const Fact* voltage = traits.mains_voltage;
  if (voltage == nullptr || country_ == nullptr || !traits.IsHardware()) return;
  const auto [suits, volts] = MainsRunOn(voltage->value.number);
  if (suits == Truth::kUnknown) {
    verdict.Ask(Asked::kMainsVoltage, [&] {
      return Question(traits, Asked::kMainsVoltage, "mains of the country",
                      "The mains voltage of the country is not known.");
    });
    return;
  }
  if (suits == Truth::kTrue) {
    verdict.Tell([&, at = volts](VerdictWords& words) {
      words.because.push_back(fmt::format("runs on the country's {} V mains", at));
    });
    return;
  }
  verdict.Exclude("mains", [&, at = volts] {
    return Excluded(traits, "mains",
                    fmt::format("it needs {}, and the country supplies {} V",
                                FactText(*voltage, "mains_voltage"), at),
                    "mains_voltage", *voltage);
  });
}

void Eligibility::JudgeSiteConditions(const Traits& traits, Verdict& verdict) const {
  if (!traits.site_conditions) return;
  for (const Requirement& requirement : traits.component->requires_) {
    if (!requirement.site_condition) continue;
    switch (SiteOffers(request_, requirement)) {
      case Truth::kTrue:
        break;
      case Truth::kFalse:
        verdict.Exclude("site_condition", [&] {
          return Excluded(traits, "site_condition",
                          "it needs " + ConditionText(requirement) +
                              ", and the request's site does not offer that");
        });
        return;
      case Truth::kUnknown:
        verdict.Ask(Asked::kSiteCondition, [&] {
          return Question(traits, Asked::kSiteCondition, "site condition",
                          "It needs " + ConditionText(requirement) +
                              "; the request does not say whether the site offers it.");
        });
        break;
    }
  }
}

void Eligibility::JudgeCloudAtSite(const Traits& traits, Verdict& verdict) const {
  const AttributeValue* own = ProvidedValue(*traits.component, "cloud-services", "own_machines");
  if (own == nullptr) {
    verdict.Ask(Asked::kOwnMachines, [&] {
      return Question(traits, Asked::kOwnMachines, "machines of the site",
                      "Whether it runs on machines that are bought is not stated.");
    });
  } else if (own->flag) {
    verdict.Exclude("cannot_size", [&] {
      return Excluded(traits, "cannot_size",
                      "it comes with machines of its provider, and what is inside them and what "
                      "they cost is not in the catalog, so it cannot be sized");
    });
    return;
  }
  const Fact* gap = traits.air_gap;
  const Fact* plane = traits.control_plane;
  const bool on_site = plane != nullptr && plane->value.tokens.front() == "on_site";
  if (on_site || (gap != nullptr && gap->value.flag)) {
    verdict.Tell([&](VerdictWords& words) {
      words.because.emplace_back("is managed at the site itself");
      words.facts.push_back(on_site ? Used(traits, "control_plane", *plane)
                                    : Used(traits, "air_gap", *gap));
    });
    return;
  }
  if (request_.residency != Residency::kCountry && request_.residency != Residency::kBloc) return;
  verdict.Ask(Asked::kControlPlane, [&] {
    return Question(traits, Asked::kControlPlane, "data residency",
                    plane == nullptr
                        ? "Where it is managed from is not stated."
                        : "It is managed from a region of its provider; whether what is sent "
                          "there stays where data may be held is not stated.");
  });
}

}  // namespace stackport::match
