// Documents that are admitted and still look wrong: what a careful colleague would say.
#include "catalog/advice/advisor.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/support/small_catalog.h"

namespace stackport {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

constexpr const char* kToday = "2026-11-23";

Component Parse(const std::string& text) {
  ParsedComponent parsed = ParseComponent(text, "", Registry::Builtin());
  for (const Finding& finding : parsed.findings) ADD_FAILURE() << ToText(finding);
  return std::move(parsed.component).value_or(Component{});
}

constexpr const char* kFrom = R"("source":"https://vendor.com/a","as_of":"2026-03")";

// An accelerator with one more or another fact; the rest is in order.
Component Accelerator(const std::string& facts, const std::string& more = "") {
  return Parse(R"({"schema":"stackport.component/1","id":"acc/a","name":"A","kind":"accelerator",)"
               R"("summary":"A module for training.","facts":{)" +
               facts + "}" + more + "}");
}

std::string Fact(const std::string& name, const std::string& value, const std::string& unit) {
  return "\"" + name + "\":{\"value\":" + value +
         (unit.empty() ? "" : ",\"unit\":\"" + unit + "\"") + "," + kFrom + "}";
}

// The warnings about these components, as "code pointer: message / remedy".
std::vector<std::string> Warnings(const std::vector<Component>& components,
                                  const CatalogSnapshot* catalog = nullptr) {
  std::vector<std::string> texts;
  for (const Advice& advice : Advise(components, catalog, kToday)) {
    if (advice.note) continue;
    texts.push_back(advice.finding.code + " " + advice.finding.pointer + ": " +
                    advice.finding.message + " / " + advice.finding.remedy);
  }
  return texts;
}

TEST(Advisor, SaysNothingAboutADocumentInOrder) {
  EXPECT_THAT(Warnings({Accelerator(Fact("memory", "80", "GB") + "," + Fact("tdp", "700", "W"))}),
              IsEmpty());
}

TEST(Advisor, SuspectsTheUnitAndNamesTheOneThatFits) {
  EXPECT_THAT(
      Warnings({Accelerator(Fact("memory", "4", "TB"))}),
      Contains(HasSubstr("unusual_magnitude /facts/memory/value: memory of 4 TB is unusual")));
  EXPECT_THAT(Warnings({Accelerator(Fact("tdp", "14", "W"))}),
              Contains(HasSubstr("did you mean 14 kW?")));
  EXPECT_THAT(Warnings({Accelerator(Fact("memory_bandwidth", "40", "GB/s"))}),
              Contains(HasSubstr("did you mean 40 TB/s?")));
}

TEST(Advisor, LooksAtAttributesAndPricesToo) {
  const Component server = Parse(
      R"({"schema":"stackport.component/1","id":"box/s","name":"S","kind":"server","summary":"A server for eight modules.",
      "provides":[{"capability":"accelerator-host","with":{"slots":8,"slot_power":"7 W"},"source":"https://v.com","as_of":"2026"}],
      "offers":[{"deployment":["on_premises"],"prices":[
        {"per":"unit","amount":300,"currency":"USD","kind":"list","source":"https://v.com","as_of":"2026"}]}]})");
  EXPECT_THAT(
      Warnings({server}),
      Contains(HasSubstr("/provides/0/with/slot_power: accelerator-host.slot_power of 7 W")));
  EXPECT_THAT(Warnings({server}),
              Contains(HasSubstr("/offers/0/prices/0/amount: 300 USD per unit")));
}

TEST(Advisor, FreeIsNotUnusual) {
  const Component server = Parse(
      R"({"schema":"stackport.component/1","id":"box/s","name":"S","kind":"server","summary":"A server for eight modules.",
      "offers":[{"deployment":["on_premises"],"prices":[
        {"per":"unit","amount":0,"currency":"USD","kind":"free","source":"https://v.com","as_of":"2026"}]}]})");
  EXPECT_THAT(Warnings({server}), IsEmpty());
}

