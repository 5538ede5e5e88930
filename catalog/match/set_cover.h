// Complete irredundant sets for a set slot.
#ifndef STACKPORT_CATALOG_MATCH_SET_COVER_H_
#define STACKPORT_CATALOG_MATCH_SET_COVER_H_

#include <cstdint>
#include <vector>

namespace stackport::match {

// Visits sets of candidates in which the member chosen for the lowest open bit is the first of all
// members that cover it: each irredundant set exactly once. One walk at a time.
class CoverWalk {
 public:
  CoverWalk(const std::vector<std::uint32_t>& covers, std::uint32_t full_cover, int max_picks);

  const std::vector<int>& members() const { return members_; }
  std::uint32_t open() const { return full_ & ~once_; }
  bool complete() const { return open() == 0; }

  // Candidates that could be chosen next, in the order of their indices. Requires: not complete.
  const std::vector<int>& Next() const;
  // Whether adding the candidate keeps every member needed, within the number of picks.
  bool CanAdd(int candidate) const;
  void Add(int candidate);
  void Remove();  // the last one added
  // Candidates that an earlier alternative for the same bit has used up.
  void Forbid(int candidate) { ++forbidden_[static_cast<std::size_t>(candidate)]; }
  void Allow(int candidate) { --forbidden_[static_cast<std::size_t>(candidate)]; }

 private:
  struct Covered {
    std::uint32_t once;
    std::uint32_t twice;
  };
  const std::vector<std::uint32_t>& covers_;
  std::uint32_t full_;
  int max_picks_;
  std::vector<std::vector<int>> by_bit_;
  std::vector<int> forbidden_;
  std::vector<int> members_;
  std::vector<Covered> before_;
  std::uint32_t once_ = 0;   // covered by at least one member
  std::uint32_t twice_ = 0;  // by at least two
};

// Which sets EnumerateCovers lists.
struct CoverLimits {
  int max_picks = 1;
  int max_sets = 1;
  // By candidate, 1 or more; sets whose members' factors have a larger product than
  // `largest_product` are left out.
  std::vector<int> factors;
  std::int64_t largest_product = 1;
};

// The irredundant covers within the limits, members by index. False when there are more than
// max_sets, or the walk has to look at many more partial sets than that.
bool EnumerateCovers(const std::vector<std::uint32_t>& covers, std::uint32_t full_cover,
                     const CoverLimits& limits, std::vector<std::vector<int>>* sets);

}  // namespace stackport::match

#endif  // STACKPORT_CATALOG_MATCH_SET_COVER_H_
