// Whether one component may be part of a package for one request, and what is open about it.
#ifndef STACKPORT_CATALOG_MATCH_ELIGIBILITY_H_
#define STACKPORT_CATALOG_MATCH_ELIGIBILITY_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "catalog/countries/country_index.h"
#include "catalog/match/compiled.h"
#include "catalog/match/component_traits.h"
#include "catalog/match/prepared_catalog.h"
#include "catalog/match/request.h"
#include "catalog/match/verdict.h"
#include "catalog/programme/licence.h"
#include "catalog/programme/verdict.h"

namespace stackport::match {

// How a component is had at one site.
struct Placement {
  const Offer* offer = nullptr;  // null: the document states no offer
  bool as_service = false;       // SaaS: runs where its vendor runs it
};

// Lead time in days at the pessimistic end.
struct LeadTime {
  std::int64_t days = 0;  // 0 for software and services without a stated lead time
  std::string driver;     // the words are empty where they are left for later
  Provenance provenance;
};

// Judges components for one request against one snapshot. Holds references only; lives as long as
// one compilation. One thread at a time.
class Eligibility {
 public:
  Eligibility(const PreparedCatalog& catalog, const Request& request, const CountryIndex& countries,
              Words words);

  // Rules that do not depend on where the package stands, in the order of MATCHING.md section 2:
  // ban, member rule, blocked destination, certifications, languages (models and applications),
  // size and open weights (models), mains (hardware), site conditions.
  Verdict Judge(std::size_t position) const;

  // Whether the licence of a model's weights lets the operator run them for the request's purpose,
  // for its users and in its country. Not asked of what a vendor hosts: that is sold for use.
  Verdict JudgeWeightsLicence(std::size_t position) const;

  // Rules that do: offered for this deployment and in the country, residency, air gap, lead time,
  // and for hardware at a customer's site export classification and licence. When it is eligible,
  // `placement` says how it is had.
  Verdict JudgeAt(std::size_t position, const Site& site, Placement* placement) const;

  // Whether the request allows the data to be held at `country_code` (empty: unknown).
  Truth ResidencyAllows(const std::string& country_code) const;
  bool InBloc(const std::string& country_code) const;

  // What these rules, and the placing of parts, read of the request's country. Where two requests
  // differ in their country alone, the same key means the same verdicts, but for their words, of
  // parts in regions of clouds or at a customer's site, or the same sites.
  struct CountryKey {
    std::string in_regions;
    std::string at_customers;
    std::string sites;
  };
  CountryKey KeyOfCountry() const;

  LeadTime LeadTimeOf(std::size_t position, const Placement& placement, bool licence_needed) const;

 private:
  using Traits = ComponentTraits;

  // Each adds to the verdict what it finds.
  void JudgeBan(const Traits& traits, Verdict& verdict) const;
  void JudgeMember(const Traits& traits, Verdict& verdict) const;
  void JudgeCertifications(const Traits& traits, Verdict& verdict) const;
  void JudgeLanguages(const Traits& traits, Verdict& verdict) const;
  void JudgeModelSize(const Traits& traits, Verdict& verdict) const;
  void JudgeOpenWeights(const Traits& traits, Verdict& verdict) const;
  // Whether the country's mains suit a range of volts, and the volts it runs on, or that
  // are supplied; kUnknown where they are not known.
  std::pair<Truth, int> MainsRunOn(const Interval& volts) const;
  void JudgeMains(const Traits& traits, Verdict& verdict) const;
  void JudgeSiteConditions(const Traits& traits, Verdict& verdict) const;
  void JudgeCloudAtSite(const Traits& traits, Verdict& verdict) const;
  void JudgeSale(const Traits& traits, const OfferTraits& offer, Verdict& verdict) const;
  void JudgeService(const Traits& traits, const OfferTraits& offer, Verdict& verdict) const;
  void JudgeAirGap(const Traits& traits, Verdict& verdict) const;
  void JudgeExport(const Traits& traits, Verdict& verdict) const;
  void JudgeDelivery(const Traits& traits, const Placement& placement, Verdict& verdict) const;
  // Excludes what rests on unknown facts where the request rejects them.
  void RejectUnknown(const Traits& traits, Verdict& verdict) const;
  Verdict JudgeOffers(const Traits& traits, const Site& site, Placement* placement) const;
  LicenceAnswer LicenceOf(const Traits& traits) const;
  LicenceNeed LicenceNeedOf(const Traits& traits) const;

  const PreparedCatalog& catalog_;
  const Request& request_;
  const CountryIndex& countries_;
  const Words words_;
  const Country* country_;              // of the request
  CountryNumber country_number_;        // likewise
  RuleVerdict destination_, market_;    // whether the programme may export to the country at all
  std::vector<std::string> languages_;  // of all use cases
  std::int64_t users_ = 0;              // likewise
  mutable std::vector<signed char> in_bloc_;  // with the request's, by CountryNumber; -1: not asked
  std::int64_t hardware_lead_days_;           // assumed where none is stated
  std::int64_t licence_days_;
  // By what decides it: the vendor's two places, and whether the class is controlled.
  using LicenceKey = std::tuple<std::string_view, std::string_view, ExportClass, Truth>;
  mutable std::vector<std::pair<LicenceKey, LicenceNeed>> licence_needs_;
};

// Text of a fact's value for people: "80 GB", "sw, en", "true".
std::string FactText(const Fact& fact, std::string_view name);

}  // namespace stackport::match

#endif  // STACKPORT_CATALOG_MATCH_ELIGIBILITY_H_
