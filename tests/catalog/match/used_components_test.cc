#include "catalog/match/used_components.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace stackport::match {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<std::string> Used(const char* text) {
  return UsedComponents(*json::Parse(text, "test"));
}

TEST(UsedComponents, AreThoseOfEveryPackageThatTheAnswerShows) {
  EXPECT_THAT(Used(R"({"candidates": [{"parts": [{"component": "b/2"}, {"component": "a/1"}]},
                              {"parts": [{"component": "a/1"}]}],
               "best_per": [{"class": "cloud", "candidate": {"parts": [{"component": "c/3"}]}},
                            {"class": "none"}],
               "pareto": {"points": [{"candidate": {"parts": [{"component": "d/4"}]}}]},
               "excluded": {"groups": [{"components": ["e/5"]}]}})"),
              ElementsAre("a/1", "b/2", "c/3", "d/4"));
}

TEST(UsedComponents, AnExplanationUsesWhatItExplainsAndCompares) {
  EXPECT_THAT(Used(R"({"component": "x/1", "answer": "excluded"})"), ElementsAre("x/1"));
  EXPECT_THAT(Used(R"({"component": "x/1", "best": {"parts": [{"component": "a/1"}]},
                       "with_it": {"parts": [{"component": "b/2"}, {"component": "x/1"}]}})"),
              ElementsAre("a/1", "b/2", "x/1"));
}

TEST(UsedComponents, ACountryOfASweepUsesThoseOfItsPackages) {
  EXPECT_THAT(Used(R"({"country": "KE", "packages": [{"components": ["b/2", "a/1"]},
                                                     {"components": ["c/3", "a/1"]}]})"),
              ElementsAre("a/1", "b/2", "c/3"));
}

TEST(UsedComponents, AnAnswerWithoutPackagesUsesNone) {
  EXPECT_THAT(Used(R"({"candidates": [], "no_package": {}})"), IsEmpty());
  EXPECT_THAT(Used("[]"), IsEmpty());
  EXPECT_THAT(Used(R"({"candidates": 7, "best_per": "x", "pareto": null})"), IsEmpty());
}

}  // namespace
}  // namespace stackport::match
