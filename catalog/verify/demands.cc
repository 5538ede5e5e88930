#include "catalog/verify/demands.h"

#include <algorithm>

#include "catalog/base/text.h"
#include "catalog/model/registry.h"

namespace stackport::verify {

namespace {

constexpr std::int64_t kGiga = 1'000'000'000;

bool ListsCloud(const Component& component, const std::string& cloud) {
  if (const Fact* hosted = component.FindFact("hosted_on")) {
    if (Holds(hosted->value.tokens, cloud)) return true;
  }
  for (const Requirement& requirement : component.requires_) {
    for (const RequiredCapability& wanted : requirement.any_of) {
      if (wanted.capability != "cloud-services") continue;
      for (const Condition& condition : wanted.where) {
        if (condition.attribute == "cloud" && Holds(condition.tokens, cloud)) return true;
      }
    }
  }
  return false;
}

std::string WhyNoModel(const Place& place, const ClaimedPart& part, const Component& component) {
  if (component.kind != "model" || component.FindCapability("language-model") == nullptr) {
    return "it is no language model";
  }
  if (IsHosted(part)) {
    return !place.customer && ListsCloud(component, place.cloud)
               ? ""
               : "the cloud of the place does not list it";
  }
  return FlagOf(component, "language-model", "self_hosted") || FactHolds(component, "open_weights")
             ? ""
             : "its weights cannot be run by the operator";
}

std::string WhyNoCompute(const Place& place, const Component& component) {
  if (component.kind == "accelerator") {
    return place.customer ? "" : "accelerators are bought for a customer's site only";
  }
  if (component.kind != "cloud_instance") return "it computes nothing";
  return !place.customer && ListsCloud(component, place.cloud)
             ? ""
             : "it cannot be rented at this place";
}

std::string WhyNoCloudServices(const Place& place, const Component& component) {
  if (component.FindCapability("cloud-services") == nullptr) return "it has no cloud services";
  if (!place.customer) {
    return &component == place.provider ? "" : "it is not the provider of the place";
  }
  const bool fits = place.deployment == "sovereign_cloud"
                        ? component.kind == "sovereign_cloud" &&
                              FlagOf(component, "cloud-services", "customer_site")
                        : component.kind == "cloud_platform";
  return fits ? "" : "it does not run at a customer's site of this kind";
}

}  // namespace

std::vector<std::string_view> Groups() {
  return {kModel,         kServing,      kCompute, kServers,      kNetworking, kStorage,
          kCloudServices, kEntitlements, kData,    kApplications, kSecurity};
}

std::vector<std::string> DemandsOfGroup(const World& world, std::string_view group) {
  if (group == kData) return {"data_pipeline", "data_labeling"};
  if (group == kSecurity) return world.asked.controls;
  if (group != kApplications) return {std::string(group)};
  std::vector<std::string> tasks;
  for (const UseCaseAsked& use_case : world.asked.use_cases) tasks.push_back(use_case.task);
  return tasks;
}

std::string_view GroupOf(const World& world, std::string_view demand) {
  for (const std::string_view group : Groups()) {
    if (Holds(DemandsOfGroup(world, group), demand)) return group;
  }
  return {};
}

const ProvidedCapability* DoesTask(const Component& application, std::string_view task) {
  const ProvidedCapability* general = nullptr;
  for (const ProvidedCapability& provided : application.provides) {
    const auto tasks = provided.attributes.find("task");
    if (provided.capability != "application" || tasks == provided.attributes.end()) continue;
    if (Holds(tasks->second.tokens, task)) return &provided;
    if (general == nullptr && Holds(tasks->second.tokens, "assistant.general")) general = &provided;
  }
  const auto* conversational = Registry::Builtin().FindVocabulary("assistant_task");
  const bool may = conversational != nullptr && conversational->contains(std::string(task));
  return may ? general : nullptr;
}

bool IsHosted(const ClaimedPart& part) {
  return part.kind == "model" && part.role == "called as a hosted interface";
}

bool IsIncluded(const ClaimedPart& part, const Place& place, std::string_view group) {
  const bool group_of_region =
      group == kServing || group == kCompute || group == kNetworking || group == kStorage;
  return group_of_region && place.provider != nullptr && part.component == place.provider->id;
}

std::string WhyNot(const World& world, const Place& place, const ClaimedPart& part,
                   const Component& component, std::string_view demand) {
  const std::string_view group = GroupOf(world, demand);
  if (IsIncluded(part, place, group)) return "";
  const bool machine_elsewhere =
      !place.customer && (group == kServers || group == kNetworking || group == kStorage);
  if (machine_elsewhere) return "a region has its own";
  if (group == kModel) return WhyNoModel(place, part, component);
  if (group == kCompute) return WhyNoCompute(place, component);
  if (group == kCloudServices) return WhyNoCloudServices(place, component);
  const auto provides = [&](std::string_view capability) {
    return component.FindCapability(capability) != nullptr;
  };
  if (group == kServing) {
    return component.kind == "serving_runtime" && provides("model-serving") ? ""
                                                                            : "it serves no model";
  }
  if (group == kServers) {
    return component.kind == "server" && provides("accelerator-host") ? "" : "it is no server";
  }
  if (group == kNetworking) {
    const bool half = TokensOf(component, "fabric-switching", "role").size() == 1;
    if (half) return "it is one half of a two-part fabric";
    return component.kind == "network_switch" && provides("fabric-switching") ? ""
                                                                              : "it is no switch";
  }
  if (group == kStorage) {
    return NumberOf(component, "data-storage", "capacity").value_or(0) >= kGiga
               ? ""
               : "it does not state its capacity";
  }
  if (group == kEntitlements)
    return provides("software-entitlement") ? "" : "it entitles to nothing";
  if (group == kData) {
    return provides(demand == "data_pipeline" ? "data-pipeline" : "data-labeling")
               ? ""
               : "it does not provide that";
  }
  if (group == kApplications) {
    return component.kind == "application" && DoesTask(component, demand) != nullptr
               ? ""
               : "it does not do that";
  }
  if (group == kSecurity) {
    return Holds(TokensOf(component, "security-control", "control"), demand)
               ? ""
               : "it does not provide the control";
  }
  return "the request does not demand " + Quoted(demand);
}

}  // namespace stackport::verify
