// GET /v1/countries and /v1/countries/{code}. Country data is compiled into the program and does
// not change with the catalog.
#include <fmt/format.h>

#include "catalog/base/text.h"
#include "catalog/countries/country_json.h"
#include "host/http/problem_details.h"
#include "host/http/query.h"
#include "host/http/routes.h"

namespace stackport::http {

namespace {

using json::Set;
using json::Value;

// The code a client may have meant: of a name or another spelling, or the nearest code.
std::string NearestCode(const CountryIndex& countries, const std::string& text) {
  if (const auto code = countries.Resolve(text)) return *code;
  std::vector<std::string> codes;
  for (const Country& country : countries.All()) codes.push_back(country.code);
  return NearestName(text, codes);
}

}  // namespace

ApiResponse ListCountries(const ApiContext& context, const RouteCall&) {
  json::Document document(rapidjson::kObjectType);
  auto& allocator = document.GetAllocator();
  Value items(rapidjson::kArrayType);
  for (const Country& country : context.source.Countries().All()) {
    Value item(rapidjson::kObjectType);
    Set(item, "code", country.code, allocator);
    Set(item, "alpha3", country.alpha3, allocator);
    Set(item, "name", country.name, allocator);
    Set(item, "region", country.region, allocator);
    Set(item, "subregion", country.subregion, allocator);
    items.PushBack(item, allocator);
  }
  Set(document, "total", context.source.Countries().All().size(), allocator);
  Set(document, "items", std::move(items), allocator);
  return JsonResponse(document);
}

ApiResponse GetCountry(const ApiContext& context, const RouteCall& call) {
  const CountryIndex& countries = context.source.Countries();
  const std::string& code = call.arguments[0];
  const Country* country = countries.Find(code);
  if (country == nullptr) {
    const std::string near = NearestCode(countries, code);
    std::string detail = Quoted(code) + " is not an ISO 3166-1 alpha-2 code";
    if (const Country* other = countries.Find(near)) {
      detail += fmt::format("; did you mean {} ({})?", other->code, other->name);
    } else {
      detail += "; /v1/countries lists them";
    }
    return Problem(ProblemType::kUnknownCountry, detail, near);
  }
  json::Document document;
  static_cast<Value&>(document) = CountryToJson(*country, document.GetAllocator());
  return JsonResponse(document);
}

}  // namespace stackport::http
