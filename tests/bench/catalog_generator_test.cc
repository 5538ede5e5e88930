// Generated catalogs, and the requests that are put to them.
#include "tests/bench/catalog_generator.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <string>
#include <vector>

#include "catalog/match/compiled_search.h"
#include "tests/bench/match_requests.h"
#include "tests/support/small_catalog.h"
#include "tests/support/temp_folder.h"

namespace stackport::bench {
namespace {

using match::ProofStatus;
using match::Request;
using testing::SmallCatalog;

constexpr const char* kExample = R"({
  "schema": "stackport.request/1", "country": "KE",
  "use_cases": [{"task": "agriculture.farmer_advice", "languages": ["sw", "en"], "users": 30000}],
  "deployment": ["on_premises"], "limits": {"site_power_kw": 1}})";

std::vector<Request> Loose(std::size_t count, std::uint64_t seed) {
  const TempFolder folder;
  WriteFile(folder / "example.json", kExample);
  return LooseRequests(folder.path(), count, seed, 60'000);
}

ProofStatus StatusOf(const match::PreparedCatalog& catalog, const Request& request) {
  const auto compiled = match::CompileChecked(catalog, CountryIndex::Builtin(), request);
  EXPECT_TRUE(compiled.ok()) << (compiled.ok() ? "" : compiled.error().ToString());
  if (!compiled) return ProofStatus::kStopped;
  return match::SolveCompiled(*compiled, match::OptionsOf(request, nullptr)).status;
}

TEST(CatalogGenerator, ASeedNamesOneCatalog) {
  const SnapshotPtr base = SmallCatalog().Build();
  const SnapshotPtr catalog = GenerateCatalog(*base, 200, 7);
  EXPECT_EQ(catalog->components.size(), 200U);
  EXPECT_EQ(catalog->id, GenerateCatalog(*base, 200, 7)->id);
  EXPECT_NE(catalog->id, GenerateCatalog(*base, 200, 8)->id);
}

TEST(CatalogGenerator, TheBaseIsPartOfItAndEveryComponentHasAVendor) {
  const SnapshotPtr base = SmallCatalog().Build();
  const SnapshotPtr catalog = GenerateCatalog(*base, 200, 1);
  for (const Component& component : base->components) {
    EXPECT_NE(catalog->Find(component.id), nullptr) << component.id;
  }
  for (const Component& component : catalog->components) {
    EXPECT_NE(catalog->FindVendor(component.vendor_id), nullptr) << component.id;
  }
}

TEST(MatchRequests, LooseOnesHaveNoLimitsAndComeFromASeed) {
  const std::vector<Request> requests = Loose(20, 3);
  const std::vector<Request> again = Loose(20, 3);
  ASSERT_EQ(requests.size(), 20U);
  std::set<std::string> countries;
  for (std::size_t i = 0; i < requests.size(); ++i) {
    EXPECT_FALSE(requests[i].max_site_power_w.has_value());
    EXPECT_EQ(requests[i].country, again[i].country);
    EXPECT_EQ(requests[i].use_cases[0].users, again[i].use_cases[0].users);
    countries.insert(requests[i].country);
  }
  EXPECT_GT(countries.size(), 5U);
}

TEST(MatchRequests, TheTightOneHasAPackageAndACentLessThanTheLeastHasNone) {
  const match::PreparedCatalog catalog(GenerateCatalog(*SmallCatalog().Build(), 60, 1));
  Request loose = Loose(1, 1).front();
  loose.top = 1;
  EXPECT_EQ(StatusOf(catalog, loose), ProofStatus::kOptimal);
  const auto tight = RequestOf(Family::kTight, catalog, loose);
  ASSERT_TRUE(tight.ok()) << tight.error().ToString();
  EXPECT_EQ(StatusOf(catalog, *tight), ProofStatus::kOptimal);
  const auto none = RequestOf(Family::kInfeasible, catalog, loose);
  ASSERT_TRUE(none.ok()) << none.error().ToString();
  EXPECT_LT(none->max_tco_cents, tight->max_tco_cents);
  EXPECT_EQ(StatusOf(catalog, *none), ProofStatus::kInfeasible);
}

TEST(MatchRequests, WhereNothingFitsATightOneCannotBeMade) {
  const match::PreparedCatalog catalog(SmallCatalog().Build());
  Request nowhere = Loose(1, 1).front();
  nowhere.banned_components = {"box/server"};
  const auto tight = RequestOf(Family::kTight, catalog, nowhere);
  ASSERT_FALSE(tight.ok());
  EXPECT_THAT(tight.error().message, ::testing::HasSubstr("no package fits"));
}

}  // namespace
}  // namespace stackport::bench
