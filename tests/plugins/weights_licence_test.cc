// Licences of model weights over the bundled catalog: who may run which model for what.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/plugins/asking.h"
#include "tests/plugins/bundled_catalog.h"

namespace stackport {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

// A service on the customer's own ground, asking for nothing but the language and the model.
std::string OwnGround(const std::string& country, const std::string& model,
                      const std::string& more = "") {
  return R"({"country":")" + country +
         R"(","use_cases":[{"task":"assistant.general","languages":["en"],"users":5000}],)" +
         R"("deployment":["on_premises"],"top":1,"best_per":"none")" +
         (model.empty() ? "" : R"(,"pin":{"components":[")" + model + "\"]}") + more + "}";
}

std::vector<std::string> ModelsWithUse(const std::string& use) {
  std::vector<std::string> models;
  for (const Component& component : BundledCatalog()->components) {
    const Fact* fact = component.FindFact("commercial_use");
    if (fact != nullptr && fact->value.tokens.front() == use) models.push_back(component.id);
  }
  return models;
}

// Every licence text in the catalog that says research or non-commercial.
TEST(WeightsLicences, ForResearchAloneAreTheseFour) {
  EXPECT_THAT(ModelsWithUse("forbidden"),
              ElementsAre("cohere/aya-expanse-32b", "cohere/command-a", "cohere/command-r7b",
                          "mistral/mistral-large-2411"));
}

TEST(WeightsLicences, ForResearchAloneRunNoServiceAndTheReasonSaysSo) {
  for (const std::string& model : ModelsWithUse("forbidden")) {
    const json::Document explained = Explain(OwnGround("PL", ""), model);
    EXPECT_STREQ(explained["answer"].GetString(), "excluded") << model;
    const json::Value& exclusion = explained["exclusion"];
    EXPECT_EQ(Text(exclusion, "reason"), "commercial_use") << model;
    EXPECT_THAT(Text(exclusion, "text"), HasSubstr("research or non-commercial use only")) << model;
    EXPECT_EQ(Text(exclusion["facts"][0], "fact"), "commercial_use") << model;
    EXPECT_FALSE(Text(exclusion["facts"][0], "source").empty()) << model;
  }
}

TEST(WeightsLicences, ForResearchAloneServeResearch) {
  const json::Document result =
      Answer(OwnGround("PL", "mistral/mistral-large-2411", R"(,"purpose":"research")"));
  ASSERT_EQ(result["candidates"].Size(), 1U);
  EXPECT_TRUE(ComponentsOf(result["candidates"][0]).contains("mistral/mistral-large-2411"));
}

std::vector<std::string> LicenceQuestions(const std::string& request) {
  const json::Document result = Answer(request);
  std::vector<std::string> facts;
  EXPECT_EQ(result["candidates"].Size(), 1U) << request;
  if (result["candidates"].Empty()) return facts;
  for (const json::Value& question : result["candidates"][0]["open_questions"].GetArray()) {
    if (Text(question, "needed_by") == "licence of the weights")
      facts.push_back(Text(question, "fact"));
  }
  return facts;
}

// Llama 4 licenses nobody who is based in the EU; Llama 3.3 does.
TEST(WeightsLicences, OfLlamaFourAskWhoOperatesInTheUnionOnly) {
  EXPECT_THAT(LicenceQuestions(OwnGround("DE", "meta/llama-4-scout")),
              ElementsAre("unlicensed_countries"));
  EXPECT_THAT(LicenceQuestions(OwnGround("NO", "meta/llama-4-scout")), ElementsAre());
  EXPECT_THAT(LicenceQuestions(OwnGround("DE", "meta/llama-3.3-70b")), ElementsAre());
}

TEST(WeightsLicences, OfLlamaAskAboveSevenHundredMillionUsers) {
  const auto users = [](const char* count) {
    std::string text = OwnGround("IN", "meta/llama-3.3-70b");
    text.replace(text.find("5000"), 4, count);
    // The load itself is not the point: a request a year each, and hardly a document.
    return text.replace(
        text.size() - 1, 1,
        R"(,"assumptions":{"requests_per_user_day":0.003,"storage_gb_per_user":0.001}})");
  };
  EXPECT_THAT(LicenceQuestions(users("700000000")), ElementsAre());
  EXPECT_THAT(LicenceQuestions(users("700000001")), ElementsAre("licensed_users"));
}

// A licence is a question only where nobody knows what it says; each has its reason in writing.
TEST(WeightsLicences, AreOpenOnlyWhereTheDocumentSaysWhy) {
  for (const Component& component : BundledCatalog()->components) {
    const Fact* open = component.FindFact("open_weights");
    if (component.kind != "model" || open == nullptr || !open->value.flag) continue;
    if (component.FindFact("commercial_use") != nullptr) continue;
    EXPECT_TRUE(component.unknown.contains("commercial_use")) << component.id;
  }
}

}  // namespace
}  // namespace stackport
