#include "host/admission/parallel.h"

#include <algorithm>
#include <atomic>
#include <map>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

namespace stackport {

Status RunOnThreads(std::size_t jobs, std::size_t threads,
                    const std::function<Status(std::size_t)>& work) {
  std::atomic<std::size_t> next = 0;
  std::atomic<bool> failed = false;
  std::mutex mutex;
  std::map<std::size_t, Error> errors;  // guarded by mutex
  const auto run = [&] {
    while (!failed) {
      const std::size_t job = next++;
      if (job >= jobs) return;
      Status status = work(job);
      if (status) continue;
      failed = true;
      const std::lock_guard lock(mutex);
      errors.emplace(job, std::move(status).error());
    }
  };
  {
    std::vector<std::jthread> helpers;
    for (std::size_t i = 1; i < std::min(threads, jobs); ++i) helpers.emplace_back(run);
    run();
  }
  return errors.empty() ? Status() : Status(errors.begin()->second);
}

}  // namespace stackport
