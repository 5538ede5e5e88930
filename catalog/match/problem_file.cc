// Reading the file form stackport.problem/1 (PROBLEM.md).
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <initializer_list>
#include <numeric>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "catalog/base/json.h"
#include "catalog/base/text.h"
#include "catalog/match/problem.h"
#include "catalog/match/problem_check.h"
#include "catalog/match/problem_form.h"

namespace stackport::match {
namespace {

constexpr json::Limits kFileLimits{
    .max_bytes = kMaxProblemBytes, .max_depth = 16, .max_values = 200'000'000};

// Below this, every integer is a double of its own.
constexpr double kExactInDouble = std::int64_t{1} << 53;

// Where a value stands, without building text until an error needs it.
struct Place {
  const Place* parent = nullptr;
  std::string_view name;  // empty data pointer: `index` counts
  std::size_t index = 0;

  Place Member(std::string_view member) const { return {this, member, 0}; }
  Place Element(std::size_t element) const { return {this, {}, element}; }
  std::string Pointer() const {
    if (parent == nullptr) return {};
    const std::string before = parent->Pointer();
    return name.data() != nullptr ? json::PointerPush(before, name)
                                  : json::PointerPush(before, index);
  }
};

// Names of one list, so that the file can refer to its items.
class NameIndex {
 public:
  void Add(const std::string& name) {
    names_.push_back(name);
    index_.emplace(name, static_cast<int>(names_.size()) - 1);
  }
  std::optional<int> Find(std::string_view name) const {
    const auto found = index_.find(std::string(name));
    if (found == index_.end()) return std::nullopt;
    return found->second;
  }
  const std::vector<std::string>& names() const { return names_; }

 private:
  std::vector<std::string> names_;
  std::unordered_map<std::string, int> index_;
};

// Builds a problem member by member. The first error is kept and makes the rest of no effect.
class Reader {
 public:
  Result<Problem> Run(const json::Value& root) {
    const Place place;
    ReadProblemObject(root, place);
    if (error_) return *std::move(error_);
    if (Status status = Validate(problem_); !status) return std::move(status).error();
    return std::move(problem_);
  }

 private:
  void Fail(const Place& place, std::string message) {
    if (!error_) error_ = InvalidArgument(std::move(message), place.Pointer());
  }
  bool ok() const { return !error_.has_value(); }

  // An object with no members but these.
  bool Object(const json::Value& value, const Place& place,
              std::initializer_list<std::string_view> members) {
    if (!value.IsObject()) return Fail(place, "expected an object"), false;
    for (const auto& member : value.GetObject()) {
      const std::string_view name(member.name.GetString(), member.name.GetStringLength());
      if (std::find(members.begin(), members.end(), name) != members.end()) continue;
      const std::vector<std::string> known(members.begin(), members.end());
      const std::string nearest = NearestName(name, known);
      Fail(place.Member(name),
           fmt::format("{} is not a member of the form{}; known: {}", Quoted(name),
                       nearest.empty() ? "" : fmt::format(" (did you mean {}?)", Quoted(nearest)),
                       Join(known, ", ")));
      return false;
    }
    return true;
  }

  std::string Text(const json::Value& value, const Place& place) {
    if (value.IsString()) return {value.GetString(), value.GetStringLength()};
    Fail(place, "expected a text");
    return {};
  }

  std::int64_t Integer(const json::Value& value, const Place& place) {
    if (value.IsInt64()) return value.GetInt64();
    // Many programs write every number with a point.
    if (value.IsDouble()) {
      const double number = value.GetDouble();
      if (std::trunc(number) == number && std::abs(number) < kExactInDouble) {
        return static_cast<std::int64_t>(number);
      }
    }
    Fail(place, value.IsNumber() ? "expected a whole number of at most 64 bits; for fractions "
                                   "choose a smaller unit, as cents instead of dollars"
                                 : "expected a whole number, without quotes");
    return 0;
  }

