// Which components an answer rests on, for the audit: a revocation asks later.
#ifndef STACKPORT_CATALOG_MATCH_USED_COMPONENTS_H_
#define STACKPORT_CATALOG_MATCH_USED_COMPONENTS_H_

#include <string>
#include <vector>

#include "catalog/base/json.h"

namespace stackport::match {

// The ids of all components that an answer rests on, sorted, each once:
//   of a result (stackport.result/1), those of its packages: ranked, best of a class, on a front
//   of an explanation (stackport.explanation/1), the one it explains and those of the packages it
//   compares
//   of a country's row of a sweep (stackport.sweep/1), those of its packages
std::vector<std::string> UsedComponents(const json::Value& answer);

}  // namespace stackport::match

#endif  // STACKPORT_CATALOG_MATCH_USED_COMPONENTS_H_
