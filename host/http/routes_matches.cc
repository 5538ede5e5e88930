// POST /v1/matches and /v1/explain.
#include <fmt/format.h>

#include <optional>

#include "catalog/base/text.h"
#include "host/app/answer_audit.h"
#include "host/http/problem_details.h"
#include "host/http/query.h"
#include "host/http/request_body.h"
#include "host/http/routes.h"

namespace stackport::http {

namespace {

// A match is several searches (classes, fronts, what to relax), each with the deadline of its own.
// Together they get this many times the server's longest deadline.
constexpr int kDeadlinesPerMatch = 2;

ApiResponse OneFinding(std::string code, std::string pointer, std::string message,
                       std::string expected, std::string remedy) {
  return FindingsProblem({{Severity::kError, std::move(code), std::move(pointer),
                           std::move(message), std::move(expected), std::move(remedy)}},
                         "");
}

ApiResponse Interrupted() {
  return Problem(ProblemType::kOverloaded,
                 "the computation was interrupted before its answer was proven");
}

// A matcher that cannot answer: the client's request or a fault of ours.
ApiResponse MatchFailure(const ApiContext& context, const Error& error,
                         std::string_view request_pointer) {
  if (error.code == ErrorCode::kInvalidArgument || error.code == ErrorCode::kResourceLimit) {
    return OneFinding(std::string(ErrorCodeName(error.code)), std::string(request_pointer),
                      error.message, "a request that the matcher can compute",
                      "change what the message names");
  }
  if (context.log) context.log("a match failed: " + error.ToString());
  return ProblemOf(error);
}

// An answer that leaves no trace must not leave at all.
ApiResponse Recorded(const ApiContext& context, const CatalogSnapshot& snapshot,
                     const json::Document& answer) {
  MatchAudit audit = AuditOf(answer);
  audit.snapshot_id = snapshot.id;
  if (const Status recorded = context.source.RecordAnswers(std::span(&audit, 1)); !recorded) {
    if (context.log) context.log("no audit row: " + recorded.error().ToString());
    return Problem(ProblemType::kCatalogUnavailable,
                   "the answer could not be recorded, so it is not given");
  }
  return JsonResponse(answer);
}

}  // namespace

ApiResponse PostMatch(const ApiContext& context, const RouteCall& call) {
  auto body = ReadBody(call.request);
  if (auto* problem = std::get_if<ApiResponse>(&body)) return std::move(*problem);
  auto read = SnapshotOf(context.source, call.query);
  if (auto* problem = std::get_if<ApiResponse>(&read)) return std::move(*problem);
  const auto& snapshot = std::get<SnapshotPtr>(read);

  const auto ticket = context.timer.Watch(context.max_deadline * kDeadlinesPerMatch);
  auto answer = context.matching.Match(snapshot, std::get<json::Document>(body),
                                       {context.max_deadline, &ticket->cancelled()});
  if (!answer) return MatchFailure(context, answer.error(), "");
  if (!answer->document) return FindingsProblem(answer->findings, "");
  // What to relax is only true when every one of its searches ran to its end.
  if (ticket->cancelled() && json::Find(*answer->document, "no_package") != nullptr) {
    return Interrupted();
  }
  return Recorded(context, *snapshot, *answer->document);
}

ApiResponse PostExplain(const ApiContext& context, const RouteCall& call) {
  auto body = ReadBody(call.request);
  if (auto* problem = std::get_if<ApiResponse>(&body)) return std::move(*problem);
  const auto& document = std::get<json::Document>(body);
  const json::Value* request = json::Find(document, "request");
  const json::Value* component = json::Find(document, "component");
  if (request == nullptr) {
    return OneFinding("missing_request", "/request", "the body has no request",
                      "a request document",
                      "send {\"request\": {…}, \"component\": \"vendor/name\"}");
  }
  if (component != nullptr && (!component->IsString() || component->GetStringLength() == 0)) {
    return OneFinding("wrong_component", "/component", "the component is no component id",
                      "a component id, or none for the best package",
                      "send {\"request\": {…}, \"component\": \"vendor/name\"}");
  }
  const std::string component_id =
      component == nullptr ? std::string()
                           : std::string(component->GetString(), component->GetStringLength());
  for (const auto& member : document.GetObject()) {
    if (&member.value == request || &member.value == component) continue;
    const std::string name(member.name.GetString(), member.name.GetStringLength());
    return OneFinding("unknown_member", json::PointerPush("", name),
                      "unknown member " + Quoted(name), "request and component", "remove it");
  }
  auto read = SnapshotOf(context.source, call.query);
  if (auto* problem = std::get_if<ApiResponse>(&read)) return std::move(*problem);

  const auto ticket = context.timer.Watch(context.max_deadline * kDeadlinesPerMatch);
  auto answer = context.matching.Explain(std::get<SnapshotPtr>(read), *request, component_id,
                                         {context.max_deadline, &ticket->cancelled()});
  if (!answer && answer.error().code == ErrorCode::kNotFound) {
    return OneFinding("unknown_component", "/component", answer.error().message,
                      "the id of a component of the snapshot",
                      "look it up with /v1/components?q=…");
  }
  if (!answer) return MatchFailure(context, answer.error(), "/request");
  if (!answer->document) return FindingsProblem(answer->findings, "/request");
  if (ticket->cancelled()) return Interrupted();
  return Recorded(context, *std::get<SnapshotPtr>(read), *answer->document);
}

}  // namespace stackport::http
