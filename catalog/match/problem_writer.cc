// Writing the file form stackport.problem/1 (PROBLEM.md): members in one fixed order, defaults
// left out, so equal problems give equal bytes.
#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "catalog/base/json.h"
#include "catalog/match/problem.h"
#include "catalog/match/problem_form.h"

namespace stackport::match {
namespace {

using json::Allocator;
using json::Value;

class Writer {
 public:
  explicit Writer(const Problem& problem)
      : problem_(problem), allocator_(document_.GetAllocator()) {}

  std::string Run() {
    Value root = NewObject();
    Set(&root, "schema", form::kSchema);
    if (!problem_.name.empty()) Set(&root, "name", problem_.name);
    SetList(&root, "tags", json::StringArray(problem_.tags, allocator_));
    SetList(&root, "attributes", List(problem_.attributes, [&](const Attribute& attribute) {
      Value value = NewObject();
      Set(&value, "name", attribute.name);
      if (!attribute.scaled) json::Set(value, "scaled", false, allocator_);
      return value;
    }));
    SetList(&root, "label_kinds", json::StringArray(problem_.label_kinds, allocator_));
    SetList(&root, "slots",
            List(problem_.slots, [&](const Slot& slot) { return SlotValue(slot); }));
    SetList(&root, "quantities", List(problem_.quantities, [&](const Quantity& quantity) {
      return QuantityValue(quantity);
    }));
    SetList(&root, "limits",
            List(problem_.limits, [&](const Limit& limit) { return LimitValue(limit); }));
    SetList(&root, "levels",
            List(problem_.levels, [&](const Level& level) { return LevelValue(level); }));
    json::Set(root, "top", problem_.top, allocator_);
    json::Set(root, "distance", problem_.distance, allocator_);
    return json::Write(root);
  }

 private:
  static Value NewObject() { return Value(rapidjson::kObjectType); }

  void Set(Value* object, std::string_view name, std::string_view text) {
    json::Set(*object, name, text, allocator_);
  }
  void SetInteger(Value* object, std::string_view name, std::int64_t number,
                  std::int64_t fallback) {
    if (number != fallback) json::Set(*object, name, number, allocator_);
  }
  void SetList(Value* object, std::string_view name, Value list) {
    if (!list.Empty()) json::Set(*object, name, std::move(list), allocator_);
  }

  template <typename Items, typename ToValue>
  Value List(const Items& items, ToValue to_value) {
    Value list(rapidjson::kArrayType);
    list.Reserve(static_cast<rapidjson::SizeType>(items.size()), allocator_);
    for (const auto& item : items) list.PushBack(to_value(item), allocator_);
    return list;
  }

  Value Text(std::string_view text) { return json::String(text, allocator_); }
  const std::string& SlotName(int slot) const {
    return problem_.slots[static_cast<std::size_t>(slot)].name;
  }
  const std::string& AttributeName(AttributeId attribute) const {
    return problem_.attributes[static_cast<std::size_t>(attribute)].name;
  }
  const std::string& QuantityName(QuantityId quantity) const {
    return problem_.quantities[static_cast<std::size_t>(quantity)].name;
  }

  Value Tags(std::vector<TagId> tags) {
    std::sort(tags.begin(), tags.end());
    tags.erase(std::unique(tags.begin(), tags.end()), tags.end());
    return List(tags,
                [&](TagId tag) { return Text(problem_.tags[static_cast<std::size_t>(tag)]); });
  }

  Value SlotValue(const Slot& slot) {
    Value value = NewObject();
    Set(&value, "name", slot.name);
    if (slot.choice != SlotChoice::kOne) Set(&value, "choice", form::ChoiceName(slot.choice));
    if (slot.choice == SlotChoice::kSet) {
      SetInteger(&value, "max_picks", slot.max_picks, kMaxCoverBits);
    }
    SetList(&value, "cover", json::StringArray(slot.cover, allocator_));
    if (slot.quantity != kOneUnit) Set(&value, "quantity", QuantityName(slot.quantity));
    SetInteger(&value, "distance_weight", slot.distance_weight, 1);
    SetList(&value, "candidates", List(slot.candidates, [&](const Candidate& candidate) {
      return CandidateValue(slot, candidate);
    }));
    return value;
  }

  Value CandidateValue(const Slot& slot, const Candidate& candidate) {
    Value value = NewObject();
    Set(&value, "id", candidate.id);
    SetList(&value, "provides", Tags(candidate.provides));
    SetList(&value, "requires",
            List(candidate.requires_, [&](const auto& group) { return Tags(group); }));
    SetList(&value, "conflicts", Tags(candidate.conflicts));
    Value covers(rapidjson::kArrayType);
    for (std::size_t bit = 0; bit < slot.cover.size(); ++bit) {
      if ((candidate.covers >> bit) & 1U) covers.PushBack(Text(slot.cover[bit]), allocator_);
    }
    SetList(&value, "covers", std::move(covers));
    Value values = NewObject();
    for (std::size_t a = 0; a < candidate.values.size(); ++a) {
      SetInteger(&values, problem_.attributes[a].name, candidate.values[a], 0);
    }
    if (values.MemberCount() > 0) json::Set(value, "values", std::move(values), allocator_);
    Value labels = NewObject();
    for (std::size_t k = 0; k < candidate.labels.size(); ++k) {
      if (!candidate.labels[k].empty()) {
        Set(&labels, problem_.label_kinds[k], candidate.labels[k]);
      }
    }
    if (labels.MemberCount() > 0) json::Set(value, "labels", std::move(labels), allocator_);
    return value;
  }

