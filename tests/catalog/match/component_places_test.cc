#include "catalog/match/component_places.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <map>
#include <string>
#include <vector>

#include "catalog/match/compiled_search.h"
#include "tests/support/small_catalog.h"

namespace stackport::match {
namespace {

using ::testing::IsEmpty;
using testing::SmallCatalog;

constexpr const char* kRequest = R"({
  "country": "KE", "deployment": ["on_premises"],
  "use_cases": [{"task": "agriculture.farmer_advice", "languages": ["sw", "en"], "users": 30000}]})";

Request Asked() {
  auto document = json::Parse(kRequest, "request");
  return *ParseRequest(*document, Registry::Builtin(), CountryIndex::Builtin()).request;
}

std::string Offered(int usd, const char* sold = R"({"only":["KE"]})") {
  return R"("offers":[{"deployment":["on_premises"],"prices":[{"per":"year","amount":)" +
         std::to_string(usd) +
         R"(,"currency":"USD","kind":"list","source":"test","as_of":"2026"}],"sold_in":)" + sold +
         "}]";
}

// Beside the free data pipeline, four at a price, two of them at the same; and a suite beside
// the two.
SmallCatalog Rivals() {
  const char* pipeline = R"([{"capability":"data-pipeline"}])";
  SmallCatalog catalog;
  catalog.PutFree("flow/cheap", "data_pipeline", pipeline, "[]", Offered(100));
  catalog.PutFree("flow/one", "data_pipeline", pipeline, "[]", Offered(200));
  catalog.PutFree("flow/two", "data_pipeline", pipeline, "[]", Offered(200));
  catalog.PutFree("flow/dear", "data_pipeline", pipeline, "[]", Offered(300));
  catalog.PutFree("flow/far", "data_pipeline", pipeline, "[]", Offered(1, R"({"only":["DE"]})"));
  catalog.PutFree(
      "flow/both", "cybersecurity",
      R"([{"capability":"security-control","with":{"control":["endpoint_protection","prompt_injection_defense","model_scanning"]}}])",
      "[]", Offered(50));
  catalog.PutFree(
      "run/paid", "serving_runtime",
      R"([{"capability":"model-serving","with":{"family":["lab"]}}])",
      R"([{"capability":"accelerated-compute","where":[{"attribute":"isa","in":["cuda"]}]}])",
      Offered(70));
  return catalog;
}

class Places {
 public:
  explicit Places(const SmallCatalog& catalog)
      : catalog_(catalog.Build()),
        compiled_(*CompileChecked(catalog_, CountryIndex::Builtin(), Asked())),
        best_(SolveCompiled(compiled_, {})) {}

  std::vector<DemandPlace> Of(const std::string& id, const SearchOptions& options = {}) const {
    const CatalogSnapshot& snapshot = catalog_.snapshot();
    const auto position = static_cast<std::size_t>(snapshot.Find(id) - snapshot.components.data());
    return PlacesOf(compiled_, position, best_, Trials(catalog_, CountryIndex::Builtin(), options));
  }

  // "2 of 5 for data_pipeline".
  std::vector<std::string> Texts(const std::string& id) const {
    std::vector<std::string> texts;
    for (const DemandPlace& place : Of(id)) {
      EXPECT_TRUE(place.complete) << id;
      texts.push_back(std::to_string(place.place) + " of " + std::to_string(place.of) + " for " +
                      place.demand);
    }
    return texts;
  }

  // The values of the best package that holds it.
  std::vector<std::int64_t> BestWith(const std::string& id) const {
    Request with = Asked();
    with.pinned_components = {id};
    const auto compiled = CompileChecked(catalog_, CountryIndex::Builtin(), with);
    return SolveCompiled(*compiled, {}).answers.at(0).evaluation.level_values;
  }

 private:
  PreparedCatalog catalog_;
  CompiledMatch compiled_;
  Solution best_;
};

TEST(PlacesOf, CountsThoseWithBetterFigures) {
  const Places places(Rivals());
  const auto one = [&](const std::string& id) { return places.Texts(id).at(0); };
  EXPECT_EQ(one("flow/pipe"), "1 of 5 for data_pipeline");
  EXPECT_EQ(one("flow/cheap"), "2 of 5 for data_pipeline");
  EXPECT_EQ(one("flow/one"), "3 of 5 for data_pipeline");
  EXPECT_EQ(one("flow/two"), "3 of 5 for data_pipeline") << "equal figures share a place";
  EXPECT_EQ(one("flow/dear"), "5 of 5 for data_pipeline");
  EXPECT_EQ(one("run/runtime"), "1 of 2 for model serving");
  EXPECT_EQ(one("run/paid"), "2 of 2 for model serving");
  EXPECT_THAT(places.Texts("flow/far"), IsEmpty()) << "it is not sold there";
}

// Of a set, each demand by itself: against those that answer that one.
TEST(PlacesOf, TellsEachDemandThatAPartAnswers) {
  const Places places(Rivals());
  EXPECT_THAT(places.Texts("flow/both"),
              ::testing::UnorderedElementsAre("2 of 2 for prompt_injection_defense",
                                              "2 of 2 for model_scanning",
                                              "2 of 2 for endpoint_protection"));
}

// The same, found by pinning one after the other.
TEST(PlacesOf, IsWhatPinningEachRivalGives) {
  const Places places(Rivals());
  const std::map<std::string, std::vector<std::string>> rivals = {
      {"data_pipeline", {"flow/pipe", "flow/cheap", "flow/one", "flow/two", "flow/dear"}},
      {"model serving", {"run/runtime", "run/paid"}},
      {"model_scanning", {"guard/model", "flow/both"}}};
  for (const auto& [demand, ids] : rivals) {
    for (const std::string& id : ids) {
      int before = 0;
      for (const std::string& other : ids) before += places.BestWith(other) < places.BestWith(id);
      const auto found = places.Texts(id);
      EXPECT_THAT(found, ::testing::Contains(std::to_string(before + 1) + " of " +
                                             std::to_string(ids.size()) + " for " + demand));
    }
  }
}

TEST(PlacesOf, SaysWhenItWasStopped) {
  const Places places(Rivals());
  const std::atomic<bool> cancelled = true;
  SearchOptions options;
  options.cancel = &cancelled;
  for (const char* id : {"flow/dear", "run/paid"}) {
    const auto found = places.Of(id, options);
    ASSERT_EQ(found.size(), 1u) << id;
    EXPECT_FALSE(found[0].complete) << id;
    EXPECT_EQ(found[0].place, 1) << "nothing is known to come before " << id;
  }
  options = {};
  options.deadline = std::chrono::milliseconds(0);
  EXPECT_FALSE(places.Of("flow/dear", options).at(0).complete);
}

}  // namespace
}  // namespace stackport::match
