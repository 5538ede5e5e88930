// How many accelerators a model needs for a workload: measured where a fact states it, otherwise
// estimated by a stated roofline, and always saying which.
#ifndef STACKPORT_CATALOG_MATCH_SIZING_H_
#define STACKPORT_CATALOG_MATCH_SIZING_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "catalog/match/request.h"
#include "catalog/match/workload.h"
#include "catalog/model/component.h"

namespace stackport::match {

// Largest replica the matcher considers, in accelerators: one rack-scale domain.
inline constexpr std::int64_t kMaxReplicaAccelerators = 64;

// How a row was measured; the first that a row exists for counts. A service with users has bounds
// on latency, as the first two hold them (Interactive tighter ones); an offline batch has none, and
// says more than a service reaches.
enum class MeasuredScenario { kServer, kInteractive, kOffline };

// One measured row of an accelerator's fact `throughput`.
struct ThroughputRow {
  std::string model;  // component id
  std::int64_t accelerators = 0;
  std::int64_t tokens_per_1000s = 0;
  MeasuredScenario scenario = MeasuredScenario::kOffline;
  std::string precision;
  std::string label;  // for people: version, scenario, submitter
  Provenance provenance;
};

struct Sizing {
  std::int64_t accelerators_per_replica = 0;  // 1, 2, 4, ... ; a replica fits one node
  std::int64_t replicas = 0;
  std::int64_t tokens_per_1000s_per_replica = 0;
  bool measured = false;
  std::string_view precision;  // "fp8"; of static storage or of the row
  // Measured: the row, which lives as long as the table it came from.
  const ThroughputRow* row = nullptr;
  // Estimated: the roofline's terms.
  std::int64_t needed_bytes = 0;      // of memory for one replica
  std::int64_t memory_bytes = 0;      // of one accelerator
  std::int64_t bytes_per_s = 0;       // of one accelerator
  std::int64_t rate_gflops = 0;       // of one accelerator
  const Fact* memory_fact = nullptr;  // the model's; null: two bytes per parameter with overhead
  const Fact* parameters = nullptr;   // the model's, where memory_fact is null
};

// The usable rows of the fact; empty when it has none.
std::vector<ThroughputRow> ReadThroughput(const Component& accelerator);

// For people: which row, or the roofline's terms.
std::string SizingBasis(const Sizing& sizing, const Request& request);
// Of the measured row; of the memory figure when estimated.
Provenance SizingProvenance(const Sizing& sizing);

// Sizes `model` on `accelerator` for the workload's peak output rate.
//
// Measured: `rows`, the accelerator's own, have some for the model; of those of the scenario that
// comes first in MeasuredScenario, the row that needs the fewest accelerators wins (then fewer
// accelerators in the row). A row of n accelerators is used as a block of n.
//
// Estimated: for each precision the model states memory for (else BF16 weights of two bytes per
// parameter times memory_overhead) and the accelerator states a rate for, the smallest power of two
// of accelerators that holds a replica; the time of one output token is
//   max(weight bytes that a step of `batch` requests touches / bandwidth / batch,
//       2 * active parameters / rate)
//   + input tokens per output token * 2 * active parameters / rate
// and the replica's rate is roofline_efficiency over that time. A step touches at most all
// parameters, and at most `batch` times the active ones (a mixture of experts). All in integers,
// rounded down.
// `memory_bytes` replaces the accelerator's own memory fact (a rented machine may expose less).
// Nothing when a fact it needs is missing, or one replica does not fit kMaxReplicaAccelerators.
std::optional<Sizing> SizeModel(const Component& model, const Component& accelerator,
                                const std::vector<ThroughputRow>& rows,
                                std::optional<std::int64_t> memory_bytes, const Workload& workload,
                                const Request& request);

// What sizing reads of a request, a model and a machine, for many pairs of them. The rows and
// components live as long as these.
struct SizingTerms {
  SizingTerms(const Workload& workload, const Request& request);

  std::int64_t demand_per_1000s;  // output tokens at the peak
  // Thousandths.
  std::int64_t batch, memory_overhead, input_tokens, output_tokens, efficiency;
};
inline constexpr std::size_t kSizingPrecisions = 3;
struct ModelFigures {
  explicit ModelFigures(const Component& component);

  const Component* model;
  std::size_t id_hash;                    // of the component's id
  const Fact* parameters_fact = nullptr;  // null: the size is not known
  std::int64_t parameters = 0;
  std::int64_t active = 0;
  std::array<const Fact*, kSizingPrecisions> memory{};  // of a replica, by precision
};
struct MachineFigures {
  MachineFigures(const Component& accelerator, const std::vector<ThroughputRow>& measured,
                 std::optional<std::int64_t> memory_bytes);

  const std::vector<ThroughputRow>* rows;
  std::vector<std::size_t> row_models;            // by row: hash of the model's id
  std::optional<std::int64_t> memory, bandwidth;  // of one accelerator, bytes and bytes a second
  std::array<std::optional<std::int64_t>, kSizingPrecisions> rates;  // GFLOPS, by precision
};
// The same, of figures that were read before.
std::optional<Sizing> SizeModel(const ModelFigures& model, const MachineFigures& machine,
                                const SizingTerms& terms);

// What the estimate above says for `accelerators` of them at an efficiency of 1, at the precision a
// measured row names ("fp8", "mxfp4"): tokens in 1000 s. Nothing when a fact it needs is missing.
std::optional<std::int64_t> RooflineTokensPer1000s(const Component& model,
                                                   const Component& accelerator,
                                                   std::string_view precision_name,
                                                   std::int64_t accelerators,
                                                   const Request& request);

}  // namespace stackport::match

#endif  // STACKPORT_CATALOG_MATCH_SIZING_H_
