// Fills the slots of a problem with candidates, and keeps for each what people need to know.
#ifndef STACKPORT_CATALOG_MATCH_SLOT_BUILDER_H_
#define STACKPORT_CATALOG_MATCH_SLOT_BUILDER_H_

#include <algorithm>
#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "catalog/match/compiled.h"
#include "catalog/match/eligibility.h"
#include "catalog/match/money.h"
#include "catalog/match/prepared_catalog.h"
#include "catalog/match/request_tags.h"
#include "catalog/programme/us_content.h"

namespace stackport::match {

// Stands for "reads as fast as anyone asks" where the rate is a service's affair or not stated.
inline constexpr std::int64_t kUnboundedMbPerS = 1'000'000'000;

// Builds the candidates of one compilation, slot by slot. One thread at a time.
class SlotBuilder {
 public:
  SlotBuilder(const PreparedCatalog& catalog, const Request& request, const CountryIndex& countries,
              Words words, CompiledMatch* compiled);

  // Declares the slots, judges every component that some slot may take, and adds all candidates;
  // with `only_at`, ids of sites, those alone that can stand at one of them.
  void Build(const std::set<std::string>* only_at = nullptr);

  // The candidates of these components alone, ascending, as Build would name them; not what
  // follows from the candidates of others, nor the sites as candidates. `sites` are what FindSites
  // gives. For the words.
  void BuildOnly(std::span<const std::size_t> components, std::vector<Site> sites);

  // The tags of the problem.
  const RequestTags& tags() const { return tags_; }
  // By compute candidate, the component that decides its speed: the accelerator itself, or the one
  // inside a rented machine; null for hosted interfaces.
  const std::vector<const Component*>& accelerators() const { return accelerator_of_; }
  // Why components are no candidate although every rule lets them through; where words are made.
  const std::map<std::size_t, Exclusion>& rejection_words() const { return rejection_words_; }

 private:
  using Positions = std::span<const std::size_t>;

  // A component at one group of sites that treat it alike.
  struct Variant {
    std::vector<std::size_t> sites;
    Placement placement;
    Verdict verdict;
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
  void AddModelWeights(std::size_t index, const Verdict& verdict, const PriceBasis& basis);
  void AddHostedModel(std::size_t index, const Verdict& verdict, bool self_hosted,
                      const PriceBasis& basis);
  void AddRuntimes();
  void AddEntitlements();
  void AddData();
  void AddApplications();
  void AddSecurity();
  // slot_builder_requirements.cc
  void RemoveUnsatisfiable();
  void AddOpenRequirements();
  std::vector<int> Offers() const;
  // slot_builder_sites.cc
  void NumberTheSites();
  void NumberThePins();
  // Groups the sites by how the component is had there.
  std::vector<Variant> VariantsOf(std::size_t component, Positions sites);
  // The same for all sites, where they differ in their views alone.
  std::vector<Variant> VariantsAnywhere(std::size_t component);
  const std::vector<std::size_t>& SitesOfViews(std::size_t views);
  std::optional<std::size_t> PlaceAt(std::size_t component, const Site& site,
                                     std::vector<Variant>& variants);
  bool AnyWanted(Positions sites) const;
  // Regions of these clouds, ascending.
  std::vector<std::size_t> SitesOf(const std::vector<std::string>& clouds) const;
  void RejectBy(std::size_t component, const Verdict& verdict);
  // The id of one of a component's variants as a candidate.
  std::string IdOf(const Component& component, const std::vector<Variant>& variants,
                   std::size_t index) const;
  int NamedBy(const Variant& variant) const;
  // `sites` ascending.
  void RequireSites(Candidate& candidate, const std::vector<std::size_t>& sites);
  void ProvideSiteSets();
  // slot_builder.cc
  void AddAll();
  // Makes room for some more.
  void Expect(int slot, std::size_t candidates);

  // Those of an ascending list that this build is about.
  std::vector<std::size_t> Wanted(Positions positions) const;

