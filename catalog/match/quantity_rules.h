// Quantities of a problem, compiled for the search: exact values once the slots they depend on are
// decided, and intervals that hold for every completion before that.
#ifndef STACKPORT_CATALOG_MATCH_QUANTITY_RULES_H_
#define STACKPORT_CATALOG_MATCH_QUANTITY_RULES_H_

#include <cstdint>
#include <vector>

#include "catalog/match/arithmetic.h"
#include "catalog/match/problem.h"

namespace stackport::match {

// What is decided in a slot: a candidate's index, or one of these.
inline constexpr int kUndecided = -1;
inline constexpr int kEmptySlot = -2;

// Both ends included.
struct WideInterval {
  Wide low = 0;
  Wide high = 0;
};

// Requires: all indices of the problem are in range and its quantities only refer to earlier ones.
// Keeps no reference to candidates; the problem must outlive it for the tables. Immutable.
class QuantityRules {
 public:
  // What candidates of undecided slots can still bring into a quantity: the extremes over those
  // that are open. Shrinks as candidates fall away.
  struct Ranges {
    struct Column {
      std::int64_t low = 0;  // over the candidates, and 0 for an empty slot
      std::int64_t high = 0;
      std::int64_t low_positive = 0;  // smallest value > 0; 0: there is none
    };
    struct Table {
      PairTable::Extent all;
      std::vector<PairTable::Extent> by_row;     // by class of rows
      std::vector<PairTable::Extent> by_column;  // by class of columns
    };
    std::vector<Column> columns;
    std::vector<Table> tables;
  };

  explicit QuantityRules(const Problem& problem);

  // Over all candidates.
  const Ranges& whole() const { return whole_; }
  // Over the candidates that `open` lists for each slot; kEmptySlot stands for an empty slot.
  // Writes into `ranges`, which may hold an earlier result.
  void Narrow(const std::vector<std::vector<int>>& open, Ranges* ranges) const;

  int count() const { return static_cast<int>(rules_.size()); }
  // Slots that the quantity depends on, through other quantities too; bit s is slot s.
  std::uint64_t drivers(QuantityId id) const { return rules_[Index(id)].drivers; }
  // Quantities that the quantity refers to directly.
  std::uint64_t inputs(QuantityId id) const { return rules_[Index(id)].inputs; }
  // Slots that this quantity reads directly.
  std::uint64_t direct_drivers(QuantityId id) const { return rules_[Index(id)].direct; }
  // Attributes of candidates of `slot` that some quantity reads, each once.
  std::vector<AttributeId> DrivingAttributes(int slot) const;

  // The value, or -1 when there is none. `chosen` holds one entry for each slot, decided for all
  // drivers; `values` holds the earlier quantities.
  Wide Exact(QuantityId id, const int* chosen, const std::int64_t* values) const;

  // An interval that holds the value of every completion of `chosen` that has one and takes only
  // candidates which `ranges` covers, given intervals of the earlier quantities; false when no
  // completion has a value.
  bool Interval(QuantityId id, const Ranges& ranges, const int* chosen, const std::int64_t* low,
                const std::int64_t* high, WideInterval* interval) const;

  // Largest absolute value that any numerator of the quantity can reach, partial sums included.
  Wide LargestNumerator(QuantityId id, const std::int64_t* high) const;

 private:
  // An attribute of the candidates of one slot, as a dense column.
  struct Column {
    int slot = -1;
    AttributeId attribute = -1;
    std::vector<std::int64_t> values;
  };
  struct CompiledTerm {
    QuantityId quantity = kOneUnit;
    std::int64_t coefficient = 1;
    int column = -1;  // -1: use `coefficient`
  };
  struct Demand {
    std::int64_t constant = 0;
    std::vector<CompiledTerm> terms;
    std::int64_t divisor = 1;
    int divisor_column = -1;
  };
  struct Rule {
    Quantity::Kind kind = Quantity::Kind::kCeil;
    std::uint64_t drivers = 0;
    std::uint64_t direct = 0;
    std::uint64_t inputs = 0;
    std::vector<Demand> demands;
    std::int64_t minimum = 0;
    int radix_column = -1;
    int rows_slot = -1;
    int columns_slot = -1;
    const PairTable* table = nullptr;
    int table_number = -1;  // into Ranges::tables
  };

  static std::size_t Index(QuantityId id) { return static_cast<std::size_t>(id); }
  int AddColumn(const Problem& problem, int slot, AttributeId attribute);
  void AddDemand(const Problem& problem, const CeilDemand& source, Rule* rule);
  void AddTable(const Quantity& source, Rule* rule);
  std::int64_t ValueAt(int column, int candidate) const;
  // Range of a column given what is decided in its slot.
  WideInterval RangeOf(int column, const Ranges& ranges, const int* chosen) const;
  WideInterval NumeratorRange(const Demand& demand, const Ranges& ranges, const int* chosen,
                              const std::int64_t* low, const std::int64_t* high) const;
  bool CeilInterval(const Rule& rule, const Ranges& ranges, const int* chosen,
                    const std::int64_t* low, const std::int64_t* high,
                    WideInterval* interval) const;
  bool TableInterval(const Rule& rule, const Ranges& ranges, const int* chosen,
                     WideInterval* interval) const;
  bool FatTreeInterval(const Rule& rule, const Ranges& ranges, const int* chosen,
                       const std::int64_t* low, const std::int64_t* high,
                       WideInterval* interval) const;
  static void NarrowTable(const Rule& rule, const std::vector<std::vector<int>>& open,
                          Ranges::Table* range);
  void NarrowColumn(const Column& column, const std::vector<int>& open,
                    Ranges::Column* range) const;

  std::vector<Column> columns_;
  std::vector<Rule> rules_;
  int tables_ = 0;
  Ranges whole_;
};

}  // namespace stackport::match

#endif  // STACKPORT_CATALOG_MATCH_QUANTITY_RULES_H_
