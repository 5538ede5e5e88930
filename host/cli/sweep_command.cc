// stackport sweep: one request put to many countries.
#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <set>
#include <thread>

#include "catalog/base/text.h"
#include "catalog/countries/country_list.h"
#include "catalog/match/request.h"
#include "catalog/match/scenarios.h"
#include "host/app/answer_audit.h"
#include "host/cli/commands.h"
#include "host/cli/exit_codes.h"
#include "host/cli/figures_text.h"
#include "host/cli/interrupt_watch.h"
#include "host/cli/layout.h"
#include "host/cli/request_flags.h"
#include "host/cli/sweep_text.h"
#include "host/cli/table.h"

namespace stackport::cli {
namespace {

struct SweepOptions {
  RequestFlags request;
  std::string positional_file;
  std::vector<std::string> countries;
  std::vector<std::string> scenarios;  // NAME=PATCH
  int threads = 0;                     // 0: as many as the machine has
  bool csv = false;
};

std::string CsvCell(const std::string& text) {
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string cell = "\"";
  for (const char c : text) cell += c == '"' ? std::string("\"\"") : std::string(1, c);
  return cell + "\"";
}

// "NAME=PATCH": the patch is JSON, or the name of a file that holds it.
Result<match::Scenario> ReadScenario(const std::string& text) {
  const std::size_t equals = text.find('=');
  const std::string how =
      "; write NAME=PATCH, for example 'no licence={\"limits\":{\"export_licence\":\"none\"}}'";
  if (equals == std::string::npos || equals == 0) {
    return InvalidArgument("the scenario " + Quoted(text) + " has no name" + how);
  }
  match::Scenario scenario;
  scenario.name = text.substr(0, equals);
  if (scenario.name.size() > match::kMaxScenarioNameBytes) {
    return InvalidArgument(
        fmt::format("the scenario's name is longer than {} bytes", match::kMaxScenarioNameBytes));
  }
  const std::string patch = text.substr(equals + 1);
  json::Limits limits;
  limits.max_bytes = match::kMaxRequestBytes;
  auto document = patch.starts_with('{') ? json::Parse(patch, "scenario " + scenario.name, limits)
                                         : json::ParseFile(patch, limits);
  if (!document) return document.error();
  if (!document->IsObject()) {
    return InvalidArgument("the patch of the scenario " + Quoted(scenario.name) +
                           " is no JSON object" + how);
  }
  scenario.patch = *std::move(document);
  return scenario;
}

Result<std::vector<match::Scenario>> ReadScenarios(const std::vector<std::string>& texts) {
  if (texts.size() > match::kMaxScenarios) {
    return InvalidArgument(fmt::format("{} scenarios are asked for; at most {} go into one sweep",
                                       texts.size(), match::kMaxScenarios));
  }
  std::vector<match::Scenario> scenarios;
  for (const std::string& text : texts) {
    auto scenario = ReadScenario(text);
    if (!scenario) return scenario.error();
    scenarios.push_back(*std::move(scenario));
  }
  return scenarios;
}

// What the best package costs in millions; empty where a cancelled sweep did not come to it.
std::string CostIn(const match::Sweep& sweep, const std::string& country) {
  const auto row =
      std::find_if(sweep.rows.begin(), sweep.rows.end(),
                   [&](const match::SweepRow& each) { return each.country == country; });
  if (row == sweep.rows.end()) return {};
  if (row->packages.empty()) return row->status == match::SweepStatus::kStopped ? "?" : "-";
  return MillionRange(row->packages.front().tco_low_cents, row->packages.front().tco_high_cents);
}

// The least total cost of each country in each scenario, side by side.
void PrintComparison(Session& session, const std::vector<match::ScenarioSweep>& sweeps,
                     const CountryIndex& countries) {
  std::vector<Column> columns = {{"country", Align::kLeft, 12}};
  for (const match::ScenarioSweep& each : sweeps) {
    columns.push_back({each.name, Align::kRight, 12});
  }
  Table table(std::move(columns));
  for (const match::SweepRow& row : sweeps.front().sweep.rows) {
    std::vector<Cell> cells = {row.country + " " + CountryName(countries, row.country)};
    for (const match::ScenarioSweep& each : sweeps) {
      cells.emplace_back(CostIn(each.sweep, row.country));
    }
    table.AddRow(std::move(cells));
  }
  session.out() << session.style().Paint(Tone::kStrong,
                                         "Total cost of the best package, MUSD, by scenario")
                << "\n"
                << table.ToText(session.table_width(), session.style())
                << "- nothing fits (proven); ? stopped before the proof\n";
}

constexpr const char* kCsvColumns =
    "country,name,status,deployment,site,tco_low_cents,tco_high_cents,site_power_w,"
    "lead_days,licences,open_questions,components,blocked_by\r\n";

// RFC 4180, one row for each country and deployment class; `lead` starts each.
void PrintCsv(Session& session, const std::string& lead, const match::Sweep& sweep,
              const CountryIndex& countries) {
  for (const match::SweepRow& row : sweep.rows) {
    const std::string start = lead + row.country + "," +
                              CsvCell(CountryName(countries, row.country)) + "," +
                              std::string(match::SweepStatusName(row.status));
    for (const match::SweepPackage& package : row.packages) {
      session.out() << fmt::format("{},{},{},{},{},{},{},{},{},{},\r\n", start, package.deployment,
                                   CsvCell(package.site), package.tco_low_cents,
                                   package.tco_high_cents, package.site_power_high_w,
                                   package.lead_days, package.licences, package.open_questions,
                                   CsvCell(Join(package.components, " ")));
    }
    if (!row.packages.empty()) continue;
    const bool blocked = row.status == match::SweepStatus::kNothingFits;
    session.out() << start << ",,,,,,,,,," << (blocked ? CsvCell(Blocker(row)) : "") << "\r\n";
  }
}

bool HasName(const match::ScenarioSweep& sweep) {
  return !sweep.name.empty();
}

void PrintAll(Session& session, const std::vector<match::ScenarioSweep>& sweeps,
              const SweepOptions& options, const CountryIndex& countries) {
  if (options.csv) {
    session.out() << (HasName(sweeps.front()) ? "scenario," : "") << kCsvColumns;
  } else if (HasName(sweeps.front())) {
    PrintComparison(session, sweeps, countries);
  }
  for (const match::ScenarioSweep& each : sweeps) {
    if (options.csv) {
      PrintCsv(session, HasName(each) ? CsvCell(each.name) + "," : "", each.sweep, countries);
      continue;
    }
    if (HasName(each)) {
      session.out() << "\n" << session.style().Paint(Tone::kStrong, Shown(each.name)) << "\n";
    }
    PrintSweep(session, each.sweep, countries);
  }
}

// How many answers there are of a sweep that did not come to its end.
std::optional<std::size_t> AnsweredWhenCancelled(const std::vector<match::ScenarioSweep>& sweeps) {
  if (!sweeps.back().sweep.cancelled) return std::nullopt;
  std::size_t answered = 0;
  for (const match::ScenarioSweep& each : sweeps) answered += each.sweep.rows.size();
  return answered;
}

Result<int> RunSweepCommand(Session& session, SweepOptions& options, bool as_json) {
  if (options.request.file.empty()) options.request.file = options.positional_file;
  const CountryIndex& countries = CountryIndex::Builtin();
  const auto codes = CountryCodes(options.countries, countries);
  if (!codes) return codes.error();
  const auto scenarios = ReadScenarios(options.scenarios);
  if (!scenarios) return scenarios.error();
  const auto request = options.request.Build(session.environment().in);
  if (!request) return request.error();
  auto application = session.OpenCatalog();
  if (!application) return application.error();

  match::SweepOptions how;
  const auto cores = static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
  how.threads = options.threads > 0 ? options.threads : cores;
  const bool shows = session.environment().err_is_terminal;
  if (shows) {
    how.progress = [&session](std::size_t done, std::size_t total) {
      session.err() << fmt::format("\r{} of {} answers", done, total) << std::flush;
    };
  }
  std::optional<InterruptWatch> watch(std::in_place);
  how.cancel = &watch->interrupted();
  const auto sweeps = match::RunScenarios((*application)->snapshot(), countries,
                                          Registry::Builtin(), *request, *scenarios, *codes, how);
  watch.reset();  // what follows may be ended as usual
  if (shows) session.err() << "\r\x1b[K";
  if (!sweeps) return sweeps.error();
  const json::Document document = match::ScenariosJson(*sweeps, countries);
  session.Record(**application, AuditsOfSweep(document));
  if (as_json) {
    session.PrintJson(document);
  } else {
    PrintAll(session, *sweeps, options, countries);
  }
  if (const std::optional<std::size_t> answered = AnsweredWhenCancelled(*sweeps)) {
    session.err() << fmt::format("interrupted after {} of {} answers\n", *answered,
                                 std::max<std::size_t>(1, scenarios->size()) * codes->size());
    return kExitInterrupted;
  }
  const bool any = std::any_of(sweeps->begin(), sweeps->end(), [](const auto& each) {
    return std::any_of(each.sweep.rows.begin(), each.sweep.rows.end(),
                       [](const match::SweepRow& row) { return !row.packages.empty(); });
  });
  return any ? kExitOk : kExitNegative;
}

}  // namespace

void AddSweepCommand(CLI::App& app, Invocation& invocation) {
  CLI::App* command = AddCommand(
      app, "sweep", "Put one request, or variations of it, to many countries",
      "stackport sweep --countries ECOWAS,KE,PL --use-case education.tutoring:en --users 30000\n"
      "  stackport sweep request.json --countries all --csv\n"
      "  stackport sweep request.json --countries KE,NG \\\n"
      "      --scenario 'as asked={}' --scenario 'no "
      "licence={\"limits\":{\"export_licence\":\"none\"}}'");
  const auto options = std::make_shared<SweepOptions>();
  command
      ->add_option("FILE", options->positional_file,
                   "Request file; flags override it, and its country is replaced")
      ->type_name("");
  command
      ->add_option("--countries", options->countries,
                   "Countries and blocs by code or name, or all (default)")
      ->type_name("LIST")
      ->delimiter(',')
      ->allow_extra_args(false);
  options->countries = {"all"};
  command
      ->add_option("--scenario", options->scenarios,
                   "A variation of the request, repeatable: a JSON merge patch or a file with one")
      ->type_name("NAME=PATCH")
      ->allow_extra_args(false);
  command->add_option("--threads", options->threads, "Countries at a time (0: one for each core)")
      ->type_name("N")
      ->check(CLI::Range(0, 256).description(""));
  command->add_flag("--csv", options->csv, "One row for each country and deployment, RFC 4180");
  options->request.AddTo(*command);
  AddJsonFlag(*command, invocation);
  command->callback([options, &invocation] {
    invocation.body = [options, &invocation](Session& session) {
      return RunSweepCommand(session, *options, invocation.json);
    };
  });
}

}  // namespace stackport::cli
