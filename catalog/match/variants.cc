#include "catalog/match/variants.h"

#include <algorithm>

namespace stackport::match {

namespace {

std::size_t At(int index) {
  return static_cast<std::size_t>(index);
}

// Tables keep the rows and columns of the candidates that are kept.
void NarrowTables(const Problem& whole, const std::vector<std::vector<int>>& kept,
                  Problem* narrow) {
  for (std::size_t q = 0; q < whole.quantities.size(); ++q) {
    const Quantity& source = whole.quantities[q];
    if (source.kind != Quantity::Kind::kTable) continue;
    const std::size_t columns = whole.slots[At(source.table_columns_slot)].candidates.size();
    std::vector<std::int64_t> table;
    for (const int row : kept[At(source.table_rows_slot)]) {
      for (const int column : kept[At(source.table_columns_slot)]) {
        table.push_back(source.table[At(row) * columns + At(column)]);
      }
    }
    narrow->quantities[q].table = std::move(table);
  }
}

// Whether any package could meet all requirements of the candidate, by the tags still offered.
bool Satisfiable(const Candidate& candidate, const std::vector<char>& offered) {
  return std::all_of(candidate.requires_.begin(), candidate.requires_.end(),
                     [&](const auto& group) {
                       return std::any_of(group.begin(), group.end(),
                                          [&](TagId tag) { return offered[At(tag)] != 0; });
                     });
}

}  // namespace

int FindVariantSlot(const Problem& problem) {
  // Slot that alone provides a tag, -1 for none yet, -2 for several.
  std::vector<int> owner(problem.tags.size(), -1);
  for (std::size_t s = 0; s < problem.slots.size(); ++s) {
    for (const Candidate& candidate : problem.slots[s].candidates) {
      for (const TagId tag : candidate.provides) {
        int& slot = owner[At(tag)];
        if (slot == -1) slot = static_cast<int>(s);
        if (slot != static_cast<int>(s)) slot = -2;
      }
    }
  }
  std::vector<std::size_t> groups(problem.slots.size(), 0);
  for (std::size_t s = 0; s < problem.slots.size(); ++s) {
    for (const Candidate& candidate : problem.slots[s].candidates) {
      for (const auto& group : candidate.requires_) {
        if (group.empty()) continue;
        const int slot = owner[At(group.front())];
        if (slot < 0 || slot == static_cast<int>(s)) continue;
        const bool alone = std::all_of(group.begin(), group.end(),
                                       [&](TagId tag) { return owner[At(tag)] == slot; });
        if (alone) ++groups[At(slot)];
      }
    }
  }
  int best = -1;
  for (std::size_t s = 0; s < problem.slots.size(); ++s) {
    const Slot& slot = problem.slots[s];
    if (slot.choice != SlotChoice::kOne || slot.candidates.size() < 2 || groups[s] == 0) continue;
    if (best < 0 || groups[s] > groups[At(best)]) best = static_cast<int>(s);
  }
  return best;
}

Choice Variant::ToWhole(const Choice& choice) const {
  Choice whole = choice;
  for (std::size_t s = 0; s < whole.picks.size(); ++s) {
    for (int& pick : whole.picks[s]) pick = original[s][At(pick)];
  }
  return whole;
}

std::optional<Variant> FixCandidate(const Problem& problem, int slot, int candidate) {
  std::vector<std::vector<int>> kept(problem.slots.size());
  for (std::size_t s = 0; s < problem.slots.size(); ++s) {
    for (std::size_t c = 0; c < problem.slots[s].candidates.size(); ++c) {
      if (static_cast<int>(s) != slot || static_cast<int>(c) == candidate) {
        kept[s].push_back(static_cast<int>(c));
      }
    }
  }
  for (bool changed = true; changed;) {
    changed = false;
    std::vector<char> offered(problem.tags.size(), 0);
    for (std::size_t s = 0; s < kept.size(); ++s) {
      for (const int c : kept[s]) {
        for (const TagId tag : problem.slots[s].candidates[At(c)].provides) offered[At(tag)] = 1;
      }
    }
    for (std::size_t s = 0; s < kept.size(); ++s) {
      const auto unmet = [&](int c) {
        return !Satisfiable(problem.slots[s].candidates[At(c)], offered);
      };
      changed = std::erase_if(kept[s], unmet) > 0 || changed;
      if (kept[s].empty() && problem.slots[s].choice != SlotChoice::kOptional) return std::nullopt;
    }
  }
  Variant variant;
  variant.problem.name = problem.name;
  variant.problem.tags = problem.tags;
  variant.problem.attributes = problem.attributes;
  variant.problem.label_kinds = problem.label_kinds;
  variant.problem.quantities = problem.quantities;
  variant.problem.limits = problem.limits;
  variant.problem.levels = problem.levels;
  variant.problem.top = problem.top;
  variant.problem.distance = problem.distance;
  for (std::size_t s = 0; s < kept.size(); ++s) {
    const Slot& whole = problem.slots[s];
    Slot narrow;
    narrow.name = whole.name;
    narrow.choice = whole.choice;
    narrow.max_picks = whole.max_picks;
    narrow.cover = whole.cover;
    narrow.quantity = whole.quantity;
    narrow.distance_weight = whole.distance_weight;
    for (const int c : kept[s]) narrow.candidates.push_back(whole.candidates[At(c)]);
    variant.problem.slots.push_back(std::move(narrow));
  }
  NarrowTables(problem, kept, &variant.problem);
  variant.original = std::move(kept);
  return variant;
}

}  // namespace stackport::match
