// From the bytes of a component document to a Component, with every problem reported.
#ifndef STACKPORT_CATALOG_MODEL_COMPONENT_PARSER_H_
#define STACKPORT_CATALOG_MODEL_COMPONENT_PARSER_H_

#include <optional>
#include <string_view>
#include <vector>

#include "catalog/base/findings.h"
#include "catalog/base/json.h"
#include "catalog/model/component.h"
#include "catalog/model/registry.h"

namespace stackport {

// Largest component document, in bytes: about twenty times the largest bundled one would be wrong
// to need; a cloud provider with prices for every region stays under it.
inline constexpr std::size_t kMaxComponentBytes = std::size_t{512} << 10;
inline constexpr std::size_t kMaxComponentDepth = 16;

struct ParsedComponent {
  std::optional<Component> component;  // absent when any finding is an error
  std::vector<Finding> findings;       // errors and warnings, in document order
};

// Judges `text` against the schema (sdk/schema/component.schema.json) and then against the
// registry: kinds, facts, capabilities, units, bounds, vocabularies, countries, languages, dates,
// sources. `vendor_id` is the namespace the document must stay in; empty skips that check.
// Never throws; safe on hostile text.
ParsedComponent ParseComponent(std::string_view text, std::string_view vendor_id,
                               const Registry& registry);

// The same for a document that is parsed already.
ParsedComponent ParseComponent(const json::Value& document, std::string_view vendor_id,
                               const Registry& registry);

}  // namespace stackport

#endif  // STACKPORT_CATALOG_MODEL_COMPONENT_PARSER_H_
