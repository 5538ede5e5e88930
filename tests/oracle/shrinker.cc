#include "tests/oracle/shrinker.h"

#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

#include "tests/oracle/variation.h"

namespace stackport::oracle {
namespace {

using match::Candidate;
using match::Problem;
using match::Quantity;

using Edit = std::function<void(Problem&)>;

template <typename T>
void Erase(std::vector<T>& items, std::size_t index) {
  items.erase(items.begin() + static_cast<std::ptrdiff_t>(index));
}

void AddCandidateEdits(const Problem& problem, std::size_t s, std::size_t c,
                       std::vector<Edit>& edits) {
  const Candidate& candidate = problem.slots[s].candidates[c];
  const auto edit = [s, c, &edits](auto change) {
    edits.push_back([s, c, change](Problem& p) { change(p.slots[s].candidates[c]); });
  };
  for (std::size_t i = 0; i < candidate.requires_.size(); ++i) {
    edit([i](Candidate& it) { Erase(it.requires_, i); });
  }
  for (std::size_t i = 0; i < candidate.conflicts.size(); ++i) {
    edit([i](Candidate& it) { Erase(it.conflicts, i); });
  }
  for (std::size_t i = 0; i < candidate.provides.size(); ++i) {
    edit([i](Candidate& it) { Erase(it.provides, i); });
  }
  for (std::size_t i = 0; i < candidate.values.size(); ++i) {
    if (candidate.values[i] != 0) edit([i](Candidate& it) { it.values[i] = 0; });
  }
  for (std::size_t i = 0; i < candidate.labels.size(); ++i) {
    if (!candidate.labels[i].empty()) edit([i](Candidate& it) { it.labels[i].clear(); });
  }
}

bool Reads(const Quantity& quantity, int slot) {
  bool reads = quantity.table_rows_slot == slot || quantity.table_columns_slot == slot ||
               quantity.radix_slot == slot;
  for (const match::CeilDemand& demand : quantity.demands) {
    reads = reads || demand.divisor_slot == slot;
    for (const match::Term& term : demand.terms) reads = reads || term.slot == slot;
  }
  return reads;
}

// A slot that no quantity reads leaves; the slots after it move up.
void EraseSlot(Problem& problem, int slot) {
  const auto move_up = [slot](int& reference) { reference -= reference > slot ? 1 : 0; };
  for (Quantity& quantity : problem.quantities) {
    move_up(quantity.table_rows_slot);
    move_up(quantity.table_columns_slot);
    move_up(quantity.radix_slot);
    for (match::CeilDemand& demand : quantity.demands) {
      move_up(demand.divisor_slot);
      for (match::Term& term : demand.terms) move_up(term.slot);
    }
  }
  Erase(problem.slots, static_cast<std::size_t>(slot));
}

// Every single step that makes the problem smaller, the large ones first.
std::vector<Edit> Edits(const Problem& problem) {
  std::vector<Edit> edits;
  for (int s = 0; s < static_cast<int>(problem.slots.size()); ++s) {
    const auto reads = [s](const Quantity& quantity) { return Reads(quantity, s); };
    if (problem.slots.size() > 1 &&
        std::none_of(problem.quantities.begin(), problem.quantities.end(), reads)) {
      edits.push_back([s](Problem& p) { EraseSlot(p, s); });
    }
  }
  const bool last_is_used =
      std::any_of(problem.slots.begin(), problem.slots.end(), [&problem](const match::Slot& slot) {
        return slot.quantity + 1 == static_cast<int>(problem.quantities.size());
      });
  if (!problem.quantities.empty() && !last_is_used) {
    edits.push_back([](Problem& p) { p.quantities.pop_back(); });
  }
  for (std::size_t s = 0; s < problem.slots.size(); ++s) {
    const std::size_t count = problem.slots[s].candidates.size();
    for (std::size_t c = 0; count > 1 && c < count; ++c) {
      edits.push_back([s, c](Problem& p) { p = WithoutCandidate(p, s, c); });
    }
  }
  for (std::size_t i = 0; i < problem.limits.size(); ++i) {
    edits.push_back([i](Problem& p) { Erase(p.limits, i); });
  }
  for (std::size_t i = 0; i < problem.levels.size(); ++i) {
    edits.push_back([i](Problem& p) { Erase(p.levels, i); });
    for (std::size_t t = 0; t < problem.levels[i].terms.size(); ++t) {
      edits.push_back([i, t](Problem& p) { Erase(p.levels[i].terms, t); });
    }
  }
  for (std::size_t s = 0; s < problem.slots.size(); ++s) {
    if (problem.slots[s].quantity != match::kOneUnit) {
      edits.push_back([s](Problem& p) { p.slots[s].quantity = match::kOneUnit; });
    }
  }
  for (std::size_t q = 0; q < problem.quantities.size(); ++q) {
    const std::size_t demands = problem.quantities[q].demands.size();
    for (std::size_t d = 0; d < demands; ++d) {
      if (demands > 1) edits.push_back([q, d](Problem& p) { Erase(p.quantities[q].demands, d); });
      for (std::size_t t = 0; t < problem.quantities[q].demands[d].terms.size(); ++t) {
        edits.push_back([q, d, t](Problem& p) { Erase(p.quantities[q].demands[d].terms, t); });
      }
    }
  }
  if (problem.top > 1) edits.push_back([](Problem& p) { --p.top; });
  if (problem.distance > 1) edits.push_back([](Problem& p) { --p.distance; });
  for (std::size_t s = 0; s < problem.slots.size(); ++s) {
    for (std::size_t c = 0; c < problem.slots[s].candidates.size(); ++c) {
      AddCandidateEdits(problem, s, c, edits);
    }
  }
  return edits;
}

}  // namespace

Problem Shrink(Problem problem, const std::function<bool(const Problem&)>& still_differs) {
  for (bool smaller = true; smaller;) {
    smaller = false;
    for (const Edit& edit : Edits(problem)) {
      Problem attempt = problem;
      edit(attempt);
      if (!match::Validate(attempt).ok() || !still_differs(attempt)) continue;
      problem = std::move(attempt);
      smaller = true;
      break;  // the other edits were made for the larger problem
    }
  }
  return problem;
}

}  // namespace stackport::oracle
