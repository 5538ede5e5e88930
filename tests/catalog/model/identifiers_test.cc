#include "catalog/model/identifiers.h"

#include <gtest/gtest.h>

#include "catalog/model/country_codes.h"

namespace stackport {
namespace {

TEST(CountryCode, HoldsExactlyTheAssignedOnes) {
  std::size_t count = 0;
  for (char a = 'A'; a <= 'Z'; ++a) {
    for (char b = 'A'; b <= 'Z'; ++b) count += IsCountryCode(std::string{a, b}) ? 1 : 0;
  }
  EXPECT_EQ(count, kCountryCodeCount);
  EXPECT_TRUE(IsCountryCode("AD"));
  EXPECT_TRUE(IsCountryCode("ZW"));
  EXPECT_TRUE(IsCountryCode("SS"));
}

TEST(CountryCode, RefusesOtherForms) {
  EXPECT_FALSE(IsCountryCode("XK"));  // user-assigned
  EXPECT_FALSE(IsCountryCode("UK"));  // reserved
  EXPECT_FALSE(IsCountryCode("ke"));
  EXPECT_FALSE(IsCountryCode("KEN"));
  EXPECT_FALSE(IsCountryCode("K"));
  EXPECT_FALSE(IsCountryCode(""));
  EXPECT_FALSE(IsCountryCode("D "));
}

TEST(CountryCode, HintsAtTheOneThatWasMeant) {
  EXPECT_EQ(CountryCodeHint("UK"), "GB");
  EXPECT_EQ(CountryCodeHint("ke"), "KE");
  EXPECT_EQ(CountryCodeHint("XK"), "");
}

TEST(Language, IsBroughtToItsCanonicalCase) {
  EXPECT_EQ(CanonicalLanguage("SW"), "sw");
  EXPECT_EQ(CanonicalLanguage("zh-hans"), "zh-Hans");
  EXPECT_EQ(CanonicalLanguage("PT-br"), "pt-BR");
  EXPECT_EQ(CanonicalLanguage("en-gb"), "en-GB");
  EXPECT_EQ(CanonicalLanguage("es-419"), "es-419");
  EXPECT_EQ(CanonicalLanguage("SR-LATN-RS"), "sr-Latn-RS");
  EXPECT_EQ(CanonicalLanguage("de-CH-1996"), "de-CH-1996");
  EXPECT_EQ(CanonicalLanguage("swc"), "swc");
}

TEST(Language, RefusesWhatIsNoTag) {
  for (const char* text : {"", "e", "english", "en_GB", "en-", "-en", "en--GB", "en-GBR", "zh-Han",
                           "x-private", "en-GB-GB", "sw, en", "en-u-co-phonebk"}) {
    EXPECT_EQ(CanonicalLanguage(text), std::nullopt) << text;
  }
  EXPECT_EQ(CanonicalLanguage(std::string_view("e\0", 2)), std::nullopt);
  const std::string longest = "sl-Latn-IT-rozaj12-nedis123-variant";  // 35 characters
  EXPECT_TRUE(CanonicalLanguage(longest).has_value());
  EXPECT_FALSE(CanonicalLanguage(longest + "1").has_value());
}

TEST(AsOfDate, MustExistInTheCalendar) {
  EXPECT_TRUE(IsAsOfDate("2025"));
  EXPECT_TRUE(IsAsOfDate("2025-12"));
  EXPECT_TRUE(IsAsOfDate("2024-02-29"));
  EXPECT_TRUE(IsAsOfDate("2000-02-29"));
  EXPECT_TRUE(IsAsOfDate("undated"));
  for (const char* text : {"", "25", "2025-13", "2025-00", "2025-02-29", "1900-02-29", "2025-04-31",
                           "2025-1-1", "2025/01", "2025-01-01T00", "20a5", "Undated"}) {
    EXPECT_FALSE(IsAsOfDate(text)) << text;
  }
}

TEST(ComponentId, IsVendorSlashName) {
  EXPECT_TRUE(IsComponentId("dell/poweredge-xe9680"));
  EXPECT_TRUE(IsComponentId("meta/llama-3.3_70b"));
  for (const char* text : {"", "dell", "/x", "dell/", "Dell/x", "de.ll/x", "dell/x/y", "dell/-x",
                           "-dell/x", "dell/x y"}) {
    EXPECT_FALSE(IsComponentId(text)) << text;
  }
}

}  // namespace
}  // namespace stackport
