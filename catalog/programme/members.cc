#include "catalog/programme/members.h"

#include <fmt/format.h>

#include "catalog/base/text.h"
#include "catalog/programme/sources.h"

namespace stackport {
namespace {

constexpr std::string_view kRussia = "RU";

// Which of the two places decides, and how.
struct Place {
  std::string_view country;
  std::string_view role;
  Truth concern = Truth::kFalse;
};

}  // namespace

Truth IsCountryOfConcern(std::string_view country, char layer) {
  if (country == "CN" || country == "HK" || country == "MO") return Truth::kTrue;
  if (country == kRussia) return layer == 'A' ? Truth::kUnknown : Truth::kTrue;
  return Truth::kFalse;
}

RuleVerdict JudgeMember(const Vendor& vendor, char layer) {
  RuleVerdict verdict;
  verdict.rule = "member";
  verdict.sources = {sources::CallForProposals()};
  verdict.confidence = Confidence::kSecondary;
  const std::string name = Printable(vendor.name.empty() ? vendor.id : vendor.name);

  Place worst{vendor.headquarters, "headquarters", IsCountryOfConcern(vendor.headquarters, layer)};
  const Truth parent = IsCountryOfConcern(vendor.ultimate_parent_headquarters, layer);
  if (parent > worst.concern) {
    worst = {vendor.ultimate_parent_headquarters, "ultimate parent", parent};
  }
  if (worst.concern != Truth::kFalse) {
    verdict.holds = Not(worst.concern);
    if (worst.country == kRussia) {
      verdict.confidence = Confidence::kUnconfirmed;
      verdict.sources.push_back(sources::CallForProposalsInEurope());
    }
    verdict.explanation = fmt::format(
        "{} has its {} in {}, which the programme {} a country of concern for layer {}.", name,
        worst.role, Printable(worst.country),
        worst.concern == Truth::kTrue ? "counts as" : "may count as", layer);
    if (worst.concern == Truth::kUnknown) {
      verdict.open_questions.push_back(
          fmt::format("Does the call bar members from {} in layer A? It was reported for layers B "
                      "to E only.",
                      Printable(worst.country)));
    }
    return verdict;
  }
  if (vendor.community_project) {
    verdict.holds = Truth::kTrue;
    verdict.explanation = fmt::format(
        "{} is a community project with no company behind it: not a member, so the "
        "rule on members does not bar it.",
        name);
    return verdict;
  }
  if (vendor.headquarters.empty()) {
    verdict.holds = Truth::kUnknown;
    verdict.explanation = fmt::format("The headquarters of {} is not known.", name);
    verdict.open_questions.push_back(
        fmt::format("Where are {} and its ultimate parent headquartered?", name));
    return verdict;
  }
  verdict.holds = Truth::kTrue;
  verdict.explanation =
      vendor.ultimate_parent_headquarters.empty()
          ? fmt::format("{} has its headquarters in {}; no foreign parent is recorded.", name,
                        Printable(vendor.headquarters))
          : fmt::format(
                "{} has its headquarters in {} and its ultimate parent in {}; neither is a "
                "country of concern.",
                name, Printable(vendor.headquarters),
                Printable(vendor.ultimate_parent_headquarters));
  return verdict;
}

}  // namespace stackport
