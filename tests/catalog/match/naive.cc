#include "tests/catalog/match/naive.h"

#include <algorithm>
#include <functional>
#include <random>
#include <string>
#include <tuple>
#include <utility>

namespace stackport::match::naive {
namespace {

std::vector<std::vector<int>> Fillings(const Slot& slot) {
  std::vector<std::vector<int>> fillings;
  const int count = static_cast<int>(slot.candidates.size());
  if (slot.choice == SlotChoice::kSet) {
    for (int subset = 1; subset < (1 << count); ++subset) {
      std::vector<int> picks;
      for (int c = 0; c < count; ++c) {
        if ((subset >> c) & 1) picks.push_back(c);
      }
      fillings.push_back(std::move(picks));
    }
    return fillings;
  }
  if (slot.choice == SlotChoice::kOptional) fillings.emplace_back();
  for (int c = 0; c < count; ++c) fillings.push_back({c});
  return fillings;
}

}  // namespace

std::vector<Ranked> Enumerate(const Problem& problem) {
  std::vector<std::vector<std::vector<int>>> fillings;
  for (const Slot& slot : problem.slots) fillings.push_back(Fillings(slot));
  std::vector<Ranked> ranked;
  Choice choice;
  choice.picks.resize(problem.slots.size());
  const std::function<void(std::size_t)> fill = [&](std::size_t slot) {
    if (slot == problem.slots.size()) {
      Evaluation evaluation = Evaluate(problem, choice);
      if (evaluation.feasible) {
        ranked.push_back({choice, std::move(evaluation), CanonicalIds(problem, choice)});
      }
      return;
    }
    for (const auto& picks : fillings[slot]) {
      choice.picks[slot] = picks;
      fill(slot + 1);
    }
  };
  fill(0);
  std::sort(ranked.begin(), ranked.end(), [](const Ranked& a, const Ranked& b) {
    return std::tie(a.evaluation.level_values, a.ids) < std::tie(b.evaluation.level_values, b.ids);
  });
  return ranked;
}

std::vector<Ranked> Greedy(const Problem& problem, const std::vector<Ranked>& ranked) {
  std::vector<Ranked> answers;
  for (const Ranked& next : ranked) {
    if (static_cast<int>(answers.size()) == problem.top) break;
    const bool keeps = std::all_of(answers.begin(), answers.end(), [&](const Ranked& answer) {
      return Distance(problem, answer.choice, next.choice) >= problem.distance;
    });
    if (keeps) answers.push_back(next);
  }
  return answers;
}

std::int64_t ValueOf(const Problem& problem, const Measure& measure, const Choice& choice) {
  Problem single = problem;
  single.levels = {{"measure", {{measure, 1}}}};
  return Evaluate(single, choice).level_values[0];
}

namespace {

class Generator {
 public:
  explicit Generator(std::uint64_t seed) : random_(seed) {}

  Problem Make() {
    problem_.name = "random";
    for (int t = 0; t < Between(0, 5); ++t) problem_.tags.push_back("t" + std::to_string(t));
    // Attributes: cost, use, credit (signed), days, and one that drives quantities.
    problem_.attributes = {
        {"cost", true}, {"use", Chance(70)}, {"credit", true}, {"days", false}, {"size", false}};
    problem_.label_kinds = {"vendor"};
    const int quantities = Chance(60) ? Between(1, 4) : 0;
    const int slots = Between(1, 5);
    for (int s = 0; s < slots; ++s) AddSlot(s, quantities);
    for (int q = 0; q < quantities; ++q) AddQuantity(q);
    AddLimits();
    AddLevels();
    problem_.top = Chance(30) ? 1 : Between(2, 8);
    problem_.distance = Chance(50) ? 1 : Between(0, 4);
    return problem_;
  }

 private:
  int Between(int low, int high) {
    return low + static_cast<int>(random_() % static_cast<std::uint64_t>(high - low + 1));
  }
  bool Chance(int percent) { return Between(1, 100) <= percent; }

  std::vector<TagId> SomeTags(int percent) {
    std::vector<TagId> tags;
    for (TagId t = 0; t < static_cast<TagId>(problem_.tags.size()); ++t) {
      if (Chance(percent)) tags.push_back(t);
    }
    return tags;
  }

  void AddSlot(int index, int quantities) {
    Slot slot;
    slot.name = "s" + std::to_string(index);
    slot.choice =
        Chance(60) ? SlotChoice::kOne : (Chance(50) ? SlotChoice::kOptional : SlotChoice::kSet);
    if (slot.choice == SlotChoice::kSet) {
      for (int b = 0; b < Between(1, 4); ++b) slot.cover.push_back("b" + std::to_string(b));
      slot.max_picks = Between(1, 4);
    }
    if (quantities > 0 && Chance(60)) slot.quantity = Between(0, quantities - 1);
    slot.distance_weight = Chance(70) ? 1 : Between(0, 2);
    // Few different numbers, so that ties are common.
    const int grain = Chance(50) ? 2 : 30;
    for (int c = 0; c < Between(1, 6); ++c) {
      Candidate candidate;
      candidate.id = std::string(1, static_cast<char>('a' + Between(0, 25))) +
                     (Chance(20) ? "!" : "") + std::to_string(c);
      candidate.provides = SomeTags(35);
      if (Chance(35)) candidate.requires_.push_back(SomeTags(40));
      if (Chance(15)) candidate.requires_.push_back(SomeTags(60));
      if (Chance(20)) candidate.conflicts = SomeTags(25);
      for (std::size_t b = 0; b < slot.cover.size(); ++b) {
        if (Chance(50)) candidate.covers |= 1U << b;
      }
      candidate.values = {Between(0, grain), Between(0, grain), Between(-grain, grain),
                          Between(0, 3), Between(0, 4)};
      candidate.labels = {Chance(20) ? "" : std::string(1, static_cast<char>('x' + Between(0, 2)))};
      slot.candidates.push_back(std::move(candidate));
    }
    problem_.slots.push_back(std::move(slot));
  }

