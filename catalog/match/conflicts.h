// Which demands cannot hold together, and which sets of them have to go: for any yes-or-no judge of
// a set of demands, without knowing what the demands are.
//
// A conflict is a minimal set that the judge refuses; a correction is a minimal set without which
// the rest is accepted. Each correction hits every conflict, so the two are found in turn: the
// smallest set that hits all conflicts so far is either a correction, or what it leaves holds
// another conflict (Reiter 1987). A judgement is dear: what follows from earlier ones is not asked
// again, and a conflict is guessed from the demands that are known to be in it.
#ifndef STACKPORT_CATALOG_MATCH_CONFLICTS_H_
#define STACKPORT_CATALOG_MATCH_CONFLICTS_H_

#include <functional>
#include <vector>

namespace stackport::match {

enum class Fit {
  kFits,
  kNothingFits,  // proven
  kUnknown,      // the judge stopped before it knew
};

struct Judgement {
  Judgement(Fit of_demands) : fit(of_demands) {}
  Fit fit = Fit::kUnknown;
  // With kFits: more demands that hold together with those asked about; sorted.
  std::vector<int> also;
  // With kFits: of the demands that were not asked about, those that what fits seems to miss;
  // sorted. It only says where to look: nothing is concluded from it.
  std::vector<int> missed;
};

// Judges the demands in the list, sorted numbers from 0. Monotone: what fits with a set fits with
// each part of it.
using FitJudge = std::function<Judgement(const std::vector<int>& demands)>;

struct ConflictLimits {
  int conflicts = 8;
  int corrections = 12;
  int judgements = 300;  // asked of the judge
};

struct Conflict {
  std::vector<int> demands;  // sorted; empty when nothing fits even without all demands
  bool minimal = true;       // false: the judge could not say whether each of them is needed
};

struct ConflictReport {
  std::vector<Conflict> conflicts;            // in the order found
  std::vector<std::vector<int>> corrections;  // the smallest first, then in lexicographic order
  bool complete = false;  // these are all; false when a limit or an unknown judgement ended it
  int judgements = 0;
};

// Requires: the judge refuses all `count` demands together. Deterministic for a deterministic
// judge. `suspects` are demands that may well stand in the way alone, the likeliest first; only the
// number of judgements depends on them.
ConflictReport FindConflicts(int count, const FitJudge& judge, const ConflictLimits& limits = {},
                             const std::vector<int>& suspects = {});

}  // namespace stackport::match

#endif  // STACKPORT_CATALOG_MATCH_CONFLICTS_H_
