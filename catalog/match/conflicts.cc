#include "catalog/match/conflicts.h"

#include <algorithm>
#include <iterator>
#include <numeric>
#include <set>
#include <utility>

#include "catalog/match/known_fits.h"

namespace stackport::match {
namespace {

using Set = std::vector<int>;

// Guesses before a question is asked as it stands: each costs as much.
constexpr int kMaxGuesses = 2;

// Hitting sets that are followed at a time; with more, the report is not complete.
constexpr std::size_t kMaxHittingSets = 2'000;

bool Meets(const Set& a, const Set& b) {
  return std::any_of(a.begin(), a.end(),
                     [&](int item) { return std::binary_search(b.begin(), b.end(), item); });
}

bool SmallerFirst(const Set& a, const Set& b) {
  return a.size() != b.size() ? a.size() < b.size() : a < b;
}

class ConflictSearch {
 public:
  ConflictSearch(int count, const FitJudge& judge, const ConflictLimits& limits)
      : count_(count), judge_(judge), limits_(limits), hitting_{{}} {}

  ConflictReport Run(const Set& suspects) {
    report_.complete = true;
    known_.AddRefused(All());
    Suspect(suspects);
    AddConflict(Shrink(All()));
    while (report_.complete) {
      const Set* next = NextHittingSet();
      if (next == nullptr) break;
      if (static_cast<int>(report_.corrections.size()) >= limits_.corrections) {
        report_.complete = false;
        break;
      }
      const Set chosen = *next;
      const Set rest = Without(All(), chosen);
      switch (Judge(rest)) {
        case Fit::kFits:
          report_.corrections.push_back(chosen);
          break;
        case Fit::kNothingFits:
          AddConflict(Shrink(rest));
          break;
        case Fit::kUnknown:
          open_.insert(chosen);
          left_open_ = true;
          break;
      }
    }
    report_.complete = report_.complete && !left_open_;
    std::sort(report_.corrections.begin(), report_.corrections.end(), SmallerFirst);
    return std::move(report_);
  }

 private:
  Set All() const {
    Set all(static_cast<std::size_t>(count_));
    std::iota(all.begin(), all.end(), 0);
    return all;
  }

  static Set Without(const Set& set, const Set& gone) {
    Set rest;
    std::set_difference(set.begin(), set.end(), gone.begin(), gone.end(), std::back_inserter(rest));
    return rest;
  }

  Fit Judge(const Set& demands) {
    if (const auto fits = known_.Fits(demands)) return *fits ? Fit::kFits : Fit::kNothingFits;
    if (undecided_.contains(demands)) return Fit::kUnknown;
    if (report_.judgements >= limits_.judgements) {
      report_.complete = false;
      return Fit::kUnknown;
    }
    ++report_.judgements;
    const Judgement judgement = judge_(demands);
    switch (judgement.fit) {
      case Fit::kFits: {
        Set together;
        std::set_union(demands.begin(), demands.end(), judgement.also.begin(), judgement.also.end(),
                       std::back_inserter(together));
        known_.AddFitting(std::move(together));
        if (!judgement.missed.empty()) missed_.push_back(judgement.missed);
        break;
      }
      case Fit::kNothingFits:
        known_.AddRefused(demands);
        break;
      case Fit::kUnknown:
        undecided_.insert(demands);
        break;
    }
    return judgement.fit;
  }

  // Looks for one of the suspects without which something fits: it is in every conflict.
  void Suspect(const Set& suspects) {
    Set sorted = suspects;
    std::sort(sorted.begin(), sorted.end());
    if (sorted.size() > 1 && Judge(Without(All(), sorted)) != Fit::kFits) return;
    const auto alone = [&](int demand) { return Without(All(), {demand}); };
    const bool known = std::any_of(suspects.begin(), suspects.end(), [&](int demand) {
      return known_.Fits(alone(demand)).value_or(false);
    });
    for (std::size_t i = 0; i < suspects.size() && !known; ++i) {
      if (Judge(alone(suspects[i])) == Fit::kFits) return;
    }
  }

