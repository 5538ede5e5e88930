// The engine beside other solvers: the same problems, written in their languages.
//
// MiniZinc with Gecode and clingo judge everything that a problem can say; CBC what is linear. A
// solver that is not installed is skipped, saying so. STACKPORT_ORACLE_FIRST and
// STACKPORT_ORACLE_COUNT choose other seeds.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <chrono>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <iterator>
#include <set>
#include <sstream>
#include <string>

#include "catalog/match/engine.h"
#include "catalog/match/problem_export.h"
#include "tests/oracle/instances.h"
#include "tests/oracle/peer_solvers.h"
#include "tests/support/command.h"
#include "tests/support/temp_folder.h"

namespace stackport::oracle {
namespace {

using match::Problem;

// Choices to enumerate at most: middling for these solvers, which take a process each.
constexpr std::int64_t kChoices = 20'000;
// Clingo lists every optimum, and grounds every value of a quantity.
constexpr std::int64_t kClingoChoices = 2'000;

std::uint64_t FromEnvironment(const char* name, std::uint64_t fallback) {
  const char* text = std::getenv(name);
  return text == nullptr ? fallback : std::strtoull(text, nullptr, 10);
}

// Far beyond what a problem of this size takes: a solver that hangs fails the test instead of it.
constexpr std::chrono::seconds kPatience{60};

std::string Missing(Peer peer) {
  return fmt::format("{} is not installed (apt-get install {})", PeerName(peer), PeerPackage(peer));
}

// "pick(0,2) pick(1,0)", as the program for clingo names a choice.
std::string Picks(const match::Choice& choice) {
  std::string text;
  for (std::size_t s = 0; s < choice.picks.size(); ++s) {
    for (const int pick : choice.picks[s]) {
      text += "pick(" + std::to_string(s) + "," + std::to_string(pick) + ") ";
    }
  }
  return text;
}

std::string SortedWords(const std::string& line) {
  std::istringstream words(line);
  const std::set<std::string> sorted{std::istream_iterator<std::string>(words), {}};
  std::string text;
  for (const std::string& word : sorted) text += word + " ";
  return text;
}

Problem FirstOnly(Problem problem) {
  problem.top = 1;
  problem.distance = 1;
  return problem;
}

TEST(Peers, MiniZincFindsTheSameFirstPackage) {
  if (!PeerInstalled(Peer::kGecode)) GTEST_SKIP() << Missing(Peer::kGecode);
  int compared = 0, feasible = 0;
  const std::uint64_t first = FromEnvironment("STACKPORT_ORACLE_FIRST", 1);
  const std::uint64_t count = FromEnvironment("STACKPORT_ORACLE_COUNT", 80);
  for (std::uint64_t seed = first; seed < first + count; ++seed) {
    const Instance instance = MakeInstance(seed, kChoices);
    // Gecode's integers have 31 bits.
    if (instance.features[static_cast<std::size_t>(Feature::kLargeFigures)]) continue;
    const Problem problem = FirstOnly(instance.problem);
    const PeerAnswer theirs = AskPeer(Peer::kGecode, problem, kPatience);
    if (theirs.status == PeerStatus::kCannot) continue;
    const match::Solution ours = match::Solve(problem);
    ++compared;
    if (ours.answers.empty()) {
      ASSERT_EQ(theirs.status, PeerStatus::kInfeasible) << "seed " << seed << theirs.note;
      continue;
    }
    ASSERT_EQ(theirs.status, PeerStatus::kOptimal) << "seed " << seed << theirs.note;
    ++feasible;
    EXPECT_EQ(theirs.levels, ours.answers.front().evaluation.level_values) << "seed " << seed;
  }
  std::cout << "peers: MiniZinc agrees on " << compared << " problems, " << feasible
            << " of them feasible" << std::endl;
  EXPECT_GT(feasible, compared / 5);
}

TEST(Peers, CbcFindsTheSameLeastFirstLevel) {
  if (!PeerInstalled(Peer::kCbc)) GTEST_SKIP() << Missing(Peer::kCbc);
  int compared = 0, feasible = 0;
  const std::uint64_t first = FromEnvironment("STACKPORT_ORACLE_FIRST", 1);
  const std::uint64_t count = FromEnvironment("STACKPORT_ORACLE_COUNT", 60);
  for (std::uint64_t seed = first; seed < first + count; ++seed) {
    Features features = MakeInstance(seed, kChoices).features;
    for (const Feature feature :
         {Feature::kTables, Feature::kCeilQuantities, Feature::kFatTree, Feature::kLargeFigures}) {
      features.reset(static_cast<std::size_t>(feature));
    }
    Random random(seed);
    const Problem problem = FirstOnly(GenerateProblem(features, kChoices, random));
    if (problem.levels.empty()) continue;
    const PeerAnswer theirs = AskPeer(Peer::kCbc, problem, kPatience);
    if (theirs.status == PeerStatus::kCannot) continue;
    const match::Solution ours = match::Solve(problem);
    ++compared;
    if (ours.answers.empty()) {
      ASSERT_EQ(theirs.status, PeerStatus::kInfeasible) << "seed " << seed << theirs.note;
      continue;
    }
    ASSERT_EQ(theirs.status, PeerStatus::kOptimal) << "seed " << seed << theirs.note;
    ++feasible;
    EXPECT_EQ(theirs.levels.front(), ours.answers.front().evaluation.level_values.front())
        << "seed " << seed;
  }
  std::cout << "peers: CBC agrees on " << compared << " problems, " << feasible
            << " of them feasible" << std::endl;
  EXPECT_GT(feasible, 0);
}

// Every package with the least level values, as clingo lists them: one line of picks each.
TEST(Peers, ClingoFindsTheSameOptima) {
  if (!PeerInstalled(Peer::kClingo)) GTEST_SKIP() << Missing(Peer::kClingo);
  const TempFolder folder;
  int compared = 0, feasible = 0, given_up = 0;
  const std::uint64_t first = FromEnvironment("STACKPORT_ORACLE_FIRST", 1);
  const std::uint64_t count = FromEnvironment("STACKPORT_ORACLE_COUNT", 80);
  for (std::uint64_t seed = first; seed < first + count; ++seed) {
    const Instance instance = MakeInstance(seed, kClingoChoices);
    Problem problem = instance.problem;
    problem.top = match::kMaxTop;
    problem.distance = 0;
    const auto program = match::WriteAsp(problem);
    if (!program.ok()) continue;  // its integers have 32 bits
    const std::string path = folder.path() + "/problem.lp";
    std::ofstream(path) << *program;
    // Without levels every package is first, and clingo calls none of them optimal.
    const std::string output =
        RunCommand({"clingo", "--opt-mode=optN", "--models=1001",
                    problem.levels.empty() ? "--quiet=0" : "--quiet=1", path},
                   std::chrono::seconds(5))
            .output;
    if (output.find("Models ") == std::string::npos ||
        output.find("INTERRUPTED") != std::string::npos) {
      ++given_up;  // every value of a chain of quantities is written out, which can be too much
      continue;
    }
    const match::Solution ours = match::Solve(problem);
    ++compared;
    const bool none = output.find("UNSATISFIABLE") != std::string::npos;
    ASSERT_EQ(none, ours.answers.empty()) << "seed " << seed << "\n" << output;
    if (none) continue;
    ++feasible;
    std::set<std::string> theirs, expected;
    std::istringstream lines(output);
    std::string before;
    for (std::string line; std::getline(lines, line); before = line) {
      if (before.starts_with("Answer: ")) theirs.insert(SortedWords(line));
    }
    for (const match::Answer& answer : ours.answers) {
      if (answer.evaluation.level_values != ours.answers.front().evaluation.level_values) break;
      expected.insert(SortedWords(Picks(answer.choice)));
    }
    if (static_cast<int>(expected.size()) == match::kMaxTop) continue;  // more than we list
    EXPECT_EQ(theirs, expected) << "seed " << seed << "\n" << output;
    if (problem.levels.empty()) continue;
    const std::size_t at = output.rfind("Optimization : ");
    ASSERT_NE(at, std::string::npos) << output;
    std::istringstream values(output.substr(at + 15));
    for (const std::int64_t value : ours.answers.front().evaluation.level_values) {
      std::int64_t theirs_value = 0;
      values >> theirs_value;
      EXPECT_EQ(theirs_value - 1, value) << "seed " << seed;
    }
  }
  std::cout << "peers: clingo agrees on " << compared << " problems, " << feasible
            << " of them feasible, and gave up on " << given_up << std::endl;
  EXPECT_GT(feasible, compared / 5);
}

TEST(Peers, ClingoIsNotGivenWhatItCannotCount) {
  Problem problem;
  problem.attributes = {{"price", true}};
  problem.slots.resize(1);
  problem.slots[0].name = "only";
  problem.slots[0].candidates.resize(1);
  problem.slots[0].candidates[0].id = "a";
  problem.slots[0].candidates[0].values = {2'147'483'647};
  match::Limit limit;
  limit.name = "price";
  limit.measure = {match::Measure::Kind::kSum, 0, -1};
  limit.high = 0;
  problem.limits = {limit};
  EXPECT_TRUE(match::WriteAsp(problem).ok());
  problem.slots[0].candidates[0].values = {2'147'483'648};
  const auto text = match::WriteAsp(problem);
  ASSERT_FALSE(text.ok());
  EXPECT_NE(text.error().message.find("2147483647"), std::string::npos);
}

TEST(Peers, LpNamesWhatIsNotLinear) {
  Problem problem;
  problem.quantities.push_back({});
  problem.quantities.back().name = "switches";
  const auto text = match::WriteLp(problem);
  ASSERT_FALSE(text.ok());
  EXPECT_NE(text.error().message.find("switches"), std::string::npos);
}

}  // namespace
}  // namespace stackport::oracle
