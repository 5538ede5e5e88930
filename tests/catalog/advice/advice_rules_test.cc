#include "catalog/advice/advice_rules.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace stackport {
namespace {

using ::testing::HasSubstr;

TEST(AdviceRules, FitTheRegistryThatIsCompiledIn) {
  const AdviceRules& rules = AdviceRules::Builtin();
  EXPECT_GT(rules.usual.size(), 30U);
  const UsualRange* memory = rules.Find("memory", "accelerator");
  ASSERT_NE(memory, nullptr);
  EXPECT_EQ(memory->minimum, 8'000'000'000);
  EXPECT_FALSE(memory->because.empty());
  EXPECT_EQ(rules.Find("memory", "server"), nullptr);
  EXPECT_NE(rules.Find("price.user_month", "application"), nullptr);
}

// A usual range that allows more than the registry does would never speak.
TEST(AdviceRules, AreNarrowerThanTheBoundsThatRefuse) {
  for (const auto& [of, range] : AdviceRules::Builtin().usual) {
    const AttributeDefinition* fact = Registry::Builtin().FindFact(of);
    if (fact == nullptr || !fact->minimum || !fact->maximum) continue;
    EXPECT_GE(range.minimum, *fact->minimum) << of;
    EXPECT_LE(range.maximum, *fact->maximum) << of;
  }
}

std::string ErrorOf(const std::string& usual, const std::string& recommended = "") {
  const auto rules =
      AdviceRules::Load(R"({"usual":[)" + usual + R"(],"recommended":{)" + recommended +
                            R"(},"stale_after_days":{"price":1,"fact":1},)"
                            R"("languages_confused_with_countries":{},"no_sources":[]})",
                        Registry::Builtin());
  return rules.ok() ? "" : rules.error().ToString();
}

TEST(AdviceRules, NameWhatTheRegistryDoesNotKnow) {
  EXPECT_EQ(ErrorOf(R"({"of":"memory","minimum":"1 GB","maximum":"2 GB","because":"x"})"), "");
  EXPECT_THAT(ErrorOf(R"({"of":"memroy","minimum":"1 GB","maximum":"2 GB","because":"x"})"),
              HasSubstr("memroy"));
  EXPECT_THAT(ErrorOf(R"({"of":"memory","minimum":"1 W","maximum":"2 GB","because":"x"})"),
              HasSubstr("memory"));
  EXPECT_THAT(ErrorOf(R"({"of":"memory","minimum":"3 GB","maximum":"2 GB","because":"x"})"),
              HasSubstr("runs upwards"));
  EXPECT_THAT(
      ErrorOf(R"({"of":"memory","kinds":["gpu"],"minimum":"1 GB","maximum":"2 GB","because":"x"})"),
      HasSubstr("no kind 'gpu'"));
  EXPECT_EQ(ErrorOf("", R"("server":{"accelerator-host.slots":"x","max_power":"y"})"), "");
  EXPECT_THAT(ErrorOf("", R"("server":{"accelerator-host.slot":"x"})"),
              HasSubstr("no fact or attribute 'accelerator-host.slot'"));
}

}  // namespace
}  // namespace stackport
