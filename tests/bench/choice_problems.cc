#include "tests/bench/choice_problems.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <numeric>
#include <string>
#include <utility>
#include <vector>

#include "tests/oracle/random.h"

namespace stackport::bench {

namespace {

using match::Problem;
using oracle::Random;

constexpr std::int64_t kLargest = 1000;  // value, or use of a budget
constexpr int kInterfacesOfASlot = 4;

std::int64_t MaxOf(std::int64_t a, std::int64_t b) {
  return std::max(a, b);
}

struct Item {
  std::int64_t value = 0;
  std::vector<std::int64_t> uses;  // by budget

  std::int64_t Sum() const { return std::accumulate(uses.begin(), uses.end(), std::int64_t{0}); }
};
using Items = std::vector<std::vector<Item>>;  // by slot

class Generator {
 public:
  Generator(const ChoiceShape& shape, std::uint64_t seed) : shape_(shape), random_(seed) {}

  Problem Run() {
    items_.resize(static_cast<std::size_t>(shape_.slots));
    for (auto& slot : items_) {
      for (int c = 0; c < shape_.candidates; ++c) slot.push_back(DrawItem());
    }
    Problem problem = Named();
    const std::vector<std::int64_t> highest = Budgets();
    for (std::size_t b = 0; b < budgets(); ++b) {
      problem.limits.push_back({.name = fmt::format("budget {}", b + 1),
                                .measure = {.attribute = static_cast<int>(b) + 1},
                                .low = std::nullopt,
                                .high = highest[b]});
    }
    if (shape_.family == ChoiceFamily::kInterfaces) AddInterfaces(problem);
    if (shape_.family == ChoiceFamily::kRatio) AddCredit(problem);
    problem.levels = {{.name = cheap() ? "cost" : "value",
                       .terms = {{.measure = {.attribute = 0}, .weight = cheap() ? 1 : -1}}}};
    return problem;
  }

 private:
  std::size_t budgets() const { return static_cast<std::size_t>(shape_.budgets); }
  // Whether the value is a cost to be kept low.
  bool cheap() const {
    return shape_.family == ChoiceFamily::kBudgets || shape_.family == ChoiceFamily::kInterfaces;
  }

  Item DrawItem() {
    const bool ranked = shape_.family == ChoiceFamily::kRanked;
    Item item;
    for (std::size_t b = 0; b < budgets(); ++b) {
      item.uses.push_back(ranked ? random_.Between(0, 10) : random_.Between(1, kLargest));
    }
    const std::int64_t mean = item.Sum() / shape_.budgets;
    switch (shape_.family) {
      case ChoiceFamily::kBudgets:
      case ChoiceFamily::kInterfaces:
      case ChoiceFamily::kIndependent:
        item.value = random_.Between(1, kLargest);
        break;
      case ChoiceFamily::kWeak:
      case ChoiceFamily::kRatio:
      case ChoiceFamily::kTight:
      case ChoiceFamily::kInfeasible:
        item.value = std::max<std::int64_t>(1, mean + random_.Between(-100, 100));
        break;
      case ChoiceFamily::kStrong:
        item.value = mean + 100;
        break;
      case ChoiceFamily::kSubset:
        item.value = item.uses.front();
        break;
      case ChoiceFamily::kRanked:
        for (const std::int64_t use : item.uses) item.value += use * random_.Between(1, 10);
        item.value += random_.Between(0, 30 * shape_.budgets);
        break;
    }
    return item;
  }

  Problem Named() const {
    Problem problem;
    problem.name = fmt::format("{} {}x{}x{}", FamilyName(shape_.family), shape_.slots,
                               shape_.candidates, shape_.budgets);
    problem.attributes.push_back({cheap() ? "cost" : "value", true});
    for (std::size_t b = 0; b < budgets(); ++b) {
      problem.attributes.push_back({fmt::format("use {}", b + 1), true});
    }
    for (std::size_t s = 0; s < items_.size(); ++s) {
      match::Slot slot;
      slot.name = fmt::format("slot {}", s + 1);
      for (std::size_t c = 0; c < items_[s].size(); ++c) {
        match::Candidate candidate;
        candidate.id = fmt::format("c{:04}", c + 1);
        candidate.values.push_back(items_[s][c].value);
        candidate.values.insert(candidate.values.end(), items_[s][c].uses.begin(),
                                items_[s][c].uses.end());
        slot.candidates.push_back(std::move(candidate));
      }
      problem.slots.push_back(std::move(slot));
    }
    return problem;
  }

