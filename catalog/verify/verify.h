// A second opinion on a result: every candidate recomputed from the snapshot that the result names.
//
// Shares no code with the matcher: it reads the result's own words and the component documents, and
// decides anew who is eligible, how much is needed and what it costs. What it cannot decide without
// searching (that no better package exists) it says it did not check.
#ifndef STACKPORT_CATALOG_VERIFY_VERIFY_H_
#define STACKPORT_CATALOG_VERIFY_VERIFY_H_

#include <vector>

#include "catalog/base/json.h"
#include "catalog/base/result.h"
#include "catalog/countries/country_index.h"
#include "catalog/model/snapshot.h"
#include "catalog/verify/check.h"
#include "catalog/verify/claim.h"

namespace stackport::verify {

struct Verification {
  std::vector<CheckList> lists;  // the result as a whole, then each candidate in order

  std::size_t Count(Standing standing) const;
  bool ok() const { return Count(Standing::kDiffers) == 0; }
};

// The result's id over its content, of the form the document has: "r-" and 16 hex digits.
std::string IdOf(const json::Value& document);

// Checks `claim`, which was read from `document`. Requires: `snapshot` is the one that it names.
// Thread-safe.
Verification Verify(const json::Value& document, const Claim& claim,
                    const CatalogSnapshot& snapshot, const CountryIndex& countries);

// {"schema": "stackport.verification/1", "result", "snapshot", "holds", "does_not_hold",
// "not_checked", "lists": […]}
json::Document ToJson(const Verification& verification, const Claim& claim);

}  // namespace stackport::verify

#endif  // STACKPORT_CATALOG_VERIFY_VERIFY_H_
