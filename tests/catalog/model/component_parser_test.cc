// The document as a whole: shape, schema, names. Values, requirements and offers have files of
// their own.
#include "catalog/model/component_parser.h"

#include <gmock/gmock.h>

#include "catalog/model/document_limits.h"
#include "catalog/model/finding_sink.h"
#include "tests/catalog/model/parsing.h"

namespace stackport {
namespace {

using ::testing::HasSubstr;

TEST(ComponentParser, ReadsTheSmallestDocument) {
  const Component component = Good(Document(""));
  EXPECT_EQ(component.id, "acme/one");
  EXPECT_EQ(component.vendor_id, "acme");
  EXPECT_EQ(component.name, "One");
  EXPECT_EQ(component.kind, "accelerator");
  EXPECT_EQ(component.layer, 'A');
  EXPECT_EQ(component.summary, "A test component.");
  EXPECT_TRUE(component.facts.empty() && component.offers.empty());
}

TEST(ComponentParser, TakesTheLayerFromTheKind) {
  EXPECT_EQ(Good(Document("", "application")).layer, 'E');
}

TEST(ComponentParser, KeepsTheDocumentInCanonicalForm) {
  const Component one = Good(Document(R"(, "revision": "1", "offers": [])"));
  const Component two = Good(Document(R"(,"offers":[ ],   "revision":"1")"));
  EXPECT_EQ(one.document, two.document);
  EXPECT_THAT(one.document, HasSubstr(R"("id":"acme/one","kind":"accelerator","name":"One")"));
}

TEST(ComponentParser, RefusesABrokenText) {
  const Finding finding = Refusal(R"({"schema": )");
  EXPECT_EQ(finding.code, "malformed_json");
  EXPECT_THAT(finding.message, HasSubstr("line 1, column 12"));
}

TEST(ComponentParser, RefusesDuplicateNamesAndInvalidUtf8) {
  EXPECT_THAT(Refusal(Document(R"(, "name": "Two")")).message, HasSubstr("'name' appears twice"));
  EXPECT_EQ(Refusal(Document(", \"revision\": \"\xff\"")).code, "malformed_json");
}

TEST(ComponentParser, RefusesAMillionOpenBrackets) {
  EXPECT_EQ(Refusal(std::string(1'000'000, '[')).code, "limit");
  EXPECT_EQ(Refusal(std::string(kMaxComponentBytes, '[')).code, "limit");
}

TEST(ComponentParser, EnforcesItsSizeAtTheLimitAndOnePast) {
  std::string text = Document("");
  text += std::string(kMaxComponentBytes - text.size(), ' ');
  Good(text);
  EXPECT_EQ(Refusal(text + " ").code, "limit");
}

TEST(ComponentParser, EnforcesItsDepthAtTheLimitAndOnePast) {
  // The document, "facts", the fact and "value" are four levels.
  const auto table = [](std::size_t levels) {
    std::string inner = "1";
    for (std::size_t i = 0; i < levels; ++i) inner = R"({"a": )" + inner + "}";
    return FactDocument("throughput", R"("value": [)" + inner + "]");
  };
  Good(table(kMaxComponentDepth - 4));
  EXPECT_EQ(Refusal(table(kMaxComponentDepth - 3)).code, "limit");
}

TEST(ComponentParser, JudgesADocumentInMemoryByTheSameLimits) {
  const auto document = json::Parse(std::string(60, '[') + std::string(60, ']'), "test");
  ASSERT_TRUE(document.ok());
  EXPECT_EQ(Only(ParseComponent(*document, "acme", Registry::Builtin())).code, "limit");
}

TEST(ComponentParser, RefusesLongTextAnywhere) {
  const auto note = [](std::size_t bytes) {
    return FactDocument("license", R"("value": ")" + std::string(bytes, 'x') + '"');
  };
  Good(note(DocumentLimits{}.max_string));
  EXPECT_EQ(Refusal(note(DocumentLimits{}.max_string + 1)).code, "limit");
}

TEST(ComponentParser, ReportsWhatIsMissingAndWhatIsUnknown) {
  const ParsedComponent parsed =
      Parse(R"({"schema": "stackport.component/1", "id": "acme/one", "kind": "accelerator",
                "summary": "S.", "nmae": "One"})");
  ASSERT_EQ(parsed.findings.size(), 2u);
  EXPECT_FALSE(parsed.component.has_value());
  std::string all;
  for (const Finding& finding : parsed.findings) all += ToText(finding) + "\n";
  EXPECT_THAT(all, HasSubstr("the member 'name' is missing"));
  EXPECT_THAT(all,
              HasSubstr("error at /nmae: the member 'nmae' is unknown here; did you mean 'name'?"));
}

TEST(ComponentParser, RefusesAnotherFormVersion) {
  const Finding finding =
      Refusal(R"({"schema": "stackport.component/2", "id": "acme/one", "name": "One",
                  "kind": "accelerator", "summary": "S."})");
  EXPECT_EQ(finding.pointer, "/schema");
  EXPECT_EQ(finding.expected, "exactly \"stackport.component/1\"");
}

