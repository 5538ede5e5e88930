// Facts: types, units, bounds, vocabularies, provenance.
#include <gmock/gmock.h>

#include "tests/catalog/model/parsing.h"

namespace stackport {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

Fact FactOf(std::string_view name, std::string_view value) {
  const Component component = Good(FactDocument(name, value));
  const Fact* fact = component.FindFact(name);
  EXPECT_NE(fact, nullptr) << name;
  return fact == nullptr ? Fact() : *fact;
}

TEST(Facts, CarryTheirProvenance) {
  const Component component = Good(Document(R"(, "facts": {"tdp": {"value": 700, "unit": "W",
      "source": "data sheet, p. 3", "as_of": "2025-02-28", "note": "maximum", "inferred": true}})"));
  const Fact* tdp = component.FindFact("tdp");
  ASSERT_NE(tdp, nullptr);
  EXPECT_EQ(tdp->value.number, (Interval{700, 700}));
  EXPECT_EQ(tdp->provenance.source, "data sheet, p. 3");
  EXPECT_EQ(tdp->provenance.as_of, "2025-02-28");
  EXPECT_EQ(tdp->provenance.note, "maximum");
  EXPECT_TRUE(tdp->inferred);
}

TEST(Facts, WithoutSourceOrDateAreRefused) {
  const ParsedComponent parsed =
      Parse(Document(R"(, "facts": {"tdp": {"value": 700, "unit": "W"}})"));
  EXPECT_FALSE(parsed.component.has_value());
  ASSERT_EQ(parsed.findings.size(), 2u);
  EXPECT_EQ(parsed.findings[0].pointer, "/facts/tdp");
  EXPECT_THAT(parsed.findings[0].message, HasSubstr("'source' is missing"));
  EXPECT_THAT(parsed.findings[1].message, HasSubstr("'as_of' is missing"));
  const Finding empty = Refusal(Document(
      R"(, "facts": {"tdp": {"value": 700, "unit": "W", "source": "", "as_of": "2025"}})"));
  EXPECT_EQ(empty.pointer, "/facts/tdp/source");
}

TEST(Facts, MayBeDeclaredUnknown) {
  const Component component =
      Good(Document(R"(, "facts": {"us_content": {"unknown": "not published"}})"));
  EXPECT_EQ(component.FindFact("us_content"), nullptr);
  EXPECT_EQ(component.unknown.at("us_content"), "not published");
}

// Metamorphic: the unit a vendor happens to use changes nothing.
TEST(Facts, UnitsRewrittenGiveTheSameValue) {
  const Interval expected = {80'000'000'000, 80'000'000'000};
  EXPECT_EQ(FactOf("memory", R"("value": 80, "unit": "GB")").value.number, expected);
  EXPECT_EQ(FactOf("memory", R"("value": 0.08, "unit": "TB")").value.number, expected);
  EXPECT_EQ(FactOf("memory", R"("value": 80000, "unit": "MB")").value.number, expected);
  EXPECT_EQ(FactOf("memory", R"("value": "80 GB")").value.number, expected);
}

TEST(Facts, IntervalsKeepBothEnds) {
  EXPECT_EQ(FactOf("max_power", R"("value": [9.5, 11.5], "unit": "kW")").value.number,
            (Interval{9'500, 11'500}));
  EXPECT_EQ(FactOf("minimum_units", R"("value": [2, 4])").value.number, (Interval{2, 4}));
  EXPECT_TRUE(FactOf("max_power", R"("value": [9, 9], "unit": "kW")").value.number.exact());
}

TEST(Facts, AnIntervalThatRunsDownIsRefused) {
  const Finding finding =
      Refusal(FactDocument("max_power", R"("value": [11.5, 9.5], "unit": "kW")"));
  EXPECT_EQ(finding.code, "interval");
  EXPECT_EQ(finding.pointer, "/facts/max_power/value");
}

TEST(Facts, AUnitOfAnotherDimensionIsRefusedWithTheUnitsAllowed) {
  const Finding finding =
      Refusal(FactDocument("memory_bandwidth", R"("value": 3, "unit": "Tb/s")"));
  EXPECT_EQ(finding.code, "unit_dimension");
  EXPECT_EQ(finding.pointer, "/facts/memory_bandwidth/unit");
  EXPECT_THAT(finding.message, HasSubstr("'Tb/s' is a unit of link_rate"));
  EXPECT_THAT(finding.expected, HasSubstr("GB/s"));
  EXPECT_THAT(finding.expected, HasSubstr("TB/s"));
}

