// How far the sizing's estimate lies from what was measured, pair by pair, and the efficiency that
// follows from it.
#ifndef STACKPORT_CATALOG_REPORT_CALIBRATION_H_
#define STACKPORT_CATALOG_REPORT_CALIBRATION_H_

#include <cstdint>
#include <string>
#include <vector>

#include "catalog/base/json.h"
#include "catalog/match/sizing.h"
#include "catalog/model/snapshot.h"

namespace stackport {

// A model on an accelerator, by the measured row that sizing prefers and that is fastest for each
// accelerator.
struct CalibrationPair {
  std::string model;        // component id
  std::string accelerator;  // component id
  match::ThroughputRow row;
  // Of the whole row, at an efficiency of 1; 0 when the accelerator states no rate at the row's
  // precision.
  std::int64_t roofline_tokens_per_1000s = 0;
  std::int64_t ratio_milli = 0;  // measured over roofline, in thousandths; 0 likewise
  // True when the benchmark's mean prompt and answer are published and used; otherwise the default
  // lengths of a request stand in.
  bool lengths_known = false;
};

struct Calibration {
  std::vector<CalibrationPair> pairs;  // by ratio, lowest first; those without one last
  std::int64_t with_ratio = 0;
  std::int64_t lower_quartile_milli = 0;  // of the ratios
  std::int64_t median_milli = 0;
  // What the default of the assumption roofline_efficiency should be: the lower quartile, rounded
  // down to twentieths, so that three pairs in four reach at least what the estimate promises.
  std::int64_t efficiency_milli = 0;
  std::int64_t default_milli = 0;  // what it is
};

// Over every measured row whose model the catalog describes.
Calibration Calibrate(const CatalogSnapshot& catalog);

// The form stackport.calibration/1, without a document of its own.
json::Value CalibrationJson(const Calibration& calibration, json::Allocator& allocator);
// A Markdown section: the table, what the columns mean, what follows.
std::string CalibrationMarkdown(const Calibration& calibration);

}  // namespace stackport

#endif  // STACKPORT_CATALOG_REPORT_CALIBRATION_H_
