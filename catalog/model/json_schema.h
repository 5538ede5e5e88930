// A JSON Schema (draft 7) that says what is wrong in words a vendor can act on.
#ifndef STACKPORT_CATALOG_MODEL_JSON_SCHEMA_H_
#define STACKPORT_CATALOG_MODEL_JSON_SCHEMA_H_

#include <memory>
#include <string_view>
#include <vector>

#include "catalog/base/findings.h"
#include "catalog/base/json.h"

namespace stackport {

// Immutable after Compile; Check is thread-safe.
class JsonSchema {
 public:
  // sdk/schema/component.schema.json, compiled into the program.
  static const JsonSchema& Component();
  static Result<JsonSchema> Compile(std::string_view schema_text, std::string_view origin);

  JsonSchema(JsonSchema&&) noexcept;
  JsonSchema& operator=(JsonSchema&&) noexcept;
  ~JsonSchema();

  // Every fault, at most kMaxFindings (finding_sink.h); empty when the document fits. A document
  // outside DocumentLimits (document_limits.h) is refused before the schema is tried.
  // Never throws.
  std::vector<Finding> Check(const json::Value& document) const;

 private:
  struct State;
  explicit JsonSchema(std::unique_ptr<const State> state);

  std::unique_ptr<const State> state_;
};

}  // namespace stackport

#endif  // STACKPORT_CATALOG_MODEL_JSON_SCHEMA_H_
