#include "catalog/match/sweep_levers.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <utility>

#include "catalog/match/request_demands.h"

namespace stackport::match {

namespace {

using LeversByKey = std::map<UnstatedFact, SweepLever>;

// Those that help most countries first.
std::vector<SweepLever> Sorted(const LeversByKey& by_key) {
  std::vector<SweepLever> levers;
  levers.reserve(by_key.size());
  for (const auto& [key, lever] : by_key) {
    levers.push_back(lever);
    levers.back().component = key.first;
    levers.back().name = key.second;
  }
  std::stable_sort(levers.begin(), levers.end(), [](const SweepLever& a, const SweepLever& b) {
    return std::pair(a.lacking_only_this.size(), a.countries.size()) >
           std::pair(b.lacking_only_this.size(), b.countries.size());
  });
  return levers;
}

// A change of the request, with the value that each of its countries needs.
struct ChangeInCountries {
  SingleChange change;
  std::vector<std::string> countries;
  std::vector<std::int64_t> needed;
};

SweepUnlock UnlockOf(ChangeInCountries found) {
  SweepUnlock unlock;
  unlock.kind = SweepUnlock::Kind::kChange;
  unlock.name = found.change.pointer;
  unlock.text = "give up: " + found.change.text;
  unlock.countries = std::move(found.countries);
  if (!found.change.figure) return unlock;
  std::vector<std::int64_t>& needed = found.needed;
  std::sort(needed.begin(), needed.end());
  unlock.needed = needed.back();
  unlock.text = AllowText(*found.change.figure, needed.back());
  const std::int64_t half = needed[needed.size() / 2];
  if (half == needed.back()) return unlock;
  unlock.needed_for_most = half;
  unlock.most = static_cast<std::size_t>(std::upper_bound(needed.begin(), needed.end(), half) -
                                         needed.begin());
  unlock.text += " (" + SufficientText(*found.change.figure, half) + " is enough in " +
                 std::to_string(unlock.most) + ")";
  return unlock;
}

std::vector<SweepUnlock> UnlocksOf(const Sweep& sweep) {
  std::vector<SweepUnlock> unlocks;
  // By pointer, words, as several bans have one pointer, and whether it is a limit to be moved.
  std::map<std::tuple<std::string, std::string, bool>, ChangeInCountries> changes;
  for (const SweepRow& row : sweep.rows) {
    for (const SingleChange& change : row.changes) {
      ChangeInCountries& found = changes[{change.pointer, change.text, change.figure.has_value()}];
      found.change = change;
      found.countries.push_back(row.country);
      found.needed.push_back(change.needed);
    }
  }
  unlocks.reserve(changes.size() + sweep.missing.size() + sweep.facts_to_settle.size());
  for (auto& [key, found] : changes) unlocks.push_back(UnlockOf(std::move(found)));
  for (const SweepLever& lever : sweep.missing) {
    unlocks.push_back({SweepUnlock::Kind::kDemand,
                       "",
                       lever.name,
                       "offer something eligible for " + lever.name,
                       lever.lacking_only_this,
                       {},
                       {},
                       0});
  }
  for (const SweepLever& lever : sweep.facts_to_settle) {
    unlocks.push_back({SweepUnlock::Kind::kFact,
                       lever.component,
                       lever.name,
                       "settle " + lever.component + ": " + lever.name,
                       lever.lacking_only_this,
                       {},
                       {},
                       0});
  }
  std::erase_if(unlocks, [](const SweepUnlock& unlock) { return unlock.countries.empty(); });
  std::stable_sort(unlocks.begin(), unlocks.end(), [](const SweepUnlock& a, const SweepUnlock& b) {
    return a.countries.size() > b.countries.size();
  });
  return unlocks;
}

}  // namespace

std::string_view UnlockKindName(SweepUnlock::Kind kind) {
  switch (kind) {
    case SweepUnlock::Kind::kFact:
      return "fact";
    case SweepUnlock::Kind::kDemand:
      return "demand";
    case SweepUnlock::Kind::kChange:
      return "change";
  }
  return "";
}

void FindLevers(Sweep& sweep) {
  LeversByKey open, missing, settle;
  for (const SweepRow& row : sweep.rows) {
    if (!row.packages.empty()) {
      const auto& questions = row.packages.front().questions;
      for (const auto& question : std::set<UnstatedFact>(questions.begin(), questions.end())) {
        open[question].countries.push_back(row.country);
      }
    }
    if (!row.barred_by.empty()) continue;
    for (const std::string& demand : row.empty_demands) {
      SweepLever& lever = missing[{"", demand}];
      lever.countries.push_back(row.country);
      if (row.fits_without_demand) lever.lacking_only_this.push_back(row.country);
    }
    for (const UnstatedFact& fact : row.settlement.facts) {
      SweepLever& lever = settle[fact];
      lever.countries.push_back(row.country);
      if (row.settlement.facts.size() == 1) lever.lacking_only_this.push_back(row.country);
    }
  }
  sweep.open_facts = Sorted(open);
  sweep.missing = Sorted(missing);
  sweep.facts_to_settle = Sorted(settle);
  sweep.unlocks = UnlocksOf(sweep);
}

}  // namespace stackport::match
