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
      Draft draft =
          MakeDraft(index, verdict, variants[v], accelerator.id + SuffixFor(variants[v], v), {});
      draft.candidate.requires_.push_back({tags_.Id("a server for " + accelerator.id)});
      draft.candidate.requires_.push_back({tags_.Id("weights run by the operator")});
      draft.candidate.provides.push_back(tags_.Id("accelerator " + accelerator.id));
      Draw(accelerator, draft);
      Value(draft.candidate, kAcceleratorsPerUnit) = 1;
      if (Add(kComputeSlot, std::move(draft))) accelerator_of_.push_back(&accelerator);
    }
  }
}

void SlotBuilder::AddServers() {
  for (const std::size_t index : Wanted(catalog_.OfKind("server"))) {
    const Component& server = snapshot_.components[index];
    const Verdict verdict = eligibility_.Judge(index);
    if (!verdict.eligible()) continue;
    const std::vector<std::string> held =
        ProvidedTokens(server, "accelerator-host", "accelerators");
    const std::int64_t slots = ProvidedNumber(server, "accelerator-host", "slots", 0);
    if (held.empty() || slots <= 0) {
      Reject(index, "cannot_size",
             [] { return "it does not state which accelerators it holds and how many"; });
      continue;
    }
    const std::vector<Variant> variants = VariantsOf(index, customer_sites_);
    for (std::size_t v = 0; v < variants.size(); ++v) {
      if (!AnyWanted(variants[v].sites)) continue;
      Draft draft =
          MakeDraft(index, verdict, variants[v], server.id + SuffixFor(variants[v], v), {});
      std::vector<TagId> any;
      for (const std::string& id : held) {
        any.push_back(tags_.Id("accelerator " + id));
        draft.candidate.provides.push_back(tags_.Id("a server for " + id));
      }
      std::sort(any.begin(), any.end());
      draft.candidate.requires_.push_back(std::move(any));
      Draw(server, draft);
      // Boards and racks come fully populated; cards are bought one by one.
      const std::vector<std::string> sockets = ProvidedTokens(server, "accelerator-host", "socket");
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
  for (const std::size_t index : Wanted(catalog_.OfKind("network_switch"))) {
    const Component& fabric = snapshot_.components[index];
    const Verdict verdict = eligibility_.Judge(index);
    if (!verdict.eligible()) continue;
    const std::vector<std::string> roles = ProvidedTokens(fabric, "fabric-switching", "role");
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
      Draft draft =
          MakeDraft(index, verdict, variants[v], fabric.id + SuffixFor(variants[v], v), {});
      Draw(fabric, draft);
      Value(draft.candidate, kRadix) = ports;
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
      Draft draft =
          MakeDraft(index, verdict, variants[v], storage.id + SuffixFor(variants[v], v), {});
      Draw(storage, draft);
      Value(draft.candidate, kCapacityGb) = capacity / kGigabyte;
      const std::int64_t read = ProvidedNumber(storage, "data-storage", "read_rate", 0);
      Value(draft.candidate, kReadMbPerS) = read > 0 ? read / kMegabyte : kUnboundedMbPerS;
      if (read == 0) {
        Ask(draft, Asked::kReadRate, true, [] {
          return RuleAndText{"reads a model's weights in time", "Its read rate is not stated."};
        });
      }
      Value(draft.candidate, kPorts) = kStoragePorts;
      Add(kStorageSlot, std::move(draft));
    }
  }
}

}  // namespace stackport::match
