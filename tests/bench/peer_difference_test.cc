#include "tests/bench/peer_difference.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <utility>
#include <vector>

namespace stackport::bench {
namespace {

using match::ProofStatus;
using match::Solution;
using oracle::PeerAnswer;
using oracle::PeerStatus;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using Levels = std::vector<std::int64_t>;

Solution Ours(ProofStatus status, const Levels& first, Levels bound = {}) {
  Solution solution;
  solution.status = status;
  solution.bound = std::move(bound);
  if (!first.empty()) {
    solution.answers.emplace_back();
    solution.answers.back().evaluation.level_values = first;
  }
  return solution;
}

PeerAnswer Theirs(PeerStatus status, Levels levels = {}) {
  PeerAnswer answer;
  answer.status = status;
  answer.levels = std::move(levels);
  return answer;
}

TEST(PeerDifference, AnotherProvenOptimumIsADifference) {
  const Solution ours = Ours(ProofStatus::kOptimal, {3, 10});
  EXPECT_THAT(Difference(ours, Theirs(PeerStatus::kOptimal, {3, 10})), IsEmpty());
  EXPECT_THAT(Difference(ours, Theirs(PeerStatus::kOptimal, {3, 9})), HasSubstr("proves [3, 9]"));
  EXPECT_THAT(Difference(ours, Theirs(PeerStatus::kOptimal, {3, 11})), HasSubstr("[3, 11]"));
  // CBC tells the first level alone.
  EXPECT_THAT(Difference(ours, Theirs(PeerStatus::kOptimal, {3})), IsEmpty());
  EXPECT_THAT(Difference(ours, Theirs(PeerStatus::kOptimal, {2})), HasSubstr("proves [2]"));
}

TEST(PeerDifference, WhetherAnythingFitsIsAgreedUpon) {
  const Solution none = Ours(ProofStatus::kInfeasible, {});
  EXPECT_THAT(Difference(none, Theirs(PeerStatus::kInfeasible)), IsEmpty());
  EXPECT_THAT(Difference(none, Theirs(PeerStatus::kOptimal, {1})), HasSubstr("nothing fits"));
  EXPECT_THAT(Difference(Ours(ProofStatus::kOptimal, {1}), Theirs(PeerStatus::kInfeasible)),
              HasSubstr("nothing fits"));
}

TEST(PeerDifference, OurStoppedAnswerStillHasToBeTrue) {
  const Solution ours = Ours(ProofStatus::kStopped, {8}, {5});
  for (const std::int64_t between : {5, 6, 8}) {
    EXPECT_THAT(Difference(ours, Theirs(PeerStatus::kOptimal, {between})), IsEmpty());
  }
  EXPECT_THAT(Difference(ours, Theirs(PeerStatus::kOptimal, {9})), HasSubstr("we have [8]"));
  EXPECT_THAT(Difference(ours, Theirs(PeerStatus::kOptimal, {4})), HasSubstr("below [5]"));
  EXPECT_THAT(Difference(Ours(ProofStatus::kStopped, {}, {5}), Theirs(PeerStatus::kInfeasible)),
              IsEmpty());
}

TEST(PeerDifference, WithoutAProofThereIsNothingToCompare) {
  const Solution ours = Ours(ProofStatus::kOptimal, {3});
  EXPECT_THAT(Difference(ours, Theirs(PeerStatus::kStopped)), IsEmpty());
  EXPECT_THAT(Difference(ours, Theirs(PeerStatus::kCannot)), IsEmpty());
}

}  // namespace
}  // namespace stackport::bench
