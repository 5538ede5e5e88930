#include "catalog/match/variant_search.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "catalog/match/search.h"

namespace stackport::match {

namespace {

// One variant and the first package it has to offer at the moment.
struct Offer {
  Variant variant;
  std::optional<Answer> first;  // in candidates of the whole problem
  std::vector<std::string> ids;
  bool known = false;  // `first` is its first package; without a value it has none left
  std::vector<std::int64_t> lower;  // no package of the variant has level values below these
};

bool ComesBefore(const Offer& a, const Offer& b) {
  if (a.first->evaluation.level_values != b.first->evaluation.level_values) {
    return a.first->evaluation.level_values < b.first->evaluation.level_values;
  }
  return a.ids < b.ids;
}

class VariantSearch {
 public:
  VariantSearch(const Problem& problem, int slot, const SearchOptions& options,
                const Tuning& tuning)
      : problem_(problem), tuning_(tuning), budget_(options) {
    const std::size_t count = problem.slots[static_cast<std::size_t>(slot)].candidates.size();
    for (std::size_t c = 0; c < count; ++c) {
      auto variant = FixCandidate(problem, slot, static_cast<int>(c));
      if (!variant) continue;
      Offer offer;
      offer.variant = std::move(*variant);
      Tuning bounds_only = tuning;
      bounds_only.use_skyband = false;  // dropping dominated options moves no bound
      offer.lower =
          BuildSearchModel(offer.variant.problem, problem.levels, 0, 1, bounds_only).level_low;
      offers_.push_back(std::move(offer));
    }
    // Promising variants first, so that their packages spare the search of the others.
    std::stable_sort(offers_.begin(), offers_.end(),
                     [](const Offer& a, const Offer& b) { return a.lower < b.lower; });
  }

  Solution Run() {
    Solution solution;
    solution.status = ProofStatus::kOptimal;
    while (static_cast<int>(solution.answers.size()) < problem_.top) {
      for (Offer& offer : offers_) {
        if (offer.known) continue;
        const Offer* best = Best();
        if (best != nullptr && best->first->evaluation.level_values < offer.lower) continue;
        if (!Search(offer, solution.answers)) return Stopped(std::move(solution));
      }
      const Offer* best = Best();
      if (best == nullptr) break;
      solution.answers.push_back(*best->first);
      const Choice& taken = solution.answers.back().choice;
      for (Offer& offer : offers_) {
        const bool close =
            offer.first && Distance(problem_, offer.first->choice, taken) < problem_.distance;
        if (close) offer.known = false;
      }
    }
    if (solution.answers.empty()) solution.status = ProofStatus::kInfeasible;
    solution.nodes = budget_.nodes();
    return solution;
  }

 private:
  const Offer* Best() const {
    const Offer* best = nullptr;
    for (const Offer& offer : offers_) {
      const bool offers = offer.known && offer.first;
      if (offers && (best == nullptr || ComesBefore(offer, *best))) best = &offer;
    }
    return best;
  }

  SearchModel Model(const Offer& offer, int dominators) const {
    return BuildSearchModel(offer.variant.problem, problem_.levels, 0, dominators, tuning_);
  }

  // Finds the first package of a variant that keeps its distance from the answers. False when the
  // budget ran out first; then `bound_` is what the search proves of this variant.
  bool Search(Offer& offer, const std::vector<Answer>& answers) {
    // Each earlier answer holds one option of a slot, so it can stand in the way of one dominator.
    const int dominators = static_cast<int>(answers.size()) + 1;
    const SearchModel model = Model(offer, dominators);
    match::Search search(model, tuning_, 0, &budget_);
    std::vector<Package> earlier;
    for (const Answer& answer : answers)
      earlier.push_back(search.FromChoice(Narrowed(offer, answer)));
    SearchGoal goal;
    goal.distance = problem_.distance;
    goal.earlier = &earlier;
    const bool done = search.Run(goal);
    offer.first.reset();
    if (!search.best().empty()) {
      Answer answer{offer.variant.ToWhole(search.ToChoice(search.best().front())), {}};
      answer.evaluation = Evaluate(problem_, answer.choice);
      offer.ids = CanonicalIds(problem_, answer.choice);
      offer.first = std::move(answer);
    }
    if (!done) {
      bound_ = model.Decode(search.frontier());
      return false;
    }
    offer.known = true;
    return true;
  }

  // An answer in candidates of the variant; -1 for candidates it has not.
  static Choice Narrowed(const Offer& offer, const Answer& answer) {
    Choice choice = answer.choice;
    for (std::size_t s = 0; s < choice.picks.size(); ++s) {
      const std::vector<int>& original = offer.variant.original[s];
      for (int& pick : choice.picks[s]) {
        const auto found = std::lower_bound(original.begin(), original.end(), pick);
        pick = found != original.end() && *found == pick
                   ? static_cast<int>(found - original.begin())
                   : -1;
      }
    }
    return choice;
  }

  // What was found, and a bound that holds for every package left out: the stopped variant's own,
  // the least conceivable values for variants not searched, the first package of the others.
  Solution Stopped(Solution solution) {
    solution.status = ProofStatus::kStopped;
    std::vector<std::int64_t> bound = bound_;
    for (const Offer& offer : offers_) {
      if (!offer.known) {
        bound = std::min(bound, offer.lower);
      } else if (offer.first) {
        bound = std::min(bound, offer.first->evaluation.level_values);
      }
    }
    const Offer* incumbent = nullptr;
    for (const Offer& offer : offers_) {
      if (!offer.first || !KeepsDistance(offer, solution)) continue;
      if (incumbent == nullptr || ComesBefore(offer, *incumbent)) incumbent = &offer;
    }
    if (incumbent != nullptr) solution.answers.push_back(*incumbent->first);
    solution.bound = std::move(bound);
    solution.nodes = budget_.nodes();
    return solution;
  }

  bool KeepsDistance(const Offer& offer, const Solution& solution) const {
    return std::all_of(solution.answers.begin(), solution.answers.end(), [&](const Answer& answer) {
      return Distance(problem_, offer.first->choice, answer.choice) >= problem_.distance;
    });
  }

  const Problem& problem_;
  const Tuning& tuning_;
  SearchBudget budget_;
  std::vector<Offer> offers_;
  std::vector<std::int64_t> bound_;
};

}  // namespace

Solution SolveByVariants(const Problem& problem, int slot, const SearchOptions& options,
                         const Tuning& tuning) {
  return VariantSearch(problem, slot, options, tuning).Run();
}

}  // namespace stackport::match
