#include "catalog/model/json_schema.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <valijson/adapters/rapidjson_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validator.hpp>

#include "catalog/base/text.h"
#include "catalog/model/document_limits.h"
#include "catalog/model/finding_sink.h"
#include "catalog/model/schema_text.h"

extern "C" {
extern const unsigned char stackport_component_schema_begin[];
extern const unsigned char stackport_component_schema_end[];
}

namespace stackport {
namespace {

constexpr std::string_view kMissing = "schema_required";
constexpr std::string_view kUnknownMember = "schema_unknown_member";
constexpr std::string_view kChoice = "schema_choice";
constexpr std::string_view kType = "schema_type";

// How the validator's descriptions begin, and our code for each. Descriptions that only repeat
// the failure of an inner part begin otherwise and are passed over.
constexpr std::array<std::pair<std::string_view, std::string_view>, 12> kCodes = {{
    {"Missing required property", kMissing},
    {"Object contains a property", kUnknownMember},
    {"Failed to validate against any child schemas", kChoice},
    {"Failed to validate against exactly one", kChoice},
    {"Value type not permitted", kType},
    {"Failed to match regex", "schema_pattern"},
    {"Failed to match against any enum", "schema_value"},
    {"Failed to match expected value", "schema_value"},
    {"String should be", "schema_length"},
    {"Array should contain", "schema_length"},
    {"Object should have", "schema_length"},
    {"Expected number", "schema_range"},
}};

std::string_view CodeOf(std::string_view description) {
  for (const auto& [start, code] : kCodes) {
    if (description.substr(0, start.size()) == start) return code;
  }
  return {};
}

using Path = std::vector<std::string>;

// The validator's context: "<root>", then "[name]" or "[index]" for each step.
Path PathOf(const std::vector<std::string>& context) {
  Path path;
  for (std::size_t i = 1; i < context.size(); ++i) {
    path.push_back(context[i].substr(1, context[i].size() - 2));
  }
  return path;
}

std::string PointerOf(std::string pointer, const Path& path) {
  for (const std::string& step : path) pointer = json::PointerPush(pointer, step);
  return pointer;
}

const json::Value* ChildOf(const json::Value& value, const std::string& step) {
  if (value.IsObject()) return json::Find(value, step);
  if (!value.IsArray() || step.empty() || step.size() > 9) return nullptr;
  std::size_t index = 0;
  for (const char c : step) {
    if (c < '0' || c > '9') return nullptr;
    index = 10 * index + static_cast<std::size_t>(c - '0');
  }
  return index < value.Size() ? &value[static_cast<rapidjson::SizeType>(index)] : nullptr;
}

bool StartsWith(const Path& path, const Path& prefix) {
  return path.size() >= prefix.size() && std::equal(prefix.begin(), prefix.end(), path.begin());
}

}  // namespace

struct JsonSchema::State {
  json::Document text;
  valijson::Schema root;
  // Parts that are judged again by themselves to say more: alternatives that are objects, and
  // rules for member names. By their place in `text`.
  std::map<const json::Value*, valijson::Schema> parts;
};

namespace {

bool Compile(const json::Value& node, valijson::Schema& compiled) {
  try {
    valijson::SchemaParser parser(valijson::SchemaParser::kDraft7);
    parser.populateSchema(valijson::adapters::RapidJsonAdapter(node), compiled);
    return true;
  } catch (const std::exception&) {
    return false;
  }
}

// One check of one document against one schema.
template <typename Parts>
class Checker {
 public:
  Checker(const json::Value& schema_root, const Parts& parts)
      : schema_root_(schema_root), parts_(parts) {}

  // Requires: the document is within DocumentLimits.
  std::vector<Finding> Run(const valijson::Schema& schema, const json::Value& document) {
    if (Validates(schema, document, nullptr)) return {};
    Judge(schema, schema_root_, document, "");
    if (!sink_.has_errors()) {
      sink_.Error("schema", "", "the document does not fit the schema", "a document of its form",
                  "compare it with the published schema");
    }
    return sink_.Take();
  }

 private:
  bool Validates(const valijson::Schema& schema, const json::Value& value,
                 valijson::ValidationResults* results) {
    // Keeps the compiled patterns of our schemas, which take longer to compile than a document to
    // judge.
    thread_local valijson::Validator validator{valijson::Validator::kStrongTypes};
    return validator.validate(schema, valijson::adapters::RapidJsonAdapter(value), results);
  }