  Value Reference(int slot, AttributeId attribute) {
    Value value = NewObject();
    Set(&value, "slot", SlotName(slot));
    Set(&value, "attribute", AttributeName(attribute));
    return value;
  }

  Value DemandValue(const CeilDemand& demand) {
    Value value = NewObject();
    SetInteger(&value, "constant", demand.constant, 0);
    SetList(&value, "terms", List(demand.terms, [&](const Term& term) {
      Value item = NewObject();
      if (term.slot >= 0) {
        json::Set(item, "coefficient", Reference(term.slot, term.attribute), allocator_);
      } else {
        SetInteger(&item, "coefficient", term.coefficient, 1);
      }
      if (term.quantity != kOneUnit) Set(&item, "quantity", QuantityName(term.quantity));
      return item;
    }));
    if (demand.divisor_slot >= 0) {
      json::Set(value, "divisor", Reference(demand.divisor_slot, demand.divisor_attribute),
                allocator_);
    } else {
      SetInteger(&value, "divisor", demand.divisor, 1);
    }
    return value;
  }

  // In whichever of the two forms takes fewer numbers.
  void SetTable(Value* value, const PairTable& table) {
    const std::size_t whole = table.rows() * table.columns();
    if (table.rows() + table.columns() + table.cells().size() >= whole) {
      const auto at = [&](std::size_t r, std::size_t c) { return table.At(r, c); };
      return SetList(value, "table", Rows(table.rows(), table.columns(), at));
    }
    const auto number = [](int line) { return Value(line); };
    SetList(value, "row_of", List(table.row_class(), number));
    SetList(value, "column_of", List(table.column_class(), number));
    const auto at = [&](std::size_t r, std::size_t c) {
      return table.ClassRow(static_cast<int>(r))[c];
    };
    SetList(value, "table", Rows(table.row_classes(), table.column_classes(), at));
  }

  template <typename At>
  Value Rows(std::size_t rows, std::size_t columns, At at) {
    Value list(rapidjson::kArrayType);
    list.Reserve(static_cast<rapidjson::SizeType>(rows), allocator_);
    for (std::size_t r = 0; r < rows; ++r) {
      Value row(rapidjson::kArrayType);
      row.Reserve(static_cast<rapidjson::SizeType>(columns), allocator_);
      for (std::size_t c = 0; c < columns; ++c) row.PushBack(Value(at(r, c)), allocator_);
      list.PushBack(std::move(row), allocator_);
    }
    return list;
  }

  Value QuantityValue(const Quantity& quantity) {
    Value value = NewObject();
    Set(&value, "name", quantity.name);
    switch (quantity.kind) {
      case Quantity::Kind::kTable:
        Set(&value, "kind", form::kTable);
        Set(&value, "rows", SlotName(quantity.table_rows_slot));
        Set(&value, "columns", SlotName(quantity.table_columns_slot));
        SetTable(&value, quantity.table);
        break;
      case Quantity::Kind::kCeil:
        Set(&value, "kind", form::kCeil);
        SetInteger(&value, "minimum", quantity.minimum, 0);
        SetList(&value, "demands", List(quantity.demands, [&](const CeilDemand& demand) {
          return DemandValue(demand);
        }));
        break;
      case Quantity::Kind::kFatTree:
        Set(&value, "kind", form::kFatTree);
        json::Set(value, "ports", DemandValue(quantity.demands[0]), allocator_);
        json::Set(value, "radix", Reference(quantity.radix_slot, quantity.radix_attribute),
                  allocator_);
        break;
    }
    return value;
  }

  Value MeasureValue(const Measure& measure) {
    Value value = NewObject();
    switch (measure.kind) {
      case Measure::Kind::kSum:
        Set(&value, form::kSum, AttributeName(measure.attribute));
        break;
      case Measure::Kind::kMax:
        Set(&value, form::kMax, AttributeName(measure.attribute));
        break;
      case Measure::Kind::kDistinct:
        Set(&value, form::kDistinct,
            problem_.label_kinds[static_cast<std::size_t>(measure.label_kind)]);
        break;
    }
    return value;
  }

  Value LimitValue(const Limit& limit) {
    Value value = NewObject();
    Set(&value, "name", limit.name);
    json::Set(value, "measure", MeasureValue(limit.measure), allocator_);
    if (limit.low) json::Set(value, "low", *limit.low, allocator_);
    if (limit.high) json::Set(value, "high", *limit.high, allocator_);
    return value;
  }

  Value LevelValue(const Level& level) {
    Value value = NewObject();
    Set(&value, "name", level.name);
    SetList(&value, "terms", List(level.terms, [&](const LevelTerm& term) {
      Value item = NewObject();
      json::Set(item, "measure", MeasureValue(term.measure), allocator_);
      SetInteger(&item, "weight", term.weight, 1);
      return item;
    }));
    return value;
  }

  const Problem& problem_;
  json::Document document_;
  Allocator& allocator_;
};

}  // namespace

std::string WriteProblem(const Problem& problem) {
  return Writer(problem).Run();
}

}  // namespace stackport::match
