// What the catalog knows and what it does not: components by kind, facts per component, unknowns by
// attribute, and the age of what is stated.
#ifndef STACKPORT_CATALOG_REPORT_COVERAGE_H_
#define STACKPORT_CATALOG_REPORT_COVERAGE_H_

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "catalog/base/json.h"
#include "catalog/model/registry.h"
#include "catalog/model/snapshot.h"

namespace stackport {

struct KindCoverage {
  std::string kind;
  char layer = 'A';
  std::int64_t components = 0;
  std::int64_t vendors = 0;
  std::int64_t facts = 0;  // stated, over all its components
  std::int64_t fewest_facts = 0, most_facts = 0;
  std::int64_t priced = 0;         // with a price in some offer
  std::int64_t sale_known = 0;     // with an offer that says where it is sold
  std::int64_t never_offered = 0;  // without any offer: described, not proposed
};

// How many components of a kind state one fact. A kind's attributes are the facts that some
// component of it states or marks unknown, and those that answers ask for.
struct AttributeCoverage {
  std::string kind;
  std::string fact;
  std::int64_t components = 0;
  std::int64_t stated = 0;
  std::int64_t marked_unknown = 0;  // the author looked and found nothing
  bool asked_for = false;           // answers ask for it (sdk/registry/advice.json)
  std::int64_t UnknownBasisPoints() const;
};

// Statements by the age of their date, in whole years; undated ones apart.
struct AgeCoverage {
  std::string what;                             // "facts", "capabilities", "prices"
  std::map<std::int64_t, std::int64_t> by_age;  // years -> statements
  std::int64_t undated = 0;
  std::int64_t stale = 0;  // older than sdk/registry/advice.json allows for prices and facts
};

struct Coverage {
  std::vector<KindCoverage> kinds;            // in the registry's order
  std::vector<AttributeCoverage> attributes;  // by kind, most unknown first
  std::vector<AgeCoverage> ages;
};

// `today`: YYYY-MM-DD. Every registered kind has a row, also one without components.
Coverage MeasureCoverage(const CatalogSnapshot& catalog, std::string_view today,
                         const Registry& registry = Registry::Builtin());

json::Value CoverageJson(const Coverage& coverage, json::Allocator& allocator);
// Markdown sections.
std::string CoverageMarkdown(const Coverage& coverage);

}  // namespace stackport

#endif  // STACKPORT_CATALOG_REPORT_COVERAGE_H_
