// The report over the bundled catalog: what it counts, and the contradictions it may hold.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <tuple>

#include "catalog/base/json.h"
#include "catalog/report/contradictions.h"
#include "catalog/report/coverage.h"
#include "tests/plugins/bundled_catalog.h"

namespace stackport {
namespace {

using ::testing::HasSubstr;

TEST(BundledContradictions, AreAllListedWithAnExplanation) {
  std::set<std::tuple<std::string, std::string, std::string>> listed;
  const auto document = json::ParseFile(STACKPORT_LISTED_CONTRADICTIONS);
  ASSERT_TRUE(document.ok());
  for (const json::Value& item : json::Find(*document, "contradictions")->GetArray()) {
    EXPECT_GT(json::StringOr(item, "because", "").size(), 20U);
    listed.emplace(json::StringOr(item, "code", ""), json::StringOr(item, "first", ""),
                   json::StringOr(item, "second", ""));
  }
  for (const Contradiction& found : FindContradictions(*BundledCatalog())) {
    EXPECT_EQ(listed.erase({found.code, found.first, found.second}), 1U)
        << found.code << ": " << found.first << " says of " << found.second << ": " << found.text;
  }
  for (const auto& [code, first, second] : listed) {
    ADD_FAILURE() << "listed, but gone: " << code << " " << first << " " << second;
  }
}

TEST(BundledCoverage, CountsEveryComponentOnce) {
  const Coverage coverage = MeasureCoverage(*BundledCatalog(), kBundledAsOf);
  std::int64_t components = 0;
  for (const KindCoverage& kind : coverage.kinds) {
    EXPECT_GT(kind.components, 0) << kind.kind;
    EXPECT_LE(kind.fewest_facts, kind.most_facts) << kind.kind;
    components += kind.components;
  }
  EXPECT_EQ(components, static_cast<std::int64_t>(BundledCatalog()->components.size()));
}

TEST(BundledCoverage, SaysWhatIsUnknown) {
  const Coverage coverage = MeasureCoverage(*BundledCatalog(), kBundledAsOf);
  const auto tpp = std::find_if(coverage.attributes.begin(), coverage.attributes.end(),
                                [](const AttributeCoverage& attribute) {
                                  return attribute.kind == "accelerator" && attribute.fact == "tpp";
                                });
  ASSERT_NE(tpp, coverage.attributes.end());
  EXPECT_TRUE(tpp->asked_for);
  EXPECT_EQ(tpp->UnknownBasisPoints(), (tpp->components - tpp->stated) * 10'000 / tpp->components);
  EXPECT_THAT(CoverageMarkdown(coverage), HasSubstr("| accelerator | tpp |"));
}

}  // namespace
}  // namespace stackport
