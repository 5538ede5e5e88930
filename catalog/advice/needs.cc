#include "catalog/advice/needs.h"

#include <fmt/format.h>

#include <algorithm>

#include "catalog/base/json.h"
#include "catalog/base/text.h"
#include "catalog/model/finding_sink.h"

namespace stackport {
namespace {

// Tokens that a message lists; more would bury the point.
constexpr std::size_t kShownTokens = 8;

// What a server needs is a port; what provides it is a switch of that protocol.
std::string_view ProvidedAs(std::string_view capability) {
  return capability == "fabric-port" ? "fabric-switching" : capability;
}

Truth Meets(const RequiredCapability& alternative, const ProvidedCapability& provided) {
  RequiredCapability as_provided = alternative;
  as_provided.capability = ProvidedAs(alternative.capability);
  return Evaluate(as_provided, provided);
}

std::string Listed(const std::set<std::string>& tokens) {
  std::vector<std::string> shown(tokens.begin(), tokens.end());
  if (shown.size() > kShownTokens) {
    shown.resize(kShownTokens);
    shown.emplace_back("…");
  }
  return Join(shown, ", ");
}

}  // namespace

Providers::Providers(const std::vector<Component>& components, const CatalogSnapshot& catalog) {
  for (const Component& component : components) ids_.insert(component.id);
  const auto file = [&](const Component& component) {
    for (const ProvidedCapability& provided : component.provides) {
      by_capability_[provided.capability].push_back(&provided);
    }
  };
  for (const Component& component : components) file(component);
  for (const Component& component : catalog.components) {
    if (ids_.insert(component.id).second) file(component);
  }
}

void Providers::Advise(const Component& component, const Registry& registry,
                       AdviceSink& sink) const {
  for (std::size_t i = 0; i < component.requires_.size(); ++i) {
    AdviseOnRequirement(component.requires_[i], fmt::format("/requires/{}", i), registry, sink);
  }
  AdviseOnNames(component, registry, sink);
}

void Providers::AdviseOnRequirement(const Requirement& requirement, const std::string& pointer,
                                    const Registry& registry, AdviceSink& sink) const {
  if (requirement.site_condition) return;
  std::vector<std::string> missing;
  for (const RequiredCapability& alternative : requirement.any_of) {
    const CapabilityDefinition* definition = registry.FindCapability(alternative.capability);
    if (definition == nullptr || definition->site) return;
    const auto providers = by_capability_.find(ProvidedAs(alternative.capability));
    if (providers != by_capability_.end() &&
        std::any_of(providers->second.begin(), providers->second.end(),
                    [&](const ProvidedCapability* provided) {
                      return Meets(alternative, *provided) != Truth::kFalse;
                    })) {
      return;
    }
    missing.push_back(Missing(alternative));
  }
  sink.Warn(AdviceTopic::kNeeds, "unmet_requirement", pointer, Join(missing, "; and "),
            "something in the catalog or in this plugin that provides it",
            "correct the condition; if it is right, packages wait until somebody provides it");
}

std::string Providers::Missing(const RequiredCapability& alternative) const {
  const std::string name(ProvidedAs(alternative.capability));
  const auto providers = by_capability_.find(name);
  if (providers == by_capability_.end()) return "no component provides " + Quoted(name);
  for (const Condition& condition : alternative.where) {
    RequiredCapability alone{alternative.capability, {condition}};
    if (std::any_of(providers->second.begin(), providers->second.end(),
                    [&](const ProvidedCapability* provided) {
                      return Meets(alone, *provided) != Truth::kFalse;
                    })) {
      continue;
    }
    std::string text = fmt::format("no component provides {} with {}", Quoted(name),
                                   Printable(condition.attribute));
    if (condition.tokens.empty()) return text + " as asked";
    std::set<std::string> offered;
    for (const ProvidedCapability* provided : providers->second) {
      const auto found = provided->attributes.find(condition.attribute);
      if (found == provided->attributes.end()) continue;
      offered.insert(found->second.tokens.begin(), found->second.tokens.end());
    }
    const std::vector<std::string> known(offered.begin(), offered.end());
    return text + " " + Printable(Join(condition.tokens, " or ")) +
           " (offered: " + Printable(Listed(offered), 400) + ")" +
           DidYouMean(condition.tokens.front(), known);
  }
  return fmt::format("no single component provides {} with all conditions at once", Quoted(name));
}

// Components that attributes name: accelerators that a server holds, models that a row measures.
void Providers::AdviseOnNames(const Component& component, const Registry& registry,
                              AdviceSink& sink) const {
  const std::vector<std::string> known(ids_.begin(), ids_.end());
  const auto check = [&](const std::string& id, const std::string& pointer) {
    if (ids_.contains(id)) return;
    sink.Warn(AdviceTopic::kNeeds, "unknown_component", pointer,
              "it names " + Quoted(id) + ", which nobody describes" + DidYouMean(id, known),
              "a component of the catalog or of this plugin", "correct the id");
  };
  for (std::size_t i = 0; i < component.provides.size(); ++i) {
    const ProvidedCapability& provided = component.provides[i];
    const CapabilityDefinition* definition = registry.FindCapability(provided.capability);
    if (definition == nullptr) continue;
    for (const auto& [name, value] : provided.attributes) {
      const auto attribute = definition->attributes.find(name);
      if (attribute == definition->attributes.end()) continue;
      const ValueType type = attribute->second.type;
      if (type != ValueType::kComponent && type != ValueType::kComponents) continue;
      for (const std::string& id : value.tokens) {
        check(id, fmt::format("/provides/{}/with/{}", i, name));
      }
    }
  }
  const Fact* throughput = component.FindFact("throughput");
  if (throughput == nullptr) return;
  const auto rows = json::Parse(throughput->value.text, component.id);
  if (!rows || !rows->IsArray()) return;
  for (rapidjson::SizeType i = 0; i < rows->Size(); ++i) {
    const std::string_view model = json::StringOr((*rows)[i], "model", "");
    if (!model.empty()) {
      check(std::string(model), fmt::format("/facts/throughput/value/{}/model", i));
    }
  }
}

}  // namespace stackport
