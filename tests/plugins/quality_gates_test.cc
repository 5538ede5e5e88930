// What the bundled catalog as a whole is held to: no warning without an explanation, bounds for
// every number, and codes that the standards know.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <tuple>

#include "catalog/advice/advisor.h"
#include "catalog/base/json.h"
#include "tests/plugins/bundled_catalog.h"

namespace stackport {
namespace {

using Warning = std::tuple<std::string, std::string, std::string>;  // component, code, pointer

std::set<Warning> ExplainedWarnings() {
  std::set<Warning> explained;
  const auto document = json::ParseFile(STACKPORT_EXPLAINED_WARNINGS);
  EXPECT_TRUE(document.ok());
  if (!document.ok()) return explained;
  for (const json::Value& item : json::Find(*document, "warnings")->GetArray()) {
    EXPECT_GT(json::StringOr(item, "because", "").size(), 20U);
    explained.emplace(json::StringOr(item, "component", ""), json::StringOr(item, "code", ""),
                      json::StringOr(item, "pointer", ""));
  }
  return explained;
}

// Needs that nothing meets, names that nobody describes, ranges, contradictions, sources, ages and
// texts are all warnings of the advisor; a vendor's `plugin check` says the same.
TEST(QualityGates, NoWarningIsLeftUnexplained) {
  std::set<Warning> left = ExplainedWarnings();
  const CatalogSnapshot& catalog = *BundledCatalog();
  ASSERT_GT(catalog.components.size(), 490U);
  std::map<std::string, std::vector<Component>> by_vendor;
  for (const Component& component : catalog.components) {
    by_vendor[component.vendor_id].push_back(component);
  }
  for (const auto& [vendor, components] : by_vendor) {
    for (const Advice& advice : Advise(components, &catalog, kBundledAsOf)) {
      if (advice.note) continue;
      const Warning warning{advice.component, advice.finding.code, advice.finding.pointer};
      if (left.erase(warning) > 0) continue;
      ADD_FAILURE() << advice.component << ": " << ToText(advice.finding);
    }
  }
  for (const auto& [component, code, pointer] : left) {
    ADD_FAILURE() << "explained, but gone: " << component << " " << code << " " << pointer;
  }
}

bool IsNumber(ValueType type) {
  return type == ValueType::kQuantity || type == ValueType::kInteger;
}

// Outside the registry's bounds a document is refused, outside the usual ones its author is asked.
TEST(QualityGates, EveryNumberHasBoundsWithAReason) {
  std::map<std::string, const AttributeDefinition*> numbers;
  const Registry& registry = Registry::Builtin();
  for (const std::string& name : registry.FactNames()) {
    const AttributeDefinition* fact = registry.FindFact(name);
    if (IsNumber(fact->type)) numbers.emplace(name, fact);
  }
  for (const std::string& capability : registry.CapabilityNames()) {
    for (const auto& [name, attribute] : registry.FindCapability(capability)->attributes) {
      if (IsNumber(attribute.type)) numbers.emplace(capability + "." + name, &attribute);
    }
  }
  ASSERT_GT(numbers.size(), 35U);
  for (const auto& [name, definition] : numbers) {
    EXPECT_TRUE(definition->minimum && definition->maximum) << name;
    const auto [first, last] = AdviceRules::Builtin().usual.equal_range(name);
    EXPECT_NE(first, last) << name << " has no usual range in sdk/registry/advice.json";
    for (auto usual = first; usual != last; ++usual) {
      EXPECT_GT(usual->second.because.size(), 15U) << name;
    }
  }
}

// The codes of one file of iso-codes; empty when the package is not installed.
std::set<std::string> IsoCodes(const std::string& standard,
                               const std::vector<const char*>& members) {
  std::set<std::string> codes;
  const std::string path = "/usr/share/iso-codes/json/iso_" + standard + ".json";
  if (!std::filesystem::exists(path)) return codes;
  const auto document = json::ParseFile(path);
  EXPECT_TRUE(document.ok());
  if (!document.ok()) return codes;
  for (const json::Value& item : json::Find(*document, standard)->GetArray()) {
    for (const char* member : members) {
      const std::string code(json::StringOr(item, member, ""));
      if (!code.empty()) codes.insert(code);
    }
  }
  return codes;
}

TEST(QualityGates, LanguagesAreThoseOfIso639) {
  const std::set<std::string> known = IsoCodes("639-3", {"alpha_2", "alpha_3"});
  const std::set<std::string> groups = IsoCodes("639-2", {"alpha_2", "alpha_3"});
  const std::set<std::string> scripts = IsoCodes("15924", {"alpha_4"});
  if (known.empty()) GTEST_SKIP() << "the Debian package iso-codes is not installed";
  std::set<std::string> checked;
  for (const Component& component : BundledCatalog()->components) {
    const Fact* languages = component.FindFact("languages");
    if (languages == nullptr) continue;
    for (const std::string& tag : languages->value.tokens) {
      const std::string language = tag.substr(0, tag.find('-'));
      EXPECT_TRUE(known.contains(language) || groups.contains(language))
          << component.id << " names the language " << tag;
      const std::string rest = tag.size() > language.size() ? tag.substr(language.size() + 1) : "";
      EXPECT_TRUE(rest.size() != 4 || scripts.contains(rest)) << component.id << " " << tag;
      checked.insert(tag);
    }
  }
  EXPECT_GT(checked.size(), 90U);
}

TEST(QualityGates, CountriesAreThoseOfIso3166) {
  const std::set<std::string> known = IsoCodes("3166-1", {"alpha_2"});
  if (known.empty()) GTEST_SKIP() << "the Debian package iso-codes is not installed";
  std::set<std::string> checked;
  const auto check = [&](const std::string& code, const std::string& where) {
    EXPECT_TRUE(known.contains(code)) << where << " names the country " << code;
    checked.insert(code);
  };
  for (const auto& [id, vendor] : BundledCatalog()->vendors) {
    if (!vendor.headquarters.empty()) check(vendor.headquarters, id);
    if (!vendor.ultimate_parent_headquarters.empty()) {
      check(vendor.ultimate_parent_headquarters, id);
    }
  }
  for (const Component& component : BundledCatalog()->components) {
    for (const char* name : {"manufacture_countries", "sector_regions"}) {
      const Fact* fact = component.FindFact(name);
      if (fact == nullptr) continue;
      for (const std::string& code : fact->value.tokens) check(code, component.id);
    }
    for (const Offer& offer : component.offers) {
      if (!offer.location_country.empty()) check(offer.location_country, component.id);
      for (const auto* sold : {&offer.sold_only_in, &offer.sold_except_in}) {
        if (!*sold) continue;
        for (const std::string& code : **sold) check(code, component.id);
      }
    }
  }
  EXPECT_GT(checked.size(), 40U);
}

// Capabilities and facts carry their source and date after normalisation, as an answer shows them.
TEST(QualityGates, EveryStatementHasASourceAndADate) {
  std::size_t statements = 0;
  for (const Component& component : BundledCatalog()->components) {
    for (const auto& [name, fact] : component.facts) {
      ++statements;
      EXPECT_FALSE(fact.provenance.source.empty()) << component.id << " " << name;
      EXPECT_FALSE(fact.provenance.as_of.empty()) << component.id << " " << name;
    }
    for (const ProvidedCapability& provided : component.provides) {
      ++statements;
      EXPECT_FALSE(provided.provenance.source.empty())
          << component.id << " " << provided.capability;
      EXPECT_FALSE(provided.provenance.as_of.empty()) << component.id << " " << provided.capability;
    }
    for (const Offer& offer : component.offers) {
      for (const Price& price : offer.prices) {
        ++statements;
        EXPECT_FALSE(price.provenance.source.empty()) << component.id;
        EXPECT_FALSE(price.provenance.as_of.empty()) << component.id;
      }
    }
  }
  EXPECT_GT(statements, 2000U);
}

}  // namespace
}  // namespace stackport
