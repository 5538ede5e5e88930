// The API's description against the API.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "host/http/problem_details.h"
#include "tests/host/http/http_test_support.h"

extern "C" {
extern const char test_request_schema_begin[];
extern const char test_request_schema_end[];
extern const char test_result_schema_begin[];
extern const char test_result_schema_end[];
}

namespace stackport::http {
namespace {

json::Document Embedded(const char* begin, const char* end) {
  return BodyOf(std::string(begin, end));
}

std::set<std::string> Names(const json::Value& object) {
  std::set<std::string> names;
  for (const auto& member : object.GetObject()) names.insert(member.name.GetString());
  return names;
}

// A path of the description with its variable parts filled by their examples.
std::string Filled(const std::string& path, const json::Value& operation) {
  std::string filled = path;
  for (const json::Value& parameter : operation["parameters"].GetArray()) {
    if (json::StringOr(parameter, "in", "") != "path") continue;
    const std::string name = std::string("{") + parameter["name"].GetString() + "}";
    filled.replace(filled.find(name), name.size(), parameter["example"].GetString());
  }
  return filled;
}

TEST(OpenApi, EveryPathIsAnsweredAndTakesItsParameters) {
  const TestApi api;
  const json::Document description = BodyOf(api.Get("/openapi.json").body);
  EXPECT_STREQ(description["openapi"].GetString(), "3.1.0");
  int operations = 0;
  for (const auto& path : description["paths"].GetObject()) {
    for (const auto& operation : path.value.GetObject()) {
      ++operations;
      const bool get = std::string_view(operation.name.GetString()) == "get";
      const std::string target = Filled(path.name.GetString(), operation.value);
      const ApiResponse response = get ? api.Get(target) : api.Send("POST", target, "{}");
      if (response.status >= 400) {
        EXPECT_NE(ProblemName(response.body), "unknown-path") << target;
        EXPECT_NE(ProblemName(response.body), "method-not-allowed") << target;
      }
      for (const json::Value& parameter : operation.value["parameters"].GetArray()) {
        if (json::StringOr(parameter, "in", "") != "query") continue;
        const ApiResponse with = api.Get(target + "?" + parameter["name"].GetString() + "=");
        EXPECT_THAT(with.body, ::testing::Not(::testing::HasSubstr("is not a parameter")));
      }
    }
  }
  EXPECT_EQ(operations, 21);
}

TEST(OpenApi, ListsEveryProblemType) {
  const TestApi api;
  const json::Document description = BodyOf(api.Get("/openapi.json").body);
  std::set<std::string> listed;
  for (const json::Value& type :
       description["components"]["schemas"]["Problem"]["properties"]["type"]["enum"].GetArray()) {
    listed.insert(type.GetString());
  }
  std::set<std::string> known;
  for (const ProblemDefinition& definition : ProblemDefinitions()) {
    known.insert("/problems/" + std::string(definition.name));
  }
  EXPECT_EQ(listed, known);
}

TEST(OpenApi, RequestAndResultHaveTheMembersOfTheirPublishedSchemas) {
  const TestApi api;
  const json::Document description = BodyOf(api.Get("/openapi.json").body);
  const json::Value& schemas = description["components"]["schemas"];
  const json::Document request = Embedded(test_request_schema_begin, test_request_schema_end);
  const json::Document result = Embedded(test_result_schema_begin, test_result_schema_end);
  EXPECT_EQ(Names(schemas["Request"]["properties"]), Names(request["properties"]));
  EXPECT_EQ(Names(schemas["Request"]["properties"]["assumptions"]["properties"]),
            Names(request["properties"]["assumptions"]["properties"]));
  EXPECT_EQ(Names(schemas["Limits"]["properties"]),
            Names(request["definitions"]["limits"]["properties"]));
  EXPECT_EQ(Names(schemas["Result"]["properties"]), Names(result["properties"]));
  EXPECT_EQ(Names(schemas["Candidate"]["properties"]),
            Names(result["definitions"]["candidate"]["properties"]));
  EXPECT_EQ(Names(schemas["Part"]["properties"]),
            Names(result["definitions"]["part"]["properties"]));
}

}  // namespace
}  // namespace stackport::http
