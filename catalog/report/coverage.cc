#include "catalog/report/coverage.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <tuple>

#include "catalog/advice/advice_rules.h"
#include "catalog/base/dates.h"
#include "catalog/base/text.h"

namespace stackport {
namespace {

constexpr std::int64_t kDaysInYear = 365;
constexpr std::int64_t kBasisPoints = 10'000;
constexpr double kBasisPointsInPercent = 100;

void Count(const Component& component, KindCoverage& kind) {
  const auto facts = static_cast<std::int64_t>(component.facts.size());
  kind.fewest_facts = kind.components == 0 ? facts : std::min(kind.fewest_facts, facts);
  kind.most_facts = std::max(kind.most_facts, facts);
  kind.facts += facts;
  ++kind.components;
  const auto any = [&](auto holds) {
    return std::any_of(component.offers.begin(), component.offers.end(), holds) ? 1 : 0;
  };
  kind.priced += any([](const Offer& offer) { return !offer.prices.empty(); });
  kind.sale_known +=
      any([](const Offer& offer) { return offer.sold_only_in || offer.sold_except_in; });
  kind.never_offered += component.offers.empty() ? 1 : 0;
}

class AgeCount {
 public:
  AgeCount(std::string what, std::int64_t today, std::int64_t stale_days)
      : today_(today), stale_days_(stale_days) {
    coverage_.what = std::move(what);
  }

  void Add(const Provenance& provenance) {
    if (provenance.as_of.empty()) return;  // stated with what it belongs to
    const auto day = DayNumber(provenance.as_of);
    if (!day) {
      ++coverage_.undated;
      return;
    }
    const std::int64_t age = std::max<std::int64_t>(0, today_ - *day);
    ++coverage_.by_age[age / kDaysInYear];
    if (age > stale_days_) ++coverage_.stale;
  }

  AgeCoverage Take() { return std::move(coverage_); }

