#include "catalog/programme/licence.h"

#include <fmt/format.h>

#include <initializer_list>
#include <utility>

#include "catalog/base/text.h"
#include "catalog/programme/sources.h"

namespace stackport {
namespace {

constexpr std::string_view kUnitedStates = "US";
constexpr std::string_view kEmirates = "AE";
constexpr std::string_view kMacau = "MO";

// The code whose row of the table applies (Hong Kong has none of its own).
std::string_view RowOf(const CountryIndex& countries, std::string_view code) {
  const ExportControlGroups::Substitute* substitute =
      countries.ExportControls().FindSubstitute(code);
  return substitute == nullptr ? code : std::string_view(substitute->code);
}

bool InAny(const CountryIndex& countries, std::string_view code,
           std::initializer_list<std::string_view> groups) {
  for (const std::string_view group : groups) {
    if (countries.InGroup(code, group)) return true;
  }
  return false;
}

// One rule's word, and the sentence that goes with it.
struct Part {
  Truth triggered = Truth::kFalse;
  std::string text;
  std::vector<std::string> questions = {};
};

bool IsExcepted(EndUser end_user) {
  switch (end_user) {
    case EndUser::kGovernment:
    case EndUser::kApprovedEntity:
    case EndUser::kUsAiCompany:
      return true;
    case EndUser::kUnknown:
    case EndUser::kOther:
      return false;
  }
  return false;
}

Part DestinationPart(const CountryIndex& countries, const LicenceQuestion& question,
                     RuleVerdict& verdict) {
  const std::string_view destination = question.destination;
  if (destination == kEmirates) {
    verdict.sources.push_back(sources::EmiratesRule());
    if (IsExcepted(question.end_user)) {
      return {Truth::kFalse,
              "AE is in A:5, and the end user is one of those for whom its licence was lifted"};
    }
    std::vector<std::string> questions;
    if (question.end_user == EndUser::kUnknown) {
      questions.push_back(
          "Is the end user the government of the United Arab Emirates, an entity of Supplement No. "
          "8 to Part 740, or an AI company headquartered in the United States? Then no licence is "
          "needed.");
    }
    return {
        Truth::kTrue,
        "AE is in A:5, but the licence stays unless the end user is its government, an approved "
        "entity or an AI company headquartered in the United States",
        std::move(questions)};
  }
  const std::string_view row = RowOf(countries, destination);
  std::string name(destination);
  if (row != destination) {
    name += fmt::format(" (read as {})", row);
    verdict.confidence = Confidence::kUnconfirmed;
  }
  const Truth triggered = IsLicenceDestination(countries, destination);
  if (triggered == Truth::kTrue) {
    return {triggered, name + " is in D:1, D:4 or D:5 and in neither A:5 nor A:6"};
  }
  const bool listed = InAny(countries, row, {"D:1", "D:4", "D:5"});
  return {triggered, listed ? name + " is in a D group, but also in A:5 or A:6"
                            : name + " is in none of D:1, D:4 and D:5"};
}

Part HeadquartersPart(const CountryIndex& countries, const LicenceQuestion& question) {
  Part result;
  for (const Party& party : question.parties) {
    const std::string role = Printable(party.role);
    for (const std::string& place : {party.headquarters, party.ultimate_parent_headquarters}) {
      if (!place.empty() && IsLicenceHeadquarters(countries, place)) {
        return {Truth::kTrue, fmt::format("the {} is headquartered in, or owned from, {} (Macau or "
                                          "D:5)",
                                          role, Printable(place))};
      }
    }
    if (party.headquarters.empty() && party.ultimate_parent_headquarters.empty()) {
      result.triggered = Truth::kUnknown;
      result.text = fmt::format("where the {} is headquartered is not known", role);
      result.questions.push_back(fmt::format(
          "Is the {} or its ultimate parent headquartered in Macau or in a D:5 country?", role));
    }
  }
  return result;
}

void Decide(Truth required, LicenceAnswer& answer) {
  answer.verdict.holds = Not(required);
  switch (required) {
    case Truth::kFalse:
      answer.need = LicenceNeed::kNotRequired;
      answer.planning_days = {0, 0};
      answer.verdict.open_questions.clear();  // no answer to them would change anything
      break;
    case Truth::kTrue:
      answer.need = LicenceNeed::kRequired;
      answer.planning_days = kLicencePlanningDays;
      answer.verdict.sources.push_back(sources::LicenceDurations());
      break;
    case Truth::kUnknown:
      answer.need = LicenceNeed::kUnknown;
      answer.planning_days = {0, kLicencePlanningDays.high};
      answer.verdict.sources.push_back(sources::LicenceDurations());
      break;
  }
}

}  // namespace

std::string_view LicenceNeedName(LicenceNeed need) {
  switch (need) {
    case LicenceNeed::kNotRequired:
      return "not_required";
    case LicenceNeed::kRequired:
      return "required";
    case LicenceNeed::kUnknown:
      return "unknown";
  }
  return "unknown";
}

Truth IsLicenceDestination(const CountryIndex& countries, std::string_view destination) {
  if (countries.Find(destination) == nullptr) return Truth::kUnknown;
  const std::string_view row = RowOf(countries, destination);
  return FromBool(InAny(countries, row, {"D:1", "D:4", "D:5"}) &&
                  !InAny(countries, row, {"A:5", "A:6"}));
}

bool IsLicenceHeadquarters(const CountryIndex& countries, std::string_view headquarters) {
  return headquarters == kMacau || countries.InGroup(RowOf(countries, headquarters), "D:5");
}

LicenceAnswer JudgeLicence(const CountryIndex& countries, const LicenceQuestion& question,
                           const ExportClassification& classification) {
  LicenceAnswer answer;
  RuleVerdict& verdict = answer.verdict;
  verdict.rule = "export_licence";
  verdict.confidence = Confidence::kInference;
  const Provenance& table = countries.ExportControls().provenance();
  verdict.sources = {sources::ExportRegulations(), {table.source, table.as_of}};
  if (countries.Find(question.destination) == nullptr) {
    verdict.explanation = Quoted(question.destination) + " is no country of ISO 3166-1.";
    verdict.open_questions.push_back("Which country is the destination?");
    Decide(Truth::kUnknown, answer);
    return answer;
  }
  if (question.destination == kUnitedStates) {
    verdict.explanation = "A delivery within the United States is not an export.";
    Decide(Truth::kFalse, answer);
    return answer;
  }
  if (classification.controlled == Truth::kFalse) {
    verdict.explanation = "Not in 3A090: no licence as an advanced computing item.";
    Decide(Truth::kFalse, answer);
    return answer;
  }
  const Part destination = DestinationPart(countries, question, verdict);
  const Part headquarters = HeadquartersPart(countries, question);
  const Truth rules = Or(destination.triggered, headquarters.triggered);
  const Truth required = And(classification.controlled, rules);
  verdict.explanation = destination.text;
  verdict.open_questions = destination.questions;
  if (destination.triggered != Truth::kTrue) {
    // Where the destination alone decides, it does not matter where a party sits.
    verdict.open_questions.insert(verdict.open_questions.end(), headquarters.questions.begin(),
                                  headquarters.questions.end());
  }
  if (!headquarters.text.empty()) {
    verdict.explanation += "; " + headquarters.text;
    verdict.sources.push_back(sources::HeadquartersGuidance());
  }
  if (rules != Truth::kFalse && classification.controlled == Truth::kUnknown) {
    verdict.explanation += "; whether the item is in 3A090 is not settled";
    verdict.open_questions.insert(verdict.open_questions.end(),
                                  classification.verdict.open_questions.begin(),
                                  classification.verdict.open_questions.end());
  }
  verdict.explanation += ".";
  if (destination.triggered == Truth::kFalse) {
    verdict.sources.push_back(sources::DiffusionRescission());
  }
  Decide(required, answer);
  return answer;
}

}  // namespace stackport
