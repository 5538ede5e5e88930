#include "catalog/match/compiler.h"

#include <fmt/format.h>

#include <algorithm>

#include "catalog/base/text.h"
#include "catalog/match/slot_builder.h"

namespace stackport::match {

namespace {

constexpr std::int64_t kMilli = 1000;
constexpr std::int64_t kGigabyte = 1'000'000'000;

Status CheckPins(const CatalogSnapshot& snapshot, const Request& request) {
  std::vector<std::string> ids, vendors;
  for (const Component& component : snapshot.components) ids.push_back(component.id);
  for (const auto& [id, vendor] : snapshot.vendors) vendors.push_back(id);
  const auto check = [](const std::vector<std::string>& named,
                        const std::vector<std::string>& known, const char* pointer,
                        const char* what) -> Status {
    for (const std::string& name : named) {
      if (std::find(known.begin(), known.end(), name) != known.end()) continue;
      const std::string near = NearestName(name, known);
      return InvalidArgument(fmt::format("the catalog has no {} {}{}", what, Quoted(name),
                                         near.empty() ? "; see `stackport components`"
                                                      : "; did you mean '" + near + "'?"),
                             pointer);
    }
    return {};
  };
  for (const auto& [list, pointer] : {std::pair(&request.pinned_components, "/pin/components"),
                                      std::pair(&request.banned_components, "/ban/components")}) {
    if (Status status = check(*list, ids, pointer, "component"); !status) return status;
  }
  for (const auto& [list, pointer] : {std::pair(&request.pinned_vendors, "/pin/vendors"),
                                      std::pair(&request.banned_vendors, "/ban/vendors")}) {
    if (Status status = check(*list, vendors, pointer, "vendor"); !status) return status;
  }
  return {};
}

// Index of the smallest power of two that holds a replica.
int ReplicaSizeIndex(std::int64_t accelerators) {
  int index = 0;
  while ((std::int64_t{1} << index) < accelerators) ++index;
  return index;
}

class Compilation {
 public:
  Compilation(const CatalogSnapshot& snapshot, const CountryIndex& countries,
              const Request& request, CompiledMatch* compiled)
      : snapshot_(snapshot),
        request_(request),
        compiled_(*compiled),
        builder_(snapshot, request, countries, compiled) {}

  void Run() {
    compiled_.workload = ComputeWorkload(request_);
    compiled_.problem.name = "request for " + request_.country;
    compiled_.problem.label_kinds = {"vendor"};
    compiled_.problem.top = request_.top;
    compiled_.problem.distance = request_.min_difference;
    DeclareAttributes();
    builder_.Build();
    DeclareQuantities();
    DeclareFigures();
    DeclareObjective();
    compiled_.problem.tags = builder_.tags().TakeNames();
  }

 private:
  void DeclareAttributes() {
    const auto add = [&](std::string name, bool scaled) {
      compiled_.problem.attributes.push_back({std::move(name), scaled});
    };
    add("open_questions", false);
    add("data_abroad", false);
    for (const char* name : {"capex_low", "capex_high", "opex_low", "opex_high", "tco_low",
                             "tco_high", "power_low", "power_high"}) {
      add(name, true);
    }
    add("lead_days", false);
    add("licences", false);
    add("us_credit", true);
    for (const char* name : {"slots_filled", "ports", "radix", "capacity_gb", "read_mb_per_s",
                             "load_mb_per_s", "accelerators_per_unit"}) {
      add(name, false);
    }
    for (int size = 0; size < kReplicaSizes; ++size) {
      add(fmt::format("replicas_of_{}_per_unit", 1 << size), false);
    }
  }

  const Slot& SlotAt(int index) const {
    return compiled_.problem.slots[static_cast<std::size_t>(index)];
  }

  // Sizes every pair of a model and a way to compute, and writes the tables of counts.
  void DeclareQuantities() {
    const auto& models = SlotAt(kModelSlot).candidates;
    const auto& computes = SlotAt(kComputeSlot).candidates;
    const std::size_t pairs = models.size() * computes.size();
    const auto table = [&](std::string name, std::int64_t fill) {
      Quantity quantity;
      quantity.name = std::move(name);
      quantity.kind = Quantity::Kind::kTable;
      quantity.table_rows_slot = kModelSlot;
      quantity.table_columns_slot = kComputeSlot;
      quantity.table.assign(pairs, fill);
      return quantity;
    };
    Quantity needed = table("compute_needed", -1);
    std::vector<Quantity> replicas;
    for (int size = 0; size < kReplicaSizes; ++size) {
      replicas.push_back(table(fmt::format("replicas_of_{}", 1 << size), 0));
    }
    for (std::size_t m = 0; m < models.size(); ++m) {
      for (std::size_t c = 0; c < computes.size(); ++c) {
        SizePair(m, c, m * computes.size() + c, needed, replicas);
      }
    }
    auto& quantities = compiled_.problem.quantities;
    quantities.push_back(std::move(needed));
    for (Quantity& quantity : replicas) quantities.push_back(std::move(quantity));
    quantities.resize(kQuantities);
    DeclareCounts(quantities);
  }

