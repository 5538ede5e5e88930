// Rules about how a component is had at a site: its offers, where a service holds data, delivery.
#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "catalog/base/text.h"
#include "catalog/match/eligibility.h"
#include "catalog/match/verdict_parts.h"

namespace stackport::match {

void Eligibility::JudgeSale(const Traits& traits, const OfferTraits& offer,
                            Verdict& verdict) const {
  const std::string& country = request_.country;
  const auto offered = [&] {
    verdict.Tell([&](VerdictWords& words) { words.because.push_back("offered in " + country); });
  };
  if (offer.sold_only_in != nullptr) {
    if (offer.sold_only_in->test(country_number_)) {
      offered();
      return;
    }
    verdict.Exclude("not_offered", [&] {
      return Excluded(traits, "not_offered",
                      fmt::format("it is offered only in {}, not in {}",
                                  Join(*offer.offer->sold_only_in, ", "), country));
    });
  } else if (offer.sold_except_in != nullptr) {
    if (!offer.sold_except_in->test(country_number_)) {
      offered();
      return;
    }
    verdict.Exclude("not_offered", [&] {
      return Excluded(traits, "not_offered", "it is not offered in " + country);
    });
  } else if (offer.free) {
    verdict.Tell(
        [&](VerdictWords& words) { words.because.emplace_back("its licence lets anyone use it"); });
  } else if (offer.offer->location_country.empty()) {
    // A public region takes customers from anywhere its provider may trade.
    verdict.Ask(Asked::kSoldIn, [&] {
      return Question(traits, Asked::kSoldIn, "offered in the country",
                      "Where it is sold is not stated; the request is for " + country + ".");
    });
  }
}

// A service that holds the data where its vendor runs it.
void Eligibility::JudgeService(const Traits& traits, const OfferTraits& offer,
                               Verdict& verdict) const {
  const std::string& where = offer.offer->location_country;
  if (request_.air_gap) {
    verdict.Exclude("air_gap", [&] {
      return Excluded(traits, "air_gap", "it runs only as a service, and an air gap is demanded");
    });
    return;
  }
  const Truth allowed = ResidencyAllows(where);
  if (allowed == Truth::kFalse) {
    verdict.Exclude("residency", [&] {
      return Excluded(traits, "residency",
                      "its service runs in " + where + ", and the request keeps data elsewhere");
    });
  } else if (allowed == Truth::kUnknown) {
    verdict.Ask(Asked::kLocation, [&] {
      return Question(traits, Asked::kLocation, "data residency",
                      "Where its service holds data is not stated.");
    });
  }
}

void Eligibility::JudgeAirGap(const Traits& traits, Verdict& verdict) const {
  if (!request_.air_gap || traits.IsHardware()) return;
  if (traits.air_gap == nullptr) {
    verdict.Ask(Asked::kAirGap, [&] {
      return Question(traits, Asked::kAirGap, "air gap",
                      "Whether it runs without a connection is not stated.");
    });
  } else if (!traits.air_gap->value.flag) {
    verdict.Exclude("air_gap", [&] {
      return Excluded(traits, "air_gap", "it does not run without a connection");
    });
  }
}

// The offer under which it is had at the site with the fewest questions; of equals the first.
Verdict Eligibility::JudgeOffers(const Traits& traits, const Site& site,
                                 Placement* placement) const {
  std::optional<Verdict> best;
  const auto rank = [](const Verdict& verdict) {
    return verdict.eligible() ? verdict.questions() : 1000;
  };
  const auto consider = [&](const OfferTraits* offer, bool as_service) {
    Verdict verdict(words_);
    if (offer != nullptr) {
      JudgeSale(traits, *offer, verdict);
    } else {
      verdict.Ask(Asked::kOffers, [&] {
        return Question(traits, Asked::kOffers, "how it is had",
                        "How and where it can be had is not stated.");
      });
    }
    if (as_service) {
      JudgeService(traits, *offer, verdict);
    } else {
      JudgeAirGap(traits, verdict);
    }
    if (!best || rank(verdict) < rank(*best)) {
      best = std::move(verdict);
      placement->offer = offer == nullptr ? nullptr : offer->offer;
      placement->as_service = as_service;
    }
  };
  if (traits.offers.empty()) consider(nullptr, false);
  const bool sovereign = site.mode == DeploymentMode::kSovereignCloud;
  const CountryNumber country = NumberOfCountry(site.country);
  // An application at the customer's site must run there: a service brings its own machines, and
  // those of the package would stand idle. Data and security services may watch from outside.
  const bool service_fits =
      !traits.IsHardware() && (!site.customer_site || traits.kind != KindOf::kApplication);
  for (const OfferTraits& offer : traits.offers) {
    const bool anywhere = offer.location == kNoCountry;
    const bool as_sovereign = sovereign && offer.Has(OfferDeployment::kSovereignCloud);
    const bool fits = site.customer_site
                          ? offer.Has(OfferDeployment::kOnPremises) || (as_sovereign && anywhere)
                          : (offer.Has(OfferDeployment::kCloud) || as_sovereign) &&
                                (anywhere || offer.location == country);
    if (fits) consider(&offer, false);
    if (service_fits && offer.Has(OfferDeployment::kSaas)) consider(&offer, true);
  }
  if (best) return *std::move(best);
  Verdict verdict(words_);
  verdict.Exclude("deployment", [&] {
    const bool service_only =
        std::all_of(traits.offers.begin(), traits.offers.end(),
                    [](const OfferTraits& offer) { return offer.Has(OfferDeployment::kSaas); });
    return Excluded(traits, "deployment",
                    !site.customer_site
                        ? "it is not offered in " + site.cloud + " regions in " + site.country
                    : service_only ? "it is offered only as a service, not for a customer's site"
                                   : "it is not offered for a customer's site");
  });
  return verdict;
}

Verdict Eligibility::JudgeAt(std::size_t position, const Site& site, Placement* placement) const {
  const Traits& traits = catalog_.TraitsOf(position);
  if (request_.air_gap && !site.customer_site) {
    Verdict verdict(words_);
    verdict.Exclude("air_gap", [&] {
      return Excluded(traits, "air_gap", "a public region has a connection to the outside");
    });
    return verdict;
  }
  Verdict verdict = JudgeOffers(traits, site, placement);
  if (!verdict.eligible()) return verdict;
  if (site.customer_site) {
    if (traits.kind == KindOf::kSovereignCloud) JudgeCloudAtSite(traits, verdict);
    JudgeExport(traits, verdict);
    if (verdict.eligible()) JudgeDelivery(traits, *placement, verdict);
  }
  RejectUnknown(traits, verdict);
  return verdict;
}

void Eligibility::JudgeDelivery(const Traits& traits, const Placement& placement,
                                Verdict& verdict) const {
  if (!request_.max_delivery_days || !traits.IsHardware()) return;
  const auto position =
      static_cast<std::size_t>(traits.component - catalog_.snapshot().components.data());
  const LeadTime lead = LeadTimeOf(position, placement, verdict.licence_needed);
  const bool stated = placement.offer != nullptr && placement.offer->lead_time_days.has_value();
  if (!stated) {
    verdict.Ask(Asked::kLeadTime, [&] {
      return Question(traits, Asked::kLeadTime, "delivery limit",
                      fmt::format("Its lead time is not stated; {} days are assumed.", lead.days));
    });
  } else if (lead.days > *request_.max_delivery_days) {
    verdict.Exclude("delivery", [&] {
      return Excluded(traits, "delivery",
                      fmt::format("it takes {} days ({}), and the limit is {}", lead.days,
                                  lead.driver, *request_.max_delivery_days));
    });
  }
}

LeadTime Eligibility::LeadTimeOf(std::size_t position, const Placement& placement,
                                 bool licence_needed) const {
  LeadTime lead;
  const bool in_words = words_ == Words::kNow;
  if (placement.offer != nullptr && placement.offer->lead_time_days) {
    lead.days = placement.offer->lead_time_days->high;
    if (in_words) {
      lead.driver = "stated lead time";
      lead.provenance = placement.offer->lead_time_provenance;
    }
  } else if (catalog_.TraitsOf(position).IsHardware()) {
    lead.days = hardware_lead_days_;
    if (in_words) {
      const Assumption& assumed = request_.assumptions.at("hardware_lead_days");
      lead.driver = "assumption hardware_lead_days";
      lead.provenance = {assumed.source, assumed.as_of, assumed.origin};
    }
  }
  if (licence_needed) {
    lead.days += licence_days_;
    if (in_words) lead.driver += " after an export licence";
  }
  return lead;
}

}  // namespace stackport::match
