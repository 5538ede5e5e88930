#include <algorithm>

#include "catalog/base/text.h"
#include "tests/fuzz/targets.h"

namespace stackport::fuzz {

void PromiseShowable(std::string_view text) {
  constexpr std::size_t kReadable = 16 << 10;
  Promise(text.size() <= kReadable, "a text for people has at most 16 KiB");
  Promise(IsUtf8(text), "a text for people is UTF-8");
  Promise(std::none_of(text.begin(), text.end(),
                       [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }),
          "a text for people has no control characters");
}

void PromiseFindings(const std::vector<Finding>& findings) {
  for (const Finding& finding : findings) {
    Promise(!finding.code.empty() && !finding.message.empty(), "a finding says what it found");
    PromiseShowable(finding.pointer);
    PromiseShowable(finding.message);
    PromiseShowable(finding.expected);
    PromiseShowable(finding.remedy);
  }
}

}  // namespace stackport::fuzz
