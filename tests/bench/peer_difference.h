// Whether another solver's answer can stand beside ours.
#ifndef STACKPORT_TESTS_BENCH_PEER_DIFFERENCE_H_
#define STACKPORT_TESTS_BENCH_PEER_DIFFERENCE_H_

#include <string>

#include "catalog/match/engine.h"
#include "tests/oracle/peer_solvers.h"

namespace stackport::bench {

// What a peer's proof contradicts in our answer, in words; empty when nothing does, or when the
// peer proved nothing. Levels are compared as far as the peer tells them. Where ours was stopped,
// its bound and its best package still have to be true.
std::string Difference(const match::Solution& ours, const oracle::PeerAnswer& theirs);

}  // namespace stackport::bench

#endif  // STACKPORT_TESTS_BENCH_PEER_DIFFERENCE_H_
