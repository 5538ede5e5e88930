// What is known of sets of demands without asking again: what fits with a set fits with each part
// of it, and what is refused for a set is refused for all that hold it.
#ifndef STACKPORT_CATALOG_MATCH_KNOWN_FITS_H_
#define STACKPORT_CATALOG_MATCH_KNOWN_FITS_H_

#include <optional>
#include <vector>

namespace stackport::match {

// Sets are sorted numbers. One thread at a time.
class KnownFits {
 public:
  void AddFitting(std::vector<int> demands);
  void AddRefused(std::vector<int> demands);
  // Whether something fits with the demands, if that follows.
  std::optional<bool> Fits(const std::vector<int>& demands) const;

 private:
  // Only what does not follow from another one.
  std::vector<std::vector<int>> fitting_;
  std::vector<std::vector<int>> refused_;
};

}  // namespace stackport::match

#endif  // STACKPORT_CATALOG_MATCH_KNOWN_FITS_H_
