#include "tests/oracle/comparison.h"

#include <algorithm>
#include <cstddef>
#include <sstream>

namespace stackport::oracle {
namespace {

using match::Answer;
using match::Problem;
using match::ProofStatus;
using match::Solution;

using Numbers = std::vector<std::int64_t>;

std::string Text(const Numbers& numbers) {
  std::ostringstream out;
  out << "[";
  for (std::size_t i = 0; i < numbers.size(); ++i) out << (i > 0 ? " " : "") << numbers[i];
  out << "]";
  return out.str();
}

std::string Text(const Problem& problem, const match::Choice& choice) {
  std::string text;
  for (const std::string& id : ReferenceIds(problem, choice)) text += "<" + id + ">";
  return text;
}

std::string Text(ProofStatus status) {
  switch (status) {
    case ProofStatus::kOptimal:
      return "optimal";
    case ProofStatus::kInfeasible:
      return "infeasible";
    case ProofStatus::kStopped:
      return "stopped";
  }
  return "unknown";
}

std::string Differ(const std::string& what, const std::string& actual,
                   const std::string& expected) {
  return what + ": got " + actual + ", expected " + expected;
}

std::string Differ(const std::string& what, std::size_t actual, std::size_t expected) {
  return Differ(what, std::to_string(actual), std::to_string(expected));
}

std::string AnswerFault(const Problem& problem, const Answer& answer, const Package& expected) {
  if (answer.choice != expected.choice) {
    return Differ(
        "package", Text(problem, answer.choice) + " levels " + Text(answer.evaluation.level_values),
        Text(problem, expected.choice) + " levels " + Text(expected.evaluation.level_values));
  }
  return EvaluationFault(answer.evaluation, expected.evaluation);
}

const Package* FindPackage(const std::vector<Package>& packages, const match::Choice& choice) {
  const auto found =
      std::find_if(packages.begin(), packages.end(),
                   [&choice](const Package& package) { return package.choice == choice; });
  return found == packages.end() ? nullptr : &*found;
}

// The answers as packages, or why they are none.
std::string RealPackages(const Problem& problem, const Solution& solution,
                         const std::vector<Package>& packages, std::vector<Package>& real) {
  if (solution.answers.size() > static_cast<std::size_t>(problem.top)) {
    return Differ("answers", solution.answers.size(), static_cast<std::size_t>(problem.top));
  }
  for (const Answer& answer : solution.answers) {
    const Package* package = FindPackage(packages, answer.choice);
    if (package == nullptr) {
      return "an answer is not feasible: " + Text(problem, answer.choice);
    }
    const std::string fault = EvaluationFault(answer.evaluation, package->evaluation);
    if (!fault.empty()) return fault;
    for (const Package& earlier : real) {
      if (!Before(earlier, *package)) return "the answers are not in order";
      if (ReferenceDistance(problem, earlier.choice, package->choice) < problem.distance) {
        return "two answers are too close";
      }
    }
    real.push_back(*package);
  }
  return "";
}

}  // namespace

std::string EvaluationFault(const match::Evaluation& actual, const match::Evaluation& expected) {
  if (actual.feasible != expected.feasible) {
    return Differ("feasible", actual.feasible ? "yes" : "no (" + actual.violation + ")",
                  expected.feasible ? "yes" : "no (" + expected.violation + ")");
  }
  if (actual.feasible != actual.violation.empty()) {
    return "violation does not go with feasible: " + actual.violation;
  }
  const auto differs = [](const char* what, const Numbers& a, const Numbers& b) {
    return a == b ? std::string() : Differ(what, Text(a), Text(b));
  };
  std::string fault = differs("quantities", actual.quantities, expected.quantities);
  if (fault.empty()) fault = differs("slot units", actual.slot_units, expected.slot_units);
  if (fault.empty()) fault = differs("limit values", actual.limit_values, expected.limit_values);
  if (fault.empty()) fault = differs("level values", actual.level_values, expected.level_values);
  return fault;
}

std::string SolutionText(const Problem& problem, const Solution& solution) {
  std::string text = Text(solution.status) + "\n";
  for (const Answer& answer : solution.answers) {
    text += Text(problem, answer.choice) + " " + Text(answer.evaluation.level_values) + "\n";
  }
  return text;
}

std::string SolutionFault(const Problem& problem, const Solution& solution,
                          const std::vector<Package>& packages) {
  const std::vector<Package> expected = ReferenceTop(problem, packages);
  const ProofStatus status = expected.empty() ? ProofStatus::kInfeasible : ProofStatus::kOptimal;
  if (solution.status != status) return Differ("status", Text(solution.status), Text(status));
  if (!solution.bound.empty()) return Differ("bound", Text(solution.bound), "none");
  const std::size_t common = std::min(solution.answers.size(), expected.size());
  for (std::size_t i = 0; i < common; ++i) {
    const std::string fault = AnswerFault(problem, solution.answers[i], expected[i]);
    if (!fault.empty()) return "answer " + std::to_string(i + 1) + ": " + fault;
  }
  if (solution.answers.size() != expected.size()) {
    return Differ("answers", solution.answers.size(), expected.size());
  }
  return "";
}

std::string StoppedSolutionFault(const Problem& problem, const Solution& solution,
                                 const std::vector<Package>& packages) {
  if (solution.status != ProofStatus::kStopped) return SolutionFault(problem, solution, packages);
  std::vector<Package> answers;
  std::string fault = RealPackages(problem, solution, packages, answers);
  if (!fault.empty()) return fault;
  if (solution.bound.size() != problem.levels.size()) {
    return Differ("bound levels", solution.bound.size(), problem.levels.size());
  }
  for (const Package& package : packages) {
    if (package.evaluation.level_values >= solution.bound) break;
    // A package too close to an answer before it is not missing: it was passed over.
    const bool accounted = std::any_of(answers.begin(), answers.end(), [&](const Package& answer) {
      return answer.choice == package.choice ||
             (Before(answer, package) &&
              ReferenceDistance(problem, answer.choice, package.choice) < problem.distance);
    });
    if (!accounted) {
      return "the bound " + Text(solution.bound) + " is above the missing package " +
             Text(problem, package.choice) + " levels " + Text(package.evaluation.level_values);
    }
  }
  return "";
}

std::string FrontFault(const Problem& problem, const match::Front& front,
                       const std::vector<match::Measure>& measures,
                       const std::vector<Package>& packages) {
  const std::vector<FrontPoint> expected = ReferenceFront(problem, packages, measures);
  const ProofStatus status = expected.empty() ? ProofStatus::kInfeasible : ProofStatus::kOptimal;
  if (front.status != status) return Differ("status", Text(front.status), Text(status));
  if (front.truncated) return "the front claims to be cut";
  if (front.vectors.size() != front.answers.size()) {
    return Differ("vectors", front.vectors.size(), front.answers.size());
  }
  const std::size_t common = std::min(front.vectors.size(), expected.size());
  for (std::size_t i = 0; i < common; ++i) {
    const std::string point = "point " + std::to_string(i + 1) + ": ";
    if (front.vectors[i] != expected[i].vector) {
      return Differ(point + "vector", Text(front.vectors[i]), Text(expected[i].vector));
    }
    const std::string fault = AnswerFault(problem, front.answers[i], expected[i].package);
    if (!fault.empty()) return point + fault;
  }
  if (front.vectors.size() != expected.size()) {
    return Differ("points", front.vectors.size(), expected.size());
  }
  return "";
}

}  // namespace stackport::oracle
