#include "catalog/model/component_diff.h"

#include <algorithm>
#include <array>
#include <functional>
#include <map>
#include <tuple>
#include <utility>

#include "catalog/base/text.h"

namespace stackport {
namespace {

using json::Value;

// Members that say where a statement comes from, not what it says.
constexpr std::array<std::string_view, 4> kProvenance = {"source", "as_of", "note", "inferred"};

bool IsProvenance(std::string_view name) {
  return std::find(kProvenance.begin(), kProvenance.end(), name) != kProvenance.end();
}

// The canonical text of an object without provenance and without the members `left_out`.
std::string Substance(const Value& object, std::vector<std::string_view> left_out = {}) {
  if (!object.IsObject()) return json::WriteCanonical(object);
  json::Document kept(rapidjson::kObjectType);
  for (const auto& member : object.GetObject()) {
    const std::string_view name(member.name.GetString(), member.name.GetStringLength());
    if (IsProvenance(name) || std::find(left_out.begin(), left_out.end(), name) != left_out.end()) {
      continue;
    }
    json::Set(kept, name, Value(member.value, kept.GetAllocator()), kept.GetAllocator());
  }
  return json::WriteCanonical(kept);
}

std::string ScalarText(const Value& value) {
  return value.IsString() ? std::string(value.GetString(), value.GetStringLength())
                          : json::WriteCanonical(value);
}

std::string ValueText(const Value& value, std::string_view unit) {
  std::string text;
  if (value.IsArray()) {
    // A pair of numbers is a range; any other list is a list.
    const bool range = value.Size() == 2 && value[0].IsNumber();
    for (const Value& item : value.GetArray()) {
      if (!text.empty()) text += range ? " to " : ", ";
      text += ScalarText(item);
    }
  } else {
    text = ScalarText(value);
  }
  return unit.empty() ? text : text + " " + std::string(unit);
}

// What a fact or a lead time says: "9.5 to 11.5 kW", "unknown: not published".
std::string StatementText(const Value& statement) {
  if (const Value* unknown = json::Find(statement, "unknown")) {
    return "unknown: " + ScalarText(*unknown);
  }
  const Value* value = json::Find(statement, "value");
  return value ? ValueText(*value, json::StringOr(statement, "unit", "")) : Substance(statement);
}

std::string AmountText(const Value& price) {
  const Value* amount = json::Find(price, "amount");
  return amount ? ValueText(*amount, json::StringOr(price, "currency", "")) : Substance(price);
}

// Named statements of one aspect. Several of the same name are told apart by a number.
class Statements {
 public:
  void Add(std::string name, std::string text) {
    const int count = ++count_[name];
    if (count > 1) name += " #" + std::to_string(count);
    texts_.emplace(std::move(name), std::move(text));
  }
  const std::map<std::string, std::string>& texts() const { return texts_; }