TEST(Advisor, SeesFactsThatContradictEachOther) {
  const Component model = Parse(
      R"({"schema":"stackport.component/1","id":"lab/m","name":"M","kind":"model","summary":"A model of eight billion.","facts":{)" +
      Fact("parameters", "8", "B") + "," + Fact("active_parameters", "80", "B") + "," +
      Fact("weights_memory_bf16", "160", "GB") + "}}");
  const auto warnings = Warnings({model});
  EXPECT_THAT(warnings, Contains(HasSubstr("weights_memory_bf16 is 20 times parameters")));
  EXPECT_THAT(warnings, Contains(HasSubstr("active_parameters is 10 times parameters")));
}

TEST(Advisor, WantsSourcesThatAReaderCanFollow) {
  const auto with_source = [](const std::string& source) {
    return Accelerator(R"("tdp":{"value":700,"unit":"W","source":")" + source +
                       R"(","as_of":"2026-03"})");
  };
  EXPECT_THAT(Warnings({with_source("TBD")}), Contains(HasSubstr("no_source /facts/tdp/source")));
  EXPECT_THAT(Warnings({with_source("datasheet")}), Contains(HasSubstr("vague_source")));
  EXPECT_THAT(Warnings({with_source("https://example.com/a")}),
              Contains(HasSubstr("placeholder_source")));
  EXPECT_THAT(Warnings({with_source("A100 data sheet, page 3")}), IsEmpty());
}

TEST(Advisor, WantsDatesThatHold) {
  const auto dated = [](const std::string& as_of) {
    return Accelerator(R"("tdp":{"value":700,"unit":"W","source":"https://v.com","as_of":")" +
                       as_of + R"("})");
  };
  EXPECT_THAT(Warnings({dated("2026-11-24")}), Contains(HasSubstr("date_ahead")));
  // A year alone says that the source is of this year, not of its last day.
  EXPECT_THAT(Warnings({dated("2026")}), IsEmpty());
  EXPECT_THAT(Warnings({dated("2026-11")}), IsEmpty());
  EXPECT_THAT(Warnings({dated("2027")}), Contains(HasSubstr("date_ahead")));
  EXPECT_THAT(Warnings({dated("2019-12-01")}), IsEmpty());
  EXPECT_THAT(Warnings({dated("2019-11-20")}), Contains(HasSubstr("stale")));
}

TEST(Advisor, APriceGrowsOldSoonerAndNeedsADate) {
  const auto priced = [](const std::string& as_of) {
    return Accelerator("", R"(,"offers":[{"deployment":["on_premises"],"prices":[{"per":"unit",)"
                           R"("amount":30000,"currency":"USD","kind":"list",)"
                           R"("source":"https://v.com","as_of":")" +
                               as_of + R"("}]}])");
  };
  EXPECT_THAT(Warnings({priced("2024-12")}), IsEmpty());
  EXPECT_THAT(Warnings({priced("2024-10")}), Contains(HasSubstr("stale /offers/0/prices/0/as_of")));
  EXPECT_THAT(Warnings({priced("undated")}), Contains(HasSubstr("undated_price")));
}

TEST(Advisor, KnowsCountriesFromLanguages) {
  const Component model = Parse(
      R"({"schema":"stackport.component/1","id":"lab/m","name":"M","kind":"model","summary":"A model that speaks.","facts":{)" +
      Fact("languages", R"(["en","jp"])", "") + "}}");
  EXPECT_THAT(Warnings({model}), Contains(HasSubstr("'jp' is the code of a country, not of a "
                                                    "language / did you mean 'ja'?")));
}

TEST(Advisor, SeesTwinsAndThinSummaries) {
  Component a = Accelerator("");
  Component b = a;
  b.id = "acc/b";
  EXPECT_THAT(Warnings({a, b}), Contains(HasSubstr("duplicate_summary /summary")));
  a.summary = "GPU";
  EXPECT_THAT(Warnings({a}), Contains(HasSubstr("thin_summary")));
}

Component Server(const std::string& requires_json) {
  return Parse(
      R"({"schema":"stackport.component/1","id":"box/s","name":"S","kind":"server","summary":"A server for eight modules.","requires":[)" +
      requires_json + "]}");
}

