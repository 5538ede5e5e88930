#include "tests/host/http/http_test_support.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <stdexcept>

#include "catalog/base/text.h"
#include "tests/support/small_catalog.h"

namespace stackport::http {

FakeCatalog::FakeCatalog() {
  Publish(testing::SmallCatalog().Build());
}

void FakeCatalog::Publish(SnapshotPtr snapshot) {
  const std::lock_guard lock(mutex_);
  history_.push_back(std::move(snapshot));
}

void FakeCatalog::SetProblems(std::vector<PluginProblem> problems) {
  const std::lock_guard lock(mutex_);
  problems_ = std::move(problems);
}

std::vector<std::pair<std::string, std::string>> FakeCatalog::Recorded() const {
  const std::lock_guard lock(mutex_);
  return recorded_;
}

Result<SnapshotPtr> FakeCatalog::Current() {
  const std::lock_guard lock(mutex_);
  return history_.back();
}

Result<SnapshotPtr> FakeCatalog::Read(std::string_view snapshot_id) {
  const std::lock_guard lock(mutex_);
  for (const SnapshotPtr& snapshot : history_) {
    if (snapshot->id == snapshot_id) return snapshot;
  }
  return NotFound("no such snapshot");
}

Result<std::vector<SnapshotStep>> FakeCatalog::ListSnapshots(std::size_t limit) {
  const std::lock_guard lock(mutex_);
  std::vector<SnapshotStep> steps;
  for (std::size_t i = history_.size(); i > 0 && steps.size() < limit; --i) {
    SnapshotStep step;
    step.sequence = static_cast<std::int64_t>(i);
    step.snapshot_id = history_[i - 1]->id;
    if (i > 1) step.parent_id = history_[i - 2]->id;
    step.at = "2026-01-01T00:00:00Z";
    step.reason = "test";
    steps.push_back(std::move(step));
  }
  return steps;
}

Result<std::vector<std::string>> FakeCatalog::Search(std::string_view text, std::size_t limit) {
  const std::lock_guard lock(mutex_);
  std::vector<std::string> ids;
  for (const Component& component : history_.back()->components) {
    if (component.id.find(text) != std::string::npos && ids.size() < limit) {
      ids.push_back(component.id);
    }
  }
  return ids;
}

Result<std::vector<PluginProblem>> FakeCatalog::PluginProblems() {
  const std::lock_guard lock(mutex_);
  return problems_;
}

Status FakeCatalog::RecordAnswers(std::span<const MatchAudit> answers) {
  if (refuse_audits_) return Unavailable("the disk is full");
  const std::lock_guard lock(mutex_);
  for (const MatchAudit& answer : answers) {
    recorded_.emplace_back(answer.request_id, answer.snapshot_id);
  }
  return {};
}

void FakeCatalog::SetAnswers(AnswerList answers) {
  const std::lock_guard lock(mutex_);
  answers_ = std::move(answers);
}

Result<AnswerList> FakeCatalog::Answers(bool affected, std::size_t limit) {
  const std::lock_guard lock(mutex_);
  AnswerList list;
  list.total = answers_.total;
  for (const GivenAnswer& answer : answers_.answers) {
    if (list.answers.size() < limit && (!affected || !answer.flags.empty())) {
      list.answers.push_back(answer);
    }
  }
  return list;
}

Result<MatchAnswer> FakeMatching::Match(const SnapshotPtr&, const json::Value& request,
                                        const MatchLimits& limits) {
  const std::string_view wish = json::StringOr(request, "test", "");
  MatchAnswer answer;
  if (wish == "finding") {
    answer.findings.push_back({Severity::kError, "unknown_country", "/country",
                               "'XX' is no country", "a code", "use KE"});
    return answer;
  }
  if (wish == "invalid") return InvalidArgument("the request is too large to compile");
  if (wish == "fault") return Internal("secret path /etc/shadow");
  if (wish == "throw") throw std::logic_error("secret path /etc/shadow");
  if (wish == "wait") {
    ++waiting_;
    while (!*limits.cancel) std::this_thread::sleep_for(std::chrono::milliseconds(1));
    --waiting_;
  }
  answer.document.emplace(rapidjson::kObjectType);
  json::Set(*answer.document, "id", "r-test", answer.document->GetAllocator());
  return answer;
}

Result<MatchAnswer> FakeMatching::Explain(const SnapshotPtr& snapshot, const json::Value& request,
                                          const std::string& component_id,
                                          const MatchLimits& limits) {
  if (snapshot->Find(component_id) == nullptr) return NotFound("there is no such component");
  auto answer = Match(snapshot, request, limits);
  if (answer && answer->document) {
    json::Set(*answer->document, "component", component_id, answer->document->GetAllocator());
  }
  return answer;
}

PlannedSweep FakeMatching::PlanSweep(const SnapshotPtr&, SweepOrder order, const MatchLimits&) {
  const std::string wish(json::StringOr(order.request, "test", ""));
  PlannedSweep planned;
  if (wish == "finding") {
    planned.findings.push_back({Severity::kError, "unknown_task", "/request/use_cases/0/task",
                                "'x' is no task", "a task", "use another"});
    return planned;
  }
  planned.work = [this, wish, total = order.codes.size()](
                     const SweepControl& control) -> Result<json::Document> {
    control.progress(0, total);
    if (wish == "fault") return Internal("it broke");
    if (wish == "wait") {
      ++waiting_;
      while (!*control.cancel) std::this_thread::sleep_for(std::chrono::milliseconds(1));
      --waiting_;
    }
    control.progress(total, total);
    return json::Document(rapidjson::kObjectType);
  };
  return planned;
}

Result<json::Document> FakePlugins::Reload(bool again) {
  if (reload_error) return *reload_error;
  json::Document document(rapidjson::kObjectType);
  json::Set(document, "reloads", ++reloads_, document.GetAllocator());
  json::Set(document, "again", again, document.GetAllocator());
  return document;
}

Status FakePlugins::Release(std::string_view plugin) {
  if (release_error) return *release_error;
  released.emplace_back(plugin);
  return {};
}

TestApi::TestApi(std::chrono::milliseconds max_deadline)
    : api_({catalog, matching, plugins, sweeps, timer, max_deadline,
            [this](const std::string& line) { logged.push_back(line); }}) {}

ApiResponse TestApi::Get(std::string_view target, std::string if_none_match,
                         std::string host) const {
  ApiRequest request;
  request.host = std::move(host);
  request.method = "GET";
  request.if_none_match = std::move(if_none_match);
  const std::size_t mark = target.find('?');
  request.path = target.substr(0, mark);
  if (mark != std::string_view::npos) {
    for (const std::string& pair : Split(target.substr(mark + 1), '&')) {
      const std::size_t equals = pair.find('=');
      request.query.emplace(pair.substr(0, equals), pair.substr(equals + 1));
    }
  }
  return api_.Answer(request);
}

ApiResponse TestApi::Send(std::string method, std::string_view target, std::string body,
                          std::string content_type) const {
  ApiRequest request;
  request.method = std::move(method);
  request.path = target;
  request.body = std::move(body);
  request.content_type = std::move(content_type);
  return api_.Answer(request);
}

std::string HeaderOf(const ApiResponse& response, std::string_view name) {
  for (const auto& [key, value] : response.headers) {
    if (key == name) return value;
  }
  return "";
}

json::Document BodyOf(const std::string& body) {
  auto document = json::Parse(body, "answer");
  EXPECT_TRUE(document.ok()) << body;
  return document ? *std::move(document) : json::Document(rapidjson::kObjectType);
}

std::string ProblemName(const std::string& body) {
  const json::Document document = BodyOf(body);
  constexpr std::string_view kPrefix = "/problems/";
  const std::string_view type = json::StringOr(document, "type", "");
  EXPECT_TRUE(type.starts_with(kPrefix)) << body;
  return std::string(type.substr(std::min(kPrefix.size(), type.size())));
}

RunningServer::RunningServer(HttpServerOptions options) {
  options.port = 0;
  auto bound = HttpServer::Bind(std::move(options), catalog, matching, plugins);
  if (!bound) throw std::runtime_error(bound.error().ToString());
  server_ = *std::move(bound);
  thread_ = std::thread([this] { result_ = server_->Run(); });
}

RunningServer::~RunningServer() {
  EXPECT_TRUE(StopAndJoin().ok());
}

Status RunningServer::StopAndJoin() {
  server_->Stop();
  if (thread_.joinable()) thread_.join();
  return result_;
}

RawConnection::RawConnection(int port) : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  EXPECT_EQ(::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
  const timeval patience{.tv_sec = 20, .tv_usec = 0};
  ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
}

RawConnection::~RawConnection() {
  ::close(socket_);
}

void RawConnection::Send(std::string_view bytes) const {
  while (!bytes.empty()) {
    const ssize_t sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return;  // the server has refused; the answer tells why
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
}

void RawConnection::CloseWriting() const {
  ::shutdown(socket_, SHUT_WR);
}

std::string RawConnection::ReadToEnd() const {
  std::string all;
  std::array<char, 4096> buffer;
  while (true) {
    const ssize_t got = ::recv(socket_, buffer.data(), buffer.size(), 0);
    if (got < 0 && errno == EINTR) continue;  // a child has ended
    if (got > 0) {
      all.append(buffer.data(), static_cast<std::size_t>(got));
      continue;
    }
    EXPECT_TRUE(got == 0 || errno == ECONNRESET) << "the server keeps the connection open";
    return all;
  }
}

std::string RawConnection::ReadAnswers(int count) const {
  constexpr std::string_view kLength = "Content-Length: ";
  std::string all;
  std::size_t used = 0;
  std::array<char, 4096> buffer;
  for (int answers = 0; answers < count;) {
    const std::size_t head = all.find("\r\n\r\n", used);
    if (head != std::string::npos) {
      const std::size_t length = all.find(kLength, used);
      const std::size_t body = length < head ? std::stoul(all.substr(length + kLength.size())) : 0;
      if (all.size() >= head + 4 + body) {
        used = head + 4 + body;
        ++answers;
        continue;
      }
    }
    const ssize_t got = ::recv(socket_, buffer.data(), buffer.size(), 0);
    if (got < 0 && errno == EINTR) continue;  // a child has ended
    if (got <= 0) {
      ADD_FAILURE() << "the connection ended after " << answers << " answers: " << all;
      return all;
    }
    all.append(buffer.data(), static_cast<std::size_t>(got));
  }
  return all;
}

std::string Exchange(int port, std::string_view bytes, bool close_writing) {
  const RawConnection connection(port);
  connection.Send(bytes);
  if (close_writing) connection.CloseWriting();
  return connection.ReadToEnd();
}

int StatusOf(std::string_view answer) {
  constexpr std::string_view kStart = "HTTP/1.1 ";
  if (!answer.starts_with(kStart) || answer.size() < kStart.size() + 3) return 0;
  return std::stoi(std::string(answer.substr(kStart.size(), 3)));
}

int AnswerCount(std::string_view bytes) {
  int count = 0;
  for (std::size_t at = bytes.find("HTTP/1.1 "); at != std::string_view::npos;
       at = bytes.find("HTTP/1.1 ", at + 1)) {
    ++count;
  }
  return count;
}

}  // namespace stackport::http
