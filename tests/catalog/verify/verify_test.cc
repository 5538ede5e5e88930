// The second opinion: an honest result holds in every point, and each kind of tampering is found,
// also by one who computes the result's id anew.
#include "catalog/verify/verify.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>

#include "catalog/match/matcher.h"
#include "tests/support/small_catalog.h"

namespace stackport::verify {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::Field;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::SmallCatalog;

constexpr const char* kRequest = R"({
  "country": "KE",
  "use_cases": [{"task": "agriculture.farmer_advice", "languages": ["sw", "en"], "users": 30000}],
  "deployment": ["on_premises"], "limits": {"tco": "9 MUSD", "site_power": "50 kW"},
  "top": 3, "min_difference": 1})";

// Two chips and two arrays, so that there is an order to speak of.
SmallCatalog Catalog() {
  SmallCatalog catalog;
  catalog.Put(
      "disk/other",
      R"({"schema":"stackport.component/1","id":"disk/other","name":"Other","kind":"storage_system","summary":"x",
      "provides":[{"capability":"data-storage","with":{"access":["nas"],"capacity":"20 TB"}}],
      "offers":[{"deployment":["on_premises"],
        "prices":[{"per":"unit","amount":90000,"currency":"USD","kind":"list","source":"test","as_of":"2026"}]}]})");
  catalog.Put(
      "lab/closed",
      R"({"schema":"stackport.component/1","id":"lab/closed","name":"Closed","kind":"model","summary":"x",
      "facts":{"parameters":{"value":20,"unit":"B","source":"test","as_of":"2026"},
               "languages":{"value":["fr"],"source":"test","as_of":"2026"}},
      "provides":[{"capability":"language-model","with":{"model":"closed","family":"lab","self_hosted":true}}],
      "offers":[{"deployment":["on_premises"],"prices":[{"per":"unit","amount":0,"currency":"USD","kind":"free","source":"test","as_of":"2026"}]}]})");
  return catalog;
}

// A cloud whose region states no price of its object storage.
SmallCatalog CloudCatalog() {
  const char* region =
      R"("offers":[{"deployment":["cloud"],"location":{"country":"KE","regions":["one"]},
         "prices":[{"per":"unit_hour","amount":20,"currency":"USD","kind":"list","source":"test","as_of":"2026"}]}])";
  SmallCatalog catalog;
  catalog.PutFree(
      "sky/cloud", "cloud_provider",
      R"([{"capability":"cloud-services","with":{"cloud":"aws","platform":["kubernetes"]}}])", "[]",
      R"("offers":[{"deployment":["cloud"],"location":{"country":"KE","regions":["one"]}}])");
  catalog.PutFree(
      "sky/machine", "cloud_instance",
      R"([{"capability":"accelerated-compute","with":{"isa":["cuda"],"accelerator":"acc/chip","accelerators":8}}])",
      R"([{"capability":"cloud-services","where":[{"attribute":"cloud","in":["aws"]}]}])", region);
  return catalog;
}

class VerifyTest : public ::testing::Test {
 protected:
  explicit VerifyTest(const SmallCatalog& catalog = Catalog()) : snapshot_(catalog.Build()) {}
  void SetUp() override { Ask(kRequest); }

  void Ask(const std::string& text) {
    const auto asked = json::Parse(text, "request");
    ASSERT_TRUE(asked.ok());
    const auto parsed = match::ParseRequest(*asked, Registry::Builtin(), CountryIndex::Builtin());
    ASSERT_TRUE(parsed.request.has_value()) << ToText(parsed.findings.front());
    auto result = match::Matcher(snapshot_, CountryIndex::Builtin()).Match(*parsed.request);
    ASSERT_TRUE(result.ok()) << result.error().ToString();
    result_ = std::move(*result);
  }

  // The n-th part of candidate `rank` that answers a demand.
  json::Value& Part(const char* demand, rapidjson::SizeType rank = 0) {
    for (json::Value& part : result_["candidates"][rank]["parts"].GetArray()) {
      for (const json::Value& answered : part["demands"].GetArray()) {
        if (answered == json::Value(demand, result_.GetAllocator())) return part;
      }
    }
    throw std::logic_error(std::string("no part answers ") + demand);
  }

