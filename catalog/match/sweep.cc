#include "catalog/match/sweep.h"

#include <map>
#include <mutex>
#include <optional>
#include <thread>

#include "catalog/match/request.h"
#include "catalog/match/sweep_country.h"
#include "catalog/match/sweep_levers.h"

namespace stackport::match {

namespace {

using json::Set;

// Positions of countries that share a row, ascending.
using Alike = std::vector<std::size_t>;

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

}  // namespace

Result<Sweep> RunSweep(const SnapshotPtr& snapshot, const CountryIndex& countries,
                       const Registry& registry, const json::Value& request,
                       const std::vector<std::string>& codes, const SweepOptions& options) {
  const auto requests = RequestsFor(countries, registry, request, codes);
  if (!requests) return requests.error();
  const PreparedCatalog catalog(snapshot);
  CountrySweeper sweeper(catalog, countries, options);
  std::map<std::string, std::size_t> number_of_key;
  std::vector<Alike> groups;  // by their first member
  for (std::size_t i = 0; i < codes.size(); ++i) {
    const auto [found, fresh] =
        number_of_key.try_emplace(sweeper.KeyOf((*requests)[i]), groups.size());
    if (fresh) groups.emplace_back();
    groups[found->second].push_back(i);
  }
  std::vector<std::optional<Result<SweepRow>>> rows(codes.size());
  std::atomic<std::size_t> next = 0;
  std::mutex telling;
  std::size_t done = 0;
  const auto cancelled = [&] {
    return options.cancel != nullptr && options.cancel->load(std::memory_order_relaxed);
  };
  const auto work = [&] {
    for (std::size_t g = next++; g < groups.size() && !cancelled(); g = next++) {
      const Result<SweepRow> row = sweeper.RowOf((*requests)[groups[g].front()]);
      const std::lock_guard lock(telling);
      for (const std::size_t i : groups[g]) {
        if (cancelled() && i != groups[g].front()) return;
        rows[i] = row;
        if (row) (*rows[i])->country = (*requests)[i].country;
        ++done;
        if (options.progress) options.progress(done, codes.size());
      }
    }
  };
  {
    std::vector<std::jthread> threads;
    for (int t = 1; t < options.threads; ++t) threads.emplace_back(work);
    work();
  }
  Sweep sweep;
  sweep.snapshot = snapshot->id;
  sweep.cancelled = cancelled();
  for (auto& row : rows) {
    if (!row) continue;
    if (!*row) return row->error();
    sweep.rows.push_back(**std::move(row));
  }
  FindLevers(sweep);
  return sweep;
}

}  // namespace stackport::match
