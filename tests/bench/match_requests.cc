#include "tests/bench/match_requests.h"

#include <algorithm>
#include <filesystem>
#include <optional>
#include <stdexcept>
#include <string>

#include "catalog/base/json.h"
#include "catalog/match/compiled_search.h"
#include "tests/oracle/random.h"

namespace stackport::bench {

namespace {

using match::Figure;
using match::Request;

constexpr const char* kCountries[] = {"KE", "NG", "GH", "ZA", "MA", "EG", "IN", "ID", "PH",
                                      "VN", "TH", "JP", "KR", "AU", "SA", "AE", "DE", "FR",
                                      "PL", "PT", "BR", "MX", "CO", "CL", "PE"};
constexpr int kTop = 10;

// Nothing when not even the cheapest package fits. 0 when the matcher refuses the request: then the
// measurement itself will say why.
std::optional<std::int64_t> LeastTco(const match::PreparedCatalog& catalog, Request request) {
  request.objective = {{{Figure::kTco, 1}}};
  request.top = 1;
  const auto compiled = match::CompileChecked(catalog, CountryIndex::Builtin(), request);
  if (!compiled) return 0;
  const match::Solution solution =
      match::SolveCompiled(*compiled, match::OptionsOf(request, nullptr));
  if (solution.answers.empty()) return std::nullopt;
  return solution.answers.front().evaluation.level_values.front();
}

}  // namespace

std::string_view FamilyName(Family family) {
  switch (family) {
    case Family::kLoose:
      return "loose";
    case Family::kTight:
      return "tight";
    case Family::kRatio:
      return "ratio";
    case Family::kInfeasible:
      return "infeasible";
  }
  return "";
}

std::vector<Request> LooseRequests(const std::string& folder, std::size_t count, std::uint64_t seed,
                                   std::int64_t deadline_ms) {
  std::vector<std::string> files;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() == ".json") files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  if (files.empty()) throw std::runtime_error("there is no example request in " + folder);
  oracle::Random random(seed);
  std::vector<Request> requests;
  for (std::size_t i = 0; i < count; ++i) {
    auto document = json::ParseFile(files[i % files.size()]);
    if (!document) throw std::runtime_error(document.error().ToString());
    json::Allocator& allocator = document->GetAllocator();
    // The first of each example is as it is; the others move to another country and size.
    if (i >= files.size()) {
      json::Set(*document, "country", kCountries[random.Index(std::size(kCountries))], allocator);
      const std::int64_t percent = random.Between(10, 1000);
      for (json::Value& use_case : (*document)["use_cases"].GetArray()) {
        const std::int64_t users = json::IntOr(use_case, "users", 0);
        if (users > 0) {
          json::Set(use_case, "users", std::max<std::int64_t>(1, users * percent / 100), allocator);
        }
      }
    }
    document->RemoveMember("limits");
    match::ParsedRequest parsed =
        match::ParseRequest(*document, Registry::Builtin(), CountryIndex::Builtin());
    if (!parsed.request) {
      throw std::runtime_error(files[i % files.size()] + ": " + ToText(parsed.findings.front()));
    }
    parsed.request->top = kTop;
    parsed.request->deadline_ms = deadline_ms;
    parsed.request->best_per = "none";
    parsed.request->pareto.clear();
    parsed.request->us_content = match::UsContent::kReport;
    requests.push_back(*std::move(parsed.request));
  }
  return requests;
}

std::vector<Request> RequestsOf(Family family, const match::PreparedCatalog& catalog,
                                const std::vector<Request>& loose) {
  std::vector<Request> requests;
  for (Request request : loose) {
    switch (family) {
      case Family::kLoose:
        break;
      case Family::kRatio:
        request.us_content = match::UsContent::kRequire;
        request.deployment = {match::DeploymentMode::kOnPremises,
                              match::DeploymentMode::kSovereignCloud};
        break;
      case Family::kTight:
      case Family::kInfeasible: {
        const auto least = LeastTco(catalog, request);
        if (!least) continue;
        request.max_tco_cents =
            family == Family::kTight ? *least + *least / 50 : std::max<std::int64_t>(0, *least - 1);
        break;
      }
    }
    requests.push_back(std::move(request));
  }
  return requests;
}

}  // namespace stackport::bench
