#include "host/app/answer_audit.h"

#include <string>
#include <string_view>
#include <utility>

#include "catalog/match/used_components.h"

namespace stackport {
namespace {

// The elements of the array `name`; none when there is no such array.
template <typename Visit>
void ForEach(const json::Value& object, std::string_view name, Visit visit) {
  const json::Value* array = json::Find(object, name);
  if (array == nullptr || !array->IsArray()) return;
  for (const json::Value& element : array->GetArray()) visit(element);
}

}  // namespace

MatchAudit AuditOf(const json::Value& answer) {
  MatchAudit audit;
  audit.request_id = json::StringOr(answer, "id", "");
  audit.snapshot_id = json::StringOr(answer, "snapshot", "");
  audit.country = json::StringOr(answer, "country", "");
  audit.components = match::UsedComponents(answer);
  return audit;
}

std::vector<MatchAudit> AuditsOfSweep(const json::Value& answer) {
  std::vector<MatchAudit> audits;
  ForEach(answer, "countries", [&](const json::Value& row) {
    MatchAudit audit;
    audit.country = json::StringOr(row, "country", "");
    audit.request_id = std::string(json::StringOr(answer, "id", "")) + "/" + audit.country;
    audit.snapshot_id = json::StringOr(answer, "snapshot", "");
    audit.components = match::UsedComponents(row);
    audits.push_back(std::move(audit));
  });
  ForEach(answer, "scenarios", [&](const json::Value& scenario) {
    const json::Value* sweep = json::Find(scenario, "sweep");
    if (sweep == nullptr) return;
    for (MatchAudit& audit : AuditsOfSweep(*sweep)) audits.push_back(std::move(audit));
  });
  return audits;
}

}  // namespace stackport
