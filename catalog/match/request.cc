#include "catalog/match/request.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <set>

#include "catalog/base/text.h"

namespace stackport::match {

namespace {

using json::PointerPush;

constexpr std::array kModes = {DeploymentMode::kOnPremises, DeploymentMode::kSovereignCloud,
                               DeploymentMode::kCloudInCountry, DeploymentMode::kCloudInBloc,
                               DeploymentMode::kCloudAnywhere};
constexpr std::array kFigures = {Figure::kOpenQuestions, Figure::kDataAbroad, Figure::kTco,
                                 Figure::kCapex,         Figure::kOpex,       Figure::kSitePower,
                                 Figure::kLeadTime,      Figure::kLicences,   Figure::kVendors};
constexpr std::array<std::string_view, 5> kDefaultControls = {
    "prompt_injection_defense", "model_scanning", "endpoint_protection", "network_security",
    "identity_and_secrets"};
constexpr std::array<std::string_view, 5> kEndUsers = {"unknown", "government", "approved",
                                                       "us_ai_company", "other"};

// Reads one request and collects every problem with its pointer.
class RequestReader {
 public:
  RequestReader(const Registry& registry, const CountryIndex& countries)
      : registry_(registry), countries_(countries) {}

  ParsedRequest Read(const json::Value& document) {
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
                    "open_weights",
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

 private:
  void Add(std::string code, std::string pointer, std::string message, std::string expected,
           std::string remedy) {
    findings_.push_back({Severity::kError, std::move(code), std::move(pointer), std::move(message),
                         std::move(expected), std::move(remedy)});
  }

  void CheckMembers(const json::Value& object, std::string_view pointer,
                    const std::vector<std::string>& known) {
    for (const auto& member : object.GetObject()) {
      const std::string name(member.name.GetString(), member.name.GetStringLength());
      if (std::find(known.begin(), known.end(), name) != known.end()) continue;
      const std::string near = NearestName(name, known);
      Add("unknown_member", PointerPush(pointer, name), "unknown member " + Quoted(name),
          "one of " + Join(known, ", "),
          near.empty() ? "remove it" : "did you mean '" + near + "'?");
    }
  }

  // A token out of a closed list; the fallback when the member is absent.
  template <typename T, std::size_t N, typename NameOf>
  T OneOf(const json::Value& object, std::string_view pointer, const char* name,
          const std::array<T, N>& values, NameOf name_of, T fallback) {
    const json::Value* value = json::Find(object, name);
    if (value == nullptr) return fallback;
    std::vector<std::string> names;
    for (const T& candidate : values) {
      names.emplace_back(name_of(candidate));
      if (value->IsString() && names.back() == value->GetString()) return candidate;
    }
    Add("unknown_value", PointerPush(pointer, name),
        value->IsString() ? Quoted(value->GetString()) + " is not known" : "the value is not text",
        "one of " + Join(names, ", "), Suggest(*value, names));
    return fallback;
  }

  static std::string Suggest(const json::Value& value, const std::vector<std::string>& names) {
    const std::string near = value.IsString() ? NearestName(value.GetString(), names) : "";
    return near.empty() ? "use one of the listed values" : "did you mean '" + near + "'?";
  }

  std::vector<std::string> ReadTokens(const json::Value& object, std::string_view pointer,
                                      const char* name, std::string_view vocabulary,
                                      std::vector<std::string> fallback, std::size_t maximum = 64) {
    const json::Value* value = json::Find(object, name);
    if (value == nullptr) return fallback;
    const std::string at = PointerPush(pointer, name);
    if (!value->IsArray() || value->Size() > maximum) {
      Add("not_a_list", at,
          "the value is not a list of at most " + std::to_string(maximum) + " texts",
          "a list of texts", "write [\"…\"]");
      return fallback;
    }
    std::vector<std::string> tokens;
    for (rapidjson::SizeType i = 0; i < value->Size(); ++i) {
      const json::Value& item = (*value)[i];
      if (!item.IsString() || item.GetStringLength() == 0 || item.GetStringLength() > 120) {
        Add("not_a_text", PointerPush(at, i), "the item is not a text of 1 to 120 characters",
            "a text", "correct or remove it");
        continue;
      }
      std::string token(item.GetString(), item.GetStringLength());
      if (!vocabulary.empty() && !CheckToken(vocabulary, token, PointerPush(at, i))) continue;
      if (std::find(tokens.begin(), tokens.end(), token) == tokens.end()) {
        tokens.push_back(std::move(token));
      }
    }
    return tokens;
  }

  bool CheckToken(std::string_view vocabulary, const std::string& token, std::string pointer) {
    const auto* known = registry_.FindVocabulary(vocabulary);
    if (known == nullptr || known->contains(token)) return true;
    std::vector<std::string> names;
    for (const auto& [name, meaning] : *known) names.push_back(name);
    const std::string near = NearestName(token, names);
    Add("unknown_" + std::string(vocabulary), std::move(pointer),
        Quoted(token) + " is not a known " + std::string(vocabulary),
        fmt::format("one of the {} the registry lists", names.size()),
        near.empty() ? "see sdk/registry/registry.json, vocabulary " + std::string(vocabulary)
                     : "did you mean '" + near + "'?");
    return false;
  }

  bool ReadFlag(const json::Value& object, std::string_view pointer, const char* name) {
    const json::Value* value = json::Find(object, name);
    if (value == nullptr) return false;
    if (!value->IsBool()) {
      Add("not_a_boolean", PointerPush(pointer, name), "the value is not true or false",
          "true or false", "correct it");
      return false;
    }
    return value->GetBool();
  }

  std::optional<std::int64_t> ReadInteger(const json::Value& object, std::string_view pointer,
                                          const char* name, std::int64_t low, std::int64_t high) {
    const json::Value* value = json::Find(object, name);
    if (value == nullptr) return std::nullopt;
    if (!value->IsInt64() || value->GetInt64() < low || value->GetInt64() > high) {
      Add("out_of_range", PointerPush(pointer, name), "the value is not a whole number in range",
          fmt::format("a whole number from {} to {}", low, high), "correct it");
      return std::nullopt;
    }
    return value->GetInt64();
  }

  void ReadSchema(const json::Value& document) {
    const json::Value* schema = json::Find(document, "schema");
    if (schema != nullptr &&
        (!schema->IsString() || std::string_view(schema->GetString()) != "stackport.request/1")) {
      Add("unknown_schema", "/schema", "this host reads requests of form stackport.request/1",
          "\"stackport.request/1\"", "write the request in that form, or leave the member out");
    }
  }

  void ReadCountry(const json::Value& document) {
    const json::Value* country = json::Find(document, "country");
    if (country == nullptr || !country->IsString()) {
      Add("missing_country", "/country", "no country is named",
          "an ISO 3166-1 code or an English country name", "add \"country\": \"KE\"");
      return;
    }
    auto resolved = countries_.Resolve(country->GetString());
    if (!resolved) {
      Add("unknown_country", "/country", resolved.error().message,
          "an ISO 3166-1 code or an English country name",
          "see `stackport countries` for the list");
      return;
    }
    request_.country = *resolved;
  }

  void ReadUseCases(const json::Value& document) {
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

  void ReadUseCase(const json::Value& value, const std::string& pointer) {
    if (!value.IsObject()) {
      Add("not_an_object", pointer, "the use case is not an object", "an object", "correct it");
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

  void ReadPlacement(const json::Value& document) {
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
    request_.open_weights = ReadFlag(document, "", "open_weights");
    request_.air_gap = ReadFlag(document, "", "air_gap");
    request_.certifications = ReadTokens(document, "", "certifications", "certification", {});
    request_.end_user = OneOf(
        document, "", "end_user", kEndUsers, [](std::string_view name) { return name; },
        std::string_view("unknown"));
  }

  void ReadSecurity(const json::Value& document) {
    std::vector<std::string> defaults(kDefaultControls.begin(), kDefaultControls.end());
    request_.security_controls =
        ReadTokens(document, "", "security_controls", "control", std::move(defaults), 16);
    if (request_.security_controls.empty()) {
      Add("no_controls", "/security_controls", "a package needs at least one security control",
          "controls of the registry (EO 14320 sec. 3(b)(i)(D))",
          "name one, or leave the member out for the default five");
    }
  }

  std::optional<std::int64_t> ReadQuantity(const json::Value& object, const char* name,
                                           std::string_view dimension, std::string_view example) {
    const json::Value* value = json::Find(object, name);
    if (value == nullptr) return std::nullopt;
    const std::string pointer = PointerPush("/limits", name);
    if (!value->IsString()) {
      Add("not_a_quantity", pointer, "a limit is a number with its unit, as text",
          fmt::format("for example \"{}\"", example), "add the unit");
      return std::nullopt;
    }
    auto quantity = registry_.ParseQuantity(dimension, value->GetString());
    if (!quantity) {
      Add("wrong_unit", pointer, quantity.error().message,
          fmt::format("for example \"{}\"", example), "correct number and unit");
      return std::nullopt;
    }
    if (*quantity < 0) {
      Add("negative_limit", pointer, "a limit cannot be negative", "zero or more", "correct it");
      return std::nullopt;
    }
    return *quantity;
  }

  void ReadLimits(const json::Value& document) {
    const json::Value* limits = json::Find(document, "limits");
    if (limits == nullptr) return;
    if (!limits->IsObject()) {
      Add("not_an_object", "/limits", "the limits are not an object", "an object", "correct it");
      return;
    }
    CheckMembers(*limits, "/limits",
                 {"capex", "opex", "tco", "site_power", "delivery", "export_licence", "vendors"});
    constexpr std::int64_t kMicroPerCent = 10'000;
    const auto money = [&](const char* name) -> std::optional<std::int64_t> {
      const auto micro = ReadQuantity(*limits, name, "money", "25 MUSD");
      return micro ? std::optional(*micro / kMicroPerCent) : std::nullopt;
    };
    request_.max_capex_cents = money("capex");
    request_.max_opex_cents = money("opex");
    request_.max_tco_cents = money("tco");
    request_.max_site_power_w = ReadQuantity(*limits, "site_power", "power", "1 MW");
    request_.max_delivery_days = ReadQuantity(*limits, "delivery", "duration", "270 d");
    request_.max_vendors = ReadInteger(*limits, "/limits", "vendors", 1, 1000);
    request_.licence = OneOf(
        *limits, "/limits", "export_licence",
        std::array{LicenceTolerance::kNone, LicenceTolerance::kAcceptable},
        [](LicenceTolerance t) {
          return std::string_view(t == LicenceTolerance::kNone ? "none" : "acceptable");
        },
        LicenceTolerance::kAcceptable);
  }

  void ReadPinsAndBans(const json::Value& document) {
    for (const char* name : {"pin", "ban"}) {
      const json::Value* object = json::Find(document, name);
      if (object == nullptr) continue;
      const std::string pointer = PointerPush("", name);
      if (!object->IsObject()) {
        Add("not_an_object", pointer, "the value is not an object",
            "{\"components\": […], \"vendors\": […]}", "correct it");
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

  void ReadSite(const json::Value& document) {
    const json::Value* site = json::Find(document, "site");
    if (site == nullptr) return;
    if (!site->IsObject()) {
      Add("not_an_object", "/site", "the site is not an object", "{\"cooling\": […]}",
          "correct it");
      return;
    }
    CheckMembers(*site, "/site", {"cooling", "platforms"});
    request_.site_cooling = ReadTokens(*site, "/site", "cooling", "cooling", {});
    request_.site_platforms = ReadTokens(*site, "/site", "platforms", "", {});
  }

  void ReadAssumptions(const json::Value& document) {
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
          "correct it");
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
      constexpr double kMaximum = 1e9;
      if (!member.value.IsNumber() || member.value.GetDouble() < 0 ||
          member.value.GetDouble() > kMaximum) {
        Add("out_of_range", pointer, "the value is not a number from 0 to 1e9",
            "a number in " + found->second.unit, "correct it");
        continue;
      }
      found->second.value = std::llround(member.value.GetDouble() * 1000);
      found->second.origin = "request";
      found->second.source.clear();
      found->second.as_of.clear();
    }
    for (const char* positive : {"batch", "roofline_efficiency", "memory_overhead", "pue", "years",
                                 "output_tokens_per_request", "model_load_seconds"}) {
      if (request_.Milli(positive) == 0) {
        Add("out_of_range", PointerPush("/assumptions", positive), "the value must be above 0",
            "a number above 0", "correct it");
      }
    }
    if (request_.Milli("years") % 1000 != 0 || request_.Milli("years") > 30'000) {
      Add("out_of_range", "/assumptions/years", "the period is not a whole number of years",
          "1 to 30", "correct it");
    }
  }

  void ApplyCountryFacts() {
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

  void ReadAnswerShape(const json::Value& document) {
    request_.unknown_facts = OneOf(
        document, "", "unknown_facts",
        std::array{UnknownFacts::kConditional, UnknownFacts::kReject},
        [](UnknownFacts u) {
          return std::string_view(u == UnknownFacts::kReject ? "reject" : "conditional");
        },
        UnknownFacts::kConditional);
    request_.missing_prices = OneOf(
        document, "", "missing_prices",
        std::array{MissingPrices::kEstimate, MissingPrices::kReject},
        [](MissingPrices m) {
          return std::string_view(m == MissingPrices::kReject ? "reject" : "estimate");
        },
        MissingPrices::kEstimate);
    request_.us_content = OneOf(
        document, "", "us_content", std::array{UsContent::kReport, UsContent::kRequire},
        [](UsContent u) {
          return std::string_view(u == UsContent::kRequire ? "require" : "report");
        },
        UsContent::kReport);
    request_.top =
        static_cast<int>(ReadInteger(document, "", "top", 1, kMaxRequestTop).value_or(5));
    request_.min_difference = static_cast<int>(
        ReadInteger(document, "", "min_difference", 1, 12).value_or(kDefaultMinDifference));
    request_.deadline_ms = ReadInteger(document, "", "deadline_ms", 1, 600'000);
    request_.best_per = OneOf(
        document, "", "best_per",
        std::array<std::string_view, 4>{"deployment", "accelerator_vendor", "model_family", "none"},
        [](std::string_view name) { return name; }, std::string_view("deployment"));
  }

  void ReadObjective(const json::Value& document) {
    const json::Value* objective = json::Find(document, "objective");
    if (objective == nullptr) {
      // A stated wish comes before the questions that are open either way.
      if (request_.residency == Residency::kPreferCountry) {
        request_.objective.push_back({{Figure::kDataAbroad, 1}});
      }
      request_.objective.push_back({{Figure::kOpenQuestions, 1}});
      request_.objective.push_back({{Figure::kTco, 1}});
      request_.objective.push_back({{Figure::kLeadTime, 1}});
      request_.objective.push_back({{Figure::kVendors, 1}});
    } else if (!objective->IsArray() || objective->Empty() || objective->Size() > 6) {
      Add("not_a_list", "/objective", "the objective is not a list of 1 to 6 levels",
          "[\"open_questions\", \"tco\"] or [{\"tco\": 1, \"lead_time\": 50000}]", "correct it");
    } else {
      for (rapidjson::SizeType i = 0; i < objective->Size(); ++i) {
        ReadLevel((*objective)[i], PointerPush("/objective", i));
      }
    }
    const json::Value* pareto = json::Find(document, "pareto");
    if (pareto == nullptr) return;
    if (!pareto->IsArray() || pareto->Size() < 2 || pareto->Size() > 3) {
      Add("not_a_list", "/pareto", "the front is not drawn over two or three figures",
          "[\"tco\", \"site_power\"]", "name two or three figures");
      return;
    }
    for (rapidjson::SizeType i = 0; i < pareto->Size(); ++i) {
      if (const auto figure = ReadFigure((*pareto)[i], PointerPush("/pareto", i))) {
        request_.pareto.push_back(*figure);
      }
    }
  }

  std::optional<Figure> ReadFigure(const json::Value& value, const std::string& pointer) {
    const auto figure = value.IsString() ? FigureByName(value.GetString()) : std::nullopt;
    if (figure) return figure;
    std::vector<std::string> names;
    for (const Figure known : kFigures) names.emplace_back(FigureName(known));
    Add("unknown_figure", pointer, "the value is not a figure of a package",
        "one of " + Join(names, ", "), Suggest(value, names));
    return std::nullopt;
  }

  void ReadLevel(const json::Value& value, const std::string& pointer) {
    if (!value.IsObject()) {
      if (const auto figure = ReadFigure(value, pointer))
        request_.objective.push_back({{*figure, 1}});
      return;
    }
    std::vector<ObjectiveTerm> level;
    for (const auto& member : value.GetObject()) {
      const std::string at = PointerPush(pointer, member.name.GetString());
      const auto figure = ReadFigure(member.name, at);
      constexpr std::int64_t kMaxWeight = 1'000'000'000;
      if (!member.value.IsInt64() || member.value.GetInt64() < 0 ||
          member.value.GetInt64() > kMaxWeight) {
        Add("out_of_range", at, "the weight is not a whole number in range",
            "0 to 1000000000, US cents per unit of the figure", "correct it");
        continue;
      }
      if (figure) level.push_back({*figure, member.value.GetInt64()});
    }
    if (!level.empty()) request_.objective.push_back(std::move(level));
  }

  void CheckContradictions() {
    const auto both = [](const std::vector<std::string>& a, const std::vector<std::string>& b) {
      std::vector<std::string> common;
      for (const std::string& item : a) {
        if (std::find(b.begin(), b.end(), item) != b.end()) common.push_back(item);
      }
      return common;
    };
    for (const std::string& id : both(request_.pinned_components, request_.banned_components)) {
      Add("contradiction", "/pin/components", Quoted(id) + " is pinned and banned",
          "one of the two", "remove it from pin.components or from ban.components");
    }
    for (const std::string& id : both(request_.pinned_vendors, request_.banned_vendors)) {
      Add("contradiction", "/pin/vendors", Quoted(id) + " is pinned and banned", "one of the two",
          "remove it from pin.vendors or from ban.vendors");
    }
    for (const std::string& id : request_.pinned_components) {
      const std::string vendor = Split(id, '/').front();
      if (!both({vendor}, request_.banned_vendors).empty()) {
        Add("contradiction", "/pin/components",
            Quoted(id) + " is pinned while its vendor is banned by /ban/vendors",
            "a pin outside the banned vendors", "remove the pin or the ban");
      }
    }
    const bool only_abroad =
        !request_.deployment.empty() &&
        std::all_of(
            request_.deployment.begin(), request_.deployment.end(), [](DeploymentMode mode) {
              return mode == DeploymentMode::kCloudInBloc || mode == DeploymentMode::kCloudAnywhere;
            });
    if (request_.residency == Residency::kCountry && only_abroad) {
      Add("contradiction", "/data_residency",
          "data must stay in the country, and /deployment allows only regions outside it",
          "limits that can hold together",
          "allow on_premises, sovereign_cloud or cloud_in_country, or widen data_residency");
    }
    const bool no_site = !request_.deployment.empty() &&
                         request_.deployment.front() != DeploymentMode::kOnPremises &&
                         request_.deployment.front() != DeploymentMode::kSovereignCloud;
    if (request_.air_gap && no_site) {
      Add("contradiction", "/air_gap",
          "an air gap is demanded, and /deployment allows only public cloud regions",
          "limits that can hold together", "allow on_premises or sovereign_cloud, or drop air_gap");
    }
  }

  const Registry& registry_;
  const CountryIndex& countries_;
  Request request_;
  std::vector<Finding> findings_;
};

}  // namespace

std::string_view ResidencyName(Residency residency) {
  switch (residency) {
    case Residency::kCountry:
      return "country";
    case Residency::kPreferCountry:
      return "prefer_country";
    case Residency::kBloc:
      return "bloc";
    case Residency::kAnywhere:
      return "anywhere";
  }
  return "";
}

std::string_view DeploymentModeName(DeploymentMode mode) {
  switch (mode) {
    case DeploymentMode::kOnPremises:
      return "on_premises";
    case DeploymentMode::kSovereignCloud:
      return "sovereign_cloud";
    case DeploymentMode::kCloudInCountry:
      return "cloud_in_country";
    case DeploymentMode::kCloudInBloc:
      return "cloud_in_bloc";
    case DeploymentMode::kCloudAnywhere:
      return "cloud_anywhere";
  }
  return "";
}

std::string_view FigureName(Figure figure) {
  switch (figure) {
    case Figure::kOpenQuestions:
      return "open_questions";
    case Figure::kDataAbroad:
      return "data_abroad";
    case Figure::kTco:
      return "tco";
    case Figure::kCapex:
      return "capex";
    case Figure::kOpex:
      return "opex";
    case Figure::kSitePower:
      return "site_power";
    case Figure::kLeadTime:
      return "lead_time";
    case Figure::kLicences:
      return "licences";
    case Figure::kVendors:
      return "vendors";
  }
  return "";
}

std::optional<Figure> FigureByName(std::string_view name) {
  for (const Figure figure : kFigures) {
    if (FigureName(figure) == name) return figure;
  }
  return std::nullopt;
}

ParsedRequest ParseRequest(const json::Value& document, const Registry& registry,
                           const CountryIndex& countries) {
  return RequestReader(registry, countries).Read(document);
}

}  // namespace stackport::match