  // What a package uses that takes the item with the least `cost` in every slot.
  std::vector<std::int64_t> UsesOfBest(const auto& cost) const {
    std::vector<std::int64_t> uses(budgets(), 0);
    for (const auto& slot : items_) {
      const Item& best =
          *std::min_element(slot.begin(), slot.end(),
                            [&](const Item& a, const Item& b) { return cost(a) < cost(b); });
      for (std::size_t b = 0; b < uses.size(); ++b) uses[b] += best.uses[b];
    }
    return uses;
  }

  std::vector<std::int64_t> Budgets() {
    std::vector<std::int64_t> uses;
    switch (shape_.family) {
      case ChoiceFamily::kBudgets:
      case ChoiceFamily::kInterfaces:
        uses = UsesOfBest([](const Item& item) { return item.value; });
        for (std::int64_t& use : uses) use = use * 95 / 100;
        break;
      case ChoiceFamily::kIndependent:
      case ChoiceFamily::kWeak:
      case ChoiceFamily::kStrong:
      case ChoiceFamily::kSubset:
      case ChoiceFamily::kRatio: {
        // A good compromise between value and use, and 2 percent less or more of it.
        uses = UsesOfBest(
            [&](const Item& item) { return 8 * item.Sum() - 10 * shape_.budgets * item.value; });
        const std::int64_t percent = random_.Percent(50) ? 98 : 102;
        for (std::int64_t& use : uses) use = use * percent / 100;
        break;
      }
      case ChoiceFamily::kRanked:
        uses.assign(budgets(), std::int64_t{5} * shape_.slots);  // half of the largest
        break;
      case ChoiceFamily::kTight:
      case ChoiceFamily::kInfeasible: {
        const std::vector<std::int64_t> least =
            UsesOfBest([](const Item& item) { return item.Sum(); });
        const std::int64_t total = std::accumulate(least.begin(), least.end(), std::int64_t{0});
        const bool none = shape_.family == ChoiceFamily::kInfeasible;
        uses.assign(budgets(), total * (none ? 98 : 105) / 100 / shape_.budgets);
        // The package that uses least of all together stays possible.
        if (!none) std::transform(uses.begin(), uses.end(), least.begin(), uses.begin(), MaxOf);
        break;
      }
    }
    return uses;
  }

  // Slot s and its neighbour agree on one of some interfaces: a candidate offers one to the slot
  // before it and takes one or two of the slot after it.
  void AddInterfaces(Problem& problem) {
    for (int s = 0; s < shape_.slots; ++s) {
      for (int i = 0; i < kInterfacesOfASlot; ++i) {
        problem.tags.push_back(fmt::format("interface {} of slot {}", i + 1, s + 1));
      }
    }
    for (int s = 0; s < shape_.slots; ++s) {
      for (match::Candidate& candidate : problem.slots[static_cast<std::size_t>(s)].candidates) {
        const auto tag = [&](int slot) {
          return kInterfacesOfASlot * slot + random_.IntBetween(0, kInterfacesOfASlot - 1);
        };
        candidate.provides = {tag(s)};
        if (s + 1 == shape_.slots) continue;
        std::vector<match::TagId> taken = {tag(s + 1), tag(s + 1)};
        std::sort(taken.begin(), taken.end());
        taken.erase(std::unique(taken.begin(), taken.end()), taken.end());
        candidate.requires_ = {taken};
      }
    }
  }

  // Three quarters of the value have to carry credit: a signed row.
  void AddCredit(Problem& problem) {
    const auto credit = static_cast<match::AttributeId>(problem.attributes.size());
    problem.attributes.push_back({"credit", true});
    for (match::Slot& slot : problem.slots) {
      for (match::Candidate& candidate : slot.candidates) {
        candidate.values.push_back(candidate.values.front() * (random_.Between(0, 10'000) - 7'500));
      }
    }
    problem.limits.push_back(
        {.name = "ratio", .measure = {.attribute = credit}, .low = 0, .high = std::nullopt});
  }

  ChoiceShape shape_;
  Random random_;
  Items items_;
};

}  // namespace

std::string_view FamilyName(ChoiceFamily family) {
  switch (family) {
    case ChoiceFamily::kBudgets:
      return "budgets";
    case ChoiceFamily::kInterfaces:
      return "interfaces";
    case ChoiceFamily::kIndependent:
      return "independent";
    case ChoiceFamily::kWeak:
      return "weakly correlated";
    case ChoiceFamily::kStrong:
      return "strongly correlated";
    case ChoiceFamily::kSubset:
      return "subset sum";
    case ChoiceFamily::kRanked:
      return "ranked";
    case ChoiceFamily::kRatio:
      return "ratio";
    case ChoiceFamily::kTight:
      return "tight";
    case ChoiceFamily::kInfeasible:
      return "infeasible";
  }
  return "";
}

Problem ChoiceProblem(const ChoiceShape& shape, std::uint64_t seed) {
  return Generator(shape, seed).Run();
}

}  // namespace stackport::bench
