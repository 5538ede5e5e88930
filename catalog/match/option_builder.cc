#include "catalog/match/option_builder.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "catalog/base/text.h"

namespace stackport::match {
namespace {

bool Intersects(std::span<const int> a, std::span<const int> b) {
  for (const int item : a) {
    if (std::binary_search(b.begin(), b.end(), item)) return true;
  }
  return false;
}

void SortUnique(std::vector<int>* list) {
  std::sort(list->begin(), list->end());
  list->erase(std::unique(list->begin(), list->end()), list->end());
}

// Positions of the items in sorted order; equal items share one. The heads, cheap to compare, say
// which of two items is less unless they are equal.
template <typename Item, typename Head>
std::vector<int> RanksOf(const std::vector<Item>& items, Head head_of) {
  std::vector<std::pair<std::uint64_t, std::size_t>> order;
  order.reserve(items.size());
  for (const Item& item : items) order.emplace_back(head_of(item), order.size());
  std::sort(order.begin(), order.end(), [&](const auto& a, const auto& b) {
    return a.first != b.first ? a.first < b.first : items[a.second] < items[b.second];
  });
  std::vector<int> ranks(items.size());
  for (std::size_t i = 0; i < order.size(); ++i) {
    const std::size_t item = order[i].second;
    const bool same = i > 0 && items[item] == items[order[i - 1].second];
    ranks[item] = same ? ranks[order[i - 1].second] : static_cast<int>(i);
  }
  return ranks;
}

// The first eight characters, in their order.
std::uint64_t HeadOf(std::string_view text) {
  std::uint64_t head = 0;
  for (std::size_t i = 0; i < 8; ++i) {
    head = head << 8 | (i < text.size() ? static_cast<unsigned char>(text[i]) : 0U);
  }
  return head;
}

std::vector<int> RanksOf(const std::vector<std::string_view>& texts) {
  return RanksOf(texts, HeadOf);
}

// Whether an id followed by ',' sorts behind another id that only goes on where the first one ends.
bool SortsBehind(std::string_view id, std::string_view longer) {
  return longer.size() > id.size() && longer.starts_with(id) &&
         static_cast<unsigned char>(longer[id.size()]) <= ',';
}

// Ids joined by ',' sort like the sorted lists of ids, unless some id sorts behind a longer one.
bool JoinsInOrder(std::vector<std::string_view> ids) {
  std::sort(ids.begin(), ids.end());
  // Of those that go on, the first one has the first character.
  return std::adjacent_find(ids.begin(), ids.end(), SortsBehind) == ids.end();
}

// Ranks of the candidates of a set slot: with a lesser one in a member's place, and the same cover,
// the joined ids of a set come earlier. An id and those behind which it sorts have one rank, which
// is enough when no irredundant set holds two of them; otherwise no rank says anything.
std::vector<int> MemberRanks(const std::vector<std::string_view>& ids,
                             const std::vector<std::uint32_t>& covers) {
  std::vector<int> ranks = RanksOf(ids);
  // Ids are unique, so that ranks are positions.
  std::vector<std::size_t> order(ids.size());
  for (std::size_t i = 0; i < ids.size(); ++i) order[static_cast<std::size_t>(ranks[i])] = i;
  for (std::size_t i = 0; i < order.size(); ++i) {
    const std::size_t first = order[i];
    for (std::size_t j = i + 1; j < order.size() && SortsBehind(ids[first], ids[order[j]]); ++j) {
      const std::uint32_t both = covers[first] & covers[order[j]];
      if (both != covers[first] && both != covers[order[j]]) {
        return std::vector<int>(ids.size(), 0);
      }
      ranks[order[j]] = ranks[first];
    }
  }
  return ranks;
}

// By set: its position in the order of the joined ids of its members.
std::vector<int> RanksOfSets(const Slot& source, const SlotOptions& candidates,
                             const std::vector<std::vector<int>>& sets) {
  std::vector<std::string_view> ids;
  for (int option = 0; option < candidates.count; ++option) {
    ids.push_back(source.candidates[static_cast<std::size_t>(candidates.picks[option][0])].id);
  }
  constexpr std::size_t kPacked = 8;  // members of which 8 bits each make one number
  constexpr std::size_t kRanks = 255;
  if (ids.size() <= kRanks && candidates.max_picks <= static_cast<int>(kPacked) &&
      JoinsInOrder(ids)) {
    const std::vector<int> ranks = RanksOf(ids);
    std::vector<std::uint64_t> packed;
    for (const std::vector<int>& members : sets) {
      std::array<std::uint64_t, kPacked> list{};
      for (std::size_t i = 0; i < members.size(); ++i) {
        list[i] = static_cast<std::uint64_t>(ranks[static_cast<std::size_t>(members[i])]) + 1;
      }
      std::sort(list.begin(), list.begin() + static_cast<std::ptrdiff_t>(members.size()));
      std::uint64_t number = 0;
      for (const std::uint64_t each : list) number = number << 8 | each;
      packed.push_back(number);
    }
    return RanksOf(packed, [](std::uint64_t number) { return number; });
  }
  std::vector<std::string> joined;
  for (const std::vector<int>& members : sets) {
    std::vector<std::string> names;
    for (const int member : members) names.emplace_back(ids[static_cast<std::size_t>(member)]);
    std::sort(names.begin(), names.end());
    joined.push_back(Join(names, ","));
  }
  return RanksOf(std::vector<std::string_view>(joined.begin(), joined.end()));
}

}  // namespace

OptionBuilder::OptionBuilder(const Problem& problem, const std::vector<RowTerms>& rows,
                             SearchModel* model)
    : problem_(problem), rows_(rows), model_(model), labels_(model->distinct_kinds.size()) {
  CollectTags();
}

// A tag matters when somebody provides it and somebody requires it or conflicts with it.
void OptionBuilder::CollectTags() {
  std::vector<bool> provided(problem_.tags.size());
  std::vector<bool> required(problem_.tags.size());
  std::vector<bool> opposed(problem_.tags.size());
  const auto mark = [](const std::vector<TagId>& tags, std::vector<bool>* marks) {
    for (const TagId tag : tags) (*marks)[static_cast<std::size_t>(tag)] = true;
  };
  for (const Slot& slot : problem_.slots) {
    for (const Candidate& candidate : slot.candidates) {
      mark(candidate.provides, &provided);
      mark(candidate.conflicts, &opposed);
      for (const auto& group : candidate.requires_) mark(group, &required);
    }
  }
  relevant_.assign(problem_.tags.size(), -1);
  for (std::size_t tag = 0; tag < relevant_.size(); ++tag) {
    if (!provided[tag] || (!required[tag] && !opposed[tag])) continue;
    relevant_[tag] = model_->tags++;
    tag_in_group_.push_back(required[tag]);
    tag_in_conflict_.push_back(opposed[tag]);
  }
}

void OptionBuilder::CollectRelevant(const std::vector<TagId>& tags,
                                    std::vector<int>* relevant) const {
  relevant->clear();
  for (const TagId tag : tags) {
    const int number = relevant_[static_cast<std::size_t>(tag)];
    if (number >= 0) relevant->push_back(number);
  }
  SortUnique(relevant);
}

int OptionBuilder::Group(const std::vector<int>& tags) {
  const auto [found, added] = groups_.try_emplace(tags, static_cast<int>(groups_.size()));
  if (added) model_->group_tags.Append(tags);
  return found->second;
}

bool OptionBuilder::AddTags(const Candidate& candidate, SlotOptions* options) {
  CollectRelevant(candidate.provides, &provides_);
  CollectRelevant(candidate.conflicts, &conflicts_);
  if (Intersects(provides_, conflicts_)) return false;
  requires_.clear();
  for (const auto& group : candidate.requires_) {
    CollectRelevant(group, &group_);
    if (group_.empty()) return false;  // nobody provides any of them
    if (!Intersects(group_, provides_)) requires_.push_back(Group(group_));
  }
  SortUnique(&requires_);
  options->provides.Append(provides_);
  options->conflicts.Append(conflicts_);
  options->groups.Append(requires_);
  return true;
}

int OptionBuilder::Label(std::size_t measure, const std::string& label) {
  auto& numbers = labels_[measure];
  const auto found = numbers.emplace(label, static_cast<int>(numbers.size())).first;
  model_->label_counts[measure] = static_cast<int>(numbers.size());
  return found->second;
}

void OptionBuilder::AddNumbers(const std::vector<const Candidate*>& candidates,
                               SlotOptions* options) const {
  const std::size_t count = candidates.size();
  const bool variable = options->quantity != kOneUnit;
  options->fixed.assign(rows_.size() * count, 0);
  if (variable) options->unit.assign(rows_.size() * count, 0);
  options->maxima.assign(model_->max_measures.size() * count, 0);
  const auto value_of = [](const Candidate* candidate, std::size_t attribute) {
    if (candidate == nullptr || attribute >= candidate->values.size()) return std::int64_t{0};
    return candidate->values[attribute];
  };
  for (std::size_t row = 0; row < rows_.size(); ++row) {
    for (const RowTerms::Term& term : rows_[row].terms) {
      auto& numbers = term.scaled && variable ? options->unit : options->fixed;
      for (std::size_t o = 0; o < count; ++o) {
        numbers[row * count + o] += term.weight * value_of(candidates[o], term.attribute);
      }
    }
  }
  for (std::size_t m = 0; m < model_->max_measures.size(); ++m) {
    const auto attribute = static_cast<std::size_t>(model_->max_measures[m]);
    for (std::size_t o = 0; o < count; ++o) {
      options->maxima[m * count + o] = value_of(candidates[o], attribute);
    }
  }
}

SlotOptions OptionBuilder::Candidates(int slot) {
  const Slot& source = problem_.slots[static_cast<std::size_t>(slot)];
  const bool set = source.choice == SlotChoice::kSet;
  SlotOptions options;
  options.quantity = source.quantity;
  options.distance_weight = source.distance_weight;
  options.max_picks = source.max_picks;
  if (set) options.full_cover = (1U << source.cover.size()) - 1;
  options.labels.resize(model_->distinct_kinds.size());
  if (set) {
    options.candidate_labels.assign(model_->distinct_kinds.size(),
                                    std::vector<int>(source.candidates.size(), -1));
  }
  std::vector<const Candidate*> chosen;
  std::vector<std::string_view> ids;
  ids.reserve(source.candidates.size() + 1);
  if (source.choice == SlotChoice::kOptional) {
    chosen.push_back(nullptr);
    ids.emplace_back();
    options.picks.Close();
    options.provides.Close();
    options.conflicts.Close();
    options.groups.Close();
    for (auto& labels : options.labels) labels.Close();
  }
  for (std::size_t c = 0; c < source.candidates.size(); ++c) {
    const Candidate& candidate = source.candidates[c];
    if (set && candidate.covers == 0) continue;  // it could always be left out
    if (!AddTags(candidate, &options)) continue;
    chosen.push_back(&candidate);
    ids.push_back(candidate.id);
    options.picks.Add(static_cast<int>(c));
    options.picks.Close();
    if (set) options.covers.push_back(candidate.covers);
    for (std::size_t d = 0; d < options.labels.size(); ++d) {
      const auto kind = static_cast<std::size_t>(model_->distinct_kinds[d]);
      if (kind < candidate.labels.size() && !candidate.labels[kind].empty()) {
        const int label = Label(d, candidate.labels[kind]);
        options.labels[d].Add(label);
        if (set) options.candidate_labels[d][c] = label;
      }
      options.labels[d].Close();
    }
  }
  options.count = static_cast<int>(chosen.size());
  options.rank = set ? MemberRanks(ids, options.covers) : RanksOf(ids);
  AddNumbers(chosen, &options);
  return options;
}

bool OptionBuilder::Sets(const Problem& problem, const SearchModel& model,
                         const SlotOptions& candidates, int slot, const CoverLimits& limits,
                         SlotOptions* sets) {
  std::vector<std::vector<int>> found;
  if (!EnumerateCovers(candidates.covers, candidates.full_cover, limits, &found)) {
    return false;
  }
  sets->quantity = candidates.quantity;
  sets->distance_weight = candidates.distance_weight;
  sets->labels.resize(candidates.labels.size());
  sets->candidate_labels = candidates.candidate_labels;
  const auto unite = [](const Lists<int>& lists, const std::vector<int>& members,
                        std::vector<int>* all) {
    all->clear();
    int parts = 0;
    for (const int member : members) {
      const std::span<const int> part = lists[member];
      if (part.empty()) continue;
      all->insert(all->end(), part.begin(), part.end());
      ++parts;
    }
    if (parts > 1) SortUnique(all);  // each part is already
  };
  std::vector<std::vector<int>> usable;
  std::vector<int> provides;
  std::vector<int> list;
  for (std::vector<int>& members : found) {
    unite(candidates.provides, members, &provides);
    unite(candidates.conflicts, members, &list);
    if (Intersects(provides, list)) continue;
    sets->provides.Append(provides);
    sets->conflicts.Append(list);
    unite(candidates.groups, members, &list);
    std::erase_if(list, [&](int group) { return Intersects(model.group_tags[group], provides); });
    sets->groups.Append(list);
    unite(candidates.picks, members, &list);
    sets->picks.Append(list);
    for (std::size_t d = 0; d < sets->labels.size(); ++d) {
      unite(candidates.labels[d], members, &list);
      sets->labels[d].Append(list);
    }
    usable.push_back(std::move(members));
  }
  sets->count = static_cast<int>(usable.size());
  sets->rank = RanksOfSets(problem.slots[static_cast<std::size_t>(slot)], candidates, usable);
  const auto fill = [&](const std::vector<std::int64_t>& from, bool sum) {
    const std::size_t rows =
        candidates.count == 0 ? 0 : from.size() / static_cast<std::size_t>(candidates.count);
    std::vector<std::int64_t> numbers;
    numbers.reserve(rows * usable.size());
    for (std::size_t row = 0; row < rows; ++row) {
      for (const std::vector<int>& members : usable) {
        std::int64_t number = 0;
        for (const int member : members) {
          const std::int64_t value = from[candidates.Cell(static_cast<int>(row), member)];
          number = sum ? number + value : std::max(number, value);
        }
        numbers.push_back(number);
      }
    }
    return numbers;
  };
  sets->fixed = fill(candidates.fixed, true);
  sets->unit = fill(candidates.unit, true);
  sets->maxima = fill(candidates.maxima, false);
  return true;
}

SlotOptions OptionBuilder::Only(const SlotOptions& options, const std::vector<int>& kept) {
  SlotOptions result;
  result.lazy = options.lazy;
  result.quantity = options.quantity;
  result.distance_weight = options.distance_weight;
  result.max_picks = options.max_picks;
  result.full_cover = options.full_cover;
  result.count = static_cast<int>(kept.size());
  result.labels.resize(options.labels.size());
  result.candidate_labels = options.candidate_labels;
  for (const int option : kept) {
    const auto index = static_cast<std::size_t>(option);
    result.picks.Append(options.picks[option]);
    result.rank.push_back(options.rank[index]);
    if (!options.covers.empty()) result.covers.push_back(options.covers[index]);
    result.provides.Append(options.provides[option]);
    result.conflicts.Append(options.conflicts[option]);
    result.groups.Append(options.groups[option]);
    for (std::size_t d = 0; d < options.labels.size(); ++d) {
      result.labels[d].Append(options.labels[d][option]);
    }
  }
  const auto copy = [&](const std::vector<std::int64_t>& from, std::vector<std::int64_t>* to) {
    const auto count = static_cast<std::size_t>(options.count);
    for (std::size_t row = 0; count > 0 && row < from.size() / count; ++row) {
      for (const int option : kept) {
        to->push_back(from[row * count + static_cast<std::size_t>(option)]);
      }
    }
  };
  copy(options.fixed, &result.fixed);
  copy(options.unit, &result.unit);
  copy(options.maxima, &result.maxima);
  return result;
}

}  // namespace stackport::match