  // Calls visit(element, place) for each element of the array member; absent is empty.
  template <typename Visit>
  void Each(const json::Value& object, std::string_view member, const Place& place, Visit visit) {
    const json::Value* list = json::Find(object, member);
    if (list == nullptr) return;
    const Place list_place = place.Member(member);
    if (!list->IsArray()) return Fail(list_place, "expected an array");
    for (rapidjson::SizeType i = 0; i < list->Size() && ok(); ++i) {
      visit((*list)[i], list_place.Element(i));
    }
  }

  std::string TextMember(const json::Value& object, std::string_view member, const Place& place,
                         bool required) {
    const json::Value* value = json::Find(object, member);
    if (value != nullptr) return Text(*value, place.Member(member));
    if (required) Fail(place, fmt::format("member {} is missing", Quoted(member)));
    return {};
  }

  std::int64_t IntegerMember(const json::Value& object, std::string_view member, const Place& place,
                             std::int64_t fallback) {
    const json::Value* value = json::Find(object, member);
    return value == nullptr ? fallback : Integer(*value, place.Member(member));
  }

  // As an int. What no int holds is refused here, by its own number; Validate judges the rest.
  int SmallMember(const json::Value& object, std::string_view member, const Place& place,
                  int fallback, const IntRange& range) {
    const std::int64_t value = IntegerMember(object, member, place, fallback);
    if (std::in_range<int>(value)) return static_cast<int>(value);
    Fail(place.Member(member), OutsideText(member, value, range));
    return fallback;
  }

  int Lookup(const NameIndex& index, std::string_view what, const json::Value& value,
             const Place& place) {
    const std::string name = Text(value, place);
    if (!ok()) return -1;
    if (const std::optional<int> found = index.Find(name)) return *found;
    const std::string nearest = NearestName(name, index.names());
    Fail(place, fmt::format("there is no {} {}{}", what, Quoted(name),
                            nearest.empty() ? "; declare it first"
                                            : fmt::format("; did you mean {}?", Quoted(nearest))));
    return -1;
  }

  int LookupMember(const NameIndex& index, std::string_view what, const json::Value& object,
                   std::string_view member, const Place& place) {
    const json::Value* value = json::Find(object, member);
    if (value != nullptr) return Lookup(index, what, *value, place.Member(member));
    Fail(place, fmt::format("member {} is missing", Quoted(member)));
    return -1;
  }

  void ReadProblemObject(const json::Value& root, const Place& place) {
    if (!Object(root, place,
                {"schema", "name", "tags", "attributes", "label_kinds", "slots", "quantities",
                 "limits", "levels", "top", "distance"})) {
      return;
    }
    const std::string schema = TextMember(root, "schema", place, true);
    if (ok() && schema != form::kSchema) {
      return Fail(place.Member("schema"), fmt::format("this is {}, but expected {}", Quoted(schema),
                                                      Quoted(form::kSchema)));
    }
    problem_.name = TextMember(root, "name", place, false);
    problem_.top = SmallMember(root, "top", place, 1, kTopRange);
    problem_.distance = SmallMember(root, "distance", place, 1, kDistanceRange);
    Each(root, "tags", place, [&](const json::Value& value, const Place& at) {
      problem_.tags.push_back(Text(value, at));
      tags_.Add(problem_.tags.back());
    });
    Each(root, "label_kinds", place, [&](const json::Value& value, const Place& at) {
      problem_.label_kinds.push_back(Text(value, at));
      label_kinds_.Add(problem_.label_kinds.back());
    });
    Each(root, "attributes", place,
         [&](const json::Value& value, const Place& at) { ReadAttribute(value, at); });
    // Slots and quantities refer to each other by name, so all names are collected first.
    CollectNames(root, "slots", place, &slots_);
    CollectNames(root, "quantities", place, &quantities_);
    Each(root, "slots", place,
         [&](const json::Value& value, const Place& at) { ReadSlot(value, at); });
    Each(root, "quantities", place,
         [&](const json::Value& value, const Place& at) { ReadQuantity(value, at); });
    Each(root, "limits", place,
         [&](const json::Value& value, const Place& at) { ReadLimit(value, at); });
    Each(root, "levels", place,
         [&](const json::Value& value, const Place& at) { ReadLevel(value, at); });
  }

