#include "tests/bench/match_requests.h"

#include <algorithm>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <utility>

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

struct Least {
  std::int64_t tco_cents = 0;
  bool proven = false;
};

// The least total cost of the request, of all packages or of those found before the deadline.
Result<Least> LeastTco(const match::PreparedCatalog& catalog, Request request) {
  request.objective = {{{Figure::kTco, 1}}};
  request.top = 1;
  const auto compiled = match::CompileChecked(catalog, CountryIndex::Builtin(), request);
  if (!compiled) return InvalidArgument("refused: " + compiled.error().ToString());
  const match::Solution solution =
      match::SolveCompiled(*compiled, match::OptionsOf(request, nullptr));
  const bool proven = solution.status != match::ProofStatus::kStopped;
  if (solution.answers.empty()) {
    return NotFound(proven ? "no package fits even without limits"
                           : "no package was found before the deadline");
  }
  return Least{solution.answers.front().evaluation.level_values.front(), proven};
}

std::vector<std::string> RequestFiles(const std::string& folder) {
  std::vector<std::string> files;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() == ".json") files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  if (files.empty()) throw std::runtime_error("there is no example request in " + folder);
  return files;
}

json::Document ReadDocument(const std::string& file) {
  auto document = json::ParseFile(file);
  if (!document) throw std::runtime_error(document.error().ToString());
  return *std::move(document);
}

Request ReadRequest(const json::Value& document, const std::string& file) {
  match::ParsedRequest parsed =
      match::ParseRequest(document, Registry::Builtin(), CountryIndex::Builtin());
  if (!parsed.request) throw std::runtime_error(file + ": " + ToText(parsed.findings.front()));
  return *std::move(parsed.request);
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

std::vector<Request> ExampleRequests(const std::string& folder) {
  std::vector<Request> requests;
  for (const std::string& file : RequestFiles(folder)) {
    requests.push_back(ReadRequest(ReadDocument(file), file));
  }
  return requests;
}

std::vector<Request> LooseRequests(const std::string& folder, std::size_t count, std::uint64_t seed,
                                   std::int64_t deadline_ms) {
  const std::vector<std::string> files = RequestFiles(folder);
  oracle::Random random(seed);
  std::vector<Request> requests;
  for (std::size_t i = 0; i < count; ++i) {
    const std::string& file = files[i % files.size()];
    json::Document document = ReadDocument(file);
    json::Allocator& allocator = document.GetAllocator();
    // The first of each example is as it is; the others move to another country and size.
    if (i >= files.size()) {
      json::Set(document, "country", kCountries[random.Index(std::size(kCountries))], allocator);
      const std::int64_t percent = random.Between(10, 1000);
      for (json::Value& use_case : document["use_cases"].GetArray()) {
        const std::int64_t users = json::IntOr(use_case, "users", 0);
        if (users > 0) {
          json::Set(use_case, "users", std::max<std::int64_t>(1, users * percent / 100), allocator);
        }
      }
    }
    document.RemoveMember("limits");
    Request request = ReadRequest(document, file);
    request.top = kTop;
    request.deadline_ms = deadline_ms;
    request.best_per = "none";
    request.pareto.clear();
    request.us_content = match::UsContent::kReport;
    requests.push_back(std::move(request));
  }
  // A run that its time cuts short has seen a bit of everything.
  random.Shuffle(requests);
  return requests;
}

Result<Request> RequestOf(Family family, const match::PreparedCatalog& catalog, Request loose) {
  switch (family) {
    case Family::kLoose:
      break;
    case Family::kRatio:
      loose.us_content = match::UsContent::kRequire;
      loose.deployment = {match::DeploymentMode::kOnPremises,
                          match::DeploymentMode::kSovereignCloud};
      break;
    case Family::kTight:
    case Family::kInfeasible: {
      const Result<Least> least = LeastTco(catalog, loose);
      if (!least) return least.error();
      if (family == Family::kTight) {
        loose.max_tco_cents = least->tco_cents + least->tco_cents / 50;
        break;
      }
      if (!least->proven) return NotFound("its least total cost was not proven in time");
      if (least->tco_cents == 0) return NotFound("its least total cost is nothing");
      loose.max_tco_cents = least->tco_cents - 1;
      break;
    }
  }
  return loose;
}

}  // namespace stackport::bench
