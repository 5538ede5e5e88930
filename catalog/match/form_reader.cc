#include "catalog/match/form_reader.h"

#include <fmt/format.h>

#include <algorithm>

namespace stackport::match {

using json::PointerPush;

namespace {

// Longest pointer that a finding repeats, in bytes: the deepest honest one is under 100.
constexpr std::size_t kMaxPointerText = 4 * kMaxQuotedText;

}  // namespace

void FormReader::Add(std::string code, std::string_view pointer, std::string message,
                     std::string expected, std::string remedy) {
  findings_.push_back({Severity::kError, std::move(code), Printable(pointer, kMaxPointerText),
                       std::move(message), std::move(expected), std::move(remedy)});
}

void FormReader::CheckMembers(const json::Value& object, std::string_view pointer,
                              const std::vector<std::string>& known) {
  for (const auto& member : object.GetObject()) {
    const std::string name(member.name.GetString(), member.name.GetStringLength());
    if (std::find(known.begin(), known.end(), name) != known.end()) continue;
    const std::string near = NearestName(name, known);
    Add("unknown_member", PointerPush(pointer, name), "unknown member " + Quoted(name),
        "one of " + Join(known, ", "), near.empty() ? "remove it" : "did you mean '" + near + "'?");
  }
}

std::string FormReader::Suggest(const json::Value& value, const std::vector<std::string>& names) {
  const std::string near = value.IsString() ? NearestName(value.GetString(), names) : "";
  return near.empty() ? "use one of the listed values" : "did you mean '" + near + "'?";
}

std::vector<std::string> FormReader::ReadTokens(const json::Value& object, std::string_view pointer,
                                                const char* name, std::string_view vocabulary,
                                                std::vector<std::string> fallback,
                                                std::size_t maximum) {
  const json::Value* value = json::Find(object, name);
  if (value == nullptr) return fallback;
  const std::string at = PointerPush(pointer, name);
  if (!value->IsArray() || value->Size() > maximum) {
    Add("not_a_list", at,
        "the value is not a list of at most " + std::to_string(maximum) + " texts",
        "a list of texts", "write [\"…\"]");
    return fallback;
  }
  std::vector<std::string> tokens;
  for (rapidjson::SizeType i = 0; i < value->Size(); ++i) {
    const json::Value& item = (*value)[i];
    if (!item.IsString() || item.GetStringLength() == 0 || item.GetStringLength() > 120) {
      Add("not_a_text", PointerPush(at, i), "the item is not a text of 1 to 120 characters",
          "a text", "write one in quotes, or remove the item");
      continue;
    }
    std::string token(item.GetString(), item.GetStringLength());
    if (!vocabulary.empty() && !CheckToken(vocabulary, token, PointerPush(at, i))) continue;
    if (std::find(tokens.begin(), tokens.end(), token) == tokens.end()) {
      tokens.push_back(std::move(token));
    }
  }
  return tokens;
}

bool FormReader::CheckToken(std::string_view vocabulary, const std::string& token,
                            std::string pointer) {
  const auto* known = registry_.FindVocabulary(vocabulary);
  if (known == nullptr || known->contains(token)) return true;
  std::vector<std::string> names;
  for (const auto& [name, meaning] : *known) names.push_back(name);
  const std::string near = NearestName(token, names);
  Add("unknown_" + std::string(vocabulary), std::move(pointer),
      Quoted(token) + " is not a known " + std::string(vocabulary),
      fmt::format("one of the {} the registry lists", names.size()),
      near.empty() ? "see sdk/registry/registry.json, vocabulary " + std::string(vocabulary)
                   : "did you mean '" + near + "'?");
  return false;
}

bool FormReader::ReadFlag(const json::Value& object, std::string_view pointer, const char* name) {
  const json::Value* value = json::Find(object, name);
  if (value == nullptr) return false;
  if (!value->IsBool()) {
    Add("not_a_boolean", PointerPush(pointer, name), "the value is not true or false",
        "true or false", "write one of them, without quotes");
    return false;
  }
  return value->GetBool();
}

std::optional<std::int64_t> FormReader::ReadInteger(const json::Value& object,
                                                    std::string_view pointer, const char* name,
                                                    std::int64_t low, std::int64_t high) {
  const json::Value* value = json::Find(object, name);
  if (value == nullptr) return std::nullopt;
  if (!value->IsInt64() || value->GetInt64() < low || value->GetInt64() > high) {
    Add("out_of_range", PointerPush(pointer, name), "the value is not a whole number in range",
        fmt::format("a whole number from {} to {}", low, high),
        "write one in this range, without quotes and decimals");
    return std::nullopt;
  }
  return value->GetInt64();
}

std::optional<std::int64_t> FormReader::ReadQuantity(const json::Value& object, std::string_view at,
                                                     const char* name, std::string_view dimension,
                                                     std::string_view example) {
  const json::Value* value = json::Find(object, name);
  if (value == nullptr) return std::nullopt;
  const std::string pointer = PointerPush(at, name);
  if (!value->IsString()) {
    Add("not_a_quantity", pointer, "a limit is a number with its unit, as text",
        fmt::format("for example \"{}\"", example), "add the unit");
    return std::nullopt;
  }
  auto quantity = registry_.ParseQuantity(dimension, value->GetString());
  if (!quantity) {
    Add("wrong_unit", pointer, quantity.error().message, fmt::format("for example \"{}\"", example),
        "write a number and its unit as there");
    return std::nullopt;
  }
  if (*quantity < 0) {
    Add("negative_limit", pointer, "a limit cannot be negative", "zero or more",
        "write it without the minus sign, or leave it out for no limit");
    return std::nullopt;
  }
  return *quantity;
}

}  // namespace stackport::match
