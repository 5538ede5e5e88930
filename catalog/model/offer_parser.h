// How a component is sold. Private to catalog/model.
#ifndef STACKPORT_CATALOG_MODEL_OFFER_PARSER_H_
#define STACKPORT_CATALOG_MODEL_OFFER_PARSER_H_

#include <string>
#include <vector>

#include "catalog/base/json.h"
#include "catalog/model/component.h"
#include "catalog/model/value_parser.h"

namespace stackport {

// Largest price, in US dollars per unit: ten billion, above any data center. It keeps hundreds of
// units within a 64-bit count of micro-dollars.
inline constexpr double kMaxPriceUsd = 1e10;

// Longest lead time, in days: ten years.
inline constexpr std::int64_t kMaxLeadTimeDays = 3650;

// The elements of "offers". Requires: `offers` fits the schema.
std::vector<Offer> ParseOffers(const json::Value& offers, const std::string& pointer,
                               ValueParser& values);

}  // namespace stackport

#endif  // STACKPORT_CATALOG_MODEL_OFFER_PARSER_H_