 private:
  std::map<std::string, int> count_;
  std::map<std::string, std::string> texts_;
};

using Described = std::map<ChangeAspect, Statements>;

std::string OfferName(const Value& offer) {
  const Value* deployment = json::Find(offer, "deployment");
  std::string name = deployment ? ValueText(*deployment, "") : "offer";
  const Value* location = json::Find(offer, "location");
  const std::string country(location ? json::StringOr(*location, "country", "") : "");
  return country.empty() ? name : name + " in " + country;
}

void DescribeOffer(const Value& offer, Described& described) {
  const std::string name = OfferName(offer);
  described[ChangeAspect::kOffer].Add(name + ": " + Substance(offer, {"prices", "lead_time"}),
                                      name);
  if (const Value* lead_time = json::Find(offer, "lead_time")) {
    described[ChangeAspect::kLeadTime].Add(name, StatementText(*lead_time));
  }
  const Value* prices = json::Find(offer, "prices");
  if (!prices || !prices->IsArray()) return;
  for (const Value& price : prices->GetArray()) {
    described[ChangeAspect::kPrice].Add(name + ", per " +
                                            std::string(json::StringOr(price, "per", "")) + " (" +
                                            std::string(json::StringOr(price, "kind", "")) + ")",
                                        AmountText(price));
  }
}

void ForEach(const Value& document, std::string_view name,
             const std::function<void(const Value&)>& take) {
  const Value* list = json::Find(document, name);
  if (!list || !list->IsArray()) return;
  for (const Value& item : list->GetArray()) take(item);
}

Described Describe(const Component& component) {
  Described described;
  const auto parsed = json::Parse(component.document, component.id);
  if (!parsed) return described;
  const Value& document = *parsed;
  for (const char* name : {"name", "summary", "kind", "revision"}) {
    if (const Value* text = json::Find(document, name)) {
      described[ChangeAspect::kText].Add(name, ScalarText(*text));
    }
  }
  if (const Value* facts = json::Find(document, "facts"); facts && facts->IsObject()) {
    for (const auto& fact : facts->GetObject()) {
      described[ChangeAspect::kFact].Add(fact.name.GetString(), StatementText(fact.value));
    }
  }
  ForEach(document, "provides", [&](const Value& provided) {
    const Value* with = json::Find(provided, "with");
    described[ChangeAspect::kCapability].Add(
        std::string(json::StringOr(provided, "capability", "")),
        with ? json::WriteCanonical(*with) : "provided");
  });
  ForEach(document, "requires", [&](const Value& required) {
    described[ChangeAspect::kRequirement].Add(
        std::string(json::StringOr(required, "capability", "any of several")),
        Substance(required, {"capability"}));
  });
  ForEach(document, "offers", [&](const Value& offer) { DescribeOffer(offer, described); });
  return described;
}

void CompareStatements(const std::string& component, ChangeAspect aspect,
                       const std::map<std::string, std::string>& before,
                       const std::map<std::string, std::string>& after,
                       std::vector<ComponentChange>& changes) {
  const auto add = [&](ChangeKind kind, const std::string& name, const std::string& was,
                       const std::string& is) {
    changes.push_back({component, aspect, kind, Printable(name), Printable(was), Printable(is)});
  };
  for (const auto& [name, text] : before) {
    const auto now = after.find(name);
    if (now == after.end()) {
      add(ChangeKind::kRemoved, name, text, {});
    } else if (now->second != text) {
      add(ChangeKind::kChanged, name, text, now->second);
    }
  }
  for (const auto& [name, text] : after) {
    if (!before.contains(name)) add(ChangeKind::kAdded, name, {}, text);
  }
}

void CompareOne(const Component& before, const Component& after,
                std::vector<ComponentChange>& changes) {
  if (before.document == after.document) return;
  const std::size_t known = changes.size();
  Described was = Describe(before);
  Described is = Describe(after);
  for (const ChangeAspect aspect :
       {ChangeAspect::kFact, ChangeAspect::kPrice, ChangeAspect::kLeadTime, ChangeAspect::kOffer,
        ChangeAspect::kCapability, ChangeAspect::kRequirement, ChangeAspect::kText}) {
    CompareStatements(after.id, aspect, was[aspect].texts(), is[aspect].texts(), changes);
  }
  if (changes.size() == known) {
    changes.push_back({after.id, ChangeAspect::kSource, ChangeKind::kChanged, {}, {}, {}});
  }
}

std::map<std::string_view, const Component*> ById(const std::vector<const Component*>& components) {
  std::map<std::string_view, const Component*> by_id;
  for (const Component* component : components) by_id.emplace(component->id, component);
  return by_id;
}

std::string Plural(ChangeAspect aspect, std::size_t count) {
  std::string noun(AspectName(aspect));
  std::replace(noun.begin(), noun.end(), '_', ' ');
  if (count == 1) return noun;
  return aspect == ChangeAspect::kCapability ? "capabilities" : noun + "s";
}

using Counts = std::map<std::pair<ChangeAspect, ChangeKind>, std::size_t>;

Counts CountsOf(const ComponentDifference& difference) {
  Counts counts;
  for (const ComponentChange& change : difference.changes) ++counts[{change.aspect, change.kind}];
  return counts;
}

}  // namespace

std::string_view AspectName(ChangeAspect aspect) {
  switch (aspect) {
    case ChangeAspect::kComponent:
      return "component";
    case ChangeAspect::kFact:
      return "fact";
    case ChangeAspect::kPrice:
      return "price";
    case ChangeAspect::kLeadTime:
      return "lead_time";
    case ChangeAspect::kOffer:
      return "offer";
    case ChangeAspect::kCapability:
      return "capability";
    case ChangeAspect::kRequirement:
      return "requirement";
    case ChangeAspect::kText:
      return "text";
    case ChangeAspect::kSource:
      return "source";
  }
  return "component";
}

std::string_view ChangeKindName(ChangeKind kind) {
  switch (kind) {
    case ChangeKind::kAdded:
      return "added";
    case ChangeKind::kRemoved:
      return "removed";
    case ChangeKind::kChanged:
      return "changed";
  }
  return "changed";
}

std::string ComponentDifference::Summary() const {
  std::vector<std::string> parts;
  for (const auto& [what, count] : CountsOf(*this)) {
    parts.push_back(std::to_string(count) + " " + Plural(what.first, count) + " " +
                    std::string(ChangeKindName(what.second)));
  }
  return parts.empty() ? "nothing changed" : Join(parts, ", ");
}

ComponentDifference Compare(const std::vector<const Component*>& before,
                            const std::vector<const Component*>& after) {
  const auto was = ById(before);
  const auto is = ById(after);
  ComponentDifference difference;
  std::vector<ComponentChange>& changes = difference.changes;
  for (const auto& [id, component] : was) {
    const auto now = is.find(id);
    if (now != is.end()) {
      CompareOne(*component, *now->second, changes);
    } else {
      changes.push_back({component->id,
                         ChangeAspect::kComponent,
                         ChangeKind::kRemoved,
                         {},
                         Printable(component->name),
                         {}});
    }
  }
  for (const auto& [id, component] : is) {
    if (was.contains(id)) continue;
    changes.push_back({component->id,
                       ChangeAspect::kComponent,
                       ChangeKind::kAdded,
                       {},
                       {},
                       Printable(component->name)});
  }
  std::stable_sort(changes.begin(), changes.end(), [](const auto& a, const auto& b) {
    return std::tie(a.component, a.aspect, a.name) < std::tie(b.component, b.aspect, b.name);
  });
  return difference;
}

json::Value ToJson(const ComponentDifference& difference, json::Allocator& allocator) {
  Value object(rapidjson::kObjectType);
  json::Set(object, "summary", difference.Summary(), allocator);
  Value counts(rapidjson::kObjectType);
  for (const auto& [what, count] : CountsOf(difference)) {
    const std::string name =
        std::string(AspectName(what.first)) + "_" + std::string(ChangeKindName(what.second));
    json::Set(counts, name, count, allocator);
  }
  json::Set(object, "counts", std::move(counts), allocator);
  const std::size_t listed = std::min(difference.changes.size(), kMaxListedChanges);
  Value changes(rapidjson::kArrayType);
  for (std::size_t i = 0; i < listed; ++i) {
    const ComponentChange& change = difference.changes[i];
    Value item(rapidjson::kObjectType);
    json::Set(item, "component", change.component, allocator);
    json::Set(item, "aspect", AspectName(change.aspect), allocator);
    json::Set(item, "kind", ChangeKindName(change.kind), allocator);
    if (!change.name.empty()) json::Set(item, "name", change.name, allocator);
    if (!change.before.empty()) json::Set(item, "before", change.before, allocator);
    if (!change.after.empty()) json::Set(item, "after", change.after, allocator);
    changes.PushBack(item, allocator);
  }
  json::Set(object, "changes", std::move(changes), allocator);
  if (listed < difference.changes.size()) {
    json::Set(object, "changes_left_off", difference.changes.size() - listed, allocator);
  }
  return object;
}

std::string ToText(const ComponentDifference& difference) {
  std::string text;
  const std::size_t listed = std::min(difference.changes.size(), kMaxListedChanges);
  for (std::size_t i = 0; i < listed; ++i) {
    const ComponentChange& change = difference.changes[i];
    std::string what(AspectName(change.aspect));
    std::replace(what.begin(), what.end(), '_', ' ');
    text += change.component + ": " + what;
    if (!change.name.empty()) text += " " + change.name;
    text += " " + std::string(ChangeKindName(change.kind));
    if (change.kind == ChangeKind::kChanged && !change.before.empty()) {
      text += " from " + change.before + " to " + change.after;
    } else if (change.aspect != ChangeAspect::kComponent) {
      const std::string& value = change.kind == ChangeKind::kRemoved ? change.before : change.after;
      if (!value.empty()) text += ": " + value;
    }
    text += "\n";
  }
  if (listed < difference.changes.size()) {
    text += "and " + std::to_string(difference.changes.size() - listed) + " more\n";
  }
  return text;
}

}  // namespace stackport
