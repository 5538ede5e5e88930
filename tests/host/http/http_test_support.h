// What the tests of the HTTP server share: a catalog and a matcher that tests control, a server on
// a free port, and a connection that sends exactly the bytes it is told.
#ifndef STACKPORT_TESTS_HOST_HTTP_HTTP_TEST_SUPPORT_H_
#define STACKPORT_TESTS_HOST_HTTP_HTTP_TEST_SUPPORT_H_

#include <atomic>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include "host/http/api.h"
#include "host/http/server.h"

namespace stackport::http {

// Holds snapshots of tests/support/small_catalog.h. Thread-safe.
class FakeCatalog final : public CatalogSource {
 public:
  FakeCatalog();

  // Makes a snapshot the newest one; earlier ones stay readable.
  void Publish(SnapshotPtr snapshot);
  void SetProblems(std::vector<PluginProblem> problems);
  // Before the first request.
  void SetWithheld(std::vector<WithheldComponent> withheld) { withheld_ = std::move(withheld); }
  void SetAnswers(AnswerList answers);
  void RefuseAudits() { refuse_audits_ = true; }
  // (result, snapshot) of every match.
  std::vector<std::pair<std::string, std::string>> Recorded() const;

  Result<SnapshotPtr> Current() override;
  Result<SnapshotPtr> Read(std::string_view snapshot_id) override;
  Result<std::vector<SnapshotStep>> ListSnapshots(std::size_t limit) override;
  // Components whose id holds the text.
  Result<std::vector<std::string>> Search(std::string_view text, std::size_t limit) override;
  Result<std::vector<PluginProblem>> PluginProblems() override;
  Result<std::vector<WithheldComponent>> Withheld() override { return withheld_; }
  Status RecordAnswers(std::span<const MatchAudit> answers) override;
  Result<AnswerList> Answers(bool affected, std::size_t limit) override;
  const CountryIndex& Countries() const override { return CountryIndex::Builtin(); }

 private:
  mutable std::mutex mutex_;
  std::vector<SnapshotPtr> history_;
  std::vector<PluginProblem> problems_;
  std::vector<std::pair<std::string, std::string>> recorded_;
  AnswerList answers_;
  std::vector<WithheldComponent> withheld_;
  std::atomic<bool> refuse_audits_ = false;
};

// Answers {"id": "r-test"}, or what the request's "test" member asks for: "finding", "invalid",
// "fault", "throw", or "wait" until it is cancelled. Thread-safe.
class FakeMatching final : public MatchService {
 public:
  Result<MatchAnswer> Match(const SnapshotPtr& snapshot, const json::Value& request,
                            const MatchLimits& limits) override;
  Result<MatchAnswer> Explain(const SnapshotPtr& snapshot, const json::Value& request,
                              const std::string& component_id, const MatchLimits& limits) override;
  // The same wishes: "finding", "fault", or "wait".
  PlannedSweep PlanSweep(const SnapshotPtr& snapshot, SweepOrder order,
                         const MatchLimits& limits) override;
  int waiting() const { return waiting_; }

 private:
  std::atomic<int> waiting_ = 0;
};

// Reloads and releases what tests say. Thread-safe.
class FakePlugins final : public PluginControl {
 public:
  // {"reloads": how often, "again": the last wish}, or `reload_error`.
  Result<json::Document> Reload(bool again) override;
  Status Release(std::string_view plugin) override;

  std::optional<Error> reload_error;
  std::optional<Error> release_error;
  std::vector<std::string> released;

 private:
  std::atomic<int> reloads_ = 0;
};

// The API over the three, without sockets.
class TestApi {
 public:
  explicit TestApi(std::chrono::milliseconds max_deadline = std::chrono::milliseconds(30'000));

  // `target` is a path with an optional query, both already decoded.
  ApiResponse Get(std::string_view target, std::string if_none_match = "",
                  std::string host = "") const;
  ApiResponse Send(std::string method, std::string_view target, std::string body = "",
                   std::string content_type = "application/json") const;

  FakeCatalog catalog;
  FakeMatching matching;
  FakePlugins plugins;
  SweepJobs sweeps;
  CancelTimer timer;
  std::vector<std::string> logged;

 private:
  Api api_;
};

// The value of a header, or empty.
std::string HeaderOf(const ApiResponse& response, std::string_view name);
// The body as JSON; a test failure when it is none.
json::Document BodyOf(const std::string& body);
// The last part of a problem's type.
std::string ProblemName(const std::string& body);

// A server on a free port that runs until it is destroyed.
class RunningServer {
 public:
  explicit RunningServer(HttpServerOptions options = {});
  ~RunningServer();

  int port() const { return server_->port(); }
  // Stops and waits until Run has returned.
  Status StopAndJoin();

  FakeCatalog catalog;
  FakeMatching matching;
  FakePlugins plugins;

 private:
  std::unique_ptr<HttpServer> server_;
  Status result_;
  std::thread thread_;
};

// A plain TCP connection to the loopback interface.
class RawConnection {
 public:
  explicit RawConnection(int port);
  ~RawConnection();
  RawConnection(const RawConnection&) = delete;
  RawConnection& operator=(const RawConnection&) = delete;

  void Send(std::string_view bytes) const;
  void CloseWriting() const;
  // Until the server closes the connection (or 20 s pass, which fails the test).
  std::string ReadToEnd() const;
  // Until `count` answers with their bodies are there.
  std::string ReadAnswers(int count) const;

 private:
  int socket_ = -1;
};

// Sends the bytes, closes the writing side when asked, and reads all that comes.
std::string Exchange(int port, std::string_view bytes, bool close_writing = false);

// "HTTP/1.1 400 …" -> 400; 0 when there is no answer.
int StatusOf(std::string_view answer);
// How many answers the bytes hold.
int AnswerCount(std::string_view bytes);

}  // namespace stackport::http

#endif  // STACKPORT_TESTS_HOST_HTTP_HTTP_TEST_SUPPORT_H_
