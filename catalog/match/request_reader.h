// Reads one request and collects every fault. Private to the request's form.
#ifndef STACKPORT_CATALOG_MATCH_REQUEST_READER_H_
#define STACKPORT_CATALOG_MATCH_REQUEST_READER_H_

#include <array>
#include <optional>
#include <string>

#include "catalog/match/form_reader.h"
#include "catalog/match/request.h"

namespace stackport::match {

inline constexpr std::array kFigures = {
    Figure::kOpenQuestions, Figure::kDataAbroad, Figure::kTco,      Figure::kCapex,  Figure::kOpex,
    Figure::kSitePower,     Figure::kLeadTime,   Figure::kLicences, Figure::kVendors};

// One request, once.
class RequestReader : private FormReader {
 public:
  RequestReader(const Registry& registry, const CountryIndex& countries)
      : FormReader(registry), countries_(countries) {}

  ParsedRequest Read(const json::Value& document);

 private:
  // request_reader.cc
  void ReadSchema(const json::Value& document);
  void ReadCountry(const json::Value& document);
  void ReadUseCases(const json::Value& document);
  void ReadUseCase(const json::Value& value, const std::string& pointer);
  void ReadPlacement(const json::Value& document);
  void ReadModel(const json::Value& document);
  void ReadSecurity(const json::Value& document);
  void ReadLimits(const json::Value& document);
  void ReadPinsAndBans(const json::Value& document);
  void ReadSite(const json::Value& document);
  void ReadAssumptions(const json::Value& document);
  void ApplyCountryFacts();

  // request_reader_answer.cc
  void ReadAnswerShape(const json::Value& document);
  void ReadObjective(const json::Value& document);
  std::optional<Figure> ReadFigure(const json::Value& value, const std::string& pointer);
  void ReadLevel(const json::Value& value, const std::string& pointer);
  void CheckContradictions();

  const CountryIndex& countries_;
  Request request_;
};

}  // namespace stackport::match

#endif  // STACKPORT_CATALOG_MATCH_REQUEST_READER_H_
