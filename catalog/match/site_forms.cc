#include "catalog/match/site_forms.h"

#include <algorithm>
#include <cassert>

namespace stackport::match {

namespace {

void Append(std::string& text, std::int64_t number) {
  text.append(reinterpret_cast<const char*>(&number), sizeof(number));
}

// With its length, so that no two lists of texts read the same.
void Append(std::string& text, std::string_view word) {
  Append(text, static_cast<std::int64_t>(word.size()));
  text += word;
}

template <typename T>
void AppendAll(std::string& text, const std::vector<T>& numbers) {
  Append(text, static_cast<std::int64_t>(numbers.size()));
  for (const T number : numbers) Append(text, static_cast<std::int64_t>(number));
}

}  // namespace

std::vector<std::int32_t> FormNumbers::Of(const std::vector<std::string>& texts) {
  std::vector<std::int32_t> found;
  found.reserve(texts.size());
  const std::lock_guard lock(mutex_);
  for (const std::string& text : texts) {
    const auto known = numbers_.find(text);
    found.push_back(
        known != numbers_.end()
            ? known->second
            : numbers_.emplace(text, static_cast<std::int32_t>(numbers_.size())).first->second);
  }
  return found;
}

SiteForms::SiteForms(const PreparedCatalog& catalog, const CompiledMatch& compiled,
                     FormNumbers& numbers)
    : compiled_(compiled),
      shared_tags_(catalog.tags().requirements().size()),
      sites_of_tag_(compiled.problem.tags.size()) {
  const std::vector<Slot>& slots = compiled.problem.slots;
  const std::vector<Candidate>& deployments = slots[kDeploymentSlot].candidates;
  for (std::size_t site = 0; site < deployments.size(); ++site) {
    for (const TagId tag : deployments[site].provides) {
      sites_of_tag_[static_cast<std::size_t>(tag)].push_back(site);
    }
  }
  anywhere_.resize(slots.size());
  there_.resize(slots.size());
  for (std::size_t s = 0; s < slots.size(); ++s) {
    there_[s].resize(deployments.size());
    for (std::size_t c = 0; c < slots[s].candidates.size(); ++c) {
      if (s == kDeploymentSlot) {
        there_[s][c].push_back(c);
        continue;
      }
      const std::vector<std::size_t>* sites = nullptr;
      for (const auto& group : slots[s].candidates[c].requires_) {
        // The compiler asks for a place once, and for nothing else beside it.
        if (!IsPlace(group.front())) continue;
        assert(group.size() == 1 && sites == nullptr);
        sites = &sites_of_tag_[static_cast<std::size_t>(group.front())];
      }
      if (sites == nullptr) {
        anywhere_[s].push_back(c);
      } else {
        for (const std::size_t site : *sites) there_[s][site].push_back(c);
      }
    }
  }
  NumberCandidates(numbers);
}

// Tags of the catalog by their ids, others by their names.
std::vector<std::int32_t> SiteForms::NumbersOfTags(FormNumbers& numbers) const {
  const std::vector<std::string>& names = compiled_.problem.tags;
  const auto own = names.begin() + static_cast<std::ptrdiff_t>(shared_tags_);
  std::vector<std::int32_t> tags(shared_tags_);
  for (std::size_t tag = 0; tag < shared_tags_; ++tag) tags[tag] = static_cast<std::int32_t>(tag);
  for (const std::int32_t number : numbers.Of({own, names.end()})) {
    tags.push_back(static_cast<std::int32_t>(shared_tags_) + number);
  }
  return tags;
}

// All that the search and the words of a sweep see of a candidate, but where it stands.
std::string SiteForms::TextOf(std::size_t slot, std::size_t number,
                              const std::vector<std::int32_t>& tag_numbers) const {
  const Candidate& candidate = compiled_.problem.slots[slot].candidates[number];
  const match::Part& part = compiled_.parts[slot][number];
  std::string text;
  Append(text, candidate.id);
  Append(text, candidate.covers);
  AppendAll(text, candidate.values);
  for (const std::string& label : candidate.labels) Append(text, label);
  const auto add_tags = [&](const std::vector<TagId>& tags) {
    for (const TagId tag : tags) {
      if (!IsPlace(tag)) Append(text, tag_numbers[static_cast<std::size_t>(tag)]);
    }
    Append(text, -1);
  };
  add_tags(candidate.provides);
  add_tags(candidate.conflicts);
  for (const auto& group : candidate.requires_) {
    if (!IsPlace(group.front())) add_tags(group);
  }
  Append(text, part.has_component ? static_cast<std::int64_t>(part.component) : -1);
  Append(text, part.decisive_asked.bits());
  return text;
}

void SiteForms::NumberCandidates(FormNumbers& numbers) {
  const std::vector<std::int32_t> tag_numbers = NumbersOfTags(numbers);
  std::string everywhere;
  for (std::size_t s = 0; s < compiled_.problem.slots.size(); ++s) {
    const Slot& slot = compiled_.problem.slots[s];
    std::vector<std::string> texts;
    for (std::size_t c = 0; c < slot.candidates.size(); ++c) {
      texts.push_back(TextOf(s, c, tag_numbers));
    }
    forms_.push_back(numbers.Of(texts));
    Append(everywhere, slot.name);
    for (const std::size_t c : anywhere_[s]) Append(everywhere, forms_[s][c]);
  }
  form_anywhere_ = numbers.Of({everywhere}).front();
}

std::string SiteForms::TextAt(std::size_t site) const {
  const Problem& problem = compiled_.problem;
  std::string text;
  Append(text, form_anywhere_);
  for (std::size_t s = 0; s < problem.slots.size(); ++s) {
    for (const std::size_t c : there_[s][site]) Append(text, forms_[s][c]);
    Append(text, -1);
  }
  // The pairs of the tables that both stand there: classes of them, as there may be many.
  const auto listed = [&](int slot) {
    std::vector<std::size_t> candidates = anywhere_[static_cast<std::size_t>(slot)];
    const auto& there = there_[static_cast<std::size_t>(slot)][site];
    candidates.insert(candidates.end(), there.begin(), there.end());
    return candidates;
  };
  for (const Quantity& quantity : problem.quantities) {
    if (quantity.kind != Quantity::Kind::kTable) continue;
    const PairTable table =
        quantity.table.Only(listed(quantity.table_rows_slot), listed(quantity.table_columns_slot));
    Append(text, quantity.name);
    AppendAll(text, table.row_class());
    AppendAll(text, table.column_class());
    AppendAll(text, table.cells());
  }
  return text;
}

SiteForms::Part SiteForms::At(std::span<const std::size_t> sites) const {
  const Problem& whole = compiled_.problem;
  Part part;
  Problem& problem = part.problem;
  problem.name = whole.name;
  problem.tags.resize(whole.tags.size());  // their names are for messages alone
  problem.attributes = whole.attributes;
  problem.label_kinds = whole.label_kinds;
  problem.limits = whole.limits;
  problem.levels = whole.levels;
  for (std::size_t s = 0; s < whole.slots.size(); ++s) {
    const Slot& slot = whole.slots[s];
    std::vector<std::size_t> kept = anywhere_[s];
    for (const std::size_t site : sites) {
      kept.insert(kept.end(), there_[s][site].begin(), there_[s][site].end());
    }
    std::sort(kept.begin(), kept.end());
    kept.erase(std::unique(kept.begin(), kept.end()), kept.end());
    Slot& there = problem.slots.emplace_back();
    there.name = slot.name;
    there.choice = slot.choice;
    there.max_picks = slot.max_picks;
    there.cover = slot.cover;
    there.quantity = slot.quantity;
    there.distance_weight = slot.distance_weight;
    for (const std::size_t c : kept) there.candidates.push_back(slot.candidates[c]);
    part.candidates.push_back(std::move(kept));
  }
  for (const Quantity& quantity : whole.quantities) {
    Quantity& there = problem.quantities.emplace_back();
    there.name = quantity.name;
    there.kind = quantity.kind;
    there.table_rows_slot = quantity.table_rows_slot;
    there.table_columns_slot = quantity.table_columns_slot;
    there.demands = quantity.demands;
    there.minimum = quantity.minimum;
    there.radix_slot = quantity.radix_slot;
    there.radix_attribute = quantity.radix_attribute;
    if (quantity.kind != Quantity::Kind::kTable) continue;
    there.table =
        quantity.table.Only(part.candidates[static_cast<std::size_t>(quantity.table_rows_slot)],
                            part.candidates[static_cast<std::size_t>(quantity.table_columns_slot)]);
  }
  return part;
}

}  // namespace stackport::match
