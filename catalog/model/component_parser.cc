#include "catalog/model/component_parser.h"

#include <fmt/format.h>

#include <exception>
#include <string>
#include <utility>

#include "catalog/base/text.h"
#include "catalog/model/document_limits.h"
#include "catalog/model/finding_sink.h"
#include "catalog/model/json_schema.h"
#include "catalog/model/offer_parser.h"
#include "catalog/model/requirement_parser.h"
#include "catalog/model/value_parser.h"

namespace stackport {
namespace {

static_assert(kMaxComponentDepth == DocumentLimits{}.max_depth);

Finding DocumentFault(std::string_view code, std::string message, std::string expected,
                      std::string remedy) {
  return {Severity::kError,   std::string(code),   "",
          std::move(message), std::move(expected), std::move(remedy)};
}

// Turns a document that fits the schema into a component, as far as the registry allows.
class ComponentBuilder {
 public:
  ComponentBuilder(std::string_view vendor_id, const Registry& registry)
      : vendor_id_(vendor_id), registry_(registry), values_(registry, sink_) {}

  ParsedComponent Build(const json::Value& document) {
    for (const auto& member : document.GetObject()) {
      const std::string_view name(member.name.GetString(), member.name.GetStringLength());
      BuildMember(name, member.value, json::PointerPush("", name));
    }
    ParsedComponent parsed;
    const bool good = !sink_.has_errors();
    parsed.findings = sink_.Take();
    if (good) {
      component_.document = json::WriteCanonical(document);
      parsed.component = std::move(component_);
    }
    return parsed;
  }

 private:
  // Requires: `name` is a member the schema knows, `value` fits it.
  void BuildMember(std::string_view name, const json::Value& value, const std::string& pointer) {
    if (name == "id") return BuildId(value.GetString(), pointer);
    if (name == "kind") return BuildKind(value.GetString(), pointer);
    if (name == "name") return BuildText(value, pointer, component_.name);
    if (name == "summary") return BuildText(value, pointer, component_.summary);
    if (name == "revision") return BuildText(value, pointer, component_.revision);
    if (name == "facts") return BuildFacts(value, pointer);
    if (name == "provides") {
      component_.provides = ParseProvides(value, pointer, values_);
    } else if (name == "requires") {
      component_.requires_ = ParseRequires(value, pointer, values_);
    } else if (name == "offers") {
      component_.offers = ParseOffers(value, pointer, values_);
    }
  }

  void BuildId(std::string id, const std::string& pointer) {
    component_.vendor_id = id.substr(0, id.find('/'));
    component_.id = std::move(id);
    if (vendor_id_.empty() || component_.vendor_id == vendor_id_) return;
    sink_.Error(
        "foreign_namespace", pointer,
        fmt::format("{} is in the namespace of {}, but the plugin belongs to {}",
                    Quoted(component_.id), Quoted(component_.vendor_id), Quoted(vendor_id_)),
        fmt::format("an id that starts with {}", Quoted(std::string(vendor_id_) + "/")),
        "rename the component, or publish it in that vendor's plugin");
  }

  void BuildKind(std::string_view name, const std::string& pointer) {
    if (const KindDefinition* kind = registry_.FindKind(name)) {
      component_.kind = kind->name;
      component_.layer = kind->layer;
      return;
    }
    sink_.Error("unknown_kind", pointer,
                fmt::format("the registry has no kind {}{}", Quoted(name),
                            DidYouMean(name, registry_.KindNames())),
                "one of " + Join(registry_.KindNames(), ", "), "use the kind that fits best");
  }

  void BuildText(const json::Value& value, const std::string& pointer, std::string& text) {
    text.assign(value.GetString(), value.GetStringLength());
    values_.CheckPrintable(text, pointer);
  }

  void BuildFacts(const json::Value& facts, const std::string& pointer) {
    for (const auto& member : facts.GetObject()) {
      const std::string_view name(member.name.GetString(), member.name.GetStringLength());
      BuildFact(name, member.value, json::PointerPush(pointer, name));
    }
  }

  void BuildFact(std::string_view name, const json::Value& object, const std::string& pointer) {
    const AttributeDefinition* definition = registry_.FindFact(name);
    if (definition == nullptr) {
      if (sink_.warnings_full()) return;
      sink_.Warning("unknown_fact", pointer,
                    fmt::format("the registry has no fact {}{}", Quoted(name),
                                DidYouMean(name, registry_.FactNames())),
                    "a fact of the registry", "correct the name; until then the fact is not used");
      return;
    }
    if (const json::Value* why = json::Find(object, "unknown")) {
      component_.unknown.emplace(name, std::string(why->GetString(), why->GetStringLength()));
      return;
    }
    Fact fact;
    fact.inferred = json::BoolOr(object, "inferred", false);
    fact.provenance = values_.ParseProvenance(object, pointer);
    auto value =
        values_.Parse(*definition, *json::Find(object, "value"), json::Find(object, "unit"),
                      {json::PointerPush(pointer, "value"), json::PointerPush(pointer, "unit")});
    if (!value) return;
    fact.value = *std::move(value);
    component_.facts.emplace(name, std::move(fact));
  }

  std::string_view vendor_id_;
  const Registry& registry_;
  FindingSink sink_;
  ValueParser values_;
  Component component_;
};

}  // namespace

ParsedComponent ParseComponent(std::string_view text, std::string_view vendor_id,
                               const Registry& registry) {
  const json::Limits limits = {kMaxComponentBytes, kMaxComponentDepth, DocumentLimits{}.max_values};
  const auto document = json::Parse(text, "", limits);
  if (!document.ok()) {
    const bool limit = document.error().code == ErrorCode::kResourceLimit;
    return {std::nullopt,
            {DocumentFault(limit ? "limit" : "malformed_json", document.error().message,
                           "one JSON document of the form stackport.component/1",
                           limit ? "shorten or split the document" : "correct the JSON there")}};
  }
  return ParseComponent(static_cast<const json::Value&>(*document), vendor_id, registry);
}

ParsedComponent ParseComponent(const json::Value& document, std::string_view vendor_id,
                               const Registry& registry) {
  try {
    std::vector<Finding> misfits = JsonSchema::Component().Check(document);
    if (!misfits.empty()) return {std::nullopt, std::move(misfits)};
    return ComponentBuilder(vendor_id, registry).Build(document);
  } catch (const std::exception& e) {
    return {std::nullopt,
            {DocumentFault("internal", "the check failed: " + Printable(e.what()),
                           "a document that can be checked",
                           "report this document to the maintainers of stackport")}};
  }
}

}  // namespace stackport
