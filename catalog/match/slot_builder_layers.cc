// The candidates of each slot, layer by layer.
#include <fmt/format.h>

#include <algorithm>

#include "catalog/match/sites.h"
#include "catalog/match/slot_builder.h"

namespace stackport::match {

namespace {

constexpr std::int64_t kGigabyte = 1'000'000'000;
constexpr std::int64_t kMegabyte = 1'000'000;
constexpr std::int64_t kTerabyteInGigabytes = 1000;
// Stands for "reads as fast as anyone asks" where the rate is a service's affair or not stated.
constexpr std::int64_t kUnboundedMbPerS = 1'000'000'000;
// A storage unit joins the fabric with two ports, for redundancy.
constexpr std::int64_t kStoragePorts = 2;

const AttributeValue* ProvidedValue(const Component& component, std::string_view capability,
                                    const std::string& attribute) {
  const ProvidedCapability* provided = component.FindCapability(capability);
  if (provided == nullptr) return nullptr;
  const auto found = provided->attributes.find(attribute);
  return found == provided->attributes.end() ? nullptr : &found->second;
}

std::vector<std::string> Tokens(const Component& component, std::string_view capability,
                                const std::string& attribute) {
  const AttributeValue* value = ProvidedValue(component, capability, attribute);
  return value == nullptr ? std::vector<std::string>() : value->tokens;
}

std::int64_t Number(const Component& component, std::string_view capability,
                    const std::string& attribute, std::int64_t fallback) {
  const AttributeValue* value = ProvidedValue(component, capability, attribute);
  return value == nullptr ? fallback : value->number.low;
}

bool IsTrue(const Component& component, std::string_view capability, const std::string& attribute) {
  const AttributeValue* value = ProvidedValue(component, capability, attribute);
  return value != nullptr && value->flag;
}

bool FactIsTrue(const Component& component, std::string_view fact) {
  const Fact* found = component.FindFact(fact);
  return found != nullptr && found->value.flag;
}

bool AtCustomer(const Site& site) {
  return site.customer_site;
}
bool Anywhere(const Site&) {
  return true;
}

// Clouds whose catalogue lists the model, and those its document asks for.
std::vector<std::string> HostingClouds(const Component& model) {
  std::vector<std::string> clouds;
  if (const Fact* hosted = model.FindFact("hosted_on")) clouds = hosted->value.tokens;
  for (const Requirement& requirement : model.requires_) {
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

}  // namespace

void SlotBuilder::DeclareSlots() {
  struct Declaration {
    const char* name;
    SlotChoice choice;
    QuantityId quantity;
    int weight;
  };
  const Declaration declarations[kFixedSlots] = {
      {"deployment", SlotChoice::kOne, kOneUnit, 0},
      {"model", SlotChoice::kOne, kOneUnit, 1},
      {"model serving", SlotChoice::kOne, kOneUnit, 1},
      {"accelerated compute", SlotChoice::kOne, kComputeUnits, 1},
      {"servers", SlotChoice::kOptional, kNodes, 1},
      {"networking", SlotChoice::kOne, kSwitches, 1},
      {"storage", SlotChoice::kOne, kStorageUnits, 1},
      {"cloud services", SlotChoice::kOne, kOneUnit, 1},
      {"entitlements", SlotChoice::kOptional, kAccelerators, 1},
      {"data pipeline and labeling", SlotChoice::kSet, kOneUnit, 1},
      {"applications", SlotChoice::kSet, kOneUnit, 1},
      {"security", SlotChoice::kSet, kOneUnit, 1},
  };
  for (const Declaration& declaration : declarations) {
    Slot slot;
    slot.name = declaration.name;
    slot.choice = declaration.choice;
    slot.quantity = declaration.quantity;
    slot.distance_weight = declaration.weight;
    compiled_.problem.slots.push_back(std::move(slot));
    compiled_.parts.emplace_back();
  }
  compiled_.data_demands = {"data_pipeline", "data_labeling"};
  compiled_.security_demands = request_.security_controls;
  for (const UseCase& use_case : request_.use_cases) {
    compiled_.application_demands.push_back(use_case.task);
  }
  const auto cover = [&](int index, const std::vector<std::string>& demands) {
    Slot& slot = compiled_.problem.slots[static_cast<std::size_t>(index)];
    slot.cover = demands;
    slot.max_picks = static_cast<int>(demands.size());
  };
  cover(kDataSlot, compiled_.data_demands);
  cover(kApplicationSlot, compiled_.application_demands);
  cover(kSecuritySlot, compiled_.security_demands);
}

void SlotBuilder::AddDeployments() {
  for (std::size_t s = 0; s < compiled_.sites.size(); ++s) {
    const Site& site = compiled_.sites[s];
    Draft draft;
    draft.candidate.id = site.id;
    draft.candidate.provides = {site_tags_[s]};
    draft.candidate.labels = {""};
    for (const std::string& id : pinned_components_) {
      draft.candidate.requires_.push_back({tags_.Id("pinned " + id)});
    }
    for (const std::string& id : pinned_vendors_) {
      draft.candidate.requires_.push_back({tags_.Id("vendor " + id)});
    }
    Value(draft.candidate, kAbroad) = site.country == request_.country ? 0 : 1;
    draft.part.location_country = site.country;
    draft.part.regions = site.regions;
    Add(kDeploymentSlot, std::move(draft));
  }
}

void SlotBuilder::AddModels() {
  const Workload& workload = compiled_.workload;
  PriceBasis basis;
  basis.users = workload.users;
  basis.input_tokens_per_year = workload.input_tokens_per_year;
  basis.output_tokens_per_year = workload.output_tokens_per_year;
  for (const std::size_t index : Eligible("model")) {
    const Component& model = snapshot_.components[index];
    const ProvidedCapability* language = model.FindCapability("language-model");
    if (language == nullptr) continue;
    const bool self_hosted =
        IsTrue(model, "language-model", "self_hosted") || FactIsTrue(model, "open_weights");
    if (self_hosted) {
      Variant variant;
      for (std::size_t s = 0; s < compiled_.sites.size(); ++s) variant.sites.push_back(s);
      for (const Offer& offer : model.offers) {
        const bool weights = std::any_of(offer.prices.begin(), offer.prices.end(),
                                         [](const Price& p) { return p.per == PricePer::kUnit; });
        if (weights) variant.placement.offer = &offer;
      }
      Draft draft = MakeDraft(index, variant, model.id, basis);
      draft.candidate.requires_.clear();
      draft.part.role = "weights run by the operator";
      draft.candidate.provides.push_back(tags_.Id("weights run by the operator"));
      for (const std::string& name : Tokens(model, "language-model", "model")) {
        draft.candidate.provides.push_back(tags_.Id("model " + name));
      }
      for (const std::string& name : Tokens(model, "language-model", "family")) {
        draft.candidate.provides.push_back(tags_.Id("family " + name));
      }
      const auto memory = model.Number("weights_memory_bf16");
      const auto parameters = model.Number("parameters");
      const std::int64_t bytes = memory ? memory->high : parameters ? parameters->high * 2 : 0;
      Value(draft.candidate, kLoadMbPerS) =
          MulDivCeil(bytes / kMegabyte, 1000, request_.Milli("model_load_seconds"));
      Add(kModelSlot, std::move(draft));
    }
    const std::vector<std::string> clouds = HostingClouds(model);
    Variant hosted;
    for (std::size_t s = 0; s < compiled_.sites.size(); ++s) {
      const Site& site = compiled_.sites[s];
      if (!site.customer_site && std::binary_search(clouds.begin(), clouds.end(), site.cloud)) {
        hosted.sites.push_back(s);
      }
    }
    if (hosted.sites.empty()) continue;
    for (const Offer& offer : model.offers) {
      const bool per_token =
          std::any_of(offer.prices.begin(), offer.prices.end(), [](const Price& p) {
            return p.per == PricePer::kMillionInputTokens ||
                   p.per == PricePer::kMillionOutputTokens;
          });
      if (per_token) hosted.placement.offer = &offer;
    }
    Draft draft = MakeDraft(index, hosted, model.id + "#hosted", basis);
    // MakeDraft's requirements are those of running the weights; hosting needs only the site.
    draft.candidate.requires_.clear();
    RequireSites(draft.candidate, hosted.sites);
    draft.part.role = kHostedModelRole;
    draft.candidate.provides.push_back(tags_.Id("hosted interface"));
    for (const std::string& name : Tokens(model, "language-model", "family")) {
      draft.candidate.provides.push_back(tags_.Id("family " + name));
    }
    draft.part.questions_here.push_back(
        {model.id, "hosted_regions", "hosted interface in the region",
         "The cloud lists the model; whether the chosen region serves it is not stated.", true});
    Add(kModelSlot, std::move(draft));
  }
}

void SlotBuilder::AddRuntimes() {
  for (const std::size_t index : Eligible("serving_runtime")) {
    const Component& runtime = snapshot_.components[index];
    if (runtime.FindCapability("model-serving") == nullptr) continue;
    std::vector<TagId> served;
    for (const std::string& name : Tokens(runtime, "model-serving", "model")) {
      served.push_back(tags_.Id("model " + name));
    }
    for (const std::string& name : Tokens(runtime, "model-serving", "family")) {
      served.push_back(tags_.Id("family " + name));
    }
    if (served.empty()) continue;  // it states nothing it serves
    std::sort(served.begin(), served.end());
    const std::vector<Variant> variants = VariantsOf(index, Anywhere);
    for (std::size_t v = 0; v < variants.size(); ++v) {
      Draft draft = MakeDraft(index, variants[v], runtime.id + SuffixFor(variants[v], v), {});
      draft.candidate.requires_.push_back(served);
      draft.candidate.requires_.push_back({tags_.Id("weights run by the operator")});
      Add(kRuntimeSlot, std::move(draft));
    }
  }
}

void SlotBuilder::AddAccelerators() {
  for (const std::size_t index : Eligible("accelerator")) {
    const Component& accelerator = snapshot_.components[index];
    const std::vector<Variant> variants = VariantsOf(index, AtCustomer);
    for (std::size_t v = 0; v < variants.size(); ++v) {
      Draft draft = MakeDraft(index, variants[v], accelerator.id + SuffixFor(variants[v], v), {});
      draft.candidate.requires_.push_back({tags_.Id("a server for " + accelerator.id)});
      draft.candidate.requires_.push_back({tags_.Id("weights run by the operator")});
      draft.candidate.provides.push_back(tags_.Id("accelerator " + accelerator.id));
      draft.part.power = PowerOf(accelerator, classes_, snapshot_);
      draft.part.hardware_value = true;
      if (const auto share = accelerator.Number("us_content")) draft.part.us_content_bp = *share;
      Value(draft.candidate, kAcceleratorsPerUnit) = 1;
      accelerator_of_.push_back(&accelerator);
      const std::size_t before = compiled_.parts[kComputeSlot].size();
      Add(kComputeSlot, std::move(draft));
      if (compiled_.parts[kComputeSlot].size() == before) accelerator_of_.pop_back();
    }
  }
}

void SlotBuilder::AddRentedMachines() {
  for (const std::size_t index : Eligible("cloud_instance")) {
    const Component& machine = snapshot_.components[index];
    const std::vector<std::string> inside = Tokens(machine, "accelerated-compute", "accelerator");
    const Component* accelerator = inside.empty() ? nullptr : snapshot_.Find(inside.front());
    const AttributeValue* count = ProvidedValue(machine, "accelerated-compute", "accelerators");
    if (accelerator == nullptr || count == nullptr) {
      site_exclusions_.try_emplace(
          index,
          Exclusion{machine.id,
                    "cannot_size",
                    accelerator == nullptr
                        ? "the accelerator inside is not in the catalog, so it cannot be sized"
                        : "it does not state how many accelerators it holds",
                    {},
                    {}});
      continue;
    }
    std::vector<std::string> clouds;
    for (const Requirement& requirement : machine.requires_) {
      for (const RequiredCapability& alternative : requirement.any_of) {
        for (const Condition& condition : alternative.where) {
          clouds.insert(clouds.end(), condition.tokens.begin(), condition.tokens.end());
        }
      }
    }
    const std::vector<Variant> variants = VariantsOf(index, [&](const Site& site) {
      return !site.customer_site &&
             std::find(clouds.begin(), clouds.end(), site.cloud) != clouds.end();
    });
    PriceBasis basis;
    basis.accelerators_per_unit = count->number.low;
    for (std::size_t v = 0; v < variants.size(); ++v) {
      const Site& site = compiled_.sites[variants[v].sites.front()];
      Draft draft = MakeDraft(index, variants[v], machine.id + SuffixFor(variants[v], v), basis);
      draft.candidate.requires_.push_back({tags_.Id("weights run by the operator")});
      draft.part.role = "rented machines";
      draft.part.location_country = site.country;
      draft.part.regions = variants[v].placement.offer == nullptr
                               ? site.regions
                               : variants[v].placement.offer->regions;
      Value(draft.candidate, kAcceleratorsPerUnit) = count->number.low;
      accelerator_of_.push_back(accelerator);
      const std::size_t before = compiled_.parts[kComputeSlot].size();
      Add(kComputeSlot, std::move(draft));
      if (compiled_.parts[kComputeSlot].size() == before) accelerator_of_.pop_back();
    }
  }
}

void SlotBuilder::AddServers() {
  for (const std::size_t index : Eligible("server")) {
    const Component& server = snapshot_.components[index];
    const std::vector<std::string> held = Tokens(server, "accelerator-host", "accelerators");
    const std::int64_t slots = Number(server, "accelerator-host", "slots", 0);
    if (held.empty() || slots <= 0) {
      site_exclusions_.try_emplace(
          index, Exclusion{server.id,
                           "cannot_size",
                           "it does not state which accelerators it holds and how many",
                           {},
                           {}});
      continue;
    }
    const std::vector<Variant> variants = VariantsOf(index, AtCustomer);
    for (std::size_t v = 0; v < variants.size(); ++v) {
      Draft draft = MakeDraft(index, variants[v], server.id + SuffixFor(variants[v], v), {});
      std::vector<TagId> any;
      for (const std::string& id : held) {
        any.push_back(tags_.Id("accelerator " + id));
        draft.candidate.provides.push_back(tags_.Id("a server for " + id));
      }
      std::sort(any.begin(), any.end());
      draft.candidate.requires_.push_back(std::move(any));
      draft.part.power = PowerOf(server, classes_, snapshot_);
      draft.part.hardware_value = true;
      if (const auto share = server.Number("us_content")) draft.part.us_content_bp = *share;
      // Boards and racks come fully populated; cards are bought one by one.
      const std::vector<std::string> sockets = Tokens(server, "accelerator-host", "socket");
      const bool cards = !sockets.empty() &&
                         std::all_of(sockets.begin(), sockets.end(), [](const std::string& socket) {
                           return socket.starts_with("pcie");
                         });
      Value(draft.candidate, kSlotsFilled) = cards ? 0 : slots;
      std::int64_t ports = MulDivCeil(slots, request_.Milli("fabric_ports_per_accelerator"), 1000);
      for (const Requirement& requirement : server.requires_) {
        for (const RequiredCapability& alternative : requirement.any_of) {
          if (alternative.capability == "fabric-port" && requirement.per_unit > 1) {
            ports = requirement.per_unit;
          }
        }
      }
      Value(draft.candidate, kPorts) = ports;
      for (int size = 0; size < kReplicaSizes; ++size) {
        Value(draft.candidate, kReplicaCapacity0 + size) = slots / (std::int64_t{1} << size);
      }
      Add(kServerSlot, std::move(draft));
    }
  }
}

void SlotBuilder::AddSwitches() {
  for (const std::size_t index : Eligible("network_switch")) {
    const Component& fabric = snapshot_.components[index];
    const std::vector<std::string> roles = Tokens(fabric, "fabric-switching", "role");
    const std::int64_t ports = Number(fabric, "fabric-switching", "ports", 0);
    if (roles.size() == 1 || ports < 2) {
      site_exclusions_.try_emplace(
          index, Exclusion{fabric.id,
                           roles.size() == 1 ? "half_fabric" : "cannot_size",
                           roles.size() == 1
                               ? "it is only the " + roles.front() +
                                     " of a two-part fabric, and packages use one switch model"
                               : "it does not state how many ports it has",
                           {},
                           {}});
      continue;
    }
    const std::vector<Variant> variants = VariantsOf(index, AtCustomer);
    for (std::size_t v = 0; v < variants.size(); ++v) {
      Draft draft = MakeDraft(index, variants[v], fabric.id + SuffixFor(variants[v], v), {});
      draft.part.power = PowerOf(fabric, classes_, snapshot_);
      draft.part.hardware_value = true;
      if (const auto share = fabric.Number("us_content")) draft.part.us_content_bp = *share;
      Value(draft.candidate, kRadix) = ports;
      Add(kNetworkSlot, std::move(draft));
    }
  }
}

void SlotBuilder::AddStorage() {
  for (const std::size_t index : Eligible("storage_system")) {
    const Component& storage = snapshot_.components[index];
    const std::int64_t capacity = Number(storage, "data-storage", "capacity", 0);
    if (capacity < kGigabyte) {
      site_exclusions_.try_emplace(index,
                                   Exclusion{storage.id,
                                             "cannot_size",
                                             "it does not state the usable capacity of a unit",
                                             {},
                                             {}});
      continue;
    }
    const std::vector<Variant> variants = VariantsOf(index, AtCustomer);
    for (std::size_t v = 0; v < variants.size(); ++v) {
      Draft draft = MakeDraft(index, variants[v], storage.id + SuffixFor(variants[v], v), {});
      draft.part.power = PowerOf(storage, classes_, snapshot_);
      draft.part.hardware_value = true;
      if (const auto share = storage.Number("us_content")) draft.part.us_content_bp = *share;
      Value(draft.candidate, kCapacityGb) = capacity / kGigabyte;
      const std::int64_t read = Number(storage, "data-storage", "read_rate", 0);
      Value(draft.candidate, kReadMbPerS) = read > 0 ? read / kMegabyte : kUnboundedMbPerS;
      if (read == 0) {
        draft.part.questions_here.push_back({storage.id, "read_rate",
                                             "reads a model's weights in time",
                                             "Its read rate is not stated.", true});
      }
      Value(draft.candidate, kPorts) = kStoragePorts;
      Add(kStorageSlot, std::move(draft));
    }
  }
}

void SlotBuilder::AddCloudServices() {
  for (std::size_t index = 0; index < snapshot_.components.size(); ++index) {
    const Component& component = snapshot_.components[index];
    if (component.FindCapability("cloud-services") == nullptr || !verdicts_[index]->eligible())
      continue;
    const bool platform = component.kind == "cloud_platform";
    const bool sovereign = component.kind == "sovereign_cloud";
    if (!platform && !sovereign && component.kind != "cloud_provider") continue;
    const std::vector<Variant> variants = VariantsOf(index, [&](const Site& site) {
      if (!site.customer_site) return site.provider == component.id;
      if (site.mode == DeploymentMode::kSovereignCloud) {
        return sovereign && IsTrue(component, "cloud-services", "customer_site");
      }
      return platform;
    });
    for (std::size_t v = 0; v < variants.size(); ++v) {
      const Site& site = compiled_.sites[variants[v].sites.front()];
      // A region's services are paid with the machines and the storage used; a platform is bought.
      const bool region = !site.customer_site;
      Draft draft =
          MakeDraft(index, variants[v], component.id + SuffixFor(variants[v], v), {}, !region);
      if (region) {
        draft.part.money.origin = "paid with the machines and storage used";
        draft.part.location_country = site.country;
        draft.part.regions = site.regions;
      }
      Add(kCloudServicesSlot, std::move(draft));
    }
  }
}

// What a region brings with it: hosted inference in place of machines, object storage, the network.
void SlotBuilder::AddProviderServices() {
  for (std::size_t s = 0; s < compiled_.sites.size(); ++s) {
    const Site& site = compiled_.sites[s];
    if (site.customer_site) continue;
    const Component* provider = snapshot_.Find(site.provider);
    const std::size_t index = snapshot_.index_by_id.find(site.provider)->second;

    Draft serving = MakeIncluded(index, site, s, "serves the hosted model");
    serving.candidate.requires_.push_back({tags_.Id("hosted interface")});
    Add(kRuntimeSlot, std::move(serving));

    Draft compute = MakeIncluded(index, site, s, "runs the hosted model");
    compute.candidate.requires_.push_back({tags_.Id("hosted interface")});
    accelerator_of_.push_back(nullptr);
    Add(kComputeSlot, std::move(compute));

    Add(kNetworkSlot, MakeIncluded(index, site, s, "network of the region"));

    Draft storage = MakeIncluded(index, site, s, "object storage of the region, per TB");
    PriceBasis basis;
    basis.terabytes_per_unit = 1;
    const Offer* located = nullptr;
    for (const Offer& offer : provider->offers) {
      if (offer.location_country != site.country) continue;
      const bool per_tb = std::any_of(offer.prices.begin(), offer.prices.end(), [](const Price& p) {
        return p.per == PricePer::kTerabyteMonth;
      });
      if (per_tb) located = &offer;
    }
    const auto stated = located == nullptr ? std::nullopt : StatedMoney(*located, basis);
    if (stated) {
      storage.part.money = *stated;
    } else {
      const std::int64_t micro_year = request_.Milli("cloud_storage_usd_per_tb_month") * 1000 * 12;
      const std::int64_t cents = CeilDiv(micro_year, kMicroUsdPerCent);
      storage.part.money.opex_cents_per_year = {cents, cents};
      storage.part.money.basis = Basis::kAssumed;
      storage.part.money.origin = "assumption cloud_storage_usd_per_tb_month";
      storage.part.questions_here.push_back(
          {provider->id, "storage price", "cost of the package",
           "The price of object storage in " + site.country +
               " is not stated; an assumption stands in.",
           request_.max_opex_cents.has_value() || request_.max_tco_cents.has_value()});
    }
    Value(storage.candidate, kCapacityGb) = kTerabyteInGigabytes;
    Value(storage.candidate, kReadMbPerS) = kUnboundedMbPerS;
    Add(kStorageSlot, std::move(storage));
  }
}

void SlotBuilder::AddEntitlements() {
  for (const std::size_t index : Eligible("software_entitlement")) {
    const Component& entitlement = snapshot_.components[index];
    std::vector<TagId> needed;
    const auto& needs_of_entitlement = catalog_.requirement_tags().needs_of_entitlement();
    for (const TagId tag : catalog_.ProvidedBy(index).certain) {
      const auto need = needs_of_entitlement.find(tag);
      if (need != needs_of_entitlement.end()) needed.push_back(need->second);
    }
    if (needed.empty()) continue;
    std::sort(needed.begin(), needed.end());
    const std::vector<Variant> variants = VariantsOf(index, Anywhere);
    for (std::size_t v = 0; v < variants.size(); ++v) {
      Draft draft = MakeDraft(index, variants[v], entitlement.id + SuffixFor(variants[v], v), {});
      draft.candidate.requires_.push_back(needed);
      Add(kEntitlementSlot, std::move(draft));
    }
  }
}

void SlotBuilder::AddData() {
  PriceBasis basis;
  basis.users = compiled_.workload.users;
  for (std::size_t index = 0; index < snapshot_.components.size(); ++index) {
    const Component& component = snapshot_.components[index];
    std::uint32_t covers = 0;
    if (component.FindCapability("data-pipeline") != nullptr) covers |= 1U;
    if (component.FindCapability("data-labeling") != nullptr) covers |= 2U;
    if (covers == 0 || !verdicts_[index]->eligible()) continue;
    const std::vector<Variant> variants = VariantsOf(index, Anywhere);
    for (std::size_t v = 0; v < variants.size(); ++v) {
      Draft draft = MakeDraft(index, variants[v], component.id + SuffixFor(variants[v], v), basis);
      draft.candidate.covers = covers;
      Add(kDataSlot, std::move(draft));
    }
  }
}

void SlotBuilder::AddApplications() {
  const auto* assistant_tasks = Registry::Builtin().FindVocabulary("assistant_task");
  for (const std::size_t index : Eligible("application")) {
    const Component& application = snapshot_.components[index];
    const std::vector<std::string> tasks = Tokens(application, "application", "task");
    const auto provides = [&](std::string_view task) {
      return std::find(tasks.begin(), tasks.end(), task) != tasks.end();
    };
    std::uint32_t covers = 0;
    std::vector<OpenQuestion> fit;
    PriceBasis basis;
    for (std::size_t u = 0; u < request_.use_cases.size(); ++u) {
      const UseCase& use_case = request_.use_cases[u];
      const bool general = provides("assistant.general") && assistant_tasks != nullptr &&
                           assistant_tasks->contains(use_case.task);
      if (!provides(use_case.task) && !general) continue;
      covers |= 1U << u;
      basis.users += use_case.users;
      if (!provides(use_case.task)) {
        fit.push_back({application.id, "task", "does " + use_case.task,
                       "It is a general assistant; that it serves " + use_case.task +
                           " well once configured is not shown.",
                       true});
      }
    }
    if (covers == 0) continue;
    const std::vector<Variant> variants = VariantsOf(index, Anywhere);
    for (std::size_t v = 0; v < variants.size(); ++v) {
      Draft draft =
          MakeDraft(index, variants[v], application.id + SuffixFor(variants[v], v), basis);
      draft.candidate.covers = covers;
      draft.part.questions_here.insert(draft.part.questions_here.end(), fit.begin(), fit.end());
      const std::vector<std::string> families = Tokens(application, "application", "model_family");
      const bool brings_own =
          variants[v].placement.as_service || IsTrue(application, "application", "model_embedded");
      if (brings_own) {
        draft.part.because_here.push_back("brings its own inference");
      } else if (IsTrue(application, "application", "model_choice")) {
        draft.part.because_here.push_back("the operator chooses the model");
      } else if (!families.empty()) {
        std::vector<TagId> any;
        for (const std::string& family : families) any.push_back(tags_.Id("family " + family));
        std::sort(any.begin(), any.end());
        draft.candidate.requires_.push_back(std::move(any));
      } else {
        draft.part.questions_here.push_back({application.id, "model_family",
                                             "works with the chosen model",
                                             "Which models it works with is not stated.", true});
      }
      Add(kApplicationSlot, std::move(draft));
    }
  }
}

void SlotBuilder::AddSecurity() {
  PriceBasis basis;
  basis.users = compiled_.workload.users;
  for (std::size_t index = 0; index < snapshot_.components.size(); ++index) {
    const Component& component = snapshot_.components[index];
    const std::vector<std::string> controls = Tokens(component, "security-control", "control");
    if (controls.empty() || !verdicts_[index]->eligible()) continue;
    std::uint32_t covers = 0;
    for (std::size_t c = 0; c < request_.security_controls.size(); ++c) {
      if (std::find(controls.begin(), controls.end(), request_.security_controls[c]) !=
          controls.end()) {
        covers |= 1U << c;
      }
    }
    if (covers == 0) continue;
    const std::vector<Variant> variants = VariantsOf(index, Anywhere);
    for (std::size_t v = 0; v < variants.size(); ++v) {
      Draft draft = MakeDraft(index, variants[v], component.id + SuffixFor(variants[v], v), basis);
      draft.candidate.covers = covers;
      Add(kSecuritySlot, std::move(draft));
    }
  }
}

}  // namespace stackport::match
