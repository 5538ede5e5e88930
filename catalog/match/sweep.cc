#include "catalog/match/sweep.h"

#include <algorithm>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <thread>

#include "catalog/match/answer_name.h"
#include "catalog/match/compiled_search.h"
#include "catalog/match/relaxation.h"
#include "catalog/match/request.h"
#include "catalog/match/wording.h"

namespace stackport::match {

namespace {

using json::Allocator;
using json::Set;
using json::Value;

// Reasons told for a country without a package.
constexpr std::size_t kMaxReasons = 3;

SweepPackage PackageOf(const CatalogSnapshot& snapshot, const CompiledMatch& compiled,
                       const Request& request, Wording& wording, std::string deployment,
                       const Answer& answer) {
  SweepPackage package;
  package.deployment = std::move(deployment);
  const auto row = [&](FigureRow figure) {
    return answer.evaluation.limit_values[static_cast<std::size_t>(figure)];
  };
  package.tco_low_cents = row(kRowTcoLow);
  package.tco_high_cents = row(kRowTcoHigh);
  package.site_power_high_w = SitePower(row(kRowPowerHigh), request);
  package.lead_days = row(kRowLeadTime);
  package.licences = row(kRowLicences);
  package.open_questions = row(kRowQuestions);
  std::set<std::size_t> seen;
  wording.Prepare(answer.choice);
  for (std::size_t s = 0; s < answer.choice.picks.size(); ++s) {
    for (const int pick : answer.choice.picks[s]) {
      const auto candidate = static_cast<std::size_t>(pick);
      if (s == kDeploymentSlot) package.site = compiled.sites[candidate].id;
      const Part& part = compiled.parts[s][candidate];
      for (const OpenQuestion& question : wording.Of(s, candidate).questions) {
        if (question.decisive) package.questions.emplace_back(question.component, question.fact);
      }
      if (part.has_component && seen.insert(part.component).second) {
        package.components.push_back(snapshot.components[part.component].id);
      }
    }
  }
  return package;
}

void TellWhy(const PreparedCatalog& catalog, const CountryIndex& countries, const Request& request,
             const CompiledMatch& compiled, const SearchOptions& options, SweepRow* row) {
  // Where a demand has no candidate at all, that says more than what could be given up for it.
  if (row->empty_demands.empty()) {
    row->conflict = FirstConflict(catalog, countries, request, options);
  }
  std::map<std::string, std::int64_t> counts;
  for (const LeftOut& left_out : FindLeftOut(catalog, countries, request, compiled)) {
    if (left_out.reason != kNotDemanded) ++counts[std::string(left_out.reason)];
  }
  row->reasons.assign(counts.begin(), counts.end());
  std::stable_sort(row->reasons.begin(), row->reasons.end(),
                   [](const auto& a, const auto& b) { return a.second > b.second; });
  if (row->reasons.size() > kMaxReasons) row->reasons.resize(kMaxReasons);
}

Result<SweepRow> SweepCountry(const PreparedCatalog& catalog, const CountryIndex& countries,
                              const Request& request, const std::atomic<bool>* cancel) {
  SweepRow row;
  row.country = request.country;
  const auto compiled = CompileChecked(catalog, countries, request);
  if (!compiled) return compiled.error();
  const SearchOptions options = OptionsOf(request, cancel);
  row.empty_demands = EmptyDemands(compiled->problem);
  if (!row.empty_demands.empty()) {
    TellWhy(catalog, countries, request, *compiled, options, &row);
    return row;
  }
  const NamedClasses named = ClassesFor(catalog.snapshot(), *compiled, "deployment");
  const std::vector<Solution> solutions = SolveClasses(compiled->problem, named.classes, options);
  struct Found {
    const Answer* answer;
    std::vector<std::string> ids;
    const std::string* deployment;
  };
  std::vector<Found> found;
  bool stopped = false;
  for (std::size_t c = 0; c < solutions.size(); ++c) {
    stopped = stopped || solutions[c].status == ProofStatus::kStopped;
    if (solutions[c].answers.empty()) continue;
    const Answer& answer = solutions[c].answers.front();
    found.push_back({&answer, CanonicalIds(compiled->problem, answer.choice), &named.names[c]});
  }
  std::sort(found.begin(), found.end(), [](const Found& a, const Found& b) {
    const auto& left = a.answer->evaluation.level_values;
    const auto& right = b.answer->evaluation.level_values;
    return left != right ? left < right : a.ids < b.ids;
  });
  Wording wording(catalog, countries, request, *compiled);
  for (const Found& each : found) {
    row.packages.push_back(
        PackageOf(catalog.snapshot(), *compiled, request, wording, *each.deployment, *each.answer));
  }
  row.status = stopped         ? SweepStatus::kStopped
               : found.empty() ? SweepStatus::kNothingFits
                               : SweepStatus::kFits;
  if (row.status == SweepStatus::kNothingFits) {
    TellWhy(catalog, countries, request, *compiled, options, &row);
  }
  return row;
}

// The request for each country. The error names the first country for which it is wrong.
Result<std::vector<Request>> RequestsFor(const CountryIndex& countries, const Registry& registry,
                                         const json::Value& request,
                                         const std::vector<std::string>& codes) {
  if (!request.IsObject()) {
    return InvalidArgument("the request is not a JSON object; send {\"use_cases\": …}");
  }
  std::vector<Request> requests;
  for (const std::string& code : codes) {
    json::Document document(rapidjson::kObjectType);
    document.CopyFrom(request, document.GetAllocator());
    Set(document, "country", code, document.GetAllocator());
    ParsedRequest parsed = ParseRequest(document, registry, countries);
    if (!parsed.request) {
      std::string text = "the request is wrong";
      for (const Finding& finding : parsed.findings) text += "; " + ToText(finding);
      return InvalidArgument(text, parsed.findings.empty() ? "" : parsed.findings.front().pointer);
    }
    parsed.request->top = 1;
    requests.push_back(*std::move(parsed.request));
  }
  return requests;
}

using LeversByKey = std::map<std::pair<std::string, std::string>, SweepLever>;

// Those that help most countries first.
std::vector<SweepLever> Sorted(LeversByKey by_key) {
  std::vector<SweepLever> levers;
  for (auto& [key, lever] : by_key) {
    lever.component = key.first;
    lever.name = key.second;
    levers.push_back(std::move(lever));
  }
  std::stable_sort(levers.begin(), levers.end(), [](const SweepLever& a, const SweepLever& b) {
    return std::pair(a.lacking_only_this.size(), a.countries.size()) >
           std::pair(b.lacking_only_this.size(), b.countries.size());
  });
  return levers;
}

void FindLevers(Sweep* sweep) {
  LeversByKey facts, missing;
  for (const SweepRow& row : sweep->rows) {
    if (!row.packages.empty()) {
      const auto& questions = row.packages.front().questions;
      for (const auto& question :
           std::set<std::pair<std::string, std::string>>(questions.begin(), questions.end())) {
        facts[question].countries.push_back(row.country);
      }
    }
    for (const std::string& demand : row.empty_demands) {
      SweepLever& lever = missing[{"", demand}];
      lever.countries.push_back(row.country);
      if (row.empty_demands.size() == 1) lever.lacking_only_this.push_back(row.country);
    }
  }
  sweep->open_facts = Sorted(std::move(facts));
  sweep->missing = Sorted(std::move(missing));
}

Value PackageJson(const SweepPackage& package, Allocator& allocator) {
  Value value(rapidjson::kObjectType);
  Set(value, "deployment", package.deployment, allocator);
  Set(value, "site", package.site, allocator);
  Value tco(rapidjson::kObjectType);
  Set(tco, "low", package.tco_low_cents, allocator);
  Set(tco, "high", package.tco_high_cents, allocator);
  Set(tco, "unit", "US cent", allocator);
  Set(value, "tco", std::move(tco), allocator);
  Set(value, "site_power_w", package.site_power_high_w, allocator);
  Set(value, "lead_days", package.lead_days, allocator);
  Set(value, "licences", package.licences, allocator);
  Set(value, "open_questions", package.open_questions, allocator);
  Set(value, "components", json::StringArray(package.components, allocator), allocator);
  return value;
}

Value LeversJson(const std::vector<SweepLever>& levers, const char* name, Allocator& allocator) {
  Value list(rapidjson::kArrayType);
  for (const SweepLever& lever : levers) {
    Value value(rapidjson::kObjectType);
    if (!lever.component.empty()) Set(value, "component", lever.component, allocator);
    Set(value, name, lever.name, allocator);
    Set(value, "count", lever.countries.size(), allocator);
    Set(value, "countries", json::StringArray(lever.countries, allocator), allocator);
    if (!lever.lacking_only_this.empty()) {
      Set(value, "lacking_only_this", json::StringArray(lever.lacking_only_this, allocator),
          allocator);
    }
    list.PushBack(value, allocator);
  }
  return list;
}

}  // namespace

std::string_view SweepStatusName(SweepStatus status) {
  switch (status) {
    case SweepStatus::kFits:
      return "fits";
    case SweepStatus::kNothingFits:
      return "nothing_fits";
    case SweepStatus::kStopped:
      return "stopped";
  }
  return "";
}

Result<Sweep> RunSweep(const SnapshotPtr& snapshot, const CountryIndex& countries,
                       const Registry& registry, const json::Value& request,
                       const std::vector<std::string>& codes, const SweepOptions& options) {
  const auto requests = RequestsFor(countries, registry, request, codes);
  if (!requests) return requests.error();
  const PreparedCatalog catalog(snapshot);
  std::vector<std::optional<Result<SweepRow>>> rows(codes.size());
  std::atomic<std::size_t> next = 0;
  std::mutex telling;
  std::size_t done = 0;
  const auto work = [&] {
    for (std::size_t i = next++; i < codes.size(); i = next++) {
      if (options.cancel != nullptr && options.cancel->load(std::memory_order_relaxed)) return;
      rows[i] = SweepCountry(catalog, countries, (*requests)[i], options.cancel);
      const std::lock_guard lock(telling);
      ++done;
      if (options.progress) options.progress(done, codes.size());
    }
  };
  {
    std::vector<std::jthread> threads;
    for (int t = 1; t < options.threads; ++t) threads.emplace_back(work);
    work();
  }
  Sweep sweep;
  sweep.snapshot = snapshot->id;
  sweep.cancelled = options.cancel != nullptr && options.cancel->load(std::memory_order_relaxed);
  for (auto& row : rows) {
    if (!row) continue;
    if (!*row) return row->error();
    sweep.rows.push_back(**std::move(row));
  }
  FindLevers(&sweep);
  return sweep;
}

json::Document SweepJson(const Sweep& sweep, const CountryIndex& countries) {
  json::Document document(rapidjson::kObjectType);
  Allocator& allocator = document.GetAllocator();
  Set(document, "schema", "stackport.sweep/1", allocator);
  Set(document, "snapshot", sweep.snapshot, allocator);
  Set(document, "cancelled", sweep.cancelled, allocator);
  std::map<SweepStatus, std::int64_t> counts;
  Value rows(rapidjson::kArrayType);
  for (const SweepRow& row : sweep.rows) {
    ++counts[row.status];
    Value value(rapidjson::kObjectType);
    Set(value, "country", row.country, allocator);
    const Country* country = countries.Find(row.country);
    Set(value, "name", country == nullptr ? row.country : country->name, allocator);
    Set(value, "status", SweepStatusName(row.status), allocator);
    Value packages(rapidjson::kArrayType);
    for (const SweepPackage& package : row.packages) {
      packages.PushBack(PackageJson(package, allocator), allocator);
    }
    Set(value, "packages", std::move(packages), allocator);
    if (row.status == SweepStatus::kNothingFits) {
      Set(value, "empty_demands", json::StringArray(row.empty_demands, allocator), allocator);
      Set(value, "conflict", json::StringArray(row.conflict, allocator), allocator);
      Value reasons(rapidjson::kArrayType);
      for (const auto& [reason, count] : row.reasons) {
        Value each(rapidjson::kObjectType);
        Set(each, "reason", reason, allocator);
        Set(each, "components", count, allocator);
        reasons.PushBack(each, allocator);
      }
      Set(value, "reasons", std::move(reasons), allocator);
    }
    rows.PushBack(value, allocator);
  }
  Value summary(rapidjson::kObjectType);
  for (const SweepStatus status :
       {SweepStatus::kFits, SweepStatus::kNothingFits, SweepStatus::kStopped}) {
    Set(summary, SweepStatusName(status), counts[status], allocator);
  }
  Set(document, "summary", std::move(summary), allocator);
  Set(document, "countries", std::move(rows), allocator);
  Set(document, "open_facts", LeversJson(sweep.open_facts, "fact", allocator), allocator);
  Set(document, "missing", LeversJson(sweep.missing, "demand", allocator), allocator);
  Set(document, "id", NameOfAnswer("s-", document), allocator);
  return document;
}

}  // namespace stackport::match
