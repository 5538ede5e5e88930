#include "host/http/answer_cache.h"

namespace stackport::http {

AnswerCache::Answer AnswerCache::Find(std::string_view question) {
  const std::lock_guard lock(mutex_);
  const auto found = by_question_.find(question);
  if (found == by_question_.end()) return nullptr;
  entries_.splice(entries_.begin(), entries_, found->second);
  return found->second->second;
}

void AnswerCache::Put(std::string question, Answer answer) {
  const std::lock_guard lock(mutex_);
  if (const auto found = by_question_.find(question); found != by_question_.end()) {
    entries_.erase(found->second);
    by_question_.erase(found);
  }
  entries_.emplace_front(question, std::move(answer));
  by_question_.emplace(std::move(question), entries_.begin());
  while (entries_.size() > capacity_) {
    by_question_.erase(entries_.back().first);
    entries_.pop_back();
  }
}

}  // namespace stackport::http
