// What a rule of the programme says about one case, with the source of the rule.
#ifndef STACKPORT_CATALOG_PROGRAMME_VERDICT_H_
#define STACKPORT_CATALOG_PROGRAMME_VERDICT_H_

#include <string>
#include <string_view>
#include <vector>

#include "catalog/base/json.h"
#include "catalog/model/truth.h"

namespace stackport {

// How sure the rule itself is, whatever the facts of the case.
enum class Confidence {
  kPrimary,      // "P": the primary text was read
  kSecondary,    // "S": a secondary source says so
  kInference,    // "I": concluded from several texts
  kUnconfirmed,  // "U": not confirmed; an assumption that stands in the answer
};

// An address or a citation, and the date of what it says.
struct RuleSource {
  std::string address;
  std::string as_of;
};

struct RuleVerdict {
  std::string rule;  // stable name, for programs: "member", "export_licence", ...
  // kTrue: nothing in this rule stands in the way; kFalse: it does; kUnknown: facts are missing.
  Truth holds = Truth::kUnknown;
  std::string explanation;  // one or two sentences with the figures used
  std::vector<RuleSource> sources;
  Confidence confidence = Confidence::kUnconfirmed;
  std::vector<std::string> open_questions;  // what would settle it
};

// "P", "S", "I", "U".
std::string_view ConfidenceMark(Confidence confidence);

// {"rule","holds","explanation","sources":[{"source","as_of"}],"confidence","open_questions"?}
json::Value ToJson(const RuleVerdict& verdict, json::Allocator& allocator);

}  // namespace stackport

#endif  // STACKPORT_CATALOG_PROGRAMME_VERDICT_H_
