// Whether an export licence is needed, for a destination, a classification and the parties.
//
// Inferred [I] from the rule of October 2023 and later guidance, on the country groups of
// 2026-07-23:
//   destination rule   controlled, and the destination is in D:1, D:4 or D:5 and not in A:5 or A:6
//   headquarters rule  controlled, to any destination outside the United States, when a party or
//                      its ultimate parent is headquartered in Macau or in a D:5 country
// The United Arab Emirates are in A:5, yet a licence stays except for their government, approved
// entities and AI companies headquartered in the United States. Hong Kong is read as China [U].
// The words "worldwide" in the printed text of 3A090.a belong to the rescinded AI Diffusion rule.
#ifndef STACKPORT_CATALOG_PROGRAMME_LICENCE_H_
#define STACKPORT_CATALOG_PROGRAMME_LICENCE_H_

#include <string>
#include <string_view>
#include <vector>

#include "catalog/countries/country_index.h"
#include "catalog/programme/export_classification.h"
#include "catalog/programme/verdict.h"

namespace stackport {

// Planning days for a licence: 90 is the rule's own limit, 180 what was reported for 2025.
inline constexpr Interval kLicencePlanningDays = {90, 180};

enum class LicenceNeed { kNotRequired, kRequired, kUnknown };

// Who would use the items; matters in the United Arab Emirates only.
enum class EndUser { kUnknown, kGovernment, kApprovedEntity, kUsAiCompany, kOther };

// A party to the export. A party with neither place known leaves the headquarters rule open.
struct Party {
  std::string role;                          // "vendor", "buyer": for the explanation
  std::string headquarters;                  // ISO 3166-1 alpha-2; empty: unknown
  std::string ultimate_parent_headquarters;  // likewise; empty: unknown or none
};

struct LicenceQuestion {
  std::string destination;  // ISO 3166-1 alpha-2
  std::vector<Party> parties;
  EndUser end_user = EndUser::kUnknown;
};

struct LicenceAnswer {
  LicenceNeed need = LicenceNeed::kUnknown;
  // Days to plan for the licence; {0, 0} when none is needed, {0, 180} when that is not known.
  Interval planning_days;
  RuleVerdict verdict;  // holds: kTrue when no licence is needed
};

// "not_required", "required", "unknown".
std::string_view LicenceNeedName(LicenceNeed need);

// Rule "export_licence".
LicenceAnswer JudgeLicence(const CountryIndex& countries, const LicenceQuestion& question,
                           const ExportClassification& classification);

// The destination rule alone, by the groups: kUnknown for a code that is no country. The special
// case of the United Arab Emirates is not part of it.
Truth IsLicenceDestination(const CountryIndex& countries, std::string_view destination);
// The headquarters rule alone: Macau or a D:5 country.
bool IsLicenceHeadquarters(const CountryIndex& countries, std::string_view headquarters);

}  // namespace stackport

#endif  // STACKPORT_CATALOG_PROGRAMME_LICENCE_H_
