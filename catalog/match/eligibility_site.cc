// Rules about the customer's own site: its mains, cooling and platforms, and clouds that stand
// there.
#include <fmt/format.h>

#include <algorithm>

#include "catalog/base/text.h"
#include "catalog/match/eligibility.h"
#include "catalog/match/provided_values.h"
#include "catalog/match/verdict_parts.h"

namespace stackport::match {

Verdict Eligibility::JudgeMains(const Component& component) const {
  const Fact* voltage = component.FindFact("mains_voltage");
  const Country* country = countries_.Find(request_.country);
  Verdict verdict;
  if (voltage == nullptr || country == nullptr || !IsHardware(component)) return verdict;
  std::vector<int> supplied = country->mains_voltage_v;
  supplied.insert(supplied.end(), country->mains_three_phase_v.begin(),
                  country->mains_three_phase_v.end());
  if (supplied.empty()) {
    verdict.questions.push_back(Ask(component, "mains_voltage", "mains of the country",
                                    "The mains voltage of the country is not known."));
    return verdict;
  }
  // A nominal supply may differ by a tenth, as IEC 60038 allows.
  const Interval range = voltage->value.number;
  for (const int volts : supplied) {
    if (volts * 11 >= range.low * 10 && volts * 9 <= range.high * 10) {
      verdict.because.push_back(fmt::format("runs on the country's {} V mains", volts));
      return verdict;
    }
  }
  verdict = Excluded(component, "mains",
                     fmt::format("it needs {}, and the country supplies {} V",
                                 FactText(*voltage, "mains_voltage"), supplied.front()));
  verdict.exclusion->facts.push_back(Used(component, "mains_voltage", *voltage));
  return verdict;
}

Verdict Eligibility::JudgeSiteConditions(const Component& component) const {
  Verdict verdict;
  for (const Requirement& requirement : component.requires_) {
    if (!requirement.site_condition) continue;
    Truth met = Truth::kFalse;
    std::string asked;
    for (const RequiredCapability& alternative : requirement.any_of) {
      std::vector<std::string> wanted;
      for (const Condition& condition : alternative.where) {
        wanted.insert(wanted.end(), condition.tokens.begin(), condition.tokens.end());
      }
      if (!asked.empty()) asked += " or ";
      asked += alternative.capability + (wanted.empty() ? "" : " " + Join(wanted, ", "));
      const bool cooling = alternative.capability == "site-cooling";
      const std::vector<std::string>& stated =
          cooling ? request_.site_cooling : request_.site_platforms;
      // Every data hall moves air; only what goes beyond that is asked about.
      if (cooling && stated.empty() && Contains(wanted, "air")) {
        met = Truth::kTrue;
      } else if (stated.empty() || (!cooling && alternative.capability != "site-platform")) {
        met = Or(met, Truth::kUnknown);
      } else {
        const bool offered =
            std::any_of(wanted.begin(), wanted.end(),
                        [&](const std::string& item) { return Contains(stated, item); });
        met = Or(met, FromBool(offered));
      }
    }
    if (met == Truth::kTrue) continue;
    if (met == Truth::kFalse) {
      return Excluded(component, "site_condition",
                      "it needs " + asked + ", and the request's site does not offer that");
    }
    verdict.questions.push_back(
        Ask(component, "site", "site condition",
            "It needs " + asked + "; the request does not say whether the site offers it."));
  }
  return verdict;
}

Verdict Eligibility::JudgeCloudAtSite(const Component& component) const {
  Verdict verdict;
  const AttributeValue* own = ProvidedValue(component, "cloud-services", "own_machines");
  if (own == nullptr) {
    verdict.questions.push_back(Ask(component, "own_machines", "machines of the site",
                                    "Whether it runs on machines that are bought is not stated."));
  } else if (own->flag) {
    return Excluded(component, "cannot_size",
                    "it comes with machines of its provider, and what is inside them and what "
                    "they cost is not in the catalog, so it cannot be sized");
  }
  const Fact* gap = component.FindFact("air_gap");
  const Fact* plane = component.FindFact("control_plane");
  const bool on_site = plane != nullptr && plane->value.tokens.front() == "on_site";
  if (on_site || (gap != nullptr && gap->value.flag)) {
    verdict.because.push_back("is managed at the site itself");
    verdict.facts.push_back(on_site ? Used(component, "control_plane", *plane)
                                    : Used(component, "air_gap", *gap));
    return verdict;
  }
  if (request_.residency != Residency::kCountry && request_.residency != Residency::kBloc) {
    return verdict;
  }
  verdict.questions.push_back(
      Ask(component, "control_plane", "data residency",
          plane == nullptr ? "Where it is managed from is not stated."
                           : "It is managed from a region of its provider; whether what is sent "
                             "there stays where data may be held is not stated."));
  return verdict;
}

}  // namespace stackport::match
