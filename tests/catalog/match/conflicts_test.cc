#include "catalog/match/conflicts.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <random>
#include <set>

namespace stackport::match {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

using Sets = std::vector<std::vector<int>>;

bool Holds(const std::vector<int>& whole, const std::vector<int>& part) {
  return std::includes(whole.begin(), whole.end(), part.begin(), part.end());
}

// Nothing fits as soon as all demands of one of the conflicts are there.
FitJudge Refusing(const Sets& conflicts) {
  return [conflicts](const std::vector<int>& demands) {
    const bool refused = std::any_of(conflicts.begin(), conflicts.end(), [&](const auto& conflict) {
      return Holds(demands, conflict);
    });
    return refused ? Fit::kNothingFits : Fit::kFits;
  };
}

std::set<std::vector<int>> ConflictsOf(const ConflictReport& report) {
  std::set<std::vector<int>> sets;
  for (const Conflict& conflict : report.conflicts) sets.insert(conflict.demands);
  return sets;
}

TEST(Conflicts, OneDemandThatCannotBeMetIsTheConflictAndTheCorrection) {
  const ConflictReport report = FindConflicts(3, Refusing({{1}}));
  EXPECT_TRUE(report.complete);
  ASSERT_EQ(report.conflicts.size(), 1u);
  EXPECT_THAT(report.conflicts[0].demands, ElementsAre(1));
  EXPECT_TRUE(report.conflicts[0].minimal);
  EXPECT_EQ(report.corrections, (Sets{{1}}));
}

TEST(Conflicts, CorrectionsHitEveryConflictSmallestFirst) {
  const ConflictReport report = FindConflicts(5, Refusing({{0, 1}, {1, 2}, {3, 4}}));
  EXPECT_TRUE(report.complete);
  EXPECT_EQ(ConflictsOf(report), (std::set<std::vector<int>>{{0, 1}, {1, 2}, {3, 4}}));
  EXPECT_EQ(report.corrections, (Sets{{1, 3}, {1, 4}, {0, 2, 3}, {0, 2, 4}}));
}

TEST(Conflicts, WhatNoDemandCausesHasAnEmptyConflictAndNoCorrection) {
  const ConflictReport report =
      FindConflicts(2, [](const std::vector<int>&) { return Fit::kNothingFits; });
  EXPECT_TRUE(report.complete);
  ASSERT_EQ(report.conflicts.size(), 1u);
  EXPECT_THAT(report.conflicts[0].demands, IsEmpty());
  EXPECT_THAT(report.corrections, IsEmpty());
}

TEST(Conflicts, AnUnknownJudgementIsNeverReadAsProof) {
  // Whether demand 0 is needed is not known.
  const ConflictReport report = FindConflicts(2, [](const std::vector<int>& demands) {
    if (demands.size() == 2) return Fit::kNothingFits;
    return demands == std::vector<int>{1} ? Fit::kUnknown : Fit::kFits;
  });
  EXPECT_FALSE(report.complete);
  ASSERT_EQ(report.conflicts.size(), 1u);
  EXPECT_THAT(report.conflicts[0].demands, ElementsAre(0, 1));
  EXPECT_FALSE(report.conflicts[0].minimal);
  EXPECT_EQ(report.corrections, (Sets{{1}}));
}

TEST(Conflicts, EachLimitEndsTheSearchAndSaysSo) {
  const FitJudge judge = Refusing({{0, 1}, {2, 3}, {4, 5}});
  ConflictLimits limits;
  limits.conflicts = 2;
  EXPECT_FALSE(FindConflicts(6, judge, limits).complete);
  EXPECT_EQ(FindConflicts(6, judge, limits).conflicts.size(), 2u);
  limits = {};
  limits.corrections = 7;  // of eight
  EXPECT_FALSE(FindConflicts(6, judge, limits).complete);
  limits.corrections = 8;
  EXPECT_TRUE(FindConflicts(6, judge, limits).complete);
  limits.judgements = 5;
  const ConflictReport report = FindConflicts(6, judge, limits);
  EXPECT_FALSE(report.complete);
  EXPECT_EQ(report.judgements, 5);
}

// Counts how often it is asked, and sees that nothing is asked that follows from what was answered.
struct Asked {
  int times = 0;
  Sets fitting, refused;
};

FitJudge Counting(const Sets& conflicts, Asked* asked) {
  return [judge = Refusing(conflicts), asked](const std::vector<int>& demands) {
    ++asked->times;
    for (const auto& known : asked->fitting) EXPECT_FALSE(Holds(known, demands));
    for (const auto& known : asked->refused) EXPECT_FALSE(Holds(demands, known));
    const Judgement judgement = judge(demands);
    (judgement.fit == Fit::kFits ? asked->fitting : asked->refused).push_back(demands);
    return judgement;
  };
}

TEST(Conflicts, ASuspectThatStandsInTheWayAloneTakesTwoJudgements) {
  Asked asked;
  const ConflictReport report = FindConflicts(12, Counting({{7}}, &asked), {}, {7});
  EXPECT_EQ(asked.times, 2);
  EXPECT_EQ(report.judgements, 2);
  EXPECT_EQ(report.corrections, (Sets{{7}}));
  EXPECT_TRUE(report.complete);
}

TEST(Conflicts, WhatFollowsIsNotAskedAgain) {
  Asked asked;
  const ConflictReport report = FindConflicts(5, Counting({{0}, {1}, {2}, {3}, {4}}, &asked));
  EXPECT_EQ(report.conflicts.size(), 5u);
  EXPECT_EQ(report.corrections, (Sets{{0, 1, 2, 3, 4}}));
}

TEST(Conflicts, APackageSpeaksForAllDemandsThatItMeets) {
  const FitJudge strict = Refusing({{2}});
  const FitJudge generous = [&](const std::vector<int>& demands) {
    Judgement judgement = strict(demands);
    if (judgement.fit == Fit::kFits) judgement.also = {0, 1, 3};
    return judgement;
  };
  Asked asked;
  FindConflicts(4, Counting({{2}}, &asked));
  const ConflictReport report = FindConflicts(4, generous);
  EXPECT_LT(report.judgements, asked.times);
  EXPECT_EQ(report.corrections, (Sets{{2}}));
}

TEST(Conflicts, WhatAPackageMissesIsWhereToLook) {
  const Sets conflicts = {{3, 17}};
  const FitJudge silent = Refusing(conflicts);
  const FitJudge telling = [&](const std::vector<int>& demands) {
    Judgement judgement = silent(demands);
    if (judgement.fit == Fit::kFits) {
      judgement.missed = {std::binary_search(demands.begin(), demands.end(), 3) ? 17 : 3};
    }
    return judgement;
  };
  const ConflictReport report = FindConflicts(20, telling, {}, {3});
  EXPECT_EQ(report.corrections, (Sets{{3}, {17}}));
  // Without the third demand; with it alone; with both; without the other.
  EXPECT_EQ(report.judgements, 4);
  EXPECT_GT(FindConflicts(20, silent, {}, {3}).judgements, 2 * report.judgements);
}

// Each of so many demands with a chance of one in three.
std::vector<int> SomeOf(int demands, std::mt19937_64& random) {
  std::vector<int> some;
  for (int d = 0; d < demands; ++d) {
    if (random() % 3 == 0) some.push_back(d);
  }
  return some;
}

// Whatever is suspected, and in whatever order.
TEST(Conflicts, SuspicionsChangeNothingButTheNumberOfJudgements) {
  std::mt19937_64 random(11);
  for (int round = 0; round < 300; ++round) {
    constexpr int kDemands = 6;
    Sets refused;
    for (std::uint64_t i = 0; i <= random() % 3; ++i) {
      refused.push_back(SomeOf(kDemands, random));
    }
    std::vector<int> suspects = {0, 1, 2, 3, 4, 5};
    std::shuffle(suspects.begin(), suspects.end(), random);
    suspects.resize(random() % kDemands);
    Asked asked;
    // What seems to be missed is as good as invented.
    const FitJudge judge = [&, count = Counting(refused, &asked)](const std::vector<int>& demands) {
      Judgement judgement = count(demands);
      for (int d = 0; d < kDemands && judgement.fit == Fit::kFits; ++d) {
        const bool asked_about = std::binary_search(demands.begin(), demands.end(), d);
        if (!asked_about && random() % 2 == 0) judgement.missed.push_back(d);
      }
      return judgement;
    };
    const ConflictReport report = FindConflicts(kDemands, judge, {}, suspects);
    const ConflictReport plain = FindConflicts(kDemands, Refusing(refused));
    EXPECT_EQ(report.corrections, plain.corrections) << "round " << round;
    ASSERT_EQ(report.conflicts.size(), plain.conflicts.size()) << "round " << round;
    for (std::size_t c = 0; c < plain.conflicts.size(); ++c) {
      EXPECT_EQ(report.conflicts[c].demands, plain.conflicts[c].demands) << "round " << round;
    }
  }
}

// Against every subset, for random conflicts among six demands.
TEST(Conflicts, AgreeWithTheDefinitionOnEverySubset) {
  std::mt19937_64 random(7);
  for (int round = 0; round < 300; ++round) {
    constexpr int kDemands = 6;
    Sets refused;
    for (std::uint64_t i = 0; i <= random() % 4; ++i) {
      std::vector<int> set = SomeOf(kDemands, random);
      if (set.empty()) set.push_back(static_cast<int>(random() % kDemands));
      refused.push_back(set);
    }
    const FitJudge judge = Refusing(refused);
    std::set<std::vector<int>> conflicts, corrections;
    for (int mask = 0; mask < (1 << kDemands); ++mask) {
      std::vector<int> inside, outside;
      for (int d = 0; d < kDemands; ++d) ((mask >> d & 1) != 0 ? inside : outside).push_back(d);
      const auto minimal = [&](const auto& bad) {
        return std::all_of(inside.begin(), inside.end(), [&](int d) {
          std::vector<int> smaller = inside;
          std::erase(smaller, d);
          return !bad(smaller);
        });
      };
      const auto is_refused = [&](const std::vector<int>& set) {
        return judge(set).fit == Fit::kNothingFits;
      };
      const auto corrects = [&](const std::vector<int>& set) {
        std::vector<int> rest;
        for (int d = 0; d < kDemands; ++d) {
          if (!std::binary_search(set.begin(), set.end(), d)) rest.push_back(d);
        }
        return judge(rest).fit == Fit::kFits;
      };
      if (is_refused(inside) && minimal(is_refused)) conflicts.insert(inside);
      if (corrects(inside) && minimal(corrects)) corrections.insert(inside);
    }
    ConflictLimits limits;
    limits.conflicts = 100;
    limits.corrections = 100;
    const ConflictReport report = FindConflicts(kDemands, judge, limits);
    EXPECT_TRUE(report.complete) << "round " << round;
    EXPECT_EQ(ConflictsOf(report), conflicts) << "round " << round;
    EXPECT_EQ(std::set<std::vector<int>>(report.corrections.begin(), report.corrections.end()),
              corrections)
        << "round " << round;
  }
}

}  // namespace
}  // namespace stackport::match
