#include "catalog/report/calibration.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <tuple>

#include "catalog/base/text.h"
#include "catalog/match/arithmetic.h"

namespace stackport {
namespace {

using match::Request;
using match::ThroughputRow;

constexpr std::int64_t kMilli = 1000;
constexpr std::int64_t kEfficiencyStepMilli = 50;

// Mean lengths of a benchmark's requests where MLCommons publishes both.
struct BenchmarkLengths {
  const char* model;
  std::int64_t input_tokens;
  std::int64_t output_tokens;
  const char* source;
};
constexpr BenchmarkLengths kLengths[] = {
    {"meta/llama-3.1-405b", 9400, 680, "https://mlcommons.org/2025/04/llm-inference-v5"},
};

const BenchmarkLengths* LengthsOf(std::string_view model) {
  for (const BenchmarkLengths& lengths : kLengths) {
    if (model == lengths.model) return &lengths;
  }
  return nullptr;
}

Request DefaultRequest() {
  Request request;
  for (const match::Assumption& assumption : match::DefaultAssumptions()) {
    request.assumptions.emplace(assumption.name, assumption);
  }
  return request;
}

CalibrationPair Compare(const Component& model, const Component& accelerator, ThroughputRow row) {
  CalibrationPair pair;
  pair.model = model.id;
  pair.accelerator = accelerator.id;
  Request request = DefaultRequest();
  if (const BenchmarkLengths* lengths = LengthsOf(model.id)) {
    request.assumptions["input_tokens_per_request"].value = lengths->input_tokens * kMilli;
    request.assumptions["output_tokens_per_request"].value = lengths->output_tokens * kMilli;
    pair.lengths_known = true;
  }
  const auto roofline =
      match::RooflineTokensPer1000s(model, accelerator, row.precision, row.accelerators, request);
  if (roofline && *roofline > 0) {
    pair.roofline_tokens_per_1000s = *roofline;
    pair.ratio_milli = static_cast<std::int64_t>(static_cast<match::Wide>(row.tokens_per_1000s) *
                                                 kMilli / *roofline);
  }
  pair.row = std::move(row);
  return pair;
}

// Whether `a` is the row to compare with rather than `b`.
bool IsBetter(const ThroughputRow& a, const ThroughputRow& b) {
  const auto each = [](const ThroughputRow& row) {
    return row.tokens_per_1000s / row.accelerators;
  };
  return std::tuple(a.scenario, -each(a)) < std::tuple(b.scenario, -each(b));
}

std::string Thousandths(std::int64_t milli) {
  return fmt::format("{:.2f}", static_cast<double>(milli) / kMilli);
}

}  // namespace

Calibration Calibrate(const CatalogSnapshot& catalog) {
  Calibration calibration;
  for (const Component& accelerator : catalog.components) {
    std::map<std::string, ThroughputRow> best;  // by model
    for (const ThroughputRow& row : match::ReadThroughput(accelerator)) {
      if (catalog.Find(row.model) == nullptr) continue;
      const auto [place, is_new] = best.emplace(row.model, row);
      if (!is_new && IsBetter(row, place->second)) place->second = row;
    }
    for (const auto& [model, row] : best) {
      calibration.pairs.push_back(Compare(*catalog.Find(model), accelerator, row));
    }
  }
  std::sort(calibration.pairs.begin(), calibration.pairs.end(),
            [](const CalibrationPair& a, const CalibrationPair& b) {
              return std::tuple(a.ratio_milli == 0, a.ratio_milli, a.model, a.accelerator) <
                     std::tuple(b.ratio_milli == 0, b.ratio_milli, b.model, b.accelerator);
            });
  calibration.with_ratio =
      std::count_if(calibration.pairs.begin(), calibration.pairs.end(),
                    [](const CalibrationPair& pair) { return pair.ratio_milli > 0; });
  if (calibration.with_ratio > 0) {
    const auto at = [&](std::int64_t index) {
      return calibration.pairs[static_cast<std::size_t>(index)].ratio_milli;
    };
    calibration.lower_quartile_milli = at(calibration.with_ratio / 4);
    calibration.median_milli = at(calibration.with_ratio / 2);
    calibration.efficiency_milli =
        calibration.lower_quartile_milli / kEfficiencyStepMilli * kEfficiencyStepMilli;
  }
  calibration.default_milli = DefaultRequest().Milli("roofline_efficiency");
  return calibration;
}

json::Value CalibrationJson(const Calibration& calibration, json::Allocator& allocator) {
  json::Value value(rapidjson::kObjectType);
  json::Value pairs(rapidjson::kArrayType);
  for (const CalibrationPair& pair : calibration.pairs) {
    json::Value item(rapidjson::kObjectType);
    json::Set(item, "model", pair.model, allocator);
    json::Set(item, "accelerator", pair.accelerator, allocator);
    json::Set(item, "accelerators", pair.row.accelerators, allocator);
    json::Set(item, "precision", pair.row.precision, allocator);
    json::Set(item, "measured_tokens_per_1000s", pair.row.tokens_per_1000s, allocator);
    if (pair.ratio_milli > 0) {
      json::Set(item, "roofline_tokens_per_1000s", pair.roofline_tokens_per_1000s, allocator);
      json::Set(item, "measured_over_roofline_milli", pair.ratio_milli, allocator);
    }
    json::Set(item, "benchmark_lengths_known", pair.lengths_known, allocator);
    json::Set(item, "row", pair.row.label, allocator);
    json::Set(item, "source", pair.row.provenance.source, allocator);
    json::Set(item, "as_of", pair.row.provenance.as_of, allocator);
    pairs.PushBack(item, allocator);
  }
  json::Set(value, "pairs", std::move(pairs), allocator);
  json::Set(value, "with_ratio", calibration.with_ratio, allocator);
  json::Set(value, "lower_quartile_milli", calibration.lower_quartile_milli, allocator);
  json::Set(value, "median_milli", calibration.median_milli, allocator);
  json::Set(value, "efficiency_milli", calibration.efficiency_milli, allocator);
  json::Set(value, "default_efficiency_milli", calibration.default_milli, allocator);
  return value;
}

std::string CalibrationMarkdown(const Calibration& calibration) {
  std::string text =
      "## Measured throughput and the estimate\n\n"
      "Roofline: output tokens a second by the sizing's formula at an efficiency of 1 and the "
      "default batch. Measured over it: what a serving runtime reached of that; above 1 where the "
      "submitter ran larger batches. Estimate: what sizing would have promised, over the "
      "measurement; above 1.00 it promises too much.\n\n"
      "| model | accelerator | n | precision | measured tokens/s | roofline | measured / roofline "
      "| "
      "estimate / measured | row |\n"
      "| --- | --- | ---: | --- | ---: | ---: | ---: | ---: | --- |\n";
  bool any_known = false;
  for (const CalibrationPair& pair : calibration.pairs) {
    const bool known = pair.ratio_milli > 0;
    any_known = any_known || pair.lengths_known;
    text += fmt::format(
        "| {}{} | {} | {} | {} | {:.0f} | {} | {} | {} | {} |\n", Printable(pair.model),
        pair.lengths_known ? " *" : "", Printable(pair.accelerator), pair.row.accelerators,
        Printable(pair.row.precision), static_cast<double>(pair.row.tokens_per_1000s) / kMilli,
        known ? fmt::format("{:.0f}", static_cast<double>(pair.roofline_tokens_per_1000s) / kMilli)
              : "no rate stated",
        known ? Thousandths(pair.ratio_milli) : "–",
        known ? Thousandths(calibration.default_milli * kMilli / pair.ratio_milli) : "–",
        Printable(pair.row.label));
  }
  if (any_known) {
    text += "\n\\* with the mean lengths of the benchmark's own requests (";
    for (const BenchmarkLengths& lengths : kLengths) {
      text += fmt::format("{} in, {} out, {}", lengths.input_tokens, lengths.output_tokens,
                          lengths.source);
    }
    text += "); the others with the default lengths of a request, as theirs are not published.\n";
  }
  text += fmt::format(
      "\n{} pairs with both; median {}, lower quartile {}. The default efficiency that follows, "
      "the "
      "lower quartile rounded down to twentieths, is {}; sizing uses {}.\n",
      calibration.with_ratio, Thousandths(calibration.median_milli),
      Thousandths(calibration.lower_quartile_milli), Thousandths(calibration.efficiency_milli),
      Thousandths(calibration.default_milli));
  return text;
}

}  // namespace stackport
