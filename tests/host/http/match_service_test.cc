// The API with the real matcher and a real catalog, and the published schemas against both.
#include "host/http/match_service.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "catalog/match/matcher.h"
#include "catalog/match/request.h"
#include "catalog/model/json_schema.h"
#include "host/http/problem_details.h"
#include "tests/host/http/http_test_support.h"
#include "tests/support/fake_clock.h"
#include "tests/support/small_catalog.h"
#include "tests/support/temp_folder.h"

extern "C" {
extern const char test_request_schema_begin[];
extern const char test_request_schema_end[];
extern const char test_result_schema_begin[];
extern const char test_result_schema_end[];
}

namespace stackport::http {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr const char* kCase =
    R"("use_cases":[{"task":"agriculture.farmer_advice","languages":["sw","en"],"users":30000}])";

std::string Request(const std::string& members = "") {
  return std::string(R"({"country":"KE",)") + kCase + (members.empty() ? "" : "," + members) + "}";
}

JsonSchema Compiled(const char* begin, const char* end) {
  auto schema =
      JsonSchema::Compile(std::string_view(begin, static_cast<std::size_t>(end - begin)), "schema");
  EXPECT_TRUE(schema.ok()) << schema.error().ToString();
  return *std::move(schema);
}

const JsonSchema& RequestSchema() {
  static const JsonSchema schema = Compiled(test_request_schema_begin, test_request_schema_end);
  return schema;
}

const JsonSchema& ResultSchema() {
  static const JsonSchema schema = Compiled(test_result_schema_begin, test_result_schema_end);
  return schema;
}

std::vector<std::string> Texts(const std::vector<Finding>& findings) {
  std::vector<std::string> texts;
  for (const Finding& finding : findings) texts.push_back(ToText(finding));
  return texts;
}

// The API over the real matcher.
class RealApi {
 public:
  ApiResponse Post(const std::string& path, const std::string& body) const {
    ApiRequest request;
    request.method = "POST";
    request.path = path;
    request.content_type = "application/json";
    request.body = body;
    return Api({catalog_, *service_, plugins_, sweeps_, timer_, max_deadline_, {}}).Answer(request);
  }
  void Publish(const testing::SmallCatalog& catalog) { catalog_.Publish(catalog.Build()); }
  void SetMaxDeadline(std::chrono::milliseconds deadline) { max_deadline_ = deadline; }

