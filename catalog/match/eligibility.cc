#include "catalog/match/eligibility.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "catalog/base/text.h"
#include "catalog/match/verdict_parts.h"
#include "catalog/programme/destination.h"

namespace stackport::match {

namespace {

bool Has(const Offer& offer, OfferDeployment deployment) {
  return std::find(offer.deployments.begin(), offer.deployments.end(), deployment) !=
         offer.deployments.end();
}

bool IsFree(const Offer& offer) {
  return !offer.prices.empty() &&
         std::all_of(offer.prices.begin(), offer.prices.end(),
                     [](const Price& price) { return price.price_kind == "free"; });
}

// Primary languages compare by their language subtag: a product that speaks pt-BR serves a request
// for pt, and one that states pt serves pt-BR.
std::string PrimaryLanguage(const std::string& tag) {
  return tag.substr(0, tag.find('-'));
}

}  // namespace

std::string FactText(const Fact& fact, std::string_view name) {
  const AttributeValue& value = fact.value;
  switch (value.kind) {
    case AttributeValue::Kind::kFlag:
      return value.flag ? "true" : "false";
    case AttributeValue::Kind::kText:
      return Printable(value.text);
    case AttributeValue::Kind::kTokens:
      return Join(value.tokens, ", ");
    case AttributeValue::Kind::kTable:
      return "a table";
    case AttributeValue::Kind::kNumber:
      break;
  }
  const AttributeDefinition* definition = Registry::Builtin().FindFact(name);
  const Dimension* dimension =
      definition == nullptr ? nullptr : Registry::Builtin().FindDimension(definition->dimension);
  const std::string unit = dimension == nullptr ? "" : " " + dimension->base_unit;
  return value.number.exact()
             ? fmt::format("{}{}", value.number.low, unit)
             : fmt::format("{} to {}{}", value.number.low, value.number.high, unit);
}

Eligibility::Eligibility(const CatalogSnapshot& snapshot, const Request& request,
                         const CountryIndex& countries)
    : snapshot_(snapshot),
      request_(request),
      countries_(countries),
      destination_(JudgeDestination(countries, request.country)),
      market_(JudgeMarket(countries, request.country)) {
  std::set<std::string> languages;
  for (const UseCase& use_case : request.use_cases) {
    languages.insert(use_case.languages.begin(), use_case.languages.end());
  }
  languages_.assign(languages.begin(), languages.end());
}

bool Eligibility::InBloc(const std::string& country_code) const {
  return !countries_.ShareRegionalBloc(request_.country, country_code).empty();
}

Truth Eligibility::ResidencyAllows(const std::string& country_code) const {
  switch (request_.residency) {
    case Residency::kAnywhere:
    case Residency::kPreferCountry:
      return Truth::kTrue;
    case Residency::kCountry:
      return country_code.empty() ? Truth::kUnknown : FromBool(country_code == request_.country);
    case Residency::kBloc:
      return country_code.empty()
                 ? Truth::kUnknown
                 : FromBool(country_code == request_.country || InBloc(country_code));
  }
  return Truth::kUnknown;
}

Verdict Eligibility::Judge(const Component& component) const {
  if (Contains(request_.banned_components, component.id)) {
    return Excluded(component, "banned", "the request bans this component");
  }
  if (Contains(request_.banned_vendors, component.vendor_id)) {
    return Excluded(component, "banned", "the request bans its vendor " + component.vendor_id);
  }
  Verdict verdict;
  for (Verdict (Eligibility::*rule)(const Component&) const :
       {&Eligibility::JudgeMember, &Eligibility::JudgeCertifications, &Eligibility::JudgeLanguages,
        &Eligibility::JudgeModelSize, &Eligibility::JudgeMains,
        &Eligibility::JudgeSiteConditions}) {
    verdict.Merge((this->*rule)(component));
    if (!verdict.eligible()) return verdict;
  }
  if (component.kind == "model" && request_.open_weights) {
    const Fact* open = component.FindFact("open_weights");
    if (open == nullptr) {
      verdict.questions.push_back(Ask(component, "open_weights", "open weights demanded",
                                      "Whether the weights are open is not stated."));
    } else if (!open->value.flag) {
      Verdict closed = Excluded(component, "open_weights",
                                "its weights are not open, and the request demands open weights");
      closed.exclusion->facts.push_back(Used(component, "open_weights", *open));
      return closed;
    }
  }
  if (request_.unknown_facts == UnknownFacts::kReject && !verdict.questions.empty()) {
    const OpenQuestion& question = verdict.questions.front();
    return Excluded(component, "unknown_fact",
                    fmt::format("{} is unknown ({}), and the request rejects unknown facts",
                                question.fact, question.rule));
  }
  return verdict;
}

Verdict Eligibility::JudgeCertifications(const Component& component) const {
  // Certifications are asked of whoever runs the service that holds the data.
  const bool operates = component.kind == "cloud_provider" || component.kind == "sovereign_cloud";
  if (request_.certifications.empty() || !operates) return {};
  const Fact* held = component.FindFact("certifications");
  Verdict verdict;
  if (held == nullptr) {
    verdict.questions.push_back(Ask(component, "certifications", "certifications demanded",
                                    "Its certifications are not stated; the request demands " +
                                        Join(request_.certifications, ", ") + "."));
    return verdict;
  }
  for (const std::string& wanted : request_.certifications) {
    if (Contains(held->value.tokens, wanted)) continue;
    verdict = Excluded(component, "certification",
                       fmt::format("it states {}, and the request demands {}",
                                   Join(held->value.tokens, ", "), wanted));
    verdict.exclusion->facts.push_back(Used(component, "certifications", *held));
    return verdict;
  }
  verdict.because.push_back("holds " + Join(request_.certifications, ", "));
  verdict.facts.push_back(Used(component, "certifications", *held));
  return verdict;
}

Verdict Eligibility::JudgeLanguages(const Component& component) const {
  Verdict verdict;
  const bool speaks = component.kind == "model" || component.kind == "application";
  if (!speaks || languages_.empty()) return verdict;
  const Fact* stated = component.FindFact("languages");
  if (stated == nullptr) {
    verdict.questions.push_back(
        Ask(component, "languages", "speaks " + Join(languages_, ", "),
            "Its languages are not stated; the use cases need " + Join(languages_, ", ") + "."));
    return verdict;
  }
  std::set<std::string> primary;
  for (const std::string& tag : stated->value.tokens) primary.insert(PrimaryLanguage(tag));
  for (const std::string& wanted : languages_) {
    if (primary.contains(PrimaryLanguage(wanted))) continue;
    verdict = Excluded(component, "language",
                       fmt::format("it states {} language(s) and {} is not among them",
                                   stated->value.tokens.size(), wanted));
    verdict.exclusion->facts.push_back(Used(component, "languages", *stated));
    return verdict;
  }
  verdict.because.push_back("states the languages " + Join(languages_, ", "));
  verdict.facts.push_back(Used(component, "languages", *stated));
  return verdict;
}

Verdict Eligibility::JudgeSale(const Component& component, const Offer& offer) const {
  Verdict verdict;
  const std::string& country = request_.country;
  if (offer.sold_only_in) {
    if (Contains(*offer.sold_only_in, country)) {
      verdict.because.push_back("offered in " + country);
      return verdict;
    }
    return Excluded(component, "not_offered",
                    fmt::format("it is offered only in {}, not in {}",
                                Join(*offer.sold_only_in, ", "), country));
  }
  if (offer.sold_except_in) {
    if (Contains(*offer.sold_except_in, country)) {
      return Excluded(component, "not_offered", "it is not offered in " + country);
    }
    verdict.because.push_back("offered in " + country);
    return verdict;
  }
  if (IsFree(offer)) {
    verdict.because.push_back("its licence lets anyone use it");
    return verdict;
  }
  // A public region takes customers from anywhere its provider may trade.
  if (!offer.location_country.empty()) return verdict;
  verdict.questions.push_back(
      Ask(component, "sold_in", "offered in the country",
          "Where it is sold is not stated; the request is for " + country + "."));
  return verdict;
}

Verdict Eligibility::JudgeAt(const Component& component, const Site& site,
                             Placement* placement) const {
  if (request_.air_gap && !site.customer_site) {
    return Excluded(component, "air_gap", "a public region has a connection to the outside");
  }
  const bool hardware = IsHardware(component);
  std::optional<Verdict> best;
  const auto consider = [&](const Offer* offer, bool as_service) {
    Verdict verdict = offer == nullptr ? Verdict() : JudgeSale(component, *offer);
    if (offer == nullptr) {
      verdict.questions.push_back(
          Ask(component, "offers", "how it is had", "How and where it can be had is not stated."));
    }
    if (as_service) {
      const std::string& where = offer->location_country;
      const Truth allowed = ResidencyAllows(where);
      if (request_.air_gap) {
        verdict =
            Excluded(component, "air_gap", "it runs only as a service, and an air gap is demanded");
      } else if (allowed == Truth::kFalse) {
        verdict =
            Excluded(component, "residency",
                     "its service runs in " + where + ", and the request keeps data elsewhere");
      } else if (allowed == Truth::kUnknown) {
        verdict.questions.push_back(Ask(component, "location", "data residency",
                                        "Where its service holds data is not stated."));
      }
    } else if (request_.air_gap && !hardware) {
      const Fact* gap = component.FindFact("air_gap");
      if (gap != nullptr && !gap->value.flag) {
        verdict = Excluded(component, "air_gap", "it does not run without a connection");
      } else if (gap == nullptr) {
        verdict.questions.push_back(Ask(component, "air_gap", "air gap",
                                        "Whether it runs without a connection is not stated."));
      }
    }
    const auto rank = [](const Verdict& v) {
      return v.eligible() ? v.questions.size() : std::size_t{1000};
    };
    if (!best || rank(verdict) < rank(*best)) {
      best = std::move(verdict);
      placement->offer = offer;
      placement->as_service = as_service;
    }
  };
  if (component.offers.empty()) consider(nullptr, false);
  for (const Offer& offer : component.offers) {
    if (site.customer_site) {
      const bool sovereign_site = site.mode == DeploymentMode::kSovereignCloud;
      if (Has(offer, OfferDeployment::kOnPremises) ||
          (sovereign_site && Has(offer, OfferDeployment::kSovereignCloud) &&
           offer.location_country.empty())) {
        consider(&offer, false);
      }
    } else if (Has(offer, OfferDeployment::kCloud) &&
               (offer.location_country.empty() || offer.location_country == site.country)) {
      consider(&offer, false);
    } else if (Has(offer, OfferDeployment::kSovereignCloud) &&
               site.mode == DeploymentMode::kSovereignCloud &&
               (offer.location_country.empty() || offer.location_country == site.country)) {
      consider(&offer, false);
    }
    // An application at the customer's site must run there: a service brings its own machines, and
    // those of the package would stand idle. Data and security services may watch from outside.
    const bool service_fits = !site.customer_site || component.kind != "application";
    if (Has(offer, OfferDeployment::kSaas) && service_fits && !hardware) consider(&offer, true);
  }
  if (!best) {
    const bool saas_only =
        std::all_of(component.offers.begin(), component.offers.end(),
                    [](const Offer& o) { return Has(o, OfferDeployment::kSaas); });
    return Excluded(component, "deployment",
                    site.customer_site
                        ? (saas_only ? "it is offered only as a service, not for a customer's site"
                                     : "it is not offered for a customer's site")
                        : "it is not offered in " + site.cloud + " regions in " + site.country);
  }
  Verdict verdict = std::move(*best);
  if (!verdict.eligible()) return verdict;
  if (site.customer_site && component.kind == "sovereign_cloud") {
    verdict.Merge(JudgeCloudAtSite(component));
  }
  if (site.customer_site && hardware) verdict.Merge(JudgeExport(component));
  if (verdict.eligible() && request_.max_delivery_days && hardware && site.customer_site) {
    Part part;
    LeadTime(component, *placement, verdict.licence_needed, &part);
    const bool stated = placement->offer != nullptr && placement->offer->lead_time_days.has_value();
    if (part.lead_days > *request_.max_delivery_days) {
      if (stated) {
        return Excluded(component, "delivery",
                        fmt::format("it takes {} days ({}), and the limit is {}", part.lead_days,
                                    part.lead_driver, *request_.max_delivery_days));
      }
    }
    if (!stated) {
      verdict.questions.push_back(
          Ask(component, "lead_time", "delivery limit",
              fmt::format("Its lead time is not stated; {} days are assumed.", part.lead_days)));
    }
  }
  if (verdict.eligible() && request_.unknown_facts == UnknownFacts::kReject &&
      !verdict.questions.empty()) {
    return Excluded(component, "unknown_fact",
                    fmt::format("{} is unknown ({}), and the request rejects unknown facts",
                                verdict.questions.front().fact, verdict.questions.front().rule));
  }
  return verdict;
}

void Eligibility::LeadTime(const Component& component, const Placement& placement,
                           bool licence_needed, Part* part) const {
  constexpr std::int64_t kMilli = 1000;
  if (placement.offer != nullptr && placement.offer->lead_time_days) {
    part->lead_days = placement.offer->lead_time_days->high;
    part->lead_driver = "stated lead time";
    part->lead_provenance = placement.offer->lead_time_provenance;
  } else if (IsHardware(component)) {
    const Assumption& assumed = request_.assumptions.at("hardware_lead_days");
    part->lead_days = (assumed.value + kMilli - 1) / kMilli;
    part->lead_driver = "assumption hardware_lead_days";
    part->lead_provenance = {assumed.source, assumed.as_of, assumed.origin};
  }
  if (licence_needed) {
    part->lead_days += (request_.Milli("licence_days_high") + kMilli - 1) / kMilli;
    part->lead_driver += " after an export licence";
  }
}

}  // namespace stackport::match
