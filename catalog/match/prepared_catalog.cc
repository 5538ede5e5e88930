#include "catalog/match/prepared_catalog.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "catalog/match/provided_values.h"

namespace stackport::match {

namespace {

std::vector<std::string> CloudsIn(const Component& component) {
  std::vector<std::string> clouds;
  if (const Fact* hosted = component.FindFact("hosted_on")) clouds = hosted->value.tokens;
  for (const Requirement& requirement : component.requires_) {
    for (const RequiredCapability& alternative : requirement.any_of) {
      if (alternative.capability != "cloud-services") continue;
      for (const Condition& condition : alternative.where) {
        if (condition.attribute == "cloud") {
          clouds.insert(clouds.end(), condition.tokens.begin(), condition.tokens.end());
        }
      }
    }
  }
  std::sort(clouds.begin(), clouds.end());
  clouds.erase(std::unique(clouds.begin(), clouds.end()), clouds.end());
  return clouds;
}

template <typename Map>
std::span<const std::size_t> ListIn(const Map& map, std::string_view name) {
  const auto found = map.find(name);
  if (found == map.end()) return {};
  return found->second;
}

}  // namespace

PreparedCatalog::PreparedCatalog(SnapshotPtr snapshot)
    : snapshot_(std::move(snapshot)),
      traits_(*snapshot_),
      tags_(*snapshot_),
      class_samples_(*snapshot_) {
  const std::vector<Component>& components = snapshot_->components;
  for (std::size_t i = 0; i < components.size(); ++i) {
    by_kind_[components[i].kind].push_back(i);
    for (const ProvidedCapability& provided : components[i].provides) {
      std::vector<std::size_t>& list = by_capability_[provided.capability];
      if (list.empty() || list.back() != i) list.push_back(i);
    }
    if (components[i].kind != "accelerator") continue;
    export_classes_.emplace(&components[i], ClassifyAccelerator(FiguresOf(components[i])));
    std::vector<ThroughputRow> rows = ReadThroughput(components[i]);
    if (!rows.empty()) throughput_.emplace(&components[i], std::move(rows));
  }
  FindClouds();
  FindFigures();
}

void PreparedCatalog::FindFigures() {
  // By accelerator and the memory of one.
  std::map<std::pair<const Component*, std::int64_t>, std::int32_t> kinds;
  figures_of_.assign(snapshot_->components.size(), -1);
  for (std::size_t i = 0; i < snapshot_->components.size(); ++i) {
    const Component& component = At(i);
    const KindOf kind = traits_[i].kind;
    if (kind == KindOf::kModel) {
      figures_of_[i] = static_cast<std::int32_t>(model_figures_.size());
      model_figures_.emplace_back(component);
      continue;
    }
    const Component* accelerator = &component;
    if (kind == KindOf::kCloudInstance) {
      const auto& inside = ProvidedTokens(component, "accelerated-compute", "accelerator");
      accelerator = inside.empty() ? nullptr : snapshot_->Find(inside.front());
    } else if (kind != KindOf::kAccelerator) {
      continue;
    }
    if (accelerator == nullptr) continue;
    const AttributeValue* stated =
        ProvidedValue(component, "accelerated-compute", "memory_per_accelerator");
    constexpr std::int64_t kNotStated = -1;  // it is the whole memory of the accelerator
    const std::int64_t memory = stated == nullptr ? kNotStated : stated->number.low;
    const auto [found, added] = kinds.try_emplace(
        {accelerator, memory}, static_cast<std::int32_t>(machine_figures_.size()));
    if (added) {
      std::optional<std::int64_t> own;
      if (stated != nullptr) own = memory;
      machine_figures_.emplace_back(*accelerator, ThroughputOf(*accelerator), own);
    }
    figures_of_[i] = found->second;
  }
}

void PreparedCatalog::FindClouds() {
  for (const char* kind : {"cloud_instance", "model"}) {
    const bool rented = kind == std::string_view("cloud_instance");
    for (const std::size_t position : OfKind(kind)) {
      const Component& component = At(position);
      std::vector<std::string> clouds = CloudsIn(component);
      if (clouds.empty()) continue;
      for (const std::string& cloud : clouds) {
        std::set<std::string>& countries = served_[cloud];
        if (!rented || component.offers.empty()) countries.insert("");
        if (!rented) continue;
        for (const Offer& offer : component.offers) countries.insert(offer.location_country);
      }
      clouds_.emplace(position, std::move(clouds));
    }
  }
}

std::span<const std::size_t> PreparedCatalog::OfKind(std::string_view kind) const {
  return ListIn(by_kind_, kind);
}

std::span<const std::size_t> PreparedCatalog::Providing(std::string_view capability) const {
  return ListIn(by_capability_, capability);
}

const std::vector<std::string>& PreparedCatalog::CloudsOf(std::size_t position) const {
  static const std::vector<std::string> kNone;
  const auto found = clouds_.find(position);
  return found == clouds_.end() ? kNone : found->second;
}

bool PreparedCatalog::Serves(std::string_view cloud, const std::string& country) const {
  const auto found = served_.find(cloud);
  return found != served_.end() && (found->second.contains("") || found->second.contains(country));
}

const std::vector<ThroughputRow>& PreparedCatalog::ThroughputOf(
    const Component& accelerator) const {
  static const std::vector<ThroughputRow> kNone;
  const auto found = throughput_.find(&accelerator);
  return found == throughput_.end() ? kNone : found->second;
}

}  // namespace stackport::match