  void CollectNames(const json::Value& root, std::string_view member, const Place& place,
                    NameIndex* index) {
    Each(root, member, place, [&](const json::Value& value, const Place& at) {
      if (!value.IsObject()) return Fail(at, "expected an object");
      index->Add(TextMember(value, "name", at, true));
    });
  }

  void ReadAttribute(const json::Value& value, const Place& place) {
    if (!Object(value, place, {"name", "scaled"})) return;
    Attribute attribute;
    attribute.name = TextMember(value, "name", place, true);
    if (const json::Value* scaled = json::Find(value, "scaled")) {
      if (!scaled->IsBool()) return Fail(place.Member("scaled"), "expected true or false");
      attribute.scaled = scaled->GetBool();
    }
    attributes_.Add(attribute.name);
    problem_.attributes.push_back(std::move(attribute));
  }

  void ReadSlot(const json::Value& value, const Place& place) {
    if (!Object(value, place,
                {"name", "choice", "max_picks", "cover", "quantity", "distance_weight",
                 "candidates"})) {
      return;
    }
    Slot slot;
    slot.name = TextMember(value, "name", place, true);
    if (const json::Value* choice = json::Find(value, "choice")) {
      const std::string text = Text(*choice, place.Member("choice"));
      const auto parsed = form::ParseChoice(text);
      if (ok() && !parsed) {
        return Fail(place.Member("choice"),
                    fmt::format("{} is not one of: one, optional, set", Quoted(text)));
      }
      if (parsed) slot.choice = *parsed;
    }
    Each(value, "cover", place,
         [&](const json::Value& bit, const Place& at) { slot.cover.push_back(Text(bit, at)); });
    const int default_picks = slot.choice == SlotChoice::kSet ? kMaxCoverBits : 1;
    slot.max_picks = SmallMember(value, "max_picks", place, default_picks, {1, default_picks});
    slot.distance_weight = SmallMember(value, "distance_weight", place, 1, kDistanceWeightRange);
    if (json::Find(value, "quantity") != nullptr) {
      slot.quantity = LookupMember(quantities_, "quantity", value, "quantity", place);
    }
    NameIndex cover;
    for (const std::string& name : slot.cover) cover.Add(name);
    if (slot.cover.size() > static_cast<std::size_t>(kMaxCoverBits)) {
      return Fail(place.Member("cover"), fmt::format("{} cover names, but at most {} are possible",
                                                     slot.cover.size(), kMaxCoverBits));
    }
    Each(value, "candidates", place, [&](const json::Value& item, const Place& at) {
      slot.candidates.push_back(ReadCandidate(item, at, cover));
    });
    problem_.slots.push_back(std::move(slot));
  }

  std::vector<TagId> TagList(const json::Value& list, const Place& place) {
    std::vector<TagId> tags;
    if (!list.IsArray()) {
      Fail(place, "expected an array of tag names");
      return tags;
    }
    for (rapidjson::SizeType i = 0; i < list.Size() && ok(); ++i) {
      tags.push_back(Lookup(tags_, "tag", list[i], place.Element(i)));
    }
    std::sort(tags.begin(), tags.end());
    tags.erase(std::unique(tags.begin(), tags.end()), tags.end());
    return tags;
  }

