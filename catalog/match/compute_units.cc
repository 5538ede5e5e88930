#include "catalog/match/compute_units.h"

#include <fmt/format.h>

#include <map>
#include <optional>
#include <tuple>
#include <utility>

namespace stackport::match {
namespace {

// Index of the smallest power of two that holds a replica.
int ReplicaSizeIndex(std::int64_t accelerators) {
  int index = 0;
  while ((std::int64_t{1} << index) < accelerators) ++index;
  return index;
}

// Compute candidates that every model needs the same number of.
struct UnitClass {
  int machine = -1;         // number of the kind of machine; -1: a hosted interface
  bool bought = false;      // the accelerator itself, and not a machine with some inside
  std::int64_t inside = 0;  // accelerators in a machine
  int bought_column = 0;    // in tables of replicas; 0 stands for all that are not bought

  friend bool operator<(const UnitClass& a, const UnitClass& b) {
    return std::tie(a.machine, a.bought, a.inside) < std::tie(b.machine, b.bought, b.inside);
  }
};

class UnitTables {
 public:
  UnitTables(const PreparedCatalog& catalog, const Request& request,
             const std::vector<const Component*>& accelerators, CompiledMatch* compiled)
      : catalog_(catalog), request_(request), accelerators_(accelerators), compiled_(*compiled) {}

  void Declare() {
    FindSizings();
    ClassifyModels();
    ClassifyUnits();
    auto& quantities = compiled_.problem.quantities;
    quantities.resize(kNodes);
    Name(kComputeNeeded, "compute_needed");
    // A replica size that no pair comes to is the constant 0, which costs the search nothing.
    for (int size = 0; size < kReplicaSizes; ++size) {
      Name(kReplicas0 + size, fmt::format("replicas_of_{}", 1 << size));
    }
    const std::size_t width = units_.size();
    std::vector<std::int64_t> needed(model_rows_ * width, -1);
    std::vector<std::vector<std::int64_t>> replicas(static_cast<std::size_t>(kReplicaSizes));
    for (std::size_t m = 0; m < compiled_.sizings.models(); ++m) {
      std::int64_t* row = needed.data() + static_cast<std::size_t>(row_of_[m]) * width;
      if (compiled_.sizings.has_figures(m)) {
        SizeOwnModel(m, row, &replicas);
      } else {
        SizeHostedModel(row);
      }
    }
    SetTable(kComputeNeeded, unit_of_, width, needed);
    for (int size = 0; size < kReplicaSizes; ++size) {
      const auto& cells = replicas[static_cast<std::size_t>(size)];
      if (!cells.empty()) SetTable(kReplicas0 + size, bought_of_, bought_, cells);
    }
  }

 private:
  void Name(int quantity, std::string name) {
    compiled_.problem.quantities[static_cast<std::size_t>(quantity)].name = std::move(name);
  }

  const std::vector<Part>& Computes() const { return compiled_.parts[kComputeSlot]; }

  // What sizing reads of models and of kinds of machines.
  void FindSizings() {
    constexpr int kNone = -1;
    std::vector<int> number_of(catalog_.machine_kinds(), kNone);
    std::vector<const MachineFigures*> machines;
    std::vector<int> machine_of;
    machine_of.reserve(Computes().size());
    for (std::size_t c = 0; c < Computes().size(); ++c) {
      if (accelerators_[c] == nullptr) {
        machine_of.push_back(kNone);
        continue;
      }
      const std::size_t kind = catalog_.MachineKindOf(Computes()[c].component);
      int& number = number_of[kind];
      if (number == kNone) {
        number = static_cast<int>(machines.size());
        machines.push_back(&catalog_.machine_kind(kind));
      }
      machine_of.push_back(number);
    }
    std::vector<const ModelFigures*> models;
    models.reserve(compiled_.parts[kModelSlot].size());
    for (const Part& part : compiled_.parts[kModelSlot]) {
      const bool hosted = part.role == kHostedModelRole;
      models.push_back(hosted ? nullptr : &catalog_.FiguresOfModel(part.component));
    }
    compiled_.sizings = Sizings(SizingTerms(compiled_.workload, request_), std::move(models),
                                std::move(machines), std::move(machine_of));
  }

