#include "catalog/match/sizing.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <functional>
#include <limits>
#include <tuple>
#include <vector>

#include "catalog/base/json.h"

namespace stackport::match {

namespace {

constexpr std::int64_t kMilli = 1000;
// One picosecond is fine enough: a token takes microseconds or more.
constexpr std::int64_t kPicosecondsPerSecond = 1'000'000'000'000;

struct Precision {
  const char* name;
  const char* memory_fact;                // of the model: what one replica needs
  std::array<const char*, 2> rate_facts;  // of the accelerator, first one stated counts; GFLOPS
  std::int64_t half_bytes_per_parameter;  // twice the bytes, so that 4-bit stays whole
  std::array<std::string_view, 2> also;   // other names that measured rows carry
};

// FP8 and 4-bit weights run on BF16 rates too where the accelerator has no faster unit, but no
// source states which runtimes do so, so a precision is used only with its own rate.
constexpr std::array<Precision, kSizingPrecisions> kPrecisions = {{
    {"fp4", "weights_memory_fp4", {"dense_fp4", nullptr}, 1, {"mxfp4", "uint4"}},
    {"fp8", "weights_memory_fp8", {"dense_fp8", "dense_int8"}, 2, {"int8", ""}},
    {"bf16", "weights_memory_bf16", {"dense_bf16", "dense_fp16"}, 4, {"fp16", ""}},
}};

std::optional<std::int64_t> Rate(const Component& accelerator, const Precision& precision) {
  for (const char* fact : precision.rate_facts) {
    if (fact == nullptr) continue;
    if (const auto rate = accelerator.Number(fact)) return rate->low;
  }
  return std::nullopt;
}

std::size_t HashOf(const std::string& id) {
  return std::hash<std::string>()(id);
}

std::optional<Sizing> Measured(const ModelFigures& model, const MachineFigures& machine,
                               std::int64_t demand_per_1000s) {
  using Key = std::tuple<int, std::int64_t, std::int64_t, std::int64_t>;
  std::optional<Key> best_key;
  Sizing best;
  for (std::size_t r = 0; r < machine.row_models.size(); ++r) {
    if (machine.row_models[r] != model.id_hash) continue;
    const ThroughputRow& row = (*machine.rows)[r];
    if (row.model != model.model->id) continue;
    const std::int64_t replicas =
        std::max<std::int64_t>(1, CeilDiv(demand_per_1000s, row.tokens_per_1000s));
    const Key key{static_cast<int>(row.scenario), replicas * row.accelerators, row.accelerators,
                  -row.tokens_per_1000s};
    if (best_key && *best_key <= key) continue;
    best_key = key;
    best.accelerators_per_replica = row.accelerators;
    best.replicas = replicas;
    best.tokens_per_1000s_per_replica = row.tokens_per_1000s;
    best.measured = true;
    best.precision = row.precision;
    best.row = &row;
  }
  if (!best_key) return std::nullopt;
  return best;
}

struct Machine {
  std::int64_t memory = 0;       // bytes of one accelerator
  std::int64_t bandwidth = 0;    // bytes a second
  std::int64_t rate_gflops = 0;  // dense, at the precision
};

// Output tokens in 1000 s of one replica that reaches the theoretical rate.
std::int64_t Roofline(const Precision& precision, const ModelFigures& model, std::int64_t count,
                      const Machine& machine, const SizingTerms& terms) {
  // A step of decoding reads each weight that any request of the batch needs: of a mixture of
  // experts more than one token's share, up to all of them.
  const Wide touched = std::min(static_cast<Wide>(model.parameters) * kMilli,
                                static_cast<Wide>(model.active) * std::max(kMilli, terms.batch));
  const Wide step_bytes = touched * precision.half_bytes_per_parameter / (2 * kMilli);
  // Picoseconds for one output token.
  const Wide memory_time = step_bytes * kPicosecondsPerSecond * kMilli /
                           (static_cast<Wide>(machine.bandwidth) * count * terms.batch);
  // 2 operations per active parameter; the rate is in 1e9 operations per second.
  const Wide compute_time =
      static_cast<Wide>(model.active) * 2 * 1000 / (static_cast<Wide>(machine.rate_gflops) * count);
  const Wide prefill_time = compute_time * terms.input_tokens / terms.output_tokens;
  const Wide token_time = std::max<Wide>(1, std::max(memory_time, compute_time) + prefill_time);
  return static_cast<std::int64_t>(static_cast<Wide>(kPicosecondsPerSecond) * 1000 / token_time);
}

std::optional<Sizing> Estimate(std::size_t p, const ModelFigures& model, const Machine& machine,
                               const SizingTerms& terms) {
  const Precision& precision = kPrecisions[p];
  const auto& [memory, bandwidth, rate_gflops] = machine;
  const Fact* stated = model.memory[p];
  std::int64_t needed = 0;
  if (stated != nullptr) {
    needed = stated->value.number.high;
  } else if (std::string_view(precision.name) == "bf16") {
    needed = MulDivCeil(model.parameters * 2, terms.memory_overhead, kMilli);
  } else {
    return std::nullopt;  // no statement that such weights exist
  }
  std::int64_t count = 1;
  while (count * memory < needed) {
    count *= 2;
    if (count > kMaxReplicaAccelerators) return std::nullopt;
  }
  const std::int64_t per_1000s = static_cast<std::int64_t>(
      static_cast<Wide>(Roofline(precision, model, count, machine, terms)) * terms.efficiency /
      kMilli);
  if (per_1000s <= 0) return std::nullopt;

  Sizing sizing;
  sizing.accelerators_per_replica = count;
  sizing.replicas = std::max<std::int64_t>(1, CeilDiv(terms.demand_per_1000s, per_1000s));
  sizing.tokens_per_1000s_per_replica = per_1000s;
  sizing.precision = precision.name;
  sizing.needed_bytes = needed;
  sizing.memory_bytes = memory;
  sizing.bytes_per_s = bandwidth;
  sizing.rate_gflops = rate_gflops;
  sizing.memory_fact = stated;
  if (stated == nullptr) sizing.parameters = model.parameters_fact;
  return sizing;
}

}  // namespace

std::string SizingBasis(const Sizing& sizing, const Request& request) {
  if (sizing.row != nullptr) return "measured: " + sizing.row->label;
  return fmt::format(
      "estimated by roofline at {}: {:.1f} GB for a replica ({}), {} accelerator(s) of {:.1f} GB, "
      "{:.2f} TB/s and {:.0f} TFLOPS each, batch {}, efficiency {:.2f}",
      sizing.precision, static_cast<double>(sizing.needed_bytes) / 1e9,
      sizing.memory_fact != nullptr ? "stated" : "two bytes per parameter with overhead",
      sizing.accelerators_per_replica, static_cast<double>(sizing.memory_bytes) / 1e9,
      static_cast<double>(sizing.bytes_per_s) / 1e12, static_cast<double>(sizing.rate_gflops) / 1e3,
      request.Milli("batch") / kMilli,
      static_cast<double>(request.Milli("roofline_efficiency")) / 1e3);
}

Provenance SizingProvenance(const Sizing& sizing) {
  if (sizing.row != nullptr) return sizing.row->provenance;
  const Fact* fact = sizing.memory_fact != nullptr ? sizing.memory_fact : sizing.parameters;
  return fact == nullptr ? Provenance{} : fact->provenance;
}

std::vector<ThroughputRow> ReadThroughput(const Component& accelerator) {
  std::vector<ThroughputRow> rows;
  const Fact* fact = accelerator.FindFact("throughput");
  if (fact == nullptr || fact->value.kind != AttributeValue::Kind::kTable) return rows;
  auto table = json::Parse(fact->value.text, accelerator.id + " throughput");
  if (!table || !table->IsArray()) return rows;
  for (const json::Value& value : table->GetArray()) {
    const json::Value* rate = json::Find(value, "tokens_per_s");
    if (rate == nullptr || !rate->IsNumber()) continue;
    ThroughputRow row;
    row.model = json::StringOr(value, "model", "");
    row.accelerators = json::IntOr(value, "accelerators", 0);
    row.tokens_per_1000s = static_cast<std::int64_t>(rate->GetDouble() * 1000.0);
    if (row.accelerators < 1 || row.accelerators > kMaxReplicaAccelerators ||
        row.tokens_per_1000s < 1) {
      continue;
    }
    const std::string_view scenario = json::StringOr(value, "scenario", "");
    row.scenario = scenario == "Server"        ? MeasuredScenario::kServer
                   : scenario == "Interactive" ? MeasuredScenario::kInteractive
                                               : MeasuredScenario::kOffline;
    row.precision = json::StringOr(value, "precision", "");
    row.label = fmt::format("MLPerf Inference {} {}, {} accelerator(s), {}, submitted by {}",
                            json::StringOr(value, "version", ""), scenario, row.accelerators,
                            row.precision, json::StringOr(value, "submitter", ""));
    row.provenance.source = json::StringOr(value, "source", fact->provenance.source);
    row.provenance.as_of = json::StringOr(value, "as_of", fact->provenance.as_of);
    row.provenance.note = fact->provenance.note;
    rows.push_back(std::move(row));
  }
  return rows;
}

SizingTerms::SizingTerms(const Workload& workload, const Request& request)
    : demand_per_1000s(workload.peak_output_tokens_per_1000s),
      batch(request.Milli("batch")),
      memory_overhead(request.Milli("memory_overhead")),
      input_tokens(request.Milli("input_tokens_per_request")),
      output_tokens(request.Milli("output_tokens_per_request")),
      efficiency(request.Milli("roofline_efficiency")) {}

ModelFigures::ModelFigures(const Component& component)
    : model(&component), id_hash(HashOf(component.id)) {
  for (std::size_t p = 0; p < kPrecisions.size(); ++p) {
    memory[p] = component.FindFact(kPrecisions[p].memory_fact);
  }
  const auto stated = component.Number("parameters");
  if (!stated) return;
  parameters_fact = component.FindFact("parameters");
  parameters = stated->high;
  const auto stated_active = component.Number("active_parameters");
  active = stated_active ? stated_active->high : parameters;
}

MachineFigures::MachineFigures(const Component& accelerator,
                               const std::vector<ThroughputRow>& measured,
                               std::optional<std::int64_t> memory_bytes)
    : rows(&measured), memory(memory_bytes) {
  for (const ThroughputRow& row : measured) row_models.push_back(HashOf(row.model));
  if (const auto own = accelerator.Number("memory"); own && !memory) memory = own->low;
  if (const auto stated = accelerator.Number("memory_bandwidth")) bandwidth = stated->low;
  for (std::size_t p = 0; p < kPrecisions.size(); ++p) {
    rates[p] = Rate(accelerator, kPrecisions[p]);
  }
}

std::optional<Sizing> SizeModel(const ModelFigures& model, const MachineFigures& machine,
                                const SizingTerms& terms) {
  if (auto measured = Measured(model, machine, terms.demand_per_1000s)) return measured;
  if (model.parameters_fact == nullptr || !machine.bandwidth || !machine.memory) {
    return std::nullopt;
  }
  std::optional<Sizing> best;
  for (std::size_t p = 0; p < kPrecisions.size(); ++p) {
    if (!machine.rates[p]) continue;
    const auto sizing =
        Estimate(p, model, {*machine.memory, *machine.bandwidth, *machine.rates[p]}, terms);
    if (!sizing) continue;
    const auto total = [](const Sizing& s) { return s.replicas * s.accelerators_per_replica; };
    // Later precisions are wider: on a tie the wider one keeps the model's quality.
    if (!best || total(*sizing) <= total(*best)) best = sizing;
  }
  return best;
}

std::optional<std::int64_t> RooflineTokensPer1000s(const Component& model,
                                                   const Component& accelerator,
                                                   std::string_view precision_name,
                                                   std::int64_t accelerators,
                                                   const Request& request) {
  const ModelFigures figures(model);
  const std::vector<ThroughputRow> unmeasured;
  const MachineFigures machine(accelerator, unmeasured, std::nullopt);
  if (figures.parameters_fact == nullptr || !machine.memory || !machine.bandwidth) {
    return std::nullopt;
  }
  for (std::size_t p = 0; p < kPrecisions.size(); ++p) {
    const Precision& precision = kPrecisions[p];
    if (std::find(precision.also.begin(), precision.also.end(), precision_name) ==
            precision.also.end() &&
        precision.name != precision_name) {
      continue;
    }
    if (!machine.rates[p]) return std::nullopt;
    return Roofline(precision, figures, accelerators,
                    {*machine.memory, *machine.bandwidth, *machine.rates[p]},
                    SizingTerms(Workload(), request));
  }
  return std::nullopt;
}

std::optional<Sizing> SizeModel(const Component& model, const Component& accelerator,
                                const std::vector<ThroughputRow>& rows,
                                std::optional<std::int64_t> memory_bytes, const Workload& workload,
                                const Request& request) {
  return SizeModel(ModelFigures(model), MachineFigures(accelerator, rows, memory_bytes),
                   SizingTerms(workload, request));
}

}  // namespace stackport::match
