// Collects the findings of one document, within a limit. Private to catalog/model.
#ifndef STACKPORT_CATALOG_MODEL_FINDING_SINK_H_
#define STACKPORT_CATALOG_MODEL_FINDING_SINK_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "catalog/base/findings.h"

namespace stackport {

// Errors, and apart from them warnings, that one document is told about: more than a person mends
// in one go, and a hostile document cannot make the answer large.
inline constexpr std::size_t kMaxFindings = 50;

// Longest pointer that a finding repeats, in bytes: the deepest honest one is under 200.
inline constexpr std::size_t kMaxPointerText = 400;

class FindingSink {
 public:
  // `pointer` may hold outside text; the other parts are printable already.
  void Error(std::string_view code, std::string_view pointer, std::string message,
             std::string expected, std::string remedy);
  void Warning(std::string_view code, std::string_view pointer, std::string message,
               std::string expected, std::string remedy);

  bool has_errors() const { return errors_ > 0; }
  // Whether one more would not be kept: then its text need not be made. Looking for a nearest name
  // thousands of times is what would make a hostile document slow.
  bool errors_full() const { return errors_ >= kMaxFindings; }
  bool warnings_full() const { return warnings_ >= kMaxFindings; }
  std::vector<Finding> Take() { return std::move(findings_); }

 private:
  void Add(Severity severity, std::size_t& count, std::string_view code, std::string_view pointer,
           std::string message, std::string expected, std::string remedy);

  std::vector<Finding> findings_;
  std::size_t errors_ = 0;
  std::size_t warnings_ = 0;
};

// "; did you mean 'x'?" when a known name is near, else empty.
std::string DidYouMean(std::string_view name, const std::vector<std::string>& known);

}  // namespace stackport

#endif  // STACKPORT_CATALOG_MODEL_FINDING_SINK_H_
