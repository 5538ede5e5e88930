#include "catalog/match/compiler.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/support/small_catalog.h"

namespace stackport::match {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::SmallCatalog;

Request Ask(const std::string& more) {
  auto document = json::Parse(R"({"country": "KE", "use_cases": [{"task":
    "agriculture.farmer_advice", "languages": ["sw", "en"], "users": 30000}])" +
                                  more + "}",
                              "request");
  EXPECT_TRUE(document.ok());
  ParsedRequest parsed = ParseRequest(*document, Registry::Builtin(), CountryIndex::Builtin());
  for (const Finding& finding : parsed.findings) ADD_FAILURE() << ToText(finding);
  return std::move(parsed.request).value_or(Request{});
}

CompiledMatch Compiled(const SmallCatalog& catalog, const std::string& more = "") {
  const PreparedCatalog prepared(catalog.Build());
  auto compiled = Compile(prepared, CountryIndex::Builtin(), Ask(more));
  EXPECT_TRUE(compiled.ok()) << (compiled.ok() ? "" : compiled.error().ToString());
  return compiled.ok() ? std::move(*compiled) : CompiledMatch{};
}

// Slots beyond those that every request has.
std::vector<std::string> OpenSlots(const CompiledMatch& compiled) {
  std::vector<std::string> names;
  for (std::size_t s = kFixedSlots; s < compiled.problem.slots.size(); ++s) {
    names.push_back(compiled.problem.slots[s].name);
  }
  return names;
}

constexpr const char* kNeedsOpenShift =
    R"([{"capability":"cloud-services","where":[{"attribute":"platform","in":["openshift"]}]}])";

std::string Deployed(const std::string& deployment) {
  return R"("offers":[{"deployment":[")" + deployment + R"("],"sold_in":{"all_except":["CU"]}}])";
}

// A platform for the customer's hall that does not say what it is, and a cloud with one machine.
SmallCatalog WithAnUnstatedPlatform() {
  SmallCatalog catalog;
  catalog.PutFree("hall/platform", "cloud_platform",
                  R"([{"capability":"cloud-services","with":{"customer_site":true}}])", "[]",
                  Deployed("on_premises"));
  catalog.PutFree("sky/cloud", "cloud_provider",
                  R"([{"capability":"cloud-services","with":{"cloud":"aws",
                      "platform":["kubernetes"]}}])",
                  "[]",
                  R"("offers":[{"deployment":["cloud"],"location":{"country":"KE",
                      "regions":["one"]}}])");
  catalog.PutFree("sky/machine", "cloud_instance",
                  R"([{"capability":"accelerated-compute","with":{"isa":["cuda"],
                      "accelerator":"acc/chip","accelerators":8}}])",
                  R"([{"capability":"cloud-services","where":[{"attribute":"cloud",
                      "in":["aws"]}]}])",
                  R"("offers":[{"deployment":["cloud"],"location":{"country":"KE",
                      "regions":["one"]}}])");
  return catalog;
}

TEST(Compiler, AnUnknownThatAnotherPartCouldSettleIsAnOptionalSlot) {
  SmallCatalog catalog = WithAnUnstatedPlatform();
  catalog.PutFree("flow/pipe", "data_pipeline", R"([{"capability":"data-pipeline"}])",
                  kNeedsOpenShift, Deployed("on_premises"));
  EXPECT_THAT(OpenSlots(Compiled(catalog)),
              ElementsAre("open: cloud-services with platform in openshift"));
}

TEST(Compiler, NothingIsLeftOpenBetweenPartsThatNeverStandAtOneSite) {
  SmallCatalog catalog = WithAnUnstatedPlatform();
  catalog.PutFree("flow/pipe", "data_pipeline", R"([{"capability":"data-pipeline"}])",
                  kNeedsOpenShift, Deployed("cloud"));
  const CompiledMatch compiled = Compiled(catalog);
  EXPECT_EQ(compiled.sites.size(), 3u);
  EXPECT_THAT(OpenSlots(compiled), IsEmpty());
}

TEST(Compiler, WhatNobodyCanUseLeavesNothingOpen) {
  SmallCatalog catalog = WithAnUnstatedPlatform();
  catalog.PutFree("flow/pipe", "data_pipeline", R"([{"capability":"data-pipeline"}])",
                  kNeedsOpenShift, Deployed("on_premises"));
  EXPECT_THAT(OpenSlots(Compiled(catalog, R"(, "ban": {"components": ["flow/pipe"]})")), IsEmpty());
}

}  // namespace
}  // namespace stackport::match
