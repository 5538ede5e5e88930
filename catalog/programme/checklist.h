// What Executive Order 14320 section 3(b) asks of a proposal, clause by clause.
#ifndef STACKPORT_CATALOG_PROGRAMME_CHECKLIST_H_
#define STACKPORT_CATALOG_PROGRAMME_CHECKLIST_H_

#include <string>
#include <vector>

#include "catalog/programme/verdict.h"

namespace stackport {

// Who answers a clause.
enum class ClauseAnswer {
  kPackage,   // the components of the package
  kRequest,   // the request: its countries
  kProposal,  // the people who write the proposal; a package can only prepare it
};

struct Clause {
  std::string id;        // stable: "3b.i.A.hardware"
  std::string citation;  // "sec. 3(b)(i)(A)"
  std::string text;      // what is asked, in our words
  // The registry's sub-items whose kinds answer it, any one of them; empty for other clauses.
  std::vector<std::string> sub_items;
  ClauseAnswer answered_by = ClauseAnswer::kPackage;
  RuleSource source;
};

// In the order of the text.
const std::vector<Clause>& ProposalChecklist();

// "package", "request", "proposal".
std::string_view ClauseAnswerName(ClauseAnswer answer);

}  // namespace stackport

#endif  // STACKPORT_CATALOG_PROGRAMME_CHECKLIST_H_
