// Values of facts and attributes, by the registry's type for them. Private to catalog/model.
#ifndef STACKPORT_CATALOG_MODEL_VALUE_PARSER_H_
#define STACKPORT_CATALOG_MODEL_VALUE_PARSER_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "catalog/base/json.h"
#include "catalog/model/component.h"
#include "catalog/model/finding_sink.h"
#include "catalog/model/registry.h"

namespace stackport {

// Where the two halves of a quantity stand in the document: the same place for "700 W".
struct ValuePlace {
  std::string value;
  std::string unit;
};

// One document at a time; borrows the registry and the sink.
class ValueParser {
 public:
  // Longest token, in bytes; the schema's limit for attributes.
  static constexpr std::size_t kMaxToken = 120;

  ValueParser(const Registry& registry, FindingSink& sink) : registry_(registry), sink_(sink) {}

  // The value, or nothing when it is wrong; then the sink has an error. `unit` is the fact's member
  // of that name, null when it has none.
  std::optional<AttributeValue> Parse(const AttributeDefinition& definition,
                                      const json::Value& value, const json::Value* unit,
                                      const ValuePlace& place);

  // Sorted, unique tokens of a token, component, country or language type.
  std::optional<std::vector<std::string>> ParseTokens(const AttributeDefinition& definition,
                                                      const json::Value& value,
                                                      const std::string& pointer);

  // The same for a list of ISO 3166-1 codes that no attribute defines.
  std::optional<std::vector<std::string>> ParseCountries(const json::Value& value,
                                                         const std::string& pointer);

  // Source, date and note of `object`, whose date is checked.
  Provenance ParseProvenance(const json::Value& object, const std::string& pointer);

  // Reports text that changes how the text around it is shown.
  void CheckPrintable(std::string_view text, const std::string& pointer);

  const Registry& registry() const { return registry_; }
  FindingSink& sink() { return sink_; }

 private:
  std::optional<AttributeValue> ParseInterval(const AttributeDefinition& definition,
                                              const json::Value& value, const json::Value* unit,
                                              const ValuePlace& place);
  std::optional<std::int64_t> ParseNumber(const AttributeDefinition& definition,
                                          const json::Value& value, std::string_view unit,
                                          const ValuePlace& place);
  std::optional<std::int64_t> ParseWrittenQuantity(const AttributeDefinition& definition,
                                                   std::string_view text,
                                                   const std::string& pointer);
  std::optional<std::string_view> UnitFor(const AttributeDefinition& definition,
                                          const json::Value* unit, const ValuePlace& place);
  bool CheckUnit(const AttributeDefinition& definition, std::string_view unit,
                 const std::string& pointer);
  bool CheckBounds(const AttributeDefinition& definition, std::int64_t base, double number,
                   std::string_view unit, const std::string& pointer);
  std::string UnitHint(const AttributeDefinition& definition, double number,
                       std::string_view unit) const;
  std::optional<std::string> ParseToken(const AttributeDefinition& definition,
                                        std::string_view text, const std::string& pointer);
  void WarnOfUnknownToken(const AttributeDefinition& definition, std::string_view token,
                          const std::string& pointer);
  std::nullopt_t WrongType(const AttributeDefinition& definition, const json::Value& value,
                           const std::string& pointer);

  const Registry& registry_;
  FindingSink& sink_;
};

// What a type takes, in words: "a number with a unit of data_size (B, GB, MB, TB)".
std::string DescribeType(const AttributeDefinition& definition, const Registry& registry);

}  // namespace stackport

#endif  // STACKPORT_CATALOG_MODEL_VALUE_PARSER_H_
