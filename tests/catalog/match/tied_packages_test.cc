// Packages that differ in nothing but ids, vendors and what makes them different enough.
#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

#include "catalog/match/engine.h"
#include "catalog/match/engine_tuned.h"
#include "tests/catalog/match/naive.h"
#include "tests/catalog/match/problem_builder.h"

namespace stackport::match {
namespace {

std::vector<Choice> Choices(const std::vector<Answer>& answers) {
  std::vector<Choice> choices;
  for (const Answer& answer : answers) choices.push_back(answer.choice);
  return choices;
}

// Of the problem's answers, where the first level is the price.
std::vector<std::int64_t> Prices(const Problem& problem) {
  std::vector<std::int64_t> prices;
  for (const Answer& answer : Solve(problem).answers) {
    prices.push_back(answer.evaluation.level_values.front());
  }
  return prices;
}

std::vector<Choice> NaiveChoices(const Problem& problem) {
  std::vector<Choice> choices;
  for (const naive::Ranked& ranked : naive::Greedy(problem, naive::Enumerate(problem))) {
    choices.push_back(ranked.choice);
  }
  return choices;
}

// A set of up to three with ids of which some are the beginning of others: joined by ',' they do
// not sort like lists of ids, for '!', '#' and '+' come before ','.
Problem TiedSets(std::uint64_t seed) {
  std::mt19937_64 random(seed);
  const std::vector<std::string> ids = {"a", "a!", "a#b", "a+", "aa", "b", "b#", "b-", "c"};
  Problem problem;
  problem.attributes = {{"price", true}};
  Slot set = Place("set", {}, SlotChoice::kSet);
  set.cover = {"x", "y", "z"};
  set.max_picks = 3;
  for (const std::string& id : ids) {
    if (random() % 4 == 0) continue;
    Candidate candidate = Part(id, {random() % 5 == 0 ? 1 : 0});
    candidate.covers = static_cast<std::uint32_t>(1 + random() % 7);
    set.candidates.push_back(std::move(candidate));
  }
  if (set.candidates.empty()) set.candidates.push_back(Part("a", {0}));
  problem.slots = {std::move(set), Place("one", {Part("p", {0}), Part("q", {0})})};
  problem.levels = {Least("price", SumOf(0))};
  problem.top = static_cast<int>(1 + random() % 4);
  return problem;
}

TEST(TiedPackages, SetsComeInTheOrderOfTheirJoinedIds) {
  int feasible = 0;
  for (std::uint64_t seed = 1; seed <= 800; ++seed) {
    const Problem problem = TiedSets(seed);
    const std::vector<Choice> expected = NaiveChoices(problem);
    feasible += expected.empty() ? 0 : 1;
    ASSERT_EQ(Choices(Solve(problem).answers), expected) << seed;
    Tuning lazy;
    lazy.max_sets = 1;
    ASSERT_EQ(Choices(SolveTuned(problem, {}, lazy).answers), expected) << seed;
  }
  EXPECT_GT(feasible, 300);
}

// Slots of equal price whose candidates share some vendors; the fewest vendors win.
Problem TiedVendors(std::uint64_t seed) {
  std::mt19937_64 random(seed);
  Problem problem;
  problem.attributes = {{"price", true}};
  problem.label_kinds = {"vendor"};
  for (int s = 0; s < 5; ++s) {
    Slot slot = Place("s" + std::to_string(s), {});
    for (int c = 0; c < 4; ++c) {
      Candidate candidate =
          Part("c" + std::to_string(c), {static_cast<std::int64_t>(random() % 3)});
      candidate.labels = {"v" + std::to_string(random() % 8)};
      slot.candidates.push_back(std::move(candidate));
    }
    problem.slots.push_back(std::move(slot));
  }
  problem.levels = {Least("price", SumOf(0)), Least("vendors", DistinctOf(0))};
  if (random() % 2 == 0) problem.levels = {problem.levels[1], problem.levels[0]};
  if (random() % 3 == 0) problem.limits = {{"vendors", DistinctOf(0), {}, 3}};
  problem.top = 6;
  problem.distance = static_cast<int>(1 + random() % 4);
  return problem;
}

TEST(TiedPackages, FewVendorsAndDistanceAgreeWithEnumeration) {
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    const Problem problem = TiedVendors(seed);
    ASSERT_EQ(Choices(Solve(problem).answers), NaiveChoices(problem)) << seed;
  }
}

// A part that looks free needs two others for 12 each, another part costs 20; each of them goes
// with countless packages that differ in vendors alone. Products of one vendor mostly do not get
// along, so that far more vendors are needed than it seems.
Problem CountlessVendors() {
  std::mt19937_64 random(7);
  Problem problem;
  problem.attributes = {{"price", true}};
  problem.label_kinds = {"vendor"};
  problem.tags = {"licence", "permit"};
  Slot part = Place("part", {Part("free", {0}), Part("sold", {20})});
  part.candidates[0].requires_ = {{0}, {1}};
  Slot licence = Place("licence", {Part("licence", {12})}, SlotChoice::kOptional);
  licence.candidates[0].provides = {0};
  Slot permit = Place("permit", {Part("permit", {12})}, SlotChoice::kOptional);
  permit.candidates[0].provides = {1};
  problem.slots = {std::move(part), std::move(licence), std::move(permit)};
  constexpr int kSlots = 14;
  constexpr int kVendors = 30;
  const auto tag_of = [](int slot, int vendor) { return 2 + slot * kVendors + vendor; };
  for (int s = 0; s < kSlots; ++s) {
    for (int v = 0; v < kVendors; ++v) {
      problem.tags.push_back("product of " + std::to_string(v) + " in " + std::to_string(s));
    }
  }
  for (int s = 0; s < kSlots; ++s) {
    Slot slot = Place("s" + std::to_string(s), {});
    for (int c = 0; c < 12; ++c) {
      Candidate candidate = Part("c" + std::to_string(c), {0});
      const auto vendor = static_cast<int>(random() % kVendors);
      candidate.labels = {"v" + std::to_string(vendor)};
      candidate.provides = {tag_of(s, vendor)};
      for (int other = 0; other < s; ++other) {
        if (random() % 4 != 0) candidate.conflicts.push_back(tag_of(other, vendor));
      }
      slot.candidates.push_back(std::move(candidate));
    }
    problem.slots.push_back(std::move(slot));
  }
  problem.levels = {Least("price", SumOf(0)), Least("vendors", DistinctOf(0))};
  return problem;
}

TEST(TiedPackages, WhatComesBeforeTheirVendorsIsSettledFirst) {
  SearchOptions options;
  options.max_nodes = 1'000;
  Tuning tuning;
  tuning.short_nodes = 1'000'000;
  const Solution all_at_once = SolveTuned(CountlessVendors(), options, tuning);
  EXPECT_EQ(all_at_once.answers.front().evaluation.level_values.front(), 24);
  tuning.short_nodes = 500;
  const Solution solution = SolveTuned(CountlessVendors(), options, tuning);
  EXPECT_EQ(solution.answers.front().evaluation.level_values.front(), 20);
  EXPECT_EQ(all_at_once.status, ProofStatus::kStopped);
}

// Ten packages of equal price from twelve slots, each different in eight: every single earlier one
// leaves room, all together hardly any.
TEST(TiedPackages, ManyEarlierPackagesAreKeptApartTogether) {
  Problem problem;
  problem.attributes = {{"price", true}};
  for (int s = 0; s < 12; ++s) {
    problem.slots.push_back(Place(
        "s" + std::to_string(s), {Part("a", {0}), Part("b", {0}), Part("c", {0}), Part("d", {1})}));
  }
  problem.levels = {Least("price", SumOf(0))};
  problem.top = 10;
  problem.distance = 8;
  SearchOptions options;
  options.max_nodes = 400'000;
  const Solution solution = Solve(problem, options);
  ASSERT_EQ(solution.status, ProofStatus::kOptimal);
  ASSERT_EQ(solution.answers.size(), 10U);
  for (std::size_t i = 0; i < solution.answers.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      EXPECT_GE(Distance(problem, solution.answers[i].choice, solution.answers[j].choice), 8);
    }
  }
}

