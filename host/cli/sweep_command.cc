// stackport sweep: one request put to many countries.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <memory>
#include <set>
#include <thread>

#include "catalog/base/text.h"
#include "catalog/match/sweep.h"
#include "host/cli/commands.h"
#include "host/cli/exit_codes.h"
#include "host/cli/figures_text.h"
#include "host/cli/layout.h"
#include "host/cli/request_flags.h"
#include "host/cli/table.h"

namespace stackport::cli {
namespace {

// Lines of a list before the rest is counted.
constexpr std::size_t kMaxShownLevers = 5;
constexpr std::size_t kMaxShownCodes = 12;
constexpr std::size_t kMaxShownDemands = 4;

struct SweepOptions {
  RequestFlags request;
  std::string positional_file;
  std::vector<std::string> countries;
  int threads = 0;  // 0: as many as the machine has
  bool csv = false;
};

// Codes of what is named: "all", a bloc, or a country; sorted, each once.
Result<std::vector<std::string>> CodesOf(const std::vector<std::string>& names,
                                         const CountryIndex& countries) {
  std::set<std::string> codes;
  for (const std::string& name : names) {
    if (name == "all") {
      for (const Country& country : countries.All()) codes.insert(country.code);
    } else if (const Bloc* bloc = countries.FindBloc(name)) {
      codes.insert(bloc->members.begin(), bloc->members.end());
    } else {
      auto code = countries.Resolve(name);
      if (!code) return code.error();
      codes.insert(*std::move(code));
    }
  }
  return std::vector<std::string>(codes.begin(), codes.end());
}

std::string NameOf(const CountryIndex& countries, const std::string& code) {
  const Country* country = countries.Find(code);
  return country == nullptr ? code : country->name;
}

std::string CodesText(const std::vector<std::string>& codes) {
  std::vector<std::string> shown = codes;
  if (shown.size() > kMaxShownCodes) shown.resize(kMaxShownCodes);
  std::string text = Join(shown, " ");
  if (codes.size() > shown.size()) {
    text += fmt::format(" and {} more", codes.size() - shown.size());
  }
  return text;
}

void PrintPackages(Session& session, const match::Sweep& sweep, const CountryIndex& countries) {
  Table table({{"country", Align::kLeft, 12},
               {"best"},
               {"TCO MUSD", Align::kRight},
               {"site kW", Align::kRight},
               {"days", Align::kRight},
               {"licences", Align::kRight},
               {"open", Align::kRight},
               {"also", Align::kLeft, 12}});
  for (const match::SweepRow& row : sweep.rows) {
    if (row.packages.empty()) continue;
    const match::SweepPackage& best = row.packages.front();
    std::vector<std::string> others;
    for (std::size_t i = 1; i < row.packages.size(); ++i) {
      others.push_back(row.packages[i].deployment);
    }
    table.AddRow({row.country + " " + NameOf(countries, row.country), best.site,
                  MillionRange(best.tco_low_cents, best.tco_high_cents),
                  KilowattRange(best.site_power_high_w, best.site_power_high_w),
                  std::to_string(best.lead_days), std::to_string(best.licences),
                  std::to_string(best.open_questions), Join(others, ", ")});
  }
  if (!table.empty()) session.out() << "\n" << table.ToText(session.table_width(), session.style());
}

// What blocks a country, in one line.
std::string Blocker(const match::SweepRow& row) {
  if (row.empty_demands.size() > kMaxShownDemands && !row.reasons.empty()) {
    std::string reason = row.reasons.front().first;
    std::replace(reason.begin(), reason.end(), '_', ' ');
    return fmt::format("nothing answers {} demands; {} leaves out {}", row.empty_demands.size(),
                       reason, Count(row.reasons.front().second, "component"));
  }
  if (!row.empty_demands.empty()) return "nothing answers: " + Join(row.empty_demands, ", ");
  if (!row.conflict.empty()) return "cannot hold together: " + Join(row.conflict, " with ");
  return "what the request is about";
}

void PrintBlocked(Session& session, const match::Sweep& sweep) {
  std::map<std::string, std::vector<std::string>> countries_of;
  for (const match::SweepRow& row : sweep.rows) {
    if (row.status == match::SweepStatus::kNothingFits) {
      countries_of[Blocker(row)].push_back(row.country);
    }
  }
  if (countries_of.empty()) return;
  session.out() << "\n" << session.style().Paint(Tone::kStrong, "Nothing fits") << "\n";
  for (const auto& [blocker, codes] : countries_of) {
    session.out() << Wrap(Shown(CodesText(codes)) + " (" +
                              Count(static_cast<std::int64_t>(codes.size()), "country",
                                    "countries") +
                              ")",
                          "  ", "  ", session.text_width())
                  << Wrap(Shown(blocker), "     ", "     ", session.text_width());
  }
}

void PrintLevers(Session& session, const std::string& title,
                 const std::vector<match::SweepLever>& levers) {
  if (levers.empty()) return;
  session.out() << "\n" << session.style().Paint(Tone::kStrong, title) << "\n";
  for (std::size_t i = 0; i < std::min(levers.size(), kMaxShownLevers); ++i) {
    const match::SweepLever& lever = levers[i];
    const std::string what =
        lever.component.empty() ? lever.name : lever.component + ": " + lever.name;
    session.out() << fmt::format(
        "  {:>3}  {}{}\n", lever.countries.size(), Shown(what),
        lever.lacking_only_this.empty()
            ? std::string()
            : fmt::format(" (alone in {})", lever.lacking_only_this.size()));
  }
  if (levers.size() > kMaxShownLevers) {
    session.out() << fmt::format("       and {} more (--json)\n", levers.size() - kMaxShownLevers);
  }
}

void PrintSweep(Session& session, const match::Sweep& sweep, const CountryIndex& countries) {
  std::map<match::SweepStatus, std::int64_t> counts;
  for (const match::SweepRow& row : sweep.rows) ++counts[row.status];
  session.out() << Count(static_cast<std::int64_t>(sweep.rows.size()), "country", "countries")
                << " · packages in " << counts[match::SweepStatus::kFits] << " · nothing fits in "
                << counts[match::SweepStatus::kNothingFits];
  if (counts[match::SweepStatus::kStopped] > 0) {
    session.out() << " · stopped before the proof in " << counts[match::SweepStatus::kStopped];
  }
  session.out() << " · snapshot " << Shown(sweep.snapshot) << "\n";
  PrintPackages(session, sweep, countries);
  PrintBlocked(session, sweep);
  PrintLevers(session, "Facts that the best packages leave open, by countries", sweep.open_facts);
  PrintLevers(session, "Demands that nothing answers, by countries", sweep.missing);
}

std::string CsvCell(const std::string& text) {
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string cell = "\"";
  for (const char c : text) cell += c == '"' ? std::string("\"\"") : std::string(1, c);
  return cell + "\"";
}

// RFC 4180, one row for each country and deployment class.
void PrintCsv(Session& session, const match::Sweep& sweep, const CountryIndex& countries) {
  session.out() << "country,name,status,deployment,site,tco_low_cents,tco_high_cents,site_power_w,"
                   "lead_days,licences,open_questions,components,blocked_by\r\n";
  for (const match::SweepRow& row : sweep.rows) {
    const std::string start = row.country + "," + CsvCell(NameOf(countries, row.country)) + "," +
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

Result<int> RunSweepCommand(Session& session, SweepOptions& options, bool as_json) {
  if (options.request.file.empty()) options.request.file = options.positional_file;
  const CountryIndex& countries = CountryIndex::Builtin();
  const auto codes = CodesOf(options.countries, countries);
  if (!codes) return codes.error();
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
      session.err() << fmt::format("\r{} of {} countries", done, total) << std::flush;
    };
  }
  const auto sweep = match::RunSweep((*application)->snapshot(), countries, Registry::Builtin(),
                                     *request, *codes, how);
  if (shows) session.err() << "\r\x1b[K";
  if (!sweep) return sweep.error();
  if (as_json) {
    session.PrintJson(match::SweepJson(*sweep, countries));
  } else if (options.csv) {
    PrintCsv(session, *sweep, countries);
  } else {
    PrintSweep(session, *sweep, countries);
  }
  const bool any = std::any_of(sweep->rows.begin(), sweep->rows.end(),
                               [](const match::SweepRow& row) { return !row.packages.empty(); });
  return any ? kExitOk : kExitNegative;
}

}  // namespace

void AddSweepCommand(CLI::App& app, Invocation& invocation) {
  CLI::App* command = AddCommand(
      app, "sweep", "Put one request to many countries",
      "stackport sweep --countries ECOWAS,KE,PL --use-case education.tutor:en --users 30000\n"
      "  stackport sweep request.json --countries all --csv");
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
