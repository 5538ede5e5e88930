// What the parts of a package ask of each other: candidates whose requirements nothing meets, and
// requirements that a part meets only if an unknown attribute turns out well.
#include <algorithm>
#include <cstdint>
#include <memory>
#include <utility>

#include "catalog/match/slot_builder.h"

namespace stackport::match {

namespace {

// Sets of sites as bits, by number.
class SiteSets {
 public:
  SiteSets(std::size_t sets, std::size_t sites)
      : width_((sites + 63) / 64), words_(sets * width_) {}

  void Insert(std::size_t set, std::size_t site) {
    words_[set * width_ + site / 64] |= std::uint64_t{1} << (site % 64);
  }
  void InsertAll(std::size_t set, const SiteSets& others, std::size_t other) {
    for (std::size_t w = 0; w < width_; ++w) {
      words_[set * width_ + w] |= others.words_[other * width_ + w];
    }
  }
  bool Meet(std::size_t set, const SiteSets& others, std::size_t other) const {
    for (std::size_t w = 0; w < width_; ++w) {
      if ((words_[set * width_ + w] & others.words_[other * width_ + w]) != 0) return true;
    }
    return false;
  }

 private:
  std::size_t width_;
  std::vector<std::uint64_t> words_;
};

}  // namespace

// By tag: how many candidates provide it, or perhaps do.
std::vector<int> SlotBuilder::Offers() const {
  std::vector<int> offers(tags_.size());
  for (const Slot& slot : compiled_.problem.slots) {
    for (const Candidate& candidate : slot.candidates) {
      for (const TagId tag : candidate.provides) ++offers[static_cast<std::size_t>(tag)];
    }
  }
  return offers;
}

// Removes candidates that no package can hold because nothing provides what they need, until
// nothing changes; smaller problems, and a reason that names the missing thing.
void SlotBuilder::RemoveUnsatisfiable() {
  std::vector<int> offers = Offers();
  std::vector<char> offered;
  const auto one_is_offered = [&](const std::vector<TagId>& group) {
    return std::any_of(group.begin(), group.end(),
                       [&](TagId tag) { return offered[static_cast<std::size_t>(tag)] != 0; });
  };
  bool changed = true;
  while (changed) {
    changed = false;  // of what is offered
    offered.assign(offers.size(), 0);
    for (std::size_t tag = 0; tag < offers.size(); ++tag) offered[tag] = offers[tag] > 0 ? 1 : 0;
    for (const auto& [certain, maybe] : catalog_.tags().requirement_tags().maybe_of()) {
      offered[static_cast<std::size_t>(certain)] |= offered[static_cast<std::size_t>(maybe)];
    }
    for (std::size_t s = 0; s < compiled_.problem.slots.size(); ++s) {
      std::vector<Candidate>& candidates = compiled_.problem.slots[s].candidates;
      std::vector<Part>& parts = compiled_.parts[s];
      std::size_t kept = 0;
      for (std::size_t c = 0; c < candidates.size(); ++c) {
        const auto& needs = candidates[c].requires_;
        const auto unmet = std::find_if_not(needs.begin(), needs.end(), one_is_offered);
        if (unmet == needs.end()) {
          if (kept != c) {
            candidates[kept] = std::move(candidates[c]);
            parts[kept] = std::move(parts[c]);
            if (s == kComputeSlot) accelerator_of_[kept] = accelerator_of_[c];
            if (s == kDeploymentSlot) compiled_.sites[kept] = std::move(compiled_.sites[c]);
          }
          ++kept;
          continue;
        }
        for (const TagId tag : candidates[c].provides) {
          if (--offers[static_cast<std::size_t>(tag)] == 0) changed = true;
        }
        if (parts[c].has_component) {
          NoteRejection(parts[c].component, {});
          Rejection& rejection =
              compiled_.rejected[static_cast<std::size_t>(rejection_of_[parts[c].component])];
          rejection = {parts[c].component, "unmet_requirement", *unmet};
        }
      }
      candidates.resize(kept);
      parts.resize(kept);
      if (s == kComputeSlot) accelerator_of_.resize(kept);
      if (s == kDeploymentSlot) compiled_.sites.resize(kept);
    }
  }
}

// A requirement that a part meets only if an unknown attribute turns out well: an optional slot of
// one candidate that supplies the requirement for the price of one open question. Only where a part
// that asks for it and one that perhaps meets it can stand at the same site: in a large catalog
// most pairs cannot, a machine of one cloud and a platform for a customer's hall say.
void SlotBuilder::AddOpenRequirements() {
  const std::size_t sites = site_tags_.size();
  // Where a candidate can stand: everywhere, at one site, or at one of a set of them.
  SiteSets places(1 + sites + site_sets_.size(), sites);
  std::vector<std::size_t> place_of_tag(tags_.size(), 0);
  std::size_t place = 0;
  for (std::size_t s = 0; s < sites; ++s) places.Insert(place, s);
  for (std::size_t s = 0; s < sites; ++s) {
    place_of_tag[static_cast<std::size_t>(site_tags_[s])] = ++place;
    places.Insert(place, s);
  }
  for (const auto& [members, tag] : site_sets_) {
    place_of_tag[static_cast<std::size_t>(tag)] = ++place;
    for (const std::size_t s : members) places.Insert(place, s);
  }
  const auto& maybe_of = catalog_.tags().requirement_tags().maybe_of();
  // Where the parts stand that ask for a requirement, and those that perhaps meet it.
  SiteSets asked(maybe_of.size(), sites), perhaps_met(maybe_of.size(), sites);
  constexpr int kNone = -1;
  std::vector<int> asked_by_tag(tags_.size(), kNone), met_by_tag(tags_.size(), kNone);
  int number = 0;
  for (const auto& [certain, maybe] : maybe_of) {
    for (const TagId tag : {certain, maybe}) asked_by_tag[static_cast<std::size_t>(tag)] = number;
    met_by_tag[static_cast<std::size_t>(maybe)] = number++;
  }
  for (const Slot& slot : compiled_.problem.slots) {
    for (const Candidate& candidate : slot.candidates) {
      std::size_t stands = 0;
      for (const auto& group : candidate.requires_) {
        if (group.size() != 1) continue;
        const std::size_t limited = place_of_tag[static_cast<std::size_t>(group.front())];
        if (limited != 0) stands = limited;
      }
      for (const auto& group : candidate.requires_) {
        for (const TagId tag : group) {
          const int asks = asked_by_tag[static_cast<std::size_t>(tag)];
          if (asks != kNone) asked.InsertAll(static_cast<std::size_t>(asks), places, stands);
        }
      }
      for (const TagId tag : candidate.provides) {
        const int met = met_by_tag[static_cast<std::size_t>(tag)];
        if (met != kNone) perhaps_met.InsertAll(static_cast<std::size_t>(met), places, stands);
      }
    }
  }
  std::size_t requirement = 0;
  for (const auto& [certain, maybe] : maybe_of) {
    const std::size_t own = requirement++;
    if (!asked.Meet(own, perhaps_met, own)) continue;
    const std::string& name = catalog_.tags().requirements()[static_cast<std::size_t>(certain)];
    Slot slot;
    slot.name = "open: " + name;
    slot.choice = SlotChoice::kOptional;
    slot.distance_weight = 0;
    Candidate candidate;
    candidate.id = "assumed";
    candidate.provides = {certain};
    candidate.requires_ = {{maybe}};
    candidate.labels = {""};
    Part part;
    part.decisive_questions = 1;
    candidate.values.resize(kQuestions + 1);
    candidate.values[kQuestions] = part.decisive_questions;
    auto words = std::make_shared<PartWords>();
    words->questions.push_back({"", name, "requirement of another part",
                                "Whether it provides " + name + " is not stated.", true});
    part.words = std::move(words);
    slot.candidates.push_back(std::move(candidate));
    compiled_.problem.slots.push_back(std::move(slot));
    compiled_.parts.push_back({std::move(part)});
  }
}

}  // namespace stackport::match
