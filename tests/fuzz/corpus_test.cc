// Every input that is kept, seeds and what once broke something, through the function that a fuzzer
// feeds.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include "tests/fuzz/targets.h"
#include "tests/support/temp_folder.h"

namespace stackport::fuzz {
namespace {

struct Target {
  const char* name;
  void (*judge)(std::string_view);
};

class Corpus : public ::testing::TestWithParam<Target> {};

TEST_P(Corpus, BreaksNoPromise) {
  const std::filesystem::path folder =
      std::filesystem::path(STACKPORT_FUZZ_CORPUS) / GetParam().name;
  std::vector<std::filesystem::path> inputs;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    inputs.push_back(entry.path());
  }
  std::sort(inputs.begin(), inputs.end());
  ASSERT_FALSE(inputs.empty()) << folder;
  for (const std::filesystem::path& input : inputs) {
    SCOPED_TRACE(input.string());
    const std::string bytes = ReadFile(input.string());
    GetParam().judge(bytes);
    // Cut short, as a connection or a full disk leaves it.
    GetParam().judge(std::string_view(bytes).substr(0, bytes.size() / 2));
  }
}

INSTANTIATE_TEST_SUITE_P(
    Kept, Corpus,
    ::testing::Values(Target{"manifest", JudgeManifest}, Target{"component", JudgeComponent},
                      Target{"reply", JudgeReply}, Target{"request", JudgeRequest},
                      Target{"problem", JudgeProblem}, Target{"http_head", JudgeHttpHead},
                      Target{"minisign", JudgeMinisign}, Target{"revocations", JudgeRevocations}),
    [](const auto& instance) { return std::string(instance.param.name); });

}  // namespace
}  // namespace stackport::fuzz
