// Random and kept instances, and what a test does with one that differs.
#ifndef STACKPORT_TESTS_ORACLE_INSTANCES_H_
#define STACKPORT_TESTS_ORACLE_INSTANCES_H_

#include <cstdint>
#include <functional>
#include <string>

#include "catalog/match/problem.h"
#include "tests/oracle/problem_generator.h"

namespace stackport::oracle {

struct Instance {
  Features features;
  match::Problem problem;
};

// The instance of this seed: mostly of a few hundred choices, one in 200 of up to 20,000.
Instance MakeInstance(std::uint64_t seed);
// The same with never more than `max_choices` choices.
Instance MakeInstance(std::uint64_t seed, std::int64_t max_choices);

// Returns an empty text when all is well with a problem, else what differs.
using Check = std::function<std::string(const match::Problem&)>;

// Runs `check` on `problem`. A fault fails the current test; the problem is shrunk as long as the
// check still fails, written to the temporary folder (or to STACKPORT_ORACLE_FOUND, where the
// environment names one), and its path printed.
// Returns whether all is well.
bool Passes(const std::string& name, const match::Problem& problem, const Check& check);

}  // namespace stackport::oracle

#endif  // STACKPORT_TESTS_ORACLE_INSTANCES_H_
