// What the parts of a package ask of each other: candidates whose requirements nothing meets, and
// requirements that a part meets only if an unknown attribute turns out well.
#include <algorithm>
#include <map>
#include <memory>
#include <utility>

#include "catalog/match/slot_builder.h"

namespace stackport::match {

namespace {

// Sites as bits, by number.
class SiteSet {
 public:
  explicit SiteSet(std::size_t sites) : words_((sites + 63) / 64) {}

  void Insert(std::size_t site) { words_[site / 64] |= std::uint64_t{1} << (site % 64); }
  void InsertAll(const SiteSet& other) {
    for (std::size_t w = 0; w < words_.size(); ++w) words_[w] |= other.words_[w];
  }
  bool Meets(const SiteSet& other) const {
    for (std::size_t w = 0; w < words_.size(); ++w) {
      if ((words_[w] & other.words_[w]) != 0) return true;
    }
    return false;
  }

 private:
  std::vector<std::uint64_t> words_;
};

// Where the parts stand that ask for a requirement, and those that perhaps meet it.
struct OpenRequirement {
  TagId certain;
  TagId maybe;
  SiteSet asked;
  SiteSet perhaps_met;
};

}  // namespace

// By tag: whether some candidate provides it, or perhaps does.
std::vector<bool> SlotBuilder::Offered() const {
  std::vector<bool> offered(tags_.size());
  for (const Slot& slot : compiled_.problem.slots) {
    for (const Candidate& candidate : slot.candidates) {
      for (const TagId tag : candidate.provides) offered[static_cast<std::size_t>(tag)] = true;
    }
  }
  for (const auto& [certain, maybe] : catalog_.tags().requirement_tags().maybe_of()) {
    if (offered[static_cast<std::size_t>(maybe)]) offered[static_cast<std::size_t>(certain)] = true;
  }
  return offered;
}

// Removes candidates that no package can hold because nothing provides what they need, until
// nothing changes; smaller problems, and a reason that names the missing thing.
void SlotBuilder::RemoveUnsatisfiable() {
  bool changed = true;
  while (changed) {
    changed = false;
    const std::vector<bool> offered = Offered();
    for (std::size_t s = 0; s < compiled_.problem.slots.size(); ++s) {
      std::vector<Candidate>& candidates = compiled_.problem.slots[s].candidates;
      std::vector<Part>& parts = compiled_.parts[s];
      std::size_t kept = 0;
      for (std::size_t c = 0; c < candidates.size(); ++c) {
        const auto unmet = std::find_if(
            candidates[c].requires_.begin(), candidates[c].requires_.end(), [&](const auto& group) {
              return std::none_of(group.begin(), group.end(), [&](TagId tag) {
                return offered[static_cast<std::size_t>(tag)];
              });
            });
        if (unmet == candidates[c].requires_.end()) {
          if (kept != c) {
            candidates[kept] = std::move(candidates[c]);
            parts[kept] = std::move(parts[c]);
            if (s == kComputeSlot) accelerator_of_[kept] = accelerator_of_[c];
            if (s == kDeploymentSlot) compiled_.sites[kept] = std::move(compiled_.sites[c]);
          }
          ++kept;
          continue;
        }
        changed = true;
        if (parts[c].has_component) {
          rejections_.insert_or_assign(parts[c].component,
                                       Rejection{parts[c].component, "unmet_requirement", *unmet});
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
  SiteSet everywhere(sites);
  for (std::size_t s = 0; s < sites; ++s) everywhere.Insert(s);
  std::vector<SiteSet> places;
  std::vector<int> place_of_tag(tags_.size(), -1);
  const auto add_place = [&](TagId tag) -> SiteSet& {
    place_of_tag[static_cast<std::size_t>(tag)] = static_cast<int>(places.size());
    return places.emplace_back(sites);
  };
  places.reserve(sites + site_sets_.size());
  for (std::size_t s = 0; s < sites; ++s) add_place(site_tags_[s]).Insert(s);
  for (const auto& [members, tag] : site_sets_) {
    SiteSet& set = add_place(tag);
    for (const std::size_t s : members) set.Insert(s);
  }
  std::vector<OpenRequirement> open;
  std::vector<int> number(tags_.size(), -1);  // by tag, certain or maybe
  for (const auto& [certain, maybe] : catalog_.tags().requirement_tags().maybe_of()) {
    for (const TagId tag : {certain, maybe}) {
      number[static_cast<std::size_t>(tag)] = static_cast<int>(open.size());
    }
    open.push_back({certain, maybe, SiteSet(sites), SiteSet(sites)});
  }
  const auto find = [&](TagId tag) {
    const int found = number[static_cast<std::size_t>(tag)];
    return found < 0 ? nullptr : &open[static_cast<std::size_t>(found)];
  };
  for (const Slot& slot : compiled_.problem.slots) {
    for (const Candidate& candidate : slot.candidates) {
      const SiteSet* stands = &everywhere;
      for (const auto& group : candidate.requires_) {
        if (group.size() != 1) continue;
        const int place = place_of_tag[static_cast<std::size_t>(group.front())];
        if (place >= 0) stands = &places[static_cast<std::size_t>(place)];
      }
      for (const auto& group : candidate.requires_) {
        for (const TagId tag : group) {
          if (OpenRequirement* asked = find(tag)) asked->asked.InsertAll(*stands);
        }
      }
      for (const TagId tag : candidate.provides) {
        OpenRequirement* met = find(tag);
        if (met != nullptr && met->maybe == tag) met->perhaps_met.InsertAll(*stands);
      }
    }
  }
  for (const OpenRequirement& requirement : open) {
    if (!requirement.asked.Meets(requirement.perhaps_met)) continue;
    const std::string& name =
        catalog_.tags().requirements()[static_cast<std::size_t>(requirement.certain)];
    Slot slot;
    slot.name = "open: " + name;
    slot.choice = SlotChoice::kOptional;
    slot.distance_weight = 0;
    Candidate candidate;
    candidate.id = "assumed";
    candidate.provides = {requirement.certain};
    candidate.requires_ = {{requirement.maybe}};
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
