// The demands of a package, and whether a component answers one, by its document alone.
#ifndef STACKPORT_CATALOG_VERIFY_DEMANDS_H_
#define STACKPORT_CATALOG_VERIFY_DEMANDS_H_

#include <string>
#include <string_view>
#include <vector>

#include "catalog/verify/world.h"

namespace stackport::verify {

// Groups of demands that are answered together, named as in a result.
inline constexpr std::string_view kModel = "model";
inline constexpr std::string_view kServing = "model serving";
inline constexpr std::string_view kCompute = "accelerated compute";
inline constexpr std::string_view kServers = "servers";
inline constexpr std::string_view kNetworking = "networking";
inline constexpr std::string_view kStorage = "storage";
inline constexpr std::string_view kCloudServices = "cloud services";
inline constexpr std::string_view kEntitlements = "entitlements";
inline constexpr std::string_view kData = "data pipeline and labeling";
inline constexpr std::string_view kApplications = "applications";
inline constexpr std::string_view kSecurity = "security";

// Demands of the group: itself, or the members of the three that sets answer.
std::vector<std::string> DemandsOfGroup(const World& world, std::string_view group);
// The group of a demand; empty for one that the request does not make.
std::string_view GroupOf(const World& world, std::string_view demand);
// Every group, in the order of a result's parts.
std::vector<std::string_view> Groups();

// The capability by which an application does a task: one that states it, else a general
// assistant's where the task is conversational; null when it does not do it.
const ProvidedCapability* DoesTask(const Component& application, std::string_view task);

// Whether the model is called as a service of the place's cloud rather than run by the operator.
bool IsHosted(const ClaimedPart& part);
// Whether a part is something that the region's provider brings along.
bool IsIncluded(const ClaimedPart& part, const Place& place, std::string_view group);

// Empty when the component answers the demand there, else why it does not.
std::string WhyNot(const World& world, const Place& place, const ClaimedPart& part,
                   const Component& component, std::string_view demand);

}  // namespace stackport::verify

#endif  // STACKPORT_CATALOG_VERIFY_DEMANDS_H_
