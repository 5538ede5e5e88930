#include "catalog/programme/destination.h"

#include <fmt/format.h>

#include <vector>

#include "catalog/base/text.h"
#include "catalog/programme/sources.h"

namespace stackport {
namespace {

RuleVerdict NoSuchCountry(std::string rule, std::string_view destination) {
  RuleVerdict verdict;
  verdict.rule = std::move(rule);
  verdict.holds = Truth::kUnknown;
  verdict.explanation = Quoted(destination) + " is no country of ISO 3166-1.";
  verdict.open_questions.push_back("Which country is the destination?");
  return verdict;
}

}  // namespace

RuleVerdict JudgeDestination(const CountryIndex& countries, std::string_view destination) {
  const Country* country = countries.Find(destination);
  if (country == nullptr) return NoSuchCountry("blocked_destination", destination);
  RuleVerdict verdict;
  verdict.rule = "blocked_destination";
  verdict.sources = {{countries.ExportControls().provenance().source,
                      countries.ExportControls().provenance().as_of},
                     sources::SanctionsProgrammes()};
  verdict.confidence = Confidence::kPrimary;

  std::vector<std::string> reasons;
  for (const char* group : {"E:1", "E:2"}) {
    if (countries.InGroup(destination, group)) {
      reasons.push_back(fmt::format("EAR country group {}", group));
    }
  }
  if (destination == "CU" || destination == "IR" || destination == "KP") {
    reasons.push_back("a comprehensive sanctions programme of the Treasury");
  }
  verdict.holds = FromBool(reasons.empty());
  if (reasons.empty()) {
    verdict.explanation = fmt::format(
        "{} is in neither of the EAR groups E:1 and E:2 and under no comprehensive "
        "sanctions programme.",
        country->name);
  } else {
    verdict.explanation =
        fmt::format("{} is a blocked destination: {}.", country->name, Join(reasons, " and "));
  }
  if (destination == "SY") {
    verdict.explanation +=
        " The Treasury's programme for it ended on 2025-06-30; the EAR group stands.";
  }
  if (destination == "UA") {
    verdict.explanation +=
        " Crimea and the Donetsk and Luhansk regions are under sanctions programmes of their own "
        "and are blocked.";
    verdict.open_questions.push_back(
        "Is any site or user in Crimea or in the Donetsk or Luhansk regions?");
  }
  return verdict;
}

RuleVerdict JudgeMarket(const CountryIndex& countries, std::string_view destination) {
  const Country* country = countries.Find(destination);
  if (country == nullptr) return NoSuchCountry("market", destination);
  RuleVerdict verdict;
  verdict.rule = "market";
  verdict.sources = {sources::CallForProposals(), sources::ChinaReviewRule()};
  verdict.confidence = Confidence::kInference;
  const bool concern = destination == "CN" || destination == "HK" || destination == "MO";
  verdict.holds = FromBool(!concern);
  verdict.explanation =
      concern
          ? fmt::format("{} is a country of concern and no market of the programme.", country->name)
          : fmt::format("The programme names no reason against {} as a market.", country->name);
  return verdict;
}

}  // namespace stackport