  // What does not hold, once the tamperer has computed the id anew.
  std::vector<Check> Differences() {
    result_["id"].SetString(IdOf(result_), result_.GetAllocator());
    const auto claim = ReadClaim(result_);
    EXPECT_TRUE(claim.ok()) << claim.error().ToString();
    std::vector<Check> differences;
    if (!claim) return differences;
    const Verification verification = Verify(result_, *claim, *snapshot_, CountryIndex::Builtin());
    for (const CheckList& list : verification.lists) {
      for (const Check& check : list.checks()) {
        if (check.standing == Standing::kDiffers) differences.push_back(check);
      }
    }
    return differences;
  }

  const SnapshotPtr snapshot_;
  json::Document result_;
};

auto Differs(const std::string& area, const std::string& subject, const std::string& what) {
  return Contains(AllOf(Field(&Check::area, area), Field(&Check::subject, subject),
                        Field(&Check::what, HasSubstr(what))));
}

TEST_F(VerifyTest, AnHonestResultHoldsAndSaysWhatWasNotChecked) {
  ASSERT_GE(result_["candidates"].Size(), 2U);
  const auto claim = ReadClaim(result_);
  ASSERT_TRUE(claim.ok()) << claim.error().ToString();
  const Verification verification = Verify(result_, *claim, *snapshot_, CountryIndex::Builtin());
  EXPECT_TRUE(verification.ok());
  EXPECT_GT(verification.Count(Standing::kHolds), 300U);
  EXPECT_THAT(verification.lists.front().checks(),
              Contains(AllOf(Field(&Check::what, "no better package exists"),
                             Field(&Check::standing, Standing::kNotChecked))));
  EXPECT_THAT(Differences(), IsEmpty());
}

TEST_F(VerifyTest, AChangedByteShowsInTheId) {
  result_["country_name"].SetString("Keny", result_.GetAllocator());
  const auto claim = ReadClaim(result_);
  ASSERT_TRUE(claim.ok());
  const Verification verification = Verify(result_, *claim, *snapshot_, CountryIndex::Builtin());
  EXPECT_THAT(
      verification.lists.front().checks(),
      Contains(AllOf(Field(&Check::subject, "id"), Field(&Check::standing, Standing::kDiffers))));
}

TEST_F(VerifyTest, AChangedPriceIsFound) {
  Part("servers")["cost"]["capex"]["low"].SetInt64(1);
  Part("servers")["cost"]["capex"]["high"].SetInt64(1);
  EXPECT_THAT(Differences(), Differs("cost", "box/server", "capital"));
}

TEST_F(VerifyTest, AChangedTotalIsFound) {
  json::Value& tco = result_["candidates"][0]["figures"]["tco"];
  tco["high"].SetInt64(tco["high"].GetInt64() - 1);
  EXPECT_THAT(Differences(), Differs("figures", "package", "tco"));
}

TEST_F(VerifyTest, AReducedCountIsFound) {
  json::Value& chips = Part("accelerated compute");
  chips["quantity"].SetInt64(chips["quantity"].GetInt64() - 1);
  EXPECT_THAT(Differences(), Differs("quantities", "acc/chip", "quantity"));
}

TEST_F(VerifyTest, AnInventedSpeedIsFound) {
  Part("accelerated compute")["throughput"]["tokens_per_s_per_replica"].SetDouble(1e6);
  EXPECT_THAT(Differences(), Differs("quantities", "acc/chip", "tokens of a replica"));
}

TEST_F(VerifyTest, ASwappedComponentIsFound) {
  Part("model")["component"].SetString("lab/closed", result_.GetAllocator());
  const auto differences = Differences();
  EXPECT_THAT(differences, Differs("components", "lab/closed", "name"));
  EXPECT_THAT(differences, Differs("eligibility", "lab/closed", "may be part"));
}

TEST_F(VerifyTest, AComponentThatIsNotInTheSnapshotIsFound) {
  Part("storage")["component"].SetString("disk/none", result_.GetAllocator());
  EXPECT_THAT(Differences(), Differs("components", "disk/none", "in the snapshot"));
}

TEST_F(VerifyTest, ASwappedOrderIsFound) {
  json::Value& candidates = result_["candidates"];
  candidates[0].Swap(candidates[1]);
  candidates[0]["rank"].SetInt(1);
  candidates[1]["rank"].SetInt(2);
  EXPECT_THAT(Differences(), Differs("order", "candidate 2", "not better than"));
}

