#include "catalog/match/request_demands.h"

#include <fmt/format.h>

#include <utility>

#include "catalog/base/text.h"
#include "catalog/match/workload.h"

namespace stackport::match {

namespace {

constexpr std::int64_t kCentsPerMillion = 100'000'000;
constexpr std::int64_t kWattsPerKilowatt = 1'000;

// A whole number of `unit`s and as many decimals as it takes, at least `decimals`. `unit` is a
// power of ten, and `value` is not negative.
std::string Exactly(std::int64_t value, std::int64_t unit, int decimals) {
  std::string text = std::to_string(value / unit);
  std::int64_t rest = value % unit;
  for (std::string_view point = "."; decimals > 0 || rest > 0; --decimals, point = "") {
    rest *= 10;
    text += fmt::format("{}{}", point, rest / unit);
    rest %= unit;
  }
  return text;
}

// The request's own limits, and those it could have: rounded, they would be other ones.
std::string Million(std::int64_t cents) {
  return Exactly(cents, kCentsPerMillion, 2) + " MUSD";
}

std::string Kilowatts(std::int64_t watts) {
  return Exactly(watts, kWattsPerKilowatt, 1) + " kW";
}

}  // namespace

std::vector<RequestDemand> DemandsOf(const Request& request) {
  std::vector<RequestDemand> demands;
  const auto add = [&](bool present, std::string name, std::string text,
                       std::function<void(Request&)> give_up) {
    if (present) {
      demands.push_back({std::move(name), std::move(text), std::move(give_up), {}, {}, false});
    }
  };
  add(request.residency == Residency::kCountry || request.residency == Residency::kBloc,
      "/data_residency",
      request.residency == Residency::kCountry ? "data stays in the country"
                                               : "data stays in the bloc",
      [](Request& r) { r.residency = Residency::kAnywhere; });
  std::vector<std::string> modes;
  for (const DeploymentMode mode : request.deployment) {
    modes.emplace_back(DeploymentModeName(mode));
  }
  add(request.deployment.size() < 5, "/deployment", "deployment only " + Join(modes, " or "),
      [](Request& r) {
        r.deployment = {DeploymentMode::kOnPremises, DeploymentMode::kSovereignCloud,
                        DeploymentMode::kCloudInCountry, DeploymentMode::kCloudInBloc,
                        DeploymentMode::kCloudAnywhere};
      });
  add(request.open_weights, "/open_weights", "a model with open weights",
      [](Request& r) { r.open_weights = false; });
  if (request.min_model_parameters) {
    add(true, "/model/min_parameters",
        "a model of at least " + ParametersText(*request.min_model_parameters),
        [](Request& r) { r.min_model_parameters.reset(); });
  }
  if (request.min_context_tokens) {
    add(true, "/model/min_context_tokens",
        "a model with at least " + ContextText(*request.min_context_tokens),
        [](Request& r) { r.min_context_tokens.reset(); });
  }
  add(request.air_gap, "/air_gap", "an air gap", [](Request& r) { r.air_gap = false; });
  add(!request.certifications.empty(), "/certifications",
      "certifications " + Join(request.certifications, ", "),
      [](Request& r) { r.certifications.clear(); });
  add(request.unknown_facts == UnknownFacts::kReject, "/unknown_facts", "no open questions",
      [](Request& r) { r.unknown_facts = UnknownFacts::kConditional; });
  add(request.missing_prices == MissingPrices::kReject, "/missing_prices", "published prices only",
      [](Request& r) { r.missing_prices = MissingPrices::kEstimate; });
  add(request.licence == LicenceTolerance::kNone, "/limits/export_licence", "no export licence",
      [](Request& r) { r.licence = LicenceTolerance::kAcceptable; });
  add(request.us_content == UsContent::kRequire, "/us_content", "51 percent U.S. content",
      [](Request& r) { r.us_content = UsContent::kReport; });
  if (request.us_content == UsContent::kRequire) demands.back().only_bounds = true;
  const auto limit = [&](std::optional<std::int64_t> Request::*member, Figure figure,
                         std::string name, const auto& in_words) {
    if (!(request.*member)) return;
    demands.push_back({std::move(name), in_words(*(request.*member)),
                       [member](Request& r) { (r.*member).reset(); }, figure,
                       [member](Request& r, std::int64_t value) { r.*member = value; },
                       // What is delivered too late is left out beforehand.
                       figure != Figure::kLeadTime});
  };
  limit(&Request::max_capex_cents, Figure::kCapex, "/limits/capex",
        [](std::int64_t cents) { return "capital of at most " + Million(cents); });
  limit(&Request::max_opex_cents, Figure::kOpex, "/limits/opex",
        [](std::int64_t cents) { return "running cost of at most " + Million(cents) + " a year"; });
  limit(&Request::max_tco_cents, Figure::kTco, "/limits/tco",
        [](std::int64_t cents) { return "total cost of at most " + Million(cents); });
  limit(&Request::max_site_power_w, Figure::kSitePower, "/limits/site_power",
        [](std::int64_t watts) { return "site power of at most " + Kilowatts(watts); });
  limit(&Request::max_delivery_days, Figure::kLeadTime, "/limits/delivery",
        [](std::int64_t days) { return fmt::format("delivery within {} days", days); });
  limit(&Request::max_vendors, Figure::kVendors, "/limits/vendors",
        [](std::int64_t vendors) { return fmt::format("at most {} vendors", vendors); });
  for (const std::string& id : request.pinned_components) {
    add(true, "/pin/components", "with " + id,
        [id](Request& r) { std::erase(r.pinned_components, id); });
  }
  for (const std::string& id : request.pinned_vendors) {
    add(true, "/pin/vendors", "with something of " + id,
        [id](Request& r) { std::erase(r.pinned_vendors, id); });
  }
  for (const std::string& id : request.banned_components) {
    add(true, "/ban/components", "without " + id,
        [id](Request& r) { std::erase(r.banned_components, id); });
  }
  for (const std::string& id : request.banned_vendors) {
    add(true, "/ban/vendors", "without " + id,
        [id](Request& r) { std::erase(r.banned_vendors, id); });
  }
  for (std::size_t u = 0; u < request.use_cases.size(); ++u) {
    for (const std::string& language : request.use_cases[u].languages) {
      add(true, fmt::format("/use_cases/{}/languages", u),
          request.use_cases[u].task + " in " + language,
          [u, language](Request& r) { std::erase(r.use_cases[u].languages, language); });
    }
  }
  return demands;
}

std::string ParametersText(std::int64_t parameters) {
  return fmt::format("{:g} B parameters", static_cast<double>(parameters) / 1e9);
}

std::string ContextText(std::int64_t tokens) {
  return fmt::format("{} tokens of context", tokens);
}

std::string AmountText(Figure figure, std::int64_t value) {
  const auto count = [&](const char* noun) {
    return fmt::format("{} {}{}", value, noun, value == 1 || value == -1 ? "" : "s");
  };
  switch (figure) {
    case Figure::kTco:
    case Figure::kCapex:
    case Figure::kOpex:
      return fmt::format("{:.2f} MUSD", static_cast<double>(value) / kCentsPerMillion);
    case Figure::kSitePower:
      return fmt::format("{:.1f} kW", static_cast<double>(value) / kWattsPerKilowatt);
    case Figure::kLeadTime:
      return count("day");
    case Figure::kVendors:
      return count("vendor");
    case Figure::kLicences:
      return count("licence");
    case Figure::kOpenQuestions:
      return count("open question");
    case Figure::kDataAbroad:
      return count("part") + " abroad";
  }
  return {};
}

std::string SufficientText(Figure figure, std::int64_t value) {
  if (figure == Figure::kTco || figure == Figure::kCapex || figure == Figure::kOpex) {
    return Million(RoundedUp(value, kCentsPerMillion / (value < kCentsPerMillion ? 1000 : 100)));
  }
  if (figure == Figure::kSitePower) return Kilowatts(RoundedUp(value, kWattsPerKilowatt / 10));
  return AmountText(figure, value);
}

std::string AllowText(Figure figure, std::int64_t value) {
  const std::string amount = SufficientText(figure, value);
  switch (figure) {
    case Figure::kTco:
      return "allow a total cost of " + amount;
    case Figure::kCapex:
      return "allow capital of " + amount;
    case Figure::kOpex:
      return "allow a running cost of " + amount + " a year";
    case Figure::kSitePower:
      return "allow site power of " + amount;
    case Figure::kLeadTime:
      return "allow " + amount + " for delivery";
    case Figure::kVendors:
    case Figure::kLicences:
    case Figure::kOpenQuestions:
    case Figure::kDataAbroad:
      return "allow " + amount;
  }
  return {};
}

}  // namespace stackport::match
