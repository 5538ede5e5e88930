// Export classification of the bundled accelerators and what follows from it, by figures that are
// written out here.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "catalog/programme/export_classification.h"
#include "catalog/programme/licence.h"
#include "tests/plugins/asking.h"
#include "tests/plugins/bundled_catalog.h"

namespace stackport {
namespace {

using ::testing::HasSubstr;

ExportClassification Classify(const std::string& id) {
  const Component* accelerator = BundledCatalog()->Find(id);
  EXPECT_NE(accelerator, nullptr) << id;
  return accelerator == nullptr ? ExportClassification()
                                : ClassifyAccelerator(FiguresOf(*accelerator));
}

// TPP = dense TFLOPS x bits, the highest over the precisions: 989.5 x 16 = 15,832 for the H100, and
// the same from FP8 (1,979 x 8). Above 4,800 no die area is needed.
TEST(BundledExport, AnH100IsControlledByItsTppAloneAndTheFigureIsShown) {
  const ExportClassification h100 = Classify("nvidia/h100-sxm");
  EXPECT_EQ(h100.export_class, ExportClass::k3A090a);
  EXPECT_THAT(h100.verdict.explanation, HasSubstr("TPP 15832"));
}

// Every accelerator whose dense rates are stated has the TPP that follows from them.
TEST(BundledExport, StatedTppFollowsFromTheDenseRates) {
  int compared = 0;
  for (const Component& component : BundledCatalog()->components) {
    const auto tpp = component.Number("tpp");
    if (component.kind != "accelerator" || !tpp) continue;
    // Rates are stored in billions of operations per second, TPP in tera-operations times bits.
    std::int64_t highest = 0;
    for (const auto& [fact, bits] :
         {std::pair("dense_bf16", 16), std::pair("dense_fp16", 16), std::pair("dense_fp8", 8),
          std::pair("dense_int8", 8), std::pair("dense_fp4", 4)}) {
      if (const auto rate = component.Number(fact)) {
        highest = std::max(highest, rate->high * bits / 1000);
      }
    }
    if (highest == 0) continue;
    ++compared;
    // Rates and TPP come from different sources, which differ by 7 percent for the MI355X: 10,100 x
    // 4 is 40,400, and 37,440 is stated. No threshold lies between two such figures.
    EXPECT_NEAR(static_cast<double>(tpp->high), static_cast<double>(highest),
                0.08 * static_cast<double>(highest))
        << component.id;
    EXPECT_EQ(tpp->high >= kTppHigh, highest >= kTppHigh) << component.id;
  }
  EXPECT_GT(compared, 15);
}

std::vector<std::string> LicenceCountries(const std::string& id, EndUser end_user) {
  const ExportClassification classification = Classify(id);
  std::vector<std::string> countries;
  for (const Country& country : CountryIndex::Builtin().All()) {
    // Hong Kong has no row of its own in the regulation's table.
    if (country.code == "HK") continue;
    const LicenceQuestion question{country.code, {}, end_user};
    if (JudgeLicence(CountryIndex::Builtin(), question, classification).need ==
        LicenceNeed::kRequired) {
      countries.push_back(country.code);
    }
  }
  return countries;
}

// The 45 destinations of the rule, and the Emirates, which left the rule's groups in July 2026 and
// are still asked for a licence unless the end user is excepted.
TEST(BundledExport, AnH100NeedsALicenceInFortyFiveCountriesAndInTheEmirates) {
  const std::vector<std::string> other = LicenceCountries("nvidia/h100-sxm", EndUser::kOther);
  EXPECT_EQ(other.size(), 46U);
  EXPECT_THAT(other, ::testing::Contains("AE"));
  const std::vector<std::string> government =
      LicenceCountries("nvidia/h100-sxm", EndUser::kGovernment);
  EXPECT_EQ(government.size(), 45U);
  EXPECT_THAT(government, ::testing::Not(::testing::Contains("AE")));
}

std::string InTheEmirates(const std::string& more) {
  return R"({"country":"AE","use_cases":[{"task":"assistant.general","languages":["en"],)" +
         std::string(R"("users":5000}],"deployment":["on_premises"],"top":1,"best_per":"none",)") +
         R"("pin":{"components":["nvidia/h100-sxm"]})" + more + "}";
}

TEST(BundledExport, TheEmiratesSpecialCaseReachesTheAnswer) {
  const json::Document unknown = Answer(InTheEmirates(""));
  ASSERT_EQ(unknown["candidates"].Size(), 1U);
  EXPECT_EQ(unknown["candidates"][0]["figures"]["licences"]["value"].GetInt64(), 1);
  const json::Document government = Answer(InTheEmirates(R"(,"end_user":"government")"));
  ASSERT_EQ(government["candidates"].Size(), 1U);
  EXPECT_EQ(government["candidates"][0]["figures"]["licences"]["value"].GetInt64(), 0);
  auto refused = LeftOut(InTheEmirates(R"(,"limits":{"export_licence":"none"})"));
  EXPECT_THAT(refused["nvidia/h100-sxm"], HasSubstr("export licence"));
}

}  // namespace
}  // namespace stackport