TEST_F(VerifyTest, ALeftOutBestIsFoundWhereItIsShownElsewhere) {
  json::Value& candidates = result_["candidates"];
  candidates.Erase(candidates.Begin());
  for (rapidjson::SizeType i = 0; i < candidates.Size(); ++i) {
    candidates[i]["rank"].SetUint(i + 1);
  }
  EXPECT_THAT(Differences(), Differs("order", "candidates", "belongs before"));
}

TEST_F(VerifyTest, TheSameCandidateTwiceIsFound) {
  json::Value& candidates = result_["candidates"];
  candidates[1].CopyFrom(candidates[0], result_.GetAllocator());
  candidates[1]["rank"].SetInt(2);
  EXPECT_THAT(Differences(), Differs("order", "candidate 2", "differs enough"));
}

TEST_F(VerifyTest, ADroppedDemandIsFound) {
  json::Value& parts = result_["candidates"][0]["parts"];
  for (auto part = parts.Begin(); part != parts.End(); ++part) {
    if (std::string((*part)["component"].GetString()) != "guard/model") continue;
    parts.Erase(part);
    break;
  }
  EXPECT_THAT(Differences(), Differs("demands", "model_scanning", "answered once"));
}

TEST_F(VerifyTest, APassedLimitIsFound) {
  result_["effective_request"]["limits"]["tco"].SetString("1.00 USD", result_.GetAllocator());
  EXPECT_THAT(Differences(), Differs("limits", "package", "tco"));
}

TEST_F(VerifyTest, AHiddenOpenQuestionIsFound) {
  Part("storage", 0)["open_questions"].SetInt64(0);
  Part("storage", 1)["open_questions"].SetInt64(0);
  EXPECT_THAT(Differences(), Differs("eligibility", "disk/other", "open questions"));
}

class VerifyCloudTest : public VerifyTest {
 protected:
  VerifyCloudTest() : VerifyTest(CloudCatalog()) {}
};

// What is paid by the month can pass a limit on the running or the total cost, never one on
// capital.
TEST_F(VerifyCloudTest, AnUnstatedStoragePriceIsAQuestionWhereALimitHangsOnIt) {
  for (const auto& [limit, questions] :
       {std::pair("capex", 0), std::pair("opex", 1), std::pair("tco", 1)}) {
    Ask(std::string(R"({"country":"KE","deployment":["cloud_in_country"],
         "use_cases":[{"task":"agriculture.farmer_advice","languages":["sw"],"users":3000}],
         "limits":{")") +
        limit + R"(":"900 MUSD"}})");
    ASSERT_EQ(result_["candidates"].Size(), 1U) << limit;
    EXPECT_EQ(Part("storage")["open_questions"].GetInt64(), questions) << limit;
    EXPECT_THAT(Differences(), IsEmpty()) << limit;
    Part("storage")["open_questions"].SetInt64(1 - questions);
    EXPECT_THAT(Differences(), Differs("open questions", "sky/cloud", "listed")) << limit;
  }
}

TEST_F(VerifyTest, AQuestionTakenOffTheListIsFound) {
  std::string component;
  for (json::Value& candidate : result_["candidates"].GetArray()) {
    for (json::Value& question : candidate["open_questions"].GetArray()) {
      if (!component.empty() || !question["decisive"].GetBool()) continue;
      component = question["component"].GetString();
      question["decisive"].SetBool(false);
    }
  }
  ASSERT_NE(component, "");
  const auto differences = Differences();
  EXPECT_THAT(differences, Differs("open questions", component, "listed"));
  EXPECT_THAT(differences, Differs("open questions", "package", "listed"));
}

TEST_F(VerifyTest, AProofThatContradictsItselfIsFound) {
  json::Value& proof = result_["proof"];
  proof["status"].SetString("infeasible");
  EXPECT_THAT(Differences(), Differs("proof", "status", "candidates"));
  proof["status"].SetString("stopped");
  EXPECT_THAT(Differences(), Differs("proof", "reproducible", "stopped"));
  proof["status"].SetString("optimal");
  proof["levels"][0].SetString("vendors");
  EXPECT_THAT(Differences(), Differs("proof", "levels", "order"));
}

