// The engine beside other solvers, on identical problems with the same proven optimum. Times are of
// the processor: all of them run on one thread, and what else the machine does counts for none.
#ifndef STACKPORT_TESTS_BENCH_MATCH_PEERS_H_
#define STACKPORT_TESTS_BENCH_MATCH_PEERS_H_

#include <chrono>
#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "tests/bench/problem_sets.h"
#include "tests/bench/timings.h"
#include "tests/oracle/peer_solvers.h"

namespace stackport::bench {

struct PeerOptions {
  std::vector<oracle::Peer> peers;
  std::chrono::milliseconds deadline{10'000};  // of a solver, and of ours, for each problem
  std::string folder = ".";                    // where a problem is kept that they differ on
};

// A solver that is stopped so often in one set is not asked for the rest of it.
inline constexpr std::size_t kGiveUpAfter = 2;

// One solver on one set.
struct PeerFigures {
  oracle::Peer peer = oracle::Peer::kGecode;
  bool installed = true;
  std::size_t asked = 0, proven = 0;
  std::size_t cannot = 0;     // problems that do not go into its language
  std::string why_not;        // of the last of these
  Readings cpu_milliseconds;  // of its processes, for each problem asked
  Readings ratio;             // (cpu_milliseconds - start-up) / ours, where ours is proven
};

struct PeerRow {
  std::string set;
  std::size_t problems = 0, proven = 0;
  Readings ours;                      // processor milliseconds of Solve, on one thread
  std::vector<std::string> unproven;  // names of the problems that we did not prove
  std::vector<PeerFigures> peers;     // as in the options
};

struct PeerStart {
  oracle::Peer peer;
  bool installed = false;
  double cpu_milliseconds = 0;  // for a problem of one slot and one candidate
};

struct PeerComparison {
  std::vector<PeerStart> starts;
  std::vector<PeerRow> rows;
  std::vector<std::string> differences;  // where another optimum was proven, with the kept file
};

// `told` is given each row when it is done.
PeerComparison ComparePeers(const std::vector<ProblemSet>& sets, const PeerOptions& options,
                            const std::function<void(const PeerRow&)>& told);

}  // namespace stackport::bench

#endif  // STACKPORT_TESTS_BENCH_MATCH_PEERS_H_
