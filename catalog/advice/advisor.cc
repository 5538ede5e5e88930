#include "catalog/advice/advisor.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <string>

#include "catalog/advice/advice_sink.h"
#include "catalog/advice/magnitudes.h"
#include "catalog/advice/needs.h"
#include "catalog/base/dates.h"
#include "catalog/base/text.h"

namespace stackport {
namespace {

// Shorter ones cannot say what a product is.
constexpr std::size_t kShortSummary = 15;

std::string Lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return text;
}

class ComponentAdvisor {
 public:
  ComponentAdvisor(const Component& component, const AdviceRules& rules, std::string_view today,
                   std::vector<Advice>& all)
      : component_(component), rules_(rules), today_(today), sink_(component.id, all) {}

  AdviceSink& sink() { return sink_; }

  void AdviseOnSources() {
    for (const auto& [name, fact] : component_.facts) {
      CheckSource(fact.provenance, "/facts/" + name, /*must_be_named=*/true);
      CheckAge(fact.provenance, "/facts/" + name, rules_.fact_stale_days, "fact");
    }
    for (std::size_t i = 0; i < component_.provides.size(); ++i) {
      CheckSource(component_.provides[i].provenance, fmt::format("/provides/{}", i), true);
    }
    for (std::size_t i = 0; i < component_.offers.size(); ++i) {
      const Offer& offer = component_.offers[i];
      CheckSource(offer.provenance, fmt::format("/offers/{}", i), false);
      for (std::size_t j = 0; j < offer.prices.size(); ++j) {
        const std::string pointer = fmt::format("/offers/{}/prices/{}", i, j);
        const Price& price = offer.prices[j];
        CheckSource(price.provenance, pointer, true);
        if (price.micro_usd.high == 0) continue;  // what is free does not go stale by the month
        if (price.provenance.as_of == "undated") {
          sink_.Warn(AdviceTopic::kSources, "undated_price", pointer + "/as_of",
                     "a price without a date", "the day on which the price was read",
                     "state the day; a price without one cannot be compared");
        }
        CheckAge(price.provenance, pointer, rules_.price_stale_days, "price");
      }
    }
  }

  void AdviseOnTexts() {
    if (component_.summary.size() < kShortSummary || component_.summary == component_.name) {
      sink_.Warn(AdviceTopic::kTexts, "thin_summary", "/summary",
                 "the summary " + Quoted(component_.summary) + " says little",
                 "a sentence that tells the product from its neighbours",
                 "say what it is, and for whom");
    }
    if (const Fact* languages = component_.FindFact("languages")) {
      for (const std::string& tag : languages->value.tokens) CheckLanguage(tag);
    }
    for (std::size_t i = 0; i < component_.offers.size(); ++i) {
      const auto& only = component_.offers[i].sold_only_in;
      if (!only || !only->empty()) continue;
      sink_.Warn(AdviceTopic::kTexts, "sold_nowhere", fmt::format("/offers/{}/sold_in/only", i),
                 "the offer is sold in no country", "the countries in which it is sold",
                 "name them, or leave sold_in out if it is not known");
    }
  }

  void AdviseOnCompleteness() {
    std::vector<std::string> missing;
    std::vector<std::string> left_out;  // attributes, without which no answer takes the component
    if (const auto wanted = rules_.recommended.find(component_.kind);
        wanted != rules_.recommended.end()) {
      for (const auto& [fact, why] : wanted->second) {
        const bool is_attribute = fact.find('.') != std::string::npos;
        if (is_attribute ? Provides(fact)
                         : component_.facts.contains(fact) || component_.unknown.contains(fact)) {
          continue;
        }
        (is_attribute ? left_out : missing).push_back(fact + " (" + why + ")");
      }
    }
    if (!left_out.empty()) {
      sink_.Note(AdviceTopic::kCompleteness, "missing_attributes", "/provides",
                 "answers leave it out, since what it provides lacks " + Join(left_out, "; "),
                 "the capability with these attributes and its source", "add what is published");
    }
    if (!missing.empty()) {
      sink_.Note(AdviceTopic::kCompleteness, "missing_facts", "/facts",
                 "facts that answers ask for are missing: " + Join(missing, "; "),
                 "the fact with its source, or {\"unknown\": \"why\"}",
                 "add what is published; what is not, mark as unknown");
    }
    if (component_.offers.empty()) {
      sink_.Note(AdviceTopic::kCompleteness, "no_offer", "/offers",
                 "how it can be had is not stated", "at least one offer with its deployment",
                 "add an offer, even without a price");
    } else if (std::all_of(component_.offers.begin(), component_.offers.end(),
                           [](const Offer& offer) { return offer.prices.empty(); })) {
      sink_.Note(AdviceTopic::kCompleteness, "no_price", "/offers",
                 "no offer states a price; a class estimate stands in, marked",
                 "a price with source and date", "add a price if it is published");
    }
  }

 private:
  // `name` is "capability.attribute".
  bool Provides(const std::string& name) const {
    const auto dot = name.find('.');
    const ProvidedCapability* provided = component_.FindCapability(name.substr(0, dot));
    return provided != nullptr && provided->attributes.contains(name.substr(dot + 1));
  }

