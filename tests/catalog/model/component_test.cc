#include "catalog/model/component.h"

#include <gtest/gtest.h>

namespace stackport {
namespace {

using Operator = Condition::Operator;

ProvidedCapability Host() {
  ProvidedCapability host;
  host.capability = "accelerator-host";
  host.attributes["socket"].kind = AttributeValue::Kind::kTokens;
  host.attributes["socket"].tokens = {"oam", "sxm5-hgx"};
  host.attributes["slot_power"].kind = AttributeValue::Kind::kNumber;
  host.attributes["slot_power"].number = {700, 900};
  host.attributes["air_gap"].kind = AttributeValue::Kind::kFlag;
  host.attributes["air_gap"].flag = true;
  return host;
}

Truth Tokens(const std::string& attribute, Operator op, std::vector<std::string> tokens) {
  return Evaluate(Condition{attribute, op, std::move(tokens), 0, false}, Host());
}

Truth Number(const std::string& attribute, Operator op, std::int64_t number) {
  return Evaluate(Condition{attribute, op, {}, number, false}, Host());
}

TEST(Evaluate, InAsksForOneCommonToken) {
  EXPECT_EQ(Tokens("socket", Operator::kIn, {"oam", "pcie"}), Truth::kTrue);
  EXPECT_EQ(Tokens("socket", Operator::kIn, {"pcie"}), Truth::kFalse);
  EXPECT_EQ(Tokens("accelerators", Operator::kIn, {"oam"}), Truth::kUnknown);
}

TEST(Evaluate, ContainsAsksForAllTokens) {
  EXPECT_EQ(Tokens("socket", Operator::kContains, {"oam", "sxm5-hgx"}), Truth::kTrue);
  EXPECT_EQ(Tokens("socket", Operator::kContains, {"oam", "pcie"}), Truth::kFalse);
  EXPECT_EQ(Tokens("accelerators", Operator::kContains, {"oam"}), Truth::kUnknown);
}

TEST(Evaluate, AtLeastIsUnknownWhileTheIntervalStraddlesTheBound) {
  EXPECT_EQ(Number("slot_power", Operator::kAtLeast, 700), Truth::kTrue);
  EXPECT_EQ(Number("slot_power", Operator::kAtLeast, 701), Truth::kUnknown);
  EXPECT_EQ(Number("slot_power", Operator::kAtLeast, 900), Truth::kUnknown);
  EXPECT_EQ(Number("slot_power", Operator::kAtLeast, 901), Truth::kFalse);
  EXPECT_EQ(Number("slots", Operator::kAtLeast, 1), Truth::kUnknown);
}

TEST(Evaluate, AtMostIsUnknownWhileTheIntervalStraddlesTheBound) {
  EXPECT_EQ(Number("slot_power", Operator::kAtMost, 900), Truth::kTrue);
  EXPECT_EQ(Number("slot_power", Operator::kAtMost, 899), Truth::kUnknown);
  EXPECT_EQ(Number("slot_power", Operator::kAtMost, 700), Truth::kUnknown);
  EXPECT_EQ(Number("slot_power", Operator::kAtMost, 699), Truth::kFalse);
  EXPECT_EQ(Number("slots", Operator::kAtMost, 1), Truth::kUnknown);
}

TEST(Evaluate, IsComparesAFlag) {
  EXPECT_EQ(Evaluate(Condition{"air_gap", Operator::kIs, {}, 0, true}, Host()), Truth::kTrue);
  EXPECT_EQ(Evaluate(Condition{"air_gap", Operator::kIs, {}, 0, false}, Host()), Truth::kFalse);
  EXPECT_EQ(Evaluate(Condition{"sovereign", Operator::kIs, {}, 0, true}, Host()), Truth::kUnknown);
}

TEST(Evaluate, AnOperatorThatDoesNotFitTheValueDecidesNothing) {
  EXPECT_EQ(Number("socket", Operator::kAtLeast, 0), Truth::kUnknown);
  EXPECT_EQ(Tokens("air_gap", Operator::kIn, {"oam"}), Truth::kUnknown);
}

TEST(Evaluate, ARequirementIsTheAndOfItsConditions) {
  const Condition good = {"socket", Operator::kIn, {"oam"}, 0, false};
  const Condition unknown = {"slots", Operator::kAtLeast, {}, 8, false};
  const Condition bad = {"socket", Operator::kIn, {"pcie"}, 0, false};
  EXPECT_EQ(Evaluate(RequiredCapability{"accelerator-host", {}}, Host()), Truth::kTrue);
  EXPECT_EQ(Evaluate(RequiredCapability{"accelerator-host", {good}}, Host()), Truth::kTrue);
  EXPECT_EQ(Evaluate(RequiredCapability{"accelerator-host", {good, unknown}}, Host()),
            Truth::kUnknown);
  EXPECT_EQ(Evaluate(RequiredCapability{"accelerator-host", {unknown, bad}}, Host()),
            Truth::kFalse);
}

// Capabilities are a closed world: another one is certainly not this one.
TEST(Evaluate, AnotherCapabilityIsFalse) {
  EXPECT_EQ(Evaluate(RequiredCapability{"fabric-port", {}}, Host()), Truth::kFalse);
}

TEST(Truth, FollowsKleene) {
  EXPECT_EQ(And(Truth::kTrue, Truth::kUnknown), Truth::kUnknown);
  EXPECT_EQ(And(Truth::kFalse, Truth::kUnknown), Truth::kFalse);
  EXPECT_EQ(Or(Truth::kTrue, Truth::kUnknown), Truth::kTrue);
  EXPECT_EQ(Or(Truth::kFalse, Truth::kUnknown), Truth::kUnknown);
  EXPECT_EQ(Not(Truth::kUnknown), Truth::kUnknown);
  EXPECT_EQ(Not(Truth::kTrue), Truth::kFalse);
}

TEST(Component, FindsFactsNumbersAndCapabilities) {
  Component component;
  component.facts["tdp"].value.kind = AttributeValue::Kind::kNumber;
  component.facts["tdp"].value.number = {700, 700};
  component.facts["license"].value.text = "MIT";
  component.provides = {Host()};
  EXPECT_EQ(component.Number("tdp"), (Interval{700, 700}));
  EXPECT_EQ(component.Number("license"), std::nullopt);
  EXPECT_EQ(component.Number("memory"), std::nullopt);
  EXPECT_NE(component.FindFact("license"), nullptr);
  EXPECT_EQ(component.FindFact("memory"), nullptr);
  EXPECT_EQ(component.FindCapability("accelerator-host"), &component.provides[0]);
  EXPECT_EQ(component.FindCapability("fabric-port"), nullptr);
}

}  // namespace
}  // namespace stackport
