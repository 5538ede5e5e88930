#include "catalog/match/requirement_tags.h"

#include <fmt/format.h>

#include <algorithm>

#include "catalog/base/text.h"

namespace stackport::match {

namespace {

// A port is what a server asks for; what provides it is a switch of that protocol.
RequiredCapability Normalised(const RequiredCapability& alternative) {
  RequiredCapability normalised = alternative;
  if (normalised.capability == "fabric-port") normalised.capability = "fabric-switching";
  return normalised;
}

// The matcher pairs models with runtimes itself, by model and family names.
bool ResolvedElsewhere(const Component& component, const Requirement& requirement) {
  return requirement.site_condition || component.kind == "model";
}

Truth Best(const RequiredCapability& alternative, const Component& component) {
  Truth best = Truth::kFalse;
  for (const ProvidedCapability& provided : component.provides) {
    best = Or(best, Evaluate(alternative, provided));
  }
  return best;
}

}  // namespace

TagId TagTable::Id(std::string_view name) {
  const auto found = ids_.find(name);
  if (found != ids_.end()) return found->second;
  const auto id = static_cast<TagId>(names_.size());
  names_.emplace_back(name);
  ids_.emplace(names_.back(), id);
  return id;
}

std::string RequirementText(const RequiredCapability& alternative) {
  std::string text = alternative.capability;
  for (const Condition& condition : alternative.where) {
    text += &condition == &alternative.where.front() ? " with " : " and ";
    switch (condition.op) {
      case Condition::Operator::kIn:
        text += condition.attribute + " in " + Join(condition.tokens, ", ");
        break;
      case Condition::Operator::kContains:
        text += condition.attribute + " holding " + Join(condition.tokens, ", ");
        break;
      case Condition::Operator::kAtLeast:
        text += fmt::format("{} of at least {}", condition.attribute, condition.number);
        break;
      case Condition::Operator::kAtMost:
        text += fmt::format("{} of at most {}", condition.attribute, condition.number);
        break;
      case Condition::Operator::kIs:
        text += condition.attribute + (condition.flag ? " true" : " false");
        break;
    }
  }
  return text;
}

void RequirementTags::Register(const Component& component, TagTable& tags) {
  for (const Requirement& requirement : component.requires_) {
    if (ResolvedElsewhere(component, requirement)) continue;
    for (const RequiredCapability& stated : requirement.any_of) {
      const RequiredCapability alternative = Normalised(stated);
      const std::string text = RequirementText(alternative);
      if (alternatives_.contains(text)) continue;
      const TagId tag = tags.Id(text);
      alternatives_.emplace(text, std::pair(alternative, tag));
      maybe_of_[tag] = tags.Id("perhaps " + text);
      if (alternative.capability == "software-entitlement") {
        needs_of_entitlement_[tag] = tags.Id("a part that needs " + text);
      }
    }
  }
}

TagId RequirementTags::TagOf(const RequiredCapability& alternative) const {
  return alternatives_.at(RequirementText(Normalised(alternative))).second;
}

std::vector<std::vector<TagId>> RequirementTags::Groups(const Component& component) const {
  std::vector<std::vector<TagId>> groups;
  for (const Requirement& requirement : component.requires_) {
    if (ResolvedElsewhere(component, requirement)) continue;
    std::vector<TagId> group;
    for (const RequiredCapability& alternative : requirement.any_of) {
      group.push_back(TagOf(alternative));
    }
    std::sort(group.begin(), group.end());
    group.erase(std::unique(group.begin(), group.end()), group.end());
    groups.push_back(std::move(group));
  }
  return groups;
}

ProvidedTags RequirementTags::Provided(const Component& component) const {
  ProvidedTags provided;
  for (const auto& [text, alternative] : alternatives_) {
    switch (Best(alternative.first, component)) {
      case Truth::kTrue:
        provided.certain.push_back(alternative.second);
        break;
      case Truth::kUnknown:
        provided.maybe.push_back(maybe_of_.at(alternative.second));
        break;
      case Truth::kFalse:
        break;
    }
  }
  return provided;
}

}  // namespace stackport::match
