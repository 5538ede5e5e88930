// The engine beside other solvers: the same problems, written in their languages.
//
// MiniZinc with Gecode and clingo judge everything that a problem can say; CBC what is linear. A
// solver that is not installed is skipped, saying so. STACKPORT_ORACLE_FIRST and
// STACKPORT_ORACLE_COUNT choose other seeds.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <iterator>
#include <optional>
#include <set>
#include <sstream>
#include <string>

#include "catalog/base/text.h"
#include "catalog/match/engine.h"
#include "catalog/match/problem_export.h"
#include "tests/oracle/instances.h"
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

// What a command prints, its errors included.
std::string Output(const std::string& command) {
  std::string text;
  FILE* pipe = popen((command + " 2>&1 </dev/null").c_str(), "r");
  if (pipe == nullptr) return text;
  std::array<char, 4096> buffer{};
  while (const std::size_t size = std::fread(buffer.data(), 1, buffer.size(), pipe)) {
    text.append(buffer.data(), size);
  }
  pclose(pipe);
  return text;
}

bool Installed(const std::string& program) {
  return !Output("command -v " + program).empty();
}

// The first package's level values by MiniZinc, one level after the other; nothing when there is
// no package. A failure of the solver is reported.
std::optional<std::vector<std::int64_t>> ByMiniZinc(const Problem& problem,
                                                    const std::string& path) {
  std::ofstream(path) << match::WriteMiniZinc(problem);
  std::vector<std::int64_t> known;
  const std::size_t levels = problem.levels.size();
  for (std::size_t step = 0; step < std::max<std::size_t>(levels, 1); ++step) {
    std::string list;
    for (const std::int64_t value : known) list += std::to_string(value) + ",";
    const std::string output =
        Output("minizinc --solver gecode " + path + " -D 'step=" + std::to_string(step + 1) +
               "; known=[" + list + "];'");
    if (output.find("=====UNSATISFIABLE=====") != std::string::npos) return std::nullopt;
    const std::size_t start = output.rfind("level [");
    if (start == std::string::npos ||
        (levels > 0 && output.find("==========") == std::string::npos)) {
      ADD_FAILURE() << "MiniZinc did not answer: " << output;
      return std::nullopt;
    }
    std::vector<std::int64_t> values;
    const char* next = output.c_str() + start + 7;
    for (std::size_t l = 0; l < levels; ++l) {
      char* end = nullptr;
      values.push_back(std::strtoll(next, &end, 10));
      next = end + 1;
    }
    if (step < levels) known.push_back(values[step]);
  }
  return known;
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
  if (!Installed("minizinc")) GTEST_SKIP() << "minizinc is not installed";
  const TempFolder folder;
  int compared = 0, feasible = 0;
  const std::uint64_t first = FromEnvironment("STACKPORT_ORACLE_FIRST", 1);
  const std::uint64_t count = FromEnvironment("STACKPORT_ORACLE_COUNT", 80);
  for (std::uint64_t seed = first; seed < first + count; ++seed) {
    const Instance instance = MakeInstance(seed, kChoices);
    // Gecode's integers have 31 bits.
    if (instance.features[static_cast<std::size_t>(Feature::kLargeFigures)]) continue;
    const Problem problem = FirstOnly(instance.problem);
    const auto theirs = ByMiniZinc(problem, folder.path() + "/problem.mzn");
    const match::Solution ours = match::Solve(problem);
    ++compared;
    ASSERT_EQ(theirs.has_value(), !ours.answers.empty()) << "seed " << seed;
    if (!theirs) continue;
    ++feasible;
    EXPECT_EQ(*theirs, ours.answers.front().evaluation.level_values) << "seed " << seed;
  }
  std::cout << "peers: MiniZinc agrees on " << compared << " problems, " << feasible
            << " of them feasible" << std::endl;
  EXPECT_GT(feasible, compared / 5);
}

TEST(Peers, CbcFindsTheSameLeastFirstLevel) {
  if (!Installed("cbc")) GTEST_SKIP() << "cbc is not installed";
  const TempFolder folder;
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
    const auto text = match::WriteLp(problem);
    if (!text.ok() || problem.levels.empty()) continue;
    const std::string path = folder.path() + "/problem.lp";
    std::ofstream(path) << *text;
    const std::string output = Output("cbc " + path + " -ratioGap 0 -allowableGap 0 solve");
    const match::Solution ours = match::Solve(problem);
    ++compared;
    const bool none = output.find("infeasible") != std::string::npos &&
                      output.find("Optimal solution found") == std::string::npos;
    ASSERT_EQ(none, ours.answers.empty()) << "seed " << seed << "\n" << output;
    if (none) continue;
    ++feasible;
    const std::size_t at = output.find("Objective value:");
    ASSERT_NE(at, std::string::npos) << "seed " << seed << "\n" << output;
    const double theirs = std::strtod(output.c_str() + at + 16, nullptr);
    EXPECT_NEAR(theirs, static_cast<double>(ours.answers.front().evaluation.level_values.front()),
                0.5)
        << "seed " << seed;
  }
  std::cout << "peers: CBC agrees on " << compared << " problems, " << feasible
            << " of them feasible" << std::endl;
  EXPECT_GT(feasible, 0);
}

// Every package with the least level values, as clingo lists them: one line of picks each.
TEST(Peers, ClingoFindsTheSameOptima) {
  if (!Installed("clingo")) GTEST_SKIP() << "clingo is not installed";
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
    const std::string output = Output("timeout 5 clingo --opt-mode=optN --models=1001 --quiet=" +
                                      std::string(problem.levels.empty() ? "0 " : "1 ") + path);
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
