// The figures of a package, added up anew from its parts, and the limits on them.
#ifndef STACKPORT_CATALOG_VERIFY_FIGURES_H_
#define STACKPORT_CATALOG_VERIFY_FIGURES_H_

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "catalog/verify/check.h"
#include "catalog/verify/terms.h"
#include "catalog/verify/world.h"

namespace stackport::verify {

// One part of a package, with what was recomputed for it.
struct Line {
  const ClaimedPart* part = nullptr;
  const Component* component = nullptr;
  std::string_view group;
  bool included = false;  // the region's provider brings it along
  std::int64_t units = 1;
  Terms terms;
};

Interval Times(const Interval& each, std::int64_t count);

// Compares the candidate's figures. `assumed` is the number of requirements that are met only if an
// open fact turns out well; nothing when it is not known. Returns the figures that packages are
// ranked by, at their pessimistic end: power of the equipment, and of the site as "site_power_w".
std::map<std::string, std::int64_t> CheckFigures(const World& world, const Place& place,
                                                 const std::vector<Line>& lines,
                                                 const ClaimedCandidate& candidate,
                                                 std::optional<std::int64_t> assumed,
                                                 CheckList& checks);

// The share of U.S. content of the machines that are bought, and the demand for it.
void CheckUsContent(const World& world, const std::vector<Line>& lines,
                    const ClaimedCandidate& candidate, CheckList& checks);

// Every limit of the request, against the figures of CheckFigures.
void CheckLimits(const World& world, const std::map<std::string, std::int64_t>& ranked,
                 CheckList& checks);

}  // namespace stackport::verify

#endif  // STACKPORT_CATALOG_VERIFY_FIGURES_H_
