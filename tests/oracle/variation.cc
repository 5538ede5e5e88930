#include "tests/oracle/variation.h"

#include <algorithm>
#include <cstdint>
#include <numeric>
#include <utility>
#include <vector>

namespace stackport::oracle {
namespace {

using match::Candidate;
using match::Measure;
using match::Problem;
using match::Quantity;
using match::Slot;

// old index -> new index
using Order = std::vector<std::size_t>;

Order DrawOrder(std::size_t count, Random& random) {
  Order order(count);
  std::iota(order.begin(), order.end(), std::size_t{0});
  random.Shuffle(order);
  return order;
}

template <typename T>
void Apply(const Order& order, std::vector<T>& items) {
  std::vector<T> moved(order.size());
  items.resize(order.size());
  for (std::size_t i = 0; i < order.size(); ++i) moved[order[i]] = std::move(items[i]);
  items = std::move(moved);
}

void Redirect(const Order& order, int& reference) {
  if (reference >= 0) reference = static_cast<int>(order[static_cast<std::size_t>(reference)]);
}

void RedirectTags(const Order& order, std::vector<match::TagId>& tags) {
  for (match::TagId& tag : tags) Redirect(order, tag);
  std::sort(tags.begin(), tags.end());
}

// The table of `quantity` for slots of which `before` had the rows and columns that `row_order` and
// `column_order` move.
void PermuteTable(const Order& row_order, const Order& column_order, Quantity& quantity) {
  std::vector<std::int64_t> moved(row_order.size() * column_order.size());
  for (std::size_t r = 0; r < row_order.size(); ++r) {
    for (std::size_t c = 0; c < column_order.size(); ++c) {
      moved[row_order[r] * column_order.size() + column_order[c]] = quantity.table.At(r, c);
    }
  }
  quantity.table = match::PairTable(row_order.size(), column_order.size(), moved);
}

void PermuteCandidates(Problem& problem, Random& random) {
  std::vector<Order> orders;
  for (Slot& slot : problem.slots) {
    orders.push_back(DrawOrder(slot.candidates.size(), random));
    Apply(orders.back(), slot.candidates);
  }
  for (Quantity& quantity : problem.quantities) {
    if (quantity.kind != Quantity::Kind::kTable) continue;
    PermuteTable(orders[static_cast<std::size_t>(quantity.table_rows_slot)],
                 orders[static_cast<std::size_t>(quantity.table_columns_slot)], quantity);
  }
}

void PermuteTags(Problem& problem, Random& random) {
  const Order order = DrawOrder(problem.tags.size(), random);
  Apply(order, problem.tags);
  for (Slot& slot : problem.slots) {
    for (Candidate& candidate : slot.candidates) {
      RedirectTags(order, candidate.provides);
      RedirectTags(order, candidate.conflicts);
      for (auto& group : candidate.requires_) RedirectTags(order, group);
      random.Shuffle(candidate.requires_);
    }
  }
}

void PermuteAttributesAndLabels(Problem& problem, Random& random) {
  const Order attributes = DrawOrder(problem.attributes.size(), random);
  const Order labels = DrawOrder(problem.label_kinds.size(), random);
  Apply(attributes, problem.attributes);
  Apply(labels, problem.label_kinds);
  for (Slot& slot : problem.slots) {
    for (Candidate& candidate : slot.candidates) {
      Apply(attributes, candidate.values);
      Apply(labels, candidate.labels);
    }
  }
  for (Quantity& quantity : problem.quantities) {
    Redirect(attributes, quantity.radix_attribute);
    for (match::CeilDemand& demand : quantity.demands) {
      Redirect(attributes, demand.divisor_attribute);
      for (match::Term& term : demand.terms) Redirect(attributes, term.attribute);
    }
  }
  const auto redirect = [&](Measure& measure) {
    Redirect(attributes, measure.attribute);
    Redirect(labels, measure.label_kind);
  };
  for (match::Limit& limit : problem.limits) redirect(limit.measure);
  for (match::Level& level : problem.levels) {
    for (match::LevelTerm& term : level.terms) redirect(term.measure);
  }
}

// A new last row or column for a candidate that was added at the end of `slot`.
void ExtendTables(Problem& problem, int slot) {
  for (Quantity& quantity : problem.quantities) {
    if (quantity.kind != Quantity::Kind::kTable) continue;
    const match::PairTable& table = quantity.table;
    const std::size_t rows = table.rows() + (quantity.table_rows_slot == slot ? 1 : 0);
    const std::size_t columns = table.columns() + (quantity.table_columns_slot == slot ? 1 : 0);
    std::vector<std::int64_t> cells;
    for (std::size_t r = 0; r < rows; ++r) {
      for (std::size_t c = 0; c < columns; ++c) {
        cells.push_back(r < table.rows() && c < table.columns() ? table.At(r, c) : 1);
      }
    }
    quantity.table = match::PairTable(rows, columns, cells);
  }
}

}  // namespace

Problem Permuted(const Problem& problem, Random& random) {
  Problem permuted = problem;
  PermuteCandidates(permuted, random);
  PermuteTags(permuted, random);
  PermuteAttributesAndLabels(permuted, random);
  return permuted;
}

Problem WithHopelessCandidate(const Problem& problem, Random& random) {
  Problem larger = problem;
  const auto nobody = static_cast<match::TagId>(larger.tags.size());
  larger.tags.push_back("nobody");
  const std::size_t s = random.Index(larger.slots.size());
  Slot& slot = larger.slots[s];
  Candidate hopeless = random.Pick(slot.candidates);
  hopeless.id = "0-hopeless";
  hopeless.requires_.push_back({nobody});
  hopeless.conflicts.clear();
  hopeless.provides.clear();
  for (match::TagId tag = 0; tag < nobody; ++tag) hopeless.provides.push_back(tag);
  hopeless.covers = (std::uint32_t{1} << slot.cover.size()) - 1;
  for (std::int64_t& value : hopeless.values) value = std::min<std::int64_t>(value, 0);
  slot.candidates.push_back(std::move(hopeless));
  ExtendTables(larger, static_cast<int>(s));
  return larger;
}

Problem WithoutCandidate(const Problem& problem, std::size_t slot, std::size_t candidate) {
  Problem smaller = problem;
  for (Quantity& quantity : smaller.quantities) {
    if (quantity.kind != Quantity::Kind::kTable) continue;
    const match::PairTable& table = quantity.table;
    const bool row_goes = quantity.table_rows_slot == static_cast<int>(slot);
    const bool column_goes = quantity.table_columns_slot == static_cast<int>(slot);
    std::vector<std::int64_t> kept;
    for (std::size_t r = 0; r < table.rows(); ++r) {
      if (row_goes && r == candidate) continue;
      for (std::size_t c = 0; c < table.columns(); ++c) {
        if (!column_goes || c != candidate) kept.push_back(table.At(r, c));
      }
    }
    quantity.table = match::PairTable(table.rows() - (row_goes ? 1 : 0),
                                      table.columns() - (column_goes ? 1 : 0), kept);
  }
  auto& candidates = smaller.slots[slot].candidates;
  candidates.erase(candidates.begin() + static_cast<std::ptrdiff_t>(candidate));
  return smaller;
}

std::optional<Problem> WithoutPackage(const Problem& problem, const match::Choice& banned) {
  Problem smaller = problem;
  const auto different = static_cast<match::TagId>(smaller.tags.size());
  smaller.tags.push_back("different");
  Candidate* witness = nullptr;
  for (std::size_t s = 0; s < smaller.slots.size(); ++s) {
    Slot& slot = smaller.slots[s];
    const std::vector<int>& picks = banned.picks[s];
    // An empty slot provides nothing, so leaving it empty could not be told from the package.
    if (slot.choice == match::SlotChoice::kOptional && !picks.empty()) return std::nullopt;
    for (std::size_t c = 0; c < slot.candidates.size(); ++c) {
      const bool picked = std::find(picks.begin(), picks.end(), static_cast<int>(c)) != picks.end();
      if (!picked) slot.candidates[c].provides.push_back(different);
    }
    if (slot.choice == match::SlotChoice::kOne) {
      witness = &slot.candidates[static_cast<std::size_t>(picks.front())];
    }
  }
  // Whoever keeps the witness must differ elsewhere. A set that differs has a member that is not in
  // the package: a mere part of an irredundant cover covers too little.
  if (witness == nullptr) return std::nullopt;
  witness->requires_.push_back({different});
  return smaller;
}

}  // namespace stackport::oracle
