// A request: what a country asks for (form stackport.request/1), and the effective request that a
// result repeats, with every default and where it came from.
#ifndef STACKPORT_CATALOG_MATCH_REQUEST_H_
#define STACKPORT_CATALOG_MATCH_REQUEST_H_

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "catalog/base/findings.h"
#include "catalog/base/json.h"
#include "catalog/countries/country_index.h"
#include "catalog/model/registry.h"

namespace stackport::match {

// Bounds on a request; each is far above any real one and keeps the work of one request small.
inline constexpr std::size_t kMaxRequestBytes = std::size_t{256} << 10;
inline constexpr int kMaxUseCases = 8;
inline constexpr int kMaxLanguages = 16;
inline constexpr int kMaxRequestTop = 100;
inline constexpr std::int64_t kMaxUsers = 2'000'000'000;

// Where the machines stand, seen from the country that asks.
enum class DeploymentMode {
  kOnPremises,      // hardware at the customer's site in the country
  kSovereignCloud,  // a sovereign offering: at the customer's site or in the country
  kCloudInCountry,  // a public cloud region in the country
  kCloudInBloc,     // a region in a country of the same regional bloc
  kCloudAnywhere,   // any region
};
std::string_view DeploymentModeName(DeploymentMode mode);

enum class Residency { kCountry, kPreferCountry, kBloc, kAnywhere };
std::string_view ResidencyName(Residency residency);  // "country", "prefer_country", ...
// What the package is for, as licences of model weights ask it.
enum class Purpose {
  kService,   // answers people, for money or not
  kResearch,  // research and trials without commercial use
};
std::string_view PurposeName(Purpose purpose);  // "service", "research"
enum class LicenceTolerance { kNone, kAcceptable };
enum class UnknownFacts { kConditional, kReject };
enum class MissingPrices { kEstimate, kReject };
enum class UsContent { kReport, kRequire };

// Figures a request can rank by, limit, or draw a Pareto front over. Less is better for each.
enum class Figure {
  kOpenQuestions,
  kDataAbroad,
  kTco,
  kCapex,
  kOpex,
  kSitePower,
  kLeadTime,
  kLicences,
  kVendors
};
std::string_view FigureName(Figure figure);
std::optional<Figure> FigureByName(std::string_view name);

struct UseCase {
  std::string task;                    // registry vocabulary "task"
  std::vector<std::string> languages;  // BCP 47, may be empty
  std::int64_t users = 0;
  std::optional<std::int64_t> peak_tokens_per_1000s;  // stated output rate; else from users
};

// One adjustable number behind the sizing and the money, and where its value came from.
struct Assumption {
  std::string name;        // "requests_per_user_day"
  std::int64_t value = 0;  // in thousandths of `unit`
  std::string unit;
  std::string origin;  // "default: …", "request", "country fact: …"
  std::string source;  // address, or empty for a planning default without one
  std::string as_of;
};

// One weighted term of an objective level: of several terms, `weight` is in US cents per unit of
// the figure, and the level is their sum in US cents; one term alone has the weight 1.
struct ObjectiveTerm {
  Figure figure = Figure::kTco;
  std::int64_t weight = 1;
};

// With less, the packages of a list differ in their security or data parts alone: a package has
// some dozen demands, and those two are sets whose members cost next to nothing.
inline constexpr int kDefaultMinDifference = 4;
// The parts that packages can differ in. More would be asked for in vain: there is no second
// package then.
inline constexpr int kMaxMinDifference = 11;

struct Request {
  std::string country;  // ISO 3166-1 alpha-2
  std::vector<UseCase> use_cases;
  std::vector<DeploymentMode> deployment;
  Residency residency = Residency::kAnywhere;
  Purpose purpose = Purpose::kService;
  bool open_weights = false;                         // demanded
  std::optional<std::int64_t> min_model_parameters;  // in all, of a mixture of experts too
  std::optional<std::int64_t> min_context_tokens;
  bool air_gap = false;  // demanded
  std::vector<std::string> certifications;
  std::vector<std::string> security_controls;
  UsContent us_content = UsContent::kReport;

  std::optional<std::int64_t> max_capex_cents;
  std::optional<std::int64_t> max_opex_cents;  // per year
  std::optional<std::int64_t> max_tco_cents;
  std::optional<std::int64_t> max_site_power_w;
  std::optional<std::int64_t> max_delivery_days;
  std::optional<std::int64_t> max_vendors;
  LicenceTolerance licence = LicenceTolerance::kAcceptable;

  std::vector<std::string> pinned_components, banned_components;
  std::vector<std::string> pinned_vendors, banned_vendors;  // pinned: at least one part of each

  std::vector<std::string> site_cooling;    // methods the site offers; empty: not stated
  std::vector<std::string> site_platforms;  // what already exists at the customer
  std::string end_user = "unknown";         // for the United Arab Emirates' special case

  UnknownFacts unknown_facts = UnknownFacts::kConditional;
  MissingPrices missing_prices = MissingPrices::kEstimate;
  std::vector<std::vector<ObjectiveTerm>> objective;  // levels, most important first
  std::vector<Figure> pareto;                         // empty: no front asked for
  int top = 5;
  int min_difference = kDefaultMinDifference;
  // The best package of each class beside the list: "deployment", "accelerator_vendor",
  // "model_family" or "none".
  std::string best_per = "deployment";
  std::optional<std::int64_t> deadline_ms;

  std::map<std::string, Assumption, std::less<>> assumptions;  // every one that applies, by name

  // Thousandths. Requires: the name is one of DefaultAssumptions().
  std::int64_t Milli(std::string_view name) const;
};

// The default assumptions, with origin and, where one was found, source.
const std::vector<Assumption>& DefaultAssumptions();

struct ParsedRequest {
  std::optional<Request> request;  // absent when any finding is an error
  std::vector<Finding> findings;   // pointers into the request
};

// Judges and completes a request. Every problem is reported at once: unknown country, task,
// language or control with the nearest known name; contradictory limits with both sides.
ParsedRequest ParseRequest(const json::Value& document, const Registry& registry,
                           const CountryIndex& countries);

// The full effective request, to be repeated in the result. It parses back to an equal request.
json::Value EffectiveRequestJson(const Request& request, json::Allocator& allocator);

// Every assumption with value, unit, origin and source, sorted by name.
json::Value AssumptionsJson(const Request& request, json::Allocator& allocator);

}  // namespace stackport::match

#endif  // STACKPORT_CATALOG_MATCH_REQUEST_H_
