// Random problems, small enough to be enumerated, with one switch for each thing a problem can say.
#ifndef STACKPORT_TESTS_ORACLE_PROBLEM_GENERATOR_H_
#define STACKPORT_TESTS_ORACLE_PROBLEM_GENERATOR_H_

#include <bitset>
#include <cstdint>
#include <string_view>
#include <vector>

#include "catalog/match/problem.h"
#include "tests/oracle/random.h"

namespace stackport::oracle {

enum class Feature {
  kOptionalSlots,
  kSetSlots,
  kRequirements,    // groups of one to three tags, several groups
  kConflicts,       // also with a tag of the candidate's own
  kTables,          // with missing pairs
  kCeilQuantities,  // chained, several demands, attribute coefficients
  kDivisorAttributes,
  kZeroDivisors,  // and radixes below 2
  kFatTree,
  kSignedValues,  // negative values, coefficients and weights
  kHighLimits,
  kLowLimits,
  kMaxMeasures,     // in limits and levels
  kDistinctLabels,  // in limits and levels
  kWeightedLevels,
  kTies,             // few different values, so that many packages are equal
  kMixedScaling,     // any attribute may be scaled or not
  kShortVectors,     // values and labels left out at the end
  kOddIds,           // ids with characters on both sides of the ',' that joins them
  kSeveralAnswers,   // top > 1
  kDistance,         // distance > 1
  kDistanceWeights,  // 0, 1 and 2
  kNearCopies,       // candidates that differ from another in one or two points
  kLargeFigures,     // money in cents of a national programme: sums close to 64 bits
  kManyNames,        // more than 64 tags and labels, more cover bits
  kScarce,           // tight limits from different packages: often nothing fits
  kSites,            // a slot of sites, each of which only some candidates of other slots fit
  kCount,
};
inline constexpr std::size_t kFeatureCount = static_cast<std::size_t>(Feature::kCount);
using Features = std::bitset<kFeatureCount>;

std::string_view FeatureName(Feature feature);

// A random mix; each feature is on in about half of all mixes.
Features DrawFeatures(Random& random);

// A problem with these features and at most `max_choices` choices to enumerate. Requires:
// max_choices >= 2.
match::Problem GenerateProblem(const Features& features, std::int64_t max_choices, Random& random);

// A random measure over the attributes and label kinds of `problem`.
match::Measure DrawMeasure(const match::Problem& problem, const Features& features, Random& random);

// A random choice with a right number of picks in every slot; seldom a feasible one.
match::Choice DrawChoice(const match::Problem& problem, Random& random);

}  // namespace stackport::oracle

#endif  // STACKPORT_TESTS_ORACLE_PROBLEM_GENERATOR_H_
