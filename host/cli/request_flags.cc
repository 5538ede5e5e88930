#include "host/cli/request_flags.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <iterator>

#include "catalog/base/text.h"
#include "catalog/match/request.h"

namespace stackport::cli {
namespace {

using json::Allocator;
using json::Value;

constexpr std::size_t kMaxRequestDepth = 16;  // the form nests four deep

// The member `name` of an object, made an empty object when it is not one.
Value& ObjectMember(Value& object, const char* name, Allocator& allocator) {
  const auto found = object.FindMember(name);
  if (found == object.MemberEnd() || !found->value.IsObject()) {
    json::Set(object, name, Value(rapidjson::kObjectType), allocator);
  }
  return object[name];
}

// Adds texts to the list `name` of an object, which is made when it is missing.
void Append(Value& object, const char* name, const std::string& text, Allocator& allocator) {
  const auto found = object.FindMember(name);
  if (found == object.MemberEnd() || !found->value.IsArray()) {
    json::Set(object, name, Value(rapidjson::kArrayType), allocator);
  }
  object[name].PushBack(json::String(text, allocator), allocator);
}

std::optional<std::int64_t> WholeNumber(std::string_view text) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

// "KE", or 'a b' where the shell would split it.
std::string ShellWord(const std::string& word) {
  const bool plain = !word.empty() && std::all_of(word.begin(), word.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view("-_./:,=@%+").find(c) != std::string_view::npos;
  });
  if (plain) return word;
  std::string quoted = "'";
  for (const char c : word) quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return quoted + "'";
}

template <typename T>
CLI::Option* One(CLI::App& command, const char* name, T& value, const char* type,
                 const char* help) {
  return command.add_option(name, value, help)->type_name(type);
}

// A flag that may be given several times, each with one value.
CLI::Option* Repeatable(CLI::App& command, const char* name, std::vector<std::string>& values,
                        const char* type, const char* help) {
  return command.add_option(name, values, help)->type_name(type)->allow_extra_args(false);
}

// A flag whose value is a list parted by commas.
CLI::Option* List(CLI::App& command, const char* name, std::vector<std::string>& values,
                  const char* type, const char* help) {
  return Repeatable(command, name, values, type, help)->delimiter(',');
}

}  // namespace

void RequestFlags::AddTo(CLI::App& command) {
  One(command, "--request", file, "FILE",
      "Request file (stackport.request/1); '-' reads standard input");
  One(command, "--country", country_, "COUNTRY", "ISO code or English name");
  Repeatable(command, "--use-case", use_cases_, "TASK[:LANGS[:USERS]]",
             "What the package is for, repeatable: agriculture.farmer_advice:sw,en:30000");
  One(command, "--users", users_, "N", "Users of each use case that states none");
  List(command, "--deployment", deployment_, "MODES",
       "on_premises,sovereign_cloud,cloud_in_country,cloud_in_bloc,cloud_anywhere");
  One(command, "--residency", residency_, "WHERE",
      "Where data may be held: country, prefer_country, bloc, anywhere");
  One(command, "--power-kw", power_kw_, "KW", "Most site power");
  One(command, "--capex-musd", capex_musd_, "MUSD", "Most capital, million USD");
  One(command, "--opex-musd", opex_musd_, "MUSD", "Most running cost a year");
  One(command, "--tco-musd", tco_musd_, "MUSD", "Most total cost over the years");
  One(command, "--delivery-days", delivery_days_, "DAYS", "Longest delivery");
  One(command, "--max-vendors", max_vendors_, "N", "Most vendors in a package");
  One(command, "--licence", licence_, "TOLERANCE", "Export licences: acceptable (default) or none");
  One(command, "--us-content", us_content_, "RULE", "51 percent U.S. content: report or require");
  One(command, "--end-user", end_user_, "WHO",
      "Where a licence rule asks: government, approved, us_ai_company, other");
  One(command, "--purpose", purpose_, "WHAT",
      "What licences of models are asked for: service (default) or research");
  command.add_flag("--open-weights", open_weights_, "Demand a model with open weights");
  One(command, "--model-parameters", model_parameters_, "N", "Smallest model in parameters: 30B");
  One(command, "--model-context", model_context_, "TOKENS", "Shortest context of the model");
  command.add_flag("--air-gap", air_gap_, "Demand that everything runs without a connection");
  Repeatable(command, "--pin", pins_, "ID", "Component (vendor/name) or vendor to include");
  Repeatable(command, "--ban", bans_, "ID", "Component (vendor/name) or vendor to leave out");
  List(command, "--certification", certifications_, "NAMES", "Certifications to demand");
  List(command, "--control", controls_, "NAMES", "Security controls to demand");
  List(command, "--cooling", cooling_, "METHODS", "Cooling that the site offers");
  command.add_flag("--reject-unknown", reject_unknown_, "Leave out what rests on unknown facts");
  command.add_flag("--reject-missing-prices", reject_missing_prices_,
                   "Leave out what has no published price");
  One(command, "--years", years_, "N", "Years of the total cost (default 5)");
  Repeatable(command, "--assume", assumptions_, "NAME=VALUE", "Replace an assumption: pue=1.3");
  One(command, "--top", top_, "K", "Packages to return (default 5)");
  One(command, "--min-difference", min_difference_, "D",
      "Demands in which packages must differ (default 4)");
  One(command, "--best-per", best_per_, "CLASS",
      "Also the best per deployment, accelerator_vendor or model_family");
  List(command, "--objective", objective_, "FIGURES",
       "Order, most important first: open_questions,tco,lead_time,vendors");
  List(command, "--pareto", pareto_, "FIGURES", "Also the exact front of two or three figures");
  One(command, "--deadline", deadline_ms_, "MS", "Longest search; a stopped one states its bound");
}

