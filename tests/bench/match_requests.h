// The requests of the matching benchmark, in families that are measured apart.
#ifndef STACKPORT_TESTS_BENCH_MATCH_REQUESTS_H_
#define STACKPORT_TESTS_BENCH_MATCH_REQUESTS_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "catalog/base/result.h"
#include "catalog/match/prepared_catalog.h"
#include "catalog/match/request.h"

namespace stackport::bench {

enum class Family {
  kLoose,       // a typical request, no limit that binds
  kTight,       // total cost within two percent of the least there is
  kRatio,       // 51 percent U.S. content demanded, on the customer's own site
  kInfeasible,  // one cent below the least total cost: nothing fits, narrowly
};
inline constexpr Family kFamilies[] = {Family::kLoose, Family::kTight, Family::kRatio,
                                       Family::kInfeasible};
std::string_view FamilyName(Family family);

// The example requests of `folder` as they are. Throws when it has none.
std::vector<match::Request> ExampleRequests(const std::string& folder);

// `count` requests without limits: the examples of `folder` put to countries all over the world at
// many sizes, ten packages each, searched for `deadline_ms` at most, shuffled. Same seed, same
// requests. Throws when the folder has no examples.
std::vector<match::Request> LooseRequests(const std::string& folder, std::size_t count,
                                          std::uint64_t seed, std::int64_t deadline_ms);

// The request of one family made from a loose one. Where the family needs it, the least total cost
// is searched for first; for kTight the least that the deadline let be found will do. The error
// says why there is no such request.
Result<match::Request> RequestOf(Family family, const match::PreparedCatalog& catalog,
                                 match::Request loose);

}  // namespace stackport::bench

#endif  // STACKPORT_TESTS_BENCH_MATCH_REQUESTS_H_
