// A price list that is a program: asked for every country and quantity, kept as few offers.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "catalog/model/country_codes.h"
#include "host/admission/admission.h"
#include "host/admission/tabulated_offers.h"

namespace stackport {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::SizeIs;

AdmissionReport Admit(const std::string& variant) {
  AdmissionSettings settings;
  settings.trust.unsigned_allowed = true;
  settings.scan.scanner_path = DefaultScannerPath();
  return AdmitFolder(
      std::string(STACKPORT_TEST_PLUGINS) + "/example-offers-" + variant + ".stackport", settings);
}

std::string Steps(const Offer& offer) {
  std::string text;
  for (const Price& price : offer.prices) {
    text += std::to_string(price.quantity.from) + "-" +
            (price.quantity.to ? std::to_string(*price.quantity.to) : "") + ":" +
            std::to_string(price.micro_usd.high / 1'000'000) + " ";
  }
  return text;
}

TEST(OffersTable, KeepsStepsToTheUnitAndJoinsEqualCountries) {
  const AdmissionReport report = Admit("steps");
  ASSERT_EQ(report.outcome, AdmissionOutcome::kAdmitted) << ToText(report);
  const std::vector<Offer>& offers = report.components.at(0).offers;
  ASSERT_THAT(offers, SizeIs(3));
  // The document's own offer stays.
  EXPECT_THAT(offers[0].deployments, ElementsAre(OfferDeployment::kOnPremises));
  EXPECT_EQ(Steps(offers[1]), "1-5:0 6-249:19 250-:15 ");
  ASSERT_TRUE(offers[1].sold_only_in.has_value());
  // All but Germany, France and North Korea.
  EXPECT_THAT(*offers[1].sold_only_in, SizeIs(kCountryCodeCount - 3));
  EXPECT_EQ(Steps(offers[2]), "1-5:0 6-249:21 250-:15 ");
  EXPECT_THAT(*offers[2].sold_only_in, ElementsAre("DE", "FR"));
}

TEST(OffersTable, IsPartOfTheComponentsDocument) {
  const AdmissionReport report = Admit("steps");
  ASSERT_EQ(report.components.size(), 1U);
  EXPECT_THAT(report.components[0].document, HasSubstr(R"("quantity":{"from":6,"to":249})"));
}

// The message of each is what its vendor gets to read.
TEST(OffersTable, AnswersThatCannotBeKeptAreRefusedWithTheReason) {
  const struct {
    const char* variant;
    const char* code;
    const char* says;
  } cases[] = {
      {"sold-in", "scan_plugin_error", "is not made in every country"},
      {"quantity", "scan_plugin_error", "leave it out, the question names the quantity"},
      {"every-unit", "scan_plugin_error", "state the prices in steps"},
      {"reports-error", "scan_plugin_error", "the price list is not ready"},
      {"wrong-json", "scan_plugin_error", "an offer is not JSON"},
      {"same-twice", "scan_plugin_error", "differ in nothing but their prices"},
      {"unstable", "scan_unstable", "differently in two runs"},
      {"small-table", "scan_rejected", "the offers table says it has 8 bytes, revision 1 has 16"},
      {"null-tabulate", "scan_rejected", "null tabulate"},
  };
  for (const auto& wrong : cases) {
    const AdmissionReport report = Admit(wrong.variant);
    EXPECT_EQ(report.outcome, AdmissionOutcome::kRefused) << wrong.variant;
    ASSERT_FALSE(report.documents.empty()) << wrong.variant;
    EXPECT_EQ(report.documents[0].findings.at(0).code, wrong.code) << wrong.variant;
    EXPECT_THAT(report.Reason(), HasSubstr(wrong.says)) << wrong.variant;
  }
}

TEST(TabulatedOffers, AreAddedToTheirComponentAndToNoOther) {
  std::vector<std::string> documents = {R"({"id":"a/b"})", R"({"id":"a/c"})", "no JSON"};
  AttachOffers({{"a/b", R"([{"deployment":["saas"]}])"}, {"a/z", "[]"}}, documents);
  EXPECT_THAT(documents, ElementsAre(R"({"id":"a/b","offers":[{"deployment":["saas"]}]})",
                                     R"({"id":"a/c"})", "no JSON"));
}

TEST(TabulatedOffers, LeaveADocumentAloneWhoseOffersAreNoList) {
  std::vector<std::string> documents = {R"({"id":"a/b","offers":1})"};
  AttachOffers({{"a/b", R"([{"deployment":["saas"]}])"}}, documents);
  EXPECT_THAT(documents, ElementsAre(R"({"id":"a/b","offers":1})"));
}

}  // namespace
}  // namespace stackport