  // Asks what probably decides about the demands and leaves less to ask afterwards: whether more
  // of them hold together, by what seems to meet these; or whether those are refused already that
  // are known to be needed, with what everything found so far seems to miss.
  void Guess(const Set& demands) {
    std::size_t looked_at = 0;  // of what was found
    for (int guesses = 0; guesses < kMaxGuesses; ++guesses) {
      for (; looked_at < missed_.size(); ++looked_at) {
        if (Meets(missed_[looked_at], demands)) continue;
        Judge(Without(All(), Set(missed_[looked_at])));
        if (known_.Fits(demands)) return;
      }
      const Set core = CoreOf(demands);
      if (core.empty() || known_.Fits(core)) return;
      Judge(core);
      if (known_.Fits(demands)) return;
    }
  }

  Set CoreOf(const Set& demands) const {
    Set core;
    for (const int demand : demands) {
      if (known_.Fits(Without(demands, {demand})).value_or(false)) core.push_back(demand);
    }
    for (const Set& missed : missed_) {
      if (Meets(core, missed)) continue;
      Set more, both;
      std::set_intersection(missed.begin(), missed.end(), demands.begin(), demands.end(),
                            std::back_inserter(more));
      std::set_union(core.begin(), core.end(), more.begin(), more.end(), std::back_inserter(both));
      core = std::move(both);
    }
    return core;
  }

  // The smallest set that hits every conflict and is not settled yet; null when there is none.
  const Set* NextHittingSet() const {
    for (const Set& set : hitting_) {
      const bool settled = open_.contains(set) ||
                           std::find(report_.corrections.begin(), report_.corrections.end(), set) !=
                               report_.corrections.end();
      if (!settled) return &set;
    }
    return nullptr;
  }

  // Gives up one demand after the other for as long as nothing fits.
  Conflict Shrink(Set refused) {
    Conflict conflict;
    for (const int demand : Set(refused)) {
      const Set without = Without(refused, {demand});
      if (!known_.Fits(without)) Guess(without);
      switch (Judge(without)) {
        case Fit::kNothingFits:
          refused = without;
          break;
        case Fit::kFits:
          break;
        case Fit::kUnknown:
          conflict.minimal = false;
          break;
      }
    }
    conflict.demands = std::move(refused);
    return conflict;
  }

  // Berge's step: each set that misses the conflict gets one of its demands; only minimal sets
  // stay.
  void AddConflict(Conflict conflict) {
    std::vector<Set> sets;
    for (const Set& set : hitting_) {
      if (Meets(set, conflict.demands)) {
        sets.push_back(set);
        continue;
      }
      for (const int demand : conflict.demands) {
        Set larger = set;
        larger.insert(std::upper_bound(larger.begin(), larger.end(), demand), demand);
        sets.push_back(std::move(larger));
      }
    }
    std::sort(sets.begin(), sets.end(), SmallerFirst);
    hitting_.clear();
    for (Set& set : sets) {
      const bool minimal = std::none_of(hitting_.begin(), hitting_.end(), [&](const Set& smaller) {
        return std::ranges::includes(set, smaller);
      });
      if (minimal) hitting_.push_back(std::move(set));
    }
    left_open_ = left_open_ || !conflict.minimal;
    report_.conflicts.push_back(std::move(conflict));
    if (static_cast<int>(report_.conflicts.size()) >= limits_.conflicts ||
        hitting_.size() > kMaxHittingSets) {
      report_.complete = false;
    }
  }

  int count_;
  const FitJudge& judge_;
  const ConflictLimits& limits_;
  std::vector<Set> hitting_;  // minimal sets that hit every conflict, smallest first
  std::set<Set> open_;        // of those, whose corrections could not be judged
  KnownFits known_;
  std::vector<Set> missed_;  // by what was found: what it seems to miss
  std::set<Set> undecided_;  // judged, and unknown
  bool left_open_ = false;
  ConflictReport report_;
};

}  // namespace

ConflictReport FindConflicts(int count, const FitJudge& judge, const ConflictLimits& limits,
                             const std::vector<int>& suspects) {
  return ConflictSearch(count, judge, limits).Run(suspects);
}

}  // namespace stackport::match