TEST(Advisor, NeedsAreMetByThePluginOrByTheCatalog) {
  const SnapshotPtr catalog = testing::SmallCatalog().Build();
  const std::string switched =
      R"({"capability":"fabric-port","where":[{"attribute":"protocol","in":["ethernet-400g"]}]})";
  EXPECT_THAT(Warnings({Server(switched)}, catalog.get()), IsEmpty());
  // Nobody offers this protocol; the message lists what is offered.
  const std::string other =
      R"({"capability":"fabric-port","where":[{"attribute":"protocol","in":["infiniband-ndr"]}]})";
  EXPECT_THAT(Warnings({Server(other)}, catalog.get()),
              Contains(HasSubstr("unmet_requirement /requires/0: no component provides "
                                 "'fabric-switching' with protocol infiniband-ndr (offered: "
                                 "ethernet-400g)")));
  const Component fabric = Parse(
      R"({"schema":"stackport.component/1","id":"net/ib","name":"IB","kind":"network_switch","summary":"A switch for InfiniBand.",
      "provides":[{"capability":"fabric-switching","with":{"protocol":["infiniband-ndr"]},"source":"https://v.com","as_of":"2026"}]})");
  EXPECT_THAT(Warnings({Server(other), fabric}, catalog.get()), IsEmpty());
}

TEST(Advisor, NeedsOfTheSiteAreNotLookedFor) {
  const SnapshotPtr catalog = testing::SmallCatalog().Build();
  EXPECT_THAT(
      Warnings({Server(R"({"capability":"site-cooling","site_condition":true})")}, catalog.get()),
      IsEmpty());
}

TEST(Advisor, NamesComponentsThatNobodyDescribes) {
  const SnapshotPtr catalog = testing::SmallCatalog().Build();
  const Component server = Parse(
      R"({"schema":"stackport.component/1","id":"box/s","name":"S","kind":"server","summary":"A server for eight modules.",
      "provides":[{"capability":"accelerator-host","with":{"slots":8,"accelerators":["acc/chip","acc/chop"]},"source":"https://v.com","as_of":"2026"}]})");
  const auto warnings = Warnings({server}, catalog.get());
  EXPECT_THAT(warnings, SizeIs(1));
  EXPECT_THAT(warnings, Contains(HasSubstr("it names 'acc/chop', which nobody describes; did you "
                                           "mean 'acc/chip'?")));
}

TEST(Advisor, WhatIsMissingIsANote) {
  const auto advice = Advise({Accelerator(Fact("memory", "80", "GB"))}, nullptr, kToday);
  bool facts = false;
  for (const Advice& one : advice) {
    EXPECT_TRUE(one.note) << one.finding.message;
    if (one.finding.code != "missing_facts") continue;
    facts = true;
    EXPECT_THAT(one.finding.message, HasSubstr("tdp"));
    EXPECT_THAT(one.finding.message, Not(HasSubstr("memory (")));
  }
  EXPECT_TRUE(facts);
}

TEST(Advisor, AServerThatNoAnswerCanPlaceIsNoted) {
  const auto notes = [](const std::string& with) {
    const Component server = Parse(
        R"({"schema":"stackport.component/1","id":"box/s","name":"S","kind":"server","summary":"A server for eight modules.",
        "provides":[{"capability":"accelerator-host","with":{)" +
        with + R"(},"source":"https://v.com","as_of":"2026"}]})");
    std::string texts;
    for (const Advice& one : Advise({server}, nullptr, kToday)) {
      if (one.finding.code == "missing_attributes") texts += one.finding.message;
    }
    return texts;
  };
  EXPECT_EQ(notes(R"("slots":8,"socket":["oam"])"),
            "answers leave it out, since what it provides lacks "
            "accelerator-host.accelerators (no answer can place it)");
  EXPECT_EQ(notes(R"("slots":8,"accelerators":["acc/chip"])"), "");
}

TEST(Advisor, UnknownSaidAloudIsNotMissing) {
  const Component chip = Accelerator(R"("tdp":{"unknown":"not published"},"tpp":{"unknown":"x"})");
  for (const Advice& one : Advise({chip}, nullptr, kToday)) {
    EXPECT_THAT(one.finding.message, Not(HasSubstr("tdp")));
  }
}

TEST(Advisor, TakesNoMoreThanAPersonReads) {
  std::vector<Component> many(kMaxAdvice + 10, Accelerator(""));
  EXPECT_THAT(Advise(many, nullptr, kToday), SizeIs(kMaxAdvice));
}

}  // namespace
}  // namespace stackport