TEST(Facts, AnUnknownUnitComesWithTheNearest) {
  const Finding finding = Refusal(FactDocument("max_power", R"("value": 3, "unit": "KW")"));
  EXPECT_EQ(finding.code, "unknown_unit");
  EXPECT_THAT(finding.message, HasSubstr("did you mean 'kW'?"));
}

TEST(Facts, AQuantityNeedsItsUnit) {
  const Finding finding = Refusal(FactDocument("memory", R"("value": 80)"));
  EXPECT_EQ(finding.code, "unit_missing");
  EXPECT_EQ(finding.pointer, "/facts/memory/value");
}

// A share of 0.51 is complete without a unit.
TEST(Facts, ARatioMayDoWithoutAUnit) {
  EXPECT_EQ(FactOf("us_content", R"("value": 0.51)").value.number, (Interval{5100, 5100}));
  EXPECT_EQ(FactOf("us_content", R"("value": 51, "unit": "%")").value.number,
            (Interval{5100, 5100}));
}

TEST(Facts, MegabytesForGigabytesAreCaughtByTheBounds) {
  const Finding finding = Refusal(FactDocument("memory", R"("value": 80, "unit": "MB")"));
  EXPECT_EQ(finding.code, "out_of_bounds");
  EXPECT_THAT(finding.message, HasSubstr("80 MB is below what is plausible"));
  EXPECT_EQ(finding.expected, "1 GB to 4 TB");
  EXPECT_EQ(finding.remedy, "did you mean 80 GB?");
}

TEST(Facts, KilowattsForWattsAreCaughtByTheBounds) {
  const Finding finding = Refusal(FactDocument("tdp", R"("value": 700, "unit": "kW")"));
  EXPECT_THAT(finding.message, HasSubstr("above"));
  EXPECT_EQ(finding.remedy, "did you mean 700 W?");
}

TEST(Facts, BoundsHoldAtTheLimitAndOnePast) {
  Good(FactDocument("tdp", R"("value": 1, "unit": "W")"));
  Good(FactDocument("tdp", R"("value": 40000, "unit": "W")"));
  EXPECT_EQ(Refusal(FactDocument("tdp", R"("value": 40001, "unit": "W")")).code, "out_of_bounds");
  EXPECT_EQ(Refusal(FactDocument("tdp", R"("value": 0, "unit": "W")")).code, "out_of_bounds");
  EXPECT_EQ(Refusal(FactDocument("minimum_units", R"("value": 10001)")).code, "out_of_bounds");
}

TEST(Facts, NumbersBeyondSixtyFourBitsAreRefused) {
  EXPECT_EQ(Refusal(FactDocument("memory", R"("value": 1e300, "unit": "TB")")).code,
            "out_of_bounds");
  EXPECT_EQ(Refusal(FactDocument("minimum_units", R"("value": 1e300)")).code, "type");
  EXPECT_EQ(Refusal(FactDocument("minimum_units", R"("value": 18446744073709551615)")).code,
            "type");
}

TEST(Facts, AWholeNumberMayBeWrittenWithAPoint) {
  EXPECT_EQ(FactOf("minimum_units", R"("value": 8.0)").value.number, (Interval{8, 8}));
  EXPECT_EQ(Refusal(FactDocument("minimum_units", R"("value": 8.5)")).code, "type");
}

TEST(Facts, EachTypeRefusesTheOthers) {
  EXPECT_EQ(Refusal(FactDocument("open_weights", R"("value": "yes")")).code, "type");
  EXPECT_EQ(Refusal(FactDocument("license", R"("value": 7)")).code, "type");
  EXPECT_EQ(Refusal(FactDocument("license", R"("value": "")")).code, "type");
  EXPECT_EQ(Refusal(FactDocument("cooling", R"("value": [])")).code, "type");
  EXPECT_EQ(Refusal(FactDocument("cooling", R"("value": ["air", 7])")).code, "type");
  EXPECT_EQ(Refusal(FactDocument("release_date", R"("value": "2025-02-30")")).code, "type");
  EXPECT_EQ(Refusal(FactDocument("release_date", R"("value": "undated")")).code, "type");
  EXPECT_EQ(Refusal(FactDocument("throughput", R"("value": [1])")).code, "type");
  EXPECT_EQ(Refusal(FactDocument("memory", R"("value": true, "unit": "GB")")).code, "type");
  EXPECT_EQ(Refusal(FactDocument("memory", R"("value": [1, 2, 3], "unit": "GB")")).code, "type");
}

