#include "catalog/model/component.h"

#include <algorithm>

namespace stackport {
namespace {

bool Includes(const std::vector<std::string>& sorted, const std::string& token) {
  return std::binary_search(sorted.begin(), sorted.end(), token);
}

// Whether every number of `known`, none of it, or only a part meets `value >= bound`.
Truth AtLeast(const Interval& known, std::int64_t bound) {
  if (known.low >= bound) return Truth::kTrue;
  return known.high < bound ? Truth::kFalse : Truth::kUnknown;
}

Truth AtMost(const Interval& known, std::int64_t bound) {
  if (known.high <= bound) return Truth::kTrue;
  return known.low > bound ? Truth::kFalse : Truth::kUnknown;
}

// The kind of value an operator speaks of.
AttributeValue::Kind KindFor(Condition::Operator op) {
  switch (op) {
    case Condition::Operator::kIn:
    case Condition::Operator::kContains:
      return AttributeValue::Kind::kTokens;
    case Condition::Operator::kAtLeast:
    case Condition::Operator::kAtMost:
      return AttributeValue::Kind::kNumber;
    case Condition::Operator::kIs:
      return AttributeValue::Kind::kFlag;
  }
  return AttributeValue::Kind::kTokens;
}

}  // namespace

Truth Evaluate(const Condition& condition, const ProvidedCapability& provided) {
  const auto it = provided.attributes.find(condition.attribute);
  // The parser refuses an operator that does not fit the attribute's type; should one get here,
  // nothing is known.
  if (it == provided.attributes.end() || it->second.kind != KindFor(condition.op)) {
    return Truth::kUnknown;
  }
  const AttributeValue& value = it->second;
  const auto has = [&](const std::string& token) { return Includes(value.tokens, token); };
  switch (condition.op) {
    case Condition::Operator::kIn:
      return FromBool(std::any_of(condition.tokens.begin(), condition.tokens.end(), has));
    case Condition::Operator::kContains:
      return FromBool(std::all_of(condition.tokens.begin(), condition.tokens.end(), has));
    case Condition::Operator::kAtLeast:
      return AtLeast(value.number, condition.number);
    case Condition::Operator::kAtMost:
      return AtMost(value.number, condition.number);
    case Condition::Operator::kIs:
      return FromBool(value.flag == condition.flag);
  }
  return Truth::kUnknown;
}

Truth Evaluate(const RequiredCapability& required, const ProvidedCapability& provided) {
  if (required.capability != provided.capability) return Truth::kFalse;
  Truth all = Truth::kTrue;
  for (const Condition& condition : required.where) {
    all = And(all, Evaluate(condition, provided));
  }
  return all;
}

const Fact* Component::FindFact(std::string_view fact_name) const {
  const auto it = facts.find(fact_name);
  return it == facts.end() ? nullptr : &it->second;
}

std::optional<Interval> Component::Number(std::string_view fact_name) const {
  const Fact* fact = FindFact(fact_name);
  if (fact == nullptr || fact->value.kind != AttributeValue::Kind::kNumber) return std::nullopt;
  return fact->value.number;
}

const ProvidedCapability* Component::FindCapability(std::string_view capability) const {
  const auto it = std::find_if(provides.begin(), provides.end(), [&](const ProvidedCapability& p) {
    return p.capability == capability;
  });
  return it == provides.end() ? nullptr : &*it;
}

std::string_view OfferDeploymentName(OfferDeployment deployment) {
  switch (deployment) {
    case OfferDeployment::kOnPremises:
      return "on_premises";
    case OfferDeployment::kSovereignCloud:
      return "sovereign_cloud";
    case OfferDeployment::kCloud:
      return "cloud";
    case OfferDeployment::kSaas:
      return "saas";
  }
  return "on_premises";
}

std::string_view PricePerName(PricePer per) {
  switch (per) {
    case PricePer::kUnit:
      return "unit";
    case PricePer::kUnitYear:
      return "unit_year";
    case PricePer::kUnitHour:
      return "unit_hour";
    case PricePer::kAcceleratorYear:
      return "accelerator_year";
    case PricePer::kUserMonth:
      return "user_month";
    case PricePer::kYear:
      return "year";
    case PricePer::kMillionInputTokens:
      return "million_input_tokens";
    case PricePer::kMillionOutputTokens:
      return "million_output_tokens";
    case PricePer::kTerabyteMonth:
      return "terabyte_month";
  }
  return "unit";
}

}  // namespace stackport
