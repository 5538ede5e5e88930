// Fills the slots of a problem with candidates, and keeps for each what people need to know.
#ifndef STACKPORT_CATALOG_MATCH_SLOT_BUILDER_H_
#define STACKPORT_CATALOG_MATCH_SLOT_BUILDER_H_

#include <cstdint>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "catalog/match/compiled.h"
#include "catalog/match/eligibility.h"
#include "catalog/match/money.h"
#include "catalog/match/prepared_catalog.h"
#include "catalog/programme/us_content.h"

namespace stackport::match {

// Stands for "reads as fast as anyone asks" where the rate is a service's affair or not stated.
inline constexpr std::int64_t kUnboundedMbPerS = 1'000'000'000;

// Builds the candidates of one compilation, slot by slot. One thread at a time.
class SlotBuilder {
 public:
  SlotBuilder(const PreparedCatalog& catalog, const Request& request, const CountryIndex& countries,
              CompiledMatch* compiled);

  // Declares the slots, judges every component once, and adds all candidates.
  void Build();

  // Names of all tags of the problem.
  const TagTable& tags() const { return tags_; }
  // Component of the compute candidate that decides its speed: the accelerator itself, or the one
  // inside a rented machine; null for hosted interfaces.
  const Component* AcceleratorOf(std::size_t compute_candidate) const;

 private:
  // A component at one group of sites that treat it alike.
  struct Variant {
    std::vector<std::size_t> sites;
    Placement placement;
    VerdictPtr verdict;
  };

  // slot_builder_slots.cc
  void DeclareSlots();
  void AddDeployments();
  // slot_builder_hardware.cc
  void AddAccelerators();
  void AddServers();
  void AddSwitches();
  void AddStorage();
  // slot_builder_cloud.cc
  void AddRentedMachines();
  void AddCloudServices();
  void AddProviderServices();
  // slot_builder_software.cc
  void AddModels();
  void AddRuntimes();
  void AddEntitlements();
  void AddData();
  void AddApplications();
  void AddSecurity();
  // slot_builder_requirements.cc
  void RemoveUnsatisfiable();
  void AddOpenRequirements();
  std::vector<bool> Offered() const;
  // slot_builder.cc
  void ProvideSiteSets();
  void RecordExclusions();

  static bool AtCustomer(const Site& site) { return site.customer_site; }
  static bool Anywhere(const Site&) { return true; }

  // Components of one kind that passed the site-independent rules.
  std::vector<std::size_t> Eligible(std::string_view kind) const;
  // Groups the sites for which `wanted` holds by how the component is had there.
  std::vector<Variant> VariantsOf(std::size_t component,
                                  const std::function<bool(const Site&)>& wanted);
  std::optional<std::size_t> PlaceAt(std::size_t component, const Site& site,
                                     std::vector<Variant>& variants);

  // A candidate of `component` with labels, pins, tags, verdict, money and power filled in.
  struct Draft {
    Candidate candidate;
    Part part;
  };
  Draft MakeDraft(std::size_t component, const Variant& variant, std::string id,
                  const PriceBasis& basis, bool counts_price = true);
  // Something a region includes: no price, power or lead time of its own.
  Draft MakeIncluded(std::size_t provider, const Site& site, std::size_t site_index,
                     std::string role);
  void Add(int slot, Draft draft);
  void BindToModel(const Component& application, const ProvidedCapability& capability,
                   bool as_service, Draft& draft);

  std::int64_t& Value(Candidate& candidate, int attribute) const;
  // `sites` ascending.
  void RequireSites(Candidate& candidate, const std::vector<std::size_t>& sites);
  void Exclude(std::size_t component, Exclusion exclusion);
  std::string SuffixFor(const Variant& variant, std::size_t index) const;

  const PreparedCatalog& catalog_;
  const CatalogSnapshot& snapshot_;
  const Request& request_;
  CompiledMatch& compiled_;
  Eligibility eligibility_;
  ClassEstimates classes_;
  TagTable tags_;
  std::vector<VerdictPtr> verdicts_;                      // by component
  std::vector<TagId> site_tags_;                          // by site
  std::unordered_map<std::string, int> country_numbers_;  // of the sites' countries
  std::vector<int> site_countries_;                       // by site: its country's number
  std::map<std::vector<std::size_t>, TagId> site_sets_;   // of two sites or more, ascending
  std::map<std::size_t, Exclusion> site_exclusions_;  // first site-dependent reason, by component
  std::set<std::size_t> placed_;                      // components that are a candidate somewhere
  std::vector<const Component*> accelerator_of_;      // by compute candidate
  std::set<std::string> pinned_components_, pinned_vendors_;
  std::int64_t energy_milli_cents_per_watt_year_;
  std::int64_t years_;
};

}  // namespace stackport::match

#endif  // STACKPORT_CATALOG_MATCH_SLOT_BUILDER_H_
