// Who may be a member of a consortium.
#ifndef STACKPORT_CATALOG_PROGRAMME_MEMBERS_H_
#define STACKPORT_CATALOG_PROGRAMME_MEMBERS_H_

#include <string_view>

#include "catalog/model/component.h"
#include "catalog/programme/verdict.h"

namespace stackport {

// Rule "member": a vendor located in, or owned or controlled from, a country of concern is barred.
// Countries of concern are China with Hong Kong and Macau [S]; for layers B to E also Russia,
// which rests on a press paraphrase of the call [U]. In layer A Russia leaves the question open.
// `layer` is 'A' to 'E', the layer of the component. A community project without a company behind
// it is no member, so the rule does not bar it; a vendor without a known headquarters is unknown.
RuleVerdict JudgeMember(const Vendor& vendor, char layer);

// Whether the programme counts the country as one of concern for a layer.
Truth IsCountryOfConcern(std::string_view country, char layer);

}  // namespace stackport

#endif  // STACKPORT_CATALOG_PROGRAMME_MEMBERS_H_
