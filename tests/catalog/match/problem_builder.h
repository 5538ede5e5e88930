// Small problems, written down briefly.
#ifndef STACKPORT_TESTS_CATALOG_MATCH_PROBLEM_BUILDER_H_
#define STACKPORT_TESTS_CATALOG_MATCH_PROBLEM_BUILDER_H_

#include <string>
#include <utility>
#include <vector>

#include "catalog/match/problem.h"

namespace stackport::match {

inline Candidate Part(std::string id, std::vector<std::int64_t> values) {
  Candidate candidate;
  candidate.id = std::move(id);
  candidate.values = std::move(values);
  return candidate;
}

inline Slot Place(std::string name, std::vector<Candidate> candidates,
                  SlotChoice choice = SlotChoice::kOne) {
  Slot slot;
  slot.name = std::move(name);
  slot.choice = choice;
  slot.candidates = std::move(candidates);
  return slot;
}

inline Measure SumOf(AttributeId attribute) {
  return {Measure::Kind::kSum, attribute, -1};
}
inline Measure MaxOf(AttributeId attribute) {
  return {Measure::Kind::kMax, attribute, -1};
}
inline Measure DistinctOf(int kind) {
  return {Measure::Kind::kDistinct, -1, kind};
}

inline Level Least(std::string name, Measure measure) {
  return {std::move(name), {{measure, 1}}};
}

// Two slots, price then days: the cheapest pairs are easy to list by eye.
//   server  a 10 $, 5 d   b 12 $, 1 d   c 30 $, 1 d
//   network x  4 $, 2 d   y  3 $, 9 d
inline Problem TwoSlots() {
  Problem problem;
  problem.name = "two slots";
  problem.attributes = {{"price", true}, {"days", false}};
  problem.label_kinds = {"vendor"};
  problem.slots = {
      Place("server", {Part("a", {10, 5}), Part("b", {12, 1}), Part("c", {30, 1})}),
      Place("network", {Part("x", {4, 2}), Part("y", {3, 9})}),
  };
  problem.levels = {Least("price", SumOf(0))};
  return problem;
}

}  // namespace stackport::match

#endif  // STACKPORT_TESTS_CATALOG_MATCH_PROBLEM_BUILDER_H_
