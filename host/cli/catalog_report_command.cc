// stackport catalog report and catalog calibration: what the catalog as a whole is good for.
#include "host/cli/catalog_report_command.h"

#include <algorithm>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "catalog/base/clock.h"
#include "catalog/countries/country_list.h"
#include "catalog/report/calibration.h"
#include "catalog/report/contradictions.h"
#include "catalog/report/coverage.h"
#include "catalog/report/sector_coverage.h"
#include "host/cli/exit_codes.h"

namespace stackport::cli {
namespace {

struct ReportOptions {
  std::vector<std::string> countries;  // empty: the panel
  bool without_sectors = false;
};

// A report is a page on its own.
void PrintHeading(Session& session, const CatalogSnapshot& snapshot, const std::string& today) {
  session.out() << "# Catalog report\n\nSnapshot " << snapshot.id << ", read on " << today
                << ".\n\n";
}

Result<int> RunReport(Session& session, const ReportOptions& options, bool as_json) {
  const CountryIndex& countries = CountryIndex::Builtin();
  std::vector<std::string> codes = SectorPanel();
  if (!options.countries.empty()) {
    auto named = CountryCodes(options.countries, countries);
    if (!named) return named.error();
    codes = *std::move(named);
  }
  const auto application = session.OpenCatalog();
  if (!application) return application.error();
  const SnapshotPtr snapshot = (*application)->snapshot();
  const std::string today = SystemClock().NowUtc().substr(0, std::string("YYYY-MM-DD").size());

  const Coverage coverage = MeasureCoverage(*snapshot, today);
  const auto contradictions = FindContradictions(*snapshot);
  const Calibration calibration = Calibrate(*snapshot);
  SectorCoverage sectors;
  if (!options.without_sectors) {
    match::SweepOptions how;
    how.threads = static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
    how.unlocks = false;  // the table has no room for it
    auto measured = MeasureSectors(snapshot, countries, codes, how);
    if (!measured) return measured.error();
    sectors = *std::move(measured);
  }

  if (as_json) {
    json::Document document(rapidjson::kObjectType);
    auto& allocator = document.GetAllocator();
    json::Set(document, "schema", "stackport.catalog_report/1", allocator);
    json::Set(document, "snapshot", snapshot->id, allocator);
    json::Set(document, "today", today, allocator);
    json::Set(document, "coverage", CoverageJson(coverage, allocator), allocator);
    if (!options.without_sectors) {
      json::Set(document, "sectors", SectorCoverageJson(sectors, allocator), allocator);
    }
    json::Set(document, "calibration", CalibrationJson(calibration, allocator), allocator);
    json::Set(document, "contradictions", ContradictionsJson(contradictions, allocator), allocator);
    session.PrintJson(document);
    return kExitOk;
  }
  PrintHeading(session, *snapshot, today);
  session.out() << CoverageMarkdown(coverage) << "\n";
  if (!options.without_sectors) {
    session.out() << SectorCoverageMarkdown(sectors, countries) << "\n";
  }
  session.out() << CalibrationMarkdown(calibration) << "\n"
                << ContradictionsMarkdown(contradictions);
  return kExitOk;
}

Result<int> RunCalibration(Session& session, bool as_json) {
  const auto application = session.OpenCatalog();
  if (!application) return application.error();
  const Calibration calibration = Calibrate(*(*application)->snapshot());
  if (as_json) {
    json::Document document(rapidjson::kObjectType);
    auto& allocator = document.GetAllocator();
    json::Set(document, "schema", "stackport.calibration/1", allocator);
    json::Set(document, "snapshot", (*application)->snapshot()->id, allocator);
    json::Set(document, "calibration", CalibrationJson(calibration, allocator), allocator);
    session.PrintJson(document);
  } else {
    session.out() << CalibrationMarkdown(calibration);
  }
  return kExitOk;
}

}  // namespace

void AddCatalogReportCommands(CLI::App& catalog, Invocation& invocation) {
  CLI::App* report = AddCommand(
      catalog, "report",
      "What the catalog covers and lacks, as Markdown: kinds, unknowns, ages, sectors by country, "
      "measurements, contradictions",
      "stackport catalog report > report.md\n  stackport catalog report --countries ECOWAS,KE");
  const auto options = std::make_shared<ReportOptions>();
  report
      ->add_option("--countries", options->countries,
                   "Countries and blocs for the sectors, or all, which takes minutes (default: the "
                   "ten of the example requests, some seconds)")
      ->type_name("LIST")
      ->delimiter(',')
      ->allow_extra_args(false);
  report->add_flag("--no-sectors", options->without_sectors, "Leave sectors and countries out");
  AddJsonFlag(*report, invocation);
  report->callback([options, &invocation] {
    invocation.body = [options, &invocation](Session& session) {
      return RunReport(session, *options, invocation.json);
    };
  });

  CLI::App* calibration =
      AddCommand(catalog, "calibration", "How far the sizing's estimate lies from measurements",
                 "stackport catalog calibration > calibration.md");
  AddJsonFlag(*calibration, invocation);
  calibration->callback([&invocation] {
    invocation.body = [&invocation](Session& session) {
      return RunCalibration(session, invocation.json);
    };
  });
}

}  // namespace stackport::cli
