#include "tests/bench/match_peers.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <stdexcept>
#include <utility>

#include "catalog/match/engine.h"
#include "tests/bench/benchmark_timer.h"
#include "tests/bench/choice_problems.h"
#include "tests/bench/peer_difference.h"

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
    times.Add(AskPeer(peer, smallest, deadline).cpu_milliseconds);
  }
  return times.Median().value;
}

class Comparison {
 public:
  explicit Comparison(const PeerOptions& options) : options_(options) {
    for (const Peer peer : options.peers) {
      PeerStart start{peer, oracle::PeerInstalled(peer), 0};
      if (start.installed) start.cpu_milliseconds = StartUp(peer, options.deadline);
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
    const double ours = MeanCpuMilliseconds(problem.name, kLeastSeconds, [&] {
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
      figures.cpu_milliseconds.Add(answer.cpu_milliseconds, at_least);
      if (!stopped) {
        const double net = answer.cpu_milliseconds - result_.starts[p].cpu_milliseconds;
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
