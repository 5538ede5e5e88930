// Findings: every problem of a document at once, each with place, expectation and remedy.
#ifndef STACKPORT_CATALOG_BASE_FINDINGS_H_
#define STACKPORT_CATALOG_BASE_FINDINGS_H_

#include <string>
#include <vector>

#include "catalog/base/json.h"

namespace stackport {

enum class Severity { kError, kWarning };

// One problem of one document. All text is already printable.
struct Finding {
  Severity severity = Severity::kError;
  std::string code;      // stable, for programs: "unit_dimension", "unknown_capability", ...
  std::string pointer;   // RFC 6901, into the document
  std::string message;   // what is there
  std::string expected;  // what was expected
  std::string remedy;    // what to do
};

// Whether any finding is an error.
bool HasErrors(const std::vector<Finding>& findings);

// {"severity":…,"code":…,"pointer":…,"message":…,"expected":…,"remedy":…}
json::Value ToJson(const Finding& finding, json::Allocator& allocator);

// "error at /facts/memory: … Expected … Mend: …", one line.
std::string ToText(const Finding& finding);

}  // namespace stackport

#endif  // STACKPORT_CATALOG_BASE_FINDINGS_H_
