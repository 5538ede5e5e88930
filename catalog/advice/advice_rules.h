// What is usual: sdk/registry/advice.json in memory. It advises; it refuses nothing.
#ifndef STACKPORT_CATALOG_ADVICE_ADVICE_RULES_H_
#define STACKPORT_CATALOG_ADVICE_ADVICE_RULES_H_

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "catalog/base/result.h"
#include "catalog/model/registry.h"

namespace stackport {

// Where values of one fact ("memory"), attribute ("data-storage.capacity") or price ("price.unit")
// usually lie, in base units; money in micro-USD. A free price is outside no range.
struct UsualRange {
  std::set<std::string> kinds;  // empty: every kind
  std::int64_t minimum = 0;
  std::int64_t maximum = 0;
  std::string minimum_text;  // "8 GB"
  std::string maximum_text;
  std::string because;
};

// Immutable and thread-safe after Load.
struct AdviceRules {
  std::multimap<std::string, UsualRange> usual;
  // Kind -> fact, or "capability.attribute" of what it provides -> what an answer lacks without it.
  std::map<std::string, std::map<std::string, std::string>> recommended;
  std::int64_t price_stale_days = 0;
  std::int64_t fact_stale_days = 0;
  std::map<std::string, std::string> language_slips;  // "jp" -> "ja"
  std::set<std::string> no_sources;                   // words that name no source, in lower case

  // The range for this kind, or null.
  const UsualRange* Find(std::string_view of, std::string_view kind) const;

  // The rules compiled into the program; they fit the built-in registry.
  static const AdviceRules& Builtin();
  // Errors name what `registry` does not know.
  static Result<AdviceRules> Load(std::string_view text, const Registry& registry);
};

}  // namespace stackport

#endif  // STACKPORT_CATALOG_ADVICE_ADVICE_RULES_H_
