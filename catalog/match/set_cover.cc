#include "catalog/match/set_cover.h"

#include <bit>

namespace stackport::match {

CoverWalk::CoverWalk(const std::vector<std::uint32_t>& covers, std::uint32_t full_cover,
                     int max_picks)
    : covers_(covers), full_(full_cover), max_picks_(max_picks), forbidden_(covers.size(), 0) {
  by_bit_.resize(static_cast<std::size_t>(std::bit_width(full_cover)));
  for (std::size_t candidate = 0; candidate < covers.size(); ++candidate) {
    for (std::size_t bit = 0; bit < by_bit_.size(); ++bit) {
      if ((covers[candidate] >> bit) & 1U) by_bit_[bit].push_back(static_cast<int>(candidate));
    }
  }
}

const std::vector<int>& CoverWalk::Next() const {
  return by_bit_[static_cast<std::size_t>(std::countr_zero(open()))];
}

bool CoverWalk::CanAdd(int candidate) const {
  const auto index = static_cast<std::size_t>(candidate);
  if (forbidden_[index] > 0 || static_cast<int>(members_.size()) >= max_picks_) return false;
  // Cover only grows, so a member without a bit of its own never gets one again.
  const std::uint32_t twice = twice_ | (once_ & covers_[index]);
  for (const int member : members_) {
    if ((covers_[static_cast<std::size_t>(member)] & ~twice) == 0) return false;
  }
  return (covers_[index] & ~twice) != 0;
}

void CoverWalk::Add(int candidate) {
  const std::uint32_t covers = covers_[static_cast<std::size_t>(candidate)];
  before_.push_back({once_, twice_});
  twice_ |= once_ & covers;
  once_ |= covers;
  members_.push_back(candidate);
}

void CoverWalk::Remove() {
  once_ = before_.back().once;
  twice_ = before_.back().twice;
  before_.pop_back();
  members_.pop_back();
}

namespace {

class Enumeration {
 public:
  Enumeration(CoverWalk* walk, const CoverLimits& limits, std::vector<std::vector<int>>* sets)
      : walk_(walk), limits_(limits), steps_left_(20LL * limits.max_sets), sets_(sets) {}

  // `product`: of the factors of the members so far.
  bool Run(std::int64_t product) {
    if (walk_->complete()) {
      if (static_cast<int>(sets_->size()) >= limits_.max_sets) return false;
      sets_->push_back(walk_->members());
      return true;
    }
    const std::vector<int>& next = walk_->Next();
    bool within = true;
    std::size_t tried = 0;
    for (; tried < next.size() && within; ++tried) {
      const std::int64_t with = product * limits_.factors[static_cast<std::size_t>(next[tried])];
      if (with <= limits_.largest_product && walk_->CanAdd(next[tried])) {
        if (--steps_left_ < 0) return false;
        walk_->Add(next[tried]);
        within = Run(with);
        walk_->Remove();
      }
      walk_->Forbid(next[tried]);
    }
    for (std::size_t i = 0; i < tried; ++i) walk_->Allow(next[i]);
    return within;
  }

 private:
  CoverWalk* walk_;
  const CoverLimits& limits_;
  std::int64_t steps_left_;
  std::vector<std::vector<int>>* sets_;
};

}  // namespace

bool EnumerateCovers(const std::vector<std::uint32_t>& covers, std::uint32_t full_cover,
                     const CoverLimits& limits, std::vector<std::vector<int>>* sets) {
  CoverWalk walk(covers, full_cover, limits.max_picks);
  return Enumeration(&walk, limits, sets).Run(1);
}

}  // namespace stackport::match