  Candidate ReadCandidate(const json::Value& value, const Place& place, const NameIndex& cover) {
    Candidate candidate;
    if (!Object(value, place,
                {"id", "provides", "requires", "conflicts", "covers", "values", "labels"})) {
      return candidate;
    }
    candidate.id = TextMember(value, "id", place, true);
    if (const json::Value* list = json::Find(value, "provides")) {
      candidate.provides = TagList(*list, place.Member("provides"));
    }
    if (const json::Value* list = json::Find(value, "conflicts")) {
      candidate.conflicts = TagList(*list, place.Member("conflicts"));
    }
    Each(value, "requires", place, [&](const json::Value& group, const Place& at) {
      candidate.requires_.push_back(TagList(group, at));
    });
    Each(value, "covers", place, [&](const json::Value& bit, const Place& at) {
      const int index = Lookup(cover, "cover name", bit, at);
      if (index >= 0) candidate.covers |= 1U << index;
    });
    ReadNamed(value, "values", attributes_, "attribute", place,
              [&](std::size_t index, const json::Value& number, const Place& at) {
                if (candidate.values.size() <= index) candidate.values.resize(index + 1, 0);
                candidate.values[index] = Integer(number, at);
              });
    ReadNamed(value, "labels", label_kinds_, "label kind", place,
              [&](std::size_t index, const json::Value& label, const Place& at) {
                if (candidate.labels.size() <= index) candidate.labels.resize(index + 1);
                candidate.labels[index] = Text(label, at);
              });
    return candidate;
  }

  // An object whose member names are names of `index`.
  template <typename Visit>
  void ReadNamed(const json::Value& object, std::string_view member, const NameIndex& index,
                 std::string_view what, const Place& place, Visit visit) {
    const json::Value* named = json::Find(object, member);
    if (named == nullptr) return;
    const Place named_place = place.Member(member);
    if (!named->IsObject()) return Fail(named_place, "expected an object");
    for (const auto& entry : named->GetObject()) {
      const std::string_view name(entry.name.GetString(), entry.name.GetStringLength());
      const Place at = named_place.Member(name);
      const int found = Lookup(index, what, entry.name, at);
      if (!ok()) return;
      visit(static_cast<std::size_t>(found), entry.value, at);
    }
  }

  // {"slot": …, "attribute": …}
  void ReadReference(const json::Value& value, const Place& place, int* slot,
                     AttributeId* attribute) {
    if (!Object(value, place, {"slot", "attribute"})) return;
    *slot = LookupMember(slots_, "slot", value, "slot", place);
    *attribute = LookupMember(attributes_, "attribute", value, "attribute", place);
  }

  Term ReadTerm(const json::Value& value, const Place& place) {
    Term term;
    if (!Object(value, place, {"coefficient", "quantity"})) return term;
    if (const json::Value* coefficient = json::Find(value, "coefficient")) {
      const Place at = place.Member("coefficient");
      if (coefficient->IsObject()) {
        ReadReference(*coefficient, at, &term.slot, &term.attribute);
      } else {
        term.coefficient = Integer(*coefficient, at);
      }
    }
    if (json::Find(value, "quantity") != nullptr) {
      term.quantity = LookupMember(quantities_, "quantity", value, "quantity", place);
    }
    return term;
  }

  CeilDemand ReadDemand(const json::Value& value, const Place& place, bool with_divisor) {
    CeilDemand demand;
    const bool object = with_divisor ? Object(value, place, {"constant", "terms", "divisor"})
                                     : Object(value, place, {"constant", "terms"});
    if (!object) return demand;
    demand.constant = IntegerMember(value, "constant", place, 0);
    Each(value, "terms", place, [&](const json::Value& term, const Place& at) {
      demand.terms.push_back(ReadTerm(term, at));
    });
    if (const json::Value* divisor = json::Find(value, "divisor")) {
      const Place at = place.Member("divisor");
      if (divisor->IsObject()) {
        ReadReference(*divisor, at, &demand.divisor_slot, &demand.divisor_attribute);
      } else {
        demand.divisor = Integer(*divisor, at);
      }
    }
    return demand;
  }

