// The one way JSON enters and leaves the program.
//
// RapidJSON with fixed flags: iterative (a million '[' must not overflow the stack), encoding
// validated, full precision. Before a document is built, a SAX pass enforces size and depth limits
// and refuses duplicate member names, so that nothing later has to think about hostile shape.
// RAPIDJSON_ASSERT throws std::logic_error: a wrong access is our fault and is caught at the
// module's edge, it never aborts the host.
#ifndef STACKPORT_CATALOG_BASE_JSON_H_
#define STACKPORT_CATALOG_BASE_JSON_H_

#include <stdexcept>

#ifndef RAPIDJSON_ASSERT
#define RAPIDJSON_ASSERT(x) \
  ((x) ? static_cast<void>(0) : throw std::logic_error("wrong access to a JSON value: " #x))
#endif
#define RAPIDJSON_HAS_STDSTRING 1

#include <rapidjson/document.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "catalog/base/result.h"

namespace stackport::json {

using Value = rapidjson::Value;
using Document = rapidjson::Document;
using Allocator = rapidjson::Document::AllocatorType;

struct Limits {
  std::size_t max_bytes = std::size_t{1} << 20;  // of the whole text
  std::size_t max_depth = 64;                    // nested arrays and objects
  std::size_t max_values = 1'000'000;            // scalars, arrays and objects together
};

// Parses `text` within `limits`. The error names line, column and what was expected; its context
// is `origin` (a file name, "request body"). Refused: trailing text, duplicate names, invalid
// UTF-8, NaN and infinities, numbers outside double's range.
Result<Document> Parse(std::string_view text, std::string_view origin, const Limits& limits = {});

// Reads and parses a file; a file larger than the limit is refused before it is read.
Result<Document> ParseFile(const std::string& path, const Limits& limits = {});

// Compact text in member order.
std::string Write(const Value& value);
// Indented by two spaces, for people.
std::string WritePretty(const Value& value);
// Canonical text: members sorted by name (bytewise), compact, shortest round-trip numbers. Equal
// values give equal bytes; hashes are taken over this form.
std::string WriteCanonical(const Value& value);

// Member access that cannot fault. Null when `object` is not an object or has no such member.
const Value* Find(const Value& object, std::string_view name);
std::string_view StringOr(const Value& object, std::string_view name, std::string_view fallback);
std::int64_t IntOr(const Value& object, std::string_view name, std::int64_t fallback);
bool BoolOr(const Value& object, std::string_view name, bool fallback);
std::vector<std::string> Strings(const Value& array_or_string);  // a single string counts as one

// One step appended to a JSON pointer (RFC 6901), with ~ and / escaped.
std::string PointerPush(std::string_view pointer, std::string_view name);
std::string PointerPush(std::string_view pointer, std::size_t index);

// Builders that copy text into the allocator.
Value String(std::string_view text, Allocator& allocator);
void Set(Value& object, std::string_view name, Value value, Allocator& allocator);
void Set(Value& object, std::string_view name, std::string_view text, Allocator& allocator);
void Set(Value& object, std::string_view name, const char* text, Allocator& allocator);
void Set(Value& object, std::string_view name, std::int64_t number, Allocator& allocator);
void Set(Value& object, std::string_view name, int number, Allocator& allocator);
void Set(Value& object, std::string_view name, std::size_t number, Allocator& allocator);
void Set(Value& object, std::string_view name, bool flag, Allocator& allocator);
void Set(Value& object, std::string_view name, double number, Allocator& allocator);
Value StringArray(const std::vector<std::string>& texts, Allocator& allocator);

}  // namespace stackport::json

#endif  // STACKPORT_CATALOG_BASE_JSON_H_
