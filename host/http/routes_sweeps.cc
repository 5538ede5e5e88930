// POST /v1/sweeps, GET /v1/sweeps/{id}, POST /v1/sweeps/{id}/cancel.
#include <algorithm>
#include <optional>
#include <utility>

#include "catalog/base/text.h"
#include "catalog/countries/country_list.h"
#include "host/app/answer_audit.h"
#include "host/http/problem_details.h"
#include "host/http/query.h"
#include "host/http/request_body.h"
#include "host/http/routes.h"

namespace stackport::http {

namespace {

using json::Value;

// Names of countries and blocs in one order; all countries and then some.
constexpr rapidjson::SizeType kMaxNames = 300;

class OrderReader {
 public:
  OrderReader(const Value& body, const CountryIndex& countries)
      : body_(body), countries_(countries) {}

  std::optional<SweepOrder> Read() {
    if (!body_.IsObject()) {
      Add("", "the body is no object", "{\"request\": {…}, \"countries\": [\"KE\"]}");
      return std::nullopt;
    }
    for (const auto& member : body_.GetObject()) {
      const std::string name(member.name.GetString(), member.name.GetStringLength());
      if (name == "request" || name == "countries" || name == "scenarios") continue;
      Add(json::PointerPush("", name), "unknown member " + Quoted(name),
          "request, countries and scenarios");
    }
    ReadRequest();
    ReadCountries();
    ReadScenarios();
    if (!findings_.empty()) return std::nullopt;
    return std::move(order_);
  }

  const std::vector<Finding>& findings() const { return findings_; }

 private:
  // `pointer` may hold outside text.
  void Add(std::string_view pointer, std::string message, std::string expected) {
    findings_.push_back({Severity::kError, "invalid_sweep", Printable(pointer), std::move(message),
                         std::move(expected), "change what the pointer names"});
  }

  void ReadRequest() {
    const Value* request = json::Find(body_, "request");
    if (request == nullptr || !request->IsObject()) {
      Add("/request", "the body has no request", "a request document; its country is replaced");
      return;
    }
    order_.request.CopyFrom(*request, order_.request.GetAllocator());
  }

  void ReadCountries() {
    const Value* names = json::Find(body_, "countries");
    const char* expected = "a list of countries and blocs by code or name, or [\"all\"]";
    if (names == nullptr || !names->IsArray() || names->Empty() || names->Size() > kMaxNames) {
      Add("/countries", "the body has no list of 1 to 300 countries", expected);
      return;
    }
    for (rapidjson::SizeType i = 0; i < names->Size(); ++i) {
      const Value& name = (*names)[i];
      if (!name.IsString()) {
        Add(json::PointerPush("/countries", i), "the country is no text", expected);
      } else if (auto codes = CountryCodes({name.GetString()}, countries_); !codes) {
        Add(json::PointerPush("/countries", i), codes.error().message, expected);
      } else {
        order_.codes.insert(order_.codes.end(), codes->begin(), codes->end());
      }
    }
    std::sort(order_.codes.begin(), order_.codes.end());
    order_.codes.erase(std::unique(order_.codes.begin(), order_.codes.end()), order_.codes.end());
  }

  void ReadScenarios() {
    const Value* scenarios = json::Find(body_, "scenarios");
    if (scenarios == nullptr) return;
    if (!scenarios->IsArray() || scenarios->Size() > match::kMaxScenarios) {
      Add("/scenarios", "the scenarios are no list of at most 16",
          "[{\"name\": \"…\", \"patch\": {…}}]");
      return;
    }
    for (rapidjson::SizeType i = 0; i < scenarios->Size(); ++i) {
      ReadScenario((*scenarios)[i], json::PointerPush("/scenarios", i));
    }
  }

  void ReadScenario(const Value& value, const std::string& pointer) {
    const Value* name = json::Find(value, "name");
    const Value* patch = json::Find(value, "patch");
    const bool named = name != nullptr && name->IsString() && name->GetStringLength() > 0 &&
                       name->GetStringLength() <= match::kMaxScenarioNameBytes;
    if (!named || patch == nullptr || !patch->IsObject() || value.MemberCount() != 2) {
      Add(pointer, "the scenario is not a name and a patch",
          "{\"name\": up to 80 bytes, \"patch\": a JSON merge patch of the request}");
      return;
    }
    match::Scenario scenario;
    scenario.name.assign(name->GetString(), name->GetStringLength());
    scenario.patch.CopyFrom(*patch, scenario.patch.GetAllocator());
    const bool taken =
        std::any_of(order_.scenarios.begin(), order_.scenarios.end(),
                    [&](const match::Scenario& other) { return other.name == scenario.name; });
    if (taken) {
      Add(pointer + "/name", "another scenario has the name " + Quoted(scenario.name),
          "a name of its own for each");
      return;
    }
    order_.scenarios.push_back(std::move(scenario));
  }

  const Value& body_;
  const CountryIndex& countries_;
  SweepOrder order_;
  std::vector<Finding> findings_;
};

// The work, whose answer is recorded before anybody sees it.
SweepJobs::Work Recorded(CatalogSource& source, SweepJobs::Work work) {
  return [&source, work = std::move(work)](const SweepControl& control) -> Result<json::Document> {
    auto answer = work(control);
    if (!answer) return answer;
    if (const Status recorded = source.RecordAnswers(AuditsOfSweep(*answer)); !recorded) {
      return Unavailable("the answer could not be recorded, so it is not given");
    }
    return answer;
  };
}

ApiResponse UnknownSweep(const std::string& id) {
  return Problem(ProblemType::kUnknownSweep, "no sweep that is kept has the id " + Quoted(id));
}

ApiResponse SweepResponse(const ApiContext& context, const std::string& id) {
  const auto described = context.sweeps.Describe(id);
  return described ? JsonResponse(*described) : UnknownSweep(id);
}

}  // namespace

ApiResponse PostSweep(const ApiContext& context, const RouteCall& call) {
  auto body = ReadBody(call.request);
  if (auto* problem = std::get_if<ApiResponse>(&body)) return std::move(*problem);
  OrderReader reader(std::get<json::Document>(body), context.source.Countries());
  auto order = reader.Read();
  if (!order) return FindingsProblem(reader.findings(), "");
  auto read = SnapshotOf(context.source, call.query);
  if (auto* problem = std::get_if<ApiResponse>(&read)) return std::move(*problem);
  PlannedSweep planned = context.matching.PlanSweep(std::get<SnapshotPtr>(read), *std::move(order),
                                                    {context.max_deadline, nullptr});
  if (!planned.work) return FindingsProblem(planned.findings, "");
  const auto id = context.sweeps.Start(Recorded(context.source, std::move(planned.work)));
  if (!id) return Problem(ProblemType::kOverloaded, "too many sweeps wait already");
  ApiResponse response = SweepResponse(context, *id);
  response.status = 202;
  response.headers.emplace_back("Location", "/v1/sweeps/" + *id);
  return response;
}

ApiResponse GetSweep(const ApiContext& context, const RouteCall& call) {
  return SweepResponse(context, call.arguments[0]);
}

ApiResponse PostSweepCancel(const ApiContext& context, const RouteCall& call) {
  auto body = ReadBody(call.request);
  if (auto* problem = std::get_if<ApiResponse>(&body)) return std::move(*problem);
  const std::string& id = call.arguments[0];
  if (!context.sweeps.Cancel(id)) return UnknownSweep(id);
  return SweepResponse(context, id);
}

}  // namespace stackport::http
