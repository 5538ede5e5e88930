#include "catalog/verify/fitness.h"

#include <algorithm>
#include <optional>
#include <set>

#include "catalog/base/text.h"
#include "catalog/programme/destination.h"
#include "catalog/programme/export_classification.h"
#include "catalog/programme/licence.h"
#include "catalog/programme/members.h"

namespace stackport::verify {

namespace {

bool Has(const Offer& offer, OfferDeployment deployment) {
  return std::find(offer.deployments.begin(), offer.deployments.end(), deployment) !=
         offer.deployments.end();
}

std::string PrimarySubtag(const std::string& language) {
  return language.substr(0, language.find('-'));
}

// "" when the languages suffice; "open" when they are not stated; else the one that is missing.
std::string MissingLanguage(const World& world, const Component& component) {
  std::set<std::string> wanted;
  for (const UseCaseAsked& use_case : world.asked.use_cases) {
    for (const std::string& language : use_case.languages) wanted.insert(PrimarySubtag(language));
  }
  if (wanted.empty()) return "";
  const Fact* stated = component.FindFact("languages");
  if (stated == nullptr) return "open";
  std::set<std::string> spoken;
  for (const std::string& language : stated->value.tokens) spoken.insert(PrimarySubtag(language));
  for (const std::string& language : wanted) {
    if (!spoken.contains(language)) return language;
  }
  return "";
}

Truth RunsOnMains(const World& world, const Component& component) {
  const auto volts = component.Number("mains_voltage");
  const Country* country = world.countries.Find(world.asked.country);
  if (!volts || country == nullptr) return Truth::kTrue;
  std::vector<int> supplies = country->mains_voltage_v;
  supplies.insert(supplies.end(), country->mains_three_phase_v.begin(),
                  country->mains_three_phase_v.end());
  if (supplies.empty()) return Truth::kUnknown;
  // IEC 60038 lets a supply stray by a tenth from its nominal voltage.
  return FromBool(std::any_of(supplies.begin(), supplies.end(), [&](int supply) {
    return 10 * volts->low <= 11 * supply && 9 * supply <= 10 * volts->high;
  }));
}

Truth SiteOffers(const World& world, const RequiredCapability& wanted) {
  std::vector<std::string> tokens;
  for (const Condition& condition : wanted.where) {
    tokens.insert(tokens.end(), condition.tokens.begin(), condition.tokens.end());
  }
  const bool cooling = wanted.capability == "site-cooling";
  if (!cooling && wanted.capability != "site-platform") return Truth::kUnknown;
  const std::vector<std::string>& stated = cooling ? world.asked.cooling : world.asked.platforms;
  // Air moves in every data hall.
  if (stated.empty()) return cooling && Holds(tokens, "air") ? Truth::kTrue : Truth::kUnknown;
  return FromBool(std::any_of(tokens.begin(), tokens.end(),
                              [&](const std::string& token) { return Holds(stated, token); }));
}

// Nothing when the offer excludes the country, else how many facts of the sale are open.
std::optional<std::int64_t> OpenSale(const World& world, const Offer& offer) {
  const std::string& country = world.asked.country;
  if (offer.sold_only_in) {
    return Holds(*offer.sold_only_in, country) ? std::optional<std::int64_t>(0) : std::nullopt;
  }
  if (offer.sold_except_in) {
    return Holds(*offer.sold_except_in, country) ? std::nullopt : std::optional<std::int64_t>(0);
  }
  const bool free_of_charge =
      !offer.prices.empty() &&
      std::all_of(offer.prices.begin(), offer.prices.end(),
                  [](const Price& price) { return price.price_kind == "free"; });
  return free_of_charge || !offer.location_country.empty() ? 0 : 1;
}

LicenceNeed ExportNeed(const World& world, const Component& accelerator) {
  LicenceQuestion question;
  question.destination = world.asked.country;
  const std::string& user = world.asked.end_user;
  question.end_user = user == "government"      ? EndUser::kGovernment
                      : user == "approved"      ? EndUser::kApprovedEntity
                      : user == "us_ai_company" ? EndUser::kUsAiCompany
                      : user == "other"         ? EndUser::kOther
                                                : EndUser::kUnknown;
  const Vendor* vendor = world.snapshot.FindVendor(accelerator.vendor_id);
  if (vendor != nullptr && !vendor->headquarters.empty()) {
    question.parties.push_back(
        {"vendor", vendor->headquarters, vendor->ultimate_parent_headquarters});
  }
  return JudgeLicence(world.countries, question, ClassifyAccelerator(FiguresOf(accelerator))).need;
}

// Judges one offer. Nothing when it is no way to have the component there.
std::optional<Way> Judge(const World& world, const Component& component, const Place& place,
                         const Offer* offer, bool as_service, std::string& why) {
  Way way{offer, as_service, false, 0, 0};
  const Asked& asked = world.asked;
  const auto refuse = [&](std::string reason) {
    why = std::move(reason);
    return std::nullopt;
  };
  if (offer == nullptr) {
    way.open = 1;
  } else if (const auto open = OpenSale(world, *offer)) {
    way.open = *open;
  } else {
    return refuse("it is not sold in " + asked.country);
  }
  if (as_service) {
    if (asked.air_gap) return refuse("a service does not run behind an air gap");
    const Truth residency = MayHoldData(world, offer->location_country);
    if (residency == Truth::kFalse) return refuse("its service holds data elsewhere");
    if (residency == Truth::kUnknown) ++way.open;
  } else if (asked.air_gap && !IsMachine(component)) {
    const Fact* gap = component.FindFact("air_gap");
    if (gap != nullptr && !gap->value.flag) return refuse("it does not run behind an air gap");
    if (gap == nullptr) ++way.open;
  }
  if (place.customer && component.kind == "sovereign_cloud") {
    if (Attribute(component, "cloud-services", "own_machines") == nullptr) ++way.open;
    if (FlagOf(component, "cloud-services", "own_machines")) {
      return refuse("what its own machines are is not known");
    }
  }
  if (place.customer && component.kind == "sovereign_cloud" &&
      (asked.residency == "country" || asked.residency == "bloc")) {
    const Fact* plane = component.FindFact("control_plane");
    const bool on_site = plane != nullptr && Holds(plane->value.tokens, "on_site");
    if (!on_site && !FactHolds(component, "air_gap")) ++way.open;
  }
  bool undecided = false;  // open without counting: it could not rule the package out
  if (place.customer && component.kind == "accelerator") {
    const LicenceNeed need = ExportNeed(world, component);
    way.licence = need != LicenceNeed::kNotRequired;
    if (need == LicenceNeed::kRequired && asked.no_licence) {
      return refuse("it needs an export licence");
    }
    if (need == LicenceNeed::kUnknown && asked.no_licence) ++way.open;
    undecided = need == LicenceNeed::kUnknown && !asked.no_licence;
  }
  way.lead_days = LeadDays(world, component, offer, way.licence);
  if (const auto limit = asked.Limit("delivery"); limit && place.customer && IsMachine(component)) {
    const bool stated = offer != nullptr && offer->lead_time_days.has_value();
    if (stated && way.lead_days > *limit) return refuse("it is delivered too late");
    if (!stated) ++way.open;
  }
  if (asked.reject_unknown && (way.open > 0 || undecided)) return refuse("a fact is not stated");
  return way;
}

}  // namespace

Fitness JudgeAnywhere(const World& world, const Component& component) {
  const Asked& asked = world.asked;
  Fitness fitness;
  const auto refuse = [&](const char* rule, std::string why) {
    fitness.rule = rule;
    fitness.why = std::move(why);
    return fitness;
  };
  if (Holds(asked.banned_components, component.id) ||
      Holds(asked.banned_vendors, component.vendor_id)) {
    return refuse("banned", "the request bans it or its vendor");
  }
  for (const RuleVerdict& verdict : {JudgeDestination(world.countries, asked.country),
                                     JudgeMarket(world.countries, asked.country)}) {
    if (verdict.holds == Truth::kFalse) return refuse("blocked_destination", verdict.explanation);
  }
  const Vendor* vendor = world.snapshot.FindVendor(component.vendor_id);
  const RuleVerdict member = JudgeMember(vendor == nullptr ? Vendor() : *vendor, component.layer);
  if (member.holds == Truth::kFalse) return refuse("member_rule", member.explanation);
  if (member.holds == Truth::kUnknown) ++fitness.open;

  const bool operates = component.kind == "cloud_provider" || component.kind == "sovereign_cloud";
  if (operates && !asked.certifications.empty()) {
    const Fact* held = component.FindFact("certifications");
    if (held == nullptr) ++fitness.open;
    for (const std::string& wanted : asked.certifications) {
      if (held != nullptr && !Holds(held->value.tokens, wanted)) {
        return refuse("certification", "it does not state " + wanted);
      }
    }
  }
  if (component.kind == "model" || component.kind == "application") {
    const std::string missing = MissingLanguage(world, component);
    if (missing == "open") {
      ++fitness.open;
    } else if (!missing.empty()) {
      return refuse("language", "it does not speak " + missing);
    }
  }
  if (component.kind == "model") {
    for (const auto& [fact, least] : {std::pair("parameters", asked.least_parameters),
                                      std::pair("context_tokens", asked.least_context_tokens)}) {
      if (!least) continue;
      const auto stated = component.Number(fact);
      if (!stated) ++fitness.open;
      if (stated && stated->high < *least) return refuse("model_size", "it is too small");
    }
  }
  if (IsMachine(component)) {
    const Truth runs = RunsOnMains(world, component);
    if (runs == Truth::kFalse) return refuse("mains", "it does not run on the country's mains");
    if (runs == Truth::kUnknown) ++fitness.open;
  }
  for (const Requirement& requirement : component.requires_) {
    if (!requirement.site_condition) continue;
    Truth met = Truth::kFalse;
    for (const RequiredCapability& wanted : requirement.any_of) {
      met = Or(met, SiteOffers(world, wanted));
    }
    if (met == Truth::kFalse) return refuse("site_condition", "the site does not offer its needs");
    if (met == Truth::kUnknown) ++fitness.open;
  }
  if (component.kind == "model" && asked.open_weights) {
    const Fact* open = component.FindFact("open_weights");
    if (open == nullptr) ++fitness.open;
    if (open != nullptr && !open->value.flag)
      return refuse("open_weights", "its weights are closed");
  }
  if (asked.reject_unknown && fitness.open > 0) {
    return refuse("unknown_fact", "a fact is not stated, and the request rejects that");
  }
  return fitness;
}

Fitness JudgeWeights(const World& world, const Component& model) {
  const Asked& asked = world.asked;
  Fitness fitness;
  const Fact* open_weights = model.FindFact("open_weights");
  if (open_weights != nullptr && !open_weights->value.flag) return fitness;  // sold for use
  if (asked.research) return fitness;
  const Fact* use = model.FindFact("commercial_use");
  if (use == nullptr) {
    ++fitness.open;
  } else if (Holds(use->value.tokens, "forbidden")) {
    fitness.rule = "commercial_use";
    fitness.why = "its licence is for research or non-commercial use";
    return fitness;
  }
  const Fact* not_in = model.FindFact("unlicensed_countries");
  if (not_in != nullptr && Holds(not_in->value.tokens, asked.country)) ++fitness.open;
  std::int64_t users = 0;
  for (const UseCaseAsked& use_case : asked.use_cases) users += use_case.users;
  const auto most = model.Number("licensed_users");
  if (most && users > most->low) ++fitness.open;
  if (asked.reject_unknown && fitness.open > 0) {
    fitness.rule = "unknown_fact";
    fitness.why = "what its licence covers is open, and the request rejects that";
  }
  return fitness;
}

std::int64_t LeadDays(const World& world, const Component& component, const Offer* offer,
                      bool licence) {
  std::int64_t days = 0;
  if (offer != nullptr && offer->lead_time_days) {
    days = offer->lead_time_days->high;
  } else if (IsMachine(component)) {
    days = Narrow(CeilOf(world.asked.Milli("hardware_lead_days"), 1000));
  }
  if (licence) days += Narrow(CeilOf(world.asked.Milli("licence_days_high"), 1000));
  return days;
}

Ways WaysToHave(const World& world, const Component& component, const Place& place) {
  Ways found;
  if (world.asked.air_gap && !place.customer) {
    found.why = "a public region has a connection to the outside";
    return found;
  }
  found.why = "it is not offered for this place";
  const auto consider = [&](const Offer* offer, bool as_service) {
    if (auto way = Judge(world, component, place, offer, as_service, found.why)) {
      found.ways.push_back(*way);
    }
  };
  if (component.offers.empty()) consider(nullptr, false);
  for (const Offer& offer : component.offers) {
    const bool sovereign =
        Has(offer, OfferDeployment::kSovereignCloud) && place.deployment == "sovereign_cloud";
    const bool here = offer.location_country.empty() ||
                      (!place.customer && offer.location_country == place.country);
    const bool at_customer =
        Has(offer, OfferDeployment::kOnPremises) || (sovereign && offer.location_country.empty());
    const bool in_region = here && (Has(offer, OfferDeployment::kCloud) || sovereign);
    if (place.customer ? at_customer : in_region) consider(&offer, false);
    // An application at the customer's site runs there; other services may watch from outside.
    const bool service = Has(offer, OfferDeployment::kSaas) && !IsMachine(component) &&
                         (!place.customer || component.kind != "application");
    if (service) consider(&offer, true);
  }
  return found;
}

}  // namespace stackport::verify