// At site C only the wall can differ from the first package for 2 or less, as if without its
// licence, and that leads nowhere; when 3 is little enough, the roof has to be looked at again.
TEST(TiedPackages, WhatWasTooDearForOnePackageIsLookedAtForTheNext) {
  Problem problem;
  problem.attributes = {{"price", true}};
  problem.tags = {"a", "c", "licence"};
  Slot site = Place("site", {Part("A", {0}), Part("C", {0})});
  site.distance_weight = 0;
  site.candidates[0].provides = {0};
  site.candidates[1].provides = {1};
  Slot wall = Place("wall", {Part("plain", {0}), Part("licensed", {1})});
  wall.candidates[1].requires_ = {{2}};
  Slot roof = Place("roof", {Part("flat", {0}), Part("steep", {3})});
  roof.candidates[1].requires_ = {{1}};
  Slot door = Place("door", {Part("wood", {0}), Part("steel", {2})});
  door.candidates[1].requires_ = {{0}};
  Slot licence = Place("licence", {Part("licence", {20})}, SlotChoice::kOptional);
  licence.candidates[0].provides = {2};
  for (Slot* slot : {&wall, &roof, &door}) slot->distance_weight = 2;
  problem.slots = {site, wall, roof, door, licence};
  problem.levels = {Least("price", SumOf(0))};
  problem.top = 3;
  problem.distance = 2;
  EXPECT_EQ(Prices(problem), (std::vector<std::int64_t>{0, 2, 3}));
}

