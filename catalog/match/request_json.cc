#include <fmt/format.h>

#include "catalog/match/request.h"

namespace stackport::match {

namespace {

using json::Allocator;
using json::Set;
using json::Value;

Value List(const std::vector<std::string>& texts, Allocator& allocator) {
  return json::StringArray(texts, allocator);
}

std::string Dollars(std::int64_t cents) {
  return fmt::format("{}.{:02} USD", cents / 100, cents % 100);
}

Value UseCaseJson(const UseCase& use_case, Allocator& allocator) {
  Value value(rapidjson::kObjectType);
  Set(value, "task", use_case.task, allocator);
  Set(value, "languages", List(use_case.languages, allocator), allocator);
  if (use_case.users > 0) Set(value, "users", use_case.users, allocator);
  if (use_case.peak_tokens_per_1000s) {
    Set(value, "peak_tokens_per_s", *use_case.peak_tokens_per_1000s / 1000, allocator);
  }
  return value;
}

Value LimitsJson(const Request& request, Allocator& allocator) {
  Value limits(rapidjson::kObjectType);
  if (request.max_capex_cents) Set(limits, "capex", Dollars(*request.max_capex_cents), allocator);
  if (request.max_opex_cents) Set(limits, "opex", Dollars(*request.max_opex_cents), allocator);
  if (request.max_tco_cents) Set(limits, "tco", Dollars(*request.max_tco_cents), allocator);
  if (request.max_site_power_w) {
    Set(limits, "site_power", fmt::format("{} W", *request.max_site_power_w), allocator);
  }
  if (request.max_delivery_days) {
    Set(limits, "delivery", fmt::format("{} d", *request.max_delivery_days), allocator);
  }
  Set(limits, "export_licence", request.licence == LicenceTolerance::kNone ? "none" : "acceptable",
      allocator);
  if (request.max_vendors) Set(limits, "vendors", *request.max_vendors, allocator);
  return limits;
}

Value ModelJson(const Request& request, Allocator& allocator) {
  Value model(rapidjson::kObjectType);
  if (request.min_model_parameters) {
    Set(model, "min_parameters", fmt::format("{} parameters", *request.min_model_parameters),
        allocator);
  }
  if (request.min_context_tokens) {
    Set(model, "min_context_tokens", *request.min_context_tokens, allocator);
  }
  return model;
}

Value PinOrBan(const std::vector<std::string>& components, const std::vector<std::string>& vendors,
               Allocator& allocator) {
  Value value(rapidjson::kObjectType);
  Set(value, "components", List(components, allocator), allocator);
  Set(value, "vendors", List(vendors, allocator), allocator);
  return value;
}

Value ObjectiveJson(const Request& request, Allocator& allocator) {
  Value levels(rapidjson::kArrayType);
  for (const auto& level : request.objective) {
    Value terms(rapidjson::kObjectType);
    for (const ObjectiveTerm& term : level) {
      Set(terms, FigureName(term.figure), term.weight, allocator);
    }
    levels.PushBack(terms, allocator);
  }
  return levels;
}

}  // namespace

Value EffectiveRequestJson(const Request& request, Allocator& allocator) {
  Value value(rapidjson::kObjectType);
  Set(value, "schema", "stackport.request/1", allocator);
  Set(value, "country", request.country, allocator);
  Value cases(rapidjson::kArrayType);
  for (const UseCase& use_case : request.use_cases) {
    cases.PushBack(UseCaseJson(use_case, allocator), allocator);
  }
  Set(value, "use_cases", std::move(cases), allocator);
  std::vector<std::string> modes;
  for (const DeploymentMode mode : request.deployment) modes.emplace_back(DeploymentModeName(mode));
  Set(value, "deployment", List(modes, allocator), allocator);
  Set(value, "data_residency", ResidencyName(request.residency), allocator);
  Set(value, "purpose", PurposeName(request.purpose), allocator);
  Set(value, "open_weights", request.open_weights, allocator);
  if (request.min_model_parameters || request.min_context_tokens) {
    Set(value, "model", ModelJson(request, allocator), allocator);
  }
  Set(value, "air_gap", request.air_gap, allocator);
  Set(value, "certifications", List(request.certifications, allocator), allocator);
  Set(value, "security_controls", List(request.security_controls, allocator), allocator);
  Set(value, "us_content", request.us_content == UsContent::kRequire ? "require" : "report",
      allocator);
  Set(value, "limits", LimitsJson(request, allocator), allocator);
  Set(value, "pin", PinOrBan(request.pinned_components, request.pinned_vendors, allocator),
      allocator);
  Set(value, "ban", PinOrBan(request.banned_components, request.banned_vendors, allocator),
      allocator);
  Value site(rapidjson::kObjectType);
  Set(site, "cooling", List(request.site_cooling, allocator), allocator);
  Set(site, "platforms", List(request.site_platforms, allocator), allocator);
  Set(value, "site", std::move(site), allocator);
  Set(value, "end_user", request.end_user, allocator);
  Set(value, "unknown_facts",
      request.unknown_facts == UnknownFacts::kReject ? "reject" : "conditional", allocator);
  Set(value, "missing_prices",
      request.missing_prices == MissingPrices::kReject ? "reject" : "estimate", allocator);
  Set(value, "objective", ObjectiveJson(request, allocator), allocator);
  if (!request.pareto.empty()) {
    std::vector<std::string> figures;
    for (const Figure figure : request.pareto) figures.emplace_back(FigureName(figure));
    Set(value, "pareto", List(figures, allocator), allocator);
  }
  Set(value, "top", request.top, allocator);
  Set(value, "min_difference", request.min_difference, allocator);
  Set(value, "best_per", request.best_per, allocator);
  if (request.deadline_ms) Set(value, "deadline_ms", *request.deadline_ms, allocator);
  Value assumptions(rapidjson::kObjectType);
  for (const auto& [name, assumption] : request.assumptions) {
    Set(assumptions, name, static_cast<double>(assumption.value) / 1000.0, allocator);
  }
  Set(value, "assumptions", std::move(assumptions), allocator);
  return value;
}

Value AssumptionsJson(const Request& request, Allocator& allocator) {
  Value list(rapidjson::kArrayType);
  for (const auto& [name, assumption] : request.assumptions) {
    Value value(rapidjson::kObjectType);
    Set(value, "name", name, allocator);
    Set(value, "value", static_cast<double>(assumption.value) / 1000.0, allocator);
    Set(value, "unit", assumption.unit, allocator);
    Set(value, "origin", assumption.origin, allocator);
    if (!assumption.source.empty()) {
      Set(value, "source", assumption.source, allocator);
      Set(value, "as_of", assumption.as_of, allocator);
    }
    list.PushBack(value, allocator);
  }
  return list;
}

}  // namespace stackport::match
