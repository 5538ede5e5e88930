#include "host/cli/package_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <vector>

#include "catalog/base/text.h"
#include "catalog/model/snapshot.h"
#include "host/cli/answer_text.h"
#include "host/cli/figures_text.h"
#include "host/cli/layout.h"
#include "host/cli/table.h"

namespace stackport::cli {
namespace {

using json::IntOr;
using json::StringOr;
using json::Value;

// Reasons of one part that are shown; the rest is in the JSON.
constexpr std::size_t kMaxShownReasons = 3;

bool IsStated(const Value& figure) {
  return StringOr(figure, "basis", "stated") == "stated";
}

std::string CostText(const Value& cost, const char* name) {
  const Value& interval = Member(cost, name);
  if (High(interval) == 0) return "–";
  return (IsStated(cost) ? "" : std::string(kEstimated)) +
         MoneyRange(Low(interval), High(interval));
}

std::string QuantityText(const Value& part) {
  const std::int64_t quantity = IntOr(part, "quantity", 0);
  const std::string_view unit = StringOr(part, "quantity_unit", "");
  if (unit.empty()) return {};
  if (quantity == 0) return "included";
  std::string text = fmt::format("{} {}", quantity, unit);
  if (quantity == 1 && text.ends_with('s')) text.pop_back();
  if (quantity == 1 && text.ends_with("switche")) text.pop_back();
  return text;
}

// Why the part is there and how many: one sentence for each reason.
std::string WhyText(const Value& part) {
  std::vector<std::string> reasons;
  if (const std::string_view sizing = StringOr(part, "quantity_reason", ""); !sizing.empty()) {
    reasons.emplace_back(sizing);
  }
  if (const std::string_view role = StringOr(part, "role", ""); !role.empty()) {
    reasons.emplace_back(role);
  }
  for (const std::string& because : json::Strings(Member(part, "because"))) {
    if (reasons.size() < kMaxShownReasons) reasons.push_back(because);
  }
  return Join(reasons, "; ");
}

// "signed", "unsigned": whose word the part's facts are.
std::string WordText(const Value& part) {
  const std::string_view trust = StringOr(part, "trust", "");
  if (trust.empty()) return "–";
  return trust == TrustName(PluginTrust::kSigned) ? "signed" : "unsigned";
}

// Whose word the package rests on: which keys signed, and how much nobody signed.
void PrintWord(Session& session, const Value& candidate) {
  const Value& parts = Member(candidate, "parts");
  if (!parts.IsArray()) return;
  std::map<std::string, std::vector<std::string>> by_key;
  std::set<std::string> unsigned_plugins;
  for (const Value& part : parts.GetArray()) {
    const std::string_view key = StringOr(part, "key_id", "");
    if (key.empty()) {
      unsigned_plugins.emplace(StringOr(part, "plugin", "?"));
    } else {
      by_key[std::string(key)].emplace_back(StringOr(part, "component", "?"));
    }
  }
  session.out() << "\n" << session.style().Paint(Tone::kStrong, "Whose word") << "\n";
  for (const auto& [key, components] : by_key) {
    session.out() << Wrap(Shown("signed by key " + key + ": " + Join(components, ", ")), "  ",
                          "    ", session.text_width());
  }
  if (unsigned_plugins.empty()) return;
  session.out() << Wrap(
      fmt::format("unsigned, from folders that the operator vouches for: {}",
                  Count(static_cast<std::int64_t>(unsigned_plugins.size()), "plugin")),
      "  ", "    ", session.text_width());
}

void PrintFigures(Session& session, const Value& candidate) {
  const Value& figures = Member(candidate, "figures");
  const Style style = session.style();
  const auto line = [&](std::string_view name, const std::string& text) {
    session.out() << "  " << PadRight(std::string(name), 18)
                  << Wrap(Shown(text), "", std::string(20, ' '), session.text_width() - 20);
  };
  const Value& parts = Member(candidate, "parts");
  const std::string mark(AllStated(parts, "cost") ? "" : kEstimated);
  const auto range = [&](const char* name) {
    const Value& interval = Member(figures, name);
    return (High(interval) == 0 ? "" : mark) + MoneyRange(Low(interval), High(interval));
  };
  session.out() << "\n" << style.Paint(Tone::kStrong, "Figures") << "\n";
  const Value& tco = Member(figures, "tco");
  line("total cost",
       fmt::format("{} over {}", range("tco"), Count(IntOr(tco, "years", 0), "year")));
  line("  capital", range("capex"));
  line("  running", range("opex_per_year") + " a year");
  const std::int64_t priced = IntOr(Member(figures, "priced_share"), "value", 0);
  line("  priced",
       Percent(priced) + " of the total rests on published prices, the rest on estimates");
  const Value& power = Member(figures, "site_power");
  line("site power",
       High(power) == 0 ? "none at the customer's site" : PowerRange(Low(power), High(power)));
  std::string lead = Count(IntOr(Member(figures, "lead_time"), "value", 0), "day");
  std::int64_t longest = 0;
  if (parts.IsArray()) {
    for (const Value& part : parts.GetArray()) {
      const Value& of_part = Member(part, "lead_time");
      if (IntOr(of_part, "days", 0) <= longest) continue;
      longest = IntOr(of_part, "days", 0);
      lead = fmt::format("{}, set by {}: {}", Count(longest, "day"), StringOr(part, "name", "?"),
                         StringOr(of_part, "driver", ""));
    }
  }
  line("delivery", lead);
  line("export licences", std::to_string(IntOr(Member(figures, "licences"), "value", 0)));
  line("vendors", std::to_string(IntOr(Member(figures, "vendors"), "value", 0)));
  const Value& content = Member(figures, "us_content_layer_a");
  std::string us;
  if (content.HasMember("low")) {
    us = fmt::format("{} to {} of layer A; ", Percent(Low(content)), Percent(High(content)));
  }
  us += fmt::format("51 % presumption: {}", StringOr(content, "presumption", "unknown"));
  line("U.S. content", us);
}

void PrintProgramme(Session& session, const Value& candidate) {
  const Value& checks = Member(candidate, "programme");
  if (!checks.IsArray() || checks.Empty()) return;
  std::map<std::string, std::int64_t> counts;
  std::vector<const Value*> open;
  for (const Value& check : checks.GetArray()) {
    const std::string status(StringOr(check, "status", "?"));
    ++counts[status];
    if (status == "open" || status == "required" || status == "unknown") open.push_back(&check);
  }
  std::vector<std::string> summary;
  for (const auto& [status, count] : counts) summary.push_back(fmt::format("{} {}", count, status));
  session.out() << "\n"
                << session.style().Paint(Tone::kStrong, "Programme (EO 14320)") << ": "
                << Shown(Join(summary, ", ")) << "\n";
  for (const Value* check : open) {
    std::string text =
        fmt::format("{}: {}", StringOr(*check, "status", "?"), StringOr(*check, "check", "?"));
    const std::string_view detail = StringOr(*check, "by", StringOr(*check, "rule", ""));
    if (!detail.empty()) text += fmt::format(" ({})", detail);
    session.out() << Wrap(Shown(text), "  ", "    ", session.text_width());
  }
}

void PrintQuestions(Session& session, const Value& candidate) {
  const Value& questions = Member(candidate, "open_questions");
  if (!questions.IsArray() || questions.Empty()) return;
  std::vector<const Value*> decisive;
  for (const Value& question : questions.GetArray()) {
    if (json::BoolOr(question, "decisive", true)) decisive.push_back(&question);
  }
  const std::size_t others = questions.Size() - decisive.size();
  session.out() << "\n"
                << session.style().Paint(Tone::kStrong, "Open questions") << ": "
                << Count(static_cast<std::int64_t>(decisive.size()), "unknown fact")
                << " could rule the package out, " << others << " more would sharpen the figures\n";
  for (std::size_t i = 0; i < std::min(decisive.size(), kMaxShownQuestions); ++i) {
    const std::string component(StringOr(*decisive[i], "component", ""));
    const std::string text(StringOr(*decisive[i], "text", StringOr(*decisive[i], "fact", "?")));
    const bool named = component.empty() || text.find(component) != std::string::npos;
    session.out() << Wrap(Shown(named ? text : component + ": " + text), "  - ", "    ",
                          session.text_width());
  }
  if (decisive.size() > kMaxShownQuestions) {
    session.out() << fmt::format("  and {} more (--json)\n", decisive.size() - kMaxShownQuestions);
  }
}

}  // namespace

std::string Readable(std::string demand) {
  if (demand.find('.') == std::string::npos) std::replace(demand.begin(), demand.end(), '_', ' ');
  return demand;
}

void PrintParts(Session& session, const Value& candidate, bool reasons) {
  const Value& parts = Member(candidate, "parts");
  if (!parts.IsArray()) return;
  Table table({{"demand", Align::kLeft, 14},
               {"component", Align::kLeft, 16},
               {"trust"},
               {"quantity", Align::kRight},
               {"capital", Align::kRight},
               {"a year", Align::kRight}});
  for (const Value& part : parts.GetArray()) {
    const Value& cost = Member(part, "cost");
    std::string component(StringOr(part, "component", "?"));
    if (const std::string_view where = StringOr(part, "location", ""); !where.empty()) {
      component += fmt::format(" @{}", where);
    }
    std::vector<std::string> demands = json::Strings(Member(part, "demands"));
    std::transform(demands.begin(), demands.end(), demands.begin(), Readable);
    const std::int64_t open = IntOr(part, "open_questions", 0);
    if (open > 0) component += fmt::format(" [{}?]", open);
    table.AddRow({Join(demands, ", "), std::move(component), WordText(part), QuantityText(part),
                  CostText(cost, "capex"), CostText(cost, "opex_per_year")});
    if (reasons) {
      if (const std::string why = WhyText(part); !why.empty()) table.AddNote(why);
    }
  }
  session.out() << table.ToText(session.table_width(), session.style());
}

void PrintPackage(Session& session, const Value& candidate) {
  const Style style = session.style();
  session.out() << "\n"
                << style.Paint(Tone::kStrong,
                               fmt::format("Package {}", IntOr(candidate, "rank", 1)))
                << ": " << Shown(PlaceOf(candidate)) << ", "
                << (StringOr(candidate, "standing", "") == "certain"
                        ? "fits whatever the missing facts turn out to be"
                        : "fits if the open questions turn out well")
                << "\n";
  PrintParts(session, candidate, /*reasons=*/true);
  PrintWord(session, candidate);
  PrintFigures(session, candidate);
  PrintProgramme(session, candidate);
  PrintQuestions(session, candidate);
}

}  // namespace stackport::cli
