// Three-valued truth (Kleene): a condition over facts is true, false or unknown.
#ifndef STACKPORT_CATALOG_MODEL_TRUTH_H_
#define STACKPORT_CATALOG_MODEL_TRUTH_H_

#include <string_view>

namespace stackport {

// Ordered so that And is the minimum and Or the maximum.
enum class Truth { kFalse = 0, kUnknown = 1, kTrue = 2 };

constexpr Truth And(Truth a, Truth b) {
  return a < b ? a : b;
}
constexpr Truth Or(Truth a, Truth b) {
  return a < b ? b : a;
}
constexpr Truth Not(Truth a) {
  return static_cast<Truth>(2 - static_cast<int>(a));
}
constexpr Truth FromBool(bool value) {
  return value ? Truth::kTrue : Truth::kFalse;
}
constexpr std::string_view TruthName(Truth a) {
  return a == Truth::kTrue ? "true" : a == Truth::kFalse ? "false" : "unknown";
}

}  // namespace stackport

#endif  // STACKPORT_CATALOG_MODEL_TRUTH_H_
