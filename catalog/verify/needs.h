// Whether the parts of a package have what they need of each other.
#ifndef STACKPORT_CATALOG_VERIFY_NEEDS_H_
#define STACKPORT_CATALOG_VERIFY_NEEDS_H_

#include <cstdint>
#include <optional>
#include <vector>

#include "catalog/verify/amounts.h"
#include "catalog/verify/check.h"
#include "catalog/verify/world.h"

namespace stackport::verify {

// A part as the other parts see it. What a region includes needs and offers nothing here.
struct Member {
  const Component* component = nullptr;
  bool as_service = false;
  bool included = false;
};

// Files a check for each requirement of each member. Returns the least number of assumptions that
// meet all requirements: each is an alternative whose deciding attribute some member leaves open.
// Nothing when there are too many open alternatives to tell.
std::optional<std::int64_t> CheckNeeds(const std::vector<Member>& members, CheckList& checks);

// Pairs whose names have to fit: runtime and model, server and accelerator, application and model,
// entitlement and whoever needs it.
void CheckPairs(const World& world, const std::vector<Member>& members, const Chosen& chosen,
                const Component* runtime, CheckList& checks);

}  // namespace stackport::verify

#endif  // STACKPORT_CATALOG_VERIFY_NEEDS_H_
