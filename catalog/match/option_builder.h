// Candidates of a slot -> options of the search.
#ifndef STACKPORT_CATALOG_MATCH_OPTION_BUILDER_H_
#define STACKPORT_CATALOG_MATCH_OPTION_BUILDER_H_

#include <cstdint>
#include <map>
#include <utility>
#include <vector>

#include "catalog/match/problem.h"
#include "catalog/match/search_model.h"
#include "catalog/match/set_cover.h"

namespace stackport::match {

// One row of numbers as a weighted sum of attributes.
struct RowTerms {
  struct Term {
    std::size_t attribute;
    bool scaled;
    std::int64_t weight;
  };
  std::vector<Term> terms;
};

class OptionBuilder {
 public:
  // `rows`, and the model's max measures and distinct kinds, say which numbers options carry.
  OptionBuilder(const Problem& problem, const std::vector<RowTerms>& rows, SearchModel* model);

  // One option for each candidate that could ever be chosen alone or in a set, and for an optional
  // slot the empty one.
  SlotOptions Candidates(int slot);

  // Complete irredundant sets of the options of a set slot, or false when there are too many, or
  // finding them takes too long. The limits are those of EnumerateCovers, by option.
  static bool Sets(const Problem& problem, const SearchModel& model, const SlotOptions& candidates,
                   int slot, const CoverLimits& limits, SlotOptions* sets);

  static SlotOptions Only(const SlotOptions& options, const std::vector<int>& kept);

  const std::vector<bool>& tag_in_group() const { return tag_in_group_; }
  const std::vector<bool>& tag_in_conflict() const { return tag_in_conflict_; }

 private:
  void CollectTags();
  void CollectRelevant(const std::vector<TagId>& tags, std::vector<int>* relevant) const;
  int Group(const std::vector<int>& tags);
  // Appends an option's tags; false when it could never be chosen.
  bool AddTags(const Candidate& candidate, SlotOptions* options);
  int Label(std::size_t measure, const std::string& label);
  void AddNumbers(const std::vector<const Candidate*>& candidates, SlotOptions* options) const;

  const Problem& problem_;
  const std::vector<RowTerms>& rows_;
  SearchModel* model_;
  std::vector<int> relevant_;  // by tag of the problem; -1: does not matter
  std::vector<bool> tag_in_group_;
  std::vector<bool> tag_in_conflict_;
  std::map<std::vector<int>, int> groups_;
  // Scratch of AddTags.
  std::vector<int> provides_;
  std::vector<int> conflicts_;
  std::vector<int> requires_;
  std::vector<int> group_;
  std::vector<std::map<std::string, int>> labels_;
};

}  // namespace stackport::match

#endif  // STACKPORT_CATALOG_MATCH_OPTION_BUILDER_H_