  void CheckSource(const Provenance& provenance, const std::string& pointer, bool must_be_named) {
    const std::string& source = provenance.source;
    if (source.empty()) {
      if (!must_be_named) return;
      sink_.Warn(AdviceTopic::kSources, "no_source", pointer, "a statement without a source",
                 "an address or a citation that a reader can follow",
                 "add \"source\" and \"as_of\"");
      return;
    }
    if (rules_.no_sources.contains(Lower(source))) {
      sink_.Warn(AdviceTopic::kSources, "no_source", pointer + "/source",
                 Quoted(source) + " is not a source that a reader can follow",
                 "an address, or a document's title with page and date", "name the document");
    } else if (source.find("://example.") != std::string::npos ||
               source.find(".example/") != std::string::npos) {
      sink_.Warn(AdviceTopic::kSources, "placeholder_source", pointer + "/source",
                 Quoted(source) + " is a placeholder", "the address of a real page",
                 "replace the template's figures and their sources by yours");
    } else if (source.find("://") == std::string::npos && source.find(' ') == std::string::npos) {
      sink_.Warn(AdviceTopic::kSources, "vague_source", pointer + "/source",
                 Quoted(source) + " is neither an address nor a citation",
                 "an address with https://, or a document's title with page and date",
                 "write the address in full");
    }
  }

  void CheckAge(const Provenance& provenance, const std::string& pointer, std::int64_t stale_after,
                std::string_view what) {
    const auto today = DayNumber(today_);
    const auto as_of = DayNumber(provenance.as_of);
    if (!today || !as_of) return;
    // A year or a month alone may lie ahead of today by its missing part only.
    if (*as_of > *today &&
        provenance.as_of > std::string(today_).substr(0, provenance.as_of.size())) {
      sink_.Warn(AdviceTopic::kSources, "date_ahead", pointer + "/as_of",
                 Quoted(provenance.as_of) + " lies ahead of today, " + today_,
                 "the day on which the source was read", "correct the date");
    } else if (*today - *as_of > stale_after) {
      constexpr std::int64_t kDaysInYear = 365;
      sink_.Warn(AdviceTopic::kSources, "stale", pointer + "/as_of",
                 fmt::format("this {} is of {}, {} years old", what, Printable(provenance.as_of),
                             (*today - *as_of) / kDaysInYear),
                 fmt::format("not older than {} years", stale_after / kDaysInYear),
                 "read the source again and give its date");
    }
  }

  void CheckLanguage(const std::string& tag) {
    const auto slip = rules_.language_slips.find(Lower(tag));
    if (slip == rules_.language_slips.end()) return;
    sink_.Warn(AdviceTopic::kTexts, "country_as_language", "/facts/languages/value",
               Quoted(tag) + " is the code of a country, not of a language",
               "a BCP 47 language tag", "did you mean '" + slip->second + "'?");
  }

  const Component& component_;
  const AdviceRules& rules_;
  const std::string today_;
  AdviceSink sink_;
};

// Summaries and names that several components share: a reader cannot tell them apart.
void AdviseOnTwins(const std::vector<Component>& components, std::vector<Advice>& all) {
  std::map<std::string, const Component*> by_summary;
  for (const Component& component : components) {
    const auto [first, is_new] =
        by_summary.emplace(component.kind + "\n" + component.summary, &component);
    if (is_new) continue;
    AdviceSink(component.id, all)
        .Warn(AdviceTopic::kTexts, "duplicate_summary", "/summary",
              "the summary is that of " + Quoted(first->second->id) + ", word for word",
              "a sentence that tells the two apart", "say what differs");
  }
}

}  // namespace

std::string_view AdviceTopicName(AdviceTopic topic) {
  switch (topic) {
    case AdviceTopic::kMagnitudes:
      return "magnitudes";
    case AdviceTopic::kConsistency:
      return "consistency";
    case AdviceTopic::kSources:
      return "sources";
    case AdviceTopic::kTexts:
      return "texts";
    case AdviceTopic::kNeeds:
      return "needs";
    case AdviceTopic::kCompleteness:
      return "completeness";
  }
  return "magnitudes";
}

std::vector<Advice> Advise(const std::vector<Component>& components, const CatalogSnapshot* catalog,
                           std::string_view today, const Registry& registry,
                           const AdviceRules& rules) {
  std::vector<Advice> all;
  std::optional<Providers> providers;
  if (catalog != nullptr) providers.emplace(components, *catalog);
  for (const Component& component : components) {
    ComponentAdvisor advisor(component, rules, today, all);
    AdviseOnMagnitudes(component, registry, rules, advisor.sink());
    AdviseOnConsistency(component, advisor.sink());
    advisor.AdviseOnSources();
    advisor.AdviseOnTexts();
    if (providers) providers->Advise(component, registry, advisor.sink());
    advisor.AdviseOnCompleteness();
  }
  AdviseOnTwins(components, all);
  return all;
}

}  // namespace stackport
