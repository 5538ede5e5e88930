// Candidates that stand at a customer's site: accelerators, servers, switches, storage.
#include <algorithm>
#include <utility>

#include "catalog/match/provided_values.h"
#include "catalog/match/slot_builder.h"

namespace stackport::match {

namespace {

constexpr std::int64_t kGigabyte = 1'000'000'000;
constexpr std::int64_t kMegabyte = 1'000'000;
// A storage unit joins the fabric with two ports, for redundancy.
constexpr std::int64_t kStoragePorts = 2;

}  // namespace

void SlotBuilder::AddAccelerators() {
  for (const std::size_t index : Wanted(catalog_.OfKind("accelerator"))) {
    const Component& accelerator = snapshot_.components[index];
    const Verdict verdict = eligibility_.Judge(index);
    if (!verdict.eligible()) continue;
    const std::vector<Variant> variants = VariantsOf(index, customer_sites_);
    for (std::size_t v = 0; v < variants.size(); ++v) {
      if (!AnyWanted(variants[v].sites)) continue;
      Draft draft = MakeDraft(index, verdict, variants[v], IdOf(accelerator, variants, v), {});
      const PartTags& tags = catalog_.tags()[index];
      draft.candidate.requires_.push_back(tags_.Of(tags.hosts));
      draft.candidate.requires_.push_back({tags_.Of(catalog_.tags().weights())});
      tags_.AddTo(draft.candidate.provides, tags.accelerators);
      Draw(accelerator, draft);
      Value(draft, kAcceleratorsPerUnit) = 1;
      if (Add(kComputeSlot, std::move(draft))) accelerator_of_.push_back(&accelerator);
    }
  }
}

void SlotBuilder::AddServers() {
  for (const std::size_t index : Wanted(catalog_.OfKind("server"))) {
    const Component& server = snapshot_.components[index];
    const Verdict verdict = eligibility_.Judge(index);
    if (!verdict.eligible()) continue;
    const PartTags& tags = catalog_.tags()[index];
    const std::int64_t slots = ProvidedNumber(server, "accelerator-host", "slots", 0);
    if (tags.hosts.empty() || slots <= 0) {
      Reject(index, "cannot_size",
             [] { return "it does not state which accelerators it holds and how many"; });
      continue;
    }
    const std::vector<Variant> variants = VariantsOf(index, customer_sites_);
    for (std::size_t v = 0; v < variants.size(); ++v) {
      if (!AnyWanted(variants[v].sites)) continue;
      Draft draft = MakeDraft(index, verdict, variants[v], IdOf(server, variants, v), {});
      std::vector<TagId> any;
      any.reserve(tags.accelerators.size());
      for (std::size_t held = 0; held < tags.hosts.size(); ++held) {
        any.push_back(tags_.Of(tags.accelerators[held]));
        draft.candidate.provides.push_back(tags_.Of(tags.hosts[held]));
      }
      std::sort(any.begin(), any.end());
      draft.candidate.requires_.push_back(std::move(any));
      Draw(server, draft);
      // Boards and racks come fully populated; cards are bought one by one.
      const std::vector<std::string>& sockets =
          ProvidedTokens(server, "accelerator-host", "socket");
      const bool cards = !sockets.empty() &&
                         std::all_of(sockets.begin(), sockets.end(), [](const std::string& socket) {
                           return socket.starts_with("pcie");
                         });
      Value(draft, kSlotsFilled) = cards ? 0 : slots;
      std::int64_t ports = MulDivCeil(slots, request_.Milli("fabric_ports_per_accelerator"), 1000);
      for (const Requirement& requirement : server.requires_) {
        for (const RequiredCapability& alternative : requirement.any_of) {
          if (alternative.capability == "fabric-port" && requirement.per_unit > 1) {
            ports = requirement.per_unit;
          }
        }
      }
      Value(draft, kPorts) = ports;
      for (int size = 0; size < kReplicaSizes; ++size) {
        Value(draft, kReplicaCapacity0 + size) = slots / (std::int64_t{1} << size);
      }
      Add(kServerSlot, std::move(draft));
    }
  }
}

void SlotBuilder::AddSwitches() {
  for (const std::size_t index : Wanted(catalog_.OfKind("network_switch"))) {
    const Component& fabric = snapshot_.components[index];
    const Verdict verdict = eligibility_.Judge(index);
    if (!verdict.eligible()) continue;
    const std::vector<std::string>& roles = ProvidedTokens(fabric, "fabric-switching", "role");
    const std::int64_t ports = ProvidedNumber(fabric, "fabric-switching", "ports", 0);
    if (roles.size() == 1 || ports < 2) {
      if (roles.size() == 1) {
        Reject(index, "half_fabric", [&] {
          return "it is only the " + roles.front() +
                 " of a two-part fabric, and packages use one switch model";
        });
      } else {
        Reject(index, "cannot_size", [] { return "it does not state how many ports it has"; });
      }
      continue;
    }
    const std::vector<Variant> variants = VariantsOf(index, customer_sites_);
    for (std::size_t v = 0; v < variants.size(); ++v) {
      if (!AnyWanted(variants[v].sites)) continue;
      Draft draft = MakeDraft(index, verdict, variants[v], IdOf(fabric, variants, v), {});
      Draw(fabric, draft);
      Value(draft, kRadix) = ports;
      Add(kNetworkSlot, std::move(draft));
    }
  }
}

void SlotBuilder::AddStorage() {
  for (const std::size_t index : Wanted(catalog_.OfKind("storage_system"))) {
    const Component& storage = snapshot_.components[index];
    const Verdict verdict = eligibility_.Judge(index);
    if (!verdict.eligible()) continue;
    const std::int64_t capacity = ProvidedNumber(storage, "data-storage", "capacity", 0);
    if (capacity < kGigabyte) {
      Reject(index, "cannot_size",
             [] { return "it does not state the usable capacity of a unit"; });
      continue;
    }
    const std::vector<Variant> variants = VariantsOf(index, customer_sites_);
    for (std::size_t v = 0; v < variants.size(); ++v) {
      if (!AnyWanted(variants[v].sites)) continue;
      Draft draft = MakeDraft(index, verdict, variants[v], IdOf(storage, variants, v), {});
      Draw(storage, draft);
      Value(draft, kCapacityGb) = capacity / kGigabyte;
      const std::int64_t read = ProvidedNumber(storage, "data-storage", "read_rate", 0);
      Value(draft, kReadMbPerS) = read > 0 ? read / kMegabyte : kUnboundedMbPerS;
      if (read == 0) {
        Ask(draft, Asked::kReadRate, true, [] {
          return RuleAndText{"reads a model's weights in time", "Its read rate is not stated."};
        });
      }
      Value(draft, kPorts) = kStoragePorts;
      Add(kStorageSlot, std::move(draft));
    }
  }
}

}  // namespace stackport::match