  void Judge(const valijson::Schema& schema, const json::Value& node, const json::Value& value,
             const std::string& pointer) {
    CheckMemberNames(node, value, pointer);
    valijson::ValidationResults results;
    Validates(schema, value, &results);
    const std::vector<Path> choices = FailedChoices(results, node);
    for (const auto& error : results) {
      if (sink_.errors_full()) return;
      const std::string_view code = CodeOf(error.description);
      if (code.empty()) continue;
      const Path path = PathOf(error.context);
      const bool inside_choice =
          std::any_of(choices.begin(), choices.end(),
                      [&](const Path& choice) { return StartsWith(path, choice); });
      if (inside_choice && code != kChoice) continue;  // told by the choice itself
      Report(code, path, node, value, pointer);
    }
  }

  // Where no alternative fits and nothing else is said of the value: there the faults of every
  // alternative are listed side by side, which helps nobody.
  std::vector<Path> FailedChoices(const valijson::ValidationResults& results,
                                  const json::Value& node) const {
    std::vector<Path> choices;
    for (const auto& error : results) {
      if (CodeOf(error.description) != kChoice) continue;
      Path path = PathOf(error.context);
      const json::Value* judge = Locate(node, path);
      if (judge != nullptr && json::Find(*judge, "properties") == nullptr) {
        choices.push_back(std::move(path));
      }
    }
    return choices;
  }

  const json::Value* Locate(const json::Value& node, const Path& path) const {
    const json::Value* judge = &ResolveReference(schema_root_, node);
    for (const std::string& step : path) {
      judge = SchemaOf(schema_root_, *judge, step);
      if (judge == nullptr) return nullptr;
      judge = &ResolveReference(schema_root_, *judge);
    }
    return judge;
  }

  void Report(std::string_view code, const Path& path, const json::Value& node,
              const json::Value& root_value, const std::string& root_pointer) {
    const json::Value* judge = Locate(node, path);
    const json::Value* value = &root_value;
    for (const std::string& step : path) {
      value = ChildOf(*value, step);
      if (value == nullptr) break;
    }
    if (judge == nullptr || value == nullptr) return;  // inside an alternative, told there
    const std::string pointer = PointerOf(root_pointer, path);
    if (!told_.emplace(pointer, code).second) return;
    if (code == kMissing) return ReportMissing(*judge, *value, pointer);
    if (code == kUnknownMember) return ReportUnknownMembers(*judge, *value, pointer);
    if (code == kChoice && ReportBranch(*judge, *value, pointer)) return;
    if (code != kType && told_.contains({pointer, std::string(kType)})) return;
    sink_.Error(code, pointer, "found " + DescribeValue(*value),
                DescribeSchema(schema_root_, *judge), "change the value to what is expected");
  }

  void ReportMissing(const json::Value& judge, const json::Value& value,
                     const std::string& pointer) {
    const json::Value* required = json::Find(judge, "required");
    if (required == nullptr) return;
    for (const std::string& name : json::Strings(*required)) {
      if (json::Find(value, name) != nullptr) continue;
      const json::Value* member = SchemaOf(schema_root_, judge, name);
      sink_.Error(kMissing, pointer, fmt::format("the member {} is missing", Quoted(name)),
                  member == nullptr ? "the member" : DescribeSchema(schema_root_, *member),
                  fmt::format("add {}", Quoted(name)));
    }
  }

  void ReportUnknownMembers(const json::Value& judge, const json::Value& value,
                            const std::string& pointer) {
    std::vector<std::string> known;
    if (const json::Value* properties = json::Find(judge, "properties")) {
      for (const auto& member : properties->GetObject())
        known.emplace_back(member.name.GetString());
    }
    for (const auto& member : value.GetObject()) {
      const std::string_view name(member.name.GetString(), member.name.GetStringLength());
      if (std::find(known.begin(), known.end(), name) != known.end()) continue;
      if (sink_.errors_full()) return;
      sink_.Error(
          kUnknownMember, json::PointerPush(pointer, name),
          fmt::format("the member {} is unknown here{}", Quoted(name), DidYouMean(name, known)),
          "one of " + Join(known, ", "), "rename or remove it");
    }
  }

  // Judges an object by the alternative it was meant for: the one whose required members it has
  // most of. False when no alternative can be told.
  bool ReportBranch(const json::Value& judge, const json::Value& value,
                    const std::string& pointer) {
    const json::Value* branches = json::Find(judge, "oneOf");
    if (branches == nullptr || !branches->IsArray() || !value.IsObject()) return false;
    const json::Value* meant = nullptr;
    std::size_t most = 0;
    for (const json::Value& branch : branches->GetArray()) {
      const json::Value* required = json::Find(branch, "required");
      if (required == nullptr || !parts_.contains(&branch)) continue;
      const std::vector<std::string> names = json::Strings(*required);
      const auto present = static_cast<std::size_t>(std::count_if(
          names.begin(), names.end(),
          [&](const std::string& name) { return json::Find(value, name) != nullptr; }));
      if (meant == nullptr || present > most) {
        meant = &branch;
        most = present;
      }
    }
    if (meant == nullptr) return false;
    const valijson::Schema& compiled = parts_.at(meant);
    if (Validates(compiled, value, nullptr)) return false;
    Judge(compiled, *meant, value, pointer);
    return true;
  }

