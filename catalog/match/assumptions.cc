#include "catalog/match/request.h"

namespace stackport::match {

namespace {

// A planning default: a number nobody published for the case at hand. It is repeated in every
// result, and a request may replace it.
Assumption Planning(std::string name, std::int64_t milli, std::string unit, std::string why) {
  return {std::move(name), milli, std::move(unit), "default: " + std::move(why), "", ""};
}

// A default that rests on a published figure.
Assumption Published(std::string name, std::int64_t milli, std::string unit, std::string what,
                     std::string source, std::string as_of) {
  return {std::move(name),   milli,           std::move(unit), "default: " + std::move(what),
          std::move(source), std::move(as_of)};
}

}  // namespace

const std::vector<Assumption>& DefaultAssumptions() {
  static const std::vector<Assumption> kDefaults = {
      // Workload.
      Published("requests_per_user_day", 3'600, "requests",
                "2.5 billion messages a day over 700 million weekly users of one public assistant",
                "NBER Working Paper 34255, https://doi.org/10.3386/w34255, read in summaries",
                "2025-07"),
      Published("input_tokens_per_request", 1'155'000, "tokens",
                "mean of 19,366 conversation requests in a public serving trace",
                "https://github.com/Azure/AzurePublicDataset data/AzureLLMInferenceTrace_conv.csv",
                "2023-11-16"),
      Published("output_tokens_per_request", 211'000, "tokens",
                "mean of 19,366 conversation requests in a public serving trace",
                "https://github.com/Azure/AzurePublicDataset data/AzureLLMInferenceTrace_conv.csv",
                "2023-11-16"),
      Planning("peak_factor", 4'000, "x", "busiest minute over the daily average"),
      // Sizing.
      Planning("batch", 32'000, "requests", "requests decoded together on one replica"),
      // Recomputed by the bundled catalog's tests: of 26 measured pairs of model and accelerator
      // three in four reach more (lower quartile 0.49, rounded down to twentieths; median 2.64, as
      // submitters run larger batches than the default's).
      Planning(
          "roofline_efficiency", 450, "share",
          "what three in four measured pairs of model and accelerator reach of the theoretical "
          "rate; see stackport catalog calibration"),
      Planning("memory_overhead", 1'200, "x",
               "cache and runtime on top of the weights where no stated requirement exists"),
      Planning("fabric_ports_per_accelerator", 1'000, "ports",
               "one port per accelerator where the server states none"),
      Planning("storage_gb_per_user", 1'000, "GB", "documents, indexes and logs of one user"),
      Planning("storage_minimum_tb", 10'000, "TB", "smallest useful data-center storage"),
      Planning("model_load_seconds", 60'000, "s", "time to read one model's weights from storage"),
      // Site and money.
      Published("pue", 1'540, "x", "industry average of site power over equipment power",
                "Uptime Institute Global Data Center Survey 2025, read in a summary at "
                "https://www.networkenvironments.com/"
                "key-insights-uptime-institute-2025-global-data-center-survey",
                "2025-07"),
      Planning("years", 5'000, "a", "period of the total cost of ownership"),
      Planning("electricity_usd_per_kwh", 150, "USD/kWh",
               "used where no price is known for the country"),
      Published("licence_days_high", 180'000, "d", "upper end of reported licence decisions",
                "https://www.lenzo.ai/blog/export-license-processing-times-in-2026", "2026-02-07"),
      Published("hardware_lead_days", 140'000, "d",
                "20 weeks quoted for GPU servers, where an offer states no lead time",
                "https://klse.i3investor.com/web/blog/detail/future_tech/"
                "2024-04-12-story-h-183863938-Dell_shaves_months_off_lead_times_for_GPU_powered_AI_"
                "servers",
                "2024-04-12"),
      Planning("host_power_w_per_slot", 800'000, "W",
               "server without its accelerators, where no catalog entry states it"),
      Planning("switch_power_w_per_port", 40'000, "W", "switch where no catalog entry states it"),
      Planning("storage_power_w", 3'000'000, "W", "storage unit where no catalog entry states it"),
      // Prices that stand in where a class has no published price in the catalog. High on purpose:
      // a missing price must not make a package cheaper.
      Planning("server_usd_per_slot", 15'000'000, "USD",
               "server without its accelerators, no published price"),
      Planning("accelerator_usd_per_gb", 400'000, "USD/GB",
               "accelerator memory, no published price"),
      Planning("switch_usd_per_port", 1'500'000, "USD", "switch, no published price"),
      Planning("storage_usd_per_tb", 1'500'000, "USD", "flash storage, no published price"),
      Planning("cloud_storage_usd_per_tb_month", 30'000, "USD",
               "object storage, no published price"),
      Planning("cloud_usd_per_accelerator_hour", 15'000, "USD",
               "rented accelerator, no published price"),
      Planning("platform_usd_per_year", 150'000'000, "USD",
               "cloud platform software, no published price"),
      Planning("software_usd_per_year", 150'000'000, "USD",
               "data, runtime or security software, no published price"),
      Planning("application_usd_per_user_month", 30'000, "USD", "application, no published price"),
      Planning("model_usd_per_million_tokens", 15'000, "USD", "hosted model, no published price"),
  };
  return kDefaults;
}

std::int64_t Request::Milli(std::string_view name) const {
  const auto found = assumptions.find(name);
  return found == assumptions.end() ? 0 : found->second.value;
}

}  // namespace stackport::match
