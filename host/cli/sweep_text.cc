#include "host/cli/sweep_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <map>
#include <set>
#include <vector>

#include "catalog/base/text.h"
#include "host/cli/figures_text.h"
#include "host/cli/layout.h"
#include "host/cli/table.h"

namespace stackport::cli {
namespace {

// Lines of a list before the rest is counted.
constexpr std::size_t kMaxShownLevers = 5;
constexpr std::size_t kMaxShownCodes = 12;
constexpr std::size_t kMaxShownDemands = 4;

std::string CodesText(const std::vector<std::string>& codes) {
  std::vector<std::string> shown = codes;
  if (shown.size() > kMaxShownCodes) shown.resize(kMaxShownCodes);
  std::string text = Join(shown, " ");
  if (codes.size() > shown.size()) {
    text += fmt::format(" and {} more", codes.size() - shown.size());
  }
  return text;
}

void PrintPackages(Session& session, const match::Sweep& sweep, const CountryIndex& countries) {
  Table table({{"country", Align::kLeft, 12},
               {"best"},
               {"TCO MUSD", Align::kRight},
               {"site kW", Align::kRight},
               {"days", Align::kRight},
               {"licences", Align::kRight},
               {"open", Align::kRight},
               {"also", Align::kLeft, 12}});
  for (const match::SweepRow& row : sweep.rows) {
    if (row.packages.empty()) continue;
    const match::SweepPackage& best = row.packages.front();
    std::vector<std::string> others;
    for (std::size_t i = 1; i < row.packages.size(); ++i) {
      others.push_back(row.packages[i].deployment);
    }
    table.AddRow({row.country + " " + CountryName(countries, row.country), best.site,
                  MillionRange(best.tco_low_cents, best.tco_high_cents),
                  KilowattRange(best.site_power_high_w, best.site_power_high_w),
                  std::to_string(best.lead_days), std::to_string(best.licences),
                  std::to_string(best.open_questions), Join(others, ", ")});
  }
  if (!table.empty()) session.out() << "\n" << table.ToText(session.table_width(), session.style());
}

void PrintBlocked(Session& session, const match::Sweep& sweep) {
  std::map<std::string, std::vector<std::string>> countries_of;
  for (const match::SweepRow& row : sweep.rows) {
    if (row.status == match::SweepStatus::kNothingFits) {
      countries_of[Blocker(row)].push_back(row.country);
    }
  }
  if (countries_of.empty()) return;
  session.out() << "\n" << session.style().Paint(Tone::kStrong, "Nothing fits") << "\n";
  for (const auto& [blocker, codes] : countries_of) {
    session.out() << Wrap(Shown(CodesText(codes)) + " (" +
                              Count(static_cast<std::int64_t>(codes.size()), "country",
                                    "countries") +
                              ")",
                          "  ", "  ", session.text_width())
                  << Wrap(Shown(blocker), "     ", "     ", session.text_width());
  }
}

// After a list of so many.
void PrintMore(Session& session, std::size_t count) {
  if (count > kMaxShownLevers) {
    session.out() << fmt::format("       and {} more (--json)\n", count - kMaxShownLevers);
  }
}

// Countries where nothing fits, something may go, and no one thing of the list is enough.
std::int64_t CountUnlockedByNone(const match::Sweep& sweep) {
  std::set<std::string> unlocked;
  for (const match::SweepUnlock& unlock : sweep.unlocks) {
    unlocked.insert(unlock.countries.begin(), unlock.countries.end());
  }
  return std::count_if(sweep.rows.begin(), sweep.rows.end(), [&](const match::SweepRow& row) {
    return row.status == match::SweepStatus::kNothingFits && row.barred_by.empty() &&
           !unlocked.contains(row.country);
  });
}

void PrintUnlocks(Session& session, const match::Sweep& sweep) {
  const std::vector<match::SweepUnlock>& unlocks = sweep.unlocks;
  const std::int64_t by_none = CountUnlockedByNone(sweep);
  if (unlocks.empty() && by_none == 0) return;
  session.out() << "\n"
                << session.style().Paint(Tone::kStrong,
                                         "Each alone lets packages appear, in so many countries")
                << "\n";
  for (std::size_t i = 0; i < std::min(unlocks.size(), kMaxShownLevers); ++i) {
    session.out() << fmt::format("  {:>3}  {}\n", unlocks[i].countries.size(),
                                 Shown(unlocks[i].text));
  }
  PrintMore(session, unlocks.size());
  if (by_none > 0) {
    session.out() << fmt::format("  {:>3}  nothing was found that is enough alone\n", by_none);
  }
}

// How many have to be settled together.
std::string FactsTitle(const match::Sweep& sweep) {
  std::size_t least = 0, most = 0;
  for (const match::SweepRow& row : sweep.rows) {
    const std::size_t facts = row.settlement.facts.size();
    if (facts == 0) continue;
    least = least == 0 ? facts : std::min(least, facts);
    most = std::max(most, facts);
  }
  return fmt::format("Facts to settle{}, {} in each country, by countries",
                     most > 1 ? " together" : "",
                     least == most ? std::to_string(most) : fmt::format("{} to {}", least, most));
}

void PrintLevers(Session& session, const std::string& title,
                 const std::vector<match::SweepLever>& levers) {
  if (levers.empty()) return;
  session.out() << "\n" << session.style().Paint(Tone::kStrong, title) << "\n";
  for (std::size_t i = 0; i < std::min(levers.size(), kMaxShownLevers); ++i) {
    const match::SweepLever& lever = levers[i];
    const std::string what =
        lever.component.empty() ? lever.name : lever.component + ": " + lever.name;
    session.out() << fmt::format(
        "  {:>3}  {}{}\n", lever.countries.size(), Shown(what),
        lever.lacking_only_this.empty()
            ? std::string()
            : fmt::format(" (alone in {})", lever.lacking_only_this.size()));
  }
  PrintMore(session, levers.size());
}

}  // namespace

std::string CountryName(const CountryIndex& countries, const std::string& code) {
  const Country* country = countries.Find(code);
  return country == nullptr ? code : country->name;
}

std::string Blocker(const match::SweepRow& row) {
  if (row.barred_by == "market") return "country of concern: no market of the programme";
  if (!row.barred_by.empty()) {
    return "blocked destination: EAR country group E:1 or E:2, or comprehensive sanctions; nothing "
           "at all may go there";
  }
  if (row.empty_demands.size() > kMaxShownDemands && !row.reasons.empty()) {
    std::string reason = row.reasons.front().first;
    std::replace(reason.begin(), reason.end(), '_', ' ');
    return fmt::format("nothing answers {} demands; {} leaves out {}", row.empty_demands.size(),
                       reason, Count(row.reasons.front().second, "component"));
  }
  if (!row.empty_demands.empty()) return "nothing answers: " + Join(row.empty_demands, ", ");
  if (!row.conflict.empty()) return "cannot hold together: " + Join(row.conflict, " with ");
  return "what the request is about";
}

void PrintSweep(Session& session, const match::Sweep& sweep, const CountryIndex& countries) {
  std::map<match::SweepStatus, std::int64_t> counts;
  for (const match::SweepRow& row : sweep.rows) ++counts[row.status];
  session.out() << Count(static_cast<std::int64_t>(sweep.rows.size()), "country", "countries")
                << " · packages in " << counts[match::SweepStatus::kFits] << " · nothing fits in "
                << counts[match::SweepStatus::kNothingFits];
  if (counts[match::SweepStatus::kStopped] > 0) {
    session.out() << " · stopped before the proof in " << counts[match::SweepStatus::kStopped];
  }
  session.out() << " · snapshot " << Shown(sweep.snapshot) << "\n";
  PrintPackages(session, sweep, countries);
  PrintBlocked(session, sweep);
  PrintUnlocks(session, sweep);
  PrintLevers(session, FactsTitle(sweep), sweep.facts_to_settle);
  PrintLevers(session, "Facts that the best packages leave open, by countries", sweep.open_facts);
  PrintLevers(session, "Demands that nothing answers, by countries", sweep.missing);
}

}  // namespace stackport::cli
