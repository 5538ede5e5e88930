// What the other solvers print, read back: samples of their outputs, shortened.
#include "tests/oracle/peer_solvers.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>

#include <chrono>
#include <cstdlib>

#include "tests/support/command.h"

namespace stackport::oracle {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

TEST(PeerSolvers, MiniZincSaysTheLevelsOfItsLastAndProvenPackage) {
  const PeerAnswer answer = ReadMiniZinc(
      "Warning: included file \"count.mzn\" overrides a global constraint file.\n\n"
      "level [-5690, 12]\nslot 1 [9]\n----------\n"
      "level [-5710, 9]\nslot 1 [3]\n----------\n==========\n",
      2);
  EXPECT_EQ(answer.status, PeerStatus::kOptimal);
  EXPECT_THAT(answer.levels, ElementsAre(-5710, 9));
}

TEST(PeerSolvers, MiniZincWithoutTheProofLineHasNotAnswered) {
  EXPECT_EQ(ReadMiniZinc("level [-5690]\nslot 1 [9]\n----------\n", 1).status, PeerStatus::kFailed);
  EXPECT_EQ(ReadMiniZinc("=====UNSATISFIABLE=====\n", 1).status, PeerStatus::kInfeasible);
  const PeerAnswer broken = ReadMiniZinc("Error: invalid integer literal in line no. 332\n", 1);
  EXPECT_EQ(broken.status, PeerStatus::kFailed);
  EXPECT_THAT(broken.note, HasSubstr("line no. 332"));
  EXPECT_EQ(ReadMiniZinc("level [4]\n==========\n", 2).status, PeerStatus::kFailed);
}

TEST(PeerSolvers, ClingoCountsEveryLevelOneTooHigh) {
  const PeerAnswer answer = ReadClingo(
      "clingo version 5.4.1\nReading from p.asp\nSolving...\nAnswer: 2\npick(0,8)\n"
      "Optimization: -5709 13\nOPTIMUM FOUND\n\nModels       : 22\n  Optimum    : yes\n"
      "Optimization : -5709 13\nCalls        : 1\n",
      2);
  EXPECT_EQ(answer.status, PeerStatus::kOptimal);
  EXPECT_THAT(answer.levels, ElementsAre(-5710, 12));
}

TEST(PeerSolvers, ClingoThatWasInterruptedHasNotAnswered) {
  EXPECT_EQ(
      ReadClingo("Answer: 2\nOptimization: 7\nINTERRUPTED  : 1\nOptimization : 7\n", 1).status,
      PeerStatus::kFailed);
  EXPECT_EQ(ReadClingo("Solving...\nUNSATISFIABLE\n\nModels : 0\n", 1).status,
            PeerStatus::kInfeasible);
}

TEST(PeerSolvers, CbcSaysItsLeastValueOrThatThereIsNone) {
  const PeerAnswer answer = ReadCbc(
      "Cbc0006I The LP relaxation is infeasible or too expensive\n"
      "Result - Optimal solution found\n\nObjective value:                -5710.00000000\n"
      "Enumerated nodes:               36\n");
  EXPECT_EQ(answer.status, PeerStatus::kOptimal);
  EXPECT_THAT(answer.levels, ElementsAre(-5710));
  EXPECT_EQ(ReadCbc("Problem is infeasible - 0.00 seconds\n").status, PeerStatus::kInfeasible);
  EXPECT_EQ(ReadCbc("Result - Problem proven infeasible\n").status, PeerStatus::kInfeasible);
  EXPECT_EQ(ReadCbc("Result - Stopped on time limit\nObjective value: 3\n").status,
            PeerStatus::kFailed);
}

// MiniZinc gives the solver that it starts a process group of its own.
TEST(PeerSolvers, ACommandIsEndedAtItsDeadlineWithWhatItStarted) {
  const CommandResult slow =
      RunCommand({"sh", "-c", "setsid sleep 600 & echo $!; sleep 600"}, std::chrono::seconds(1));
  EXPECT_TRUE(slow.started);
  EXPECT_TRUE(slow.timed_out);
  EXPECT_EQ(slow.exit_code, -1);
  const int left = std::atoi(slow.output.c_str());
  ASSERT_GT(left, 0) << slow.output;
  EXPECT_NE(kill(left, 0), 0) << "process " << left << " still runs";
}

TEST(PeerSolvers, ACommandTellsHowItEnded) {
  const CommandResult ended =
      RunCommand({"sh", "-c", "echo out; echo err >&2; exit 3"}, std::chrono::seconds(60));
  EXPECT_FALSE(ended.timed_out);
  EXPECT_EQ(ended.exit_code, 3);
  EXPECT_EQ(ended.output, "out\nerr\n");
  EXPECT_FALSE(RunCommand({"stackport-no-such-program"}, std::chrono::seconds(1)).started);
  EXPECT_FALSE(CommandExists("stackport-no-such-program"));
  EXPECT_TRUE(CommandExists("sh"));
}

}  // namespace
}  // namespace stackport::oracle
