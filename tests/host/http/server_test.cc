// The server on a real port: what clients that are slow, broken or hostile can and cannot do.
#include "host/http/server.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <httplib.h>

#include <chrono>
#include <memory>
#include <thread>
#include <vector>

#include "tests/host/http/http_test_support.h"

namespace stackport::http {
namespace {

using std::chrono::milliseconds;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

constexpr const char* kGet = "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n";
constexpr const char* kLastGet =
    "GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";

std::string Match(const std::string& body, const std::string& headers = "") {
  return "POST /v1/matches HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n" +
         headers + "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

httplib::Client ClientOf(const RunningServer& server) {
  httplib::Client client("127.0.0.1", server.port());
  client.set_read_timeout(20);
  return client;
}

TEST(HttpServer, AnswersAnOrdinaryClient) {
  RunningServer server;
  auto client = ClientOf(server);
  client.set_keep_alive(true);
  const auto list = client.Get("/v1/components?kind=accelerator");
  ASSERT_TRUE(list);
  EXPECT_EQ(list->status, 200);
  EXPECT_EQ(list->get_header_value("Content-Type"), "application/json");
  EXPECT_EQ(list->get_header_value("X-Content-Type-Options"), "nosniff");
  EXPECT_THAT(list->get_header_value("Date"), HasSubstr(" GMT"));
  EXPECT_EQ(list->get_header_value("Keep-Alive"), "timeout=15, max=1000");
  const auto match = client.Post("/v1/matches", "{}", "application/json");
  ASSERT_TRUE(match);
  EXPECT_EQ(match->body, R"({"id":"r-test"})");
  const std::string snapshot = (*server.catalog.Current())->id;
  EXPECT_EQ(client.Post("/v1/matches?snapshot=" + snapshot, "{}", "application/json")->status, 200);
  EXPECT_EQ(client.Post("/v1/matches?snapshot=s-none", "{}", "application/json")->status, 404);
  EXPECT_EQ(client.Get("/v1/components/acc%2Fchip")->status, 200);
}

TEST(HttpServer, LandingPageNamesThePortItIsReachedAt) {
  RunningServer server;
  auto client = ClientOf(server);
  const auto page = client.Get("/");
  ASSERT_TRUE(page);
  EXPECT_THAT(page->body,
              HasSubstr("http://127.0.0.1:" + std::to_string(server.port()) + "/v1/matches"));
}

TEST(HttpServer, HeadHasTheHeadersOfGetAndNoBody) {
  RunningServer server;
  const std::string get = Exchange(server.port(), kLastGet);
  std::string head = Exchange(
      server.port(), "HEAD /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
  EXPECT_THAT(head, HasSubstr("Content-Length: 15\r\n"));
  EXPECT_THAT(head, ::testing::EndsWith("\r\n\r\n"));
  EXPECT_THAT(head, Not(HasSubstr("Accept-Ranges")));
  EXPECT_THAT(get, HasSubstr("Content-Length: 15\r\n"));
}

TEST(HttpServer, NotModifiedHasNoBodyAndNoLength) {
  RunningServer server;
  const std::string answer = Exchange(server.port(),
                                      "GET /v1/countries HTTP/1.1\r\nHost: localhost\r\n"
                                      "If-None-Match: *\r\nConnection: close\r\n\r\n");
  EXPECT_EQ(StatusOf(answer), 304);
  EXPECT_THAT(answer, Not(HasSubstr("Content-Length")));
  EXPECT_THAT(answer, HasSubstr("ETag: \""));
}

TEST(HttpServer, RefusalsAreProblemsThatCloseTheConnection) {
  RunningServer server;
  const auto status = [&](const std::string& bytes) {
    const std::string answer = Exchange(server.port(), bytes);
    EXPECT_THAT(answer, HasSubstr("Content-Type: application/problem+json")) << answer;
    EXPECT_THAT(answer, HasSubstr("Connection: close")) << answer;
    EXPECT_EQ(AnswerCount(answer), 1) << answer;
    return StatusOf(answer);
  };
  EXPECT_EQ(status("nonsense\r\n\r\n"), 400);
  EXPECT_EQ(status("GET / HTTP/1.1\r\n\r\n"), 400);
  EXPECT_EQ(status("GET / HTTP/1.1\r\nHost: rebound.example.org\r\n\r\n"), 421);
  EXPECT_EQ(status("POST /v1/matches HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n"
                   "\r\n2\r\n{}\r\n0\r\n\r\n"),
            411);
  EXPECT_EQ(status("POST /v1/matches HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n"
                   "Content-Length: 2\r\n\r\n{}"),
            400);
  EXPECT_EQ(status(Match("{}", "Content-Encoding: gzip\r\n")), 415);
  EXPECT_EQ(status("GET /" + std::string(20'000, 'a')), 431);
}

// The body of a refused request holds a second one, which must never be answered.
TEST(HttpServer, UnreadBodiesAreNotTakenForRequests) {
  RunningServer server;
  const std::string answer =
      Exchange(server.port(),
               "POST /v1/matches HTTP/1.1\r\nHost: localhost\r\nContent-Length: 90\r\n"
               "Content-Encoding: gzip\r\n\r\n" +
                   std::string(kGet) + kGet);
  EXPECT_EQ(StatusOf(answer), 415);
  EXPECT_EQ(AnswerCount(answer), 1);
}

TEST(HttpServer, BodiesAreReadUpToTheLimit) {
  RunningServer server;
  const std::string largest = "{}" + std::string(kMaxMatchBodyBytes - 2, ' ');
  EXPECT_EQ(StatusOf(Exchange(server.port(), Match(largest, "Connection: close\r\n"))), 200);
  EXPECT_EQ(StatusOf(Exchange(server.port(), Match(largest + " ", "Connection: close\r\n"))), 413);
  // Refused from the announcement alone, before a byte of the body.
  EXPECT_EQ(StatusOf(Exchange(server.port(),
                              "POST /v1/matches HTTP/1.1\r\nHost: localhost\r\n"
                              "Content-Length: 999999999999\r\n\r\n")),
            413);
}

TEST(HttpServer, TruncatedRequestsAreAnswered) {
  RunningServer server;
  const std::string body = Exchange(server.port(),
                                    "POST /v1/matches HTTP/1.1\r\nHost: localhost\r\n"
                                    "Content-Length: 10\r\n\r\n{}",
                                    true);
  EXPECT_EQ(StatusOf(body), 400);
  EXPECT_EQ(StatusOf(Exchange(server.port(), "GET / HT", true)), 400);
  EXPECT_EQ(Exchange(server.port(), "", true), "");
  // A whole request is answered although its sender sends no more.
  EXPECT_EQ(StatusOf(Exchange(server.port(), kGet, true)), 200);
}

TEST(HttpServer, LateRequestsAreToldSo) {
  HttpServerOptions options;
  options.connections.head_time = milliseconds(50);
  options.connections.body_time = milliseconds(50);
  RunningServer server(options);
  EXPECT_EQ(StatusOf(Exchange(server.port(), "GET / HT")), 408);
  EXPECT_EQ(StatusOf(Exchange(server.port(),
                              "POST /v1/matches HTTP/1.1\r\nHost: localhost\r\n"
                              "Content-Length: 10\r\n\r\n{}")),
            408);
}

TEST(HttpServer, IdleConnectionsAreClosedWithoutAWord) {
  HttpServerOptions options;
  options.connections.keep_alive = milliseconds(50);
  RunningServer server(options);
  EXPECT_EQ(Exchange(server.port(), ""), "");
}

TEST(HttpServer, PipelinedRequestsAreAnsweredInOrder) {
  RunningServer server;
  const RawConnection connection(server.port());
  connection.Send(Match("{}") + kGet + "GET /nothing HTTP/1.1\r\nHost: localhost\r\n\r\n" +
                  Match("{}", "Connection: close\r\n"));
  const std::string all = connection.ReadToEnd();
  EXPECT_EQ(AnswerCount(all), 4);
  EXPECT_EQ(StatusOf(all), 200);
  const std::size_t missing = all.find("HTTP/1.1 404");
  ASSERT_NE(missing, std::string::npos);
  EXPECT_LT(all.find(R"({"status":"ok"})"), missing);
  EXPECT_GT(all.rfind(R"({"id":"r-test"})"), missing);
}

TEST(HttpServer, ClientsThatAskFirstAreToldToContinue) {
  RunningServer server;
  const RawConnection connection(server.port());
  connection.Send(
      "POST /v1/matches HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
      "Expect: 100-continue\r\nContent-Length: 2\r\n\r\n");
  EXPECT_THAT(connection.ReadAnswers(1), StartsWith("HTTP/1.1 100 "));
  connection.Send("{}");
  EXPECT_EQ(StatusOf(connection.ReadAnswers(1)), 200);
}

TEST(HttpServer, ForgedNotesOfTheLibraryAreIgnored) {
  RunningServer server;
  const std::string answer = Exchange(
      server.port(),
      "GET /healthz HTTP/1.1\r\nHost: localhost\r\nREMOTE_ADDR: 10.0.0.1\r\n"
      "Range: bytes=0-0,0-1,0-2\r\nAccept-Encoding: br, gzip\r\nConnection: close\r\n\r\n");
  EXPECT_EQ(StatusOf(answer), 200);
  EXPECT_THAT(answer, HasSubstr(R"({"status":"ok"})"));
  EXPECT_THAT(answer, Not(HasSubstr("Content-Encoding")));
}

// Far more clients than threads, each with half a request, and one that keeps a match waiting.
TEST(HttpServer, SlowClientsDelayNobody) {
  HttpServerOptions options;
  options.readers = 1;
  options.matchers = 1;
  RunningServer server(options);
  std::vector<std::unique_ptr<RawConnection>> slow;
  for (int i = 0; i < 50; ++i) {
    slow.push_back(std::make_unique<RawConnection>(server.port()));
    slow.back()->Send(i % 2 == 0 ? "GET /healthz HTTP/1.1\r\nHo" : Match("{}").substr(0, 120));
  }
  const RawConnection waiting(server.port());
  waiting.Send(Match(R"({"test":"wait"})"));
  while (server.matching.waiting() == 0) std::this_thread::sleep_for(milliseconds(1));
  EXPECT_EQ(StatusOf(Exchange(server.port(), kLastGet)), 200);
}

TEST(HttpServer, ConnectionsBeyondTheLimitAreTurnedAway) {
  HttpServerOptions options;
  options.connections.max_connections = 2;
  RunningServer server(options);
  const RawConnection first(server.port());
  const RawConnection second(server.port());
  first.Send(kGet);
  second.Send(kGet);
  EXPECT_EQ(StatusOf(first.ReadAnswers(1)), 200);
  EXPECT_EQ(StatusOf(second.ReadAnswers(1)), 200);
  EXPECT_EQ(StatusOf(Exchange(server.port(), "")), 503);
  first.Send(kGet);
  EXPECT_EQ(StatusOf(first.ReadAnswers(1)), 200);
}

TEST(HttpServer, StopCancelsWhatRunsAndReturns) {
  RunningServer server;
  const RawConnection idle(server.port());
  const RawConnection half(server.port());
  half.Send("GET / HT");
  const RawConnection waiting(server.port());
  waiting.Send(Match(R"({"test":"wait"})"));
  while (server.matching.waiting() == 0) std::this_thread::sleep_for(milliseconds(1));
  EXPECT_TRUE(server.StopAndJoin().ok());
  // The match that was cancelled is still answered with what it had.
  EXPECT_EQ(StatusOf(waiting.ReadToEnd()), 200);
  EXPECT_EQ(idle.ReadToEnd(), "");
}

TEST(HttpServer, StopBeforeRunCounts) {
  FakeCatalog catalog;
  FakeMatching matching;
  FakePlugins plugins;
  HttpServerOptions options;
  options.port = 0;
  auto server = HttpServer::Bind(options, catalog, matching, plugins);
  ASSERT_TRUE(server.ok());
  (*server)->Stop();
  (*server)->Stop();
  EXPECT_TRUE((*server)->Run().ok());
}

TEST(HttpServer, BusyPortsAreNamed) {
  RunningServer first;
  FakeCatalog catalog;
  FakeMatching matching;
  FakePlugins plugins;
  HttpServerOptions options;
  options.port = first.port();
  const auto second = HttpServer::Bind(options, catalog, matching, plugins);
  ASSERT_FALSE(second.ok());
  EXPECT_EQ(second.error().code, ErrorCode::kConflict);
  EXPECT_THAT(second.error().message, HasSubstr(std::to_string(first.port())));
  EXPECT_THAT(second.error().message, HasSubstr("choose another port"));
}

TEST(HttpServer, AddressesBeyondThisMachineAreRefused) {
  FakeCatalog catalog;
  FakeMatching matching;
  FakePlugins plugins;
  for (const char* host : {"0.0.0.0", "::", "example.org", ""}) {
    HttpServerOptions options;
    options.host = host;
    options.port = 0;
    const auto server = HttpServer::Bind(options, catalog, matching, plugins);
    ASSERT_FALSE(server.ok()) << host;
    EXPECT_EQ(server.error().code, ErrorCode::kInvalidArgument) << host;
  }
}

TEST(HttpServer, LongAnswersReachSlowReaders) {
  RunningServer server;
  const RawConnection connection(server.port());
  std::string requests;
  constexpr int kCount = 40;
  for (int i = 0; i < kCount; ++i) {
    requests += "GET /openapi.json HTTP/1.1\r\nHost: localhost\r\n\r\n";
  }
  connection.Send(requests + kLastGet);
  std::this_thread::sleep_for(milliseconds(50));  // lets the socket's buffers fill
  EXPECT_EQ(AnswerCount(connection.ReadAnswers(kCount + 1)), kCount + 1);
}

}  // namespace
}  // namespace stackport::http