Result<json::Document> RequestFlags::Read(std::istream& in) const {
  json::Limits limits;
  limits.max_bytes = match::kMaxRequestBytes;
  limits.max_depth = kMaxRequestDepth;
  if (file.empty()) {
    json::Document document(rapidjson::kObjectType);
    json::Set(document, "schema", "stackport.request/1", document.GetAllocator());
    return document;
  }
  if (file != "-") return json::ParseFile(file, limits);
  std::string text(limits.max_bytes + 1, '\0');
  in.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(in.gcount()));
  return json::Parse(text, "standard input", limits);
}

Result<json::Document> RequestFlags::Build(std::istream& in) const {
  auto read = Read(in);
  if (!read) return read.error();
  json::Document request = *std::move(read);
  if (!request.IsObject()) return request;  // ParseRequest says what is wrong
  Allocator& allocator = request.GetAllocator();
  const auto text = [&](const char* name, const std::string& value) {
    if (!value.empty()) json::Set(request, name, value, allocator);
  };
  const auto number = [&](const char* name, const std::optional<std::int64_t>& value) {
    if (value) json::Set(request, name, *value, allocator);
  };
  const auto list = [&](const char* name, const std::vector<std::string>& values) {
    if (!values.empty()) json::Set(request, name, json::StringArray(values, allocator), allocator);
  };
  text("country", country_);
  if (Status added = AddUseCases(request, allocator); !added) return added.error();
  list("deployment", deployment_);
  text("data_residency", residency_);
  text("us_content", us_content_);
  text("end_user", end_user_);
  text("purpose", purpose_);
  text("best_per", best_per_);
  if (open_weights_) json::Set(request, "open_weights", true, allocator);
  if (air_gap_) json::Set(request, "air_gap", true, allocator);
  if (reject_unknown_) json::Set(request, "unknown_facts", "reject", allocator);
  if (reject_missing_prices_) json::Set(request, "missing_prices", "reject", allocator);
  list("certifications", certifications_);
  list("security_controls", controls_);
  list("objective", objective_);
  list("pareto", pareto_);
  number("top", top_);
  number("min_difference", min_difference_);
  number("deadline_ms", deadline_ms_);
  if (!cooling_.empty()) {
    json::Set(ObjectMember(request, "site", allocator), "cooling",
              json::StringArray(cooling_, allocator), allocator);
  }
  if (!model_parameters_.empty()) {
    json::Set(ObjectMember(request, "model", allocator), "min_parameters", model_parameters_,
              allocator);
  }
  if (model_context_) {
    json::Set(ObjectMember(request, "model", allocator), "min_context_tokens", *model_context_,
              allocator);
  }
  AddLimits(request, allocator);
  for (const bool pin : {true, false}) {
    for (const std::string& id : pin ? pins_ : bans_) {
      Append(ObjectMember(request, pin ? "pin" : "ban", allocator),
             id.find('/') == std::string::npos ? "vendors" : "components", id, allocator);
    }
  }
  if (Status added = AddAssumptions(request, allocator); !added) return added.error();
  return request;
}