  void ReadTable(const json::Value& value, const Place& place, Quantity* quantity) {
    quantity->table_rows_slot = LookupMember(slots_, "slot", value, "rows", place);
    quantity->table_columns_slot = LookupMember(slots_, "slot", value, "columns", place);
    if (!ok()) return;
    std::vector<int> column_of;
    const std::size_t width =
        ReadLines(value, "column_of", quantity->table_columns_slot, place, &column_of);
    std::vector<int> row_of;
    const std::size_t height =
        ReadLines(value, "row_of", quantity->table_rows_slot, place, &row_of);
    if (!ok()) return;
    std::vector<std::int64_t> cells;
    std::size_t rows = 0;
    Each(value, "table", place, [&](const json::Value& row, const Place& at) {
      ++rows;
      if (!row.IsArray() || row.Size() != width) {
        return Fail(at, fmt::format("expected a row of {} integers, one for each {}", width,
                                    json::Find(value, "column_of") == nullptr
                                        ? "candidate of the slot that `columns` names"
                                        : "number up to the largest in `column_of`"));
      }
      for (rapidjson::SizeType c = 0; c < row.Size() && ok(); ++c) {
        cells.push_back(Integer(row[c], at.Element(c)));
      }
    });
    if (ok() && rows != height) {
      Fail(place.Member("table"),
           fmt::format("{} rows, but {} {}", rows,
                       json::Find(value, "row_of") == nullptr
                           ? "as many candidates as the slot that `rows` names has were expected:"
                           : "`row_of` speaks of",
                       height));
    }
    if (!ok()) return;
    quantity->table = PairTable(std::move(row_of), std::move(column_of), width, cells);
  }

  // Which line of a table belongs to each candidate of a slot: as the member says, or one line for
  // each. Returns how many lines there are.
  std::size_t ReadLines(const json::Value& value, std::string_view member, int slot,
                        const Place& place, std::vector<int>* line_of) {
    const std::size_t candidates = problem_.slots[static_cast<std::size_t>(slot)].candidates.size();
    if (json::Find(value, member) == nullptr) {
      line_of->resize(candidates);
      std::iota(line_of->begin(), line_of->end(), 0);
      return candidates;
    }
    std::size_t lines = 0;
    Each(value, member, place, [&](const json::Value& number, const Place& at) {
      const std::int64_t line = Integer(number, at);
      // More lines than candidates would leave some without anybody.
      if (ok() && (line < 0 || line >= static_cast<std::int64_t>(candidates))) {
        return Fail(at, fmt::format("{} is not between 0 and {}, as the slot has {} candidates",
                                    line, static_cast<std::int64_t>(candidates) - 1, candidates));
      }
      lines = std::max(lines, static_cast<std::size_t>(line) + 1);
      line_of->push_back(static_cast<int>(line));
    });
    if (ok() && line_of->size() != candidates) {
      Fail(place.Member(member),
           fmt::format("{} numbers, but the slot has {} candidates", line_of->size(), candidates));
    }
    return lines;
  }

  void ReadQuantity(const json::Value& value, const Place& place) {
    Quantity quantity;
    const std::string kind = TextMember(value, "kind", place, true);
    if (!ok()) return;
    if (kind == form::kTable) {
      quantity.kind = Quantity::Kind::kTable;
      if (!Object(value, place,
                  {"name", "kind", "rows", "columns", "row_of", "column_of", "table"}))
        return;
      ReadTable(value, place, &quantity);
    } else if (kind == form::kCeil) {
      quantity.kind = Quantity::Kind::kCeil;
      if (!Object(value, place, {"name", "kind", "minimum", "demands"})) return;
      quantity.minimum = IntegerMember(value, "minimum", place, 0);
      Each(value, "demands", place, [&](const json::Value& demand, const Place& at) {
        quantity.demands.push_back(ReadDemand(demand, at, true));
      });
    } else if (kind == form::kFatTree) {
      quantity.kind = Quantity::Kind::kFatTree;
      if (!Object(value, place, {"name", "kind", "ports", "radix"})) return;
      const json::Value* ports = json::Find(value, "ports");
      const json::Value* radix = json::Find(value, "radix");
      if (ports == nullptr || radix == nullptr) {
        return Fail(place, "a fat tree needs the members 'ports' and 'radix'");
      }
      quantity.demands.push_back(ReadDemand(*ports, place.Member("ports"), false));
      ReadReference(*radix, place.Member("radix"), &quantity.radix_slot, &quantity.radix_attribute);
    } else {
      return Fail(place.Member("kind"),
                  fmt::format("{} is not one of: table, ceil, fat_tree", Quoted(kind)));
    }
    quantity.name = TextMember(value, "name", place, true);
    problem_.quantities.push_back(std::move(quantity));
  }

