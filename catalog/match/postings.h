// Lists packed into arrays: what belongs to each of many things, without a vector for each.
#ifndef STACKPORT_CATALOG_MATCH_POSTINGS_H_
#define STACKPORT_CATALOG_MATCH_POSTINGS_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace stackport::match {

// A list of lists in two arrays.
template <typename T>
class Lists {
 public:
  void Add(const T& item) { items_.push_back(item); }
  void Close() { ends_.push_back(static_cast<int>(items_.size())); }
  std::span<const T> operator[](int index) const {
    const int begin = index == 0 ? 0 : ends_[static_cast<std::size_t>(index) - 1];
    const int end = ends_[static_cast<std::size_t>(index)];
    return {items_.data() + begin, static_cast<std::size_t>(end - begin)};
  }
  void Append(std::span<const T> list) {
    items_.insert(items_.end(), list.begin(), list.end());
    Close();
  }
  int size() const { return static_cast<int>(ends_.size()); }

 private:
  std::vector<int> ends_;
  std::vector<T> items_;
};

// For each key (a tag or a group): the options that have it, slot by slot.
class Postings {
 public:
  struct Run {
    int slot;
    int begin;  // into the options of all runs
    int end;
    int words;  // into the words of all runs: -1 where the run is shorter than its words
  };
  struct Entry {
    int key;
    int slot;
    int option;
  };
  Postings() = default;
  // `options` says how many each slot has. Requires: entries of equal keys come in the order of
  // slots, and then of options, each once.
  Postings(int keys, const std::vector<Entry>& entries, const std::vector<int>& options);

  std::span<const Run> operator[](int key) const {
    return {runs_.data() + first_run_[static_cast<std::size_t>(key)],
            runs_.data() + first_run_[static_cast<std::size_t>(key) + 1]};
  }
  std::span<const int> Options(const Run& run) const {
    return {options_.data() + run.begin, options_.data() + run.end};
  }
  // One bit for each option of the run's slot. Requires: run.words >= 0.
  const std::uint64_t* Words(const Run& run) const { return words_.data() + run.words; }

 private:
  std::vector<std::size_t> first_run_;
  std::vector<Run> runs_;
  std::vector<int> options_;
  std::vector<std::uint64_t> words_;
};

}  // namespace stackport::match

#endif  // STACKPORT_CATALOG_MATCH_POSTINGS_H_
