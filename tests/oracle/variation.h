// The same problem told differently, and problems whose answers are bound to each other.
#ifndef STACKPORT_TESTS_ORACLE_VARIATION_H_
#define STACKPORT_TESTS_ORACLE_VARIATION_H_

#include <cstddef>
#include <optional>

#include "catalog/match/problem.h"
#include "tests/oracle/random.h"

namespace stackport::oracle {

// Candidates, tags, attributes and label kinds in another order, with every reference to them put
// right. The slots keep their order: the tie-break reads it.
match::Problem Permuted(const match::Problem& problem, Random& random);

// One more candidate that looks better than all others but requires a tag that nobody provides.
match::Problem WithHopelessCandidate(const match::Problem& problem, Random& random);

// Without one candidate, which must not be the last of its slot.
match::Problem WithoutCandidate(const match::Problem& problem, std::size_t slot,
                                std::size_t candidate);

// Exactly the packages of `problem` but for `banned`. Nothing when that cannot be said with tags:
// it takes a kOne slot, and `banned` must leave every optional slot empty.
std::optional<match::Problem> WithoutPackage(const match::Problem& problem,
                                             const match::Choice& banned);

}  // namespace stackport::oracle

#endif  // STACKPORT_TESTS_ORACLE_VARIATION_H_