  void SizePair(std::size_t m, std::size_t c, std::size_t cell, Quantity& needed,
                std::vector<Quantity>& replicas) {
    const Part& model_part = compiled_.parts[kModelSlot][m];
    const Component& model = snapshot_.components[model_part.component];
    const bool hosted_model = model_part.role == "called as a hosted interface";
    const Component* accelerator = builder_.AcceleratorOf(c);
    if ((accelerator == nullptr) != hosted_model) return;
    if (hosted_model) {
      needed.table[cell] = 1;
      return;
    }
    const Part& compute_part = compiled_.parts[kComputeSlot][c];
    const Component& compute = snapshot_.components[compute_part.component];
    std::optional<std::int64_t> memory;
    if (const ProvidedCapability* provided = compute.FindCapability("accelerated-compute")) {
      const auto found = provided->attributes.find("memory_per_accelerator");
      if (found != provided->attributes.end()) memory = found->second.number.low;
    }
    const SizingResult& result = SizeOnce(model, *accelerator, memory);
    if (!result.sizing) return;
    const Sizing& sizing = *result.sizing;
    if (&compute == accelerator) {
      needed.table[cell] = sizing.replicas * sizing.accelerators_per_replica;
      replicas[static_cast<std::size_t>(ReplicaSizeIndex(sizing.accelerators_per_replica))]
          .table[cell] = sizing.replicas;
    } else {
      const std::int64_t inside = SlotAt(kComputeSlot).candidates[c].values[kAcceleratorsPerUnit];
      const std::int64_t per_machine = inside / sizing.accelerators_per_replica;
      if (per_machine == 0) return;  // a replica fits one machine
      needed.table[cell] = CeilDiv(sizing.replicas, per_machine);
    }
    compiled_.sizing.emplace(std::pair(static_cast<int>(m), static_cast<int>(c)), sizing);
  }

  const SizingResult& SizeOnce(const Component& model, const Component& accelerator,
                               std::optional<std::int64_t> memory) {
    const auto key = std::tuple(&model, &accelerator, memory.value_or(-1));
    const auto found = sized_.find(key);
    if (found != sized_.end()) return found->second;
    return sized_
        .emplace(key, SizeModel(model, accelerator, RowsOf(accelerator), memory, compiled_.workload,
                                request_))
        .first->second;
  }

  const std::vector<ThroughputRow>& RowsOf(const Component& accelerator) {
    const auto found = rows_.find(&accelerator);
    if (found != rows_.end()) return found->second;
    return rows_.emplace(&accelerator, ReadThroughput(accelerator)).first->second;
  }

  // Counts that follow from the tables and the choices.
  void DeclareCounts(std::vector<Quantity>& quantities) {
    Quantity& nodes = quantities[kNodes];
    nodes.name = "nodes";
    for (int size = 0; size < kReplicaSizes; ++size) {
      CeilDemand demand;
      demand.terms.push_back({kReplicas0 + size, 1, -1, -1});
      demand.divisor_slot = kServerSlot;
      demand.divisor_attribute = kReplicaCapacity0 + size;
      nodes.demands.push_back(std::move(demand));
    }
    Quantity& units = quantities[kComputeUnits];
    units.name = "compute_units";
    units.demands.push_back({0, {{kComputeNeeded, 1, -1, -1}}, 1, -1, -1});
    units.demands.push_back({0, {{kNodes, 1, kServerSlot, kSlotsFilled}}, 1, -1, -1});
    Quantity& accelerators = quantities[kAccelerators];
    accelerators.name = "accelerators";
    accelerators.demands.push_back(
        {0, {{kComputeUnits, 1, kComputeSlot, kAcceleratorsPerUnit}}, 1, -1, -1});
    Quantity& storage = quantities[kStorageUnits];
    storage.name = "storage_units";
    CeilDemand capacity;
    capacity.constant = CeilDiv(compiled_.workload.storage_bytes, kGigabyte);
    capacity.divisor_slot = kStorageSlot;
    capacity.divisor_attribute = kCapacityGb;
    CeilDemand speed;
    speed.terms.push_back({kOneUnit, 1, kModelSlot, kLoadMbPerS});
    speed.divisor_slot = kStorageSlot;
    speed.divisor_attribute = kReadMbPerS;
    storage.demands = {std::move(capacity), std::move(speed)};
    Quantity& switches = quantities[kSwitches];
    switches.name = "switches";
    switches.kind = Quantity::Kind::kFatTree;
    CeilDemand ports;
    ports.terms.push_back({kNodes, 1, kServerSlot, kPorts});
    ports.terms.push_back({kStorageUnits, 1, kStorageSlot, kPorts});
    switches.demands = {std::move(ports)};
    switches.radix_slot = kNetworkSlot;
    switches.radix_attribute = kRadix;
  }

