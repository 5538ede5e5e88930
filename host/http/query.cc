#include "host/http/query.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>

#include "catalog/base/hash.h"
#include "catalog/base/text.h"
#include "host/http/limits.h"
#include "host/http/problem_details.h"

namespace stackport::http {

namespace {

// Part of every snapshot's ETag; changes when the same snapshot is written differently.
constexpr std::string_view kFormatRevision = "1";
// Digits of the hash that ties a cursor to its list: a mix-up must be noticed, not an attack.
constexpr std::size_t kListHashDigits = 8;

std::optional<std::size_t> ParseSize(std::string_view text) {
  std::size_t value = 0;
  const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || code != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::string PercentEncode(std::string_view text) {
  std::string encoded;
  for (const char c : text) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       std::string_view("-._~/,").find(c) != std::string_view::npos;
    encoded += plain ? std::string(1, c) : fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return encoded;
}

// The list a cursor belongs to: the path and every parameter that selects items.
std::string ListHash(const ApiRequest& request, const Query& query) {
  std::string text = request.path;
  for (const auto& [name, value] : query) {
    if (name == "cursor" || name == "limit" || name == "fields" || name == "snapshot") continue;
    text += fmt::format("\n{}={}", name, value);
  }
  return Sha256Hex(text).substr(0, kListHashDigits);
}

struct Cursor {
  std::string list;
  std::size_t offset = 0;
  std::string snapshot;
};

std::string WriteCursor(const Cursor& cursor) {
  return fmt::format("{}.{}.{}", cursor.list, cursor.offset, cursor.snapshot);
}

std::optional<Cursor> ReadCursor(std::string_view text) {
  const std::vector<std::string> parts = Split(text, '.');
  if (parts.size() != 3) return std::nullopt;
  const auto offset = ParseSize(parts[1]);
  if (!offset) return std::nullopt;
  return Cursor{parts[0], *offset, parts[2]};
}

std::string NextAddress(const ApiRequest& request, const Query& query, const Cursor& cursor) {
  std::string address = PercentEncode(request.path) + "?";
  for (const auto& [name, value] : query) {
    if (name != "cursor")
      address += fmt::format("{}={}&", PercentEncode(name), PercentEncode(value));
  }
  return address + "cursor=" + PercentEncode(WriteCursor(cursor));
}

}  // namespace

OrResponse<Query> ReadQuery(const ApiRequest& request, const std::vector<std::string>& known) {
  Query query;
  for (const auto& [name, value] : request.query) {
    if (std::find(known.begin(), known.end(), name) == known.end()) {
      const std::string near = NearestName(name, known);
      return Problem(ProblemType::kInvalidParameter,
                     fmt::format("{} is not a parameter of this path; {}", Quoted(name),
                                 known.empty() ? "it has none" : "it has " + Join(known, ", ")),
                     near);
    }
    if (value.size() > kMaxParameterBytes || !IsUtf8(value)) {
      return Problem(ProblemType::kInvalidParameter,
                     fmt::format("the value of '{}' is not UTF-8 text of at most {} bytes", name,
                                 kMaxParameterBytes));
    }
    if (!query.emplace(name, value).second) {
      return Problem(ProblemType::kInvalidParameter, fmt::format("'{}' is given twice", name));
    }
  }
  return query;
}

std::string_view Parameter(const Query& query, std::string_view name) {
  const auto found = query.find(name);
  return found == query.end() ? std::string_view() : std::string_view(found->second);
}

OrResponse<std::size_t> IntegerParameter(const Query& query, std::string_view name, std::size_t low,
                                         std::size_t high, std::size_t fallback) {
  const auto found = query.find(name);
  if (found == query.end()) return fallback;
  const auto value = ParseSize(found->second);
  if (!value || *value < low || *value > high) {
    return Problem(ProblemType::kInvalidParameter,
                   fmt::format("'{}' is {}, and not a whole number from {} to {}", name,
                               Quoted(found->second), low, high));
  }
  return *value;
}

OrResponse<SnapshotPtr> SnapshotOf(CatalogSource& source, const Query& query) {
  const auto found = query.find("snapshot");
  auto snapshot = found == query.end() ? source.Current() : source.Read(found->second);
  if (snapshot) return *std::move(snapshot);
  if (snapshot.error().code == ErrorCode::kNotFound && found != query.end()) {
    return Problem(ProblemType::kUnknownSnapshot,
                   "there is no snapshot " + Quoted(found->second) + "; see /v1/snapshots");
  }
  return ProblemOf(snapshot.error());
}

OrResponse<Page> PageOf(CatalogSource& source, const ApiRequest& request, const Query& query) {
  Page page;
  auto limit = IntegerParameter(query, "limit", 1, kMaxPageSize, kDefaultPageSize);
  if (auto* problem = std::get_if<ApiResponse>(&limit)) return std::move(*problem);
  page.limit = std::get<std::size_t>(limit);
  Query place = query;
  if (const std::string_view text = Parameter(query, "cursor"); !text.empty()) {
    const auto cursor = ReadCursor(text);
    if (!cursor || cursor->list != ListHash(request, query)) {
      return Problem(ProblemType::kInvalidCursor,
                     "the cursor was not made for this path with these filters");
    }
    if (const auto asked = query.find("snapshot");
        asked != query.end() && asked->second != cursor->snapshot) {
      return Problem(ProblemType::kInvalidCursor, "the cursor belongs to another snapshot");
    }
    page.offset = cursor->offset;
    page.continued = true;
    place["snapshot"] = cursor->snapshot;
  }
  auto snapshot = SnapshotOf(source, place);
  if (auto* problem = std::get_if<ApiResponse>(&snapshot)) return std::move(*problem);
  page.snapshot = std::get<SnapshotPtr>(std::move(snapshot));
  return page;
}

std::pair<std::size_t, std::size_t> Bounds(const Page& page, std::size_t total) {
  const std::size_t begin = std::min(page.offset, total);
  return {begin, begin + std::min(page.limit, total - begin)};
}

ApiResponse PageResponse(const ApiRequest& request, const Query& query, const Page& page,
                         std::size_t total, json::Document document, json::Value items) {
  auto& allocator = document.GetAllocator();
  const std::size_t end = Bounds(page, total).second;
  json::Set(document, "snapshot", page.snapshot->id, allocator);
  json::Set(document, "total", total, allocator);
  json::Set(document, "items", std::move(items), allocator);
  std::string next;
  if (end < total) {
    next = NextAddress(request, query, {ListHash(request, query), end, page.snapshot->id});
    json::Set(document, "next", next, allocator);
  }
  ApiResponse response = JsonResponse(document);
  if (!next.empty()) {
    response.headers.emplace_back("Link", fmt::format("<{}>; rel=\"next\"", next));
  }
  return response;
}

ApiResponse JsonResponse(const json::Value& document) {
  ApiResponse response;
  response.body = json::Write(document);
  return response;
}

void TagWithSnapshot(ApiResponse& response, const CatalogSnapshot& snapshot) {
  response.headers.emplace_back("ETag", fmt::format("\"{}.{}\"", snapshot.id, kFormatRevision));
}

}  // namespace stackport::http
