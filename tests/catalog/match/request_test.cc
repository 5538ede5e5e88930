#include "catalog/match/request.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace stackport::match {
namespace {

using ::testing::HasSubstr;

ParsedRequest Read(const std::string& text) {
  auto document = json::Parse(text, "request");
  EXPECT_TRUE(document.ok()) << text;
  return ParseRequest(*document, Registry::Builtin(), CountryIndex::Builtin());
}

// The one finding of a request that has one fault.
Finding OnlyFinding(const std::string& text) {
  const ParsedRequest parsed = Read(text);
  EXPECT_FALSE(parsed.request.has_value());
  EXPECT_EQ(parsed.findings.size(), 1u) << text;
  return parsed.findings.empty() ? Finding{} : parsed.findings.front();
}

constexpr const char* kCase =
    R"("use_cases":[{"task":"agriculture.farmer_advice","languages":["sw"],"users":10}])";

TEST(Request, UnknownCountryNamesTheNearest) {
  const Finding finding = OnlyFinding(std::string(R"({"country":"Kenia",)") + kCase + "}");
  EXPECT_EQ(finding.pointer, "/country");
  EXPECT_THAT(finding.message, HasSubstr("Kenya"));
}

TEST(Request, UnknownTaskNamesTheNearest) {
  const Finding finding = OnlyFinding(
      R"({"country":"KE","use_cases":[{"task":"agriculture.farmer_advise","users":10}]})");
  EXPECT_EQ(finding.pointer, "/use_cases/0/task");
  EXPECT_THAT(finding.remedy, HasSubstr("agriculture.farmer_advice"));
}

TEST(Request, LimitInAWrongUnitNamesWhatWasExpected) {
  const Finding finding =
      OnlyFinding(std::string(R"({"country":"KE","limits":{"site_power":"1 GB"},)") + kCase + "}");
  EXPECT_EQ(finding.pointer, "/limits/site_power");
  EXPECT_THAT(finding.expected, HasSubstr("1 MW"));
}

TEST(Request, ContradictionsNameBothSides) {
  const Finding residency = OnlyFinding(
      std::string(R"({"country":"KE","data_residency":"country","deployment":["cloud_in_bloc"],)") +
      kCase + "}");
  EXPECT_EQ(residency.code, "contradiction");
  EXPECT_THAT(residency.message, HasSubstr("/deployment"));
  const Finding pin = OnlyFinding(
      std::string(R"({"country":"KE","pin":{"components":["a/b"]},"ban":{"vendors":["a"]},)") +
      kCase + "}");
  EXPECT_THAT(pin.message, HasSubstr("/ban/vendors"));
}

TEST(Request, IsForAServiceUnlessItSaysResearch) {
  const std::string open = R"({"country":"KE",)";
  EXPECT_EQ(Read(open + kCase + "}").request->purpose, Purpose::kService);
  EXPECT_EQ(Read(open + R"("purpose":"research",)" + kCase + "}").request->purpose,
            Purpose::kResearch);
  const Finding finding = OnlyFinding(open + R"("purpose":"reserch",)" + kCase + "}");
  EXPECT_EQ(finding.pointer, "/purpose");
  EXPECT_THAT(finding.expected, HasSubstr("research"));
}

TEST(Request, AllFaultsAreReportedAtOnce) {
  const ParsedRequest parsed = Read(
      R"({"country":"XX","use_cases":[{"task":"nothing","users":0}],"top":1000,"surprise":1})");
  EXPECT_GE(parsed.findings.size(), 4u);
}

TEST(Request, MissingSizeIsAsked) {
  const Finding finding =
      OnlyFinding(R"({"country":"KE","use_cases":[{"task":"agriculture.farmer_advice"}]})");
  EXPECT_EQ(finding.code, "missing_size");
}

TEST(Request, LimitsAtAndPastTheBoundary) {
  const auto with_top = [](int top) {
    return Read(std::string(R"({"country":"KE","top":)") + std::to_string(top) + "," + kCase + "}");
  };
  EXPECT_TRUE(with_top(kMaxRequestTop).request.has_value());
  EXPECT_FALSE(with_top(kMaxRequestTop + 1).request.has_value());
}

TEST(Request, TheModelsSizeIsAQuantity) {
  const auto with_model = [](const std::string& model) {
    return std::string(R"({"country":"KE","model":)") + model + "," + kCase + "}";
  };
  const ParsedRequest read =
      Read(with_model(R"({"min_parameters":"0.5 T","min_context_tokens":100000000})"));
  ASSERT_TRUE(read.request.has_value());
  EXPECT_EQ(read.request->min_model_parameters, 500'000'000'000);
  EXPECT_EQ(read.request->min_context_tokens, 100'000'000);
  EXPECT_EQ(OnlyFinding(with_model(R"({"min_parameters":"30 GB"})")).pointer,
            "/model/min_parameters");
  EXPECT_EQ(OnlyFinding(with_model(R"({"min_context_tokens":100000001})")).code, "out_of_range");
  EXPECT_EQ(OnlyFinding(with_model(R"({"parameters":"30 B"})")).code, "unknown_member");
  EXPECT_EQ(OnlyFinding(with_model("\"30 B\"")).code, "not_an_object");
}

TEST(Request, AnAssumptionOutOfItsRangeIsToldTheRange) {
  const auto with = [](const std::string& assumptions) {
    return std::string(R"({"country":"KE","assumptions":{)") + assumptions + "}," + kCase + "}";
  };
  for (const char* held : {"\"pue\":0.001", "\"pue\":1000000000", "\"peak_factor\":0",
                           "\"years\":1", "\"years\":30"}) {
    EXPECT_TRUE(Read(with(held)).request.has_value()) << held;
  }
  for (const char* refused : {"\"pue\":-1", "\"pue\":0", "\"pue\":1000000001", "\"pue\":\"1.2\"",
                              "\"peak_factor\":-0.0001", "\"years\":2.5", "\"years\":31"}) {
    EXPECT_EQ(OnlyFinding(with(refused)).code, "out_of_range") << refused;
  }
  const Finding pue = OnlyFinding(with("\"pue\":-1"));
  EXPECT_EQ(pue.pointer, "/assumptions/pue");
  EXPECT_EQ(pue.expected, "a number from 0.001 to 1000000000, a factor");
  EXPECT_THAT(pue.remedy, HasSubstr("leave it out for 1.54"));
  EXPECT_EQ(OnlyFinding(with("\"years\":0")).expected, "a whole number from 1 to 30, in a");
}

TEST(Request, OneFigureAloneIsTakenInItsUnitWhateverItsWeight) {
  const auto objective = [](const std::string& levels) {
    return Read(R"({"country":"KE","objective":[)" + levels + "]," + kCase + "}")
        .request->objective;
  };
  EXPECT_EQ(objective(R"({"tco":250})")[0][0].weight, 1);
  const auto both = objective(R"({"tco":2,"lead_time":50000})");
  EXPECT_EQ(both[0][0].weight, 2);
  EXPECT_EQ(both[0][1].weight, 50'000);
}

TEST(Request, ARemedySaysWhatToWrite) {
  const Finding finding = OnlyFinding(
      R"({"country":"KE","limits":{"vendors":"3"},"use_cases":[{"task":"agriculture.farmer_advice",)"
      R"("users":10}]})");
  EXPECT_EQ(finding.expected, "a whole number from 1 to 1000");
  EXPECT_EQ(finding.remedy, "write one in this range, without quotes and decimals");
}

TEST(Request, AMemberWithControlCharactersIsShownEscaped) {
  const Finding finding =
      OnlyFinding(std::string("{\"country\":\"KE\",\"to\x7f\\u001bp\":1,") + kCase + "}");
  EXPECT_EQ(finding.pointer, "/to\\x7f\\x1bp");
  EXPECT_EQ(finding.message, "unknown member 'to\\x7f\\x1bp'");
}

TEST(Request, PeriodIsAWholeNumberOfYears) {
  const Finding finding =
      OnlyFinding(std::string(R"({"country":"KE","assumptions":{"years":2.5},)") + kCase + "}");
  EXPECT_EQ(finding.pointer, "/assumptions/years");
}

TEST(Request, EffectiveRequestParsesBackToItself) {
  const ParsedRequest first = Read(
      R"({"country":"Poland","use_cases":[{"task":"education.tutoring","languages":["pl"],"users":1000},
          {"task":"government.assistant","peak_tokens_per_s":50}],
          "deployment":["sovereign_cloud","on_premises"],"data_residency":"bloc","air_gap":true,
          "model":{"min_parameters":"30 B","min_context_tokens":32000},
          "limits":{"capex":"2.5 MUSD","site_power":"400 kW","delivery":"9 mo","export_licence":"none","vendors":7},
          "ban":{"vendors":["hpe"]},"site":{"cooling":["air"]},"objective":["tco",{"lead_time":100,"vendors":5}],
          "pareto":["tco","site_power"],"top":3,"min_difference":2,"best_per":"model_family",
          "assumptions":{"pue":1.25}})");
  ASSERT_TRUE(first.request.has_value());
  json::Document once(rapidjson::kObjectType);
  once.CopyFrom(EffectiveRequestJson(*first.request, once.GetAllocator()), once.GetAllocator());
  const ParsedRequest second = ParseRequest(once, Registry::Builtin(), CountryIndex::Builtin());
  for (const Finding& finding : second.findings) ADD_FAILURE() << ToText(finding);
  ASSERT_TRUE(second.request.has_value());
  json::Document twice(rapidjson::kObjectType);
  twice.CopyFrom(EffectiveRequestJson(*second.request, twice.GetAllocator()), twice.GetAllocator());
  EXPECT_EQ(json::WriteCanonical(once), json::WriteCanonical(twice));
}

TEST(Request, ElectricityPriceComesFromTheCountryWithItsSource) {
  const ParsedRequest parsed = Read(std::string(R"({"country":"KE",)") + kCase + "}");
  ASSERT_TRUE(parsed.request.has_value());
  const Assumption& price = parsed.request->assumptions.at("electricity_usd_per_kwh");
  EXPECT_EQ(price.value, 88);
  EXPECT_FALSE(price.source.empty());
  const ParsedRequest replaced =
      Read(std::string(R"({"country":"KE","assumptions":{"electricity_usd_per_kwh":0.2},)") +
           kCase + "}");
  ASSERT_TRUE(replaced.request.has_value());
  EXPECT_EQ(replaced.request->assumptions.at("electricity_usd_per_kwh").value, 200);
  EXPECT_EQ(replaced.request->assumptions.at("electricity_usd_per_kwh").origin, "request");
}

}  // namespace
}  // namespace stackport::match
