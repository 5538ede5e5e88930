#include "tests/bench/peer_difference.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <vector>

namespace stackport::bench {

namespace {

using match::ProofStatus;
using oracle::PeerStatus;

std::string ToText(const std::vector<std::int64_t>& levels) {
  std::string text;
  for (const std::int64_t level : levels) {
    text += (text.empty() ? "" : ", ") + std::to_string(level);
  }
  return "[" + text + "]";
}

}  // namespace

std::string Difference(const match::Solution& ours, const oracle::PeerAnswer& theirs) {
  const bool proven = ours.status != ProofStatus::kStopped;
  if (theirs.status == PeerStatus::kInfeasible) {
    if (ours.answers.empty()) return {};
    return fmt::format("we have {}, it proves that nothing fits",
                       ToText(ours.answers.front().evaluation.level_values));
  }
  if (theirs.status != PeerStatus::kOptimal) return {};
  if (ours.answers.empty()) {
    if (proven) return "we prove that nothing fits, it has " + ToText(theirs.levels);
  } else {
    std::vector<std::int64_t> first = ours.answers.front().evaluation.level_values;
    first.resize(std::min(first.size(), theirs.levels.size()));
    if (proven ? first != theirs.levels : first < theirs.levels) {
      return fmt::format("we {} {}, it proves {}", proven ? "prove" : "have", ToText(first),
                         ToText(theirs.levels));
    }
  }
  std::vector<std::int64_t> bound = ours.bound;
  bound.resize(std::min(bound.size(), theirs.levels.size()));
  if (!proven && bound > theirs.levels) {
    return fmt::format("we say that nothing is below {}, it proves {}", ToText(bound),
                       ToText(theirs.levels));
  }
  return {};
}

}  // namespace stackport::bench
