#include "catalog/countries/country_index.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>

namespace stackport {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

constexpr std::string_view kNoGroups =
    R"({"schema":"stackport.export_control_groups/1","source":"s","as_of":"2026","groups":{"D:1":[]}})";

std::string OneCountry(std::string_view row, std::string_view blocs = "{}") {
  return std::string(
             R"({"schema":"stackport.countries/1","sources":{"book":"The Book"},)"
             R"("columns":{"population":{"source":"@book","as_of":"2020","note":"old"}},"blocs":)") +
         std::string(blocs) + R"(,"countries":[)" + std::string(row) + "]}";
}

TEST(CountryIndexTest, HoldsEveryCodeOfTheStandardInOrder) {
  const CountryIndex& index = CountryIndex::Builtin();
  EXPECT_EQ(index.All().size(), 249u);
  EXPECT_TRUE(std::is_sorted(index.All().begin(), index.All().end(),
                             [](const Country& a, const Country& b) { return a.code < b.code; }));
  EXPECT_EQ(index.Find("XK"), nullptr) << "Kosovo's code is user-assigned";
  EXPECT_EQ(index.Find("ke"), nullptr) << "codes are exact; Resolve is for people";
}

TEST(CountryIndexTest, KnowsKenya) {
  const Country* kenya = CountryIndex::Builtin().Find("KE");
  ASSERT_NE(kenya, nullptr);
  EXPECT_EQ(kenya->alpha3, "KEN");
  EXPECT_THAT(kenya->official_languages, ElementsAre("sw", "en"));
  EXPECT_EQ(kenya->mains_voltage_v, std::vector<int>{240});
  EXPECT_EQ(kenya->electricity_price_micro_usd_per_kwh, 88'000);
  EXPECT_EQ(kenya->electricity_price_quality, "compiled");
  EXPECT_EQ(kenya->internet_users_basis_points, 3500);
  EXPECT_EQ(kenya->data_localization, "sectoral");
  EXPECT_THAT(kenya->blocs, Contains("EAC"));
  EXPECT_THAT(kenya->unknown, ElementsAre("cloud_regions"));
  const Provenance* price = kenya->FindProvenance("electricity_price_usd_kwh");
  ASSERT_NE(price, nullptr);
  EXPECT_THAT(price->source, HasSubstr("Climatescope"));
  EXPECT_EQ(price->as_of, "2024");
  EXPECT_THAT(price->note, HasSubstr("weighs less"));
}

TEST(CountryIndexTest, EveryKnownFactHasSourceAndDateAndEveryOtherIsListed) {
  for (const Country& country : CountryIndex::Builtin().All()) {
    for (const CountryFact& fact : CountryFacts()) {
      const Provenance* provenance = country.FindProvenance(fact.name);
      const bool listed = std::find(country.unknown.begin(), country.unknown.end(), fact.name) !=
                          country.unknown.end();
      ASSERT_NE(provenance != nullptr, listed) << country.code << " " << fact.name;
      if (provenance == nullptr) continue;
      EXPECT_FALSE(provenance->source.empty() || provenance->source.starts_with('@'))
          << country.code << " " << fact.name << ": " << provenance->source;
      EXPECT_FALSE(provenance->as_of.empty()) << country.code << " " << fact.name;
    }
  }
}

TEST(CountryIndexTest, AMissingPriceIsUnknownAndNotZero) {
  const Country* ukraine = CountryIndex::Builtin().Find("UA");
  ASSERT_NE(ukraine, nullptr);
  EXPECT_FALSE(ukraine->electricity_price_micro_usd_per_kwh.has_value());
  EXPECT_THAT(ukraine->unknown, Contains("electricity_price_usd_kwh"));
  EXPECT_THAT(ukraine->FindProvenance("official_languages")->note, HasSubstr("Ukrainian"));
}

TEST(CountryIndexTest, EveryCodeAndNameLeadsBackToItsCountry) {
  const CountryIndex& index = CountryIndex::Builtin();
  for (const Country& country : index.All()) {
    for (const std::string& text : {country.code, country.alpha3, country.name, country.iso_name}) {
      const Result<std::string> code = index.Resolve(text);
      ASSERT_TRUE(code.ok()) << text;
      EXPECT_EQ(*code, country.code) << text;
    }
  }
}

TEST(CountryIndexTest, ResolvesWhatPeopleType) {
  const CountryIndex& index = CountryIndex::Builtin();
  EXPECT_EQ(*index.Resolve("kenya"), "KE");
  EXPECT_EQ(*index.Resolve(" KEN "), "KE");
  EXPECT_EQ(*index.Resolve("Cote d'Ivoire"), "CI");
  EXPECT_EQ(*index.Resolve("Saint Lucia"), "LC");
  EXPECT_EQ(*index.Resolve("korea, republic of"), "KR");
}

TEST(CountryIndexTest, SuggestsTheNearestNameForATypingSlip) {
  const Result<std::string> slip = CountryIndex::Builtin().Resolve("Kenia");
  ASSERT_FALSE(slip.ok());
  EXPECT_EQ(slip.error().code, ErrorCode::kInvalidArgument);
  EXPECT_THAT(slip.error().message, HasSubstr("did you mean Kenya?"));
  const Result<std::string> noise = CountryIndex::Builtin().Resolve("qqqqqqqqqqqqqqqqqqqqqqq\x01");
  ASSERT_FALSE(noise.ok());
  EXPECT_THAT(noise.error().message, HasSubstr("two-letter code"));
  EXPECT_THAT(noise.error().message, Not(HasSubstr("\x01")));
  EXPECT_FALSE(CountryIndex::Builtin().Resolve("").ok());
}

TEST(CountryIndexTest, OnlyRegionalUnionsCountForDataInTheBloc) {
  const CountryIndex& index = CountryIndex::Builtin();
  EXPECT_THAT(index.ShareRegionalBloc("KE", "ZA"), ElementsAre("AU"));
  EXPECT_THAT(index.ShareRegionalBloc("KE", "TZ"), ElementsAre("AU", "EAC"));
  EXPECT_THAT(index.ShareRegionalBloc("DE", "NO"), ElementsAre("EEA"));
  EXPECT_THAT(index.ShareBloc("DE", "JP"), Contains("G7"));
  EXPECT_THAT(index.ShareRegionalBloc("DE", "JP"), IsEmpty());
  EXPECT_THAT(index.ShareBloc("DE", "??"), IsEmpty());
}

TEST(CountryIndexTest, EachBlocSaysWhyItIsRegionalOrNot) {
  const CountryIndex& index = CountryIndex::Builtin();
  for (const char* name :
       {"EU", "EEA", "AU", "EAC", "ECOWAS", "SADC", "ASEAN", "GCC", "MERCOSUR"}) {
    ASSERT_NE(index.FindBloc(name), nullptr) << name;
    EXPECT_TRUE(index.FindBloc(name)->regional) << name;
  }
  for (const char* name : {"G20", "BRICS", "OECD", "NATO", "OIC", "Pax Silica"}) {
    ASSERT_NE(index.FindBloc(name), nullptr) << name;
    EXPECT_FALSE(index.FindBloc(name)->regional) << name;
  }
  for (const Bloc& bloc : index.Blocs()) EXPECT_FALSE(bloc.about.empty()) << bloc.name;
  EXPECT_EQ(index.FindBloc("eu")->members.size(), 27u);
  EXPECT_EQ(index.FindBloc("Atlantis"), nullptr);
}

TEST(CountryIndexTest, ARowOverridesItsColumnsSource) {
  const auto index = CountryIndex::Load(
      OneCountry(R"({"code":"AA","alpha3":"AAA","name":"Aland","population":5,)"
                 R"("provenance":{"population":{"source":"A count","as_of":"2021"}}},)"
                 R"({"code":"BB","alpha3":"BBB","name":"Bland","population":6})"),
      kNoGroups);
  ASSERT_TRUE(index.ok()) << index.error().ToString();
  EXPECT_EQ(index->Find("AA")->FindProvenance("population")->source, "A count");
  EXPECT_EQ(index->Find("AA")->FindProvenance("population")->note, "old");
  EXPECT_EQ(index->Find("BB")->FindProvenance("population")->source, "The Book");
}

TEST(CountryIndexTest, RefusesDataThatContradictsItself) {
  const std::string row = R"({"code":"AA","alpha3":"AAA","name":"Aland"})";
  EXPECT_TRUE(CountryIndex::Load(OneCountry(row), kNoGroups).ok());
  EXPECT_FALSE(CountryIndex::Load("{}", kNoGroups).ok());
  EXPECT_FALSE(CountryIndex::Load(OneCountry(row), "{}").ok());
  EXPECT_THAT(CountryIndex::Load(OneCountry(row + "," + row), kNoGroups).error().message,
              HasSubstr("twice"));
  EXPECT_THAT(
      CountryIndex::Load(
          OneCountry(
              row,
              R"({"X":{"regional":true,"about":"a","source":"s","as_of":"1","members":["ZZ"]}})"),
          kNoGroups)
          .error()
          .message,
      HasSubstr("ZZ"));
  EXPECT_THAT(CountryIndex::Load(
                  OneCountry(R"({"code":"AA","alpha3":"AAA","name":"Aland","currency":["AAD"]})"),
                  kNoGroups)
                  .error()
                  .message,
              HasSubstr("currency"));
}

}  // namespace
}  // namespace stackport