// The dearer the cable, the fewer of the two-dollar boosters it needs: each package that is met is
// a dollar better than the one before, and far more are met than are kept for the next search.
TEST(TiedPackages, OfManyThatWereMetTheNextBestIsNotForgotten) {
  constexpr std::int64_t kCables = 400;
  Problem problem;
  problem.attributes = {{"price", true}, {"boosters", false}};
  Slot cable = Place("cable", {});
  for (std::int64_t c = 0; c < kCables; ++c) {
    cable.candidates.push_back(Part("c" + std::to_string(c), {c, kCables - c}));
  }
  cable.distance_weight = 2;
  Slot booster = Place("booster", {Part("b", {2})});
  booster.quantity = 0;
  problem.slots = {std::move(cable), std::move(booster)};
  Quantity boosters;
  boosters.name = "boosters";
  boosters.demands = {{0, {{kOneUnit, 1, 0, 1}}}};
  problem.quantities = {boosters};
  problem.levels = {Least("price", SumOf(0))};
  problem.top = 3;
  problem.distance = 2;
  EXPECT_EQ(Prices(problem), (std::vector<std::int64_t>{401, 402, 403}));
}

Problem TwoBudgets(std::uint64_t seed) {
  std::mt19937_64 random(seed);
  Problem problem;
  problem.attributes = {{"price", true}, {"power", true}, {"weight", true}};
  std::int64_t power = 0;
  for (int s = 0; s < 6; ++s) {
    Slot slot = Place("s" + std::to_string(s), {});
    const std::uint64_t candidates = 3 + random() % 3;
    for (std::uint64_t c = 0; c < candidates; ++c) {
      const auto strength = static_cast<std::int64_t>(random() % 8);
      const std::int64_t price = static_cast<std::int64_t>(random() % 3) + strength;
      const auto weight = static_cast<std::int64_t>(random() % 6);
      slot.candidates.push_back(Part("c" + std::to_string(c), {price, 8 - strength, weight}));
    }
    slot.distance_weight = s < 2 ? 2 : 1;
    power += slot.candidates[random() % candidates].values[1];
    problem.slots.push_back(std::move(slot));
  }
  problem.levels = {Least("price", SumOf(0))};
  problem.limits = {{"power", SumOf(1), {}, power}, {"weight", SumOf(2), {}, 17}};
  problem.top = 8;
  problem.distance = 3;
  return problem;
}

// What is left of the tree is priced anew after each branch, and the list is long. The seeds are
// some for which it matters what was closed meanwhile, and a few others.
TEST(TiedPackages, ListsWithinBudgetsAgreeWithEnumeration) {
  Tuning tuning;
  tuning.dive_nodes = 0;
  tuning.nodes_to_price = 0;
  tuning.combinations_to_price = 0;
  for (const std::uint64_t seed :
       {407, 2374, 4439, 5748, 7512, 7533, 7575, 8583, 106, 246, 302, 1, 2}) {
    const Problem problem = TwoBudgets(seed);
    ASSERT_EQ(Choices(SolveTuned(problem, {}, tuning).answers), NaiveChoices(problem)) << seed;
  }
}

// The cheap license needs one network, with which the power does not suffice: so all others bring
// the dear license with them, and cost as much as that network does with it.
TEST(TiedPackages, TheFirstIdsWinWhereAnOptionBringsADearOneElsewhere) {
  Problem problem;
  problem.attributes = {{"price", true}, {"power", true}};
  problem.tags = {"fabric"};
  Candidate cheap = Part("y", {0, 5});
  cheap.requires_ = {{0}};
  std::vector<Candidate> networks;
  for (char id = 'a'; id <= 't'; ++id) networks.push_back(Part({id}, {id == 'm' ? 1 : 0, 3}));
  networks.push_back(Part("u", {0, 3}));
  networks.back().provides = {0};
  networks.push_back(Part("v", {7, 1}));
  problem.slots = {Place("license", {cheap, Part("x", {1, 2})}), Place("network", networks)};
  problem.limits = {{"power", SumOf(1), {}, 6}};
  problem.levels = {Least("price", SumOf(0))};
  ASSERT_TRUE(Validate(problem).ok());
  for (const bool skyband : {true, false}) {
    Tuning tuning;
    tuning.use_skyband = skyband;
    tuning.dive_nodes = 0;
    tuning.use_variants = false;
    EXPECT_EQ(Choices(SolveTuned(problem, {}, tuning).answers), NaiveChoices(problem));
  }
}

}  // namespace
}  // namespace stackport::match
