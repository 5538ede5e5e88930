#include "tests/bench/catalog_generator.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tests/oracle/random.h"

namespace stackport::bench {

namespace {

using oracle::Random;

// How often a kind is drawn, and how many of it there are at most: the world has thousands of
// servers, applications and models, and some hundred accelerators.
struct KindShare {
  const char* kind;
  int share;
  std::size_t most;
};
constexpr std::size_t kAny = static_cast<std::size_t>(-1);
constexpr KindShare kShares[] = {
    {"application", 260, kAny},   {"model", 140, kAny},
    {"server", 140, kAny},        {"cloud_instance", 140, kAny},
    {"cybersecurity", 70, kAny},  {"data_pipeline", 70, kAny},
    {"model_security", 40, kAny}, {"data_labeling", 40, kAny},
    {"storage_system", 40, kAny}, {"facility", 40, kAny},
    {"network_switch", 30, kAny}, {"confidential_computing", 20, kAny},
    {"network_optic", 20, kAny},  {"serving_runtime", 20, 1000},
    {"accelerator", 20, 400},     {"cloud_platform", 10, 500},
    {"cloud_provider", 10, 40},   {"sovereign_cloud", 10, 30},
};
constexpr int kComponentsPerVendor = 20;
constexpr std::size_t kMostVendors = 50'000;

class Generator {
 public:
  Generator(const CatalogSnapshot& base, std::uint64_t seed) : base_(base), random_(seed) {
    for (const Component& component : base.components) {
      templates_[component.kind].push_back(&component);
      if (component.kind == "accelerator") accelerators_.push_back(component.id);
      RememberCloud(component);
    }
  }

  SnapshotPtr Run(std::size_t count) {
    std::vector<PluginRecord> plugins = base_.plugins;
    std::vector<std::pair<std::string, Component>> components;
    components.reserve(count);
    for (const Component& component : base_.components) {
      components.emplace_back(base_.plugin_of.find(component.id)->second, component);
    }
    const std::size_t vendors =
        std::clamp<std::size_t>(count / kComponentsPerVendor, 10, kMostVendors);
    for (std::size_t v = 0; v < vendors; ++v) plugins.push_back(MakePlugin(v));
    // Clouds and accelerators first: others refer to them.
    std::vector<std::string> kinds;
    for (std::size_t i = components.size(); i < count; ++i) kinds.push_back(DrawKind());
    const auto refers = [](const std::string& kind) {
      return kind != "accelerator" && kind != "cloud_provider" && kind != "sovereign_cloud";
    };
    std::stable_partition(kinds.begin(), kinds.end(),
                          [&](const std::string& kind) { return !refers(kind); });
    for (std::size_t i = 0; i < kinds.size(); ++i) {
      const std::string vendor = VendorId(random_.Index(vendors));
      components.emplace_back(vendor, Vary(kinds[i], vendor, i));
    }
    return MakeSnapshot(std::move(plugins), std::move(components), "2026-01-01T00:00:00Z");
  }

 private:
  struct Cloud {
    std::string token;
    std::vector<std::string> countries;
  };

  static std::string VendorId(std::size_t number) { return fmt::format("gen-{:05}", number); }
  static Provenance Invented() { return {"generated", "2026-01", ""}; }

  PluginRecord MakePlugin(std::size_t number) {
    constexpr std::string_view kAbroad[] = {"DE", "FR", "GB", "JP", "KR", "TW", "IL", "CN"};
    PluginRecord plugin;
    plugin.id = VendorId(number);
    plugin.version = "1.0.0";
    plugin.content_hash = plugin.id;
    plugin.form = "data";
    plugin.vendor.id = plugin.id;
    plugin.vendor.name = plugin.id;
    plugin.vendor.provenance = Invented();
    const std::int64_t draw = random_.Between(0, 99);
    if (draw < 85) plugin.vendor.headquarters = "US";
    if (draw >= 85 && draw < 95) {
      plugin.vendor.headquarters = kAbroad[random_.Index(std::size(kAbroad))];
    }
    return plugin;
  }

  std::string DrawKind() {
    while (true) {
      std::int64_t draw = random_.Between(0, total_share_ - 1);
      for (const KindShare& share : kShares) {
        draw -= share.share;
        if (draw >= 0) continue;
        const auto found = templates_.find(share.kind);
        if (found == templates_.end()) break;
        std::size_t& made = made_.try_emplace(share.kind, found->second.size()).first->second;
        if (made >= share.most) break;
        ++made;
        return share.kind;
      }
    }
  }

  void RememberCloud(const Component& component) {
    if (component.kind != "cloud_provider" && component.kind != "sovereign_cloud") return;
    const ProvidedCapability* services = component.FindCapability("cloud-services");
    if (services == nullptr) return;
    const auto token = services->attributes.find("cloud");
    if (token == services->attributes.end()) return;
    Cloud cloud{token->second.tokens.front(), {}};
    for (const Offer& offer : component.offers) {
      if (!offer.location_country.empty()) cloud.countries.push_back(offer.location_country);
    }
    if (!cloud.countries.empty()) clouds_.push_back(std::move(cloud));
  }

  Interval Scaled(const Interval& number, int low_percent, int high_percent) {
    const std::int64_t percent = random_.Between(low_percent, high_percent);
    // Divided first where the product could leave 64 bits.
    const auto scale = [&](std::int64_t value) {
      return value > 1'000'000'000'000 ? value / 100 * percent : value * percent / 100;
    };
    return {scale(number.low), scale(number.high)};
  }

