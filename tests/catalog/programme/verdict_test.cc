#include "catalog/programme/verdict.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "catalog/countries/country_index.h"
#include "catalog/programme/destination.h"
#include "catalog/programme/licence.h"
#include "catalog/programme/members.h"
#include "catalog/programme/us_content.h"

namespace stackport {
namespace {

TEST(VerdictTest, IsWrittenWithSourcesDatesAndMark) {
  RuleVerdict verdict;
  verdict.rule = "member";
  verdict.holds = Truth::kUnknown;
  verdict.explanation = "Not known.";
  verdict.sources = {{"https://example.org/call", "2026-04-10"}};
  verdict.confidence = Confidence::kSecondary;
  verdict.open_questions = {"Where?"};
  json::Document document;
  EXPECT_EQ(json::Write(ToJson(verdict, document.GetAllocator())),
            R"({"rule":"member","holds":"unknown","explanation":"Not known.",)"
            R"("sources":[{"source":"https://example.org/call","as_of":"2026-04-10"}],)"
            R"("confidence":"S","open_questions":["Where?"]})");
}

TEST(VerdictTest, EveryVerdictNamesASourceWithADate) {
  const CountryIndex& countries = CountryIndex::Builtin();
  std::vector<RuleVerdict> verdicts = {JudgeMember({}, 'C'), ClassifyAccelerator({}).verdict,
                                       JudgeUsContent({})->verdict};
  for (const Country& country : countries.All()) {
    verdicts.push_back(JudgeDestination(countries, country.code));
    verdicts.push_back(JudgeMarket(countries, country.code));
    verdicts.push_back(JudgeLicence(countries, {country.code, {}, {}}, {}).verdict);
  }
  for (const RuleVerdict& verdict : verdicts) {
    EXPECT_FALSE(verdict.rule.empty());
    EXPECT_FALSE(verdict.explanation.empty()) << verdict.rule;
    ASSERT_FALSE(verdict.sources.empty()) << verdict.rule;
    for (const RuleSource& source : verdict.sources) {
      EXPECT_FALSE(source.address.empty()) << verdict.rule;
      EXPECT_FALSE(source.as_of.empty()) << verdict.rule;
    }
  }
}

}  // namespace
}  // namespace stackport
