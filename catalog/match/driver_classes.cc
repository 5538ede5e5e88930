#include "catalog/match/driver_classes.h"

#include <cstdint>
#include <unordered_map>

#include "catalog/match/arithmetic.h"

namespace stackport::match {
namespace {

// What quantities and callers see of an option.
using Signature = std::vector<std::int64_t>;

struct SignatureHash {
  std::size_t operator()(const Signature& signature) const {
    std::uint64_t hash = signature.size();
    for (const std::int64_t value : signature) hash = MixHash(hash, value);
    return hash;
  }
};

std::int64_t ValueOf(const Candidate& candidate, AttributeId attribute) {
  const auto a = static_cast<std::size_t>(attribute);
  return a < candidate.values.size() ? candidate.values[a] : 0;
}

}  // namespace

std::vector<int> DriverClasses(const Problem& problem, const QuantityRules& rules, int slot,
                               const SlotOptions& options, const SlotClasses& classes) {
  std::vector<int> result(static_cast<std::size_t>(options.count), 0);
  const bool asked = classes.slot == slot;
  const std::vector<AttributeId> attributes = rules.DrivingAttributes(slot);
  std::vector<const std::vector<int>*> lines;  // of tables: by candidate, the class of its line
  for (const Quantity& quantity : problem.quantities) {
    if (quantity.kind != Quantity::Kind::kTable) continue;
    if (quantity.table_rows_slot == slot) lines.push_back(&quantity.table.row_class());
    if (quantity.table_columns_slot == slot) lines.push_back(&quantity.table.column_class());
  }
  if (attributes.empty() && lines.empty() && !asked) return result;
  const auto& candidates = problem.slots[static_cast<std::size_t>(slot)].candidates;
  std::unordered_map<Signature, int, SignatureHash> known;
  Signature signature;
  for (int o = 0; o < options.count; ++o) {
    signature.clear();
    const auto picks = options.picks[o];
    const int candidate = picks.empty() ? -1 : picks[0];
    if (asked) {
      signature.push_back(
          candidate < 0 ? -1 : classes.of_candidate[static_cast<std::size_t>(candidate)]);
    }
    for (const AttributeId attribute : attributes) {
      signature.push_back(
          candidate < 0 ? 0 : ValueOf(candidates[static_cast<std::size_t>(candidate)], attribute));
    }
    for (const std::vector<int>* class_of : lines) {
      signature.push_back((*class_of)[static_cast<std::size_t>(candidate)]);
    }
    result[static_cast<std::size_t>(o)] =
        known.try_emplace(signature, static_cast<int>(known.size())).first->second;
  }
  return result;
}

}  // namespace stackport::match
