// The explanation of the best package as a document, and in five lines.
#include <fmt/format.h>

#include <algorithm>

#include "catalog/base/text.h"
#include "catalog/match/request_demands.h"
#include "catalog/match/why_best.h"

namespace stackport::match {

namespace {

using json::Allocator;
using json::Set;
using json::Value;

const char* KindName(Outcome::Kind kind) {
  switch (kind) {
    case Outcome::Kind::kSame:
      return "same_package";
    case Outcome::Kind::kOther:
      return "other_package";
    case Outcome::Kind::kNothingFits:
      return "nothing_fits";
    case Outcome::Kind::kUnknown:
      return "not_settled";
  }
  return "";
}

Value OutcomeJson(const WhyBest& why, const Outcome& outcome, Allocator& allocator) {
  Value value(rapidjson::kObjectType);
  Set(value, "outcome", KindName(outcome.kind), allocator);
  if (outcome.kind == Outcome::Kind::kOther) {
    Set(value, "change", ChangeJson(why.best, outcome.package, allocator), allocator);
  }
  return value;
}

// "tco +1.20 MUSD, +1 open question": the figures that get worse or better, most telling first.
std::string DifferenceText(const PackageView& from, const PackageView& to) {
  std::vector<std::string> texts;
  for (const Figure figure : {Figure::kOpenQuestions, Figure::kTco, Figure::kSitePower,
                              Figure::kLeadTime, Figure::kDataAbroad}) {
    const std::int64_t difference = to.FigureOf(figure) - from.FigureOf(figure);
    if (difference == 0) continue;
    const bool named =
        figure == Figure::kTco || figure == Figure::kSitePower || figure == Figure::kLeadTime;
    texts.push_back(fmt::format("{}{}{}", named ? std::string(FigureName(figure)) + " " : "",
                                difference > 0 ? "+" : "", AmountText(figure, difference)));
  }
  return texts.empty() ? "no figure changes" : Join(texts, ", ");
}

std::string ThenText(const WhyBest& why, const Outcome& outcome) {
  switch (outcome.kind) {
    case Outcome::Kind::kSame:
      return "the package stays the best";
    case Outcome::Kind::kOther:
      return "another package is the best (" + DifferenceText(why.best, outcome.package) + ")";
    case Outcome::Kind::kNothingFits:
      return "nothing fits";
    case Outcome::Kind::kUnknown:
      return "not settled in the time given";
  }
  return {};
}

std::string BestLine(const WhyBest& why) {
  const auto first = [&](std::string_view demand) -> std::string {
    for (const auto& [name, parts] : why.best.demands) {
      if (name != demand || parts.empty()) continue;
      const PackageView::Part& part = parts.front();
      return part.units > 1 ? fmt::format("{} x {}", part.units, part.component) : part.component;
    }
    return "nothing";
  };
  return fmt::format("Best: {} on {} at {}; total cost up to {}, site power up to {}, {}.",
                     first("model"), first("accelerated compute"), why.best.site,
                     AmountText(Figure::kTco, why.best.FigureOf(Figure::kTco)),
                     AmountText(Figure::kSitePower, why.best.FigureOf(Figure::kSitePower)),
                     AmountText(Figure::kOpenQuestions, why.best.FigureOf(Figure::kOpenQuestions)));
}

std::string LeadLine(const WhyBest& why) {
  if (why.listed < 2) return "No other package is listed.";
  if (!why.lead) return "The second listed ties in every figure that ranks; the names decide.";
  const auto figure = FigureByName(why.lead->level);
  const auto text = [&](std::int64_t value) {
    return figure ? AmountText(*figure, value)
                  : AmountText(Figure::kTco, value) + " by its weights";
  };
  return fmt::format("Ahead of the second listed by {}: {} against {}.", why.lead->level,
                     text(why.lead->best), text(why.lead->second));
}

std::string PartsLine(const WhyBest& why) {
  std::vector<std::string> needed;
  const Alternative* hardest = nullptr;
  for (const Alternative& each : why.alternatives) {
    if (each.outcome.kind == Outcome::Kind::kNothingFits) needed.push_back(each.component);
    if (each.outcome.kind != Outcome::Kind::kOther) continue;
    const auto cost = [](const Alternative& a) {
      return std::pair(a.outcome.package.FigureOf(Figure::kOpenQuestions),
                       a.outcome.package.FigureOf(Figure::kTco));
    };
    if (hardest == nullptr || cost(each) > cost(*hardest)) hardest = &each;
  }
  if (!needed.empty()) return "Nothing fits without " + Join(needed, ", nor without ") + ".";
  if (hardest == nullptr) return "No part of it could be left out in the time given.";
  return fmt::format("Hardest to replace: {}; without it {}.", hardest->component,
                     DifferenceText(why.best, hardest->outcome.package));
}

std::string LimitsLine(const WhyBest& why) {
  for (const LimitEffect& effect : why.limits) {
    if (!effect.above_at) continue;
    return fmt::format("With {} of {} or more, {}.", FigureName(effect.figure),
                       SufficientText(effect.figure, *effect.above_at),
                       ThenText(why, effect.above));
  }
  for (const LimitEffect& effect : why.limits) {
    if (!effect.any || effect.any->kind != Outcome::Kind::kOther) continue;
    return fmt::format(
        "With any limit on {}, prices that nobody states count as open questions: {}.",
        FigureName(effect.figure), ThenText(why, *effect.any));
  }
  for (const LimitEffect& effect : why.limits) {
    const bool telling = effect.below.kind == Outcome::Kind::kOther ||
                         effect.below.kind == Outcome::Kind::kNothingFits;
    if (!telling) continue;
    return fmt::format("No higher limit changes it; with {} below {}, {}.",
                       FigureName(effect.figure), AmountText(effect.figure, effect.value),
                       ThenText(why, effect.below));
  }
  return "No limit changes it.";
}

std::string QuestionsLine(const WhyBest& why) {
  if (why.questions.empty()) return "No open question ranks the packages listed.";
  const QuestionEffect& first = why.questions.front();
  return fmt::format("Most telling of the {} open: {}{}{} If it is met, {}; if not, {}.",
                     why.questions.size(), first.question.component,
                     first.question.component.empty() ? "" : ": ", first.question.text,
                     ThenText(why, first.if_met), ThenText(why, first.if_not));
}

Value AlternativesJson(const WhyBest& why, Allocator& allocator) {
  Value list(rapidjson::kArrayType);
  for (const Alternative& each : why.alternatives) {
    Value value(rapidjson::kObjectType);
    Set(value, "component", each.component, allocator);
    Set(value, "demands", json::StringArray(each.demands, allocator), allocator);
    Set(value, "pinned", each.pinned, allocator);
    if (!each.pinned) {
      Set(value, "without_it", OutcomeJson(why, each.outcome, allocator), allocator);
    }
    list.PushBack(value, allocator);
  }
  return list;
}

Value LimitsJson(const WhyBest& why, Allocator& allocator) {
  Value list(rapidjson::kArrayType);
  for (const LimitEffect& effect : why.limits) {
    Value value(rapidjson::kObjectType);
    Set(value, "figure", FigureName(effect.figure), allocator);
    if (!FigureUnit(effect.figure).empty()) {
      Set(value, "unit", FigureUnit(effect.figure), allocator);
    }
    Set(value, "value", effect.value, allocator);
    if (effect.limit) Set(value, "limit", *effect.limit, allocator);
    Set(value, "below_value", OutcomeJson(why, effect.below, allocator), allocator);
    if (effect.any) Set(value, "any_limit", OutcomeJson(why, *effect.any, allocator), allocator);
    if (effect.limit) {
      Value above = OutcomeJson(why, effect.above, allocator);
      if (effect.above_at) {
        Set(above, "at", *effect.above_at, allocator);
      } else if (effect.above_known) {
        Set(above, "outcome", KindName(Outcome::Kind::kSame), allocator);
      }
      Set(value, "above_limit", std::move(above), allocator);
    }
    list.PushBack(value, allocator);
  }
  return list;
}

Value QuestionsJson(const WhyBest& why, Allocator& allocator) {
  Value list(rapidjson::kArrayType);
  for (const QuestionEffect& effect : why.questions) {
    Value value(rapidjson::kObjectType);
    if (!effect.question.component.empty()) {
      Set(value, "component", effect.question.component, allocator);
    }
    Set(value, "fact", effect.question.fact, allocator);
    Set(value, "needed_by", effect.question.rule, allocator);
    Set(value, "text", effect.question.text, allocator);
    Set(value, "packages", effect.packages, allocator);
    Set(value, "if_met", OutcomeJson(why, effect.if_met, allocator), allocator);
    Set(value, "if_not_met", OutcomeJson(why, effect.if_not, allocator), allocator);
    list.PushBack(value, allocator);
  }
  return list;
}

}  // namespace

void AddWhyBest(const WhyBest& why, json::Document& document) {
  Allocator& allocator = document.GetAllocator();
  const std::vector<std::string> summary = {BestLine(why), LeadLine(why), PartsLine(why),
                                            LimitsLine(why), QuestionsLine(why)};
  Set(document, "summary", json::StringArray(summary, allocator), allocator);
  Set(document, "packages_listed", why.listed, allocator);
  Set(document, "alternatives", AlternativesJson(why, allocator), allocator);
  Set(document, "limits", LimitsJson(why, allocator), allocator);
  Set(document, "questions", QuestionsJson(why, allocator), allocator);
  std::vector<std::string> ended_by;
  if (why.timed_out) ended_by.emplace_back("deadline");
  if (why.steps_ran_out) ended_by.emplace_back("steps");
  Set(document, "complete", ended_by.empty(), allocator);
  if (!ended_by.empty()) {
    Set(document, "ended_by", json::StringArray(ended_by, allocator), allocator);
  }
}

}  // namespace stackport::match