Status RequestFlags::AddUseCases(Value& request, Allocator& allocator) const {
  if (!use_cases_.empty()) {
    Value cases(rapidjson::kArrayType);
    for (const std::string& text : use_cases_) {
      const std::vector<std::string> parts = Split(text, ':');
      if (parts.size() > 3) {
        return InvalidArgument("the use case " + Quoted(text) + " has " +
                                   std::to_string(parts.size()) +
                                   " parts; write TASK, TASK:LANGUAGES or TASK:LANGUAGES:USERS, "
                                   "for example agriculture.farmer_advice:sw,en:30000",
                               "--use-case");
      }
      Value use_case(rapidjson::kObjectType);
      json::Set(use_case, "task", parts[0], allocator);
      if (parts.size() > 1 && !parts[1].empty()) {
        json::Set(use_case, "languages", json::StringArray(Split(parts[1], ','), allocator),
                  allocator);
      }
      if (parts.size() > 2) {
        const auto users = WholeNumber(parts[2]);
        if (!users) {
          return InvalidArgument("the users " + Quoted(parts[2]) + " of the use case " +
                                     Quoted(text) + " are not a whole number; write digits only",
                                 "--use-case");
        }
        json::Set(use_case, "users", *users, allocator);
      }
      cases.PushBack(use_case, allocator);
    }
    json::Set(request, "use_cases", std::move(cases), allocator);
  }
  const auto found = request.FindMember("use_cases");
  if (!users_ || found == request.MemberEnd() || !found->value.IsArray()) return {};
  for (Value& use_case : found->value.GetArray()) {
    // On a use case of a file the flag replaces the number; on one of a flag it fills the gap.
    const bool stated = use_case.IsObject() && use_case.HasMember("users");
    if (use_case.IsObject() && (use_cases_.empty() || !stated)) {
      json::Set(use_case, "users", *users_, allocator);
    }
  }
  return {};
}

void RequestFlags::AddLimits(Value& request, Allocator& allocator) const {
  const auto limit = [&](const char* name, const auto& value, const char* unit) {
    if (value) {
      json::Set(ObjectMember(request, "limits", allocator), name,
                fmt::format("{} {}", *value, unit), allocator);
    }
  };
  limit("site_power", power_kw_, "kW");
  limit("capex", capex_musd_, "MUSD");
  limit("opex", opex_musd_, "MUSD");
  limit("tco", tco_musd_, "MUSD");
  limit("delivery", delivery_days_, "d");
  if (max_vendors_) {
    json::Set(ObjectMember(request, "limits", allocator), "vendors", *max_vendors_, allocator);
  }
  if (!licence_.empty()) {
    json::Set(ObjectMember(request, "limits", allocator), "export_licence", licence_, allocator);
  }
}

Status RequestFlags::AddAssumptions(Value& request, Allocator& allocator) const {
  if (years_) {
    json::Set(ObjectMember(request, "assumptions", allocator), "years", *years_, allocator);
  }
  for (const std::string& text : assumptions_) {
    const std::size_t equals = text.find('=');
    const std::string_view digits = equals == std::string::npos
                                        ? std::string_view()
                                        : std::string_view(text).substr(equals + 1);
    double value = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (digits.empty() || error != std::errc() || end != digits.data() + digits.size()) {
      return InvalidArgument("the assumption " + Quoted(text) +
                                 " does not have the form NAME=NUMBER; write for example pue=1.3",
                             "--assume");
    }
    json::Set(ObjectMember(request, "assumptions", allocator), text.substr(0, equals), value,
              allocator);
  }
  return {};
}

