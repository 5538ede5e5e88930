// The form stackport.sweep/1.
#include <cstdint>
#include <map>

#include "catalog/match/answer_name.h"
#include "catalog/match/sweep.h"

namespace stackport::match {

namespace {

using json::Allocator;
using json::Set;
using json::Value;

Value PackageJson(const SweepPackage& package, Allocator& allocator) {
  Value value(rapidjson::kObjectType);
  Set(value, "deployment", package.deployment, allocator);
  Set(value, "site", package.site, allocator);
  Value tco(rapidjson::kObjectType);
  Set(tco, "low", package.tco_low_cents, allocator);
  Set(tco, "high", package.tco_high_cents, allocator);
  Set(tco, "unit", "US cent", allocator);
  Set(value, "tco", std::move(tco), allocator);
  Set(value, "site_power_w", package.site_power_high_w, allocator);
  Set(value, "lead_days", package.lead_days, allocator);
  Set(value, "licences", package.licences, allocator);
  Set(value, "open_questions", package.open_questions, allocator);
  Set(value, "components", json::StringArray(package.components, allocator), allocator);
  return value;
}

Value FactsJson(const std::vector<UnstatedFact>& facts, Allocator& allocator) {
  Value list(rapidjson::kArrayType);
  for (const auto& [component, fact] : facts) {
    Value value(rapidjson::kObjectType);
    Set(value, "component", component, allocator);
    Set(value, "fact", fact, allocator);
    list.PushBack(value, allocator);
  }
  return list;
}

Value ChangesJson(const std::vector<SingleChange>& changes, Allocator& allocator) {
  Value list(rapidjson::kArrayType);
  for (const SingleChange& change : changes) {
    Value value(rapidjson::kObjectType);
    Set(value, "change", change.pointer, allocator);
    Set(value, "text", change.text, allocator);
    if (change.figure) Set(value, "needed", change.needed, allocator);
    list.PushBack(value, allocator);
  }
  return list;
}

// What a row tells when nothing fits.
void SetBlocked(Value& value, const SweepRow& row, Allocator& allocator) {
  if (!row.barred_by.empty()) Set(value, "barred_by", row.barred_by, allocator);
  Set(value, "empty_demands", json::StringArray(row.empty_demands, allocator), allocator);
  Set(value, "conflict", json::StringArray(row.conflict, allocator), allocator);
  Set(value, "facts_to_settle", FactsJson(row.settlement.facts, allocator), allocator);
  if (!row.settlement.site.empty()) {
    Set(value, "settled_site", row.settlement.site, allocator);
  }
  Set(value, "changes", ChangesJson(row.changes, allocator), allocator);
  Value reasons(rapidjson::kArrayType);
  for (const auto& [reason, count] : row.reasons) {
    Value each(rapidjson::kObjectType);
    Set(each, "reason", reason, allocator);
    Set(each, "components", count, allocator);
    reasons.PushBack(each, allocator);
  }
  Set(value, "reasons", std::move(reasons), allocator);
}

Value UnlocksJson(const std::vector<SweepUnlock>& unlocks, Allocator& allocator) {
  Value list(rapidjson::kArrayType);
  for (const SweepUnlock& unlock : unlocks) {
    const std::string_view kind = UnlockKindName(unlock.kind);
    Value value(rapidjson::kObjectType);
    Set(value, "kind", kind, allocator);
    if (!unlock.component.empty()) Set(value, "component", unlock.component, allocator);
    Set(value, kind, unlock.name, allocator);
    Set(value, "text", unlock.text, allocator);
    Set(value, "count", unlock.countries.size(), allocator);
    Set(value, "countries", json::StringArray(unlock.countries, allocator), allocator);
    if (unlock.needed) Set(value, "needed", *unlock.needed, allocator);
    if (unlock.needed_for_most) {
      Value most(rapidjson::kObjectType);
      Set(most, "needed", *unlock.needed_for_most, allocator);
      Set(most, "count", unlock.most, allocator);
      Set(value, "most", std::move(most), allocator);
    }
    list.PushBack(value, allocator);
  }
  return list;
}

Value LeversJson(const std::vector<SweepLever>& levers, const char* name, Allocator& allocator) {
  Value list(rapidjson::kArrayType);
  for (const SweepLever& lever : levers) {
    Value value(rapidjson::kObjectType);
    if (!lever.component.empty()) Set(value, "component", lever.component, allocator);
    Set(value, name, lever.name, allocator);
    Set(value, "count", lever.countries.size(), allocator);
    Set(value, "countries", json::StringArray(lever.countries, allocator), allocator);
    if (!lever.lacking_only_this.empty()) {
      Set(value, "lacking_only_this", json::StringArray(lever.lacking_only_this, allocator),
          allocator);
    }
    list.PushBack(value, allocator);
  }
  return list;
}

}  // namespace

std::string_view SweepStatusName(SweepStatus status) {
  switch (status) {
    case SweepStatus::kFits:
      return "fits";
    case SweepStatus::kNothingFits:
      return "nothing_fits";
    case SweepStatus::kStopped:
      return "stopped";
  }
  return "";
}

json::Document SweepJson(const Sweep& sweep, const CountryIndex& countries) {
  json::Document document(rapidjson::kObjectType);
  Allocator& allocator = document.GetAllocator();
  Set(document, "schema", "stackport.sweep/1", allocator);
  Set(document, "snapshot", sweep.snapshot, allocator);
  Set(document, "cancelled", sweep.cancelled, allocator);
  std::map<SweepStatus, std::int64_t> counts;
  Value rows(rapidjson::kArrayType);
  for (const SweepRow& row : sweep.rows) {
    ++counts[row.status];
    Value value(rapidjson::kObjectType);
    Set(value, "country", row.country, allocator);
    const Country* country = countries.Find(row.country);
    Set(value, "name", country == nullptr ? row.country : country->name, allocator);
    Set(value, "status", SweepStatusName(row.status), allocator);
    Value packages(rapidjson::kArrayType);
    for (const SweepPackage& package : row.packages) {
      packages.PushBack(PackageJson(package, allocator), allocator);
    }
    Set(value, "packages", std::move(packages), allocator);
    if (row.status == SweepStatus::kNothingFits) {
      SetBlocked(value, row, allocator);
    }
    rows.PushBack(value, allocator);
  }
  Value summary(rapidjson::kObjectType);
  for (const SweepStatus status :
       {SweepStatus::kFits, SweepStatus::kNothingFits, SweepStatus::kStopped}) {
    Set(summary, SweepStatusName(status), counts[status], allocator);
  }
  Set(document, "summary", std::move(summary), allocator);
  Set(document, "countries", std::move(rows), allocator);
  Set(document, "open_facts", LeversJson(sweep.open_facts, "fact", allocator), allocator);
  Set(document, "missing", LeversJson(sweep.missing, "demand", allocator), allocator);
  Set(document, "facts_to_settle", LeversJson(sweep.facts_to_settle, "fact", allocator), allocator);
  Set(document, "unlocks", UnlocksJson(sweep.unlocks, allocator), allocator);
  Set(document, "id", NameOfAnswer("s-", document), allocator);
  return document;
}

}  // namespace stackport::match
