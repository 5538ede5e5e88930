// Other solvers as judges of the engine: the same problem in their language, their answer read
// back.
#ifndef STACKPORT_TESTS_ORACLE_PEER_SOLVERS_H_
#define STACKPORT_TESTS_ORACLE_PEER_SOLVERS_H_

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "catalog/match/problem.h"

namespace stackport::oracle {

enum class Peer {
  kGecode,  // through MiniZinc; one run for each level of the order
  kClingo,
  kCbc,  // what is linear, and the first level alone
};
inline constexpr Peer kPeers[] = {Peer::kGecode, Peer::kClingo, Peer::kCbc};
std::string_view PeerName(Peer peer);     // "gecode", "clingo", "cbc"
std::string_view PeerPackage(Peer peer);  // Debian packages that bring it
bool PeerInstalled(Peer peer);

enum class PeerStatus {
  kOptimal,     // a package, proven to be the first
  kInfeasible,  // none, proven
  kStopped,     // no proof within the deadline
  kCannot,      // the problem does not go into its language
  kFailed,      // it said something else
};

struct PeerAnswer {
  PeerStatus status = PeerStatus::kFailed;
  // With kOptimal, the level values of the first package; of CBC the first level's alone.
  std::vector<std::int64_t> levels;
  double cpu_milliseconds = 0;  // processor time of its processes
  std::string note;             // with kCannot and kFailed: why
};

// What one run printed. `levels` is how many the problem has.
PeerAnswer ReadMiniZinc(std::string_view output, std::size_t levels);
PeerAnswer ReadClingo(std::string_view output, std::size_t levels);
PeerAnswer ReadCbc(std::string_view output);

// The first package's level values by this solver, on one thread, at its own settings. The deadline
// is by the clock on the wall. Requires: Validate(problem) is ok, and the solver is installed.
PeerAnswer AskPeer(Peer peer, const match::Problem& problem, std::chrono::milliseconds deadline);

}  // namespace stackport::oracle

#endif  // STACKPORT_TESTS_ORACLE_PEER_SOLVERS_H_
