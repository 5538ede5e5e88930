// Lower bounds that a search has proven for parts of its tree, for later searches of a series that
// only ask for more.
#ifndef STACKPORT_CATALOG_MATCH_KNOWN_BOUNDS_H_
#define STACKPORT_CATALOG_MATCH_KNOWN_BOUNDS_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "catalog/match/arithmetic.h"

namespace stackport::match {

// What is decided, in whatever order: options of slots, in 128 bits. Different decisions have the
// same name with a probability of about 2^-128 for each pair.
struct PathName {
  std::uint64_t high = 0;
  std::uint64_t low = 0;

  bool operator==(const PathName&) const = default;
  // With one slot more.
  PathName With(int slot, std::span<const int> options) const;
};

// One thread at a time.
class KnownBounds {
 public:
  // What is learnt once this many parts are known is dropped; 16 to 32 MB.
  static constexpr std::size_t kMaxParts = std::size_t{1} << 18;

  // The largest bound that was stored.
  std::optional<Wide> Find(const PathName& path) const;
  // Requires: something is decided.
  void Store(const PathName& path, Wide bound);
  bool empty() const { return parts_ == 0; }

 private:
  // Side by side, so that most look-ups touch one line of memory. The name of a free place is that
  // of nothing decided.
  struct Part {
    PathName path;
    Wide bound = 0;
  };

  std::size_t PlaceOf(const PathName& path) const;
  void Grow();

  std::vector<Part> table_;  // a power of two, at most half of it taken
  std::size_t parts_ = 0;
};

}  // namespace stackport::match

#endif  // STACKPORT_CATALOG_MATCH_KNOWN_BOUNDS_H_
