// Whether one component may be part of a package for one request, and what is open about it.
#ifndef STACKPORT_CATALOG_MATCH_ELIGIBILITY_H_
#define STACKPORT_CATALOG_MATCH_ELIGIBILITY_H_

#include <optional>
#include <string>
#include <vector>

#include "catalog/countries/country_index.h"
#include "catalog/match/compiled.h"
#include "catalog/match/request.h"
#include "catalog/model/registry.h"
#include "catalog/model/snapshot.h"
#include "catalog/programme/verdict.h"

namespace stackport::match {

// How a component is had at one site.
struct Placement {
  const Offer* offer = nullptr;  // null: the document states no offer
  bool as_service = false;       // SaaS: runs where its vendor runs it
};

// Judges components for one request against one snapshot. Holds references only; lives as long as
// one compilation. One thread at a time.
class Eligibility {
 public:
  Eligibility(const CatalogSnapshot& snapshot, const Request& request,
              const CountryIndex& countries);

  // Rules that do not depend on where the package stands, in the order of MATCHING.md section 2:
  // ban, member rule, blocked destination, certifications, languages (models and applications),
  // size and open weights (models), mains (hardware), site conditions.
  Verdict Judge(const Component& component) const;

  // Whether the licence of a model's weights lets the operator run them for the request's purpose,
  // for its users and in its country. Not asked of what a vendor hosts: that is sold for use.
  Verdict JudgeWeightsLicence(const Component& model) const;

  // Rules that do: offered for this deployment and in the country, residency, air gap, lead time,
  // and for hardware at a customer's site export classification and licence. When it is eligible,
  // `placement` says how it is had.
  Verdict JudgeAt(const Component& component, const Site& site, Placement* placement) const;

  // Whether the request allows the data to be held at `country_code` (empty: unknown).
  Truth ResidencyAllows(const std::string& country_code) const;
  bool InBloc(const std::string& country_code) const;

  // Lead time in days at the pessimistic end, with its driver and source; `days` is 0 for software
  // and services without a stated lead time.
  void LeadTime(const Component& component, const Placement& placement, bool licence_needed,
                Part* part) const;

 private:
  Verdict JudgeMember(const Component& component) const;
  Verdict JudgeCertifications(const Component& component) const;
  Verdict JudgeLanguages(const Component& component) const;
  Verdict JudgeModelSize(const Component& component) const;
  Verdict JudgeMains(const Component& component) const;
  Verdict JudgeSiteConditions(const Component& component) const;
  Verdict JudgeCloudAtSite(const Component& component) const;
  Verdict JudgeSale(const Component& component, const Offer& offer) const;
  Verdict JudgeExport(const Component& component) const;

  const CatalogSnapshot& snapshot_;
  const Request& request_;
  const CountryIndex& countries_;
  RuleVerdict destination_, market_;    // whether the programme may export to the country at all
  std::vector<std::string> languages_;  // of all use cases
};

// Text of a fact's value for people: "80 GB", "sw, en", "true".
std::string FactText(const Fact& fact, std::string_view name);

}  // namespace stackport::match

#endif  // STACKPORT_CATALOG_MATCH_ELIGIBILITY_H_
