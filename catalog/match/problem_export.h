// Problems in the languages of other solvers, to compare answers and times.
#ifndef STACKPORT_CATALOG_MATCH_PROBLEM_EXPORT_H_
#define STACKPORT_CATALOG_MATCH_PROBLEM_EXPORT_H_

#include <string>

#include "catalog/base/result.h"
#include "catalog/match/problem.h"

namespace stackport::match {

// A MiniZinc model of the whole problem, save that it asks for one package instead of the first K.
// Levels are minimised one after the other: the parameter `step` names the level, `known` the
// values of those before it; the file's head says how to call a solver. A comment warns when sums
// pass the 31 bits that Gecode takes. Requires: Validate(problem) is ok.
std::string WriteMiniZinc(const Problem& problem);

// A CPLEX LP file that minimises the first level; the others stand in comments. Only what is linear
// can be written: InvalidArgument names a quantity, or a maximum with a lower limit, that is not.
// Requires: Validate(problem) is ok.
Result<std::string> WriteLp(const Problem& problem);

// A program for clingo whose optimal answer sets are the packages with the least level values, one
// each. InvalidArgument when a sum could pass the 32 bits that clingo counts with. Requires:
// Validate(problem) is ok.
Result<std::string> WriteAsp(const Problem& problem);

}  // namespace stackport::match

#endif  // STACKPORT_CATALOG_MATCH_PROBLEM_EXPORT_H_
