#include "catalog/match/quantity_rules.h"

#include <algorithm>
#include <numeric>

namespace stackport::match {
namespace {

std::uint64_t Bit(int index) {
  return std::uint64_t{1} << index;
}

// The classes that these candidates belong to, each once.
std::vector<int> ClassesOf(const std::vector<int>& candidates, const std::vector<int>& class_of,
                           std::size_t classes) {
  std::vector<bool> met(classes, false);
  std::vector<int> list;
  list.reserve(std::min(candidates.size(), classes));
  for (const int candidate : candidates) {
    const int each = class_of[static_cast<std::size_t>(candidate)];
    if (met[static_cast<std::size_t>(each)]) continue;
    met[static_cast<std::size_t>(each)] = true;
    list.push_back(each);
  }
  return list;
}

}  // namespace

QuantityRules::QuantityRules(const Problem& problem) {
  rules_.reserve(problem.quantities.size());
  for (const Quantity& source : problem.quantities) {
    Rule rule;
    rule.kind = source.kind;
    rule.minimum = source.minimum;
    switch (source.kind) {
      case Quantity::Kind::kTable:
        AddTable(source, &rule);
        break;
      case Quantity::Kind::kCeil:
        for (const CeilDemand& demand : source.demands) AddDemand(problem, demand, &rule);
        break;
      case Quantity::Kind::kFatTree:
        AddDemand(problem, source.demands[0], &rule);
        rule.radix_column = AddColumn(problem, source.radix_slot, source.radix_attribute);
        rule.direct |= Bit(source.radix_slot);
        break;
    }
    rule.drivers = rule.direct;
    for (int q = 0; q < count(); ++q) {
      if (rule.inputs & Bit(q)) rule.drivers |= rules_[Index(q)].drivers;
    }
    rules_.push_back(std::move(rule));
  }
  std::vector<std::vector<int>> all;
  for (const Slot& slot : problem.slots) {
    std::vector<int>& open = all.emplace_back(slot.candidates.size());
    std::iota(open.begin(), open.end(), 0);
    if (slot.choice == SlotChoice::kOptional) open.push_back(kEmptySlot);
  }
  Narrow(all, &whole_);
}

void QuantityRules::Narrow(const std::vector<std::vector<int>>& open, Ranges* ranges) const {
  ranges->columns.resize(columns_.size());
  for (std::size_t c = 0; c < columns_.size(); ++c) {
    NarrowColumn(columns_[c], open[Index(columns_[c].slot)], &ranges->columns[c]);
  }
  ranges->tables.resize(Index(tables_));
  for (const Rule& rule : rules_) {
    if (rule.kind != Quantity::Kind::kTable) continue;
    NarrowTable(rule, open, &ranges->tables[Index(rule.table_number)]);
  }
}

void QuantityRules::NarrowTable(const Rule& rule, const std::vector<std::vector<int>>& open,
                                Ranges::Table* range) {
  const PairTable& table = *rule.table;
  const std::vector<int> rows =
      ClassesOf(open[Index(rule.rows_slot)], table.row_class(), table.row_classes());
  const std::vector<int> columns =
      ClassesOf(open[Index(rule.columns_slot)], table.column_class(), table.column_classes());
  // Lines that cross only what is open have their extents at hand.
  const bool whole_rows = columns.size() == table.column_classes();
  const bool whole_columns = rows.size() == table.row_classes();
  range->all = {};
  if (whole_rows) {
    range->by_row = table.row_extents();
  } else {
    range->by_row.assign(table.row_classes(), {});
  }
  if (whole_columns) {
    range->by_column = table.column_extents();
  } else {
    range->by_column.assign(table.column_classes(), {});
  }
  for (const int row : rows) {
    PairTable::Extent& line = range->by_row[Index(row)];
    const std::int64_t* values = table.ClassRow(row);
    for (std::size_t c = 0; c < columns.size() && !(whole_rows && whole_columns); ++c) {
      const std::int64_t value = values[columns[c]];
      if (!whole_rows) line.Add(value);
      if (!whole_columns) range->by_column[Index(columns[c])].Add(value);
    }
    range->all.Add(line.low);
    range->all.Add(line.high);
  }
}

void QuantityRules::NarrowColumn(const Column& column, const std::vector<int>& open,
                                 Ranges::Column* range) const {
  *range = {};
  bool first = true;
  for (const int candidate : open) {
    const std::int64_t value = candidate == kEmptySlot ? 0 : column.values[Index(candidate)];
    range->low = first ? value : std::min(range->low, value);
    range->high = first ? value : std::max(range->high, value);
    first = false;
    if (value > 0 && (range->low_positive == 0 || value < range->low_positive)) {
      range->low_positive = value;
    }
  }
}

int QuantityRules::AddColumn(const Problem& problem, int slot, AttributeId attribute) {
  for (std::size_t c = 0; c < columns_.size(); ++c) {
    if (columns_[c].slot == slot && columns_[c].attribute == attribute) return static_cast<int>(c);
  }
  Column column;
  column.slot = slot;
  column.attribute = attribute;
  const Slot& source = problem.slots[static_cast<std::size_t>(slot)];
  column.values.reserve(source.candidates.size());
  for (const Candidate& candidate : source.candidates) {
    const auto index = static_cast<std::size_t>(attribute);
    column.values.push_back(index < candidate.values.size() ? candidate.values[index] : 0);
  }
  columns_.push_back(std::move(column));
  return static_cast<int>(columns_.size()) - 1;
}

void QuantityRules::AddDemand(const Problem& problem, const CeilDemand& source, Rule* rule) {
  Demand demand;
  demand.constant = source.constant;
  demand.divisor = source.divisor;
  for (const Term& term : source.terms) {
    CompiledTerm compiled{term.quantity, term.coefficient, -1};
    if (term.slot >= 0) {
      compiled.column = AddColumn(problem, term.slot, term.attribute);
      rule->direct |= Bit(term.slot);
    }
    if (term.quantity != kOneUnit) rule->inputs |= Bit(term.quantity);
    demand.terms.push_back(compiled);
  }
  if (source.divisor_slot >= 0) {
    demand.divisor_column = AddColumn(problem, source.divisor_slot, source.divisor_attribute);
    rule->direct |= Bit(source.divisor_slot);
  }
  rule->demands.push_back(std::move(demand));
}

void QuantityRules::AddTable(const Quantity& source, Rule* rule) {
  rule->rows_slot = source.table_rows_slot;
  rule->columns_slot = source.table_columns_slot;
  rule->direct = Bit(source.table_rows_slot) | Bit(source.table_columns_slot);
  rule->table = &source.table;
  rule->table_number = tables_++;
}

std::vector<AttributeId> QuantityRules::DrivingAttributes(int slot) const {
  std::vector<AttributeId> result;
  for (const Column& column : columns_) {
    if (column.slot == slot) result.push_back(column.attribute);
  }
  return result;
}

std::int64_t QuantityRules::ValueAt(int column, int candidate) const {
  if (candidate == kEmptySlot) return 0;
  return columns_[Index(column)].values[static_cast<std::size_t>(candidate)];
}

Wide QuantityRules::Exact(QuantityId id, const int* chosen, const std::int64_t* values) const {
  const Rule& rule = rules_[Index(id)];
  const auto coefficient = [&](int column) {
    return ValueAt(column, chosen[columns_[Index(column)].slot]);
  };
  const auto numerator = [&](const Demand& demand) {
    Wide sum = demand.constant;
    for (const CompiledTerm& term : demand.terms) {
      const Wide factor = term.column < 0 ? term.coefficient : coefficient(term.column);
      sum += factor * (term.quantity == kOneUnit ? 1 : values[term.quantity]);
    }
    return sum;
  };
  switch (rule.kind) {
    case Quantity::Kind::kTable:
      return rule.table->At(Index(chosen[rule.rows_slot]), Index(chosen[rule.columns_slot]));
    case Quantity::Kind::kCeil: {
      Wide units = rule.minimum;
      for (const Demand& demand : rule.demands) {
        const Wide sum = numerator(demand);
        if (sum <= 0) continue;
        const Wide divisor =
            demand.divisor_column < 0 ? demand.divisor : coefficient(demand.divisor_column);
        if (divisor <= 0) return -1;
        units = std::max(units, CeilDivide(sum, divisor));
      }
      return units;
    }
    case Quantity::Kind::kFatTree:
      return FatTreeSwitches(numerator(rule.demands[0]), coefficient(rule.radix_column));
  }
  return -1;
}

WideInterval QuantityRules::RangeOf(int column, const Ranges& ranges, const int* chosen) const {
  const int candidate = chosen[columns_[Index(column)].slot];
  if (candidate == kUndecided) {
    return {ranges.columns[Index(column)].low, ranges.columns[Index(column)].high};
  }
  const std::int64_t value = ValueAt(column, candidate);
  return {value, value};
}

WideInterval QuantityRules::NumeratorRange(const Demand& demand, const Ranges& ranges,
                                           const int* chosen, const std::int64_t* low,
                                           const std::int64_t* high) const {
  WideInterval sum{demand.constant, demand.constant};
  for (const CompiledTerm& term : demand.terms) {
    const WideInterval factor = term.column < 0 ? WideInterval{term.coefficient, term.coefficient}
                                                : RangeOf(term.column, ranges, chosen);
    const Wide least = term.quantity == kOneUnit ? 1 : low[term.quantity];
    const Wide most = term.quantity == kOneUnit ? 1 : high[term.quantity];
    sum.low += std::min(factor.low * least, factor.low * most);
    sum.high += std::max(factor.high * least, factor.high * most);
  }
  return sum;
}

bool QuantityRules::CeilInterval(const Rule& rule, const Ranges& ranges, const int* chosen,
                                 const std::int64_t* low, const std::int64_t* high,
                                 WideInterval* interval) const {
  *interval = {rule.minimum, rule.minimum};
  for (const Demand& demand : rule.demands) {
    const WideInterval sum = NumeratorRange(demand, ranges, chosen, low, high);
    if (sum.high <= 0) continue;
    Wide smallest = demand.divisor;
    Wide largest = demand.divisor;
    if (demand.divisor_column >= 0) {
      const WideInterval range = RangeOf(demand.divisor_column, ranges, chosen);
      largest = range.high;
      smallest = chosen[columns_[Index(demand.divisor_column)].slot] == kUndecided
                     ? ranges.columns[Index(demand.divisor_column)].low_positive
                     : range.low;
    }
    if (largest <= 0) {
      if (sum.low > 0) return false;
      continue;  // only completions that ask for nothing have a value
    }
    if (sum.low > 0) interval->low = std::max(interval->low, CeilDivide(sum.low, largest));
    interval->high = std::max(interval->high, CeilDivide(sum.high, smallest));
  }
  return true;
}

bool QuantityRules::TableInterval(const Rule& rule, const Ranges& ranges, const int* chosen,
                                  WideInterval* interval) const {
  const int row = chosen[rule.rows_slot];
  const int column = chosen[rule.columns_slot];
  const Ranges::Table& table = ranges.tables[Index(rule.table_number)];
  PairTable::Extent range = table.all;
  if (row != kUndecided && column != kUndecided) {
    range.low = range.high = rule.table->At(Index(row), Index(column));
  } else if (row != kUndecided) {
    range = table.by_row[Index(rule.table->row_class()[Index(row)])];
  } else if (column != kUndecided) {
    range = table.by_column[Index(rule.table->column_class()[Index(column)])];
  }
  *interval = {range.low, range.high};
  return range.low >= 0;
}

bool QuantityRules::FatTreeInterval(const Rule& rule, const Ranges& ranges, const int* chosen,
                                    const std::int64_t* low, const std::int64_t* high,
                                    WideInterval* interval) const {
  const WideInterval ports = NumeratorRange(rule.demands[0], ranges, chosen, low, high);
  const WideInterval radix = RangeOf(rule.radix_column, ranges, chosen);
  *interval = {0, 0};
  if (ports.high <= 0) return true;
  if (radix.high < 2) return ports.low <= 0;
  // A buildable tree has at most `radix` leaves, no more spines than leaves, and at most two
  // switches for each port.
  interval->high = std::min(2 * ports.high, 2 * radix.high);
  if (ports.low > 0) {
    // More radix never needs more leaves; two tiers have at least one spine.
    if (ports.low > radix.high * (radix.high / 2)) return false;
    interval->low = ports.low <= radix.high ? 1 : CeilDivide(ports.low, radix.high / 2) + 1;
  }
  if (radix.low == radix.high) {
    if (ports.low > 0) interval->low = FatTreeSwitches(ports.low, radix.high);
    const Wide most = FatTreeSwitches(ports.high, radix.high);
    if (most >= 0) interval->high = most;
  }
  interval->high = std::max(interval->high, interval->low);
  return true;
}

bool QuantityRules::Interval(QuantityId id, const Ranges& ranges, const int* chosen,
                             const std::int64_t* low, const std::int64_t* high,
                             WideInterval* interval) const {
  const Rule& rule = rules_[Index(id)];
  switch (rule.kind) {
    case Quantity::Kind::kTable:
      return TableInterval(rule, ranges, chosen, interval);
    case Quantity::Kind::kCeil:
      return CeilInterval(rule, ranges, chosen, low, high, interval);
    case Quantity::Kind::kFatTree:
      return FatTreeInterval(rule, ranges, chosen, low, high, interval);
  }
  return false;
}

Wide QuantityRules::LargestNumerator(QuantityId id, const std::int64_t* high) const {
  Wide largest = 0;
  for (const Demand& demand : rules_[Index(id)].demands) {
    Wide sum = AbsoluteValue(demand.constant);
    for (const CompiledTerm& term : demand.terms) {
      Wide factor = AbsoluteValue(term.coefficient);
      if (term.column >= 0) {
        const Ranges::Column& column = whole_.columns[Index(term.column)];
        factor = std::max(AbsoluteValue(column.low), AbsoluteValue(column.high));
      }
      sum += factor * (term.quantity == kOneUnit ? 1 : high[term.quantity]);
    }
    largest = std::max(largest, sum);
  }
  return largest;
}

}  // namespace stackport::match
