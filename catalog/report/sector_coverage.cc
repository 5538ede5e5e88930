#include "catalog/report/sector_coverage.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <string_view>
#include <utility>

#include "catalog/base/text.h"

namespace stackport {
namespace {

using match::SweepRow;
using match::SweepStatus;

// Reasons for leaving components out that a line names.
constexpr std::size_t kShownReasons = 3;
constexpr double kCentsInMillionUsd = 1e8;
// A line of a report; longer ones hide the point.
constexpr std::size_t kMaxBlockerText = 400;
// How a table's cell names the deployments that packages exist for.
constexpr std::pair<std::string_view, char> kDeploymentLetters[] = {{"on_premises", 'o'},
                                                                    {"sovereign_cloud", 's'},
                                                                    {"cloud_in_country", 'c'},
                                                                    {"cloud_in_bloc", 'b'},
                                                                    {"cloud_anywhere", 'a'}};

std::string SectorOf(const std::string& task) {
  return task.substr(0, task.find('.'));
}

std::map<std::string, std::int64_t> ApplicationsByTask(const CatalogSnapshot& catalog) {
  std::map<std::string, std::int64_t> by_task;
  for (const Component& component : catalog.components) {
    std::set<std::string> tasks;
    for (const ProvidedCapability& provided : component.provides) {
      if (provided.capability != "application") continue;
      const auto stated = provided.attributes.find("task");
      if (stated == provided.attributes.end()) continue;
      tasks.insert(stated->second.tokens.begin(), stated->second.tokens.end());
    }
    for (const std::string& task : tasks) ++by_task[task];
  }
  return by_task;
}

json::Document RequestFor(const SectorRequest& sector, const std::string& language) {
  json::Document request(rapidjson::kObjectType);
  auto& allocator = request.GetAllocator();
  json::Value use_case(rapidjson::kObjectType);
  json::Set(use_case, "task", sector.task, allocator);
  if (!language.empty()) {
    json::Set(use_case, "languages", json::StringArray({language}, allocator), allocator);
  }
  json::Set(use_case, "users", kSectorUsers, allocator);
  json::Value use_cases(rapidjson::kArrayType);
  use_cases.PushBack(use_case, allocator);
  json::Set(request, "use_cases", std::move(use_cases), allocator);
  return request;
}

std::vector<MissingFact> RankMissing(const std::vector<SectorCell>& cells) {
  std::map<std::pair<std::string, std::string>, std::pair<std::int64_t, std::set<std::string>>>
      by_fact;
  for (const SectorCell& cell : cells) {
    if (cell.row.packages.empty()) continue;
    const auto& questions = cell.row.packages.front().questions;
    for (const auto& question :
         std::set<std::pair<std::string, std::string>>(questions.begin(), questions.end())) {
      auto& [packages, countries] = by_fact[question];
      ++packages;
      countries.insert(cell.row.country);
    }
  }
  std::vector<MissingFact> missing;
  for (const auto& [question, where] : by_fact) {
    missing.push_back(
        {question.first, question.second, where.first, {where.second.begin(), where.second.end()}});
  }
  std::stable_sort(missing.begin(), missing.end(), [](const MissingFact& a, const MissingFact& b) {
    return a.packages > b.packages;
  });
  if (missing.size() > kMostMissingFacts) missing.resize(kMostMissingFacts);
  return missing;
}

std::string Blocker(const SweepRow& row) {
  std::string text;
  if (!row.empty_demands.empty()) {
    text = "nothing answers " + Join(row.empty_demands, ", ");
  } else if (!row.conflict.empty()) {
    text = "cannot hold together: " + Join(row.conflict, " with ");
  }
  std::vector<std::string> reasons;
  for (std::size_t i = 0; i < std::min(row.reasons.size(), kShownReasons); ++i) {
    reasons.push_back(fmt::format("{} {}", row.reasons[i].second, row.reasons[i].first));
  }
  if (!reasons.empty()) text += " (left out: " + Join(reasons, ", ") + ")";
  std::replace(text.begin(), text.end(), '_', ' ');
  return Printable(text, kMaxBlockerText);
}

std::string CellText(const SweepRow& row) {
  switch (row.status) {
    case SweepStatus::kNothingFits:
      return "none";
    case SweepStatus::kStopped:
      return row.packages.empty() ? "not decided" : "some";
    case SweepStatus::kFits:
      break;
  }
  if (row.packages.empty()) return "none";
  std::string where;
  for (const auto& [deployment, letter] : kDeploymentLetters) {
    const bool any = std::any_of(row.packages.begin(), row.packages.end(),
                                 [&, name = deployment](const match::SweepPackage& package) {
                                   return package.deployment == name;
                                 });
    if (any) where += letter;
  }
  return fmt::format("{:.1f} {}",
                     static_cast<double>(row.packages.front().tco_high_cents) / kCentsInMillionUsd,
                     where);
}

}  // namespace

const std::vector<std::string>& SectorPanel() {
  static const std::vector<std::string> kPanel = {"AE", "AM", "BR", "ID", "IN",
                                                  "JP", "KE", "NO", "PL", "UZ"};
  return kPanel;
}

std::vector<SectorRequest> SectorRequests(const CatalogSnapshot& catalog,
                                          const Registry& registry) {
  const auto by_task = ApplicationsByTask(catalog);
  std::map<std::string, SectorRequest> by_sector;
  for (const auto& [task, meaning] : *registry.FindVocabulary("task")) {
    const std::string sector = SectorOf(task);
    if (sector == "assistant") continue;  // a means, not a sector
    const auto count = by_task.find(task);
    const std::int64_t applications = count == by_task.end() ? 0 : count->second;
    SectorRequest& request = by_sector[sector];
    if (request.task.empty() || applications > request.applications) {
      request = {sector, task, applications};
    }
  }
  std::vector<SectorRequest> requests;
  for (auto& [sector, request] : by_sector) requests.push_back(std::move(request));
  return requests;
}

Result<SectorCoverage> MeasureSectors(const SnapshotPtr& snapshot, const CountryIndex& countries,
                                      const std::vector<std::string>& codes,
                                      const match::SweepOptions& options) {
  std::map<std::string, std::vector<std::string>> by_language;
  for (const std::string& code : codes) {
    const Country* country = countries.Find(code);
    if (country == nullptr) return NotFound("no country " + Quoted(code));
    const auto& languages = country->official_languages.empty()
                                ? country->de_facto_official_languages
                                : country->official_languages;
    by_language[languages.empty() ? "" : languages.front()].push_back(code);
  }
  SectorCoverage coverage;
  for (const SectorRequest& sector : SectorRequests(*snapshot)) {
    std::vector<SectorCell> cells;
    for (const auto& [language, group] : by_language) {
      const auto sweep = match::RunSweep(snapshot, countries, Registry::Builtin(),
                                         RequestFor(sector, language), group, options);
      if (!sweep) return sweep.error();
      for (const SweepRow& row : sweep->rows) cells.push_back({sector, language, row});
      coverage.cancelled = coverage.cancelled || sweep->cancelled;
    }
    std::sort(cells.begin(), cells.end(), [](const SectorCell& a, const SectorCell& b) {
      return a.row.country < b.row.country;
    });
    coverage.cells.insert(coverage.cells.end(), cells.begin(), cells.end());
    if (coverage.cancelled) break;
  }
  coverage.missing_facts = RankMissing(coverage.cells);
  return coverage;
}

json::Value SectorCoverageJson(const SectorCoverage& coverage, json::Allocator& allocator) {
  json::Value value(rapidjson::kObjectType);
  json::Set(value, "users", kSectorUsers, allocator);
  json::Value cells(rapidjson::kArrayType);
  for (const SectorCell& cell : coverage.cells) {
    json::Value item(rapidjson::kObjectType);
    json::Set(item, "sector", cell.request.sector, allocator);
    json::Set(item, "task", cell.request.task, allocator);
    json::Set(item, "applications", cell.request.applications, allocator);
    json::Set(item, "country", cell.row.country, allocator);
    if (!cell.language.empty()) json::Set(item, "language", cell.language, allocator);
    json::Set(item, "status", match::SweepStatusName(cell.row.status), allocator);
    std::vector<std::string> deployments;
    for (const match::SweepPackage& package : cell.row.packages) {
      deployments.push_back(package.deployment);
    }
    json::Set(item, "deployments", json::StringArray(deployments, allocator), allocator);
    if (!cell.row.packages.empty()) {
      json::Set(item, "best_tco_high_cents", cell.row.packages.front().tco_high_cents, allocator);
    } else {
      json::Set(item, "blocked_by", Blocker(cell.row), allocator);
    }
    cells.PushBack(item, allocator);
  }
  json::Set(value, "cells", std::move(cells), allocator);
  json::Value facts(rapidjson::kArrayType);
  for (const MissingFact& missing : coverage.missing_facts) {
    json::Value item(rapidjson::kObjectType);
    if (!missing.component.empty()) json::Set(item, "component", missing.component, allocator);
    json::Set(item, "fact", missing.fact, allocator);
    json::Set(item, "packages", missing.packages, allocator);
    json::Set(item, "countries", json::StringArray(missing.countries, allocator), allocator);
    facts.PushBack(item, allocator);
  }
  json::Set(value, "missing_facts", std::move(facts), allocator);
  if (coverage.cancelled) json::Set(value, "cancelled", true, allocator);
  return value;
}

std::string SectorCoverageMarkdown(const SectorCoverage& coverage, const CountryIndex& countries) {
  std::set<std::string> codes;
  for (const SectorCell& cell : coverage.cells) codes.insert(cell.row.country);
  std::string text = fmt::format(
      "## Packages by sector and country\n\nFor each sector the task that most applications state, "
      "for {} users in the country's first official language, every deployment allowed. A number "
      "is "
      "the best package's cost over its period in MUSD at the pessimistic end; the letters are "
      "where "
      "packages exist: o own site, s sovereign, c cloud in the country, b cloud in its bloc, a "
      "cloud "
      "anywhere.\n\n| sector | task "
      "| "
      "applications |",
      kSectorUsers);
  std::string rule = "\n| --- | --- | ---: |";
  for (const std::string& code : codes) {
    text += " " + code + " |";
    rule += " ---: |";
  }
  text += rule;
  std::string sector;
  for (const SectorCell& cell : coverage.cells) {
    if (cell.request.sector != sector) {
      sector = cell.request.sector;
      text +=
          fmt::format("\n| {} | {} | {} |", sector, cell.request.task, cell.request.applications);
    }
    text += " " + CellText(cell.row) + " |";
  }
  text += "\n";
  std::map<std::pair<std::string, std::string>, std::vector<std::string>> blocked;
  for (const SectorCell& cell : coverage.cells) {
    if (!cell.row.packages.empty()) continue;
    const Country* country = countries.Find(cell.row.country);
    blocked[{cell.request.task, Blocker(cell.row)}].push_back(country == nullptr ? cell.row.country
                                                                                 : country->name);
  }
  if (!blocked.empty()) text += "\nNothing fits:\n\n";
  for (const auto& [what, where] : blocked) {
    text += fmt::format("- {} in {}: {}\n", what.first, Join(where, ", "), what.second);
  }
  text += fmt::format(
      "\n## The missing facts that would help most\n\nWhat the best packages of {} sectors and "
      "countries leave open, by how many of them.\n\n| component | fact | packages | countries |\n"
      "| --- | --- | ---: | --- |\n",
      coverage.cells.size());
  for (const MissingFact& missing : coverage.missing_facts) {
    text += fmt::format("| {} | {} | {} | {} |\n",
                        missing.component.empty() ? "the rule itself" : missing.component,
                        missing.fact, missing.packages, Join(missing.countries, " "));
  }
  if (coverage.cancelled) text += "\nCut short: not every sector and country was looked at.\n";
  return text;
}

}  // namespace stackport
