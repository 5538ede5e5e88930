// One candidate of a result, recomputed.
#ifndef STACKPORT_CATALOG_VERIFY_PACKAGE_H_
#define STACKPORT_CATALOG_VERIFY_PACKAGE_H_

#include <cstdint>
#include <map>
#include <string>

#include "catalog/verify/check.h"
#include "catalog/verify/prices.h"
#include "catalog/verify/world.h"

namespace stackport::verify {

// What of a candidate its neighbours are compared by.
struct Package {
  bool computed = false;                       // all figures could be recomputed
  std::map<std::string, std::int64_t> ranked;  // by the name of a figure, at its pessimistic end
  std::map<std::string, std::string> answers;  // who answers each group of demands
};

// Files every check of the candidate. Amounts, costs and figures are recomputed from the documents;
// nothing of the candidate is taken on trust but which components it chose, for which demands.
Package CheckPackage(const World& world, const StandIns& stand_ins, const Load& load,
                     const ClaimedCandidate& candidate, CheckList& checks);

}  // namespace stackport::verify

#endif  // STACKPORT_CATALOG_VERIFY_PACKAGE_H_