  // All hosted models share a row.
  void ClassifyModels() {
    int hosted = -1;
    for (std::size_t m = 0; m < compiled_.sizings.models(); ++m) {
      const bool own = compiled_.sizings.has_figures(m);
      const int row = own || hosted < 0 ? static_cast<int>(model_rows_++) : hosted;
      if (!own) hosted = row;
      row_of_.push_back(row);
    }
  }

  void ClassifyUnits() {
    std::map<UnitClass, int> numbers;
    const auto& candidates =
        compiled_.problem.slots[static_cast<std::size_t>(kComputeSlot)].candidates;
    for (std::size_t c = 0; c < candidates.size(); ++c) {
      UnitClass unit;
      unit.machine = compiled_.sizings.machine_of()[c];
      if (unit.machine >= 0) {
        unit.bought = &catalog_.At(Computes()[c].component) == accelerators_[c];
        if (!unit.bought) unit.inside = candidates[c].values[kAcceleratorsPerUnit];
      }
      const auto [found, added] = numbers.try_emplace(unit, static_cast<int>(units_.size()));
      if (added) {
        if (unit.bought) unit.bought_column = static_cast<int>(bought_++);
        units_.push_back(unit);
      }
      unit_of_.push_back(found->second);
      bought_of_.push_back(units_[static_cast<std::size_t>(found->second)].bought_column);
    }
    units_of_machine_.resize(compiled_.sizings.machines());
    for (std::size_t u = 0; u < units_.size(); ++u) {
      if (units_[u].machine < 0) continue;
      units_of_machine_[static_cast<std::size_t>(units_[u].machine)].push_back(u);
    }
  }

  // A provider runs the model: it goes with hosted interfaces alone.
  void SizeHostedModel(std::int64_t* row) const {
    for (std::size_t u = 0; u < units_.size(); ++u) {
      if (units_[u].machine < 0) row[u] = 1;
    }
  }

  void SizeOwnModel(std::size_t model, std::int64_t* row,
                    std::vector<std::vector<std::int64_t>>* replicas) const {
    for (std::size_t machine = 0; machine < units_of_machine_.size(); ++machine) {
      const auto sizing = compiled_.sizings.OnMachine(model, machine);
      if (!sizing) continue;
      for (const std::size_t u : units_of_machine_[machine]) {
        const UnitClass& unit = units_[u];
        if (!unit.bought) {
          // A replica fits one machine.
          const std::int64_t each = unit.inside / sizing->accelerators_per_replica;
          if (each > 0) row[u] = CeilDiv(sizing->replicas, each);
          continue;
        }
        row[u] = sizing->replicas * sizing->accelerators_per_replica;
        auto& cells = (*replicas)[static_cast<std::size_t>(
            ReplicaSizeIndex(sizing->accelerators_per_replica))];
        if (cells.empty()) cells.assign(model_rows_ * bought_, 0);
        cells[static_cast<std::size_t>(row_of_[model]) * bought_ +
              static_cast<std::size_t>(unit.bought_column)] = sizing->replicas;
      }
    }
  }

  void SetTable(int quantity, std::vector<int> column_of, std::size_t width,
                const std::vector<std::int64_t>& cells) {
    Quantity& target = compiled_.problem.quantities[static_cast<std::size_t>(quantity)];
    target.kind = Quantity::Kind::kTable;
    target.table_rows_slot = kModelSlot;
    target.table_columns_slot = kComputeSlot;
    target.table = PairTable(row_of_, std::move(column_of), width, cells);
  }

  const PreparedCatalog& catalog_;
  const Request& request_;
  const std::vector<const Component*>& accelerators_;
  CompiledMatch& compiled_;
  std::vector<int> row_of_;  // by model candidate
  std::size_t model_rows_ = 0;
  std::vector<UnitClass> units_;
  std::vector<int> unit_of_;    // by compute candidate
  std::vector<int> bought_of_;  // likewise: column in tables of replicas
  std::size_t bought_ = 1;      // such columns; the first holds zeros
  std::vector<std::vector<std::size_t>> units_of_machine_;
};

}  // namespace

void DeclareUnits(const PreparedCatalog& catalog, const Request& request,
                  const std::vector<const Component*>& accelerators, CompiledMatch* compiled) {
  UnitTables(catalog, request, accelerators, compiled).Declare();
}

}  // namespace stackport::match
