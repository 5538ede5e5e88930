#include "catalog/verify/amounts.h"

#include <algorithm>
#include <cmath>
#include <tuple>
#include <vector>

#include "catalog/base/json.h"

namespace stackport::verify {

namespace {

constexpr std::int64_t kThousand = 1'000;
constexpr std::int64_t kMillion = 1'000'000;
constexpr std::int64_t kGiga = 1'000'000'000;
constexpr std::int64_t kTera = 1'000'000'000'000;
constexpr std::int64_t kMostPerReplica = 64;
// Ports with which a storage unit joins the fabric.
constexpr std::int64_t kPortsPerStorageUnit = 2;
// Weights load at any speed that the request could ask for where no read rate is stated.
constexpr std::int64_t kAnyReadRate = kGiga;

std::int64_t ReplicasFor(std::int64_t wanted, std::int64_t each) {
  return std::max<std::int64_t>(1, Narrow(CeilOf(wanted, each)));
}

std::optional<Replicas> Measured(const Component& model, const Component& accelerator,
                                 std::int64_t wanted) {
  const Fact* fact = accelerator.FindFact("throughput");
  if (fact == nullptr || fact->value.kind != AttributeValue::Kind::kTable) return std::nullopt;
  const auto table = json::Parse(fact->value.text, "throughput");
  if (!table || !table->IsArray()) return std::nullopt;
  std::optional<Replicas> best;
  // A row with bounds on latency counts before one without; then fewest accelerators, then the
  // smaller block, then the faster one.
  std::tuple<int, std::int64_t, std::int64_t, std::int64_t> best_order;
  for (const json::Value& row : table->GetArray()) {
    if (json::StringOr(row, "model", "") != model.id) continue;
    const json::Value* rate = json::Find(row, "tokens_per_s");
    const std::int64_t block = json::IntOr(row, "accelerators", 0);
    if (rate == nullptr || !rate->IsNumber() || block < 1 || block > kMostPerReplica) continue;
    const auto each = static_cast<std::int64_t>(rate->GetDouble() * 1000.0);
    if (each < 1) continue;
    const std::int64_t count = ReplicasFor(wanted, each);
    const std::string_view scenario = json::StringOr(row, "scenario", "");
    const int bounds = scenario == "Server" ? 0 : scenario == "Interactive" ? 1 : 2;
    const auto order = std::tuple(bounds, count * block, block, -each);
    if (best && best_order <= order) continue;
    best_order = order;
    best = Replicas{block, count, each, true, std::string(json::StringOr(row, "precision", ""))};
  }
  return best;
}

// Weights in one number format: what the model states of it, what the accelerator computes in it.
struct Format {
  const char* name;
  const char* memory;
  std::vector<const char*> rates;
  std::int64_t bits;  // of one parameter
};

std::optional<Replicas> Estimated(const World& world, const Component& model,
                                  const Component& accelerator, std::int64_t memory,
                                  std::int64_t wanted) {
  const Asked& asked = world.asked;
  const auto parameters = model.Number("parameters");
  const auto bandwidth = accelerator.Number("memory_bandwidth");
  if (!parameters || !bandwidth || bandwidth->low <= 0 || memory <= 0) return std::nullopt;
  const auto stated_active = model.Number("active_parameters");
  const Wide active = stated_active ? stated_active->high : parameters->high;
  const Format formats[] = {{"fp4", "weights_memory_fp4", {"dense_fp4"}, 4},
                            {"fp8", "weights_memory_fp8", {"dense_fp8", "dense_int8"}, 8},
                            {"bf16", "weights_memory_bf16", {"dense_bf16", "dense_fp16"}, 16}};
  std::optional<Replicas> best;
  for (const Format& format : formats) {
    std::optional<Interval> rate;
    for (const char* fact : format.rates) {
      if (!rate) rate = accelerator.Number(fact);
    }
    if (!rate || rate->low <= 0) continue;
    Wide weights = 0;
    if (const auto stated = model.Number(format.memory)) {
      weights = stated->high;
    } else if (format.bits == 16) {
      weights = CeilOf(Wide{parameters->high} * 2 * asked.Milli("memory_overhead"), kThousand);
    } else {
      continue;
    }
    std::int64_t each = 1;
    while (each <= kMostPerReplica && Wide{each} * memory < weights) each *= 2;
    if (each > kMostPerReplica) continue;
    // Picoseconds of one output token: the weights that a batch reads, shared by it, or arithmetic;
    // and the arithmetic of the input that comes with it. Of a mixture of experts a batch reads up
    // to all weights.
    const Wide read = std::min(Wide{parameters->high} * kThousand,
                               active * std::max(kThousand, asked.Milli("batch")));
    const Wide reading = read * format.bits / (8 * kThousand) * kTera * kThousand /
                         (Wide{bandwidth->low} * each * asked.Milli("batch"));
    const Wide computing = active * 2 * kThousand / (Wide{rate->low} * each);
    const Wide prefill = computing * asked.Milli("input_tokens_per_request") /
                         asked.Milli("output_tokens_per_request");
    const Wide token = std::max<Wide>(1, std::max(reading, computing) + prefill);
    const std::int64_t rate_each =
        Narrow(Wide{kTera} * kThousand / token * asked.Milli("roofline_efficiency") / kThousand);
    if (rate_each < 1) continue;
    const Replicas sized{each, ReplicasFor(wanted, rate_each), rate_each, false, format.name};
    // The wider format where both need the same: it keeps the model's quality.
    if (!best || sized.count * sized.accelerators_each <= best->count * best->accelerators_each) {
      best = sized;
    }
  }
  return best;
}

std::int64_t FabricPorts(const World& world, const Component& server, std::int64_t slots) {
  std::int64_t ports =
      Narrow(CeilOf(Wide{slots} * world.asked.Milli("fabric_ports_per_accelerator"), kThousand));
  for (const Requirement& requirement : server.requires_) {
    for (const RequiredCapability& wanted : requirement.any_of) {
      if (wanted.capability == "fabric-port" && requirement.per_unit > 1) {
        ports = requirement.per_unit;
      }
    }
  }
  return ports;
}

// Cards are bought one by one; boards and racks come full.
bool ComesFull(const Component& server) {
  const std::vector<std::string> sockets = TokensOf(server, "accelerator-host", "socket");
  return sockets.empty() || std::any_of(sockets.begin(), sockets.end(), [](const std::string& s) {
           return !s.starts_with("pcie");
         });
}

}  // namespace

Load LoadOf(const Asked& asked) {
  Load load;
  const Wide requests = asked.Milli("requests_per_user_day");
  const Wide input = asked.Milli("input_tokens_per_request");
  const Wide output = asked.Milli("output_tokens_per_request");
  const Wide peak = asked.Milli("peak_factor");
  Wide rate = 0, inputs = 0, outputs = 0;
  for (const UseCaseAsked& use_case : asked.use_cases) {
    load.users += use_case.users;
    const Wide output_per_day = use_case.users * requests * output / kMillion;
    if (use_case.peak_tokens_per_s) {
      rate += Wide{*use_case.peak_tokens_per_s} * kThousand;
    } else {
      rate += CeilOf(output_per_day * peak, 86'400);
    }
    if (use_case.users > 0) {
      outputs += output_per_day * 365;
      inputs += use_case.users * requests * input / kMillion * 365;
    } else if (peak > 0 && output > 0 && use_case.peak_tokens_per_s) {
      const Wide average = Wide{*use_case.peak_tokens_per_s} * kThousand * kThousand / peak;
      const Wide per_year = average * 31'536'000 / kThousand;
      outputs += per_year;
      inputs += per_year * input / output;
    }
  }
  load.peak_tokens_per_1000s = Narrow(rate);
  load.input_tokens_per_year = Narrow(inputs);
  load.output_tokens_per_year = Narrow(outputs);
  const Wide by_users =
      CeilOf(Wide{load.users} * asked.Milli("storage_gb_per_user") * kGiga, kThousand);
  const Wide least = CeilOf(Wide{asked.Milli("storage_minimum_tb")} * kTera, kThousand);
  load.storage_bytes = Narrow(std::max(by_users, least));
  return load;
}

std::optional<Replicas> ReplicasOf(const World& world, const Component& model,
                                   const Component& accelerator,
                                   std::optional<std::int64_t> memory_bytes) {
  const std::int64_t wanted = LoadOf(world.asked).peak_tokens_per_1000s;
  if (auto measured = Measured(model, accelerator, wanted)) return measured;
  if (!memory_bytes) {
    const auto own = accelerator.Number("memory");
    if (!own) return std::nullopt;
    memory_bytes = own->low;
  }
  return Estimated(world, model, accelerator, *memory_bytes, wanted);
}

std::optional<std::int64_t> SwitchesFor(std::int64_t ports, std::int64_t radix) {
  if (ports <= 0) return 0;
  if (radix < 2) return std::nullopt;
  if (ports <= radix) return 1;
  const Wide down = radix / 2;
  const Wide leaves = CeilOf(ports, down);
  // A spine reaches each leaf once.
  if (Wide{ports} > Wide{radix} * down) return std::nullopt;
  return Narrow(leaves + CeilOf(leaves * down, radix));
}

Result<Amounts> AmountsOf(const World& world, const Chosen& chosen, const Load& load) {
  Amounts amounts;
  const bool own_accelerators = chosen.compute != nullptr && chosen.compute == chosen.accelerator;
  if (chosen.hosted_model) {
    amounts.compute = 1;
  } else if (chosen.model != nullptr && chosen.compute != nullptr &&
             chosen.accelerator != nullptr) {
    std::optional<std::int64_t> memory;
    if (!own_accelerators) {
      memory = NumberOf(*chosen.compute, "accelerated-compute", "memory_per_accelerator");
    } else if (const auto exposed =
                   NumberOf(*chosen.accelerator, "accelerated-compute", "memory_per_accelerator")) {
      memory = exposed;
    }
    amounts.replicas = ReplicasOf(world, *chosen.model, *chosen.accelerator, memory);
    if (!amounts.replicas) return InvalidArgument("the model cannot be sized on the accelerator");
    const Replicas& replicas = *amounts.replicas;
    if (own_accelerators) {
      amounts.compute = replicas.count * replicas.accelerators_each;
    } else {
      const std::int64_t inside =
          NumberOf(*chosen.compute, "accelerated-compute", "accelerators").value_or(0);
      const std::int64_t per_machine = inside / replicas.accelerators_each;
      if (per_machine == 0) return InvalidArgument("one replica does not fit a rented machine");
      amounts.compute = Narrow(CeilOf(replicas.count, per_machine));
      amounts.accelerators = amounts.compute * inside;
    }
  }
  std::int64_t ports = 0;
  if (own_accelerators && chosen.server != nullptr && amounts.replicas) {
    const std::int64_t slots = NumberOf(*chosen.server, "accelerator-host", "slots").value_or(0);
    // A replica takes a power of two of a node's slots.
    std::int64_t room = 1;
    while (room < amounts.replicas->accelerators_each) room *= 2;
    if (slots / room == 0) return InvalidArgument("one replica does not fit a server");
    amounts.nodes = Narrow(CeilOf(amounts.replicas->count, slots / room));
    if (ComesFull(*chosen.server)) {
      amounts.compute = std::max(amounts.compute, amounts.nodes * slots);
    }
    ports += amounts.nodes * FabricPorts(world, *chosen.server, slots);
  }
  if (own_accelerators) amounts.accelerators = amounts.compute;
  std::int64_t unit_gigabytes = kThousand;  // a region's storage is counted by the terabyte
  std::int64_t read_rate = kAnyReadRate;
  if (chosen.storage != nullptr) {
    unit_gigabytes = NumberOf(*chosen.storage, "data-storage", "capacity").value_or(0) / kGiga;
    const std::int64_t stated = NumberOf(*chosen.storage, "data-storage", "read_rate").value_or(0);
    if (stated > 0) read_rate = stated / kMillion;
  }
  if (unit_gigabytes <= 0) return InvalidArgument("the storage unit does not state its capacity");
  amounts.storage = Narrow(CeilOf(CeilOf(load.storage_bytes, kGiga), unit_gigabytes));
  if (chosen.model != nullptr && !chosen.hosted_model) {
    const auto stated = chosen.model->Number("weights_memory_bf16");
    const auto parameters = chosen.model->Number("parameters");
    const Wide bytes = stated ? Wide{stated->high} : parameters ? Wide{parameters->high} * 2 : 0;
    const Wide per_second =
        CeilOf(bytes / kMillion * kThousand, world.asked.Milli("model_load_seconds"));
    if (per_second > 0 && read_rate == 0) {
      return InvalidArgument("the storage unit is too slow to load the model at all");
    }
    if (per_second > 0) {
      amounts.storage = std::max(amounts.storage, Narrow(CeilOf(per_second, read_rate)));
    }
  }
  if (chosen.storage != nullptr) ports += amounts.storage * kPortsPerStorageUnit;
  if (chosen.network == nullptr) {
    amounts.switches = 0;
    return amounts;
  }
  const auto switches =
      SwitchesFor(ports, NumberOf(*chosen.network, "fabric-switching", "ports").value_or(0));
  if (!switches) return InvalidArgument("two tiers of the switch do not join so many ports");
  amounts.switches = *switches;
  return amounts;
}

}  // namespace stackport::verify
