#include "catalog/match/request_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "catalog/base/text.h"

namespace stackport::match {

namespace {

constexpr std::array kModes = {DeploymentMode::kOnPremises, DeploymentMode::kSovereignCloud,
                               DeploymentMode::kCloudInCountry, DeploymentMode::kCloudInBloc,
                               DeploymentMode::kCloudAnywhere};
constexpr std::array<std::string_view, 5> kDefaultControls = {
    "prompt_injection_defense", "model_scanning", "endpoint_protection", "network_security",
    "identity_and_secrets"};
// As the registry bounds the fact.
constexpr std::int64_t kMaxContextTokens = 100'000'000;
constexpr std::array<std::string_view, 5> kEndUsers = {"unknown", "government", "approved",
                                                       "us_ai_company", "other"};

// What an assumption may be, in thousandths: a multiple of `step`, both ends included.
struct AssumptionRange {
  std::int64_t low;
  std::int64_t high;
  std::int64_t step;
};

// The matcher divides by some of them.
AssumptionRange RangeOf(std::string_view name) {
  constexpr std::int64_t kMost = 1'000'000'000'000;
  constexpr std::array<std::string_view, 6> kAboveZero = {
      "batch", "roofline_efficiency",       "memory_overhead",
      "pue",   "output_tokens_per_request", "model_load_seconds"};
  if (name == "years") return {1'000, 30'000, 1'000};
  const bool above = std::find(kAboveZero.begin(), kAboveZero.end(), name) != kAboveZero.end();
  return {above ? 1 : 0, kMost, 1};
}

// In thousandths; nothing for what is no number, negative, or far from any assumption.
std::optional<std::int64_t> MilliOf(const json::Value& value) {
  constexpr double kFar = 1e12;
  if (!value.IsNumber() || value.GetDouble() < 0 || value.GetDouble() > kFar) return std::nullopt;
  return std::llround(value.GetDouble() * 1000);
}

std::string MilliText(std::int64_t milli) {
  return milli % 1000 == 0 ? std::to_string(milli / 1000)
                           : fmt::format("{:g}", static_cast<double>(milli) / 1000);
}

}  // namespace

using json::PointerPush;

ParsedRequest RequestReader::Read(const json::Value& document) {
  ParsedRequest parsed;
  if (!document.IsObject()) {
    Add("not_an_object", "", "the request is not a JSON object", "an object",
        "send {\"country\": …, \"use_cases\": […]}");
  } else {
    CheckMembers(document, "",
                 {"schema",
                  "country",
                  "use_cases",
                  "deployment",
                  "data_residency",
                  "purpose",
                  "open_weights",
                  "model",
                  "air_gap",
                  "certifications",
                  "security_controls",
                  "us_content",
                  "limits",
                  "pin",
                  "ban",
                  "site",
                  "end_user",
                  "unknown_facts",
                  "missing_prices",
                  "objective",
                  "pareto",
                  "top",
                  "min_difference",
                  "best_per",
                  "deadline_ms",
                  "assumptions"});
    ReadSchema(document);
    ReadCountry(document);
    ReadUseCases(document);
    ReadPlacement(document);
    ReadModel(document);
    ReadSecurity(document);
    ReadLimits(document);
    ReadPinsAndBans(document);
    ReadSite(document);
    ReadAssumptions(document);
    ReadAnswerShape(document);
    ReadObjective(document);
    CheckContradictions();
  }
  parsed.findings = std::move(findings_);
  if (!HasErrors(parsed.findings)) parsed.request = std::move(request_);
  return parsed;
}

void RequestReader::ReadSchema(const json::Value& document) {
  const json::Value* schema = json::Find(document, "schema");
  if (schema != nullptr &&
      (!schema->IsString() || std::string_view(schema->GetString()) != "stackport.request/1")) {
    Add("unknown_schema", "/schema", "this host reads requests of form stackport.request/1",
        "\"stackport.request/1\"", "write the request in that form, or leave the member out");
  }
}

void RequestReader::ReadCountry(const json::Value& document) {
  const json::Value* country = json::Find(document, "country");
  if (country == nullptr || !country->IsString()) {
    Add("missing_country", "/country", "no country is named",
        "an ISO 3166-1 code or an English country name", "add \"country\": \"KE\"");
    return;
  }
  auto resolved = countries_.Resolve(country->GetString());
  if (!resolved) {
    Add("unknown_country", "/country", resolved.error().message,
        "an ISO 3166-1 code or an English country name", "see `stackport countries` for the list");
    return;
  }
  request_.country = *resolved;
}

void RequestReader::ReadUseCases(const json::Value& document) {
  const json::Value* cases = json::Find(document, "use_cases");
  if (cases == nullptr || !cases->IsArray() || cases->Empty() ||
      cases->Size() > static_cast<rapidjson::SizeType>(kMaxUseCases)) {
    Add("missing_use_cases", "/use_cases",
        fmt::format("the request does not list 1 to {} use cases", kMaxUseCases),
        "a list of {\"task\": …, \"languages\": […], \"users\": …}",
        "name at least one task, for example agriculture.farmer_advice");
    return;
  }
  for (rapidjson::SizeType i = 0; i < cases->Size(); ++i) {
    ReadUseCase((*cases)[i], PointerPush("/use_cases", i));
  }
}

void RequestReader::ReadUseCase(const json::Value& value, const std::string& pointer) {
  if (!value.IsObject()) {
    Add("not_an_object", pointer, "the use case is not an object", "an object",
        "write {\"task\": \"agriculture.farmer_advice\", \"users\": 30000}");
    return;
  }
  CheckMembers(value, pointer, {"task", "languages", "users", "peak_tokens_per_s"});
  UseCase use_case;
  use_case.task = json::StringOr(value, "task", "");
  if (use_case.task.empty()) {
    Add("missing_task", PointerPush(pointer, "task"), "the use case names no task",
        "a task of the registry", "add \"task\": \"agriculture.farmer_advice\"");
    return;
  }
  if (!CheckToken("task", use_case.task, PointerPush(pointer, "task"))) return;
  use_case.languages = ReadTokens(value, pointer, "languages", "", {}, kMaxLanguages);
  for (std::size_t i = 0; i < use_case.languages.size(); ++i) {
    const std::string& tag = use_case.languages[i];
    const std::size_t primary = tag.find('-') == std::string::npos ? tag.size() : tag.find('-');
    const bool well_formed =
        primary >= 2 && primary <= 3 &&
        std::all_of(tag.begin(), tag.begin() + static_cast<std::ptrdiff_t>(primary),
                    [](char c) { return c >= 'a' && c <= 'z'; });
    if (!well_formed) {
      Add("unknown_language", PointerPush(PointerPush(pointer, "languages"), i),
          Quoted(tag) + " is not a BCP 47 language tag", "a tag such as sw, en or pt-BR",
          "use the two-letter code of the language in lower case");
    }
  }
  use_case.users = ReadInteger(value, pointer, "users", 1, kMaxUsers).value_or(0);
  if (const auto peak = ReadInteger(value, pointer, "peak_tokens_per_s", 1, 1'000'000'000)) {
    use_case.peak_tokens_per_1000s = *peak * 1000;
  }
  if (use_case.users == 0 && !use_case.peak_tokens_per_1000s &&
      json::Find(value, "users") == nullptr) {
    Add("missing_size", pointer, "the use case states neither users nor a token rate",
        "\"users\" or \"peak_tokens_per_s\"", "add \"users\": 30000");
  }
  request_.use_cases.push_back(std::move(use_case));
}

void RequestReader::ReadPlacement(const json::Value& document) {
  std::vector<std::string> names;
  for (const DeploymentMode mode : kModes) names.emplace_back(DeploymentModeName(mode));
  for (const std::string& token : ReadTokens(document, "", "deployment", "", names)) {
    const auto found = std::find(names.begin(), names.end(), token);
    if (found == names.end()) {
      const std::string near = NearestName(token, names);
      Add("unknown_deployment", "/deployment", Quoted(token) + " is not a deployment mode",
          "any of " + Join(names, ", "),
          near.empty() ? "use the listed names" : "did you mean '" + near + "'?");
      continue;
    }
    request_.deployment.push_back(kModes[static_cast<std::size_t>(found - names.begin())]);
  }
  std::sort(request_.deployment.begin(), request_.deployment.end());
  if (request_.deployment.empty() && !HasErrors(findings_)) {
    Add("no_deployment", "/deployment", "no deployment mode is allowed",
        "at least one of " + Join(names, ", "), "add one, or leave the member out for all");
  }
  request_.residency = OneOf(document, "", "data_residency",
                             std::array{Residency::kCountry, Residency::kPreferCountry,
                                        Residency::kBloc, Residency::kAnywhere},
                             ResidencyName, Residency::kAnywhere);
  request_.purpose =
      OneOf(document, "", "purpose", std::array{Purpose::kService, Purpose::kResearch}, PurposeName,
            Purpose::kService);
  request_.open_weights = ReadFlag(document, "", "open_weights");
  request_.air_gap = ReadFlag(document, "", "air_gap");
  request_.certifications = ReadTokens(document, "", "certifications", "certification", {});
  request_.end_user = OneOf(
      document, "", "end_user", kEndUsers, [](std::string_view name) { return name; },
      std::string_view("unknown"));
}

void RequestReader::ReadModel(const json::Value& document) {
  const json::Value* model = json::Find(document, "model");
  if (model == nullptr) return;
  if (!model->IsObject()) {
    Add("not_an_object", "/model", "the demand on the model is not an object",
        "{\"min_parameters\": \"30 B\", \"min_context_tokens\": 32000}",
        "write such an object, or leave it out for any model");
    return;
  }
  CheckMembers(*model, "/model", {"min_parameters", "min_context_tokens"});
  request_.min_model_parameters =
      ReadQuantity(*model, "/model", "min_parameters", "parameter_count", "30 B");
  request_.min_context_tokens =
      ReadInteger(*model, "/model", "min_context_tokens", 1, kMaxContextTokens);
}

void RequestReader::ReadSecurity(const json::Value& document) {
  std::vector<std::string> defaults(kDefaultControls.begin(), kDefaultControls.end());
  request_.security_controls =
      ReadTokens(document, "", "security_controls", "control", std::move(defaults), 16);
  if (request_.security_controls.empty()) {
    Add("no_controls", "/security_controls", "a package needs at least one security control",
        "controls of the registry (EO 14320 sec. 3(b)(i)(D))",
        "name one, or leave the member out for the default five");
  }
}

void RequestReader::ReadLimits(const json::Value& document) {
  const json::Value* limits = json::Find(document, "limits");
  if (limits == nullptr) return;
  if (!limits->IsObject()) {
    Add("not_an_object", "/limits", "the limits are not an object", "{\"capex\": \"25 MUSD\"}",
        "write such an object, or leave it out for no limit");
    return;
  }
  CheckMembers(*limits, "/limits",
               {"capex", "opex", "tco", "site_power", "delivery", "export_licence", "vendors"});
  constexpr std::int64_t kMicroPerCent = 10'000;
  const auto money = [&](const char* name) -> std::optional<std::int64_t> {
    const auto micro = ReadQuantity(*limits, "/limits", name, "money", "25 MUSD");
    return micro ? std::optional(*micro / kMicroPerCent) : std::nullopt;
  };
  request_.max_capex_cents = money("capex");
  request_.max_opex_cents = money("opex");
  request_.max_tco_cents = money("tco");
  request_.max_site_power_w = ReadQuantity(*limits, "/limits", "site_power", "power", "1 MW");
  request_.max_delivery_days = ReadQuantity(*limits, "/limits", "delivery", "duration", "270 d");
  request_.max_vendors = ReadInteger(*limits, "/limits", "vendors", 1, 1000);
  request_.licence = OneOf(
      *limits, "/limits", "export_licence",
      std::array{LicenceTolerance::kNone, LicenceTolerance::kAcceptable},
      [](LicenceTolerance t) {
        return std::string_view(t == LicenceTolerance::kNone ? "none" : "acceptable");
      },
      LicenceTolerance::kAcceptable);
}

void RequestReader::ReadPinsAndBans(const json::Value& document) {
  for (const char* name : {"pin", "ban"}) {
    const json::Value* object = json::Find(document, name);
    if (object == nullptr) continue;
    const std::string pointer = PointerPush("", name);
    if (!object->IsObject()) {
      Add("not_an_object", pointer, "the value is not an object",
          "{\"components\": […], \"vendors\": […]}", "write such an object, or leave it out");
      continue;
    }
    CheckMembers(*object, pointer, {"components", "vendors"});
    const bool pin = std::string_view(name) == "pin";
    (pin ? request_.pinned_components : request_.banned_components) =
        ReadTokens(*object, pointer, "components", "", {});
    (pin ? request_.pinned_vendors : request_.banned_vendors) =
        ReadTokens(*object, pointer, "vendors", "", {});
  }
}

void RequestReader::ReadSite(const json::Value& document) {
  const json::Value* site = json::Find(document, "site");
  if (site == nullptr) return;
  if (!site->IsObject()) {
    Add("not_an_object", "/site", "the site is not an object", "{\"cooling\": […]}",
        "write such an object, or leave it out");
    return;
  }
  CheckMembers(*site, "/site", {"cooling", "platforms"});
  request_.site_cooling = ReadTokens(*site, "/site", "cooling", "cooling", {});
  request_.site_platforms = ReadTokens(*site, "/site", "platforms", "", {});
}

void RequestReader::ReadAssumptions(const json::Value& document) {
  std::vector<std::string> names;
  for (const Assumption& assumption : DefaultAssumptions()) {
    request_.assumptions[assumption.name] = assumption;
    names.push_back(assumption.name);
  }
  ApplyCountryFacts();
  const json::Value* given = json::Find(document, "assumptions");
  if (given == nullptr) return;
  if (!given->IsObject()) {
    Add("not_an_object", "/assumptions", "the assumptions are not an object", "{\"pue\": 1.3}",
        "write such an object, or leave it out for the defaults");
    return;
  }
  for (const auto& member : given->GetObject()) {
    const std::string name(member.name.GetString(), member.name.GetStringLength());
    const std::string pointer = PointerPush("/assumptions", name);
    const auto found = request_.assumptions.find(name);
    if (found == request_.assumptions.end()) {
      const std::string near = NearestName(name, names);
      Add("unknown_assumption", pointer, Quoted(name) + " is not an assumption of the matcher",
          "one of " + Join(names, ", "),
          near.empty() ? "remove it" : "did you mean '" + near + "'?");
      continue;
    }
    const AssumptionRange range = RangeOf(name);
    const std::optional<std::int64_t> milli = MilliOf(member.value);
    if (!milli || *milli < range.low || *milli > range.high || *milli % range.step != 0) {
      const std::string allowed =
          fmt::format("a {} from {} to {}", range.step > 1 ? "whole number" : "number",
                      MilliText(range.low), MilliText(range.high));
      const std::string& unit = found->second.unit;
      Add("out_of_range", pointer, "the value is not " + allowed,
          unit == "x" ? allowed + ", a factor" : fmt::format("{}, in {}", allowed, unit),
          fmt::format("write such a number, or leave it out for {}",
                      MilliText(found->second.value)));
      continue;
    }
    found->second.value = *milli;
    found->second.origin = "request";
    found->second.source.clear();
    found->second.as_of.clear();
  }
}

void RequestReader::ApplyCountryFacts() {
  const Country* country = countries_.Find(request_.country);
  if (country == nullptr || !country->electricity_price_micro_usd_per_kwh) return;
  Assumption& price = request_.assumptions["electricity_usd_per_kwh"];
  price.value = (*country->electricity_price_micro_usd_per_kwh + 999) / 1000;
  price.origin = "country fact: price for large industrial users in " + country->name;
  if (const Provenance* provenance = country->FindProvenance("electricity_price_usd_kwh")) {
    price.source = provenance->source;
    price.as_of = provenance->as_of;
  }
}

}  // namespace stackport::match
