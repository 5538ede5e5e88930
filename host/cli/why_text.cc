#include "host/cli/why_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "catalog/base/text.h"
#include "catalog/match/why_best.h"
#include "host/cli/figures_text.h"
#include "host/cli/layout.h"
#include "host/cli/table.h"

namespace stackport::cli {
namespace {

using json::IntOr;
using json::StringOr;
using json::Value;

void Title(Session& session, std::string_view title) {
  session.out() << "\n" << session.style().Paint(Tone::kStrong, title) << "\n";
}

// "+1.2 MUSD", "-3 days", "=".
std::string DifferenceOf(const Value& outcome, std::string_view figure) {
  const Value& figures = Member(Member(outcome, "change"), "figures");
  if (!figures.IsArray()) return "";
  for (const Value& each : figures.GetArray()) {
    if (StringOr(each, "figure", "") != figure) continue;
    const std::int64_t difference = IntOr(each, "difference", 0);
    if (difference == 0) return "=";
    return (difference > 0 ? "+" : "-") +
           FigureText(figure, difference > 0 ? difference : -difference);
  }
  return "";
}

// What takes the place of what, demand by demand.
std::string Swaps(const Value& outcome) {
  const Value& change = Member(outcome, "change");
  std::vector<std::string> swaps;
  if (const Value& site = Member(change, "site"); site.IsObject()) {
    swaps.push_back("at " + Shown(StringOr(site, "to", "?")));
  }
  const Value& parts = Member(change, "parts");
  if (parts.IsArray()) {
    for (const Value& part : parts.GetArray()) {
      const std::vector<std::string> before = json::Strings(Member(part, "from"));
      for (const std::string& id : json::Strings(Member(part, "to"))) {
        const bool kept = std::find(before.begin(), before.end(), id) != before.end();
        const bool told = std::find(swaps.begin(), swaps.end(), Shown(id)) != swaps.end();
        if (!kept && !told) swaps.push_back(Shown(id));
      }
    }
  }
  return swaps.empty() ? "the same parts in other numbers" : Join(swaps, ", ");
}

std::string OutcomeText(const Value& outcome) {
  const std::string_view kind = StringOr(outcome, "outcome", "?");
  if (kind == "same_package") return "no change";
  if (kind == "nothing_fits") return "nothing fits";
  if (kind == "not_settled") return "not settled in time";
  return Swaps(outcome);
}

// " (total cost +1.2 MUSD, open questions +1)", or nothing where none of them changes.
std::string CostText(const Value& outcome) {
  std::vector<std::string> costs;
  for (const auto& [figure, name] :
       {std::pair("tco", "total cost "), std::pair("open_questions", "open questions "),
        std::pair("data_abroad", "parts abroad ")}) {
    const std::string difference = DifferenceOf(outcome, figure);
    if (!difference.empty() && difference != "=") costs.push_back(name + difference);
  }
  return costs.empty() ? "" : " (" + Join(costs, ", ") + ")";
}

void PrintAlternatives(Session& session, const Value& alternatives) {
  if (!alternatives.IsArray() || alternatives.Empty()) return;
  Title(session, "Without one of its parts");
  Table table({{"Without", Align::kLeft, 20},
               {"Total cost", Align::kRight},
               {"Questions", Align::kRight},
               {"Then", Align::kLeft, 30}});
  for (const Value& each : alternatives.GetArray()) {
    const Value& outcome = Member(each, "without_it");
    const bool pinned = outcome.IsNull();
    table.AddRow({std::string(StringOr(each, "component", "?")), DifferenceOf(outcome, "tco"),
                  DifferenceOf(outcome, "open_questions"),
                  pinned ? "pinned by the request" : OutcomeText(outcome)});
  }
  session.out() << table.ToText(session.text_width(), session.style());
}

void PrintLimits(Session& session, const Value& limits) {
  if (!limits.IsArray() || limits.Empty()) return;
  Title(session, "Where a limit would change it");
  for (const Value& each : limits.GetArray()) {
    const std::string_view figure = StringOr(each, "figure", "?");
    const auto line = [&](const std::string& lead, const Value& outcome) {
      session.out() << Wrap(fmt::format("{}: {}{}", lead, OutcomeText(outcome), CostText(outcome)),
                            "  " + PadRight(Shown(figure), 12), std::string(14, ' '),
                            session.text_width());
    };
    const Value& any = Member(each, "any_limit");
    const bool any_changes = StringOr(any, "outcome", "") == "other_package";
    if (any_changes) line("any limit, which asks for unstated prices", any);
    const Value& below = Member(each, "below_value");
    if (StringOr(below, "outcome", "") != "same_package" && !(any_changes && below == any)) {
      line("below " + FigureText(figure, IntOr(each, "value", 0)), below);
    }
    const Value& above = Member(each, "above_limit");
    if (above.IsObject() && json::Find(above, "at") != nullptr) {
      line("from " + SufficientText(figure, IntOr(above, "at", 0)), above);
    } else if (above.IsObject()) {
      session.out() << "  " << PadRight(Shown(figure), 12)
                    << (StringOr(above, "outcome", "") == "same_package"
                            ? "no higher limit changes it\n"
                            : "what a higher limit brings is not settled\n");
    }
  }
}

void PrintQuestions(Session& session, const Value& questions, std::int64_t listed) {
  if (!questions.IsArray() || questions.Empty()) return;
  Title(session, "Open questions, the most telling first");
  std::size_t shown = 0;
  for (const Value& each : questions.GetArray()) {
    if (shown++ == kMaxShownEffects) break;
    session.out() << Wrap(fmt::format("{} {}", Shown(StringOr(each, "component", "")),
                                      Shown(StringOr(each, "text", "?"))),
                          "  ", "    ", session.text_width())
                  << Wrap(fmt::format("in {} of {} packages; if met: {}; if not: {}",
                                      IntOr(each, "packages", 0), listed,
                                      OutcomeText(Member(each, "if_met")),
                                      OutcomeText(Member(each, "if_not_met"))),
                          "    ", "    ", session.text_width());
  }
  if (questions.Size() > kMaxShownEffects) {
    session.out() << fmt::format("  and {} more; --json has all\n",
                                 questions.Size() - kMaxShownEffects);
  }
}

}  // namespace

void PrintWhy(Session& session, const Value& explanation) {
  Title(session, "Why this one");
  for (const std::string& line : json::Strings(Member(explanation, "summary"))) {
    session.out() << Wrap(Shown(line), "  ", "    ", session.text_width());
  }
  PrintAlternatives(session, Member(explanation, "alternatives"));
  PrintLimits(session, Member(explanation, "limits"));
  PrintQuestions(session, Member(explanation, "questions"),
                 IntOr(explanation, "packages_listed", 0));
  for (const std::string& reason : json::Strings(Member(explanation, "ended_by"))) {
    const std::string text =
        reason == "steps" ? fmt::format(
                                "The way up from a limit was followed through {} packages "
                                "and no further; a request with a higher limit tells more.",
                                match::kMaxStepsUp)
                          : "The deadline ended some of this; a larger deadline_ms settles more.";
    session.out() << "\n" << Wrap(text, "", "", session.text_width());
  }
}

}  // namespace stackport::cli
