// Lists of revocations as text.
#include "host/admission/revocation_list.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "catalog/model/json_schema.h"
#include "tests/support/signing.h"

extern "C" {
extern const char test_revocations_schema_begin[];
extern const char test_revocations_schema_end[];
}

namespace stackport {
namespace {

using ::testing::HasSubstr;
using ::testing::SizeIs;

const std::string kKey = R"("key":"0123456789ABCDEF")";
const std::string kVersion = R"("plugin":"acme-servers","version":"1.4.0")";
const std::string kContent =
    R"("plugin":"acme-servers","content_hash":")" + std::string(64, 'a') + "\"";
const std::string kComponent = R"("component":"acme/x8")";

bool SchemaAccepts(const std::string& text) {
  static const auto schema = JsonSchema::Compile(
      {test_revocations_schema_begin, test_revocations_schema_end}, "revocations.schema.json");
  const auto document = json::Parse(text, "test");
  return schema.ok() && document.ok() && !HasErrors(schema->Check(*document));
}

TEST(RevocationList, HasThreeGrains) {
  const std::string text = RevocationText(7, {kKey, kVersion, kContent, kComponent});
  EXPECT_TRUE(SchemaAccepts(text));
  const ParsedRevocations parsed = ParseRevocations(text);
  ASSERT_TRUE(parsed.list) << ToText(parsed.findings.front());
  EXPECT_EQ(parsed.list->serial, 7);
  ASSERT_THAT(parsed.list->entries, SizeIs(4));
  EXPECT_EQ(parsed.list->entries[0].Subject(), "key 0123456789ABCDEF");
  EXPECT_EQ(parsed.list->entries[1].Subject(), "plugin acme-servers 1.4.0");
  EXPECT_EQ(parsed.list->entries[3].Subject(), "component acme/x8");
  EXPECT_EQ(parsed.list->entries[3].reason, "Found wrong.");

  PluginRecord plugin;
  plugin.id = "acme-servers";
  plugin.version = "1.4.1";
  EXPECT_EQ(parsed.list->FindFor(plugin), nullptr);
  plugin.content_hash = std::string(64, 'a');
  EXPECT_EQ(parsed.list->FindFor(plugin), &parsed.list->entries[2]);
  plugin.version = "1.4.0";
  EXPECT_EQ(parsed.list->FindFor(plugin), &parsed.list->entries[1]);
  plugin.id = "other";
  EXPECT_EQ(parsed.list->FindFor(plugin), nullptr);
  plugin.key_id = "0123456789ABCDEF";
  EXPECT_EQ(parsed.list->FindFor(plugin), &parsed.list->entries[0]);
}

TEST(RevocationList, AnEmptyListIsAList) {
  EXPECT_TRUE(ParseRevocations(RevocationText(1, {})).list);
}

TEST(RevocationList, WhatIsNotUnderstoodIsRefused) {
  const std::vector<std::string> bad = {
      "",
      "[]",
      "{}",
      RevocationText(0, {}),
      RevocationText(-1, {}),
      R"({"schema":"stackport.revocations/2","serial":1,"issued":"2026-01-01","revocations":[]})",
      R"({"schema":"stackport.revocations/1","serial":1.5,"issued":"2026-01-01","revocations":[]})",
      R"({"schema":"stackport.revocations/1","serial":1,"issued":"2026","revocations":[]})",
      R"({"schema":"stackport.revocations/1","serial":1,"issued":"2026-01-01","revocations":{}})",
      RevocationText(1, {R"("key":"0123456789abcdef")"}),
      RevocationText(1, {R"("key":7)"}),
      RevocationText(1, {R"("plugin":"acme-servers")"}),
      RevocationText(1, {R"("plugin":"acme-servers","content_hash":"abc")"}),
      RevocationText(1, {R"("plugin":"","version":"1.0.0")"}),
      RevocationText(1, {R"("component":"acme")"}),
      RevocationText(1, {kKey + "," + kComponent}),
      RevocationText(1, {kComponent + R"(,"except":"KE")"}),
  };
  for (const std::string& text : bad) {
    EXPECT_FALSE(ParseRevocations(text).list) << text;
    EXPECT_FALSE(SchemaAccepts(text)) << text;
  }
  EXPECT_FALSE(ParseRevocations(RevocationText(1, {kComponent, kComponent})).list) << "twice";
  EXPECT_FALSE(
      ParseRevocations(R"({"schema":"stackport.revocations/1","serial":1,"issued":"2026-02-30",)"
                       R"("revocations":[]})")
          .list)
      << "no such day";
}

TEST(RevocationList, TheLimitsHoldAndOnePastDoesNot) {
  std::vector<std::string> entries;
  for (std::size_t i = 0; i < kMaxRevocations; ++i) {
    entries.push_back(R"("component":"acme/c)" + std::to_string(i) + "\"");
  }
  EXPECT_TRUE(ParseRevocations(RevocationText(1, entries)).list);
  entries.push_back(kComponent);
  EXPECT_THAT(ToText(ParseRevocations(RevocationText(1, entries)).findings.front()),
              HasSubstr("at most 10000"));

  const auto with_reason = [](std::size_t bytes) {
    return R"({"schema":"stackport.revocations/1","serial":9007199254740991,)"
           R"("issued":"2026-01-01","revocations":[{"component":"a/b","since":"2026-01-01",)"
           R"("reason":")" +
           std::string(bytes, 'x') + "\"}]}";
  };
  EXPECT_TRUE(ParseRevocations(with_reason(kMaxReasonBytes)).list);
  EXPECT_FALSE(ParseRevocations(with_reason(kMaxReasonBytes + 1)).list);
  EXPECT_FALSE(ParseRevocations(R"({"schema":"stackport.revocations/1","serial":9007199254740992,)"
                                R"("issued":"2026-01-01","revocations":[]})")
                   .list);
}

TEST(RevocationList, OnlyTheDesignatedKeyMaySignIt) {
  const MinisignSecretKey key = MakeKey(), other = MakeKey();
  const std::string text = RevocationText(1, {kKey});
  const auto verified =
      VerifyRevocations(text, *key.Sign(text, "c"), key.public_key(), RevocationList{});
  ASSERT_TRUE(verified.ok()) << verified.error().ToString();
  EXPECT_EQ(verified->key_id, IdOf(key));
  EXPECT_EQ(verified->document, text);
  EXPECT_FALSE(
      VerifyRevocations(text, *other.Sign(text, "c"), key.public_key(), RevocationList{}).ok());
  EXPECT_FALSE(
      VerifyRevocations(text + " ", *key.Sign(text, "c"), key.public_key(), RevocationList{}).ok());
}

TEST(RevocationList, AKeyThatTheListInForceRevokesSignsNoMoreLists) {
  const MinisignSecretKey key = MakeKey();
  const RevocationList in_force =
      *ParseRevocations(RevocationText(1, {R"("key":")" + IdOf(key) + "\""})).list;
  const std::string text = RevocationText(2, {});
  const auto verified = VerifyRevocations(text, *key.Sign(text, "c"), key.public_key(), in_force);
  ASSERT_FALSE(verified.ok());
  EXPECT_THAT(verified.error().message, HasSubstr("itself revoked"));
}

}  // namespace
}  // namespace stackport
