// The measured rows of the bundled catalog, and the efficiency that sizing assumes without one.
#include "catalog/report/calibration.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "tests/plugins/bundled_catalog.h"

namespace stackport {
namespace {

using ::testing::HasSubstr;

TEST(BundledCalibration, TheDefaultEfficiencyIsWhatTheMeasurementsSay) {
  const Calibration calibration = Calibrate(*BundledCatalog());
  EXPECT_EQ(calibration.with_ratio, 26);
  EXPECT_EQ(calibration.efficiency_milli, calibration.default_milli)
      << "change the default of roofline_efficiency and the figures beside it:\n"
      << CalibrationMarkdown(calibration);
}

TEST(BundledCalibration, CoversTheVendorsThatSubmit) {
  std::set<std::string> accelerators;
  for (const CalibrationPair& pair : Calibrate(*BundledCatalog()).pairs) {
    accelerators.insert(pair.accelerator);
    EXPECT_THAT(pair.row.label, HasSubstr("MLPerf Inference v"));
    EXPECT_THAT(pair.row.label, HasSubstr("submitted by "));
    EXPECT_THAT(pair.row.provenance.source, HasSubstr("/inference_results_v"));
    EXPECT_NE(pair.row.provenance.as_of, "undated");
  }
  EXPECT_THAT(accelerators, ::testing::IsSupersetOf({"amd/mi300x", "amd/mi355x", "nvidia/h100-sxm",
                                                     "nvidia/h200-sxm", "nvidia/b200-sxm",
                                                     "nvidia/gb200", "nvidia/l40s"}));
}

// The estimate must not promise several times what anybody measured: what a package then lacks are
// machines.
TEST(BundledCalibration, TheEstimateNeverPromisesTwiceTheMeasurement) {
  const Calibration calibration = Calibrate(*BundledCatalog());
  for (const CalibrationPair& pair : calibration.pairs) {
    if (pair.ratio_milli == 0) continue;
    EXPECT_LT(calibration.default_milli, 2 * pair.ratio_milli)
        << pair.model << " on " << pair.accelerator;
  }
}

}  // namespace
}  // namespace stackport
