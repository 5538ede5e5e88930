#include "catalog/match/variant_domains.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "catalog/match/search_model.h"
#include "catalog/match/search_state.h"
#include "tests/catalog/match/problem_builder.h"

namespace stackport::match {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr TagId kEast = 0;
constexpr TagId kWest = 1;
constexpr TagId kCluster = 2;

Candidate At(std::string id, std::int64_t price, std::vector<std::vector<TagId>> needs) {
  Candidate candidate = Part(std::move(id), {price});
  candidate.requires_ = std::move(needs);
  return candidate;
}

// Two sites; machines that stand at one, at either, or at both at once, which is nowhere; and one
// that asks for a cluster, which another slot provides.
Problem TwoSites() {
  Problem problem;
  problem.name = "two sites";
  problem.tags = {"east", "west", "cluster"};
  problem.attributes = {{"price", true}};
  Candidate east = Part("east", {0});
  east.provides = {kEast};
  Candidate west = Part("west", {0});
  west.provides = {kWest};
  Candidate cluster = At("cluster", 1, {{kEast}});
  cluster.provides = {kCluster};
  problem.slots = {
      Place("site", {east, west}),
      Place("machine", {At("in the east", 4, {{kEast}}), At("in the west", 5, {{kWest}}),
                        At("anywhere", 9, {}), At("either", 8, {{kEast, kWest}}),
                        At("nowhere", 1, {{kEast}, {kWest}}), At("in a cluster", 2, {{kCluster}})}),
      Place("platform", {cluster, At("none", 0, {})}),
  };
  problem.levels = {Least("price", SumOf(0))};
  return problem;
}

class VariantDomainsTest : public ::testing::Test {
 protected:
  // Names of what a site leaves open in a slot.
  std::vector<std::string> Open(int site, int slot) const {
    const auto words = domains_.Domain(site, slot);
    std::vector<std::string> names;
    const SlotOptions& options = model_.slots[static_cast<std::size_t>(slot)];
    for (int option = 0; option < options.count; ++option) {
      if ((words[static_cast<std::size_t>(option / 64)] >> (option % 64) & 1U) == 0) continue;
      const auto candidate = static_cast<std::size_t>(options.picks[option][0]);
      names.push_back(problem_.slots[static_cast<std::size_t>(slot)].candidates[candidate].id);
    }
    return names;
  }

  // All options are kept, so that none is missing because another is better.
  static Tuning Everything() {
    Tuning tuning;
    tuning.use_skyband = false;
    return tuning;
  }

  Problem problem_ = TwoSites();
  SearchModel model_ = BuildSearchModel(problem_, problem_.levels, 0, 1, {}, Everything());
  VariantDomains domains_{model_, model_.variant_slot};
};

TEST_F(VariantDomainsTest, ASiteLeavesOpenWhatNeedsIt) {
  ASSERT_EQ(model_.variant_slot, 0);
  EXPECT_THAT(Open(0, 1), ElementsAre("in the east", "anywhere", "either", "in a cluster"));
  EXPECT_THAT(Open(1, 1), ElementsAre("in the west", "anywhere", "either", "in a cluster"));
  EXPECT_THAT(Open(0, 2), ElementsAre("cluster", "none"));
  EXPECT_THAT(Open(1, 2), ElementsAre("none"));
}

// What another slot may provide is not the domains' to say.
TEST_F(VariantDomainsTest, SettlesOnlyWhatRestsOnTheSiteAlone) {
  const auto settled = [&](const std::string& machine) {
    const auto& candidates = problem_.slots[1].candidates;
    for (int option = 0; option < model_.slots[1].count; ++option) {
      if (candidates[static_cast<std::size_t>(model_.slots[1].picks[option][0])].id != machine) {
        continue;
      }
      return domains_.Settles(model_.slots[1].groups[option][0]);
    }
    ADD_FAILURE() << machine;
    return false;
  };
  EXPECT_TRUE(settled("in the east"));
  EXPECT_TRUE(settled("either"));
  EXPECT_FALSE(settled("in a cluster"));
}

TEST_F(VariantDomainsTest, FreeOptionsAreNamedApartFromBoundOnes) {
  const VariantDomains::SlotFit& fit = domains_.fit(1);
  EXPECT_EQ(fit.free.size(), 2U);
  EXPECT_EQ(fit.bound.size(), 4U);
  EXPECT_THAT(fit.variants[3], IsEmpty());  // "nowhere"
  EXPECT_THAT(domains_.fit(0).free, IsEmpty());
}

// The cheapest machine stands in the east: a site in the west costs a dollar more.
TEST(VariantDomains, TellWhatAnOptionCostsElsewhere) {
  Problem problem = TwoSites();
  std::vector<Candidate>& machines = problem.slots[1].candidates;
  machines = {machines[0], machines[1], machines[2]};
  Tuning tuning;
  tuning.use_skyband = false;
  const SearchModel model = BuildSearchModel(problem, problem.levels, 0, 1, {}, tuning);
  SearchState state(model, 0);
  ASSERT_TRUE(state.Start());
  const Wide dollar = model.key_weights[0];
  EXPECT_THAT(state.CostElsewhere(0, std::vector<int>{0, 1}), ElementsAre(0, dollar));
  EXPECT_THAT(state.CostElsewhere(1, std::vector<int>{0, 1, 2}), IsEmpty());
}

// Two sites, with a word for each of the three slots.
TEST_F(VariantDomainsTest, AreLeftOutWhereTheyWouldTakeTooMuch) {
  constexpr std::size_t kWords = 2 * 3;
  EXPECT_TRUE(VariantDomains(model_, model_.variant_slot, kWords).has_domains());
  const VariantDomains without(model_, model_.variant_slot, kWords - 1);
  EXPECT_FALSE(without.has_domains());
  for (int group = 0; group < model_.group_tags.size(); ++group) {
    EXPECT_FALSE(without.Settles(group));
  }
  EXPECT_EQ(without.fit(1).bound.size(), 4U);
}

TEST(VariantDomains, AreEmptyWithoutAVariantSlot) {
  const Problem problem = TwoSlots();
  const SearchModel model = BuildSearchModel(problem, problem.levels, 0, 1, {}, Tuning{});
  ASSERT_EQ(model.variant_slot, -1);
  EXPECT_THAT(VariantDomains(model, model.variant_slot).fit(0).free, IsEmpty());
}

}  // namespace
}  // namespace stackport::match
