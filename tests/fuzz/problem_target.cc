#include "catalog/match/problem.h"
#include "tests/fuzz/targets.h"

namespace stackport::fuzz {

void JudgeProblem(std::string_view bytes) {
  const auto problem = match::ReadProblem(bytes, "problem");
  if (!problem) {
    PromiseShowable(problem.error().message);
    return;
  }
  Promise(match::Validate(*problem).ok(), "what was read is valid");
  const std::string text = match::WriteProblem(*problem);
  const auto again = match::ReadProblem(text, "written problem");
  Promise(again.ok(), "what was written is accepted");
  Promise(match::WriteProblem(*again) == text, "what was written reads as itself");
}

}  // namespace stackport::fuzz
