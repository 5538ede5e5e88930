#include "catalog/match/postings.h"

#include <numeric>

namespace stackport::match {

Postings::Postings(int keys, const std::vector<Entry>& unsorted, const std::vector<int>& options) {
  // By key, and otherwise in the given order.
  std::vector<std::size_t> end_of(static_cast<std::size_t>(keys) + 1, 0);
  for (const Entry& entry : unsorted) ++end_of[static_cast<std::size_t>(entry.key) + 1];
  std::partial_sum(end_of.begin(), end_of.end(), end_of.begin());
  std::vector<Entry> entries(unsorted.size());
  for (const Entry& entry : unsorted) {
    entries[end_of[static_cast<std::size_t>(entry.key)]++] = entry;
  }
  first_run_.reserve(static_cast<std::size_t>(keys) + 1);
  std::size_t next = 0;
  for (int key = 0; key < keys; ++key) {
    first_run_.push_back(runs_.size());
    while (next < entries.size() && entries[next].key == key) {
      Run run{entries[next].slot, static_cast<int>(options_.size()), 0, -1};
      while (next < entries.size() && entries[next].key == key && entries[next].slot == run.slot) {
        options_.push_back(entries[next++].option);
      }
      run.end = static_cast<int>(options_.size());
      const auto words =
          static_cast<std::size_t>(options[static_cast<std::size_t>(run.slot)] + 63) / 64;
      if (static_cast<std::size_t>(run.end - run.begin) > words) {
        run.words = static_cast<int>(words_.size());
        words_.resize(words_.size() + words, 0);
        for (const int option : Options(run)) {
          words_[static_cast<std::size_t>(run.words + option / 64)] |= std::uint64_t{1}
                                                                       << (option % 64);
        }
      }
      runs_.push_back(run);
    }
  }
  first_run_.push_back(runs_.size());
}

}  // namespace stackport::match