  void DeclareFigures() {
    const auto sum = [](int attribute) { return Measure{Measure::Kind::kSum, attribute, -1}; };
    const auto row = [&](std::string name, Measure measure, std::optional<std::int64_t> low,
                         std::optional<std::int64_t> high) {
      compiled_.problem.limits.push_back({std::move(name), measure, low, high});
    };
    std::optional<std::int64_t> power;
    if (request_.max_site_power_w) {
      power = MulDivFloor(*request_.max_site_power_w, kMilli, request_.Milli("pue"));
    }
    std::optional<std::int64_t> us_credit;
    if (request_.us_content == UsContent::kRequire) us_credit = 0;
    std::optional<std::int64_t> licences;
    if (request_.licence == LicenceTolerance::kNone) licences = 0;
    row("open_questions", sum(kQuestions), {}, {});
    row("data_abroad", sum(kAbroad), {}, {});
    row("capex_low", sum(kCapexLow), {}, {});
    row("capex", sum(kCapexHigh), {}, request_.max_capex_cents);
    row("opex_low", sum(kOpexLow), {}, {});
    row("opex", sum(kOpexHigh), {}, request_.max_opex_cents);
    row("tco_low", sum(kTcoLow), {}, {});
    row("tco", sum(kTcoHigh), {}, request_.max_tco_cents);
    row("equipment_power_low", sum(kPowerLow), {}, {});
    row("equipment_power", sum(kPowerHigh), {}, power);
    row("lead_time", {Measure::Kind::kMax, kLeadDays, -1}, {}, request_.max_delivery_days);
    row("licences", sum(kLicence), {}, licences);
    row("vendors", {Measure::Kind::kDistinct, -1, 0}, {}, request_.max_vendors);
    row("us_credit", sum(kUsCredit), us_credit, {});
  }

  void DeclareObjective() {
    for (const auto& terms : request_.objective) {
      Level level;
      for (const ObjectiveTerm& term : terms) {
        if (!level.name.empty()) level.name += "+";
        level.name += FigureName(term.figure);
        level.terms.push_back({MeasureOf(term.figure), term.weight});
      }
      compiled_.problem.levels.push_back(std::move(level));
    }
  }

  const CatalogSnapshot& snapshot_;
  const Request& request_;
  CompiledMatch& compiled_;
  SlotBuilder builder_;
  std::map<const Component*, std::vector<ThroughputRow>> rows_;
  std::map<std::tuple<const Component*, const Component*, std::int64_t>, SizingResult> sized_;
};

}  // namespace

Measure MeasureOf(Figure figure) {
  const auto sum = [](int attribute) { return Measure{Measure::Kind::kSum, attribute, -1}; };
  switch (figure) {
    case Figure::kOpenQuestions:
      return sum(kQuestions);
    case Figure::kDataAbroad:
      return sum(kAbroad);
    case Figure::kTco:
      return sum(kTcoHigh);
    case Figure::kCapex:
      return sum(kCapexHigh);
    case Figure::kOpex:
      return sum(kOpexHigh);
    case Figure::kSitePower:
      return sum(kPowerHigh);
    case Figure::kLeadTime:
      return {Measure::Kind::kMax, kLeadDays, -1};
    case Figure::kLicences:
      return sum(kLicence);
    case Figure::kVendors:
      return {Measure::Kind::kDistinct, -1, 0};
  }
  return {};
}

Result<CompiledMatch> Compile(const CatalogSnapshot& snapshot, const CountryIndex& countries,
                              const Request& request) {
  if (Status pins = CheckPins(snapshot, request); !pins) return pins.error();
  CompiledMatch compiled;
  Compilation(snapshot, countries, request, &compiled).Run();
  return compiled;
}

}  // namespace stackport::match
