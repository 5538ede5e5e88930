// GET /v1/answers.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/host/http/http_test_support.h"

namespace stackport::http {
namespace {

using ::testing::HasSubstr;

AnswerList TwoAnswers() {
  GivenAnswer fine{"r-fine", "s-1", "KE", "2026-01-02T00:00:00Z", {}};
  GivenAnswer affected{"r-affected", "s-1", "PL", "2026-01-01T00:00:00Z", {}};
  AnswerFlag flag;
  flag.component_id = "acc/chip";
  flag.plugin_id = "acc";
  flag.version = "1.0.0";
  flag.key_id = "0123456789ABCDEF";
  flag.grain = "key";
  flag.subject = "key 0123456789ABCDEF";
  flag.serial = 7;
  flag.reason = "Stolen.";
  flag.since = "2026-01-01";
  flag.at = "2026-01-03T00:00:00Z";
  affected.flags.push_back(flag);
  return {{fine, affected}, 2};
}

TEST(Answers, ListsWhatWasGivenAndWhatARevocationReached) {
  TestApi api;
  api.catalog.SetAnswers(TwoAnswers());
  const json::Document all = BodyOf(api.Get("/v1/answers").body);
  ASSERT_EQ(all["items"].Size(), 2u);
  EXPECT_EQ(all["items"][0]["affected"].Size(), 0u);
  const json::Document affected = BodyOf(api.Get("/v1/answers?affected=true&limit=5").body);
  ASSERT_EQ(affected["items"].Size(), 1u);
  const json::Value& flag = affected["items"][0]["affected"][0];
  EXPECT_STREQ(affected["items"][0]["country"].GetString(), "PL");
  EXPECT_STREQ(flag["component"].GetString(), "acc/chip");
  EXPECT_STREQ(flag["revoked"].GetString(), "key 0123456789ABCDEF");
  EXPECT_EQ(flag["serial"].GetInt(), 7);
}

TEST(Answers, AWordThatIsNeitherTrueNorFalseIsRefused) {
  const TestApi api;
  const ApiResponse response = api.Get("/v1/answers?affected=yes");
  EXPECT_EQ(response.status, 400);
  EXPECT_THAT(response.body, HasSubstr("true or false"));
  EXPECT_EQ(api.Get("/v1/answers?limit=0").status, 400);
}

}  // namespace
}  // namespace stackport::http
