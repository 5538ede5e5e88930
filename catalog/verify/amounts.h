// How much of everything a package needs, computed anew from the request and the documents.
#ifndef STACKPORT_CATALOG_VERIFY_AMOUNTS_H_
#define STACKPORT_CATALOG_VERIFY_AMOUNTS_H_

#include <cstdint>
#include <optional>
#include <string>

#include "catalog/model/component.h"
#include "catalog/verify/world.h"

namespace stackport::verify {

// What the use cases amount to.
struct Load {
  std::int64_t users = 0;
  std::int64_t peak_tokens_per_1000s = 0;  // of output, at the busiest minute
  std::int64_t input_tokens_per_year = 0, output_tokens_per_year = 0;
  std::int64_t storage_bytes = 0;
};
Load LoadOf(const Asked& asked);

// Replicas of a model on an accelerator: by measurement where the accelerator's document has one of
// this model, else by the roofline that sdk and result describe.
struct Replicas {
  std::int64_t accelerators_each = 0;
  std::int64_t count = 0;
  std::int64_t tokens_per_1000s_each = 0;
  bool measured = false;
  std::string precision;
};
// `memory_bytes` replaces the accelerator's own memory: a rented machine may expose less. Nothing
// when a figure is missing or the model does not fit 64 accelerators.
std::optional<Replicas> ReplicasOf(const World& world, const Component& model,
                                   const Component& accelerator,
                                   std::optional<std::int64_t> memory_bytes);

// The parts whose documents decide the counts; null where the package has none of its own.
struct Chosen {
  const Component* model = nullptr;
  bool hosted_model = false;
  const Component* compute = nullptr;      // the accelerator or the rented machine
  const Component* accelerator = nullptr;  // the one inside, or `compute` itself
  const Component* server = nullptr;
  const Component* network = nullptr;
  const Component* storage = nullptr;
};

struct Amounts {
  std::optional<Replicas> replicas;
  std::int64_t compute = 0;
  std::int64_t nodes = 0;
  std::int64_t accelerators = 0;
  std::int64_t storage = 0;
  std::int64_t switches = 0;
};
// The error says why the package cannot be built: a replica that fits no node, a fabric that is too
// small.
Result<Amounts> AmountsOf(const World& world, const Chosen& chosen, const Load& load);

// Switches of one model for a non-blocking fabric: one switch, or two tiers with half of each
// leaf's ports upwards. Nothing when two tiers do not suffice.
std::optional<std::int64_t> SwitchesFor(std::int64_t ports, std::int64_t radix);

}  // namespace stackport::verify

#endif  // STACKPORT_CATALOG_VERIFY_AMOUNTS_H_
