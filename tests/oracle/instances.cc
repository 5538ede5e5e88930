#include "tests/oracle/instances.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "tests/oracle/shrinker.h"

namespace stackport::oracle {

Instance MakeInstance(std::uint64_t seed) {
  std::int64_t max_choices = 300;
  if (seed % 20 == 0) max_choices = 2'000;
  if (seed % 200 == 0) max_choices = 20'000;
  return MakeInstance(seed, max_choices);
}

Instance MakeInstance(std::uint64_t seed, std::int64_t max_choices) {
  Random random(seed);
  Instance instance;
  instance.features = DrawFeatures(random);
  instance.problem = GenerateProblem(instance.features, max_choices, random);
  instance.problem.name = "seed " + std::to_string(seed);
  return instance;
}

bool Passes(const std::string& name, const match::Problem& problem, const Check& check) {
  const std::string fault = check(problem);
  if (fault.empty()) return true;
  const match::Problem small =
      Shrink(problem, [&check](const match::Problem& attempt) { return !check(attempt).empty(); });
  std::string file = name + "_" + problem.name + ".problem.json";
  std::replace(file.begin(), file.end(), ' ', '_');
  const char* folder = std::getenv("STACKPORT_ORACLE_FOUND");
  const std::filesystem::path kept = folder == nullptr ? ::testing::TempDir() : folder;
  std::filesystem::create_directories(kept);
  const std::string path = kept / file;
  std::ofstream(path) << match::WriteProblem(small);
  ADD_FAILURE() << problem.name << ", " << name << ": " << fault
                << "\n  as a small instance: " << check(small) << "\n  written to " << path;
  return false;
}

}  // namespace stackport::oracle
