#include "catalog/model/registry.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <tuple>
#include <utility>

#include "catalog/base/hash.h"
#include "catalog/base/json.h"
#include "catalog/base/text.h"

extern "C" {
extern const unsigned char stackport_registry_begin[];
extern const unsigned char stackport_registry_end[];
}

namespace stackport {
namespace {

// The registry is ours: a wrong one is a fault of the build, found by the first test.
constexpr json::Limits kRegistryLimits = {std::size_t{4} << 20, 16, 200'000};

// Beyond this a double no longer holds every integer's neighbourhood and int64 is near its end.
constexpr double kMaxBase = 9e18;

constexpr std::array<std::pair<std::string_view, ValueType>, 12> kTypes = {{
    {"quantity", ValueType::kQuantity},
    {"integer", ValueType::kInteger},
    {"boolean", ValueType::kBoolean},
    {"text", ValueType::kText},
    {"date", ValueType::kDate},
    {"token", ValueType::kToken},
    {"tokens", ValueType::kTokens},
    {"component", ValueType::kComponent},
    {"components", ValueType::kComponents},
    {"countries", ValueType::kCountries},
    {"languages", ValueType::kLanguages},
    {"table", ValueType::kTable},
}};

std::string_view View(const json::Value& text) {
  return {text.GetString(), text.GetStringLength()};
}

// The members of one section, or an error when the section is missing.
Result<const json::Value*> Section(const json::Value& document, std::string_view name) {
  const json::Value* section = json::Find(document, name);
  if (section == nullptr || !section->IsObject()) {
    return DataCorrupt(fmt::format("the registry has no object '{}'", name));
  }
  return section;
}

Result<char> ParseLayer(const json::Value& definition, const std::string& where) {
  const std::string_view layer = json::StringOr(definition, "layer", "");
  if (layer.size() != 1 || layer[0] < 'A' || layer[0] > 'E') {
    return DataCorrupt(fmt::format("{} has layer {}, expected A to E", where, Quoted(layer)));
  }
  return layer[0];
}

std::vector<std::string> UnitNames(const Dimension& dimension) {
  std::vector<std::string> names;
  for (const auto& [unit, factor] : dimension.units)
    names.push_back(unit.empty() ? "(none)" : unit);
  return names;
}

template <typename Map>
std::vector<std::string> Names(const Map& map) {
  std::vector<std::string> names;
  names.reserve(map.size());
  for (const auto& entry : map) names.push_back(entry.first);
  return names;
}

template <typename Map>
auto FindIn(const Map& map, std::string_view name) -> const typename Map::mapped_type* {
  const auto it = map.find(name);
  return it == map.end() ? nullptr : &it->second;
}

}  // namespace

// Fills a Registry section by section; each later section may use the earlier ones.
class RegistryLoader {
 public:
  explicit RegistryLoader(const json::Value& document) : document_(document) {}

  Result<Registry> Load() {
    for (const auto step : {&RegistryLoader::LoadDimensions, &RegistryLoader::LoadVocabularies,
                            &RegistryLoader::LoadKinds, &RegistryLoader::LoadFacts,
                            &RegistryLoader::LoadCapabilities}) {
      if (Status status = (this->*step)(); !status.ok()) return status.error();
    }
    return std::move(registry_);
  }

 private:
  Status LoadDimensions() {
    const auto section = Section(document_, "dimensions");
    if (!section.ok()) return section.error();
    for (const auto& member : (*section)->GetObject()) {
      Dimension dimension;
      dimension.base_unit = json::StringOr(member.value, "base", "");
      const json::Value* units = json::Find(member.value, "units");
      if (units == nullptr || !units->IsObject()) {
        return DataCorrupt(fmt::format("dimension {} has no units", Quoted(View(member.name))));
      }
      for (const auto& unit : units->GetObject()) {
        if (!unit.value.IsNumber() || !(unit.value.GetDouble() > 0)) {
          return DataCorrupt(fmt::format("unit {} of dimension {} has no positive factor",
                                         Quoted(View(unit.name)), Quoted(View(member.name))));
        }
        dimension.units.emplace(View(unit.name), unit.value.GetDouble());
      }
      if (!dimension.units.contains(dimension.base_unit)) {
        return DataCorrupt(fmt::format("dimension {} lacks its base unit among its units",
                                       Quoted(View(member.name))));
      }
      registry_.dimensions_.emplace(View(member.name), std::move(dimension));
    }
    return {};
  }

  Status LoadVocabularies() {
    const auto section = Section(document_, "vocabularies");
    if (!section.ok()) return section.error();
    for (const auto& member : (*section)->GetObject()) {
      if (!member.value.IsObject()) {
        return DataCorrupt(
            fmt::format("vocabulary {} is not an object of tokens", Quoted(View(member.name))));
      }
      auto& tokens = registry_.vocabularies_[std::string(View(member.name))];
      for (const auto& token : member.value.GetObject()) {
        tokens.emplace(View(token.name), token.value.IsString() ? View(token.value) : "");
      }
    }
    return {};
  }