  // A candidate of `component` with labels, pins, tags, verdict, money and power filled in.
  struct Draft {
    Candidate candidate;
    Part part;
    std::shared_ptr<PartWords> words;  // null where they are left for later
    // The candidate's, as far as they are given: Add() makes room for no more.
    std::array<std::int64_t, kAttributes> values{};
    std::size_t values_given = 0;
  };
  Draft MakeDraft(std::size_t component, const Verdict& anywhere, const Variant& variant,
                  std::string id, const PriceBasis& basis, bool counts_price = true);
  // Something a region includes: no price, power or lead time of its own.
  Draft MakeIncluded(std::size_t site, std::string_view role);
  // Whether it was added; where prices are rejected, one without is not.
  bool Add(int slot, Draft&& draft);
  // `capability`: its number among those that the component provides.
  void BindToModel(std::size_t index, std::size_t capability, bool as_service, Draft& draft);
  void Draw(const Component& hardware, Draft& draft);
  void StandAt(const Site& site, const std::vector<std::string>& regions, Draft& draft);

  struct RuleAndText {
    std::string rule, text;
  };
  // An open question of the candidate in its slot. `tell` gives the rule that asks, and a sentence.
  template <typename Tell>
  void Ask(Draft& draft, Asked what, bool decisive, Tell tell) const {
    if (decisive) {
      ++draft.part.decisive_questions;
      draft.part.decisive_asked.Add(what);
    }
    if (draft.words == nullptr) return;
    auto [rule, text] = tell();
    draft.words->questions.push_back({snapshot_.components[draft.part.component].id,
                                      std::string(FactAsked(what)), std::move(rule),
                                      std::move(text), decisive});
  }

  // The first reason counts; false: there was one already.
  bool NoteRejection(std::size_t component, std::string_view reason);
  // `text` gives a sentence.
  template <typename Text>
  void Reject(std::size_t component, std::string_view reason, Text text) {
    if (!NoteRejection(component, reason) || words_ == Words::kLater) return;
    rejection_words_.try_emplace(
        component,
        Exclusion{snapshot_.components[component].id, std::string(reason), text(), {}, {}});
  }

  static std::int64_t& Value(Draft& draft, int attribute) {
    const auto a = static_cast<std::size_t>(attribute);
    draft.values_given = std::max(draft.values_given, a + 1);
    return draft.values[a];
  }

  const PreparedCatalog& catalog_;
  const CatalogSnapshot& snapshot_;
  const Request& request_;
  const Words words_;
  CompiledMatch& compiled_;
  Eligibility eligibility_;
  ClassEstimates classes_;
  RequestTags tags_;
  std::optional<Positions> only_;
  const std::set<std::string>* only_at_ = nullptr;
  std::vector<bool> wanted_site_;                        // by site
  std::vector<TagId> site_tags_;                         // by site
  std::vector<std::size_t> all_sites_, customer_sites_;  // numbers
  std::map<std::string, std::vector<std::size_t>, std::less<>> sites_of_cloud_;
  std::map<std::size_t, std::vector<std::size_t>> sites_of_provider_;  // by position
  // What sites look like to components: four ways, in countries numbered from 0.
  static constexpr std::size_t kSiteViews = 4;
  struct SiteView {
    std::size_t country;
    std::size_t view;
  };
  std::vector<SiteView> site_views_;         // by site
  std::vector<std::size_t> first_of_views_;  // sites, the first of each view
  // Sites by the views they have, a bit for each; empty: not asked for yet.
  std::array<std::vector<std::size_t>, 1U << kSiteViews> sites_of_views_;
  std::vector<int> number_of_country_;                   // by CountryNumber; -1: no site is there
  std::vector<char> country_named_;                      // room for VariantsOf
  std::vector<int> variant_of_view_;                     // likewise
  std::map<std::vector<std::size_t>, TagId> site_sets_;  // of two sites or more, ascending
  std::vector<int> rejection_of_;                        // by component; -1: none
  std::map<std::size_t, Exclusion> rejection_words_;     // by component
  std::vector<const Component*> accelerator_of_;         // by compute candidate
  std::map<std::string, TagId> pinned_components_, pinned_vendors_;
  std::int64_t energy_milli_cents_per_watt_year_;
  std::int64_t years_;
};

}  // namespace stackport::match

#endif  // STACKPORT_CATALOG_MATCH_SLOT_BUILDER_H_
