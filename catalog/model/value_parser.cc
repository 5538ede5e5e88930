#include "catalog/model/value_parser.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <utility>

#include "catalog/base/text.h"
#include "catalog/model/identifiers.h"
#include "catalog/model/schema_text.h"

namespace stackport {
namespace {

// Every whole number up to here has a double of its own: 2^53.
constexpr double kMaxWholeDouble = 9007199254740992.0;

std::string_view View(const json::Value& text) {
  return {text.GetString(), text.GetStringLength()};
}

std::optional<std::int64_t> WholeNumber(const json::Value& value) {
  if (value.IsInt64()) return value.GetInt64();
  if (!value.IsDouble()) return std::nullopt;
  const double number = value.GetDouble();
  if (std::floor(number) != number || std::abs(number) > kMaxWholeDouble) return std::nullopt;
  return static_cast<std::int64_t>(number);
}

std::string UnitList(const Registry& registry, const AttributeDefinition& definition) {
  std::vector<std::string> units;
  if (const Dimension* dimension = registry.FindDimension(definition.dimension)) {
    for (const auto& [unit, factor] : dimension->units) {
      if (!unit.empty()) units.push_back(unit);
    }
  }
  return Join(units, ", ");
}

// KiB, MiB, ...: not what a slip between GB and TB was meant to be.
bool IsBinaryUnit(std::string_view unit) {
  return unit.size() == 3 && unit[1] == 'i';
}

// A token that is one word to every reader: no controls, nothing that is not UTF-8.
bool IsPlain(std::string_view text) {
  return Printable(text, text.size() + 3) == text;
}

AttributeValue TokensValue(std::vector<std::string> tokens) {
  AttributeValue value;
  value.kind = AttributeValue::Kind::kTokens;
  value.tokens = std::move(tokens);
  return value;
}

AttributeValue TextValue(AttributeValue::Kind kind, std::string text) {
  AttributeValue value;
  value.kind = kind;
  value.text = std::move(text);
  return value;
}

}  // namespace

std::string DescribeType(const AttributeDefinition& definition, const Registry& registry) {
  switch (definition.type) {
    case ValueType::kQuantity:
      return fmt::format("a number or [low, high] with a unit of {} ({})", definition.dimension,
                         UnitList(registry, definition));
    case ValueType::kInteger:
      return "a whole number or [low, high]";
    case ValueType::kBoolean:
      return "true or false";
    case ValueType::kText:
      return "a text that is not empty";
    case ValueType::kDate:
      return "a date written YYYY, YYYY-MM or YYYY-MM-DD";
    case ValueType::kToken:
      return "one token";
    case ValueType::kTokens:
      return "a token or a list of tokens";
    case ValueType::kComponent:
      return "one component id written vendor/name";
    case ValueType::kComponents:
      return "component ids written vendor/name";
    case ValueType::kCountries:
      return "country codes of ISO 3166-1 alpha-2, such as [\"KE\", \"GB\"]";
    case ValueType::kLanguages:
      return "language tags of BCP 47, such as [\"sw\", \"zh-Hans\", \"pt-BR\"]";
    case ValueType::kTable:
      return "a list of rows, each an object";
  }
  return {};
}

std::nullopt_t ValueParser::WrongType(const AttributeDefinition& definition,
                                      const json::Value& value, const std::string& pointer) {
  sink_.Error("type", pointer, fmt::format("{} is {}", definition.name, DescribeValue(value)),
              DescribeType(definition, registry_), "write the value in that form");
  return std::nullopt;
}

std::optional<AttributeValue> ValueParser::Parse(const AttributeDefinition& definition,
                                                 const json::Value& value, const json::Value* unit,
                                                 const ValuePlace& place) {
  if (unit != nullptr && definition.type != ValueType::kQuantity) {
    sink_.Warning("unexpected_unit", place.unit,
                  fmt::format("{} has the unit {}", definition.name, DescribeValue(*unit)),
                  "no unit: " + DescribeType(definition, registry_), "remove the unit");
  }
  switch (definition.type) {
    case ValueType::kQuantity:
    case ValueType::kInteger:
      return ParseInterval(definition, value, unit, place);
    case ValueType::kBoolean: {
      if (!value.IsBool()) return WrongType(definition, value, place.value);
      AttributeValue flag;
      flag.kind = AttributeValue::Kind::kFlag;
      flag.flag = value.GetBool();
      return flag;
    }
    case ValueType::kText:
      if (!value.IsString() || value.GetStringLength() == 0) {
        return WrongType(definition, value, place.value);
      }
      return TextValue(AttributeValue::Kind::kText, std::string(View(value)));
    case ValueType::kDate:
      if (!value.IsString() || !IsAsOfDate(View(value)) || View(value) == "undated") {
        return WrongType(definition, value, place.value);
      }
      return TextValue(AttributeValue::Kind::kText, std::string(View(value)));
    case ValueType::kTable: {
      const bool is_rows =
          value.IsArray() && std::all_of(value.Begin(), value.End(),
                                         [](const json::Value& row) { return row.IsObject(); });
      if (!is_rows) return WrongType(definition, value, place.value);
      return TextValue(AttributeValue::Kind::kTable, json::WriteCanonical(value));
    }
    case ValueType::kToken:
    case ValueType::kTokens:
    case ValueType::kComponent:
    case ValueType::kComponents:
    case ValueType::kCountries:
    case ValueType::kLanguages: {
      auto tokens = ParseTokens(definition, value, place.value);
      if (!tokens) return std::nullopt;
      return TokensValue(*std::move(tokens));
    }
  }
  return std::nullopt;
}

std::optional<AttributeValue> ValueParser::ParseInterval(const AttributeDefinition& definition,
                                                         const json::Value& value,
                                                         const json::Value* unit,
                                                         const ValuePlace& place) {
  AttributeValue parsed;
  parsed.kind = AttributeValue::Kind::kNumber;
  const bool quantity = definition.type == ValueType::kQuantity;
  if (quantity && value.IsString() && unit == nullptr) {
    const auto number = ParseWrittenQuantity(definition, View(value), place.value);
    if (!number) return std::nullopt;
    parsed.number = {*number, *number};
    return parsed;
  }
  const bool pair =
      value.IsArray() && value.Size() == 2 && value[0].IsNumber() && value[1].IsNumber();
  if (!pair && !value.IsNumber()) return WrongType(definition, value, place.value);
  const auto unit_name =
      quantity ? UnitFor(definition, unit, place) : std::optional<std::string_view>("");
  if (!unit_name) return std::nullopt;
  const auto low = ParseNumber(definition, pair ? value[0] : value, *unit_name, place);
  const auto high = pair ? ParseNumber(definition, value[1], *unit_name, place) : low;
  if (!low || !high) return std::nullopt;
  if (*low > *high) {
    sink_.Error("interval", place.value,
                fmt::format("{} runs from {} down to {}", definition.name, json::Write(value[0]),
                            json::Write(value[1])),
                "[low, high] with low not above high", "swap the two numbers");
    return std::nullopt;
  }
  parsed.number = {*low, *high};
  return parsed;
}

// One number of an integer or a quantity, in base units. Requires: `unit` is of the dimension.
std::optional<std::int64_t> ValueParser::ParseNumber(const AttributeDefinition& definition,
                                                     const json::Value& value,
                                                     std::string_view unit,
                                                     const ValuePlace& place) {
  if (definition.type == ValueType::kInteger) {
    const auto whole = WholeNumber(value);
    if (!whole) return WrongType(definition, value, place.value);
    if (!CheckBounds(definition, *whole, static_cast<double>(*whole), "", place.value)) {
      return std::nullopt;
    }
    return whole;
  }
  const auto base = registry_.ToBase(definition.dimension, value.GetDouble(), unit);
  if (!base.ok()) {
    sink_.Error("out_of_bounds", place.value, base.error().message,
                DescribeType(definition, registry_), "check the number and its unit");
    return std::nullopt;
  }
  if (!CheckBounds(definition, *base, value.GetDouble(), unit, place.value)) return std::nullopt;
  return *base;
}

// "700 W": the form of quantities in attributes and conditions.
std::optional<std::int64_t> ValueParser::ParseWrittenQuantity(const AttributeDefinition& definition,
                                                              std::string_view text,
                                                              const std::string& pointer) {
  const auto base = registry_.ParseQuantity(definition.dimension, text);
  double number = 0;
  const char* end = std::from_chars(text.data(), text.data() + text.size(), number).ptr;
  std::string_view unit = text.substr(static_cast<std::size_t>(end - text.data()));
  if (!unit.empty() && unit.front() == ' ') unit.remove_prefix(1);
  if (!base.ok()) {
    // A number with a strange unit deserves the closer answer.
    const bool has_number = end != text.data() && !unit.empty() && unit.size() <= 20;
    if (has_number && !CheckUnit(definition, unit, pointer)) return std::nullopt;
    sink_.Error("quantity", pointer, base.error().message, DescribeType(definition, registry_),
                "write it like \"700 W\"");
    return std::nullopt;
  }
  if (!CheckBounds(definition, *base, number, unit, pointer)) return std::nullopt;
  return *base;
}

std::optional<std::string_view> ValueParser::UnitFor(const AttributeDefinition& definition,
                                                     const json::Value* unit,
                                                     const ValuePlace& place) {
  // A dimension with the empty unit, such as ratio, can do without one.
  const std::string_view name = unit != nullptr && unit->IsString() ? View(*unit) : "";
  const Dimension* dimension = registry_.FindDimension(definition.dimension);
  if (dimension != nullptr && dimension->units.contains(std::string(name))) return name;
  if (name.empty()) {
    sink_.Error("unit_missing", place.value, definition.name + " has a number without a unit",
                DescribeType(definition, registry_), "add the unit");
    return std::nullopt;
  }
  CheckUnit(definition, name, place.unit);
  return std::nullopt;
}

bool ValueParser::CheckUnit(const AttributeDefinition& definition, std::string_view unit,
                            const std::string& pointer) {
  const Dimension* dimension = registry_.FindDimension(definition.dimension);
  if (dimension != nullptr && dimension->units.contains(std::string(unit))) return true;
  const std::string allowed = UnitList(registry_, definition);
  const std::string expected = fmt::format("a unit of {}: {}", definition.dimension, allowed);
  if (const auto other = registry_.DimensionOfUnit(unit)) {
    sink_.Error("unit_dimension", pointer,
                fmt::format("{} is a unit of {}, but {} is {}", Quoted(unit), *other,
                            definition.name, definition.dimension),
                expected, "write the value in one of these units");
    return false;
  }
  std::vector<std::string> units;
  if (dimension != nullptr && !sink_.errors_full()) {
    for (const auto& [name, factor] : dimension->units) units.push_back(name);
  }
  sink_.Error("unknown_unit", pointer,
              fmt::format("no unit is called {}{}", Quoted(unit), DidYouMean(unit, units)),
              expected, "write the value in one of these units");
  return false;
}

bool ValueParser::CheckBounds(const AttributeDefinition& definition, std::int64_t base,
                              double number, std::string_view unit, const std::string& pointer) {
  const bool below = definition.minimum && base < *definition.minimum;
  const bool above = definition.maximum && base > *definition.maximum;
  if (!below && !above) return true;
  const std::string written = fmt::format("{}{}{}", number, unit.empty() ? "" : " ", unit);
  const std::string limits = !definition.maximum ? "at least " + definition.minimum_text
                             : !definition.minimum
                                 ? "at most " + definition.maximum_text
                                 : definition.minimum_text + " to " + definition.maximum_text;
  const std::string hint = UnitHint(definition, number, unit);
  sink_.Error("out_of_bounds", pointer,
              fmt::format("{} of {} is {} what is plausible", definition.name, written,
                          below ? "below" : "above"),
              limits, hint.empty() ? "check the number" : fmt::format("did you mean {}?", hint));
  return false;
}

// The same number in the nearest unit that makes it plausible, or empty.
std::string ValueParser::UnitHint(const AttributeDefinition& definition, double number,
                                  std::string_view unit) const {
  const Dimension* dimension = registry_.FindDimension(definition.dimension);
  if (dimension == nullptr) return {};
  const auto written = dimension->units.find(std::string(unit));
  if (written == dimension->units.end()) return {};
  std::string_view nearest;
  double smallest = 0;
  for (const auto& [name, factor] : dimension->units) {
    if (name.empty() || IsBinaryUnit(name) != IsBinaryUnit(unit)) continue;
    const auto base = registry_.ToBase(definition.dimension, number, name);
    if (!base.ok() || (definition.minimum && *base < *definition.minimum) ||
        (definition.maximum && *base > *definition.maximum)) {
      continue;
    }
    const double distance = std::abs(std::log(factor / written->second));
    if (nearest.empty() || distance < smallest) {
      nearest = name;
      smallest = distance;
    }
  }
  return nearest.empty() ? std::string() : fmt::format("{} {}", number, nearest);
}

std::optional<std::vector<std::string>> ValueParser::ParseTokens(
    const AttributeDefinition& definition, const json::Value& value, const std::string& pointer) {
  const bool single =
      definition.type == ValueType::kToken || definition.type == ValueType::kComponent;
  const bool list = value.IsArray() && !value.Empty() && (!single || value.Size() == 1) &&
                    std::all_of(value.Begin(), value.End(),
                                [](const json::Value& element) { return element.IsString(); });
  if (!list && !value.IsString()) return WrongType(definition, value, pointer);
  std::vector<std::string> tokens;
  bool good = true;
  const auto add = [&](const json::Value& element, const std::string& at) {
    auto token = ParseToken(definition, View(element), at);
    good = good && token.has_value();
    if (token) tokens.push_back(*std::move(token));
  };
  if (value.IsString()) {
    add(value, pointer);
  } else {
    for (rapidjson::SizeType i = 0; i < value.Size(); ++i) {
      add(value[i], json::PointerPush(pointer, std::size_t{i}));
    }
  }
  if (!good) return std::nullopt;
  std::sort(tokens.begin(), tokens.end());
  tokens.erase(std::unique(tokens.begin(), tokens.end()), tokens.end());
  return tokens;
}

std::optional<std::vector<std::string>> ValueParser::ParseCountries(const json::Value& value,
                                                                    const std::string& pointer) {
  AttributeDefinition countries;
  countries.name = "the list of countries";
  countries.type = ValueType::kCountries;
  if (value.IsArray() && value.Empty()) return std::vector<std::string>();
  return ParseTokens(countries, value, pointer);
}

std::optional<std::string> ValueParser::ParseToken(const AttributeDefinition& definition,
                                                   std::string_view text,
                                                   const std::string& pointer) {
  if (definition.type == ValueType::kCountries) {
    if (IsCountryCode(text)) return std::string(text);
    const std::string hint = CountryCodeHint(text);
    sink_.Error("unknown_country", pointer,
                fmt::format("{} is no officially assigned country code", Quoted(text)),
                "a code of ISO 3166-1 alpha-2 in capitals",
                hint.empty() ? "look the code up" : "did you mean '" + hint + "'?");
    return std::nullopt;
  }
  if (definition.type == ValueType::kLanguages) {
    if (auto canonical = CanonicalLanguage(text)) return canonical;
    sink_.Error("malformed_language", pointer, fmt::format("{} is no language tag", Quoted(text)),
                "a tag of BCP 47: a language of two or three letters, then script and region",
                "write it like sw, zh-Hans or pt-BR");
    return std::nullopt;
  }
  if (definition.type == ValueType::kComponent || definition.type == ValueType::kComponents) {
    if (IsComponentId(text)) return std::string(text);
    sink_.Error(
        "malformed_component_id", pointer, fmt::format("{} is no component id", Quoted(text)),
        "vendor/name in lower case, digits and hyphens", "write it like dell/poweredge-xe9680");
    return std::nullopt;
  }
  if (text.empty() || text.size() > kMaxToken || !IsPlain(text)) {
    sink_.Error("malformed_token", pointer, fmt::format("{} is no token", Quoted(text)),
                fmt::format("1 to {} bytes without control characters", kMaxToken),
                "shorten or clean it");
    return std::nullopt;
  }
  WarnOfUnknownToken(definition, text, pointer);
  return std::string(text);
}

void ValueParser::WarnOfUnknownToken(const AttributeDefinition& definition, std::string_view token,
                                     const std::string& pointer) {
  const auto* vocabulary = registry_.FindVocabulary(definition.vocabulary);
  if (vocabulary == nullptr || vocabulary->contains(std::string(token))) return;
  if (sink_.warnings_full()) return;
  std::vector<std::string> known;
  for (const auto& entry : *vocabulary) known.push_back(entry.first);
  sink_.Warning("unknown_token", pointer,
                fmt::format("the vocabulary {} has no {}{}", definition.vocabulary, Quoted(token),
                            DidYouMean(token, known)),
                "a token of the vocabulary " + definition.vocabulary,
                "use a known token where one means the same; others match only themselves");
}

Provenance ValueParser::ParseProvenance(const json::Value& object, const std::string& pointer) {
  Provenance provenance;
  provenance.source = json::StringOr(object, "source", "");
  provenance.as_of = json::StringOr(object, "as_of", "");
  provenance.note = json::StringOr(object, "note", "");
  if (!provenance.as_of.empty() && !IsAsOfDate(provenance.as_of)) {
    sink_.Error("bad_date", json::PointerPush(pointer, "as_of"),
                fmt::format("{} is no date of the calendar", Quoted(provenance.as_of)),
                "YYYY, YYYY-MM, YYYY-MM-DD or undated", "correct the month or the day");
  }
  return provenance;
}

void ValueParser::CheckPrintable(std::string_view text, const std::string& pointer) {
  if (IsPlain(text)) return;
  sink_.Error("unprintable", pointer, fmt::format("{} holds control characters", Quoted(text)),
              "plain text without control or bidirectional control characters", "remove them");
}

}  // namespace stackport
