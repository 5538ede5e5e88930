// Answers that need not be computed again: the same question to the same snapshot has the same
// bytes of answer.
#ifndef STACKPORT_HOST_HTTP_ANSWER_CACHE_H_
#define STACKPORT_HOST_HTTP_ANSWER_CACHE_H_

#include <cstddef>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>

#include "catalog/base/json.h"

namespace stackport::http {

// An answer of the bundled catalog takes about half a megabyte in memory.
inline constexpr std::size_t kMaxCachedAnswers = 64;

// Keeps the answers asked for last. Thread-safe.
class AnswerCache {
 public:
  using Answer = std::shared_ptr<const json::Document>;

  explicit AnswerCache(std::size_t capacity = kMaxCachedAnswers) : capacity_(capacity) {}

  // Null when it is not there.
  Answer Find(std::string_view question);
  // Replaces an answer to the same question.
  void Put(std::string question, Answer answer);

 private:
  using Entries = std::list<std::pair<std::string, Answer>>;

  const std::size_t capacity_;
  std::mutex mutex_;
  Entries entries_;  // the one asked for last first; guarded by mutex_
  std::map<std::string, Entries::iterator, std::less<>> by_question_;  // guarded by mutex_
};

}  // namespace stackport::http

#endif  // STACKPORT_HOST_HTTP_ANSWER_CACHE_H_
