// What a component's document says under a capability it provides.
#ifndef STACKPORT_CATALOG_MATCH_PROVIDED_VALUES_H_
#define STACKPORT_CATALOG_MATCH_PROVIDED_VALUES_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "catalog/model/component.h"

namespace stackport::match {

// Null when the capability is not provided or the attribute not stated.
const AttributeValue* ProvidedValue(const Component& component, std::string_view capability,
                                    const std::string& attribute);

// The value of an attribute of that kind; empty, the fallback (an interval counts at its low end)
// or false when it is not stated.
// Tokens of one capability's attribute, and whether its flag is set; none and false where it is not
// stated.
const std::vector<std::string>& TokensIn(const ProvidedCapability& provided,
                                         const std::string& attribute);
bool FlagIn(const ProvidedCapability& provided, const std::string& attribute);

const std::vector<std::string>& ProvidedTokens(const Component& component,
                                               std::string_view capability,
                                               const std::string& attribute);
std::int64_t ProvidedNumber(const Component& component, std::string_view capability,
                            const std::string& attribute, std::int64_t fallback);
bool IsProvided(const Component& component, std::string_view capability,
                const std::string& attribute);

}  // namespace stackport::match

#endif  // STACKPORT_CATALOG_MATCH_PROVIDED_VALUES_H_
