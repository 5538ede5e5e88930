// Provided and required capabilities.
#include <gmock/gmock.h>

#include "tests/catalog/model/parsing.h"

namespace stackport {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

std::string Provides(std::string_view element) {
  return Document(R"(, "provides": [)" + std::string(element) + "]", "server");
}

std::string Requires(std::string_view element) {
  return Document(R"(, "requires": [)" + std::string(element) + "]", "server");
}

// A requirement of one condition on a host.
std::string Where(std::string_view condition) {
  return Requires(R"({"capability": "accelerator-host", "where": [)" + std::string(condition) +
                  "]}");
}

Condition ConditionOf(std::string_view text) {
  const Component component = Good(Where(text));
  if (component.requires_.size() != 1 || component.requires_[0].any_of[0].where.size() != 1) {
    ADD_FAILURE() << "no condition in " << text;
    return {};
  }
  return component.requires_[0].any_of[0].where[0];
}

TEST(Provides, AttributesAreTypedAndNormalised) {
  const Component component = Good(Provides(
      R"({"capability": "accelerator-host", "source": "s", "as_of": "2025", "inferred": true,
          "with": {"socket": "oam", "slot_power": "0.7 kW", "slots": 8,
                   "accelerators": ["nvidia/h200", "amd/mi300x"]}})"));
  const ProvidedCapability* host = component.FindCapability("accelerator-host");
  ASSERT_NE(host, nullptr);
  EXPECT_TRUE(host->inferred);
  EXPECT_EQ(host->provenance.source, "s");
  EXPECT_THAT(host->attributes.at("socket").tokens, ElementsAre("oam"));
  EXPECT_EQ(host->attributes.at("slot_power").number, (Interval{700, 700}));
  EXPECT_EQ(host->attributes.at("slots").number, (Interval{8, 8}));
  EXPECT_THAT(host->attributes.at("accelerators").tokens, ElementsAre("amd/mi300x", "nvidia/h200"));
}

TEST(Provides, AnUnknownCapabilityIsLeftOutWithAWarning) {
  const std::string text = Provides(R"({"capability": "acelerator-host"})");
  const Finding finding = Warning(text);
  EXPECT_EQ(finding.code, "unknown_capability");
  EXPECT_EQ(finding.pointer, "/provides/0/capability");
  EXPECT_THAT(finding.message, HasSubstr("did you mean 'accelerator-host'?"));
  EXPECT_TRUE(Parse(text).component->provides.empty());
}

TEST(Provides, AnUnknownAttributeIsLeftOutWithAWarning) {
  const std::string text =
      Provides(R"({"capability": "accelerator-host", "with": {"slot": 8, "slots": 8}})");
  const Finding finding = Warning(text);
  EXPECT_EQ(finding.code, "unknown_attribute");
  EXPECT_EQ(finding.pointer, "/provides/0/with/slot");
  EXPECT_THAT(finding.message, HasSubstr("did you mean 'slots'?"));
  EXPECT_EQ(Parse(text).component->provides[0].attributes.size(), 1u);
}

TEST(Provides, AWrittenQuantityIsJudgedLikeAFact) {
  const auto with = [](std::string_view value) {
    return Provides(R"({"capability": "accelerator-host", "with": {"slot_power": )" +
                    std::string(value) + "}}");
  };
  EXPECT_EQ(Refusal(with("\"700 GB\"")).code, "unit_dimension");
  EXPECT_EQ(Refusal(with("\"700 watts\"")).code, "unknown_unit");
  EXPECT_EQ(Refusal(with("\"much\"")).code, "quantity");
  EXPECT_EQ(Refusal(with("700")).code, "unit_missing");
  EXPECT_EQ(Refusal(with("true")).code, "type");
  const Finding slip = Refusal(with("\"700 MW\""));
  EXPECT_EQ(slip.code, "out_of_bounds");
  EXPECT_EQ(slip.remedy, "did you mean 700 W?");
}

TEST(Provides, AComponentIsNamedByItsId) {
  const auto with = [](std::string_view value) {
    return Document(R"(, "provides": [{"capability": "accelerated-compute",
        "with": {"accelerator": )" +
                        std::string(value) + "}}]",
                    "cloud_instance");
  };
  Good(with("\"nvidia/h200-sxm\""));
  EXPECT_EQ(Refusal(with("\"H200\"")).code, "malformed_component_id");
  EXPECT_EQ(Refusal(with(R"(["nvidia/h200", "nvidia/h100"])")).code, "type");  // one, not two
}

TEST(Requires, ReadsEveryOperator) {
  const Condition in = ConditionOf(R"({"attribute": "socket", "in": ["sxm5-hgx", "oam"]})");
  EXPECT_EQ(in.op, Condition::Operator::kIn);
  EXPECT_THAT(in.tokens, ElementsAre("oam", "sxm5-hgx"));
  const Condition contains = ConditionOf(R"({"attribute": "socket", "contains": ["oam", "oam"]})");
  EXPECT_EQ(contains.op, Condition::Operator::kContains);
  EXPECT_THAT(contains.tokens, ElementsAre("oam"));
  const Condition at_least = ConditionOf(R"({"attribute": "slot_power", "at_least": "0.7 kW"})");
  EXPECT_EQ(at_least.op, Condition::Operator::kAtLeast);
  EXPECT_EQ(at_least.number, 700);
  const Condition at_most = ConditionOf(R"({"attribute": "slots", "at_most": 8})");
  EXPECT_EQ(at_most.op, Condition::Operator::kAtMost);
  EXPECT_EQ(at_most.number, 8);
  const Component is = Good(Requires(
      R"({"capability": "cloud-services", "where": [{"attribute": "sovereign", "is": true}]})"));
  EXPECT_EQ(is.requires_[0].any_of[0].where[0].op, Condition::Operator::kIs);
  EXPECT_TRUE(is.requires_[0].any_of[0].where[0].flag);
}

TEST(Requires, AnOperatorMustFitTheAttribute) {
  for (const char* text :
       {R"({"attribute": "socket", "at_least": 8})", R"({"attribute": "slots", "in": ["8"]})",
        R"({"attribute": "slots", "is": true})"}) {
    const Finding finding = Refusal(Where(text));
    EXPECT_EQ(finding.code, "operator_mismatch") << text;
  }
  EXPECT_EQ(Refusal(Where(R"({"attribute": "slots", "at_least": "8 W"})")).code, "type");
}

TEST(Requires, ConditionsNeedExactlyOneOperator) {
  EXPECT_FALSE(Parse(Where(R"({"attribute": "slots"})")).component.has_value());
  EXPECT_FALSE(
      Parse(Where(R"({"attribute": "slots", "at_least": 1, "at_most": 8})")).component.has_value());
}

TEST(Requires, ACapabilityOrAlternativesButNotBoth) {
  const Component component = Good(Requires(
      R"({"any_of": [{"capability": "fabric-switching"}, {"capability": "fabric-port"}],
          "per_unit": 8, "source": "s"})"));
  ASSERT_EQ(component.requires_[0].any_of.size(), 2u);
  EXPECT_EQ(component.requires_[0].per_unit, 8);
  EXPECT_EQ(component.requires_[0].provenance.source, "s");
  EXPECT_FALSE(component.requires_[0].site_condition);
  const Finding both = Refusal(
      Requires(R"({"capability": "fabric-port", "any_of": [{"capability": "fabric-port"}]})"));
  EXPECT_EQ(both.code, "schema_choice");
  EXPECT_EQ(both.pointer, "/requires/0");
  EXPECT_EQ(Refusal(Requires(R"({"per_unit": 2})")).code, "schema_choice");
}

TEST(Requires, WhatOnlyASiteCanMeetIsASiteCondition) {
  const Component component = Good(Requires(
      R"({"capability": "site-cooling", "where": [{"attribute": "method", "in": ["air"]}]})"));
  EXPECT_TRUE(component.requires_[0].site_condition);
  EXPECT_TRUE(Good(Requires(R"({"capability": "fabric-port", "site_condition": true})"))
                  .requires_[0]
                  .site_condition);
}

TEST(Requires, AnUnknownAlternativeIsLeftOutWithAWarning) {
  const std::string text =
      Requires(R"({"any_of": [{"capability": "fabric-prot"}, {"capability": "fabric-port"}]})");
  const Finding finding = Warning(text);
  EXPECT_EQ(finding.code, "unknown_capability");
  EXPECT_EQ(finding.pointer, "/requires/0/any_of/0/capability");
  const auto parsed = Parse(text);
  ASSERT_EQ(parsed.component->requires_[0].any_of.size(), 1u);
  EXPECT_EQ(parsed.component->requires_[0].any_of[0].capability, "fabric-port");
  EXPECT_FALSE(parsed.component->requires_[0].site_condition);
}

// A slip of the pen must not make the component look easier to use than it is.
TEST(Requires, ARequirementNobodyKnowsBecomesAQuestionToTheSite) {
  const std::string text = Requires(R"({"capability": "fabric-prot", "per_unit": 8})");
  EXPECT_EQ(Warning(text).code, "unknown_capability");
  const auto parsed = Parse(text);
  ASSERT_EQ(parsed.component->requires_.size(), 1u);
  EXPECT_TRUE(parsed.component->requires_[0].site_condition);
  EXPECT_EQ(parsed.component->requires_[0].any_of[0].capability, "fabric-prot");
}

TEST(Requires, AConditionOnAnUnknownAttributeStaysUnknown) {
  const std::string text = Where(R"({"attribute": "slotz", "at_least": 1})");
  const Finding finding = Warning(text);
  EXPECT_EQ(finding.code, "unknown_attribute");
  EXPECT_EQ(finding.pointer, "/requires/0/where/0/attribute");
  const Component host =
      Good(Provides(R"({"capability": "accelerator-host", "with": {"slots": 8}})"));
  EXPECT_EQ(Evaluate(Parse(text).component->requires_[0].any_of[0], host.provides[0]),
            Truth::kUnknown);
}

TEST(Requires, ParsedConditionsMeetParsedCapabilities) {
  const Component host = Good(Provides(
      R"({"capability": "accelerator-host", "with": {"slots": 8, "slot_power": "900 W"}})"));
  const auto verdict = [&](std::string_view condition) {
    return Evaluate(Good(Where(condition)).requires_[0].any_of[0], host.provides[0]);
  };
  EXPECT_EQ(verdict(R"({"attribute": "slot_power", "at_least": "0.9 kW"})"), Truth::kTrue);
  EXPECT_EQ(verdict(R"({"attribute": "slot_power", "at_least": "901 W"})"), Truth::kFalse);
  EXPECT_EQ(verdict(R"({"attribute": "socket", "in": ["oam"]})"), Truth::kUnknown);
}

}  // namespace
}  // namespace stackport
