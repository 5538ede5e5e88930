#include "host/http/host_rules.h"

#include <gtest/gtest.h>

#include "host/http/limits.h"

namespace stackport::http {
namespace {

RequestHead HeadFor(const std::string& host, const std::string& target = "/") {
  RequestHead head;
  head.method = "GET";
  head.target = target;
  head.headers.emplace_back("host", host);
  return head;
}

bool Answers(const HostRules& rules, const std::string& host) {
  return std::holds_alternative<std::size_t>(rules.Judge(HeadFor(host)));
}

TEST(HostRules, LoopbackIsKnownInAllItsSpellings) {
  for (const char* host : {"localhost", "LocalHost:8425", "127.0.0.1", "127.0.0.1:1", "127.9.9.9",
                           "::1", "[::1]", "[::1]:8425"}) {
    EXPECT_TRUE(IsLoopback(host)) << host;
  }
  for (const char* host : {"", "0.0.0.0", "10.0.0.1", "example.org", "127.0.0.1.example.org",
                           "localhost.example.org", "127.0.0.", "[::2]", "[::1", "127.0.0.1:1:2"}) {
    EXPECT_FALSE(IsLoopback(host)) << host;
  }
}

// A page whose name suddenly points to 127.0.0.1 still sends its own name.
TEST(HostRules, ForeignNamesAreRefusedUnlessAllowed) {
  EXPECT_FALSE(Answers(HostRules({}), "rebound.example.org"));
  EXPECT_FALSE(Answers(HostRules({}), ""));
  const HostRules rules({"Stackport.Example.org"});
  EXPECT_TRUE(Answers(rules, "stackport.example.org:443"));
  EXPECT_TRUE(Answers(rules, "localhost"));
  EXPECT_FALSE(Answers(rules, "other.example.org"));
}

TEST(HostRules, MatchesMayBeSmallerThanOtherBodies) {
  const HostRules rules({});
  EXPECT_EQ(std::get<std::size_t>(rules.Judge(HeadFor("localhost", "/v1/matches?snapshot=s"))),
            kMaxMatchBodyBytes);
  EXPECT_EQ(std::get<std::size_t>(rules.Judge(HeadFor("localhost", "/elsewhere"))), kMaxBodyBytes);
}

}  // namespace
}  // namespace stackport::http
