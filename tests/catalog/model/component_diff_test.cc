// What a reader is told when a vendor's documents change.
#include "catalog/model/component_diff.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace stackport {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

Component Described(const std::string& id, const std::string& members = "") {
  Component component;
  component.id = id;
  component.name = "Name of " + id;
  component.document = R"({"id":")" + id + R"(","name":"N")" + members + "}";
  return component;
}

std::string Facts(const std::string& facts) {
  return R"(,"facts":{)" + facts + "}";
}
std::string Offer(const std::string& amount, const std::string& more = "") {
  return R"(,"offers":[{"deployment":["cloud"],"location":{"country":"NO"},"prices":[{"per":"unit",)"
         R"("amount":)" +
         amount + R"(,"currency":"USD","kind":"list","source":"s","as_of":"2026"}])" + more + "}]";
}

ComponentDifference Between(const Component& before, const Component& after) {
  return Compare({&before}, {&after});
}

std::string Line(const ComponentChange& change) {
  return change.component + "|" + std::string(AspectName(change.aspect)) + "|" +
         std::string(ChangeKindName(change.kind)) + "|" + change.name + "|" + change.before + "|" +
         change.after;
}
std::vector<std::string> Lines(const ComponentDifference& difference) {
  std::vector<std::string> lines;
  for (const ComponentChange& change : difference.changes) lines.push_back(Line(change));
  return lines;
}

TEST(Compare, EqualDocumentsDoNotDiffer) {
  const Component a = Described("v/a", Facts(R"("x":{"value":1})"));
  EXPECT_TRUE(Between(a, a).empty());
  EXPECT_EQ(Between(a, a).Summary(), "nothing changed");
}

TEST(Compare, ComponentsComeAndGo) {
  const Component a = Described("v/a");
  const Component b = Described("v/b");
  EXPECT_THAT(Lines(Between(a, b)), ElementsAre("v/a|component|removed||Name of v/a|",
                                                "v/b|component|added|||Name of v/b"));
}

TEST(Compare, FactsShowValueUnitAndWhatIsUnknown) {
  const Component before = Described(
      "v/a", Facts(R"("power":{"value":[9.5,11.5],"unit":"kW"},"us":{"unknown":"not published"})"));
  const Component after = Described(
      "v/a", Facts(R"("power":{"value":12,"unit":"kW"},"us":{"value":60,"unit":"percent"},)"
                   R"("new":{"value":["a","b"]})"));
  EXPECT_THAT(Lines(Between(before, after)),
              ElementsAre("v/a|fact|added|new||a, b", "v/a|fact|changed|power|9.5 to 11.5 kW|12 kW",
                          "v/a|fact|changed|us|unknown: not published|60 percent"));
}

TEST(Compare, PriceOfTheSameOfferIsNoOtherOffer) {
  const ComponentDifference difference =
      Between(Described("v/a", Offer("100")), Described("v/a", Offer("[90,110]")));
  EXPECT_THAT(Lines(difference), ElementsAre("v/a|price|changed|cloud in NO, per unit (list)|100 "
                                             "USD|90 to 110 USD"));
  EXPECT_EQ(difference.Summary(), "1 price changed");
  EXPECT_EQ(ToText(difference),
            "v/a: price cloud in NO, per unit (list) changed from 100 USD to 90 to 110 USD\n");
}

TEST(Compare, OfferSoldElsewhereIsAnotherOffer) {
  const ComponentDifference difference =
      Between(Described("v/a", Offer("100")),
              Described("v/a", Offer("100", R"(,"sold_in":{"only":["KE"]})")));
  ASSERT_EQ(difference.changes.size(), 2u);
  EXPECT_EQ(difference.Summary(), "1 offer added, 1 offer removed");
}

TEST(Compare, WhatIsOfferedAndNeededIsComparedByCapability) {
  const Component before =
      Described("v/a", R"(,"provides":[{"capability":"host","with":{"slots":8}}],)"
                       R"("requires":[{"capability":"rack"}])");
  const Component after =
      Described("v/a", R"(,"provides":[{"capability":"host","with":{"slots":4}}])");
  EXPECT_THAT(Lines(Between(before, after)),
              ElementsAre(R"(v/a|capability|changed|host|{"slots":8}|{"slots":4})",
                          "v/a|requirement|removed|rack|{}|"));
}

TEST(Compare, AnotherSourceAloneIsSaidToBeThat) {
  const ComponentDifference difference =
      Between(Described("v/a", Facts(R"("x":{"value":1,"source":"old"})")),
              Described("v/a", Facts(R"("x":{"value":1,"source":"new"})")));
  EXPECT_THAT(Lines(difference), ElementsAre("v/a|source|changed|||"));
  EXPECT_EQ(difference.Summary(), "1 source changed");
}

TEST(Compare, TextOfAVendorCannotBreakALine) {
  const ComponentDifference difference = Between(Described("v/a", R"(,"summary":"a")"),
                                                 Described("v/a", R"(,"summary":"b\nc\u001b")"));
  ASSERT_EQ(difference.changes.size(), 1u);
  EXPECT_THAT(difference.changes[0].after, HasSubstr("\\x"));
}

TEST(ToJson, ListsUpToTheLimitAndCountsAll) {
  for (const std::size_t count : {kMaxListedChanges, kMaxListedChanges + 1}) {
    std::vector<Component> components;
    for (std::size_t i = 0; i < count; ++i)
      components.push_back(Described("v/" + std::to_string(i)));
    std::vector<const Component*> after;
    for (const Component& component : components) after.push_back(&component);
    const ComponentDifference difference = Compare({}, after);
    json::Document document;
    const json::Value value = ToJson(difference, document.GetAllocator());
    EXPECT_EQ(value["changes"].Size(), kMaxListedChanges);
    EXPECT_EQ(value["counts"]["component_added"].GetUint64(), count);
    EXPECT_EQ(json::IntOr(value, "changes_left_off", 0), count == kMaxListedChanges ? 0 : 1);
  }
}

}  // namespace
}  // namespace stackport