 private:
  mutable FakeCatalog catalog_;
  mutable FakePlugins plugins_;
  mutable SweepJobs sweeps_;
  mutable CancelTimer timer_;
  std::chrono::milliseconds max_deadline_{30'000};
  std::unique_ptr<MatchService> service_ =
      MakeMatchService(Registry::Builtin(), CountryIndex::Builtin());
};

TEST(MatchService, AnswersWithProvenPackages) {
  const RealApi api;
  const ApiResponse response = api.Post("/v1/matches", Request());
  ASSERT_EQ(response.status, 200) << response.body;
  const json::Document result = BodyOf(response.body);
  EXPECT_STREQ(result["proof"]["status"].GetString(), "optimal");
  EXPECT_GT(result["candidates"].Size(), 0u);
}

TEST(MatchService, AnswerIsThatOfTheMatcherByteForByte) {
  const RealApi api;
  const json::Document document = BodyOf(Request());
  const auto parsed = match::ParseRequest(document, Registry::Builtin(), CountryIndex::Builtin());
  const auto direct = match::Matcher(testing::SmallCatalog().Build(), CountryIndex::Builtin())
                          .Match(*parsed.request);
  EXPECT_EQ(api.Post("/v1/matches", Request()).body, json::Write(*direct));
}

TEST(MatchService, DeadlinesAreCutToTheServers) {
  RealApi api;
  api.SetMaxDeadline(std::chrono::milliseconds(20'000));
  const auto deadline = [&](const std::string& members) {
    const json::Document result = BodyOf(api.Post("/v1/matches", Request(members)).body);
    return result["effective_request"]["deadline_ms"].GetInt();
  };
  EXPECT_EQ(deadline(R"("deadline_ms":600000)"), 20'000);
  EXPECT_EQ(deadline(R"("deadline_ms":19999)"), 19'999);
  EXPECT_EQ(deadline(""), 20'000);
}

TEST(MatchService, EveryFaultOfARequestIsPointedAt) {
  const RealApi api;
  const ApiResponse response = api.Post(
      "/v1/matches",
      R"({"country":"Kenia","use_cases":[{"task":"agriculture.farmer_advise","users":1}],"top":0,"tpo":1})");
  EXPECT_EQ(response.status, 422);
  const json::Document body = BodyOf(response.body);
  std::map<std::string, std::string> code_at;
  for (const json::Value& error : body["errors"].GetArray()) {
    code_at[error["pointer"].GetString()] = error["code"].GetString();
  }
  EXPECT_EQ(code_at["/country"], "unknown_country");
  EXPECT_EQ(code_at["/use_cases/0/task"], "unknown_task");
  EXPECT_EQ(code_at["/top"], "out_of_range");
  EXPECT_EQ(code_at["/tpo"], "unknown_member");
}

TEST(MatchService, TheSameQuestionHasTheSameBytesUntilTheCatalogChanges) {
  RealApi api;
  const std::string first = api.Post("/v1/matches", Request()).body;
  EXPECT_EQ(api.Post("/v1/matches", Request()).body, first);
  EXPECT_NE(api.Post("/v1/matches", Request(R"("top":1)")).body, first);
  testing::SmallCatalog changed;
  changed.Edit("disk/array", R"("amount":10000)", R"("amount":10001)");
  api.Publish(changed);
  EXPECT_NE(api.Post("/v1/matches", Request()).body, first);
}

TEST(MatchService, ExplainsAComponent) {
  const RealApi api;
  const ApiResponse response =
      api.Post("/v1/explain", R"({"component":"acc/chip","request":)" + Request() + "}");
  ASSERT_EQ(response.status, 200) << response.body;
  EXPECT_STREQ(BodyOf(response.body)["answer"].GetString(), "in_a_best_package");
  const ApiResponse unknown =
      api.Post("/v1/explain", R"({"component":"acc/chp","request":)" + Request() + "}");
  EXPECT_EQ(unknown.status, 422);
  EXPECT_THAT(unknown.body, HasSubstr("did you mean 'acc/chip'?"));
}

TEST(MatchService, ExplainsTheBestPackageWhereNoComponentIsNamed) {
  const RealApi api;
  const ApiResponse response = api.Post("/v1/explain", R"({"request":)" + Request() + "}");
  ASSERT_EQ(response.status, 200) << response.body;
  const json::Document why = BodyOf(response.body);
  EXPECT_STREQ(why["answer"].GetString(), "best_package");
  EXPECT_EQ(why["summary"].Size(), 5u);
  EXPECT_FALSE(why["alternatives"].Empty());
}

TEST(MatchService, ASweepTellsItsFindingsBeforeItStarts) {
  const RealApi api;
  const ApiResponse response = api.Post(
      "/v1/sweeps",
      R"({"countries":["KE"],"request":{"use_cases":[{"task":"nothing","users":1}]},"scenarios":[{"name":"a","patch":{"top":0}}]})");
  EXPECT_EQ(response.status, 422);
  EXPECT_THAT(response.body, HasSubstr("/scenarios/0/patch/use_cases/0/task"));
  EXPECT_THAT(response.body, HasSubstr("/scenarios/0/patch/top"));
}

TEST(ResultSchema, HoldsForResultsOfEveryShape) {
  RealApi api;
  const auto findings = [&](const std::string& members) {
    const ApiResponse response = api.Post("/v1/matches", Request(members));
    EXPECT_EQ(response.status, 200) << response.body;
    return Texts(ResultSchema().Check(BodyOf(response.body)));
  };
  EXPECT_THAT(findings(""), IsEmpty());
  EXPECT_THAT(findings(R"("best_per":"deployment","pareto":["tco","site_power"],"top":3)"),
              IsEmpty());
  EXPECT_THAT(findings(R"("deadline_ms":1,"limits":{"capex":"25 MUSD","vendors":40})"), IsEmpty());
  // Nothing fits: a limit too low, and then a demand that nothing answers.
  EXPECT_THAT(findings(R"("limits":{"capex":"1 USD","site_power":"1 W"})"), IsEmpty());
  testing::SmallCatalog without;
  without.Drop("lab/model");
  api.Publish(without);
  EXPECT_THAT(findings(""), IsEmpty());
}

TEST(ResultSchema, RefusesWhatIsNoResult) {
  const RealApi api;
  json::Document result = BodyOf(api.Post("/v1/matches", Request()).body);
  result.RemoveMember("snapshot");
  EXPECT_FALSE(ResultSchema().Check(result).empty());
}

// Schema and parser are two descriptions of one form; where words of the registry are concerned
// only the parser knows.
TEST(RequestSchema, AgreesWithTheParser) {
  const std::vector<std::string> texts = {
      Request(),
      R"({"country":"Kenya","use_cases":[{"task":"agriculture.farmer_advice","peak_tokens_per_s":5}]})",
      R"([])",
      R"({"country":"KE"})",
      std::string("{") + kCase + "}",
      R"({"country":7,)" + std::string(kCase) + "}",
      R"({"country":"KE","use_cases":[]})",
      R"({"country":"KE","use_cases":[{"task":"agriculture.farmer_advice"}]})",
      R"({"country":"KE","use_cases":[{"task":"agriculture.farmer_advice","users":0}]})",
      R"({"country":"KE","use_cases":[{"task":"agriculture.farmer_advice","users":1.5}]})",
      R"({"country":"KE","use_cases":[{"task":"agriculture.farmer_advice","users":1,"languages":["Swahili"]}]})",
      R"({"country":"KE","use_cases":[{"task":"agriculture.farmer_advice","users":1,"languages":["pt-BR"]}]})",
      R"({"country":"KE","use_cases":[{"task":"agriculture.farmer_advice","users":1,"extra":1}]})",
      Request(R"("schema":"stackport.request/1")"),
      Request(R"("schema":"stackport.request/2")"),
      Request(R"("deployment":["on_premises","cloud_anywhere"])"),
      Request(R"("deployment":["moon"])"),
      Request(R"("deployment":[])"),
      Request(R"("deployment":"on_premises")"),
      Request(R"("data_residency":"prefer_country")"),
      Request(R"("data_residency":"here")"),
      Request(R"("open_weights":true,"air_gap":false)"),
      Request(R"("open_weights":"yes")"),
      Request(R"("model":{"min_parameters":"30 B","min_context_tokens":32000})"),
      Request(R"("model":{"min_context_tokens":0})"),
      Request(R"("model":{"size":"30 B"})"),
      Request(R"("security_controls":[])"),
      Request(R"("certifications":[7])"),
      Request(R"("us_content":"require")"),
      Request(R"("us_content":true)"),
      Request(R"("limits":{"capex":"25 MUSD","export_licence":"none","vendors":12})"),
      Request(R"("limits":{"capex":25000000})"),
      Request(R"("limits":{"vendors":0})"),
      Request(R"("limits":{"power":"1 MW"})"),
      Request(R"("limits":[])"),
      Request(R"("pin":{"components":["acc/chip"],"vendors":["acc"]},"ban":{"vendors":["x"]})"),
      Request(R"("pin":{"component":"acc/chip"})"),
      Request(R"("pin":["acc/chip"])"),
      Request(R"("site":{"platforms":["kubernetes"]})"),
      Request(R"("site":{"floor":3})"),
      Request(R"("end_user":"government")"),
      Request(R"("end_user":"friends")"),
      Request(R"("unknown_facts":"reject","missing_prices":"reject")"),
      Request(R"("missing_prices":"guess")"),
      Request(R"("objective":["tco",{"lead_time":5,"site_power":1}])"),
      Request(R"("objective":[])"),
      Request(R"("objective":["price"])"),
      Request(R"("objective":[{"tco":-1}])"),
      Request(R"("objective":[{"price":1}])"),
      Request(R"("objective":["tco","tco","tco","tco","tco","tco","tco"])"),
      Request(R"("pareto":["tco","lead_time"])"),
      Request(R"("pareto":["tco"])"),
      Request(R"("pareto":["tco","site_power","vendors","licences"])"),
      Request(R"("top":100,"min_difference":11,"deadline_ms":600000)"),
      Request(R"("top":101)"),
      Request(R"("min_difference":12)"),
      Request(R"("deadline_ms":0)"),
      Request(R"("best_per":"model_family")"),
      Request(R"("best_per":"colour")"),
      Request(R"("assumptions":{"pue":1.3,"years":7})"),
      Request(R"("assumptions":{"pue":0})"),
      Request(R"("assumptions":{"years":0})"),
      Request(R"("assumptions":{"years":31})"),
      Request(R"("assumptions":{"peu":1.3})"),
      Request(R"("assumptions":{"pue":"1.3"})"),
      Request(R"("surprise":1)"),
  };
  for (const std::string& text : texts) {
    const json::Document document = BodyOf(text);
    const auto parsed = match::ParseRequest(document, Registry::Builtin(), CountryIndex::Builtin());
    const auto findings = RequestSchema().Check(document);
    EXPECT_EQ(findings.empty(), parsed.request.has_value())
        << text << "\nschema: " << ::testing::PrintToString(Texts(findings))
        << "\nparser: " << ::testing::PrintToString(Texts(parsed.findings));
  }
}

TEST(RequestSchema, KnowsEveryAssumptionAndTheEffectiveRequest) {
  std::string members;
  for (const match::Assumption& assumption : match::DefaultAssumptions()) {
    members += (members.empty() ? "\"" : ",\"") + assumption.name + "\":1";
  }
  EXPECT_THAT(Texts(RequestSchema().Check(BodyOf(Request("\"assumptions\":{" + members + "}")))),
              IsEmpty());
  const RealApi api;
  const json::Document result = BodyOf(
      api.Post("/v1/matches", Request(R"("limits":{"capex":"25 MUSD","site_power":"1 MW"})")).body);
  EXPECT_THAT(Texts(RequestSchema().Check(result["effective_request"])), IsEmpty());
}

}  // namespace
}  // namespace stackport::http