  // The validator refuses a wrong member name without a word.
  void CheckMemberNames(const json::Value& node, const json::Value& value,
                        const std::string& pointer) {
    const json::Value& judge = ResolveReference(schema_root_, node);
    if (value.IsArray()) {
      const json::Value* items = SchemaOf(schema_root_, judge, "");
      if (items == nullptr) return;
      for (rapidjson::SizeType i = 0; i < value.Size(); ++i) {
        CheckMemberNames(*items, value[i], json::PointerPush(pointer, std::size_t{i}));
      }
    }
    if (!value.IsObject()) return;
    const json::Value* rule = json::Find(judge, "propertyNames");
    for (const auto& member : value.GetObject()) {
      const std::string_view name(member.name.GetString(), member.name.GetStringLength());
      if (sink_.errors_full()) return;
      const std::string at = json::PointerPush(pointer, name);
      if (rule != nullptr && parts_.contains(rule) &&
          !Validates(parts_.at(rule), member.name, nullptr)) {
        sink_.Error("schema_name", at, fmt::format("the name {} is not allowed", Quoted(name)),
                    "a name that is " + DescribeSchema(schema_root_, *rule), "rename the member");
      }
      if (const json::Value* inner = SchemaOf(schema_root_, judge, name)) {
        CheckMemberNames(*inner, member.value, at);
      }
    }
  }

  const json::Value& schema_root_;
  const Parts& parts_;
  std::set<std::pair<std::string, std::string>> told_;  // pointer and code
  FindingSink sink_;
};

// Compiles what Checker judges by itself.
template <typename Parts>
void CompileParts(const json::Value& node, Parts& parts) {
  if (node.IsArray()) {
    for (const json::Value& element : node.GetArray()) CompileParts(element, parts);
  }
  if (!node.IsObject()) return;
  const auto compile = [&](const json::Value& part) {
    if (!Compile(part, parts[&part])) parts.erase(&part);
  };
  if (const json::Value* names = json::Find(node, "propertyNames")) compile(*names);
  if (const json::Value* branches = json::Find(node, "oneOf"); branches && branches->IsArray()) {
    for (const json::Value& branch : branches->GetArray()) {
      if (json::Find(branch, "properties") != nullptr) compile(branch);
    }
  }
  for (const auto& member : node.GetObject()) CompileParts(member.value, parts);
}

Finding InternalFault(std::string_view what) {
  return {Severity::kError,
          "internal",
          "",
          fmt::format("the check failed: {}", Printable(what)),
          "a document that can be checked",
          "report this document to the maintainers of stackport"};
}

}  // namespace

JsonSchema::JsonSchema(std::unique_ptr<const State> state) : state_(std::move(state)) {}
JsonSchema::JsonSchema(JsonSchema&&) noexcept = default;
JsonSchema& JsonSchema::operator=(JsonSchema&&) noexcept = default;
JsonSchema::~JsonSchema() = default;

Result<JsonSchema> JsonSchema::Compile(std::string_view schema_text, std::string_view origin) {
  auto document = json::Parse(schema_text, origin);
  if (!document.ok()) return document.error();
  auto state = std::make_unique<State>();
  state->text = *std::move(document);
  if (!stackport::Compile(state->text, state->root)) {
    return DataCorrupt("not a JSON Schema of draft 7", Printable(origin));
  }
  CompileParts(state->text, state->parts);
  return JsonSchema(std::move(state));
}

const JsonSchema& JsonSchema::Component() {
  static const JsonSchema schema = [] {
    const auto* begin = reinterpret_cast<const char*>(stackport_component_schema_begin);
    const auto* end = reinterpret_cast<const char*>(stackport_component_schema_end);
    auto compiled =
        Compile({begin, static_cast<std::size_t>(end - begin)}, "built-in component schema");
    if (!compiled.ok()) {
      // Nothing works without it, and only a broken build can get here.
      std::fprintf(stderr, "stackport: %s\n", compiled.error().ToString().c_str());
      std::abort();
    }
    return *std::move(compiled);
  }();
  return schema;
}

std::vector<Finding> JsonSchema::Check(const json::Value& document) const {
  try {
    if (auto breach = CheckLimits(document)) return {*std::move(breach)};
    return Checker(static_cast<const json::Value&>(state_->text), state_->parts)
        .Run(state_->root, document);
  } catch (const std::exception& e) {
    return {InternalFault(e.what())};
  }
}

}  // namespace stackport
