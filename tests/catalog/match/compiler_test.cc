#include "catalog/match/compiler.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "catalog/match/compiled_search.h"
#include "catalog/match/site_forms.h"
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

TEST(Compiler, PackagesCanDifferByAsMuchAsARequestMayAsk) {
  const CompiledMatch compiled = Compiled(SmallCatalog());
  int farthest = 0;
  for (const Slot& slot : compiled.problem.slots) farthest += slot.distance_weight;
  EXPECT_EQ(farthest, kMaxMinDifference);
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

// A sovereign region and an ordinary one of the same cloud are two sites, and what is sold there
// under terms of its own, or comes with the region, is a candidate at each.
TEST(Compiler, TwoRegionsOfACloudInOneCountryHaveCandidatesOfTheirOwn) {
  SmallCatalog catalog;
  const std::string offers =
      R"("offers":[{"deployment":["sovereign_cloud"],"location":{"country":"KE",
                    "regions":["two"]}},
                   {"deployment":["cloud"],"location":{"country":"KE","regions":["one"]}}])";
  catalog.PutFree("sky/cloud", "sovereign_cloud",
                  R"([{"capability":"cloud-services","with":{"cloud":"aws",
                      "platform":["kubernetes"]}}])",
                  "[]", offers);
  catalog.PutFree("sky/machine", "cloud_instance",
                  R"([{"capability":"accelerated-compute","with":{"isa":["cuda"],
                      "accelerator":"acc/chip","accelerators":8}}])",
                  R"([{"capability":"cloud-services","where":[{"attribute":"cloud",
                      "in":["aws"]}]}])",
                  offers);
  const PreparedCatalog prepared(catalog.Build());
  const auto compiled =
      CompileChecked(prepared, CountryIndex::Builtin(), Ask(R"(, "deployment": ["sovereign_cloud",
                                                               "cloud_in_country"])"));
  ASSERT_TRUE(compiled.ok()) << compiled.error().ToString();
  const auto ids = [&](int slot) {
    std::vector<std::string> found;
    for (const Candidate& candidate :
         compiled->problem.slots[static_cast<std::size_t>(slot)].candidates) {
      if (candidate.id.starts_with("sky/")) found.push_back(candidate.id);
    }
    return found;
  };
  EXPECT_THAT(ids(kStorageSlot), ElementsAre("sky/cloud@KE", "sky/cloud@KE#2"));
  EXPECT_THAT(ids(kComputeSlot), ElementsAre("sky/machine@KE", "sky/machine@KE#2"));
}

// A sweep compiles a site at a time: what stands there must be named as it is in the whole, or ties
// would be broken another way.
TEST(Compiler, OfOneSiteGivesWhatStandsThereUnderTheSameNames) {
  const PreparedCatalog prepared(WithAnUnstatedPlatform().Build());
  const Request request = Ask("");
  const auto whole = Compile(prepared, CountryIndex::Builtin(), request);
  const auto part = CompileAt(prepared, CountryIndex::Builtin(), request, {"cloud:aws@KE"});
  ASSERT_TRUE(whole.ok() && part.ok());
  const auto names_at_the_site = [&](const CompiledMatch& compiled) {
    FormNumbers numbers;
    const SiteForms forms(prepared, compiled, numbers);
    const auto site = std::find_if(compiled.sites.begin(), compiled.sites.end(),
                                   [](const Site& each) { return each.id == "cloud:aws@KE"; });
    const auto number = static_cast<std::size_t>(site - compiled.sites.begin());
    std::vector<std::string> names;
    for (const Slot& slot : forms.At(std::array{number}).problem.slots) {
      for (const Candidate& candidate : slot.candidates) names.push_back(candidate.id);
    }
    return names;
  };
  const std::vector<std::string> there = names_at_the_site(*part);
  EXPECT_THAT(there, ::testing::Contains("sky/machine@KE"));
  EXPECT_EQ(there, names_at_the_site(*whole));
  // The customer's own hall is left out.
  const auto& platforms = part->problem.slots[kCloudServicesSlot].candidates;
  EXPECT_TRUE(std::none_of(platforms.begin(), platforms.end(),
                           [](const Candidate& each) { return each.id == "hall/platform"; }));
}

}  // namespace
}  // namespace stackport::match
