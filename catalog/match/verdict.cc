#include "catalog/match/verdict.h"

namespace stackport::match {

std::string_view FactAsked(Asked what) {
  switch (what) {
    case Asked::kSoldIn:
      return "sold_in";
    case Asked::kOffers:
      return "offers";
    case Asked::kLocation:
      return "location";
    case Asked::kAirGap:
      return "air_gap";
    case Asked::kOwnMachines:
      return "own_machines";
    case Asked::kControlPlane:
      return "control_plane";
    case Asked::kExport:
      return "tpp";
    case Asked::kLeadTime:
      return "lead_time";
    case Asked::kHeadquarters:
      return "headquarters";
    case Asked::kCertifications:
      return "certifications";
    case Asked::kLanguages:
      return "languages";
    case Asked::kParameters:
      return "parameters";
    case Asked::kContextTokens:
      return "context_tokens";
    case Asked::kMainsVoltage:
      return "mains_voltage";
    case Asked::kSiteCondition:
      return "site";
    case Asked::kOpenWeights:
      return "open_weights";
    case Asked::kCommercialUse:
      return "commercial_use";
    case Asked::kUnlicensedCountries:
      return "unlicensed_countries";
    case Asked::kLicensedUsers:
      return "licensed_users";
    case Asked::kPrice:
      return "price";
    case Asked::kStoragePrice:
      return "storage price";
    case Asked::kReadRate:
      return "read_rate";
    case Asked::kHostedRegions:
      return "hosted_regions";
    case Asked::kTask:
      return "task";
    case Asked::kModelFamily:
      return "model_family";
  }
  return {};
}

std::vector<std::string_view> AskedSet::Facts() const {
  std::vector<std::string_view> facts;
  for (unsigned what = 0; bits_ >> what != 0; ++what) {
    if ((bits_ >> what & 1U) != 0) facts.push_back(FactAsked(static_cast<Asked>(what)));
  }
  return facts;
}

}  // namespace stackport::match
