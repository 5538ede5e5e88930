// stackport verify over the answers of the same world.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/host/cli/cli_world.h"

namespace stackport::cli {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

TEST(VerifyCommand, AnAnswerHolds) {
  CliWorld world;
  const std::string answer = world.Run(KenyaMatch({"--json"})).out;
  WriteFile(world.File("result.json"), answer);
  const Outcome read = world.Run({"verify", world.File("result.json")});
  EXPECT_EQ(read.code, 0) << read.out << read.err;
  EXPECT_THAT(read.out, HasSubstr("0 do not"));
  EXPECT_THAT(read.out, HasSubstr("candidate 1: "));
  EXPECT_THAT(read.out, HasSubstr("no better package exists"));
  EXPECT_THAT(read.out, Not(HasSubstr("The catalog has changed")));
  EXPECT_EQ(world.Run({"verify", "-"}, answer).out, read.out);
  EXPECT_THAT(world.Run({"verify", "-", "--all"}, answer).out, HasSubstr("acc/chip: replicas"));
}

TEST(VerifyCommand, ATamperedAnswerIsNegative) {
  CliWorld world;
  std::string answer = world.Run(KenyaMatch({"--json"})).out;
  const std::string before = "\"high\": 10000000,";
  const std::size_t at = answer.find(before);
  ASSERT_NE(at, std::string::npos);
  answer.replace(at, before.size(), "\"high\": 10000001,");
  const Outcome found = world.Run({"verify", "-"}, answer);
  EXPECT_EQ(found.code, 1);
  EXPECT_THAT(found.out, HasSubstr("found 10000000 to 10000001, expected 10000000"));
  EXPECT_EQ(world.Run({"verify", "-", "--json"}, answer).code, 1);
}

TEST(VerifyCommand, AnEarlierSnapshotIsStillKnown) {
  CliWorld world;
  const std::string answer = world.Run(KenyaMatch({"--json"})).out;
  testing::SmallCatalog changed;
  changed.Edit("box/server", "\"amount\":100000", "\"amount\":120000");
  world.WritePlugins(changed);
  ASSERT_EQ(world.Run({"plugin", "admit"}).code, 0);
  const Outcome outcome = world.Run({"verify", "-"}, answer);
  EXPECT_EQ(outcome.code, 0) << outcome.out << outcome.err;
  EXPECT_THAT(outcome.out, HasSubstr("The catalog has changed since"));
  EXPECT_THAT(outcome.out, HasSubstr("stackport match"));
}

TEST(VerifyCommand, AnUnknownSnapshotSaysWhatToDo) {
  CliWorld world, elsewhere;
  testing::SmallCatalog other;
  other.Drop("acc/chip");
  elsewhere.WritePlugins(other);
  ASSERT_EQ(elsewhere.Run({"plugin", "admit"}).code, 0);
  std::string answer = world.Run(KenyaMatch({"--json"})).out;
  const std::size_t at = answer.find("\"snapshot\": \"s-") + 15;
  answer.replace(at, 16, "0123456789abcdef");
  const Outcome outcome = elsewhere.Run({"verify", "-"}, answer);
  EXPECT_EQ(outcome.code, 3) << outcome.out;
  EXPECT_THAT(outcome.err, HasSubstr("no snapshot 's-0123456789abcdef'"));
  EXPECT_THAT(outcome.err, HasSubstr("--catalog"));
}

TEST(VerifyCommand, WhatIsNoAnswerIsRefused) {
  CliWorld world;
  EXPECT_EQ(world.Run({"verify", "-"}, "{}").code, 2);
  EXPECT_THAT(world.Run({"verify", "-"}, "{}").err, HasSubstr("'schema' is missing"));
  EXPECT_NE(world.Run({"verify", world.File("none.json")}).code, 0);
}

}  // namespace
}  // namespace stackport::cli
