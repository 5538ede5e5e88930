#include "catalog/match/engine.h"

#include <algorithm>
#include <cassert>
#include <optional>
#include <utility>

#include "catalog/match/engine_tuned.h"
#include "catalog/match/search.h"
#include "catalog/match/search_model.h"

namespace stackport::match {
namespace {

// Whether any two different packages are as far apart as asked: then a single search finds all.
bool DifferenceIsEnough(const Problem& problem) {
  return std::all_of(problem.slots.begin(), problem.slots.end(),
                     [&](const Slot& slot) { return slot.distance_weight >= problem.distance; });
}

Answer MakeAnswer(const Problem& problem, Choice choice) {
  Answer answer{std::move(choice), {}};
  answer.evaluation = Evaluate(problem, answer.choice);
  assert(answer.evaluation.feasible);
  return answer;
}

void AddAnswer(const Problem& problem, const Search& search, const Package& package,
               Solution* solution) {
  solution->answers.push_back(MakeAnswer(problem, search.ToChoice(package)));
}

// What a stopped search proves: nothing that it left out lies below the frontier, nor, when it
// holds as many packages as were asked for, below the last of them.
void Stop(const SearchModel& model, const Search& search, bool full, Solution* solution) {
  solution->status = ProofStatus::kStopped;
  Wide bound = search.frontier();
  if (full) bound = std::min(bound, search.best().back().key);
  solution->bound = model.Decode(bound);
}

// What can be said when time ran out before the search.
Solution Unsearched(const SearchModel& model) {
  Solution solution;
  solution.status = ProofStatus::kStopped;
  solution.bound = model.level_low;
  return solution;
}

// The status of a search that was not stopped.
void Finish(const SearchBudget& budget, Solution* solution) {
  if (solution->status != ProofStatus::kStopped) {
    solution->status = solution->answers.empty() ? ProofStatus::kInfeasible : ProofStatus::kOptimal;
  }
  solution->nodes = budget.nodes();
}

void SolvePlain(const Problem& problem, const SearchModel& model, const SearchGoal& goal,
                Search* search, SearchBudget* budget, Solution* solution) {
  const bool done = search->Run(goal, budget);
  for (const Package& package : search->best()) AddAnswer(problem, *search, package, solution);
  const bool full = static_cast<int>(search->best().size()) == goal.top;
  if (!done && !(full && search->frontier() > search->best().back().key)) {
    Stop(model, *search, full, solution);
  }
}

void SolveDistant(const Problem& problem, const SearchModel& model, Search* search,
                  SearchBudget* budget, Solution* solution) {
  std::vector<Package> earlier;
  SearchGoal goal;
  goal.distance = problem.distance;
  goal.earlier = &earlier;
  while (static_cast<int>(earlier.size()) < problem.top) {
    goal.more = static_cast<int>(earlier.size()) + 1 < problem.top;
    const bool done = search->Run(goal, budget);
    const bool found = !search->best().empty();
    if (found) AddAnswer(problem, *search, search->best().front(), solution);
    if (!done && !(found && search->frontier() > search->best().front().key)) {
      return Stop(model, *search, found, solution);
    }
    if (!found) return;
    earlier.push_back(search->best().front());
  }
}

bool HoldsClass(const Answer& answer, const SlotDomain& only) {
  const std::vector<int>& picks = answer.choice.picks[static_cast<std::size_t>(only.slot)];
  return !picks.empty() && only.candidates[static_cast<std::size_t>(picks.front())];
}

}  // namespace

Solution SolveTuned(const Problem& problem, const SearchOptions& options, const Tuning& tuning) {
  SearchBudget budget(options);
  const SearchModel model =
      BuildSearchModel(problem, problem.levels, 0, problem.top, {}, tuning, &budget);
  Solution solution;
  if (model.cut_short) return Unsearched(model);
  Search search(model, tuning, 0);
  if (DifferenceIsEnough(problem)) {
    SearchGoal goal;
    goal.top = problem.top;
    SolvePlain(problem, model, goal, &search, &budget, &solution);
  } else {
    SolveDistant(problem, model, &search, &budget, &solution);
  }
  Finish(budget, &solution);
  return solution;
}

AnyPackage FindAnyTuned(const Problem& problem, const SearchOptions& options,
                        const Tuning& tuning) {
  SearchBudget budget(options);
  // Without levels, far more options replace each other.
  const SearchModel model = BuildSearchModel(problem, {}, 0, 1, {}, tuning, &budget);
  AnyPackage any;
  if (model.cut_short) return any;
  Search search(model, tuning, 0);
  SearchGoal goal;
  goal.any = true;
  any.settled = search.Run(goal, &budget);
  if (!search.best().empty()) {
    any.settled = true;
    any.package = MakeAnswer(problem, search.ToChoice(search.best().front()));
  }
  any.nodes = budget.nodes();
  return any;
}

std::vector<Solution> SolveClassesTuned(const Problem& problem, const SlotClasses& classes,
                                        const SearchOptions& options, const Tuning& tuning,
                                        const Solution* known) {
  SearchBudget preparation(options);
  const SearchModel model =
      BuildSearchModel(problem, problem.levels, 0, 1, classes, tuning, &preparation);
  std::optional<Search> search;
  if (!model.cut_short) search.emplace(model, tuning, 0);
  std::vector<SlotDomain> domains(static_cast<std::size_t>(classes.count), {classes.slot, {}});
  std::vector<Solution> solutions(domains.size());
  for (std::size_t number = 0; number < domains.size(); ++number) {
    SlotDomain& only = domains[number];
    for (const int each : classes.of_candidate) {
      only.candidates.push_back(each == static_cast<int>(number));
    }
    Solution& solution = solutions[number];
    if (known != nullptr && known->status == ProofStatus::kOptimal &&
        HoldsClass(known->answers.front(), only)) {
      solution = *known;
      solution.answers.resize(1);
      continue;
    }
    if (!search) {
      solution = Unsearched(model);
      continue;
    }
    SearchBudget budget(options);
    SearchGoal goal;
    goal.only = &only;
    SolvePlain(problem, model, goal, &*search, &budget, &solution);
    Finish(budget, &solution);
  }
  return solutions;
}

Front SolveParetoTuned(const Problem& problem, const std::vector<Measure>& measures, int max_points,
                       const SearchOptions& options, const Tuning& tuning) {
  std::vector<Level> levels;
  for (const Measure& measure : measures) levels.push_back({"", {{measure, 1}}});
  levels.insert(levels.end(), problem.levels.begin(), problem.levels.end());
  const int pareto = static_cast<int>(measures.size());
  SearchBudget budget(options);
  Front front;
  const SearchModel model = BuildSearchModel(problem, levels, pareto, 1, {}, tuning, &budget);
  if (model.cut_short) {
    front.status = ProofStatus::kStopped;
    return front;
  }
  Search search(model, tuning, pareto);
  SearchGoal goal;
  goal.front = &front.vectors;
  front.status = ProofStatus::kOptimal;
  while (true) {
    if (!search.Run(goal, &budget)) {
      front.status = ProofStatus::kStopped;
      break;
    }
    if (search.best().empty()) break;
    if (static_cast<int>(front.vectors.size()) >= max_points) {
      front.truncated = true;
      break;
    }
    const Package& package = search.best().front();
    front.answers.push_back(MakeAnswer(problem, search.ToChoice(package)));
    front.vectors.emplace_back(package.levels.begin(), package.levels.begin() + pareto);
  }
  if (front.status == ProofStatus::kOptimal && front.vectors.empty() && !front.truncated) {
    front.status = ProofStatus::kInfeasible;
  }
  front.nodes = budget.nodes();
  return front;
}

Solution Solve(const Problem& problem, const SearchOptions& options) {
  return SolveTuned(problem, options, Tuning{});
}

AnyPackage FindAny(const Problem& problem, const SearchOptions& options) {
  return FindAnyTuned(problem, options, Tuning{});
}

std::vector<Solution> SolveClasses(const Problem& problem, const SlotClasses& classes,
                                   const SearchOptions& options, const Solution* known) {
  return SolveClassesTuned(problem, classes, options, Tuning{}, known);
}

Front SolvePareto(const Problem& problem, const std::vector<Measure>& measures, int max_points,
                  const SearchOptions& options) {
  return SolveParetoTuned(problem, measures, max_points, options, Tuning{});
}

}  // namespace stackport::match
