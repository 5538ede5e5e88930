// Words are made on demand, and are those of the rules that decided.
#include "catalog/match/wording.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <string>

#include "catalog/match/compiler.h"
#include "tests/support/small_catalog.h"

namespace stackport::match {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using testing::SmallCatalog;

constexpr const char* kRequest = R"({"country": "KE", "deployment": ["on_premises"],
  "use_cases": [{"task": "agriculture.farmer_advice", "languages": ["sw"], "users": 30000}]})";

class WordingTest : public ::testing::Test {
 protected:
  void Compiled(const SmallCatalog& catalog, const std::string& text = kRequest) {
    auto document = json::Parse(text, "request");
    request_ = *ParseRequest(*document, Registry::Builtin(), countries_).request;
    catalog_ = std::make_unique<PreparedCatalog>(catalog.Build());
    compiled_ = *Compile(*catalog_, countries_, request_);
    wording_ = std::make_unique<Wording>(*catalog_, countries_, request_, compiled_);
  }

  const CountryIndex& countries_ = CountryIndex::Builtin();
  Request request_;
  std::unique_ptr<PreparedCatalog> catalog_;
  CompiledMatch compiled_;
  std::unique_ptr<Wording> wording_;
};

TEST_F(WordingTest, ACandidateTellsItsPriceAndWhyItIsEligible) {
  Compiled(SmallCatalog());
  ASSERT_THAT(compiled_.parts[kServerSlot], SizeIs(1));
  EXPECT_EQ(compiled_.parts[kServerSlot][0].words, nullptr);
  const PartWords& words = wording_->Of(kServerSlot, 0);
  EXPECT_THAT(words.money.origin, HasSubstr("list price 100000.00 USD per unit"));
  EXPECT_THAT(words.because, Contains("offered in KE"));
  EXPECT_EQ(words.lead_driver, "stated lead time");
}

TEST_F(WordingTest, AsManyQuestionsAreWrittenAsAreCounted) {
  SmallCatalog catalog;
  catalog.Edit("lab/model", R"("languages":{"value":["en","sw"],"source":"test","as_of":"2026"})",
               R"("languages":{"unknown":"not published"})");
  catalog.PutFree("flow/pipe", "data_pipeline", R"([{"capability":"data-pipeline"}])", "[]",
                  R"("offers":[{"deployment":["on_premises"]}])");
  Compiled(catalog);
  int asked = 0;
  for (std::size_t s = 0; s < compiled_.parts.size(); ++s) {
    for (std::size_t c = 0; c < compiled_.parts[s].size(); ++c) {
      int decisive = 0;
      for (const OpenQuestion& question : wording_->Of(s, c).questions) {
        decisive += question.decisive ? 1 : 0;
      }
      EXPECT_EQ(decisive, compiled_.parts[s][c].decisive_questions) << s << " " << c;
      asked += decisive;
    }
  }
  EXPECT_GE(asked, 2);
}

TEST_F(WordingTest, WhatIsLeftOutSaysTheFirstRuleThatExcludesIt) {
  SmallCatalog catalog;
  const auto pipe = [&](const char* id, const char* requires_json, const char* offer) {
    catalog.PutFree(id, "data_pipeline", R"([{"capability":"data-pipeline"}])", requires_json,
                    std::string(R"("offers":[)") + offer + "]");
  };
  pipe("cn/pipe", "[]", R"({"deployment":["on_premises"]})");
  catalog.SetHeadquarters("cn", "CN");
  pipe("far/pipe", "[]", R"({"deployment":["on_premises"],"sold_in":{"only":["DE"]}})");
  pipe("needy/pipe", R"([{"capability":"cloud-services","where":[{"attribute":"platform",
                          "in":["openshift"]}]}])",
       R"({"deployment":["on_premises"],"sold_in":{"all_except":["CU"]}})");
  catalog.PutFree("odd/hall", "facility", R"([{"capability":"site-platform"}])", "[]",
                  R"("offers":[{"deployment":["on_premises"]}])");
  Compiled(catalog);
  std::map<std::string, std::string> told;
  for (const LeftOut& left_out : FindLeftOut(*catalog_, countries_, request_, compiled_)) {
    const Exclusion exclusion = wording_->Of(left_out);
    EXPECT_EQ(exclusion.reason, left_out.reason);
    told[exclusion.component] = exclusion.reason + ": " + exclusion.text;
  }
  EXPECT_THAT(told, SizeIs(4));
  EXPECT_THAT(told["cn/pipe"], HasSubstr("member_rule: "));
  EXPECT_EQ(told["far/pipe"], "not_offered: it is offered only in DE, not in KE");
  EXPECT_EQ(told["needy/pipe"],
            "unmet_requirement: no eligible component provides cloud-services with platform in "
            "openshift");
  EXPECT_THAT(told["odd/hall"], HasSubstr("not_demanded: no demand of this request asks"));
}

TEST_F(WordingTest, ACandidateIsNotLeftOut) {
  Compiled(SmallCatalog());
  EXPECT_THAT(FindLeftOut(*catalog_, countries_, request_, compiled_), IsEmpty());
  EXPECT_EQ(WhyLeftOut(*catalog_, countries_, request_, compiled_, catalog_->At(0)), std::nullopt);
}

}  // namespace
}  // namespace stackport::match
