#include "tests/bench/match_peers.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <fstream>
#include <stdexcept>

#include "catalog/match/engine.h"
#include "tests/bench/benchmark_timer.h"
#include "tests/bench/choice_problems.h"

namespace stackport::bench {

namespace {

using match::Problem;
using match::ProofStatus;
using match::Solution;
using oracle::Peer;
using oracle::PeerAnswer;
using oracle::PeerStatus;

// Short answers are repeated for so long and averaged.
constexpr double kLeastSeconds = 0.02;
constexpr int kStartsMeasured = 5;

double StartUp(Peer peer, std::chrono::milliseconds deadline) {
  const Problem smallest = ChoiceProblem({ChoiceFamily::kBudgets, 1, 1, 1}, 1);
  Readings times;
  for (int i = 0; i < kStartsMeasured; ++i) {
    times.Add(AskPeer(peer, smallest, deadline).milliseconds);
  }
  return times.Median().value;
}

std::string Levels(const std::vector<std::int64_t>& levels) {
  std::string text;
  for (const std::int64_t level : levels)
    text += (text.empty() ? "" : ", ") + fmt::format("{}", level);
  return "[" + text + "]";
}

// What contradicts our answer in that of a peer; empty when nothing does. Where ours was stopped,
// its bound and its best package still have to be true.
std::string Difference(const Solution& ours, const PeerAnswer& theirs) {
  const bool none = theirs.status == PeerStatus::kInfeasible;
  if (!none && theirs.status != PeerStatus::kOptimal) return {};
  const auto said = [&] { return none ? "no package" : Levels(theirs.levels); };
  if (ours.answers.empty()) {
    if (ours.status == ProofStatus::kInfeasible && !none) return "we prove none, it " + said();
  } else {
    std::vector<std::int64_t> first = ours.answers.front().evaluation.level_values;
    if (none) return "we have " + Levels(first) + ", it proves none";
    first.resize(std::min(first.size(), theirs.levels.size()));
    const bool proven = ours.status == ProofStatus::kOptimal;
    if (proven ? first != theirs.levels : first < theirs.levels) {
      return fmt::format("we {} {}, it proves {}", proven ? "prove" : "have", Levels(first),
                         said());
    }
  }
  if (ours.status == ProofStatus::kStopped && !none) {
    std::vector<std::int64_t> bound = ours.bound;
    bound.resize(std::min(bound.size(), theirs.levels.size()));
    if (bound > theirs.levels) {
      return fmt::format("we say that nothing is below {}, it has {}", Levels(bound), said());
    }
  }
  return {};
}

class Comparison {
 public:
  explicit Comparison(const PeerOptions& options) : options_(options) {
    for (const Peer peer : options.peers) {
      PeerStart start{peer, oracle::PeerInstalled(peer), 0};
      if (start.installed) start.milliseconds = StartUp(peer, options.deadline);
      result_.starts.push_back(start);
    }
  }

  const PeerRow& Add(const ProblemSet& set) {
    PeerRow row;
    row.set = set.name;
    for (const PeerStart& start : result_.starts) {
      row.peers.push_back({});
      row.peers.back().peer = start.peer;
      row.peers.back().installed = start.installed;
    }
    for (const Problem& problem : set.problems) AddProblem(problem, row);
    result_.rows.push_back(std::move(row));
    return result_.rows.back();
  }

  PeerComparison Take() { return std::move(result_); }

 private:
  void AddProblem(const Problem& problem, PeerRow& row) {
    if (const Status valid = match::Validate(problem); !valid) {
      throw std::runtime_error(problem.name + ": " + valid.error().ToString());
    }
    Solution solution;
    const double ours = MeanMilliseconds(problem.name, kLeastSeconds, [&] {
      solution = match::Solve(problem, {.deadline = options_.deadline, .max_nodes = std::nullopt});
    });
    const bool stopped = solution.status == ProofStatus::kStopped;
    ++row.problems;
    row.proven += stopped ? 0 : 1;
    row.ours.Add(ours, stopped);
    if (stopped) row.unproven.push_back(problem.name);
    for (std::size_t p = 0; p < row.peers.size(); ++p) {
      PeerFigures& figures = row.peers[p];
      if (!figures.installed || figures.asked - figures.proven >= kGiveUpAfter) continue;
      const PeerAnswer answer = oracle::AskPeer(figures.peer, problem, options_.deadline);
      if (answer.status == PeerStatus::kCannot) {
        ++figures.cannot;
        figures.why_not = answer.note;
        continue;
      }
      if (answer.status == PeerStatus::kFailed) {
        Keep(problem, fmt::format("{} did not answer: {}", PeerName(figures.peer), answer.note));
        continue;
      }
      const std::string difference = Difference(solution, answer);
      if (!difference.empty()) {
        Keep(problem, fmt::format("{}: {}", PeerName(figures.peer), difference));
      }
      const bool at_least = answer.status == PeerStatus::kStopped;
      ++figures.asked;
      figures.proven += at_least ? 0 : 1;
      figures.milliseconds.Add(answer.milliseconds, at_least);
      if (!stopped) {
        const double net = answer.milliseconds - result_.starts[p].milliseconds;
        figures.ratio.Add(std::max(net, 0.0) / ours, at_least);
      }
    }
  }

  void Keep(const Problem& problem, const std::string& what) {
    const std::string path =
        fmt::format("{}/peers-differ-{}.json", options_.folder, result_.differences.size() + 1);
    std::ofstream(path) << match::WriteProblem(problem);
    result_.differences.push_back(fmt::format("{}: {}; kept in {}", problem.name, what, path));
  }

  const PeerOptions& options_;
  PeerComparison result_;
};

}  // namespace

PeerComparison ComparePeers(const std::vector<ProblemSet>& sets, const PeerOptions& options,
                            const std::function<void(const PeerRow&)>& told) {
  Comparison comparison(options);
  for (const ProblemSet& set : sets) {
    const PeerRow& row = comparison.Add(set);
    if (told) told(row);
  }
  return comparison.Take();
}

}  // namespace stackport::bench
