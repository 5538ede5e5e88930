#include "catalog/model/schema_text.h"

#include <fmt/format.h>

#include <vector>

#include "catalog/base/text.h"

namespace stackport {
namespace {

// "from 1 to 8", "of at least 1", "of at most 8", or nothing.
std::string Range(const json::Value& node, std::string_view low_name, std::string_view high_name) {
  const json::Value* low = json::Find(node, low_name);
  const json::Value* high = json::Find(node, high_name);
  if (low != nullptr && high != nullptr) {
    return fmt::format(" from {} to {}", json::Write(*low), json::Write(*high));
  }
  if (low != nullptr) return fmt::format(" of at least {}", json::Write(*low));
  if (high != nullptr) return fmt::format(" of at most {}", json::Write(*high));
  return {};
}

std::string Counted(std::string range, std::string_view of) {
  return range.empty() ? range : fmt::format("{} {}", range, of);
}

std::string DescribeObject(const json::Value& node) {
  std::string text = "an object";
  if (const json::Value* required = json::Find(node, "required")) {
    const std::vector<std::string> names = json::Strings(*required);
    text += (names.size() == 1 ? " with the member " : " with the members ") + Join(names, ", ");
  }
  return text + Counted(Range(node, "minProperties", "maxProperties"), "members");
}

std::string DescribeType(const json::Value& node) {
  const std::string_view type = json::StringOr(node, "type", "");
  if (type == "string") {
    const std::string length = Range(node, "minLength", "maxLength");
    const std::string_view pattern = json::StringOr(node, "pattern", "");
    return "text" + Counted(length, "characters") +
           (pattern.empty() ? "" : fmt::format(" of the form {}", pattern));
  }
  if (type == "integer") return "a whole number" + Range(node, "minimum", "maximum");
  if (type == "number") return "a number" + Range(node, "minimum", "maximum");
  if (type == "boolean") return "true or false";
  if (type == "array") return "a list" + Counted(Range(node, "minItems", "maxItems"), "elements");
  if (type == "object") return DescribeObject(node);
  if (json::Find(node, "required") != nullptr) return DescribeObject(node);
  return "a value the schema allows";
}

}  // namespace

const json::Value& ResolveReference(const json::Value& root, const json::Value& node) {
  static constexpr std::string_view kLocal = "#/definitions/";
  const std::string_view reference = json::StringOr(node, "$ref", "");
  if (reference.substr(0, kLocal.size()) != kLocal) return node;
  const json::Value* definitions = json::Find(root, "definitions");
  if (definitions == nullptr) return node;
  const json::Value* target = json::Find(*definitions, reference.substr(kLocal.size()));
  return target == nullptr ? node : *target;
}

const json::Value* SchemaOf(const json::Value& root, const json::Value& node,
                            std::string_view step) {
  const json::Value& judge = ResolveReference(root, node);
  if (const json::Value* properties = json::Find(judge, "properties")) {
    if (const json::Value* property = json::Find(*properties, step)) return property;
  }
  for (const std::string_view keyword : {"additionalProperties", "items"}) {
    const json::Value* inner = json::Find(judge, keyword);
    if (inner != nullptr && inner->IsObject()) return inner;
  }
  return nullptr;
}

std::string DescribeSchema(const json::Value& root, const json::Value& node) {
  const json::Value& judge = ResolveReference(root, node);
  const std::string_view description = json::StringOr(judge, "description", "");
  std::string text;
  if (const json::Value* constant = json::Find(judge, "const")) {
    text = "exactly " + json::Write(*constant);
  } else if (const json::Value* choices = json::Find(judge, "enum")) {
    text = "one of " + Join(json::Strings(*choices), ", ");
  } else if (const json::Value* branches = json::Find(judge, "oneOf");
             branches != nullptr && branches->IsArray()) {
    std::vector<std::string> alternatives;
    for (const json::Value& branch : branches->GetArray()) {
      alternatives.push_back(DescribeSchema(root, branch));
    }
    text = "exactly one of: " + Join(alternatives, "; or ");
  } else {
    text = DescribeType(judge);
  }
  return description.empty() ? text : fmt::format("{} ({})", text, description);
}

std::string DescribeValue(const json::Value& value) {
  if (value.IsString()) return Quoted({value.GetString(), value.GetStringLength()});
  const auto counted = [](std::string_view what, rapidjson::SizeType count, std::string_view of) {
    return fmt::format("{} of {} {}{}", what, count, of, count == 1 ? "" : "s");
  };
  if (value.IsArray()) return counted("a list", value.Size(), "element");
  if (value.IsObject()) return counted("an object", value.MemberCount(), "member");
  return Printable(json::Write(value));
}

}  // namespace stackport
