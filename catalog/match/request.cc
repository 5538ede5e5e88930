#include "catalog/match/request.h"

#include "catalog/match/request_reader.h"

namespace stackport::match {

std::string_view ResidencyName(Residency residency) {
  switch (residency) {
    case Residency::kCountry:
      return "country";
    case Residency::kPreferCountry:
      return "prefer_country";
    case Residency::kBloc:
      return "bloc";
    case Residency::kAnywhere:
      return "anywhere";
  }
  return "";
}

std::string_view PurposeName(Purpose purpose) {
  switch (purpose) {
    case Purpose::kService:
      return "service";
    case Purpose::kResearch:
      return "research";
  }
  return "";
}

std::string_view DeploymentModeName(DeploymentMode mode) {
  switch (mode) {
    case DeploymentMode::kOnPremises:
      return "on_premises";
    case DeploymentMode::kSovereignCloud:
      return "sovereign_cloud";
    case DeploymentMode::kCloudInCountry:
      return "cloud_in_country";
    case DeploymentMode::kCloudInBloc:
      return "cloud_in_bloc";
    case DeploymentMode::kCloudAnywhere:
      return "cloud_anywhere";
  }
  return "";
}

std::string_view FigureName(Figure figure) {
  switch (figure) {
    case Figure::kOpenQuestions:
      return "open_questions";
    case Figure::kDataAbroad:
      return "data_abroad";
    case Figure::kTco:
      return "tco";
    case Figure::kCapex:
      return "capex";
    case Figure::kOpex:
      return "opex";
    case Figure::kSitePower:
      return "site_power";
    case Figure::kLeadTime:
      return "lead_time";
    case Figure::kLicences:
      return "licences";
    case Figure::kVendors:
      return "vendors";
  }
  return "";
}

std::optional<Figure> FigureByName(std::string_view name) {
  for (const Figure figure : kFigures) {
    if (FigureName(figure) == name) return figure;
  }
  return std::nullopt;
}

ParsedRequest ParseRequest(const json::Value& document, const Registry& registry,
                           const CountryIndex& countries) {
  return RequestReader(registry, countries).Read(document);
}

}  // namespace stackport::match
