// The requests of the matching benchmark, in families that are measured apart.
#ifndef STACKPORT_TESTS_BENCH_MATCH_REQUESTS_H_
#define STACKPORT_TESTS_BENCH_MATCH_REQUESTS_H_

#include <cstdint>
#include <string_view>
#include <vector>

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

// `count` requests without limits: the examples of `folder` put to countries all over the world at
// many sizes, ten packages each, searched for `deadline_ms` at most. Same seed, same requests.
// Throws when the folder has no examples.
std::vector<match::Request> LooseRequests(const std::string& folder, std::size_t count,
                                          std::uint64_t seed, std::int64_t deadline_ms);

// The requests of one family made from loose ones. The least total cost of each is searched for
// first where the family needs it (where the deadline stops that, the least that was found counts);
// a request without any package is left out.
std::vector<match::Request> RequestsOf(Family family, const match::PreparedCatalog& catalog,
                                       const std::vector<match::Request>& loose);

}  // namespace stackport::bench

#endif  // STACKPORT_TESTS_BENCH_MATCH_REQUESTS_H_
