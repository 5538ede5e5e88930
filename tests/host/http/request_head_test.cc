#include "host/http/request_head.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "host/http/limits.h"

namespace stackport::http {
namespace {

RequestHead Accepted(const std::string& head) {
  auto parsed = ParseHead(head);
  const auto* fault = std::get_if<HeadFault>(&parsed);
  EXPECT_EQ(fault, nullptr) << (fault == nullptr ? "" : fault->detail);
  return fault == nullptr ? std::get<RequestHead>(parsed) : RequestHead{};
}

// The name of the problem the head is refused with; empty when it is accepted.
std::string Refusal(const std::string& head) {
  const auto parsed = ParseHead(head);
  const auto* fault = std::get_if<HeadFault>(&parsed);
  return fault == nullptr ? "" : std::string(Definition(fault->type).name);
}

// A head with these lines after the first, with its Host.
std::string Get(const std::string& lines) {
  return "GET / HTTP/1.1\r\nHost: localhost\r\n" + lines + "\r\n";
}
std::string Post(const std::string& lines) {
  return "POST /v1/matches HTTP/1.1\r\nHost: localhost\r\n" + lines + "\r\n";
}

TEST(RequestHead, IsReadIntoItsParts) {
  const RequestHead head = Accepted(
      "POST /v1/matches?snapshot=s-1 HTTP/1.1\r\nHOST: localhost:8425\r\ncontent-length:  12 \r\n"
      "If-None-Match: \"a\"\r\nIf-None-Match: \"b\"\r\nExpect: 100-Continue\r\n\r\n");
  EXPECT_EQ(head.method, "POST");
  EXPECT_EQ(head.RawPath(), "/v1/matches");
  EXPECT_EQ(head.Header("host"), "localhost:8425");
  EXPECT_EQ(head.Header("if-none-match"), "\"a\", \"b\"");
  EXPECT_EQ(head.content_length, 12u);
  EXPECT_TRUE(head.expects_continue);
  EXPECT_TRUE(head.keep_alive);
}

TEST(RequestHead, EndsWithAnEmptyLineAndMayBeginWithSome) {
  EXPECT_EQ(FindHeadEnd("GET / HTTP/1.1\r\nHost: a\r\n"), std::nullopt);
  EXPECT_EQ(FindHeadEnd("\r\n\r\n"), std::nullopt);
  EXPECT_EQ(FindHeadEnd("\r\nGET / HTTP/1.1\r\n\r\nrest"), 20u);
}

// Two ideas of where a body ends are how a second request is smuggled past a proxy.
TEST(RequestHead, AmbiguousFramingIsRefused) {
  EXPECT_EQ(Refusal(Post("Content-Length: 1\r\nContent-Length: 1\r\n")), "malformed-request");
  EXPECT_EQ(Refusal(Post("Content-Length: 1, 1\r\n")), "malformed-request");
  EXPECT_EQ(Refusal(Post("Content-Length: +1\r\n")), "malformed-request");
  EXPECT_EQ(Refusal(Post("Content-Length: -1\r\n")), "malformed-request");
  EXPECT_EQ(Refusal(Post("Content-Length: 0x10\r\n")), "malformed-request");
  EXPECT_EQ(Refusal(Post("Content-Length:\r\n")), "malformed-request");
  EXPECT_EQ(Refusal(Post("Content-Length: 99999999999999999999\r\n")), "malformed-request");
  EXPECT_EQ(Refusal(Post("Transfer-Encoding: chunked\r\n")), "length-required");
  EXPECT_EQ(Refusal(Post("Transfer-Encoding: chunked\r\nContent-Length: 4\r\n")),
            "length-required");
  EXPECT_EQ(Refusal(Get("Transfer-Encoding:\r\n")), "length-required");
  EXPECT_EQ(Refusal(Post("")), "length-required");
}

TEST(RequestHead, OddLinesAreRefused) {
  EXPECT_EQ(Refusal(Get("Folded: a\r\n b\r\n")), "malformed-request");
  EXPECT_EQ(Refusal(Get("Space : a\r\n")), "malformed-request");
  EXPECT_EQ(Refusal(Get("no colon\r\n")), "malformed-request");
  EXPECT_EQ(Refusal(Get("Bare: a\nInjected: b\r\n")), "malformed-request");
  EXPECT_EQ(Refusal(Get(std::string("Null: a\0b\r\n", 11))), "malformed-request");
  EXPECT_EQ(Refusal("GET  HTTP/1.1\r\nHost: a\r\n\r\n"), "malformed-request");
  EXPECT_EQ(Refusal("GET\r\nHost: a\r\n\r\n"), "malformed-request");
  EXPECT_EQ(Refusal("GET /a b HTTP/1.1\r\nHost: a\r\n\r\n"), "malformed-request");
  EXPECT_EQ(Refusal("GET http://a/ HTTP/1.1\r\nHost: a\r\n\r\n"), "malformed-request");
}

TEST(RequestHead, HostIsNeededOnce) {
  EXPECT_EQ(Refusal("GET / HTTP/1.1\r\n\r\n"), "malformed-request");
  EXPECT_EQ(Refusal(Get("Host: other\r\n")), "malformed-request");
  EXPECT_EQ(Refusal("GET / HTTP/1.1\r\nHost:\r\n\r\n"), "malformed-request");
  EXPECT_EQ(Refusal("GET / HTTP/1.0\r\nHost: \r\n\r\n"), "malformed-request");
  EXPECT_EQ(Refusal("GET / HTTP/1.0\r\n\r\n"), "");
}

TEST(RequestHead, OtherFaultsHaveTheirOwnNames) {
  EXPECT_EQ(Refusal("GET / HTTP/2.0\r\nHost: a\r\n\r\n"), "version-not-supported");
  EXPECT_EQ(Refusal("BREW / HTTP/1.1\r\nHost: a\r\n\r\n"), "method-not-implemented");
  EXPECT_EQ(Refusal(Post("Content-Length: 1\r\nContent-Encoding: gzip\r\n")),
            "unsupported-media-type");
  EXPECT_EQ(Refusal(Get("Expect: a-miracle\r\n")), "expectation-failed");
}

TEST(RequestHead, ConnectionsStayOpenUnlessOneSideDislikesIt) {
  EXPECT_FALSE(Accepted(Get("Connection: keep-alive, Close\r\n")).keep_alive);
  EXPECT_FALSE(Accepted("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n").keep_alive);
}

TEST(RequestHead, LimitsHoldAtAndPastTheBoundary) {
  const auto lines = [](std::size_t count) {
    std::string head = "GET / HTTP/1.1\r\nHost: a\r\n";
    for (std::size_t i = 1; i < count; ++i) head += "A: b\r\n";
    return head + "\r\n";
  };
  EXPECT_EQ(Refusal(lines(kMaxHeaderLines)), "");
  EXPECT_EQ(Refusal(lines(kMaxHeaderLines + 1)), "head-too-large");

  const auto target = [](std::size_t line) {
    const std::string fixed = "GET / HTTP/1.1";
    return "GET /" + std::string(line - fixed.size(), 'a') + " HTTP/1.1\r\nHost: a\r\n\r\n";
  };
  EXPECT_EQ(Refusal(target(kMaxLineBytes)), "");
  EXPECT_EQ(Refusal(target(kMaxLineBytes + 1)), "target-too-long");

  const auto header = [](std::size_t line) {
    return Get("A: " + std::string(line - 3, 'a') + "\r\n");
  };
  EXPECT_EQ(Refusal(header(kMaxLineBytes)), "");
  EXPECT_EQ(Refusal(header(kMaxLineBytes + 1)), "head-too-large");

  const auto head = [](std::size_t bytes) {
    std::string text =
        Get("A: " + std::string(7000, 'a') + "\r\nB: " + std::string(7000, 'b') + "\r\nC: \r\n");
    return text.insert(text.size() - 4, std::string(bytes - text.size(), 'c'));
  };
  EXPECT_EQ(Refusal(head(kMaxHeadBytes)), "");
  EXPECT_EQ(Refusal(head(kMaxHeadBytes + 1)), "head-too-large");
}

}  // namespace
}  // namespace stackport::http