  Component Vary(const std::string& kind, const std::string& vendor, std::size_t number) {
    Component component = *random_.Pick(templates_.at(kind));
    component.vendor_id = vendor;
    component.name = fmt::format("{} {}", kind, number);
    component.id = fmt::format("{}/{}-{}", vendor, kind, number);
    std::replace(component.id.begin(), component.id.end(), '_', '-');
    component.summary.clear();
    component.unknown.clear();
    VaryFacts(component);
    for (ProvidedCapability& provided : component.provides) {
      provided.provenance = {};
      for (auto& [name, value] : provided.attributes) VaryAttribute(component, name, value);
    }
    for (Requirement& requirement : component.requires_) requirement.provenance = {};
    for (Offer& offer : component.offers) VaryOffer(offer);
    if (kind == "accelerator") accelerators_.push_back(component.id);
    if (kind == "cloud_instance") PlaceInCloud(component);
    RememberCloud(component);
    component.document = component.id;  // only its hash is used: it names the snapshot
    return component;
  }

  void VaryFacts(Component& component) {
    component.facts.erase("throughput");  // measured rows name real models
    for (auto fact = component.facts.begin(); fact != component.facts.end();) {
      if (fact->first != "languages" && random_.Percent(5)) {
        fact = component.facts.erase(fact);
        continue;
      }
      fact->second.provenance = Invented();
      AttributeValue& value = fact->second.value;
      // A nominal voltage or a share of the whole is not scaled.
      const bool fixed = fact->first == "mains_voltage" || fact->first == "us_content";
      if (value.kind == AttributeValue::Kind::kNumber && !fixed) {
        value.number = Scaled(value.number, 70, 150);
        value.number.low = std::max<std::int64_t>(1, value.number.low);
        value.number.high = std::max(value.number.low, value.number.high);
      }
      ++fact;
    }
    const bool hardware = component.kind == "accelerator" || component.kind == "server" ||
                          component.kind == "network_switch" || component.kind == "storage_system";
    if (hardware && random_.Percent(40)) {
      const std::int64_t share = random_.Between(20, 90) * 100;
      Fact content;
      content.value.kind = AttributeValue::Kind::kNumber;
      content.value.number = {share, share};
      content.provenance = Invented();
      component.facts["us_content"] = content;
    }
  }

  void VaryAttribute(const Component& component, const std::string& name, AttributeValue& value) {
    if (name == "model") {
      value.tokens = {component.id.substr(component.id.find('/') + 1)};
    } else if (name == "cloud" &&
               (component.kind == "cloud_provider" || component.kind == "sovereign_cloud")) {
      value.tokens = {component.id.substr(component.id.find('/') + 1)};
    } else if (name == "accelerator") {
      value.tokens = {random_.Pick(accelerators_)};
    } else if (name == "accelerators" && value.kind == AttributeValue::Kind::kTokens) {
      value.tokens.clear();
      for (std::int64_t i = random_.Between(1, 4); i > 0; --i) {
        value.tokens.push_back(random_.Pick(accelerators_));
      }
      std::sort(value.tokens.begin(), value.tokens.end());
      value.tokens.erase(std::unique(value.tokens.begin(), value.tokens.end()), value.tokens.end());
    } else if (name == "capacity" || name == "read_rate") {
      value.number = Scaled(value.number, 50, 300);
    }
  }

  void VaryOffer(Offer& offer) {
    offer.provenance = {};
    offer.lead_time_provenance = {};
    if (random_.Percent(15)) offer.prices.clear();
    for (Price& price : offer.prices) {
      price.provenance = Invented();
      price.micro_usd = Scaled(price.micro_usd, 50, 200);
    }
    if (!offer.sold_only_in && !offer.sold_except_in && offer.location_country.empty() &&
        random_.Percent(60)) {
      offer.sold_except_in = {"CU", "IR", "KP", "RU", "SY"};
    }
    if (offer.lead_time_days) offer.lead_time_days = Scaled(*offer.lead_time_days, 50, 200);
  }

  // The machine moves to another cloud, with a region that this cloud has.
  void PlaceInCloud(Component& machine) {
    const Cloud& cloud = random_.Pick(clouds_);
    for (Requirement& requirement : machine.requires_) {
      for (RequiredCapability& alternative : requirement.any_of) {
        for (Condition& condition : alternative.where) {
          if (condition.attribute == "cloud") condition.tokens = {cloud.token};
        }
      }
    }
    for (Offer& offer : machine.offers) {
      if (!offer.location_country.empty()) offer.location_country = random_.Pick(cloud.countries);
    }
  }

  const CatalogSnapshot& base_;
  Random random_;
  std::map<std::string, std::vector<const Component*>, std::less<>> templates_;
  std::map<std::string, std::size_t, std::less<>> made_;
  std::vector<std::string> accelerators_;
  std::vector<Cloud> clouds_;
  const std::int64_t total_share_ = [] {
    std::int64_t total = 0;
    for (const KindShare& share : kShares) total += share.share;
    return total;
  }();
};

}  // namespace

SnapshotPtr GenerateCatalog(const CatalogSnapshot& base, std::size_t count, std::uint64_t seed) {
  return Generator(base, seed).Run(count);
}

}  // namespace stackport::bench