  Status LoadKinds() {
    const auto section = Section(document_, "kinds");
    if (!section.ok()) return section.error();
    for (const auto& member : (*section)->GetObject()) {
      KindDefinition kind;
      kind.name = View(member.name);
      const auto layer = ParseLayer(member.value, "kind " + Quoted(kind.name));
      if (!layer.ok()) return layer.error();
      kind.layer = *layer;
      kind.meaning = json::StringOr(member.value, "meaning", "");
      kind.sub_item = json::StringOr(member.value, "sub_item", "");
      registry_.kinds_.emplace(kind.name, kind);
    }
    return {};
  }

  Status LoadFacts() {
    const auto section = Section(document_, "facts");
    if (!section.ok()) return section.error();
    for (const auto& member : (*section)->GetObject()) {
      auto fact = LoadAttribute(View(member.name), member.value, "fact ");
      if (!fact.ok()) return fact.error();
      registry_.facts_.emplace(View(member.name), *std::move(fact));
    }
    return {};
  }

  Status LoadCapabilities() {
    const auto section = Section(document_, "capabilities");
    if (!section.ok()) return section.error();
    for (const auto& member : (*section)->GetObject()) {
      CapabilityDefinition capability;
      capability.name = View(member.name);
      const std::string where = "capability " + Quoted(capability.name);
      const auto layer = ParseLayer(member.value, where);
      if (!layer.ok()) return layer.error();
      capability.layer = *layer;
      capability.meaning = json::StringOr(member.value, "meaning", "");
      capability.site = json::BoolOr(member.value, "site", false);
      const json::Value* attributes = json::Find(member.value, "attributes");
      if (attributes == nullptr || !attributes->IsObject()) {
        return DataCorrupt(where + " has no object 'attributes'");
      }
      for (const auto& attribute : attributes->GetObject()) {
        auto loaded = LoadAttribute(View(attribute.name), attribute.value, where + ", attribute ");
        if (!loaded.ok()) return loaded.error();
        capability.attributes.emplace(View(attribute.name), *std::move(loaded));
      }
      registry_.capabilities_.emplace(capability.name, std::move(capability));
    }
    return {};
  }

  Result<AttributeDefinition> LoadAttribute(std::string_view name, const json::Value& definition,
                                            const std::string& lead) const {
    const std::string where = lead + Quoted(name);
    AttributeDefinition attribute;
    attribute.name = name;
    attribute.meaning = json::StringOr(definition, "meaning", "");
    attribute.dimension = json::StringOr(definition, "dimension", "");
    attribute.vocabulary = json::StringOr(definition, "vocabulary", "");
    const std::string_view type = json::StringOr(definition, "type", "");
    const auto* known = std::find_if(kTypes.begin(), kTypes.end(),
                                     [&](const auto& entry) { return entry.first == type; });
    if (known == kTypes.end()) {
      return DataCorrupt(fmt::format("{} has the unknown type {}", where, Quoted(type)));
    }
    attribute.type = known->second;
    if ((attribute.type == ValueType::kQuantity) == attribute.dimension.empty()) {
      return DataCorrupt(where + ": a quantity, and only a quantity, has a dimension");
    }
    if (!attribute.dimension.empty() && registry_.FindDimension(attribute.dimension) == nullptr) {
      return DataCorrupt(
          fmt::format("{} has the unknown dimension {}", where, Quoted(attribute.dimension)));
    }
    if (!attribute.vocabulary.empty() &&
        registry_.FindVocabulary(attribute.vocabulary) == nullptr) {
      return DataCorrupt(
          fmt::format("{} has the unknown vocabulary {}", where, Quoted(attribute.vocabulary)));
    }
    for (const auto& [member, bound, text] :
         {std::tuple{"minimum", &attribute.minimum, &attribute.minimum_text},
          std::tuple{"maximum", &attribute.maximum, &attribute.maximum_text}}) {
      const json::Value* value = json::Find(definition, member);
      if (value == nullptr) continue;
      if (Status status = LoadBound(attribute, *value, *bound, *text); !status.ok()) {
        return DataCorrupt(fmt::format("{}, {}: {}", where, member, status.error().message));
      }
    }
    if (attribute.minimum && attribute.maximum && *attribute.minimum > *attribute.maximum) {
      return DataCorrupt(where + ": minimum is above maximum");
    }
    return attribute;
  }

