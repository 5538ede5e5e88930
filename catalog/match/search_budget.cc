#include "catalog/match/search_budget.h"

namespace stackport::match {
namespace {

// The clock and the cancel flag are looked at once in so many nodes: about every 0.3 ms.
constexpr std::int64_t kNodesBetweenChecks = 512;

// Additions in the search for multipliers that take as long as one node.
constexpr std::int64_t kWorkPerNode = 1'000;

}  // namespace

SearchBudget::SearchBudget(const SearchOptions& options) : options_(options) {
  if (options.deadline) end_ = std::chrono::steady_clock::now() + *options.deadline;
}

bool SearchBudget::Spend() {
  if (exhausted_) return false;
  if (options_.max_nodes && nodes_ >= *options_.max_nodes) exhausted_ = true;
  if (--until_check_ <= 0) {
    until_check_ = kNodesBetweenChecks;
    if (OutOfTime()) exhausted_ = true;
  }
  if (exhausted_) return false;
  ++nodes_;
  return true;
}

void SearchBudget::AddWork(std::int64_t additions) {
  until_check_ -= additions / kWorkPerNode;
}

bool SearchBudget::OutOfTime() {
  if (out_of_time_) return true;
  const bool cancelled =
      options_.cancel != nullptr && options_.cancel->load(std::memory_order_relaxed);
  out_of_time_ = cancelled || (options_.deadline && std::chrono::steady_clock::now() >= end_);
  if (out_of_time_) exhausted_ = true;
  return out_of_time_;
}

}  // namespace stackport::match