  // {"sum": attribute}, {"max": attribute} or {"distinct": label kind}
  Measure ReadMeasure(const json::Value& value, const Place& place) {
    Measure measure;
    if (!Object(value, place, {form::kSum, form::kMax, form::kDistinct})) return measure;
    if (value.MemberCount() != 1) {
      Fail(place, "expected exactly one of: sum, max, distinct");
      return measure;
    }
    if (json::Find(value, form::kDistinct) != nullptr) {
      measure.kind = Measure::Kind::kDistinct;
      measure.label_kind = LookupMember(label_kinds_, "label kind", value, form::kDistinct, place);
      return measure;
    }
    const bool maximum = json::Find(value, form::kMax) != nullptr;
    measure.kind = maximum ? Measure::Kind::kMax : Measure::Kind::kSum;
    measure.attribute =
        LookupMember(attributes_, "attribute", value, maximum ? form::kMax : form::kSum, place);
    return measure;
  }

  Measure MeasureMember(const json::Value& object, const Place& place) {
    const json::Value* value = json::Find(object, "measure");
    if (value != nullptr) return ReadMeasure(*value, place.Member("measure"));
    Fail(place, "member 'measure' is missing");
    return {};
  }

  void ReadLimit(const json::Value& value, const Place& place) {
    if (!Object(value, place, {"name", "measure", "low", "high"})) return;
    Limit limit;
    limit.name = TextMember(value, "name", place, true);
    limit.measure = MeasureMember(value, place);
    if (const json::Value* low = json::Find(value, "low")) {
      limit.low = Integer(*low, place.Member("low"));
    }
    if (const json::Value* high = json::Find(value, "high")) {
      limit.high = Integer(*high, place.Member("high"));
    }
    if (limit.low && limit.high && *limit.low > *limit.high) {
      return Fail(place.Member("low"),
                  fmt::format("low is {} and high is {}, so no package could fit; swap them, or "
                              "leave one out",
                              *limit.low, *limit.high));
    }
    problem_.limits.push_back(std::move(limit));
  }

  void ReadLevel(const json::Value& value, const Place& place) {
    if (!Object(value, place, {"name", "terms"})) return;
    Level level;
    level.name = TextMember(value, "name", place, true);
    Each(value, "terms", place, [&](const json::Value& item, const Place& at) {
      if (!Object(item, at, {"measure", "weight"})) return;
      LevelTerm term;
      term.measure = MeasureMember(item, at);
      term.weight = IntegerMember(item, "weight", at, 1);
      level.terms.push_back(term);
    });
    problem_.levels.push_back(std::move(level));
  }

  Problem problem_;
  NameIndex tags_;
  NameIndex label_kinds_;
  NameIndex attributes_;
  NameIndex slots_;
  NameIndex quantities_;
  std::optional<Error> error_;
};

}  // namespace

Result<Problem> ReadProblem(std::string_view text, std::string_view origin) {
  Result<json::Document> document = json::Parse(text, origin, kFileLimits);
  if (!document) return std::move(document).error();
  try {
    return Reader().Run(*document);
  } catch (const std::logic_error& error) {
    return Internal(fmt::format("reading the problem failed: {}", Printable(error.what())),
                    std::string(origin));
  }
}

}  // namespace stackport::match
