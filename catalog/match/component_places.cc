#include "catalog/match/component_places.h"

#include <algorithm>
#include <chrono>
#include <map>
#include <optional>
#include <utility>

namespace stackport::match {

namespace {

using LevelValues = std::vector<std::int64_t>;

// The components that fill a demand which the one asked about fills too, as classes of a slot's
// candidates; -1 for the candidates of others.
struct Rivals {
  SlotClasses classes;
  int own = -1;                       // class of the component asked about; -1: it is not there
  std::vector<std::uint32_t> covers;  // by class, of a set: what its candidates cover together
};

Rivals RivalsIn(const CompiledMatch& compiled, std::size_t s, std::size_t component) {
  const Slot& slot = compiled.problem.slots[s];
  const std::vector<Part>& parts = compiled.parts[s];
  std::map<std::size_t, std::uint32_t> covers;  // by component
  for (std::size_t c = 0; c < parts.size(); ++c) {
    covers[parts[c].component] |= slot.candidates[c].covers;
  }
  Rivals rivals;
  rivals.classes.slot = static_cast<int>(s);
  const auto own = covers.find(component);
  if (own == covers.end()) return rivals;
  std::map<std::size_t, int> numbers;
  for (const auto& [each, covered] : covers) {
    if (slot.choice == SlotChoice::kSet && (covered & own->second) == 0) continue;
    numbers.emplace(each, static_cast<int>(rivals.covers.size()));
    rivals.covers.push_back(covered);
  }
  rivals.own = numbers.at(component);
  rivals.classes.count = static_cast<int>(numbers.size());
  for (const Part& part : parts) {
    const auto number = numbers.find(part.component);
    rivals.classes.of_candidate.push_back(number == numbers.end() ? -1 : number->second);
  }
  return rivals;
}

// Several candidates of a set are in a package, and classes are those of a slot that takes one: one
// more slot, whose candidates each insist on a member of the set.
Problem WithOneOf(Problem problem, const Rivals& rivals, SlotClasses* classes) {
  Slot& set = problem.slots[static_cast<std::size_t>(rivals.classes.slot)];
  Slot one;
  one.name = "a member of " + set.name;
  one.distance_weight = 0;
  const auto first = static_cast<TagId>(problem.tags.size());
  for (int number = 0; number < rivals.classes.count; ++number) {
    problem.tags.push_back("member " + std::to_string(number));
    Candidate& candidate = one.candidates.emplace_back();
    candidate.id = std::to_string(number);
    candidate.requires_.push_back({first + number});
    classes->of_candidate.push_back(number);
  }
  for (std::size_t c = 0; c < set.candidates.size(); ++c) {
    const int number = rivals.classes.of_candidate[c];
    if (number >= 0) set.candidates[c].provides.push_back(first + number);
  }
  classes->slot = static_cast<int>(problem.slots.size());
  classes->count = rivals.classes.count;
  problem.slots.push_back(std::move(one));
  return problem;
}

// Empty when the time is used up.
std::vector<Solution> BestOfEach(const CompiledMatch& compiled, const Rivals& rivals,
                                 const Solution& best, const Trials& trials) {
  std::optional<SearchOptions> options = trials.Left();
  if (!options) return {};
  // The deadline holds for each class alone, and the preparation takes as much of it as a class.
  if (options->deadline) {
    *options->deadline =
        std::max(std::chrono::milliseconds(1), *options->deadline / (rivals.classes.count + 1));
  }
  const Slot& slot = compiled.problem.slots[static_cast<std::size_t>(rivals.classes.slot)];
  if (slot.choice != SlotChoice::kSet) {
    return SolveClasses(compiled.problem, rivals.classes, *options, &best);
  }
  SlotClasses classes;
  const Problem problem = WithOneOf(compiled.problem, rivals, &classes);
  return SolveClasses(problem, classes, *options);
}

const LevelValues& FiguresOf(const Solution& solution) {
  return solution.answers.front().evaluation.level_values;
}

// Among the classes that cover the bit; all of them without one.
std::optional<DemandPlace> PlaceAmong(const std::vector<Solution>& solutions, const Rivals& rivals,
                                      std::optional<std::size_t> bit, std::string demand) {
  const Solution& own = solutions[static_cast<std::size_t>(rivals.own)];
  if (own.status == ProofStatus::kInfeasible) return std::nullopt;
  DemandPlace place;
  place.demand = std::move(demand);
  place.complete = own.status == ProofStatus::kOptimal;
  // Nothing that holds it comes before these.
  const LevelValues& figures = place.complete ? FiguresOf(own) : own.bound;
  for (std::size_t number = 0; number < solutions.size(); ++number) {
    const Solution& each = solutions[number];
    if (bit && (rivals.covers[number] >> *bit & 1U) == 0) continue;
    const bool found = !each.answers.empty();
    if (found) ++place.of;
    if (found && FiguresOf(each) < figures) {
      ++place.place;
    } else if (each.status == ProofStatus::kStopped && !(found && each.bound >= figures)) {
      place.complete = false;
    }
  }
  return place;
}

}  // namespace

std::vector<DemandPlace> PlacesOf(const CompiledMatch& compiled, std::size_t component,
                                  const Solution& best, const Trials& trials) {
  std::vector<DemandPlace> places;
  for (std::size_t s = 0; s < compiled.problem.slots.size(); ++s) {
    const Slot& slot = compiled.problem.slots[s];
    const bool has_components = !compiled.parts[s].empty() && compiled.parts[s][0].has_component;
    if (!has_components) continue;  // a site is no component
    const Rivals rivals = RivalsIn(compiled, s, component);
    if (rivals.own < 0) continue;
    const std::vector<Solution> solutions = BestOfEach(compiled, rivals, best, trials);
    const auto add = [&](std::optional<std::size_t> bit, const std::string& demand) {
      if (solutions.empty()) {
        places.push_back({demand, 1, 0, false});
      } else if (auto place = PlaceAmong(solutions, rivals, bit, demand)) {
        places.push_back(*std::move(place));
      }
    };
    if (slot.choice != SlotChoice::kSet) add(std::nullopt, slot.name);
    for (std::size_t bit = 0; bit < slot.cover.size(); ++bit) {
      const std::uint32_t covers = rivals.covers[static_cast<std::size_t>(rivals.own)];
      if ((covers >> bit & 1U) != 0) add(bit, slot.cover[bit]);
    }
  }
  return places;
}

}  // namespace stackport::match
