#include "catalog/match/provided_values.h"

namespace stackport::match {

const AttributeValue* ProvidedValue(const Component& component, std::string_view capability,
                                    const std::string& attribute) {
  const ProvidedCapability* provided = component.FindCapability(capability);
  if (provided == nullptr) return nullptr;
  const auto found = provided->attributes.find(attribute);
  return found == provided->attributes.end() ? nullptr : &found->second;
}

const std::vector<std::string>& TokensIn(const ProvidedCapability& provided,
                                         const std::string& attribute) {
  static const std::vector<std::string> kNone;
  const auto found = provided.attributes.find(attribute);
  return found == provided.attributes.end() ? kNone : found->second.tokens;
}

bool FlagIn(const ProvidedCapability& provided, const std::string& attribute) {
  const auto found = provided.attributes.find(attribute);
  return found != provided.attributes.end() && found->second.flag;
}

const std::vector<std::string>& ProvidedTokens(const Component& component,
                                               std::string_view capability,
                                               const std::string& attribute) {
  static const std::vector<std::string> kNone;
  const AttributeValue* value = ProvidedValue(component, capability, attribute);
  return value == nullptr ? kNone : value->tokens;
}

std::int64_t ProvidedNumber(const Component& component, std::string_view capability,
                            const std::string& attribute, std::int64_t fallback) {
  const AttributeValue* value = ProvidedValue(component, capability, attribute);
  return value == nullptr ? fallback : value->number.low;
}

bool IsProvided(const Component& component, std::string_view capability,
                const std::string& attribute) {
  const AttributeValue* value = ProvidedValue(component, capability, attribute);
  return value != nullptr && value->flag;
}

}  // namespace stackport::match
