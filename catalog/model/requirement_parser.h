// What a component provides and requires. Private to catalog/model.
#ifndef STACKPORT_CATALOG_MODEL_REQUIREMENT_PARSER_H_
#define STACKPORT_CATALOG_MODEL_REQUIREMENT_PARSER_H_

#include <string>
#include <vector>

#include "catalog/base/json.h"
#include "catalog/model/component.h"
#include "catalog/model/value_parser.h"

namespace stackport {

// The elements of "provides". A capability or attribute that the registry does not know is left
// out with a warning. Requires: `provides` fits the schema.
std::vector<ProvidedCapability> ParseProvides(const json::Value& provides,
                                              const std::string& pointer, ValueParser& values);

// The elements of "requires". Of a requirement's alternatives those with an unknown capability are
// left out with a warning; when none is left, the requirement stays as a site condition, so that
// it is asked about: leaving it out would make the component look easier to use than it is.
// A condition on an unknown attribute stays too, and is never more than unknown.
// Requires: `requires_list` fits the schema.
std::vector<Requirement> ParseRequires(const json::Value& requires_list, const std::string& pointer,
                                       ValueParser& values);

}  // namespace stackport

#endif  // STACKPORT_CATALOG_MODEL_REQUIREMENT_PARSER_H_
