// Sectors and countries, and the missing facts, over the bundled catalog.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "catalog/report/sector_coverage.h"
#include "tests/plugins/bundled_catalog.h"

namespace stackport {
namespace {

using ::testing::HasSubstr;

// Every sector that applications are made for has one to ask for.
TEST(BundledSectors, HaveATaskThatSomebodyServes) {
  const auto sectors = SectorRequests(*BundledCatalog());
  EXPECT_GE(sectors.size(), 11U);
  for (const SectorRequest& sector : sectors) {
    EXPECT_GT(sector.applications, 0) << sector.sector;
    EXPECT_EQ(sector.task.substr(0, sector.sector.size() + 1), sector.sector + ".");
  }
}

TEST(BundledSectors, AreReportedForEachCountryWithTheFactsThatAreMissing) {
  match::SweepOptions options;
  options.threads = 2;
  const auto coverage = MeasureSectors(BundledCatalog(), CountryIndex::Builtin(), {"KE"}, options);
  ASSERT_TRUE(coverage.ok()) << coverage.error().ToString();
  EXPECT_EQ(coverage->cells.size(), SectorRequests(*BundledCatalog()).size());
  for (const SectorCell& cell : coverage->cells) {
    EXPECT_EQ(cell.language, "sw");
    EXPECT_FALSE(cell.row.packages.empty()) << cell.request.task;
  }
  EXPECT_EQ(coverage->missing_facts.size(), kMostMissingFacts);
  for (std::size_t i = 1; i < coverage->missing_facts.size(); ++i) {
    EXPECT_GE(coverage->missing_facts[i - 1].packages, coverage->missing_facts[i].packages);
  }
  EXPECT_THAT(SectorCoverageMarkdown(*coverage, CountryIndex::Builtin()),
              HasSubstr("| education |"));
}

TEST(BundledSectors, NameACountryThatDoesNotExist) {
  const auto coverage = MeasureSectors(BundledCatalog(), CountryIndex::Builtin(), {"XX"}, {});
  ASSERT_FALSE(coverage.ok());
  EXPECT_THAT(coverage.error().message, HasSubstr("XX"));
}

}  // namespace
}  // namespace stackport
