// What a JSON Schema node asks for, in words, and where in the schema a document's part is judged.
// Private to catalog/model.
#ifndef STACKPORT_CATALOG_MODEL_SCHEMA_TEXT_H_
#define STACKPORT_CATALOG_MODEL_SCHEMA_TEXT_H_

#include <string>
#include <string_view>

#include "catalog/base/json.h"

namespace stackport {

// `node`, or what its local "$ref" names in `root`.
const json::Value& ResolveReference(const json::Value& root, const json::Value& node);

// The node that judges member or element `step` of a value that `node` judges, or null.
const json::Value* SchemaOf(const json::Value& root, const json::Value& node,
                            std::string_view step);

// "text of 1 to 120 characters", "one of a, b, c", "a list of 1 to 8 elements", ...
std::string DescribeSchema(const json::Value& root, const json::Value& node);

// What a value is: its text or number, or "a list of 3 elements".
std::string DescribeValue(const json::Value& value);

}  // namespace stackport

#endif  // STACKPORT_CATALOG_MODEL_SCHEMA_TEXT_H_
