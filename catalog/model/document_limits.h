// Limits on a JSON value that is in memory already, checked before anything is matched against it.
#ifndef STACKPORT_CATALOG_MODEL_DOCUMENT_LIMITS_H_
#define STACKPORT_CATALOG_MODEL_DOCUMENT_LIMITS_H_

#include <cstddef>
#include <optional>

#include "catalog/base/findings.h"
#include "catalog/base/json.h"

namespace stackport {

struct DocumentLimits {
  // Of each string and member name. std::regex, which the schema validator uses for patterns,
  // recurses once per character and overflows its stack on long strings. In bytes.
  std::size_t max_string = 4096;
  // Elements of one array, members of one object: the schemas allow 400 at most.
  std::size_t max_elements = 1000;
  // The schema validator keeps several hundred bytes for each fault of each value. A document at
  // the byte limit with honest sources has fewer.
  std::size_t max_values = 20'000;
  std::size_t max_depth = 16;
};

// The first breach in document order, or nothing. Code "limit".
std::optional<Finding> CheckLimits(const json::Value& document, const DocumentLimits& limits = {});

}  // namespace stackport

#endif  // STACKPORT_CATALOG_MODEL_DOCUMENT_LIMITS_H_