 private:
  const std::int64_t today_;
  const std::int64_t stale_days_;
  AgeCoverage coverage_;
};

std::vector<AgeCoverage> MeasureAges(const CatalogSnapshot& catalog, std::string_view today,
                                     const AdviceRules& rules) {
  const std::int64_t now = DayNumber(today).value_or(0);
  AgeCount facts("facts", now, rules.fact_stale_days);
  AgeCount capabilities("capabilities", now, rules.fact_stale_days);
  AgeCount prices("prices", now, rules.price_stale_days);
  for (const Component& component : catalog.components) {
    for (const auto& [name, fact] : component.facts) facts.Add(fact.provenance);
    for (const ProvidedCapability& provided : component.provides) {
      capabilities.Add(provided.provenance);
    }
    for (const Offer& offer : component.offers) {
      for (const Price& price : offer.prices) {
        // What is free does not go stale.
        if (price.micro_usd.high > 0) prices.Add(price.provenance);
      }
    }
  }
  return {facts.Take(), capabilities.Take(), prices.Take()};
}

std::vector<AttributeCoverage> MeasureAttributes(const CatalogSnapshot& catalog,
                                                 const std::vector<KindCoverage>& kinds,
                                                 const AdviceRules& rules) {
  std::map<std::pair<std::string, std::string>, AttributeCoverage> by_name;
  for (const auto& [kind, facts] : rules.recommended) {
    for (const auto& [fact, why] : facts) by_name[{kind, fact}].asked_for = true;
  }
  for (const Component& component : catalog.components) {
    for (const auto& [name, fact] : component.facts) ++by_name[{component.kind, name}].stated;
    for (const auto& [name, why] : component.unknown) {
      ++by_name[{component.kind, name}].marked_unknown;
    }
  }
  std::vector<AttributeCoverage> attributes;
  for (const KindCoverage& kind : kinds) {
    if (kind.components == 0) continue;
    std::vector<AttributeCoverage> own;
    for (auto& [key, attribute] : by_name) {
      if (key.first != kind.kind) continue;
      attribute.kind = key.first;
      attribute.fact = key.second;
      attribute.components = kind.components;
      own.push_back(attribute);
    }
    std::sort(own.begin(), own.end(), [](const AttributeCoverage& a, const AttributeCoverage& b) {
      return std::tuple(!a.asked_for, a.stated, a.fact) <
             std::tuple(!b.asked_for, b.stated, b.fact);
    });
    attributes.insert(attributes.end(), own.begin(), own.end());
  }
  return attributes;
}

std::string Percent(std::int64_t part, std::int64_t whole) {
  if (whole == 0) return "–";
  return fmt::format("{:.0f} %", 100.0 * static_cast<double>(part) / static_cast<double>(whole));
}

}  // namespace

std::int64_t AttributeCoverage::UnknownBasisPoints() const {
  return components == 0 ? 0 : (components - stated) * kBasisPoints / components;
}

Coverage MeasureCoverage(const CatalogSnapshot& catalog, std::string_view today,
                         const Registry& registry) {
  Coverage coverage;
  for (const std::string& name : registry.KindNames()) {
    KindCoverage kind;
    kind.kind = name;
    kind.layer = registry.FindKind(name)->layer;
    std::set<std::string> vendors;
    for (const Component& component : catalog.components) {
      if (component.kind != name) continue;
      Count(component, kind);
      vendors.insert(component.vendor_id);
    }
    kind.vendors = static_cast<std::int64_t>(vendors.size());
    coverage.kinds.push_back(std::move(kind));
  }
  std::stable_sort(coverage.kinds.begin(), coverage.kinds.end(),
                   [](const KindCoverage& a, const KindCoverage& b) { return a.layer < b.layer; });
  const AdviceRules& rules = AdviceRules::Builtin();
  coverage.attributes = MeasureAttributes(catalog, coverage.kinds, rules);
  coverage.ages = MeasureAges(catalog, today, rules);
  return coverage;
}

json::Value CoverageJson(const Coverage& coverage, json::Allocator& allocator) {
  json::Value value(rapidjson::kObjectType);
  json::Value kinds(rapidjson::kArrayType);
  for (const KindCoverage& kind : coverage.kinds) {
    json::Value item(rapidjson::kObjectType);
    json::Set(item, "kind", kind.kind, allocator);
    json::Set(item, "layer", std::string(1, kind.layer), allocator);
    json::Set(item, "components", kind.components, allocator);
    json::Set(item, "vendors", kind.vendors, allocator);
    json::Set(item, "facts", kind.facts, allocator);
    json::Set(item, "fewest_facts", kind.fewest_facts, allocator);
    json::Set(item, "most_facts", kind.most_facts, allocator);
    json::Set(item, "priced", kind.priced, allocator);
    json::Set(item, "sale_known", kind.sale_known, allocator);
    json::Set(item, "never_offered", kind.never_offered, allocator);
    kinds.PushBack(item, allocator);
  }
  json::Set(value, "kinds", std::move(kinds), allocator);
  json::Value attributes(rapidjson::kArrayType);
  for (const AttributeCoverage& attribute : coverage.attributes) {
    json::Value item(rapidjson::kObjectType);
    json::Set(item, "kind", attribute.kind, allocator);
    json::Set(item, "fact", attribute.fact, allocator);
    json::Set(item, "components", attribute.components, allocator);
    json::Set(item, "stated", attribute.stated, allocator);
    json::Set(item, "marked_unknown", attribute.marked_unknown, allocator);
    json::Set(item, "unknown_basis_points", attribute.UnknownBasisPoints(), allocator);
    json::Set(item, "asked_for", attribute.asked_for, allocator);
    attributes.PushBack(item, allocator);
  }
  json::Set(value, "attributes", std::move(attributes), allocator);
  json::Value ages(rapidjson::kArrayType);
  for (const AgeCoverage& age : coverage.ages) {
    json::Value item(rapidjson::kObjectType);
    json::Set(item, "of", age.what, allocator);
    json::Value years(rapidjson::kObjectType);
    for (const auto& [year, count] : age.by_age) {
      json::Set(years, std::to_string(year), count, allocator);
    }
    json::Set(item, "by_age_in_years", std::move(years), allocator);
    json::Set(item, "undated", age.undated, allocator);
    json::Set(item, "stale", age.stale, allocator);
    ages.PushBack(item, allocator);
  }
  json::Set(value, "ages", std::move(ages), allocator);
  return value;
}

std::string CoverageMarkdown(const Coverage& coverage) {
  std::string text =
      "## Components by kind\n\n"
      "| layer | kind | components | vendors | facts each | fewest – most | with a price | sale "
      "stated | not offered |\n"
      "| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |\n";
  std::int64_t components = 0;
  for (const KindCoverage& kind : coverage.kinds) {
    components += kind.components;
    text += fmt::format("| {} | {} | {} | {} | {:.1f} | {} – {} | {} | {} | {} |\n", kind.layer,
                        kind.kind, kind.components, kind.vendors,
                        kind.components == 0 ? 0.0
                                             : static_cast<double>(kind.facts) /
                                                   static_cast<double>(kind.components),
                        kind.fewest_facts, kind.most_facts, Percent(kind.priced, kind.components),
                        Percent(kind.sale_known, kind.components), kind.never_offered);
  }
  text += fmt::format("\n{} components. Where a sale is not stated it is an open question.\n\n",
                      components);
  text +=
      "## Unknowns by attribute\n\n"
      "First the facts that answers ask for, then the others that somebody states.\n\n"
      "| kind | fact | stated | of | unknown | looked for in vain | asked for |\n"
      "| --- | --- | ---: | ---: | ---: | ---: | --- |\n";
  for (const AttributeCoverage& attribute : coverage.attributes) {
    text += fmt::format("| {} | {} | {} | {} | {:.0f} % | {} | {} |\n", attribute.kind,
                        attribute.fact, attribute.stated, attribute.components,
                        static_cast<double>(attribute.UnknownBasisPoints()) / kBasisPointsInPercent,
                        attribute.marked_unknown, attribute.asked_for ? "yes" : "");
  }
  text += "\n## Age of what is stated\n\nWhole years, by the date of each statement.\n\n";
  std::set<std::int64_t> years;
  for (const AgeCoverage& age : coverage.ages) {
    for (const auto& [year, count] : age.by_age) years.insert(year);
  }
  text += "| of |";
  std::string rule = "\n| --- |";
  for (const std::int64_t year : years) {
    text += fmt::format(" {} |", year);
    rule += " ---: |";
  }
  text += " undated | stale |" + rule + " ---: | ---: |\n";
  for (const AgeCoverage& age : coverage.ages) {
    text += "| " + age.what + " |";
    for (const std::int64_t year : years) {
      const auto found = age.by_age.find(year);
      text += fmt::format(" {} |", found == age.by_age.end() ? 0 : found->second);
    }
    text += fmt::format(" {} | {} |\n", age.undated, age.stale);
  }
  return text;
}

}  // namespace stackport
