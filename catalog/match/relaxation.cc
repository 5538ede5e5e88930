#include "catalog/match/relaxation.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "catalog/base/text.h"
#include "catalog/match/compiler.h"

namespace stackport::match {

namespace {

using json::Allocator;
using json::Set;
using json::Value;

// One demand of the request that may be given up, alone or with others.
struct Demand {
  std::string name;  // pointer into the request
  std::string text;  // in the user's words
  std::function<void(Request&)> give_up;
  std::optional<Figure> figure;  // for a numeric limit: what it limits
};

std::string Million(std::int64_t cents) {
  return fmt::format("{:.2f} MUSD", static_cast<double>(cents) / 1e8);
}

std::vector<Demand> DemandsOf(const Request& request) {
  std::vector<Demand> demands;
  const auto add = [&](bool present, std::string name, std::string text,
                       std::function<void(Request&)> give_up, std::optional<Figure> figure = {}) {
    if (present) demands.push_back({std::move(name), std::move(text), std::move(give_up), figure});
  };
  add(request.residency == Residency::kCountry || request.residency == Residency::kBloc,
      "/data_residency",
      request.residency == Residency::kCountry ? "data stays in the country"
                                               : "data stays in the bloc",
      [](Request& r) { r.residency = Residency::kAnywhere; });
  add(request.deployment.size() < 5, "/deployment", "only the deployment modes listed",
      [](Request& r) {
        r.deployment = {DeploymentMode::kOnPremises, DeploymentMode::kSovereignCloud,
                        DeploymentMode::kCloudInCountry, DeploymentMode::kCloudInBloc,
                        DeploymentMode::kCloudAnywhere};
      });
  add(request.open_weights, "/open_weights", "a model with open weights",
      [](Request& r) { r.open_weights = false; });
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
  if (request.max_capex_cents) {
    add(
        true, "/limits/capex", "capital of at most " + Million(*request.max_capex_cents),
        [](Request& r) { r.max_capex_cents.reset(); }, Figure::kCapex);
  }
  if (request.max_opex_cents) {
    add(
        true, "/limits/opex",
        "running cost of at most " + Million(*request.max_opex_cents) + " a year",
        [](Request& r) { r.max_opex_cents.reset(); }, Figure::kOpex);
  }
  if (request.max_tco_cents) {
    add(
        true, "/limits/tco", "total cost of at most " + Million(*request.max_tco_cents),
        [](Request& r) { r.max_tco_cents.reset(); }, Figure::kTco);
  }
  if (request.max_site_power_w) {
    add(
        true, "/limits/site_power",
        fmt::format("site power of at most {:.1f} kW",
                    static_cast<double>(*request.max_site_power_w) / 1e3),
        [](Request& r) { r.max_site_power_w.reset(); }, Figure::kSitePower);
  }
  if (request.max_delivery_days) {
    add(
        true, "/limits/delivery",
        fmt::format("delivery within {} days", *request.max_delivery_days),
        [](Request& r) { r.max_delivery_days.reset(); }, Figure::kLeadTime);
  }
  if (request.max_vendors) {
    add(
        true, "/limits/vendors", fmt::format("at most {} vendors", *request.max_vendors),
        [](Request& r) { r.max_vendors.reset(); }, Figure::kVendors);
  }
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

class RelaxationSearch {
 public:
  RelaxationSearch(const CatalogSnapshot& snapshot, const CountryIndex& countries,
                   const SearchOptions& options)
      : snapshot_(snapshot), countries_(countries), options_(options) {}

  // The best package of a changed request, or nothing.
  std::optional<Answer> Best(Request request) const {
    request.top = 1;
    request.min_difference = 1;
    auto compiled = Compile(snapshot_, countries_, request);
    if (!compiled) return std::nullopt;
    for (const Slot& slot : compiled->problem.slots) {
      if (slot.candidates.empty() && slot.choice != SlotChoice::kOptional) return std::nullopt;
    }
    if (!Validate(compiled->problem)) return std::nullopt;
    Solution solution = Solve(compiled->problem, options_);
    if (solution.answers.empty()) return std::nullopt;
    return std::move(solution.answers.front());
  }

 private:
  const CatalogSnapshot& snapshot_;
  const CountryIndex& countries_;
  const SearchOptions& options_;
};

}  // namespace

Value RelaxationsJson(const CatalogSnapshot& snapshot, const CountryIndex& countries,
                      const Request& request, const CompiledMatch& compiled,
                      const SearchOptions& options, Allocator& allocator) {
  Value value(rapidjson::kObjectType);
  Value empty(rapidjson::kArrayType);
  for (const Slot& slot : compiled.problem.slots) {
    if (slot.choice == SlotChoice::kOptional) continue;
    std::uint32_t covered = 0;
    for (const Candidate& candidate : slot.candidates) covered |= candidate.covers;
    if (slot.choice == SlotChoice::kOne && slot.candidates.empty()) {
      empty.PushBack(json::String(slot.name, allocator), allocator);
    }
    for (std::size_t bit = 0; bit < slot.cover.size(); ++bit) {
      if ((covered >> bit & 1U) == 0)
        empty.PushBack(json::String(slot.cover[bit], allocator), allocator);
    }
  }
  Set(value, "empty_demands", std::move(empty), allocator);

  const RelaxationSearch search(snapshot, countries, options);
  const std::vector<Demand> demands = DemandsOf(request);
  Value changes(rapidjson::kArrayType);
  for (const Demand& demand : demands) {
    Request relaxed = request;
    demand.give_up(relaxed);
    if (demand.figure) {
      // The smallest value that works: minimise the figure itself with everything else kept.
      Request smallest = relaxed;
      smallest.objective = {{{*demand.figure, 1}}};
      const auto least = search.Best(smallest);
      if (!least) continue;
      std::int64_t needed = least->evaluation.level_values.front();
      Value change(rapidjson::kObjectType);
      Set(change, "change", demand.name, allocator);
      std::string text;
      switch (*demand.figure) {
        case Figure::kSitePower:
          needed = MulDivCeil(needed, request.Milli("pue"), 1000);
          text = fmt::format("allow site power of {:.1f} kW", static_cast<double>(needed) / 1e3);
          break;
        case Figure::kLeadTime:
          text = fmt::format("allow {} days for delivery", needed);
          break;
        case Figure::kVendors:
          text = fmt::format("allow {} vendors", needed);
          break;
        default:
          text = fmt::format("allow {} for {}", Million(needed), FigureName(*demand.figure));
          break;
      }
      Set(change, "text", text, allocator);
      Set(change, "needed", needed, allocator);
      if (const auto best = search.Best(relaxed)) {
        Set(change, "tco_high", best->evaluation.limit_values[kRowTcoHigh], allocator);
      }
      changes.PushBack(change, allocator);
      continue;
    }
    const auto best = search.Best(relaxed);
    if (!best) continue;
    Value change(rapidjson::kObjectType);
    Set(change, "change", demand.name, allocator);
    Set(change, "text", "give up: " + demand.text, allocator);
    Set(change, "tco_high", best->evaluation.limit_values[kRowTcoHigh], allocator);
    changes.PushBack(change, allocator);
  }
  Set(value, "changes", std::move(changes), allocator);

  // One minimal conflict by deletion: give up each demand in turn for good unless that already lets
  // a package appear. What stays cannot hold together, and each of it is needed for that.
  Request reduced = request;
  std::vector<std::string> conflict;
  for (const Demand& demand : demands) {
    Request without = reduced;
    demand.give_up(without);
    if (search.Best(without)) {
      conflict.push_back(demand.text);
    } else {
      reduced = std::move(without);
    }
  }
  Set(value, "conflict", json::StringArray(conflict, allocator), allocator);
  return value;
}

}  // namespace stackport::match
