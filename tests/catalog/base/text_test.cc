#include "catalog/base/text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace stackport {
namespace {

using ::testing::ElementsAre;

TEST(Printable, LeavesOrdinaryTextOfAnyScriptAlone) {
  EXPECT_EQ(Printable("Kiswahili, 日本語, العربية, ñ"), "Kiswahili, 日本語, العربية, ñ");
}

TEST(Printable, ShowsControlCharactersInsteadOfObeyingThem) {
  EXPECT_EQ(Printable("a\nb\x1b[31m\x7f"), "a\\x0ab\\x1b[31m\\x7f");
  EXPECT_EQ(Printable(std::string_view("a\0b", 3)), "a\\x00b");
  EXPECT_EQ(Printable("\xc2\x85"), "\\u{0085}");      // next line, a C1 control
  EXPECT_EQ(Printable("\xe2\x80\xa8"), "\\u{2028}");  // line separator
}

// "Trojan source": the letters after the control would be shown in another order.
TEST(Printable, ShowsBidirectionalControls) {
  EXPECT_EQ(Printable("user\xe2\x80\xae"
                      "nimda"),
            "user\\u{202e}nimda");
  EXPECT_EQ(Printable("\xe2\x81\xa6x\xe2\x81\xa9"), "\\u{2066}x\\u{2069}");
  EXPECT_EQ(Printable("\xd8\x9c"), "\\u{061c}");
}

TEST(Printable, ShowsEachByteThatIsNotUtf8) {
  EXPECT_EQ(Printable("a\xff"
                      "b"),
            "a\\xffb");
  EXPECT_EQ(Printable("\xc3"), "\\xc3");                             // cut in the middle
  EXPECT_EQ(Printable("\xc0\xaf"), "\\xc0\\xaf");                    // overlong '/'
  EXPECT_EQ(Printable("\xed\xa0\x80"), "\\xed\\xa0\\x80");           // a surrogate
  EXPECT_EQ(Printable("\xf4\x90\x80\x80"), "\\xf4\\x90\\x80\\x80");  // above U+10FFFF
}

TEST(Printable, KeepsTextAtTheLimitAndCutsOnePast) {
  EXPECT_EQ(Printable("12345678", 8), "12345678");
  EXPECT_EQ(Printable("123456789", 8), "12345...");
  EXPECT_EQ(Printable(std::string(kMaxQuotedText, 'x')), std::string(kMaxQuotedText, 'x'));
  EXPECT_EQ(Printable(std::string(kMaxQuotedText + 1, 'x')).size(), kMaxQuotedText);
}

TEST(Printable, CutsOnACharacterBorderAndNeverInsideAnEscape) {
  EXPECT_EQ(Printable("aéééé", 8), "aéé...");           // 1 + 2 + 2 bytes and the dots
  EXPECT_EQ(Printable("日本語日本語", 10), "日本...");  // a third one would not fit
  EXPECT_EQ(Printable("ab\x01\x02\x03", 8), "ab...");
  for (std::size_t limit = 0; limit < 20; ++limit) {
    const std::string cut = Printable("日本語日本語日本語日本語", limit);
    EXPECT_LE(cut.size(), limit);
    EXPECT_TRUE(IsUtf8(cut)) << limit;
  }
}

TEST(Quoted, PutsPrintableTextInQuotes) {
  EXPECT_EQ(Quoted("a\tb"), "'a\\x09b'");
}

TEST(NearestName, FindsTheSlipOfThePen) {
  const std::vector<std::string> known = {"accelerator-host", "fabric-port", "site-power"};
  EXPECT_EQ(NearestName("acelerator-host", known), "accelerator-host");
  EXPECT_EQ(NearestName("accelerator_host", known), "accelerator-host");
  EXPECT_EQ(NearestName("Fabric-Port", known), "fabric-port");
  EXPECT_EQ(NearestName("nmae", std::vector<std::string>{"name"}), "name");  // one swap of four
}

TEST(NearestName, PrefersTheNearerAndThenTheFirst) {
  const std::vector<std::string> known = {"memory_a", "memory_b", "memory_ab"};
  EXPECT_EQ(NearestName("memory_bb", known), "memory_b");
  EXPECT_EQ(NearestName("memory_c", known), "memory_a");
}

TEST(NearestName, StaysSilentWhenMoreThanAThirdDiffers) {
  const std::vector<std::string> known = {"abcdef"};
  EXPECT_EQ(NearestName("abcdxy", known), "abcdef");  // two of six
  EXPECT_EQ(NearestName("abcxyz", known), "");        // three of six
  EXPECT_EQ(NearestName("", known), "");
  EXPECT_EQ(NearestName(std::string(kMaxQuotedText + 1, 'a'), known), "");
}

TEST(Join, AndSplitAreInverse) {
  const std::vector<std::string> parts = {"a", "", "c"};
  EXPECT_EQ(Join(parts, ","), "a,,c");
  EXPECT_EQ(Split("a,,c", ','), parts);
  EXPECT_THAT(Split("", ','), ElementsAre(""));
}

TEST(IsUtf8, RefusesWhatOnlyLooksLikeIt) {
  EXPECT_TRUE(IsUtf8("plain, é, 日, \xf0\x9f\x8c\x8d"));
  EXPECT_TRUE(IsUtf8("\xf4\x8f\xbf\xbf"));   // U+10FFFF, the last
  EXPECT_FALSE(IsUtf8("\xf4\x90\x80\x80"));  // one past
  EXPECT_FALSE(IsUtf8("\xe0\x80\xaf"));      // overlong
  EXPECT_FALSE(IsUtf8("\xf0\x80\x80\xaf"));  // overlong
  EXPECT_FALSE(IsUtf8("\xed\xbf\xbf"));      // a surrogate
  EXPECT_FALSE(IsUtf8("\x80"));              // a continuation alone
  EXPECT_FALSE(IsUtf8("\xe6\x97"));          // cut
}

}  // namespace
}  // namespace stackport