TEST(ComponentParser, RefusesAnUnknownKindWithTheNearest) {
  const Finding finding = Refusal(Document("", "acelerator"));
  EXPECT_EQ(finding.code, "unknown_kind");
  EXPECT_EQ(finding.pointer, "/kind");
  EXPECT_THAT(finding.message, HasSubstr("did you mean 'accelerator'?"));
}

TEST(ComponentParser, RefusesAForeignNamespace) {
  const ParsedComponent foreign = Parse(Document(""), "apex");
  EXPECT_FALSE(foreign.component.has_value());
  const Finding finding = Only(foreign);
  EXPECT_EQ(finding.code, "foreign_namespace");
  EXPECT_EQ(finding.pointer, "/id");
  EXPECT_THAT(finding.expected, HasSubstr("'apex/'"));
  // A prefix of the name is not the name, and no vendor means no check.
  EXPECT_FALSE(Parse(Document(""), "acm").component.has_value());
  EXPECT_FALSE(Parse(Document(""), "acme2").component.has_value());
  EXPECT_TRUE(Parse(Document(""), "").component.has_value());
}

TEST(ComponentParser, RefusesTextThatReordersTheLineAroundIt) {
  const Finding finding = Refusal(
      R"({"schema": "stackport.component/1", "id": "acme/one", "name": "One\u202e",
          "kind": "accelerator", "summary": "S."})");
  EXPECT_EQ(finding.code, "unprintable");
  EXPECT_EQ(finding.pointer, "/name");
}

TEST(ComponentParser, DocumentsThatAreNoObjectAreRefused) {
  for (const char* text : {"7", "null", "[]", "\"text\"", "true"}) {
    EXPECT_EQ(Refusal(text).code, "schema_type") << text;
  }
}

// The validator lists each fault of each value; a document made of faults must stay cheap.
TEST(ComponentParser, BoundsTheFindingsOfADocumentMadeOfFaults) {
  std::string list = "[0";
  for (int i = 1; i < 1000; ++i) list += ",{\"a\":[],\"b\":0}";
  const ParsedComponent parsed = Parse(Document(R"(, "provides": )" + list + "]"));
  EXPECT_FALSE(parsed.component.has_value());
  EXPECT_LE(parsed.findings.size(), kMaxFindings);
  EXPECT_GE(parsed.findings.size(), 2u);
}

TEST(ComponentParser, FindingsCarryNoRawOutsideText) {
  const ParsedComponent parsed = Parse(Document(R"(, "\u001b[31m": "\u0007")"));
  ASSERT_FALSE(parsed.findings.empty());
  EXPECT_EQ(ToText(parsed.findings[0]).find('\x1b'), std::string::npos);
}

}  // namespace
}  // namespace stackport
