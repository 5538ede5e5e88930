#include "catalog/store/search_index.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "tests/catalog/store/sample_plugins.h"

namespace stackport {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

class SearchIndexTest : public StoreTest {
 protected:
  void SetUp() override {
    StoreTest::SetUp();
    Apply(Put(SamplePlugin("p", "1",
                           {SampleComponent("acme/xe9680", "Holds eight accelerators.", "Falcon"),
                            SampleComponent("acme/r760", "Small; next to a falcon.", "Sparrow")})));
  }
  std::vector<std::string> Find(std::string_view text) { return *store_->Search(text, 10); }
};

TEST_F(SearchIndexTest, FindsByNameSummaryKindAndVendor) {
  EXPECT_THAT(Find("accelerators"), ElementsAre("acme/xe9680"));
  EXPECT_THAT(Find("XE96"), ElementsAre("acme/xe9680")) << "a beginning is enough";
  EXPECT_THAT(Find("server computing"), UnorderedElementsAre("acme/xe9680", "acme/r760"));
  EXPECT_THAT(Find("server nothing"), IsEmpty()) << "every word is needed";
}

TEST_F(SearchIndexTest, AHitInTheNameComesFirst) {
  EXPECT_THAT(Find("falcon"), ElementsAre("acme/xe9680", "acme/r760"));
  EXPECT_THAT(*store_->Search("falcon", 1), ElementsAre("acme/xe9680"));
}

TEST_F(SearchIndexTest, FollowsTheCurrentSnapshot) {
  Apply(Put(SamplePlugin("p", "2", {SampleComponent("acme/r760", "Plain.", "Wren")})));
  EXPECT_THAT(Find("sparrow"), IsEmpty());
  EXPECT_THAT(Find("wren"), ElementsAre("acme/r760"));
  Apply(Remove("p"));
  EXPECT_THAT(Find("wren"), IsEmpty());
}

TEST_F(SearchIndexTest, OperatorsAndQuotesAreJustText) {
  for (const char* text :
       {"\"", "\"falcon", "falcon OR", "NEAR(", "name:", "*", "a AND NOT b", "^x", "-", "(",
        "falcon\" OR \"x", "'; DROP TABLE search; --", "{id} : x", ""}) {
    EXPECT_TRUE(store_->Search(text, 10).ok()) << text;
  }
  EXPECT_THAT(Find("\"falcon\""), ElementsAre("acme/xe9680", "acme/r760"));
  EXPECT_THAT(Find("..."), IsEmpty());
}

TEST_F(SearchIndexTest, NoBytesMakeASyntaxError) {
  std::mt19937 random(5);
  std::uniform_int_distribution<int> byte(0, 255);
  for (int round = 0; round < 500; ++round) {
    std::string text;
    for (int i = 0; i < round % 40; ++i) text += static_cast<char>(byte(random));
    const auto found = store_->Search(text, 10);
    ASSERT_TRUE(found.ok()) << found.error().ToString();
  }
}

TEST_F(SearchIndexTest, WordsPastTheLimitDoNotCount) {
  std::string text;
  for (std::size_t i = 0; i < kMaxSearchWords; ++i) text += "falcon ";
  EXPECT_THAT(Find(text), testing::SizeIs(2));
  EXPECT_THAT(Find(text + "nothing"), testing::SizeIs(2));
  EXPECT_THAT(Find("nothing " + text), IsEmpty());
}

TEST(SearchQueryTest, QuotesEachWordAsAPrefix) {
  EXPECT_EQ(ToSearchQuery("h100-sxm \"5\""), "\"h100\"* \"sxm\"* \"5\"*");
  EXPECT_EQ(ToSearchQuery(" \t*"), "");
}

}  // namespace
}  // namespace stackport
