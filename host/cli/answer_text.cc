#include "host/cli/answer_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "catalog/base/text.h"
#include "host/cli/figures_text.h"
#include "host/cli/layout.h"
#include "host/cli/table.h"

namespace stackport::cli {
namespace {

using json::IntOr;
using json::StringOr;
using json::Value;

// Reasons for exclusion that are shown before the list is cut.
constexpr std::size_t kMaxShownGroups = 6;
// Changes offered when nothing fits.
constexpr std::size_t kMaxShownChanges = 8;
// Columns a name keeps in a narrow terminal.
constexpr std::size_t kMinNameColumns = 12;

std::string Number(const Value& value) {
  if (!value.IsNumber()) return "unknown";
  const double number = value.GetDouble();
  return number >= 100 ? Grouped(static_cast<std::int64_t>(number + 0.5))
                       : fmt::format("{:.1f}", number);
}

std::string Marked(bool exact, const std::string& text) {
  return exact ? text : std::string(kEstimated) + text;
}

std::string ProofText(const Value& proof, std::size_t packages) {
  const std::string_view status = StringOr(proof, "status", "unknown");
  const std::string nodes = Count(IntOr(proof, "nodes", 0), "node") + " searched";
  const std::string found = Count(static_cast<std::int64_t>(packages), "package");
  if (status == "optimal") return found + ", proven best (" + nodes + ")";
  if (status == "infeasible") return "no package fits, proven (" + nodes + ")";
  if (status == "stopped") {
    return found + ", search stopped before the proof (" + nodes + "); not reproducible";
  }
  return found + ", proof " + Shown(status);
}

std::string ComputeOf(const Value& candidate) {
  const Value& part = PartFor(candidate, "accelerated compute");
  if (!part.IsObject()) return "hosted";
  const bool measured = StringOr(Member(part, "throughput"), "basis", "measured") == "measured";
  const std::int64_t quantity = IntOr(part, "quantity", 0);
  const std::string name(StringOr(part, "name", "?"));
  if (quantity == 0) return name;
  return Marked(measured, fmt::format("{}× {}", quantity, name));
}

std::string ServerOf(const Value& candidate) {
  const Value& part = PartFor(candidate, "servers");
  if (!part.IsObject()) return "–";
  return fmt::format("{}× {}", IntOr(part, "quantity", 0), StringOr(part, "name", "?"));
}

std::vector<Cell> RowOf(const Value& candidate) {
  const Value& figures = Member(candidate, "figures");
  const Value& parts = Member(candidate, "parts");
  const Value& tco = Member(figures, "tco");
  const Value& power = Member(figures, "site_power");
  const std::int64_t open = IntOr(Member(figures, "open_questions"), "value", 0);
  const auto count = [&](const char* name) {
    return std::to_string(IntOr(Member(figures, name), "value", 0));
  };
  return {std::to_string(IntOr(candidate, "rank", 0)),
          PlaceOf(candidate),
          std::string(StringOr(PartFor(candidate, "model"), "name", "?")),
          ComputeOf(candidate),
          ServerOf(candidate),
          Marked(AllStated(parts, "cost"), MillionRange(Low(tco), High(tco))),
          High(power) == 0
              ? std::string("–")
              : Marked(AllStated(parts, "power"), KilowattRange(Low(power), High(power))),
          count("lead_time"),
          Cell(std::to_string(open), open > 0 ? Tone::kWarn : Tone::kGood),
          count("vendors")};
}

// How far the best found may be from the best there is; empty after a proof.
std::string BoundText(const Value& proof) {
  const Value& bound = Member(proof, "bound");
  const Value& levels = Member(proof, "levels");
  if (!bound.IsArray() || !levels.IsArray()) return {};
  std::vector<std::string> parts;
  for (rapidjson::SizeType l = 0; l < std::min(bound.Size(), levels.Size()); ++l) {
    if (!bound[l].IsInt64() || !levels[l].IsString()) continue;
    std::string name = levels[l].GetString();
    parts.push_back(name + " " + FigureText(name, bound[l].GetInt64()));
  }
  return parts.empty() ? std::string()
                       : "no package missing here is better than " + Join(parts, ", ");
}

}  // namespace

bool AllStated(const Value& parts, std::string_view member) {
  if (!parts.IsArray()) return true;
  return std::all_of(parts.Begin(), parts.End(), [&](const Value& part) {
    const Value& figure = Member(part, member);
    return !figure.IsObject() || StringOr(figure, "basis", "stated") == "stated";
  });
}

const Value& PartFor(const Value& candidate, std::string_view demand) {
  const Value& parts = Member(candidate, "parts");
  if (parts.IsArray()) {
    for (const Value& part : parts.GetArray()) {
      for (const std::string& name : json::Strings(Member(part, "demands"))) {
        if (name == demand) return part;
      }
    }
  }
  return Member(parts, "none");
}

std::string PlaceOf(const Value& candidate) {
  const std::string_view deployment = StringOr(candidate, "deployment", "?");
  const std::string location(StringOr(candidate, "location", "?"));
  std::string site(StringOr(candidate, "site", ""));
  const std::size_t colon = site.find(':'), at = site.find('@');
  const bool named = colon != std::string::npos && at != std::string::npos && colon < at;
  const std::string provider = named ? site.substr(colon + 1, at - colon - 1) : "";
  if (deployment == "on_premises") return "own site, " + location;
  if (deployment == "sovereign_cloud") {
    return provider.empty() ? "sovereign, own site, " + location
                            : "sovereign " + provider + ", " + location;
  }
  const std::string cloud = provider.empty() ? "cloud" : "cloud " + provider;
  if (deployment == "cloud_in_bloc") return cloud + ", " + location + " (bloc)";
  if (deployment == "cloud_anywhere") return cloud + ", " + location + " (abroad)";
  return cloud + ", " + location;
}

void PrintHeader(Session& session, const Value& result) {
  const Style style = session.style();
  const Value& workload = Member(result, "workload");
  const Value& candidates = Member(result, "candidates");
  std::string title = Shown(StringOr(result, "country_name", StringOr(result, "country", "?")));
  title += " (" + Shown(StringOr(result, "country", "?")) + ")";
  std::string load = Count(IntOr(workload, "users", 0), "user") + ", peak " +
                     Number(Member(workload, "peak_output_tokens_per_s")) + " tokens/s";
  const std::vector<std::string> languages = json::Strings(Member(workload, "languages"));
  if (!languages.empty()) load += ", languages " + Shown(Join(languages, ", "));
  session.out() << style.Paint(Tone::kStrong, title) << " · " << load << "\n"
                << "snapshot " << Shown(StringOr(result, "snapshot", "?")) << " · "
                << ProofText(Member(result, "proof"),
                             candidates.IsArray() ? candidates.Size() : std::size_t{0})
                << " · result " << Shown(StringOr(result, "id", "?")) << "\n";
  if (const std::string bound = BoundText(Member(result, "proof")); !bound.empty()) {
    session.out() << style.Paint(Tone::kWarn, Shown(bound)) << "\n";
  }
}

void PrintCandidates(Session& session, const Value& candidates) {
  if (!candidates.IsArray() || candidates.Empty()) return;
  const std::int64_t years = IntOr(Member(Member(candidates[0], "figures"), "tco"), "years", 5);
  Table table({{"#", Align::kRight},
               {"deployment", Align::kLeft, kMinNameColumns},
               {"model", Align::kLeft, kMinNameColumns},
               {"compute", Align::kLeft, kMinNameColumns},
               {"server", Align::kLeft, kMinNameColumns},
               {"TCO MUSD", Align::kRight},
               {"site kW", Align::kRight},
               {"days", Align::kRight},
               {"open", Align::kRight},
               {"vendors", Align::kRight}});
  for (const Value& candidate : candidates.GetArray()) table.AddRow(RowOf(candidate));
  session.out() << "\n" << table.ToText(session.table_width(), session.style());
  session.out() << session.style().Paint(
                       Tone::kDim,
                       fmt::format("~ rests partly on an estimate; TCO = total cost over {}, "
                                   "low–high; days = delivery;\nopen = unknown facts that could "
                                   "rule the package out",
                                   Count(years, "year")))
                << "\n";
}

namespace {

// Costs that differ by less are not worth a remark.
constexpr std::int64_t kRemarkableSavingPercent = 20;

// Fewer open questions come before cost, so the first package can be a dear one: said, with how to
// rank otherwise.
void PrintCheaperClass(Session& session, const Value& candidates, const Value& classes) {
  if (!candidates.IsArray() || candidates.Empty()) return;
  const auto cost = [](const Value& candidate) {
    return High(Member(Member(candidate, "figures"), "tco"));
  };
  const auto questions = [](const Value& candidate) {
    return json::IntOr(Member(Member(candidate, "figures"), "open_questions"), "value", 0);
  };
  const Value& first = candidates[0];
  const Value* cheapest = nullptr;
  for (const Value& entry : classes.GetArray()) {
    const Value& candidate = Member(entry, "candidate");
    if (!candidate.IsObject()) continue;
    if (cheapest == nullptr || cost(candidate) < cost(*cheapest)) cheapest = &candidate;
  }
  if (cheapest == nullptr || questions(*cheapest) <= questions(first)) return;
  if (cost(*cheapest) > cost(first) / 100 * (100 - kRemarkableSavingPercent)) return;
  session.out() << Wrap(
      fmt::format(
          "The first package comes first for its {} open against {}; the cheapest above ({}) "
          "costs {} instead of {}. To rank by cost: --objective tco,open_questions",
          questions(first), questions(*cheapest), Shown(PlaceOf(*cheapest)), Money(cost(*cheapest)),
          Money(cost(first))),
      "", "", session.text_width());
}

}  // namespace

void PrintClasses(Session& session, const Value& result) {
  const Style style = session.style();
  const Value& classes = Member(result, "best_per");
  if (classes.IsArray()) {
    session.out() << "\n" << style.Paint(Tone::kStrong, "Best of each class") << "\n";
    Table table({{"class"},
                 {"deployment"},
                 {"model"},
                 {"compute"},
                 {"MUSD", Align::kRight},
                 {"days", Align::kRight},
                 {"open", Align::kRight}});
    for (const Value& entry : classes.GetArray()) {
      const Value& candidate = Member(entry, "candidate");
      std::string name(StringOr(entry, "class", "?"));
      if (!candidate.IsObject()) {
        table.AddRow({std::move(name), "no package"});
        continue;
      }
      std::vector<Cell> row = RowOf(candidate);
      table.AddRow({std::move(name), row[1], row[2], row[3], row[5], row[7], row[8]});
    }
    session.out() << table.ToText(session.table_width(), style);
    PrintCheaperClass(session, Member(result, "candidates"), classes);
  }
  const Value& points = Member(Member(result, "pareto"), "points");
  if (!points.IsArray()) return;
  const bool complete = json::BoolOr(Member(result, "pareto"), "complete", false);
  session.out() << "\n"
                << style.Paint(
                       Tone::kStrong,
                       "Trade-off over " +
                           Join(json::Strings(Member(Member(result, "pareto"), "figures")), ", ") +
                           (complete ? " (complete)" : " (cut short)"))
                << "\n";
  json::Document list(rapidjson::kArrayType);
  for (const Value& point : points.GetArray()) {
    list.PushBack(Value(Member(point, "candidate"), list.GetAllocator()), list.GetAllocator());
  }
  PrintCandidates(session, list);
}

void PrintNoPackage(Session& session, const Value& no_package) {
  const Style style = session.style();
  if (!no_package.IsObject()) {
    session.out() << "\n"
                  << style.Paint(Tone::kWarn, "Not settled.") << "\n"
                  << Wrap(
                         "The search was stopped before it found a package or proved that there is "
                         "none; --deadline gives it longer.",
                         "  ", "  ", session.text_width());
    return;
  }
  session.out() << "\n" << style.Paint(Tone::kBad, "No package fits.");
  const Value& conflicts = Member(no_package, "conflicts");
  const rapidjson::SizeType count = conflicts.IsArray() ? conflicts.Size() : 0;
  session.out() << (count == 0 ? "\n"
                    : count == 1
                        ? " This cannot be met:\n"
                        : fmt::format(" {} things stand in the way, each by itself:\n", count));
  for (rapidjson::SizeType i = 0; i < count; ++i) {
    const std::vector<std::string> demands = json::Strings(Member(conflicts[i], "demands"));
    std::string text = demands.empty() ? "what the request is about: nothing answers it"
                                       : Shown(Join(demands, " with "));
    if (demands.size() > 1) text += " (together)";
    session.out() << Wrap(text, count > 1 ? fmt::format("  {}. ", i + 1) : "  ", "     ",
                          session.text_width());
  }
  const std::vector<std::string> empty = json::Strings(Member(no_package, "empty_demands"));
  if (!empty.empty()) {
    session.out() << "Nothing in the catalog answers these under the request:\n"
                  << Wrap(Shown(Join(empty, " · ")), "  ", "  ", session.text_width());
  }
  const Value& changes = Member(no_package, "changes");
  if (!changes.IsArray() || changes.Empty()) {
    session.out() << "No change to what the request demands makes a package appear.\n";
    return;
  }
  session.out() << "The smallest changes that help, each line by itself:\n";
  std::size_t shown = 0, width = 0;
  for (const Value& change : changes.GetArray()) {
    width = std::max(width, DisplayWidth(Shown(StringOr(change, "text", ""))));
  }
  for (const Value& change : changes.GetArray()) {
    if (shown++ == kMaxShownChanges) {
      session.out() << fmt::format("  and {} more (--json)\n", changes.Size() - kMaxShownChanges);
      break;
    }
    std::string line = "  " + PadRight(Shown(StringOr(change, "text", "?")), width);
    if (const Value& cost = Member(change, "tco_high"); cost.IsInt64()) {
      line += "  -> best costs up to " + Money(cost.GetInt64());
    }
    session.out() << line << "\n";
  }
}

void PrintExcluded(Session& session, const Value& excluded) {
  const Value& groups = Member(excluded, "groups");
  if (!groups.IsArray() || groups.Empty()) return;
  std::vector<const Value*> sorted;
  std::int64_t count = 0, not_demanded = 0;
  for (const Value& group : groups.GetArray()) {
    // What does other things than the request asks for was not judged, so it says nothing.
    if (StringOr(group, "reason", "") == kNotDemanded) {
      not_demanded = IntOr(group, "count", 0);
      continue;
    }
    count += IntOr(group, "count", 0);
    sorted.push_back(&group);
  }
  std::stable_sort(sorted.begin(), sorted.end(), [](const Value* a, const Value* b) {
    return IntOr(*a, "count", 0) > IntOr(*b, "count", 0);
  });
  session.out() << "\n"
                << session.style().Paint(Tone::kStrong, "Left out: " + Count(count, "component"))
                << "\n";
  for (std::size_t i = 0; i < std::min(sorted.size(), kMaxShownGroups); ++i) {
    std::string reason(StringOr(*sorted[i], "reason", "?"));
    std::replace(reason.begin(), reason.end(), '_', ' ');
    session.out() << Wrap(
        fmt::format("{}, e.g. {}", Shown(reason), Shown(StringOr(*sorted[i], "example", ""))),
        PadLeft(std::to_string(IntOr(*sorted[i], "count", 0)), 6) + " ", "       ",
        session.text_width());
  }
  if (sorted.size() > kMaxShownGroups) {
    session.out() << fmt::format("       and {} further reasons (--json)\n",
                                 sorted.size() - kMaxShownGroups);
  }
  if (not_demanded > 0) {
    session.out() << fmt::format("       {} more do other things than this request asks for\n",
                                 not_demanded);
  }
}

}  // namespace stackport::cli
