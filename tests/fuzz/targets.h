// What is fed with outside bytes until something breaks. Each function takes any bytes and stops
// the process when a promise of the code it calls does not hold; a sanitizer watches the rest.
// libFuzzer calls them through fuzz_main.cc, corpus_test.cc with the inputs that are kept.
#ifndef STACKPORT_TESTS_FUZZ_TARGETS_H_
#define STACKPORT_TESTS_FUZZ_TARGETS_H_

#include <cstdio>
#include <cstdlib>
#include <string_view>
#include <vector>

#include "catalog/base/findings.h"

namespace stackport::fuzz {

void JudgeManifest(std::string_view bytes);
void JudgeComponent(std::string_view bytes);
void JudgeReply(std::string_view bytes);
void JudgeRequest(std::string_view bytes);
void JudgeProblem(std::string_view bytes);
void JudgeHttpHead(std::string_view bytes);
void JudgeMinisign(std::string_view bytes);
void JudgeRevocations(std::string_view bytes);

inline void Promise(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "A promise is broken: %s\n", what);
  std::abort();
}

// Findings repeat text from outside, so they have to be safe to show, and short.
void PromiseFindings(const std::vector<Finding>& findings);
// Printable UTF-8 without line breaks, and of a length that a person reads.
void PromiseShowable(std::string_view text);

}  // namespace stackport::fuzz

#endif  // STACKPORT_TESTS_FUZZ_TARGETS_H_