  // A slot whose attributes a quantity may read, or -1.
  int SlotOf(bool exactly_one) {
    std::vector<int> slots;
    for (int s = 0; s < static_cast<int>(problem_.slots.size()); ++s) {
      const SlotChoice choice = problem_.slots[static_cast<std::size_t>(s)].choice;
      if (choice == SlotChoice::kOne || (choice == SlotChoice::kOptional && !exactly_one)) {
        slots.push_back(s);
      }
    }
    return slots.empty()
               ? -1
               : slots[static_cast<std::size_t>(Between(0, static_cast<int>(slots.size()) - 1))];
  }

  CeilDemand Demand(int own, bool divisor) {
    CeilDemand demand;
    demand.constant = Between(-2, 6);
    for (int t = 0; t < Between(0, 2); ++t) {
      Term term;
      if (own > 0 && Chance(60)) term.quantity = Between(0, own - 1);
      term.coefficient = Between(-1, 3);
      if (Chance(50)) term.slot = SlotOf(false);
      if (term.slot >= 0) term.attribute = 4;
      demand.terms.push_back(term);
    }
    if (!divisor) return demand;
    demand.divisor = Between(1, 3);
    if (Chance(50)) demand.divisor_slot = SlotOf(false);
    if (demand.divisor_slot >= 0) demand.divisor_attribute = 4;
    return demand;
  }

  void AddQuantity(int index) {
    Quantity quantity;
    quantity.name = "q" + std::to_string(index);
    const int rows = SlotOf(true);
    const int columns = SlotOf(true);
    const int radix = SlotOf(false);
    if (Chance(30) && rows >= 0 && columns >= 0 && rows != columns) {
      quantity.kind = Quantity::Kind::kTable;
      quantity.table_rows_slot = rows;
      quantity.table_columns_slot = columns;
      const std::size_t height = problem_.slots[static_cast<std::size_t>(rows)].candidates.size();
      const std::size_t width = problem_.slots[static_cast<std::size_t>(columns)].candidates.size();
      std::vector<std::int64_t> cells(height * width);
      for (std::int64_t& cell : cells) cell = Chance(20) ? -1 : Between(0, 4);
      quantity.table = PairTable(height, width, cells);
    } else if (Chance(20) && radix >= 0) {
      quantity.kind = Quantity::Kind::kFatTree;
      quantity.demands = {Demand(index, false)};
      quantity.radix_slot = radix;
      quantity.radix_attribute = 4;
    } else {
      quantity.minimum = Chance(30) ? Between(0, 2) : 0;
      for (int d = 0; d < Between(1, 2); ++d) quantity.demands.push_back(Demand(index, true));
    }
    problem_.quantities.push_back(std::move(quantity));
  }

  Measure SomeMeasure() {
    const int kind = Between(0, 9);
    if (kind < 6) return {Measure::Kind::kSum, Between(0, 3), -1};
    if (kind < 8) return {Measure::Kind::kMax, 3, -1};
    return {Measure::Kind::kDistinct, -1, 0};
  }

  void AddLimits() {
    for (int l = 0; l < Between(0, 3); ++l) {
      Limit limit;
      limit.name = "l" + std::to_string(l);
      limit.measure = SomeMeasure();
      const bool sum = limit.measure.kind == Measure::Kind::kSum;
      if (Chance(70)) limit.high = Between(1, sum ? 60 : 4);
      if (Chance(30)) limit.low = Between(sum ? -5 : 0, sum ? 6 : 2);
      if (limit.low && limit.high) limit.low = std::min(*limit.low, *limit.high);
      problem_.limits.push_back(std::move(limit));
    }
  }

  void AddLevels() {
    for (int l = 0; l < Between(0, 3); ++l) {
      Level level;
      level.name = "v" + std::to_string(l);
      for (int t = 0; t < Between(1, 2); ++t) {
        LevelTerm term;
        term.measure = SomeMeasure();
        term.weight = Between(0, 3);
        if (term.measure.kind == Measure::Kind::kSum && Chance(20)) term.weight = -1;
        level.terms.push_back(term);
      }
      problem_.levels.push_back(std::move(level));
    }
  }

  std::mt19937_64 random_;
  Problem problem_;
};

}  // namespace

Problem RandomProblem(std::uint64_t seed) {
  return Generator(seed).Make();
}

}  // namespace stackport::match::naive
