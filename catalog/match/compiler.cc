#include "catalog/match/compiler.h"

#include <fmt/format.h>

#include <algorithm>

#include "catalog/base/text.h"
#include "catalog/match/compute_units.h"
#include "catalog/match/slot_builder.h"

namespace stackport::match {

namespace {

constexpr std::int64_t kMilli = 1000;
constexpr std::int64_t kGigabyte = 1'000'000'000;

Error NoSuch(const std::string& name, const std::vector<std::string>& known, const char* what,
             const char* pointer) {
  const std::string near = NearestName(name, known);
  return InvalidArgument(
      fmt::format("the catalog has no {} {}{}", what, Quoted(name),
                  near.empty() ? "; see `stackport components`" : "; did you mean '" + near + "'?"),
      pointer);
}

Status CheckPins(const CatalogSnapshot& snapshot, const Request& request) {
  for (const auto& [list, pointer] : {std::pair(&request.pinned_components, "/pin/components"),
                                      std::pair(&request.banned_components, "/ban/components")}) {
    for (const std::string& name : *list) {
      if (snapshot.Find(name) != nullptr) continue;
      std::vector<std::string> known;
      for (const Component& component : snapshot.components) known.push_back(component.id);
      return NoSuch(name, known, "component", pointer);
    }
  }
  for (const auto& [list, pointer] : {std::pair(&request.pinned_vendors, "/pin/vendors"),
                                      std::pair(&request.banned_vendors, "/ban/vendors")}) {
    for (const std::string& name : *list) {
      if (snapshot.FindVendor(name) != nullptr) continue;
      std::vector<std::string> known;
      for (const auto& [id, vendor] : snapshot.vendors) known.push_back(id);
      return NoSuch(name, known, "vendor", pointer);
    }
  }
  return {};
}

class Compilation {
 public:
  Compilation(const PreparedCatalog& catalog, const CountryIndex& countries, const Request& request,
              CompiledMatch* compiled)
      : catalog_(catalog),
        request_(request),
        compiled_(*compiled),
        builder_(catalog, request, countries, Words::kLater, compiled) {}

  void Run(const std::set<std::string>* site_ids) {
    compiled_.workload = ComputeWorkload(request_);
    compiled_.problem.name = "request for " + request_.country;
    compiled_.problem.label_kinds = {"vendor"};
    compiled_.problem.top = request_.top;
    compiled_.problem.distance = request_.min_difference;
    static const std::vector<Attribute> kAll = AllAttributes();
    compiled_.problem.attributes = kAll;
    builder_.Build(site_ids);
    DeclareUnits(catalog_, request_, builder_.accelerators(), &compiled_);
    DeclareCounts(compiled_.problem.quantities);
    compiled_.problem.limits = LimitsOf(request_);
    compiled_.problem.levels = LevelsOf(request_);
    compiled_.problem.tags = builder_.tags().Names();
  }

 private:
  // The same for all requests.
  static std::vector<Attribute> AllAttributes() {
    std::vector<Attribute> attributes;
    const auto add = [&](std::string name, bool scaled) {
      attributes.push_back({std::move(name), scaled});
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
    return attributes;
  }

  // Counts that follow from the tables and the choices.
  void DeclareCounts(std::vector<Quantity>& quantities) {
    quantities.resize(kQuantities);
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

  const PreparedCatalog& catalog_;
  const Request& request_;
  CompiledMatch& compiled_;
  SlotBuilder builder_;
};

// `site_ids`: null for all sites.
Result<CompiledMatch> CompileSome(const PreparedCatalog& catalog, const CountryIndex& countries,
                                  const Request& request, const std::set<std::string>* site_ids) {
  if (Status pins = CheckPins(catalog.snapshot(), request); !pins) return pins.error();
  CompiledMatch compiled;
  Compilation(catalog, countries, request, &compiled).Run(site_ids);
  return compiled;
}

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

std::vector<Limit> LimitsOf(const Request& request) {
  std::vector<Limit> limits;
  const auto sum = [](int attribute) { return Measure{Measure::Kind::kSum, attribute, -1}; };
  const auto row = [&](std::string name, Measure measure, std::optional<std::int64_t> low,
                       std::optional<std::int64_t> high) {
    limits.push_back({std::move(name), measure, low, high});
  };
  std::optional<std::int64_t> power;
  if (request.max_site_power_w) {
    power = MulDivFloor(*request.max_site_power_w, kMilli, request.Milli("pue"));
  }
  std::optional<std::int64_t> us_credit;
  if (request.us_content == UsContent::kRequire) us_credit = 0;
  std::optional<std::int64_t> licences;
  if (request.licence == LicenceTolerance::kNone) licences = 0;
  row("open_questions", sum(kQuestions), {}, {});
  row("data_abroad", sum(kAbroad), {}, {});
  row("capex_low", sum(kCapexLow), {}, {});
  row("capex", sum(kCapexHigh), {}, request.max_capex_cents);
  row("opex_low", sum(kOpexLow), {}, {});
  row("opex", sum(kOpexHigh), {}, request.max_opex_cents);
  row("tco_low", sum(kTcoLow), {}, {});
  row("tco", sum(kTcoHigh), {}, request.max_tco_cents);
  row("equipment_power_low", sum(kPowerLow), {}, {});
  row("equipment_power", sum(kPowerHigh), {}, power);
  row("lead_time", {Measure::Kind::kMax, kLeadDays, -1}, {}, request.max_delivery_days);
  row("licences", sum(kLicence), {}, licences);
  row("vendors", {Measure::Kind::kDistinct, -1, 0}, {}, request.max_vendors);
  row("us_credit", sum(kUsCredit), us_credit, {});
  return limits;
}

std::vector<Level> LevelsOf(const Request& request) {
  std::vector<Level> levels;
  for (const auto& terms : request.objective) {
    Level level;
    for (const ObjectiveTerm& term : terms) {
      if (!level.name.empty()) level.name += "+";
      level.name += FigureName(term.figure);
      level.terms.push_back({MeasureOf(term.figure), term.weight});
    }
    levels.push_back(std::move(level));
  }
  return levels;
}

Result<CompiledMatch> Compile(const PreparedCatalog& catalog, const CountryIndex& countries,
                              const Request& request) {
  return CompileSome(catalog, countries, request, nullptr);
}

Result<CompiledMatch> CompileAt(const PreparedCatalog& catalog, const CountryIndex& countries,
                                const Request& request, const std::set<std::string>& site_ids) {
  return CompileSome(catalog, countries, request, &site_ids);
}

}  // namespace stackport::match