// The best package of the class stands beside the list, and the bound says that it cannot exist.
TEST_F(VerifyTest, ABoundThatAPackageShownElsewherePassesIsFound) {
  json::Value& proof = result_["proof"];
  json::Value bound(rapidjson::kArrayType);
  for (rapidjson::SizeType l = 0; l < proof["levels"].Size(); ++l) {
    bound.PushBack(l == 0 ? 99 : 0, result_.GetAllocator());
  }
  json::Set(proof, "bound", std::move(bound), result_.GetAllocator());
  EXPECT_THAT(Differences(), Differs("proof", "bound", "was stopped"));
  proof["status"].SetString("stopped");
  result_["reproducible"].SetBool(false);
  EXPECT_THAT(Differences(), IsEmpty()) << "everything shown is listed, so a bound can be any";
  result_["candidates"].Clear();
  EXPECT_THAT(Differences(), Differs("proof", "bound", "is better"));
}

TEST_F(VerifyTest, AnExcludedComponentOfACandidateIsFound) {
  json::Value& groups = result_["excluded"]["groups"];
  ASSERT_FALSE(groups.Empty());
  groups[0]["components"].PushBack("disk/array", result_.GetAllocator());
  EXPECT_THAT(Differences(), Differs("exclusions", "disk/array", "is in no candidate"));
}

TEST_F(VerifyTest, ABanAndAPinCount) {
  result_["effective_request"]["ban"]["vendors"].PushBack("box", result_.GetAllocator());
  result_["effective_request"]["pin"]["components"].PushBack("disk/missing",
                                                             result_.GetAllocator());
  const auto differences = Differences();
  EXPECT_THAT(differences, Differs("eligibility", "box/server", "may be part"));
  EXPECT_THAT(differences, Differs("demands", "disk/missing", "is pinned"));
}

TEST_F(VerifyTest, ASmallestModelCounts) {
  json::Value least(rapidjson::kObjectType);
  json::Set(least, "min_parameters", "30000000000 parameters", result_.GetAllocator());
  json::Set(result_["effective_request"], "model", std::move(least), result_.GetAllocator());
  EXPECT_THAT(Differences(), Differs("eligibility", "lab/model", "may be part"));
}

TEST_F(VerifyTest, ADemandThatItDoesNotKnowIsNamedAsNotChecked) {
  json::Set(result_["effective_request"], "moon_phase", "full", result_.GetAllocator());
  const auto claim = ReadClaim(result_);
  ASSERT_TRUE(claim.ok());
  const Verification verification = Verify(result_, *claim, *snapshot_, CountryIndex::Builtin());
  EXPECT_THAT(verification.lists.front().checks(),
              Contains(AllOf(Field(&Check::subject, "moon_phase"),
                             Field(&Check::standing, Standing::kNotChecked))));
}

TEST_F(VerifyTest, AnotherSnapshotIsFound) {
  result_["snapshot"].SetString("s-0000000000000000", result_.GetAllocator());
  EXPECT_THAT(Differences(), Differs("result", "snapshot", "checked against"));
}

TEST_F(VerifyTest, AWrongExclusionIsFound) {
  json::Value& groups = result_["excluded"]["groups"];
  ASSERT_FALSE(groups.Empty());
  groups[0]["reason"].SetString("language", result_.GetAllocator());
  groups[0]["components"].Clear();
  groups[0]["components"].PushBack("box/server", result_.GetAllocator());
  EXPECT_THAT(Differences(), Differs("exclusions", "box/server", "excluded by"));
}

TEST_F(VerifyTest, WhatIsNoResultIsRefusedWithItsPlace) {
  result_["candidates"][0]["parts"][0].RemoveMember("quantity");
  const auto claim = ReadClaim(result_);
  ASSERT_FALSE(claim.ok());
  EXPECT_THAT(claim.error().ToString(), HasSubstr("/candidates/0/parts/0"));
  EXPECT_THAT(claim.error().ToString(), HasSubstr("'quantity' is missing"));
  EXPECT_FALSE(ReadClaim(json::Value(7)).ok());
}

TEST_F(VerifyTest, MorePartsThanAnyPackageHasAreRefused) {
  json::Value& parts = result_["candidates"][0]["parts"];
  while (parts.Size() < kMaxClaimedParts) {
    parts.PushBack(json::Value(parts[0], result_.GetAllocator()), result_.GetAllocator());
  }
  EXPECT_TRUE(ReadClaim(result_).ok());
  parts.PushBack(json::Value(parts[0], result_.GetAllocator()), result_.GetAllocator());
  EXPECT_FALSE(ReadClaim(result_).ok());
}

}  // namespace
}  // namespace stackport::verify