TEST(Facts, TextFlagDateAndTableAreKept) {
  EXPECT_EQ(FactOf("license", R"("value": "Apache-2.0")").value.text, "Apache-2.0");
  EXPECT_TRUE(FactOf("open_weights", R"("value": true)").value.flag);
  EXPECT_EQ(FactOf("release_date", R"("value": "2025-03")").value.text, "2025-03");
  EXPECT_EQ(FactOf("throughput", R"("value": [{"b": 2, "a": 1}])").value.text,
            R"([{"a":1,"b":2}])");
}

TEST(Facts, TokensAreSortedAndRepeatedOnesCollapse) {
  EXPECT_THAT(FactOf("cooling", R"("value": ["direct-liquid", "air", "air"])").value.tokens,
              ElementsAre("air", "direct-liquid"));
  EXPECT_THAT(FactOf("cooling", R"("value": "air")").value.tokens, ElementsAre("air"));
}

TEST(Facts, AnUnknownTokenIsKeptWithAWarning) {
  const std::string text = FactDocument("cooling", R"("value": ["direct-liqid"])");
  const Finding finding = Warning(text);
  EXPECT_EQ(finding.code, "unknown_token");
  EXPECT_EQ(finding.pointer, "/facts/cooling/value/0");
  EXPECT_THAT(finding.message, HasSubstr("did you mean 'direct-liquid'?"));
  EXPECT_THAT(Parse(text).component->FindFact("cooling")->value.tokens,
              ElementsAre("direct-liqid"));
}

TEST(Facts, TokensAtTheLimitAndOnePast) {
  const auto tokens = [](std::size_t bytes) {
    return FactDocument("modalities_in", R"("value": [")" + std::string(bytes, 'x') + "\"]");
  };
  Good(tokens(120));
  EXPECT_EQ(Refusal(tokens(121)).code, "malformed_token");
  EXPECT_EQ(Refusal(FactDocument("modalities_in", R"("value": ["a\u0000b"])")).code,
            "malformed_token");
}

TEST(Facts, LanguagesAreCanonicalOrRefused) {
  EXPECT_THAT(FactOf("languages", R"("value": ["SW", "pt-br", "zh-hans", "sw"])").value.tokens,
              ElementsAre("pt-BR", "sw", "zh-Hans"));
  const Finding finding = Refusal(FactDocument("languages", R"("value": ["sw", "english"])"));
  EXPECT_EQ(finding.code, "malformed_language");
  EXPECT_EQ(finding.pointer, "/facts/languages/value/1");
}

TEST(Facts, CountriesAreAssignedCodesOrRefused) {
  EXPECT_THAT(FactOf("manufacture_countries", R"("value": ["US", "TW"])").value.tokens,
              ElementsAre("TW", "US"));
  const Finding kosovo = Refusal(FactDocument("manufacture_countries", R"("value": ["XK"])"));
  EXPECT_EQ(kosovo.code, "unknown_country");
  const Finding uk = Refusal(FactDocument("manufacture_countries", R"("value": ["UK"])"));
  EXPECT_EQ(uk.remedy, "did you mean 'GB'?");
}

TEST(Facts, AnUnknownFactIsLeftOutWithAWarning) {
  const std::string text = FactDocument("memroy", R"("value": 80, "unit": "GB")");
  const Finding finding = Warning(text);
  EXPECT_EQ(finding.code, "unknown_fact");
  EXPECT_EQ(finding.pointer, "/facts/memroy");
  EXPECT_THAT(finding.message, HasSubstr("did you mean 'memory'?"));
  EXPECT_TRUE(Parse(text).component->facts.empty());
}

TEST(Facts, AUnitWhereNoneBelongsIsAWarning) {
  const Finding finding =
      Warning(FactDocument("context_tokens", R"("value": 8192, "unit": "tokens")"));
  EXPECT_EQ(finding.code, "unexpected_unit");
}

TEST(Facts, ADateMustExist) {
  const Finding finding = Refusal(Document(
      R"(, "facts": {"tdp": {"value": 700, "unit": "W", "source": "s", "as_of": "2025-13"}})"));
  EXPECT_EQ(finding.code, "bad_date");
  EXPECT_EQ(finding.pointer, "/facts/tdp/as_of");
}

TEST(Facts, ASlipInTheNameOfAMemberIsTheOnlyFinding) {
  const Finding finding = Refusal(Document(
      R"(, "facts": {"tdp": {"value": 700, "unti": "W", "source": "s", "as_of": "2025"}})"));
  EXPECT_EQ(finding.pointer, "/facts/tdp/unti");
  EXPECT_THAT(finding.message, HasSubstr("did you mean 'unit'?"));
}

}  // namespace
}  // namespace stackport
