#include "catalog/advice/advice_rules.h"

#include <charconv>
#include <stdexcept>
#include <utility>

#include "catalog/base/json.h"
#include "catalog/base/text.h"

extern "C" {
extern const char stackport_advice_rules_begin[];
extern const char stackport_advice_rules_end[];
}

namespace stackport {
namespace {

constexpr std::string_view kPricePrefix = "price.";

// The definition that `of` names, or null; prices have none.
const AttributeDefinition* DefinitionOf(const std::string& of, const Registry& registry) {
  const auto dot = of.find('.');
  if (dot == std::string::npos) return registry.FindFact(of);
  const CapabilityDefinition* capability = registry.FindCapability(of.substr(0, dot));
  if (capability == nullptr) return nullptr;
  const auto found = capability->attributes.find(of.substr(dot + 1));
  return found == capability->attributes.end() ? nullptr : &found->second;
}

Result<std::int64_t> Amount(const std::string& of, const std::string& text,
                            const Registry& registry) {
  if (of.starts_with(kPricePrefix)) return registry.ParseQuantity("money", text);
  const AttributeDefinition* definition = DefinitionOf(of, registry);
  if (definition == nullptr) return InvalidArgument("the registry has no " + Quoted(of));
  if (definition->type == ValueType::kQuantity) {
    return registry.ParseQuantity(definition->dimension, text);
  }
  std::int64_t number = 0;
  const auto end = std::from_chars(text.data(), text.data() + text.size(), number);
  if (end.ptr == text.data() + text.size()) return number;
  return InvalidArgument(Quoted(text) + " is not a whole number");
}

Result<UsualRange> ReadRange(const json::Value& object, const std::string& of,
                             const Registry& registry) {
  UsualRange range;
  if (const json::Value* kinds = json::Find(object, "kinds")) {
    for (const std::string& kind : json::Strings(*kinds)) {
      if (registry.FindKind(kind) == nullptr) {
        return InvalidArgument("the registry has no kind " + Quoted(kind), of);
      }
      range.kinds.insert(kind);
    }
  }
  range.minimum_text = json::StringOr(object, "minimum", "");
  range.maximum_text = json::StringOr(object, "maximum", "");
  range.because = json::StringOr(object, "because", "");
  const auto minimum = Amount(of, range.minimum_text, registry);
  if (!minimum) return Error{minimum.error().code, minimum.error().message, of};
  const auto maximum = Amount(of, range.maximum_text, registry);
  if (!maximum) return Error{maximum.error().code, maximum.error().message, of};
  range.minimum = *minimum;
  range.maximum = *maximum;
  if (range.minimum > range.maximum || range.because.empty()) {
    return InvalidArgument("a usual range runs upwards and has a reason", of);
  }
  return range;
}

std::map<std::string, std::string> Texts(const json::Value& object) {
  std::map<std::string, std::string> texts;
  for (const auto& member : object.GetObject()) {
    texts.emplace(member.name.GetString(), member.value.GetString());
  }
  return texts;
}

}  // namespace

const UsualRange* AdviceRules::Find(std::string_view of, std::string_view kind) const {
  const auto [begin, end] = usual.equal_range(std::string(of));
  for (auto at = begin; at != end; ++at) {
    if (at->second.kinds.empty() || at->second.kinds.contains(std::string(kind))) {
      return &at->second;
    }
  }
  return nullptr;
}

const AdviceRules& AdviceRules::Builtin() {
  static const AdviceRules* const rules = [] {
    auto loaded =
        Load({stackport_advice_rules_begin, stackport_advice_rules_end}, Registry::Builtin());
    // A fault of this build, not of anybody's document.
    if (!loaded) throw std::logic_error("advice.json: " + loaded.error().ToString());
    return new AdviceRules(*std::move(loaded));
  }();
  return *rules;
}

Result<AdviceRules> AdviceRules::Load(std::string_view text, const Registry& registry) {
  const auto document = json::Parse(text, "advice.json");
  if (!document) return document.error();
  AdviceRules rules;
  try {
    for (const json::Value& object : (*document)["usual"].GetArray()) {
      const std::string of(json::StringOr(object, "of", ""));
      auto range = ReadRange(object, of, registry);
      if (!range) return range.error();
      rules.usual.emplace(of, *std::move(range));
    }
    for (const auto& kind : (*document)["recommended"].GetObject()) {
      if (registry.FindKind(kind.name.GetString()) == nullptr) {
        return InvalidArgument("the registry has no kind " + Quoted(kind.name.GetString()));
      }
      auto facts = Texts(kind.value);
      for (const auto& [fact, why] : facts) {
        if (DefinitionOf(fact, registry) == nullptr) {
          return InvalidArgument("the registry has no fact or attribute " + Quoted(fact));
        }
      }
      rules.recommended.emplace(kind.name.GetString(), std::move(facts));
    }
    rules.price_stale_days = (*document)["stale_after_days"]["price"].GetInt64();
    rules.fact_stale_days = (*document)["stale_after_days"]["fact"].GetInt64();
    rules.language_slips = Texts((*document)["languages_confused_with_countries"]);
    for (const std::string& word : json::Strings((*document)["no_sources"])) {
      rules.no_sources.insert(word);
    }
  } catch (const std::exception& error) {
    return InvalidArgument(std::string("advice.json has another form: ") + error.what());
  }
  return rules;
}

}  // namespace stackport
