#include "catalog/model/requirement_parser.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>
#include <utility>

#include "catalog/base/text.h"
#include "catalog/model/schema_text.h"

namespace stackport {
namespace {

constexpr std::array<std::pair<std::string_view, Condition::Operator>, 5> kOperators = {{
    {"in", Condition::Operator::kIn},
    {"contains", Condition::Operator::kContains},
    {"at_least", Condition::Operator::kAtLeast},
    {"at_most", Condition::Operator::kAtMost},
    {"is", Condition::Operator::kIs},
}};

// The operators that fit a type, as a document writes them.
std::vector<std::string> OperatorsFor(ValueType type) {
  switch (type) {
    case ValueType::kQuantity:
    case ValueType::kInteger:
      return {"at_least", "at_most"};
    case ValueType::kBoolean:
      return {"is"};
    case ValueType::kToken:
    case ValueType::kTokens:
    case ValueType::kComponent:
    case ValueType::kComponents:
    case ValueType::kCountries:
    case ValueType::kLanguages:
      return {"in", "contains"};
    case ValueType::kText:
    case ValueType::kDate:
    case ValueType::kTable:
      return {};
  }
  return {};
}

std::vector<std::string> AttributeNames(const CapabilityDefinition& capability) {
  std::vector<std::string> names;
  for (const auto& entry : capability.attributes) names.push_back(entry.first);
  return names;
}

const CapabilityDefinition* FindCapabilityOrWarn(std::string_view name, const std::string& pointer,
                                                 std::string_view consequence,
                                                 ValueParser& values) {
  const CapabilityDefinition* known = values.registry().FindCapability(name);
  if (known == nullptr && !values.sink().warnings_full()) {
    values.sink().Warning("unknown_capability", json::PointerPush(pointer, "capability"),
                          fmt::format("the registry has no capability {}{}", Quoted(name),
                                      DidYouMean(name, values.registry().CapabilityNames())),
                          "a capability of the registry", std::string(consequence));
  }
  return known;
}

const AttributeDefinition* FindAttributeOrWarn(const CapabilityDefinition& capability,
                                               std::string_view name, const std::string& pointer,
                                               std::string_view consequence, ValueParser& values) {
  const auto it = capability.attributes.find(std::string(name));
  if (it != capability.attributes.end()) return &it->second;
  if (values.sink().warnings_full()) return nullptr;
  const std::vector<std::string> known = AttributeNames(capability);
  values.sink().Warning("unknown_attribute", pointer,
                        fmt::format("the capability {} has no attribute {}{}", capability.name,
                                    Quoted(name), DidYouMean(name, known)),
                        known.empty() ? "no attribute" : "one of " + Join(known, ", "),
                        std::string(consequence));
  return nullptr;
}

void ParseConditionValue(const AttributeDefinition& definition, const json::Value& value,
                         const std::string& pointer, ValueParser& values, Condition& condition) {
  switch (condition.op) {
    case Condition::Operator::kIn:
    case Condition::Operator::kContains: {
      // A condition may name several tokens even where an attribute holds one.
      AttributeDefinition several = definition;
      if (several.type == ValueType::kToken) several.type = ValueType::kTokens;
      if (several.type == ValueType::kComponent) several.type = ValueType::kComponents;
      if (auto tokens = values.ParseTokens(several, value, pointer)) {
        condition.tokens = *std::move(tokens);
      }
      return;
    }
    case Condition::Operator::kAtLeast:
    case Condition::Operator::kAtMost:
      if (const auto number = values.Parse(definition, value, nullptr, {pointer, pointer})) {
        condition.number = number->number.low;
      }
      return;
    case Condition::Operator::kIs:
      condition.flag = value.GetBool();
      return;
  }
}

std::optional<Condition> ParseCondition(const json::Value& object,
                                        const CapabilityDefinition& capability,
                                        const std::string& pointer, ValueParser& values) {
  Condition condition;
  condition.attribute = json::StringOr(object, "attribute", "");
  std::string_view op_name;
  const json::Value* value = nullptr;
  for (const auto& [name, op] : kOperators) {
    if (const json::Value* found = json::Find(object, name)) {
      op_name = name;
      condition.op = op;
      value = found;
    }
  }
  if (value == nullptr) {
    values.sink().Error("operator_missing", pointer, "the condition has no operator",
                        "one of in, contains, at_least, at_most, is", "add an operator");
    return std::nullopt;
  }
  const AttributeDefinition* definition =
      FindAttributeOrWarn(capability, condition.attribute, json::PointerPush(pointer, "attribute"),
                          "correct the name; until then the condition is an open question", values);
  if (definition == nullptr) {
    if (value->IsArray()) {
      condition.tokens = json::Strings(*value);
      std::sort(condition.tokens.begin(), condition.tokens.end());
    }
    return condition;
  }
  const std::vector<std::string> fitting = OperatorsFor(definition->type);
  const std::string at = json::PointerPush(pointer, op_name);
  if (std::find(fitting.begin(), fitting.end(), op_name) == fitting.end()) {
    values.sink().Error(
        "operator_mismatch", at,
        fmt::format("{} does not fit {}, which is {}", op_name, definition->name,
                    DescribeType(*definition, values.registry())),
        fitting.empty() ? "no condition on this attribute" : "one of " + Join(fitting, ", "),
        "use an operator that fits the attribute");
    return std::nullopt;
  }
  ParseConditionValue(*definition, *value, at, values, condition);
  return condition;
}

std::vector<Condition> ParseConditions(const json::Value& alternative,
                                       const CapabilityDefinition& capability,
                                       const std::string& pointer, ValueParser& values) {
  std::vector<Condition> conditions;
  const json::Value* where = json::Find(alternative, "where");
  if (where == nullptr) return conditions;
  const std::string list = json::PointerPush(pointer, "where");
  for (rapidjson::SizeType i = 0; i < where->Size(); ++i) {
    auto condition =
        ParseCondition((*where)[i], capability, json::PointerPush(list, std::size_t{i}), values);
    if (condition) conditions.push_back(*std::move(condition));
  }
  return conditions;
}

Requirement ParseRequirement(const json::Value& object, const std::string& pointer,
                             ValueParser& values) {
  Requirement requirement;
  requirement.provenance = values.ParseProvenance(object, pointer);
  requirement.per_unit = json::IntOr(object, "per_unit", 1);
  requirement.site_condition = json::BoolOr(object, "site_condition", false);
  bool all_site = true;
  std::vector<RequiredCapability> unknown;
  const auto add = [&](const json::Value& alternative, const std::string& at) {
    const std::string_view name = json::StringOr(alternative, "capability", "");
    const CapabilityDefinition* capability = FindCapabilityOrWarn(
        name, at, "correct the name; until then nothing in the catalog can meet it", values);
    if (capability == nullptr) {
      unknown.push_back({std::string(name), {}});
      return;
    }
    all_site = all_site && capability->site;
    requirement.any_of.push_back(
        {capability->name, ParseConditions(alternative, *capability, at, values)});
  };
  if (const json::Value* any_of = json::Find(object, "any_of")) {
    const std::string list = json::PointerPush(pointer, "any_of");
    for (rapidjson::SizeType i = 0; i < any_of->Size(); ++i) {
      add((*any_of)[i], json::PointerPush(list, std::size_t{i}));
    }
  } else {
    add(object, pointer);
  }
  if (requirement.any_of.empty()) requirement.any_of = std::move(unknown);
  requirement.site_condition = requirement.site_condition || all_site;
  return requirement;
}

}  // namespace

std::vector<ProvidedCapability> ParseProvides(const json::Value& provides,
                                              const std::string& pointer, ValueParser& values) {
  std::vector<ProvidedCapability> parsed;
  for (rapidjson::SizeType i = 0; i < provides.Size(); ++i) {
    const json::Value& object = provides[i];
    const std::string at = json::PointerPush(pointer, std::size_t{i});
    const CapabilityDefinition* capability =
        FindCapabilityOrWarn(json::StringOr(object, "capability", ""), at,
                             "correct the name; until then it is not offered to anyone", values);
    if (capability == nullptr) continue;
    ProvidedCapability provided;
    provided.capability = capability->name;
    provided.provenance = values.ParseProvenance(object, at);
    provided.inferred = json::BoolOr(object, "inferred", false);
    if (const json::Value* with = json::Find(object, "with")) {
      const std::string list = json::PointerPush(at, "with");
      for (const auto& member : with->GetObject()) {
        const std::string_view name(member.name.GetString(), member.name.GetStringLength());
        const std::string place = json::PointerPush(list, name);
        const AttributeDefinition* definition = FindAttributeOrWarn(
            *capability, name, place, "correct the name; until then the value is not used", values);
        if (definition == nullptr) continue;
        if (auto value = values.Parse(*definition, member.value, nullptr, {place, place})) {
          provided.attributes.emplace(name, *std::move(value));
        }
      }
    }
    parsed.push_back(std::move(provided));
  }
  return parsed;
}

std::vector<Requirement> ParseRequires(const json::Value& requires_list, const std::string& pointer,
                                       ValueParser& values) {
  std::vector<Requirement> parsed;
  for (rapidjson::SizeType i = 0; i < requires_list.Size(); ++i) {
    parsed.push_back(
        ParseRequirement(requires_list[i], json::PointerPush(pointer, std::size_t{i}), values));
  }
  return parsed;
}

}  // namespace stackport
