// Query parameters, snapshots and pages: what every list of the API shares.
#ifndef STACKPORT_HOST_HTTP_QUERY_H_
#define STACKPORT_HOST_HTTP_QUERY_H_

#include <cstddef>
#include <initializer_list>
#include <map>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "catalog/base/json.h"
#include "catalog/base/result.h"
#include "host/http/catalog_source.h"
#include "host/http/message.h"

namespace stackport::http {

// Bytes of one parameter's value: a component id has at most 120 and a search rarely ten words.
inline constexpr std::size_t kMaxParameterBytes = 400;

// Parameters by name, each given once.
using Query = std::map<std::string, std::string, std::less<>>;

// A value, or the answer that says why there is none.
template <typename T>
using OrResponse = std::variant<T, ApiResponse>;

// Refuses unknown names (with the nearest known one), repeated ones, and values that are too long
// or not UTF-8.
OrResponse<Query> ReadQuery(const ApiRequest& request, const std::vector<std::string>& known);

// The parameter, or empty.
std::string_view Parameter(const Query& query, std::string_view name);

// A whole number from `low` to `high`, or `fallback` when the parameter is absent.
OrResponse<std::size_t> IntegerParameter(const Query& query, std::string_view name, std::size_t low,
                                         std::size_t high, std::size_t fallback);

// The snapshot of ?snapshot=, or the newest.
OrResponse<SnapshotPtr> SnapshotOf(CatalogSource& source, const Query& query);

// A page of a list. A cursor names the snapshot it began with, so that a walk sees every item once
// whatever is admitted meanwhile.
struct Page {
  SnapshotPtr snapshot;
  std::size_t offset = 0;
  std::size_t limit = 0;
  bool continued = false;  // a cursor was given
};

// From ?snapshot=, ?limit= and ?cursor=.
OrResponse<Page> PageOf(CatalogSource& source, const ApiRequest& request, const Query& query);

// Begin and end of the page among `total` items.
std::pair<std::size_t, std::size_t> Bounds(const Page& page, std::size_t total);

// {"snapshot", "total", "items", "next"?} with the Link header when more items follow.
ApiResponse PageResponse(const ApiRequest& request, const Query& query, const Page& page,
                         std::size_t total, json::Document document, json::Value items);

// A JSON answer, 200.
ApiResponse JsonResponse(const json::Value& document);

// Sets the ETag of an answer that depends on the snapshot and the address alone.
void TagWithSnapshot(ApiResponse& response, const CatalogSnapshot& snapshot);

}  // namespace stackport::http

#endif  // STACKPORT_HOST_HTTP_QUERY_H_
