#include "catalog/model/registry.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace stackport {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;

// A registry with one thing of each sort, where `fact` defines the only fact.
std::string RegistryText(const std::string& fact) {
  return R"({"dimensions": {"power": {"base": "W", "units": {"W": 1, "kW": 1000}}},
             "kinds": {"server": {"layer": "A", "sub_item": "hardware", "meaning": "m"}},
             "facts": {"draw": )" +
         fact + R"(},
             "capabilities": {"hosting": {"layer": "A", "meaning": "m", "attributes": {}}},
             "vocabularies": {"cooling": {"air": "m"}}})";
}

std::string LoadFailure(const std::string& fact) {
  const auto registry = Registry::Load(RegistryText(fact), "test registry");
  EXPECT_FALSE(registry.ok()) << fact;
  if (registry.ok()) return {};
  EXPECT_EQ(registry.error().context, "test registry");
  return registry.error().message;
}

TEST(Registry, TheBuiltInOneIsWhole) {
  const Registry& registry = Registry::Builtin();
  const KindDefinition* server = registry.FindKind("server");
  ASSERT_NE(server, nullptr);
  EXPECT_EQ(server->layer, 'A');
  EXPECT_EQ(server->sub_item, "hardware");
  const AttributeDefinition* memory = registry.FindFact("memory");
  ASSERT_NE(memory, nullptr);
  EXPECT_EQ(memory->type, ValueType::kQuantity);
  EXPECT_EQ(memory->dimension, "data_size");
  EXPECT_EQ(memory->minimum, 1'000'000'000);
  const CapabilityDefinition* cooling = registry.FindCapability("site-cooling");
  ASSERT_NE(cooling, nullptr);
  EXPECT_TRUE(cooling->site);
  EXPECT_EQ(cooling->attributes.at("method").vocabulary, "cooling");
  EXPECT_THAT(registry.KindNames(), Contains("model"));
  EXPECT_THAT(registry.FactNames(), Contains("tdp"));
  EXPECT_THAT(registry.CapabilityNames(), Contains("fabric-port"));
}

TEST(Registry, AnswersNullForWhatItDoesNotKnow) {
  const Registry& registry = Registry::Builtin();
  EXPECT_EQ(registry.FindKind("toaster"), nullptr);
  EXPECT_EQ(registry.FindFact("toast"), nullptr);
  EXPECT_EQ(registry.FindCapability("toasting"), nullptr);
  EXPECT_EQ(registry.FindDimension("brownness"), nullptr);
  EXPECT_EQ(registry.FindVocabulary("bread"), nullptr);
}

// Metamorphic: the same amount in other units is the same number.
TEST(Registry, UnitsRewrittenGiveTheSameBase) {
  const Registry& registry = Registry::Builtin();
  for (const auto& [value, unit] : {std::pair{80.0, "GB"}, {0.08, "TB"}, {80'000.0, "MB"}}) {
    const auto base = registry.ToBase("data_size", value, unit);
    ASSERT_TRUE(base.ok());
    EXPECT_EQ(*base, 80'000'000'000) << unit;
  }
}

TEST(Registry, RoundsToTheNearestBaseUnit) {
  const Registry& registry = Registry::Builtin();
  EXPECT_EQ(*registry.ToBase("money", 0.1234564, "USD"), 123'456);
  EXPECT_EQ(*registry.ToBase("money", 0.1234566, "USD"), 123'457);
  EXPECT_EQ(*registry.ToBase("duration", 2, "wk"), 14);
  EXPECT_EQ(*registry.ToBase("ratio", 0.51, ""), 5100);
}

TEST(Registry, RefusesAUnitOfAnotherDimensionAndNamesItsOwn) {
  const auto base = Registry::Builtin().ToBase("power", 1, "GB");
  ASSERT_FALSE(base.ok());
  EXPECT_THAT(base.error().message, HasSubstr("'GB' is no unit of power"));
  EXPECT_THAT(base.error().message, HasSubstr("MW"));
}

TEST(Registry, RefusesWhatSixtyFourBitsCannotHold) {
  EXPECT_TRUE(Registry::Builtin().ToBase("data_size", 9000, "PB").ok());
  EXPECT_FALSE(Registry::Builtin().ToBase("data_size", 9001, "PB").ok());
  EXPECT_FALSE(Registry::Builtin().ToBase("data_size", -9001, "PB").ok());
  EXPECT_FALSE(Registry::Builtin().ToBase("data_size", 1e308, "PB").ok());
}

TEST(Registry, ReadsWrittenQuantities) {
  const Registry& registry = Registry::Builtin();
  EXPECT_EQ(*registry.ParseQuantity("power", "700 W"), 700);
  EXPECT_EQ(*registry.ParseQuantity("power", "2.5 MW"), 2'500'000);
  EXPECT_EQ(*registry.ParseQuantity("power", "700W"), 700);
  EXPECT_EQ(*registry.ParseQuantity("money", "25 MUSD"), 25'000'000'000'000);
  EXPECT_EQ(*registry.ParseQuantity("money", "1e3 USD"), 1'000'000'000);
}

TEST(Registry, RefusesTextThatIsNoQuantity) {
  for (const char* text : {"", "W", " 700 W", "700", "700  W", "700 W ", "1,000 W", "1.000.000 W",
                           "nan W", "inf W", "-inf W", "0x10 W", "7 0 W", "+7 W", "--7 W"}) {
    EXPECT_FALSE(Registry::Builtin().ParseQuantity("power", text).ok()) << text;
  }
  EXPECT_THAT(Registry::Builtin().ParseQuantity("power", "much").error().message,
              HasSubstr("\"2.5 W\""));
}

TEST(Registry, KnowsWhatAUnitMeasures) {
  EXPECT_EQ(Registry::Builtin().DimensionOfUnit("Gb/s"), "link_rate");
  EXPECT_EQ(Registry::Builtin().DimensionOfUnit("furlong"), std::nullopt);
}

TEST(Registry, LoadsAnotherOneForTests) {
  const auto registry = Registry::Load(
      RegistryText(R"({"type": "quantity", "dimension": "power", "maximum": "2 kW"})"), "test");
  ASSERT_TRUE(registry.ok()) << registry.error().ToString();
  EXPECT_EQ(registry->FindFact("draw")->maximum, 2000);
  EXPECT_EQ(registry->FindFact("draw")->maximum_text, "2 kW");
  EXPECT_EQ(registry->FindFact("draw")->minimum, std::nullopt);
}

TEST(Registry, RefusesAContradictoryOne) {
  EXPECT_THAT(LoadFailure(R"({"type": "colour"})"), HasSubstr("unknown type 'colour'"));
  EXPECT_THAT(LoadFailure(R"({"type": "quantity"})"), HasSubstr("has a dimension"));
  EXPECT_THAT(LoadFailure(R"({"type": "text", "dimension": "power"})"),
              HasSubstr("has a dimension"));
  EXPECT_THAT(LoadFailure(R"({"type": "quantity", "dimension": "love"})"),
              HasSubstr("unknown dimension 'love'"));
  EXPECT_THAT(LoadFailure(R"({"type": "tokens", "vocabulary": "bread"})"),
              HasSubstr("unknown vocabulary 'bread'"));
  EXPECT_THAT(LoadFailure(R"({"type": "integer", "minimum": 2, "maximum": 1})"),
              HasSubstr("minimum is above maximum"));
  EXPECT_THAT(LoadFailure(R"({"type": "quantity", "dimension": "power", "minimum": "1 GB"})"),
              HasSubstr("no unit of power"));
  EXPECT_THAT(LoadFailure("7"), HasSubstr("unknown type"));
  EXPECT_FALSE(Registry::Load("{}", "empty").ok());
  EXPECT_FALSE(Registry::Load("[", "broken").ok());
}

}  // namespace
}  // namespace stackport
