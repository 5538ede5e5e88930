// Pairs of products whose documents contradict each other about fitting together. Each document may
// be right by itself; one of the two statements is not.
#ifndef STACKPORT_CATALOG_REPORT_CONTRADICTIONS_H_
#define STACKPORT_CATALOG_REPORT_CONTRADICTIONS_H_

#include <string>
#include <vector>

#include "catalog/base/json.h"
#include "catalog/model/snapshot.h"

namespace stackport {

struct Contradiction {
  // "socket", "slot_power", "isa", "memory", "fabric", "measured_memory".
  std::string code;
  std::string first, second;  // component ids; the first makes the statement about the second
  std::string text;           // both statements, with their figures
};

// Looks at what a document says about another one by name: accelerators that a server holds or that
// a rented machine has inside, and models that were measured on one. What either leaves out
// contradicts nothing. Sorted by code, then by ids.
std::vector<Contradiction> FindContradictions(const CatalogSnapshot& catalog);

json::Value ContradictionsJson(const std::vector<Contradiction>& contradictions,
                               json::Allocator& allocator);
// A Markdown section.
std::string ContradictionsMarkdown(const std::vector<Contradiction>& contradictions);

}  // namespace stackport

#endif  // STACKPORT_CATALOG_REPORT_CONTRADICTIONS_H_
