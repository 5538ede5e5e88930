// What the catalog keeps of an answer that was given: its name, and the components it rests on.
#ifndef STACKPORT_HOST_APP_ANSWER_AUDIT_H_
#define STACKPORT_HOST_APP_ANSWER_AUDIT_H_

#include <vector>

#include "catalog/base/json.h"
#include "catalog/store/catalog_store.h"

namespace stackport {

// Of a result (stackport.result/1) or an explanation (stackport.explanation/1).
MatchAudit AuditOf(const json::Value& answer);

// Of a sweep (stackport.sweep/1), or of several (stackport.scenarios/1): one answer for each
// country, named "s-…/KE". None for any other document.
std::vector<MatchAudit> AuditsOfSweep(const json::Value& answer);

}  // namespace stackport

#endif  // STACKPORT_HOST_APP_ANSWER_AUDIT_H_
