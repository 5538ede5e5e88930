#include "catalog/match/package_hints.h"

#include <gtest/gtest.h>

#include "catalog/match/compiled_search.h"
#include "tests/support/small_catalog.h"

namespace stackport::match {
namespace {

using testing::SmallCatalog;

Request Parse(const char* text) {
  auto document = json::Parse(text, "request");
  EXPECT_TRUE(document.ok());
  ParsedRequest parsed = ParseRequest(*document, Registry::Builtin(), CountryIndex::Builtin());
  for (const Finding& finding : parsed.findings) ADD_FAILURE() << ToText(finding);
  return std::move(parsed.request).value_or(Request{});
}

// The one package of the small catalog, and requests that ask for more.
TEST(PackageHints, APartOrASiteThatIsNotLetThroughIsMissed) {
  const PreparedCatalog catalog(SmallCatalog().Build());
  const CountryIndex& countries = CountryIndex::Builtin();
  const Request request = Parse(R"({
    "country": "KE",
    "use_cases": [{"task": "agriculture.farmer_advice", "languages": ["sw"], "users": 30000}]})");
  const auto compiled = CompileChecked(catalog, countries, request);
  ASSERT_TRUE(compiled.ok());
  const AnyPackage any = FindAnyCompiled(*compiled, {});
  ASSERT_TRUE(any.package.has_value());
  const auto missed = [&](const auto& change) {
    Request more = request;
    change(more);
    return SeemsToMiss(catalog, countries, more, *compiled, any.package->choice);
  };
  EXPECT_FALSE(missed([](Request&) {}));
  EXPECT_FALSE(missed([](Request& r) { r.pinned_components = {"lab/model"}; }));
  EXPECT_TRUE(missed([](Request& r) { r.pinned_components = {"lab/other"}; }));
  EXPECT_TRUE(missed([](Request& r) { r.pinned_vendors = {"nobody"}; }));
  EXPECT_TRUE(missed([](Request& r) { r.banned_components = {"lab/model"}; }));
  EXPECT_TRUE(missed([](Request& r) { r.deployment = {DeploymentMode::kCloudAnywhere}; }));
  EXPECT_TRUE(missed([](Request& r) { r.min_model_parameters = 1'000'000'000'000'000; }));
  EXPECT_TRUE(missed([](Request& r) { r.max_delivery_days = 1; }));
  // Limits on figures are not its affair.
  EXPECT_FALSE(missed([](Request& r) { r.max_tco_cents = 1; }));
}

}  // namespace
}  // namespace stackport::match
