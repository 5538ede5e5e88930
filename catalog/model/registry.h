// The registry: what the words in component documents mean (sdk/registry/registry.json).
//
// Kinds with their layer, facts and capability attributes with type and unit, vocabularies
// (controls, tasks, instruction sets, fabrics, certifications). One registry is compiled into the
// program, so two vendors mean the same thing. Immutable and thread-safe after Load.
#ifndef STACKPORT_CATALOG_MODEL_REGISTRY_H_
#define STACKPORT_CATALOG_MODEL_REGISTRY_H_

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "catalog/base/result.h"

namespace stackport {

enum class ValueType {
  kQuantity,
  kInteger,
  kBoolean,
  kText,
  kDate,
  kToken,
  kTokens,
  kComponent,
  kComponents,
  kCountries,
  kLanguages,
  kTable,
};

struct Dimension {
  std::string base_unit;                // "B"
  std::map<std::string, double> units;  // unit -> factor to the base unit ("GB" -> 1e9)
};

// Type of a fact or of an attribute.
struct AttributeDefinition {
  std::string name;
  ValueType type = ValueType::kText;
  std::string dimension;   // for kQuantity
  std::string vocabulary;  // for kToken(s): empty means free tokens
  std::string meaning;
  std::optional<std::int64_t> minimum;  // plausible bounds in base units; outside is an error
  std::optional<std::int64_t> maximum;
  std::string minimum_text;  // the bounds as the registry writes them ("1 GB"), for messages
  std::string maximum_text;
};

struct KindDefinition {
  std::string name;
  char layer = 'A';
  std::string meaning;
  std::string
      sub_item;  // which item of EO 14320 3(b)(i) it can satisfy: "hardware", "storage", ...
};

struct CapabilityDefinition {
  std::string name;
  char layer = 'A';
  std::string meaning;
  bool site = false;  // met by the site rather than by a component
  std::map<std::string, AttributeDefinition> attributes;
};

class Registry {
 public:
  // The registry compiled into the program. Thread-safe; the reference lives as long as the
  // process.
  static const Registry& Builtin();
  // For tests: another registry from its JSON text.
  static Result<Registry> Load(std::string_view text, std::string_view origin);

  // SHA-256 of the text it was loaded from: another registry may judge documents differently.
  const std::string& content_hash() const { return content_hash_; }

  const KindDefinition* FindKind(std::string_view name) const;
  const CapabilityDefinition* FindCapability(std::string_view name) const;
  const AttributeDefinition* FindFact(std::string_view name) const;
  const Dimension* FindDimension(std::string_view name) const;
  // Token -> meaning of one vocabulary, or null.
  const std::map<std::string, std::string>* FindVocabulary(std::string_view name) const;

  // The first dimension that has this unit, or nothing: tells a misspelt unit from a wrong one.
  std::optional<std::string> DimensionOfUnit(std::string_view unit) const;

  std::vector<std::string> KindNames() const;
  std::vector<std::string> CapabilityNames() const;
  std::vector<std::string> FactNames() const;

  // A number with a unit in base units, rounded to the nearest integer; the error names the units
  // the dimension has. Requires: the dimension exists.
  Result<std::int64_t> ToBase(std::string_view dimension, double value,
                              std::string_view unit) const;
  // "700 W", "2.5 MW", "25 MUSD": number, optional space, unit.
  Result<std::int64_t> ParseQuantity(std::string_view dimension, std::string_view text) const;

 private:
  friend class RegistryLoader;

  std::string content_hash_;
  std::map<std::string, Dimension, std::less<>> dimensions_;
  std::map<std::string, KindDefinition, std::less<>> kinds_;
  std::map<std::string, AttributeDefinition, std::less<>> facts_;
  std::map<std::string, CapabilityDefinition, std::less<>> capabilities_;
  std::map<std::string, std::map<std::string, std::string>, std::less<>> vocabularies_;
};

}  // namespace stackport

#endif  // STACKPORT_CATALOG_MODEL_REGISTRY_H_
