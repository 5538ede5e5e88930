#include "catalog/base/json_limits.h"

#include <fmt/format.h>
#include <rapidjson/error/en.h>
#include <rapidjson/memorystream.h>
#include <rapidjson/reader.h>

#include <algorithm>
#include <set>

#include "catalog/base/json_number.h"
#include "catalog/base/text.h"

namespace stackport::json {
namespace {

std::string Explain(rapidjson::ParseErrorCode code) {
  switch (code) {
    case rapidjson::kParseErrorDocumentEmpty:
      return "the text is empty; expected one JSON value";
    case rapidjson::kParseErrorDocumentRootNotSingular:
      return "text follows after the end of the JSON value; expected nothing more, remove it";
    case rapidjson::kParseErrorValueInvalid:
      return "expected a JSON value: an object, an array, a string in double quotes, a number, "
             "true, false or null";
    case rapidjson::kParseErrorObjectMissName:
      return "expected a member name in double quotes, or '}' (no comma after the last member)";
    case rapidjson::kParseErrorObjectMissColon:
      return "expected ':' after a member name";
    case rapidjson::kParseErrorObjectMissCommaOrCurlyBracket:
      return "expected ',' or '}' after a member of an object";
    case rapidjson::kParseErrorArrayMissCommaOrSquareBracket:
      return "expected ',' or ']' after an element of an array";
    case rapidjson::kParseErrorStringUnicodeEscapeInvalidHex:
      return "expected four hexadecimal digits after \\u";
    case rapidjson::kParseErrorStringUnicodeSurrogateInvalid:
      return "a string holds half of a surrogate pair; write the character itself in UTF-8";
    case rapidjson::kParseErrorStringEscapeInvalid:
      return "expected one of \" \\ / b f n r t u after a backslash in a string";
    case rapidjson::kParseErrorStringMissQuotationMark:
      return "a string does not end, or holds an unescaped control character; expected '\"'";
    case rapidjson::kParseErrorStringInvalidEncoding:
      return "a string is not valid UTF-8; save the text as UTF-8";
    case rapidjson::kParseErrorNumberTooBig:
      return "a number is outside the range of a double; expected at most about 1.8e308";
    case rapidjson::kParseErrorNumberMissFraction:
      return "expected a digit after the decimal point";
    case rapidjson::kParseErrorNumberMissExponent:
      return "expected a digit in the exponent";
    case rapidjson::kParseErrorNone:
    case rapidjson::kParseErrorTermination:
    case rapidjson::kParseErrorUnspecificSyntaxError:
      return rapidjson::GetParseError_En(code);
  }
  return rapidjson::GetParseError_En(code);
}

// Receives the reader's events and stops it at the first breach; `breach` then says which.
class ShapeHandler {
 public:
  using Ch = char;

  explicit ShapeHandler(const Limits& limits) : limits_(limits) {}

  const std::optional<Error>& breach() const { return breach_; }

  bool Null() { return CountValue(); }
  bool Bool(bool) { return CountValue(); }
  bool Int(int) { return CountValue(); }
  bool Uint(unsigned) { return CountValue(); }
  bool Int64(std::int64_t) { return CountValue(); }
  bool Uint64(std::uint64_t) { return CountValue(); }
  bool Double(double) { return CountValue(); }
  bool RawNumber(const char* data, rapidjson::SizeType size, bool) {
    if (ReadNumber({data, size})) return CountValue();
    return Stop(InvalidArgument(Explain(rapidjson::kParseErrorNumberTooBig)));
  }

  bool String(const char* data, rapidjson::SizeType size, bool) {
    return CheckText({data, size}) && CountValue();
  }

  bool Key(const char* data, rapidjson::SizeType size, bool) {
    const std::string_view name(data, size);
    if (!CheckText(name)) return false;
    // Ordered sets: the cost of a lookup cannot be driven up by chosen names.
    if (names_.back().emplace(name).second) return true;
    return Stop(InvalidArgument(
        fmt::format("the member {} appears twice in one object; keep one of them", Quoted(name))));
  }

  bool StartObject() { return Enter(); }
  bool StartArray() { return Enter(); }
  bool EndObject(rapidjson::SizeType) { return Leave(); }
  bool EndArray(rapidjson::SizeType) { return Leave(); }

 private:
  bool Stop(Error error) {
    breach_ = std::move(error);
    return false;
  }

  bool CountValue() {
    if (++values_ <= limits_.max_values) return true;
    return Stop(ResourceLimit(fmt::format(
        "the text has more than {} values; split it into several documents", limits_.max_values)));
  }

  bool Enter() {
    if (names_.size() >= limits_.max_depth) {
      return Stop(ResourceLimit(
          fmt::format("arrays and objects are nested deeper than {}; flatten the document",
                      limits_.max_depth)));
    }
    names_.emplace_back();
    return CountValue();
  }

  bool Leave() {
    names_.pop_back();
    return true;
  }

  // RapidJSON 1.1 validates raw bytes, but turns a lone "\udc00" escape into invalid UTF-8.
  bool CheckText(std::string_view text) {
    if (IsUtf8(text)) return true;
    return Stop(InvalidArgument(
        "a string holds half of a surrogate pair; write the character itself in UTF-8"));
  }

  const Limits& limits_;
  std::size_t values_ = 0;
  std::vector<std::set<std::string, std::less<>>> names_;  // one set per open array or object
  std::optional<Error> breach_;
};

// What the parser met, said with the remedy.
}  // namespace

std::string Position(std::string_view text, std::size_t offset) {
  const std::string_view before = text.substr(0, std::min(offset, text.size()));
  const auto lines = std::count(before.begin(), before.end(), '\n');
  const std::size_t newline = before.rfind('\n');
  const std::string_view line =
      newline == std::string_view::npos ? before : before.substr(newline + 1);
  const auto characters = std::count_if(line.begin(), line.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xc0) != 0x80;  // not a continuation byte
  });
  return fmt::format("line {}, column {}", lines + 1, characters + 1);
}

Status CheckShape(std::string_view text, std::string_view origin, const Limits& limits) {
  if (text.size() > limits.max_bytes) {
    return ResourceLimit(fmt::format("the text has {} bytes, more than the limit of {}; split it "
                                     "into several documents",
                                     text.size(), limits.max_bytes),
                         Printable(origin));
  }
  if (text.starts_with("\xEF\xBB\xBF")) {
    return InvalidArgument(
        Position(text, 0) + ": a byte order mark; save the text as UTF-8 without one",
        Printable(origin));
  }
  // To RapidJSON a zero byte is the end of the text: what follows it would go unseen.
  if (const std::size_t zero = text.find('\0'); zero != std::string_view::npos) {
    return InvalidArgument(Position(text, zero) + ": a zero byte; expected JSON text in UTF-8",
                           Printable(origin));
  }
  ShapeHandler handler(limits);
  rapidjson::Reader reader;
  rapidjson::MemoryStream stream(text.data() == nullptr ? "" : text.data(), text.size());
  const rapidjson::ParseResult parsed = reader.Parse<kParseFlags>(stream, handler);
  if (!parsed.IsError()) return {};
  Error error = handler.breach().value_or(InvalidArgument(Explain(parsed.Code())));
  error.message = Position(text, parsed.Offset()) + ": " + error.message;
  error.context = Printable(origin);
  return error;
}

}  // namespace stackport::json
