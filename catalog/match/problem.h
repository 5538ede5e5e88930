// A problem of plain integers: all that the engine knows.
//
// The compiler writes problems from a snapshot, a country and a request; anyone may write one as a
// file (form stackport.problem/1, described with examples in PROBLEM.md). Nothing here knows what
// an accelerator is. Semantics in one paragraph: choose for every slot; the chosen candidates'
// tags must satisfy each other's requirements; quantities follow from the choices; limits hold;
// among all such packages the first K of a total order are the answer.
#ifndef STACKPORT_CATALOG_MATCH_PROBLEM_H_
#define STACKPORT_CATALOG_MATCH_PROBLEM_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "catalog/base/json.h"
#include "catalog/base/result.h"
#include "catalog/match/pair_table.h"

namespace stackport::match {

using TagId = std::int32_t;        // index into Problem::tags
using AttributeId = std::int32_t;  // index into Problem::attributes
using QuantityId = std::int32_t;   // index into Problem::quantities; -1 is the constant 1
inline constexpr QuantityId kOneUnit = -1;

// Limits on what a problem may hold. Each is checked before anything is allocated in proportion
// to it; the reasons are in PROBLEM.md.
inline constexpr int kMaxSlots = 64;
inline constexpr int kMaxQuantities = 64;
inline constexpr int kMaxRows = 64;
inline constexpr int kMaxLevels = 8;
inline constexpr int kMaxCoverBits = 24;
inline constexpr int kMaxTop = 1000;
inline constexpr std::int64_t kMaxCandidates = 4'000'000;         // of all slots together
inline constexpr std::int64_t kMaxValue = 1'000'000'000'000'000;  // |value|, |quantity|, 1e15
// Of the file form. A million candidates take some 300 MB; a file is read by the person who names
// it, so the limit only guards against mistakes.
inline constexpr std::size_t kMaxProblemBytes = std::size_t{512} << 20;

struct Candidate {
  std::string id;               // unique within its slot; ties are broken by it
  std::vector<TagId> provides;  // sorted, unique
  std::vector<std::vector<TagId>>
      requires_;                 // each group: some chosen candidate provides one of it
  std::vector<TagId> conflicts;  // no chosen candidate (itself included) provides these
  std::uint32_t covers = 0;      // bits of the slot's cover list
  // Per attribute: counted once (fixed) or for each unit of the slot's quantity (scaled), as the
  // attribute says. Indexed by AttributeId; shorter vectors are zero-extended.
  std::vector<std::int64_t> values;
  std::vector<std::string> labels;  // by label kind (Problem::label_kinds); "" = none
};

enum class SlotChoice { kOne, kOptional, kSet };

// A place to fill. kOne takes exactly one candidate, kOptional none or one, kSet between one and
// max_picks whose covers together hold every bit of the slot's cover list and of which none can be
// left out (each member covers a bit that no other member covers). A set slot's quantity applies to
// each member.
struct Slot {
  std::string name;
  SlotChoice choice = SlotChoice::kOne;
  int max_picks = 1;
  std::vector<std::string> cover;  // names of the bits; only for kSet
  QuantityId quantity = kOneUnit;
  std::vector<Candidate> candidates;
  int distance_weight = 1;  // how much a different choice here adds to the distance
};

// coefficient * quantity; the coefficient is a constant, or an attribute of the candidate chosen in
// `slot` (read unscaled; 0 when an optional slot is empty).
struct Term {
  QuantityId quantity = kOneUnit;
  std::int64_t coefficient = 1;
  int slot = -1;  // -1: use `coefficient`
  AttributeId attribute = -1;
};

// max over demands of ceil((constant + sum of terms) / divisor), at least `minimum`. A positive
// numerator over a divisor of 0 makes the package infeasible; a numerator <= 0 asks for nothing.
struct CeilDemand {
  std::int64_t constant = 0;
  std::vector<Term> terms;
  std::int64_t divisor = 1;  // used when divisor_slot is -1
  int divisor_slot = -1;
  AttributeId divisor_attribute = -1;
};

// A named quantity: how many units. Depends only on slots and on quantities that come before it,
// so the list order is an evaluation order.
struct Quantity {
  enum class Kind {
    kTable,    // by the candidates of two slots; a missing pair is incompatible
    kCeil,     // max over `demands`, at least `minimum`
    kFatTree,  // switches of a non-blocking fat tree with `ports` end ports and the given radix:
               // 0 for no ports; 1 while ports <= radix; else two tiers: leaves = ceil(ports /
               // floor(radix/2)), spines = ceil(leaves * floor(radix/2) / radix); infeasible when
               // ports > radix * floor(radix/2) or radix < 2
  };
  std::string name;
  Kind kind = Kind::kCeil;
  int table_rows_slot = -1;  // kTable: must be kOne slots
  int table_columns_slot = -1;
  PairTable table;                  // -1: incompatible pair
  std::vector<CeilDemand> demands;  // kCeil; for kFatTree demands[0] without divisor = ports
  std::int64_t minimum = 0;
  int radix_slot = -1;
  AttributeId radix_attribute = -1;
};

// An attribute of candidates. scaled: multiplied by the slot's quantity before it is added up.
struct Attribute {
  std::string name;
  bool scaled = true;
};

// Something measured over a whole package.
struct Measure {
  enum class Kind {
    kSum,       // sum over chosen candidates of value, times quantity where the attribute is scaled
    kMax,       // largest unscaled value over chosen candidates whose quantity is > 0; 0 for none
    kDistinct,  // number of different non-empty labels of one kind among chosen candidates
  };
  Kind kind = Kind::kSum;
  AttributeId attribute = -1;  // kSum, kMax
  int label_kind = -1;         // kDistinct
};

// low <= measure <= high.
struct Limit {
  std::string name;
  Measure measure;
  std::optional<std::int64_t> low;
  std::optional<std::int64_t> high;
};

// One level of the order: a weighted sum of measures; less is better. Weights of kMax and
// kDistinct are >= 0; those of kSum may be signed.
struct LevelTerm {
  Measure measure;
  std::int64_t weight = 1;
};
struct Level {
  std::string name;
  std::vector<LevelTerm> terms;
};

struct Problem {
  std::string name;
  std::vector<std::string> tags;  // names, for messages
  std::vector<Attribute> attributes;
  std::vector<std::string> label_kinds;  // "vendor"
  std::vector<Slot> slots;
  std::vector<Quantity> quantities;
  std::vector<Limit> limits;
  std::vector<Level> levels;  // lexicographic, first is most important
  int top = 1;
  int distance = 1;  // each answer differs from each earlier one by at least this total weight
};

// The chosen candidates of one package: per slot the sorted indices into its candidates (empty for
// an unfilled optional slot).
struct Choice {
  std::vector<std::vector<int>> picks;
  friend bool operator==(const Choice&, const Choice&) = default;
};

// What follows from a choice.
struct Evaluation {
  bool feasible = false;
  std::string violation;                   // first rule that fails, for people; empty when feasible
  std::vector<std::int64_t> quantities;    // by QuantityId
  std::vector<std::int64_t> slot_units;    // quantity of each slot (0 when empty)
  std::vector<std::int64_t> limit_values;  // by limit
  std::vector<std::int64_t> level_values;  // by level
};

// Structural check: indices, sizes, evaluation order, cover bits, overflow of any sum a package
// could reach. The error's context is a JSON pointer into the file form.
Status Validate(const Problem& problem);

// Evaluates one choice directly from the definitions above: no search, no shortcuts. Requires:
// Validate(problem) is ok and picks are in range.
Evaluation Evaluate(const Problem& problem, const Choice& choice);

// Candidate ids in slot order (a set slot: its ids sorted and joined by ","; empty optional: ""):
// the last tie-break, compared lexicographically.
std::vector<std::string> CanonicalIds(const Problem& problem, const Choice& choice);

// Sum of distance_weight over the slots whose picks differ.
int Distance(const Problem& problem, const Choice& a, const Choice& b);

// The file form (PROBLEM.md). Reading validates.
Result<Problem> ReadProblem(std::string_view text, std::string_view origin);
std::string WriteProblem(const Problem& problem);

}  // namespace stackport::match

#endif  // STACKPORT_CATALOG_MATCH_PROBLEM_H_
