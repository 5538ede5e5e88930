#include "catalog/match/sizing.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "catalog/model/component_parser.h"

namespace stackport::match {
namespace {

using ::testing::HasSubstr;

Component Parse(const std::string& kind, const std::string& facts) {
  const std::string text =
      R"({"schema":"stackport.component/1","id":"acme/x","name":"X","kind":")" + kind +
      R"(","summary":"x","facts":{)" + facts + "}}";
  auto parsed = ParseComponent(text, "acme", Registry::Builtin());
  if (parsed.component) return *std::move(parsed.component);
  ADD_FAILURE() << text;
  return {};
}

// 2 TB/s and 1,000 TFLOPS.
Component Chip(const std::string& more = "") {
  return Parse("accelerator",
               R"("memory":{"value":100,"unit":"GB","source":"test","as_of":"2026"},
      "memory_bandwidth":{"value":2,"unit":"TB/s","source":"test","as_of":"2026"},
      "dense_bf16":{"value":1000,"unit":"TFLOPS","source":"test","as_of":"2026"})" +
                   more);
}

Component Model(double active) {
  return Parse("model",
               R"("parameters":{"value":20,"unit":"B","source":"test","as_of":"2026"},
      "active_parameters":{"value":)" +
                   std::to_string(active) + R"(,"unit":"B","source":"test","as_of":"2026"})");
}

Request PlainRequest() {
  Request request;
  for (const Assumption& assumption : DefaultAssumptions()) {
    request.assumptions.emplace(assumption.name, assumption);
  }
  request.assumptions["batch"].value = 10'000;
  request.assumptions["input_tokens_per_request"].value = 1'000'000;
  request.assumptions["output_tokens_per_request"].value = 500'000;
  request.assumptions["roofline_efficiency"].value = 500;
  return request;
}

// A dense model of 20 billion parameters: 40 GB a step over 2 TB/s are 20 ms for 10 requests, 2 ms
// a token; 40 GFLOP over 1 PFLOPS are 0.04 ms a token, twice for the two input tokens of each.
TEST(Roofline, IsTheTimeToReadTheWeightsAndToComputeTheInput) {
  const auto dense = RooflineTokensPer1000s(Model(20), Chip(), "bf16", 1, PlainRequest());
  ASSERT_TRUE(dense.has_value());
  EXPECT_NEAR(static_cast<double>(*dense), 1e6 / 2.08, 1);
}

// 2 of 20 billion parameters active: ten requests may need ten different experts, so a step reads
// all weights, as the dense model's does.
TEST(Roofline, ABatchTouchesMoreOfAMixtureOfExpertsThanOneToken) {
  const auto mixture = RooflineTokensPer1000s(Model(2), Chip(), "bf16", 1, PlainRequest());
  ASSERT_TRUE(mixture.has_value());
  EXPECT_NEAR(static_cast<double>(*mixture), 1e6 / 2.008, 1);
}

TEST(Roofline, SaysNothingWithoutTheRateOfThePrecision) {
  EXPECT_FALSE(RooflineTokensPer1000s(Model(20), Chip(), "fp8", 1, PlainRequest()).has_value());
  EXPECT_FALSE(RooflineTokensPer1000s(Model(20), Chip(), "fp3", 1, PlainRequest()).has_value());
}

std::string Row(const char* scenario, int accelerators, int tokens) {
  return R"({"model":"acme/x","accelerators":)" + std::to_string(accelerators) +
         R"(,"precision":"fp8","scenario":")" + scenario + R"(","tokens_per_s":)" +
         std::to_string(tokens) +
         R"(,"submitter":"Acme","system":"X8","version":"v6.0","source":"https://example.com/r","as_of":"2026"})";
}

struct Sized {
  Sizing sizing;  // its pointers are not followed here: the chip is gone
  std::string basis;
};

Sized SizeWith(const std::string& rows, std::int64_t tokens_per_s) {
  const Component chip = Chip(R"(,"throughput":{"value":[)" + rows +
                              R"(],"source":"https://example.com/r","as_of":"2026"})");
  Workload workload;
  workload.peak_output_tokens_per_1000s = tokens_per_s * 1000;
  const std::vector<ThroughputRow> read = ReadThroughput(chip);
  const auto sizing = SizeModel(Model(20), chip, read, std::nullopt, workload, PlainRequest());
  if (sizing) return {*sizing, SizingBasis(*sizing, PlainRequest())};
  ADD_FAILURE() << "not sized";
  return {};
}

// People wait for answers, so a row that held bounds on latency counts before a faster batch.
TEST(Measured, TheServerScenarioCountsBeforeAnOfflineBatch) {
  const auto [sizing, basis] = SizeWith(Row("Offline", 1, 900) + "," + Row("Server", 1, 600), 800);
  EXPECT_TRUE(sizing.measured);
  EXPECT_EQ(sizing.replicas, 2);
  EXPECT_THAT(basis, HasSubstr("Server, 1 accelerator(s), fp8, submitted by Acme"));
}

TEST(Measured, TheRowThatNeedsTheFewestAcceleratorsWins) {
  const Sizing sizing = SizeWith(Row("Server", 8, 8000) + "," + Row("Server", 1, 700), 2000).sizing;
  EXPECT_EQ(sizing.accelerators_per_replica, 1);
  EXPECT_EQ(sizing.replicas, 3);
}

TEST(Measured, AnOfflineRowIsBetterThanAnEstimate) {
  EXPECT_THAT(SizeWith(Row("Offline", 1, 900), 800).basis, HasSubstr("Offline"));
}

}  // namespace
}  // namespace stackport::match