  Status LoadBound(const AttributeDefinition& attribute, const json::Value& value,
                   std::optional<std::int64_t>& bound, std::string& text) const {
    if (attribute.type == ValueType::kInteger && value.IsInt64()) {
      bound = value.GetInt64();
      text = std::to_string(*bound);
      return {};
    }
    if (attribute.type == ValueType::kQuantity && value.IsString()) {
      const auto base = registry_.ParseQuantity(attribute.dimension, View(value));
      if (!base.ok()) return base.error();
      bound = *base;
      text = View(value);
      return {};
    }
    return DataCorrupt(
        "expected a whole number for an integer, a text like \"1 GB\" for a quantity");
  }

  const json::Value& document_;
  Registry registry_;
};

const Registry& Registry::Builtin() {
  static const Registry registry = [] {
    const auto* begin = reinterpret_cast<const char*>(stackport_registry_begin);
    const auto* end = reinterpret_cast<const char*>(stackport_registry_end);
    auto loaded = Load({begin, static_cast<std::size_t>(end - begin)}, "built-in registry");
    if (!loaded.ok()) {
      // Nothing works without it, and only a broken build can get here.
      std::fprintf(stderr, "stackport: %s\n", loaded.error().ToString().c_str());
      std::abort();
    }
    return *std::move(loaded);
  }();
  return registry;
}

Result<Registry> Registry::Load(std::string_view text, std::string_view origin) {
  const auto document = json::Parse(text, origin, kRegistryLimits);
  if (!document.ok()) return document.error();
  try {
    auto registry = RegistryLoader(*document).Load();
    if (registry.ok()) {
      registry->content_hash_ = Sha256Hex(text);
      return registry;
    }
    Error error = registry.error();
    error.context = Printable(origin);
    return error;
  } catch (const std::exception& e) {
    return Internal(fmt::format("the registry could not be read: {}", Printable(e.what())),
                    Printable(origin));
  }
}

const KindDefinition* Registry::FindKind(std::string_view name) const {
  return FindIn(kinds_, name);
}

const CapabilityDefinition* Registry::FindCapability(std::string_view name) const {
  return FindIn(capabilities_, name);
}

const AttributeDefinition* Registry::FindFact(std::string_view name) const {
  return FindIn(facts_, name);
}

const Dimension* Registry::FindDimension(std::string_view name) const {
  return FindIn(dimensions_, name);
}

const std::map<std::string, std::string>* Registry::FindVocabulary(std::string_view name) const {
  return FindIn(vocabularies_, name);
}

std::vector<std::string> Registry::KindNames() const {
  return Names(kinds_);
}
std::vector<std::string> Registry::CapabilityNames() const {
  return Names(capabilities_);
}
std::vector<std::string> Registry::FactNames() const {
  return Names(facts_);
}

std::optional<std::string> Registry::DimensionOfUnit(std::string_view unit) const {
  for (const auto& [name, dimension] : dimensions_) {
    if (dimension.units.contains(std::string(unit))) return name;
  }
  return std::nullopt;
}

Result<std::int64_t> Registry::ToBase(std::string_view dimension, double value,
                                      std::string_view unit) const {
  const Dimension* known = FindDimension(dimension);
  if (known == nullptr) return Internal(fmt::format("no dimension {}", Quoted(dimension)));
  const auto factor = known->units.find(std::string(unit));
  if (factor == known->units.end()) {
    return InvalidArgument(fmt::format("{} is no unit of {}; write one of {}", Quoted(unit),
                                       dimension, Join(UnitNames(*known), ", ")));
  }
  const double base = value * factor->second;
  if (!std::isfinite(base) || std::abs(base) > kMaxBase) {
    return InvalidArgument(fmt::format("{} {} is beyond what can be stored ({:g} {})", value,
                                       Printable(unit), kMaxBase, known->base_unit));
  }
  return std::llround(base);
}

Result<std::int64_t> Registry::ParseQuantity(std::string_view dimension,
                                             std::string_view text) const {
  const Dimension* known = FindDimension(dimension);
  if (known == nullptr) return Internal(fmt::format("no dimension {}", Quoted(dimension)));
  const auto malformed = [&] {
    return InvalidArgument(
        fmt::format("{} is no quantity; write a number, a space and one of {}, such as \"2.5 {}\"",
                    Quoted(text), Join(UnitNames(*known), ", "), known->base_unit));
  };
  // from_chars would also take "inf" and "nan".
  const std::size_t first = !text.empty() && text[0] == '-' ? 1 : 0;
  if (text.size() <= first || text[first] < '0' || text[first] > '9') return malformed();
  double number = 0;
  const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (code != std::errc()) return malformed();
  std::string_view unit = text.substr(static_cast<std::size_t>(end - text.data()));
  if (!unit.empty() && unit.front() == ' ') unit.remove_prefix(1);
  if (!unit.empty() && (unit.front() == ',' || unit.front() == '.')) return malformed();
  return ToBase(dimension, number, unit);
}

}  // namespace stackport