std::string RequestFlags::CommandLine() const {
  std::string line;
  const auto text = [&](const char* flag, const std::string& value) {
    if (!value.empty()) line += fmt::format(" {} {}", flag, ShellWord(value));
  };
  const auto number = [&](const char* flag, const auto& value) {
    if (value) line += fmt::format(" {} {}", flag, *value);
  };
  const auto list = [&](const char* flag, const std::vector<std::string>& values) {
    text(flag, Join(values, ","));
  };
  const auto each = [&](const char* flag, const std::vector<std::string>& values) {
    for (const std::string& value : values) text(flag, value);
  };
  const auto flag = [&](const char* name, bool given) {
    if (given) line += fmt::format(" {}", name);
  };
  text("--request", file);
  text("--country", country_);
  each("--use-case", use_cases_);
  number("--users", users_);
  list("--deployment", deployment_);
  text("--residency", residency_);
  number("--power-kw", power_kw_);
  number("--capex-musd", capex_musd_);
  number("--opex-musd", opex_musd_);
  number("--tco-musd", tco_musd_);
  number("--delivery-days", delivery_days_);
  number("--max-vendors", max_vendors_);
  text("--licence", licence_);
  text("--us-content", us_content_);
  text("--end-user", end_user_);
  text("--purpose", purpose_);
  flag("--open-weights", open_weights_);
  text("--model-parameters", model_parameters_);
  number("--model-context", model_context_);
  flag("--air-gap", air_gap_);
  each("--pin", pins_);
  each("--ban", bans_);
  list("--certification", certifications_);
  list("--control", controls_);
  list("--cooling", cooling_);
  flag("--reject-unknown", reject_unknown_);
  flag("--reject-missing-prices", reject_missing_prices_);
  number("--years", years_);
  each("--assume", assumptions_);
  list("--objective", objective_);
  return line.empty() ? line : line.substr(1);
}

std::string RequestFlags::FlagOf(std::string_view pointer) {
  struct Place {
    std::string_view pointer;
    const char* flag;
  };
  static constexpr Place kPlaces[] = {
      {"/country", "--country"},
      {"/use_cases", "--use-case"},
      {"/deployment", "--deployment"},
      {"/data_residency", "--residency"},
      {"/limits/site_power", "--power-kw"},
      {"/limits/capex", "--capex-musd"},
      {"/limits/opex", "--opex-musd"},
      {"/limits/tco", "--tco-musd"},
      {"/limits/delivery", "--delivery-days"},
      {"/limits/vendors", "--max-vendors"},
      {"/limits/export_licence", "--licence"},
      {"/us_content", "--us-content"},
      {"/end_user", "--end-user"},
      {"/purpose", "--purpose"},
      {"/open_weights", "--open-weights"},
      {"/model/min_parameters", "--model-parameters"},
      {"/model/min_context_tokens", "--model-context"},
      {"/air_gap", "--air-gap"},
      {"/pin", "--pin"},
      {"/ban", "--ban"},
      {"/certifications", "--certification"},
      {"/security_controls", "--control"},
      {"/site/cooling", "--cooling"},
      {"/unknown_facts", "--reject-unknown"},
      {"/missing_prices", "--reject-missing-prices"},
      {"/assumptions/years", "--years"},
      {"/assumptions", "--assume"},
      {"/top", "--top"},
      {"/min_difference", "--min-difference"},
      {"/best_per", "--best-per"},
      {"/objective", "--objective"},
      {"/pareto", "--pareto"},
      {"/deadline_ms", "--deadline"},
  };
  for (const Place& place : kPlaces) {
    if (pointer == place.pointer ||
        (pointer.starts_with(place.pointer) && pointer[place.pointer.size()] == '/')) {
      return place.flag;
    }
  }
  return {};
}

}  // namespace stackport::cli
