// Sweeps that clients started: each runs beside the server, tells how far it is, and can be
// cancelled.
#ifndef STACKPORT_HOST_HTTP_SWEEP_JOBS_H_
#define STACKPORT_HOST_HTTP_SWEEP_JOBS_H_

#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "catalog/base/json.h"
#include "catalog/base/result.h"

namespace stackport::http {

// A sweep takes the machine's spare cores, so they run one at a time.
inline constexpr std::size_t kMaxWaitingSweeps = 4;
// Finished sweeps that can still be read; of all countries each is some 300 KB.
inline constexpr std::size_t kMaxKeptSweeps = 16;

// What a sweep tells and is told while it runs.
struct SweepControl {
  std::function<void(std::size_t done, std::size_t total)> progress;
  const std::atomic<bool>* cancel = nullptr;
};

// Thread-safe.
class SweepJobs {
 public:
  // Computes the whole answer.
  using Work = std::function<Result<json::Document>(const SweepControl& control)>;

  SweepJobs();
  // Cancels what runs or waits.
  ~SweepJobs();
  SweepJobs(const SweepJobs&) = delete;
  SweepJobs& operator=(const SweepJobs&) = delete;

  // The new sweep's id, "w-1", …; nothing when kMaxWaitingSweeps wait already.
  std::optional<std::string> Start(Work work);

  // {"id", "state": "waiting" | "running" | "done" | "cancelled" | "failed", "done", "total",
  // "problem"?, "result"?}; nothing for an id that never was or is no longer kept.
  std::optional<json::Document> Describe(std::string_view id) const;

  // Ends it soon; false for an unknown id. A sweep that has ended stays as it is.
  bool Cancel(std::string_view id);

  // Cancels all, those that begin later included.
  void CancelAll();

 private:
  struct Job;

  void Loop();
  std::shared_ptr<Job> Find(std::string_view id) const;

  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::shared_ptr<Job>> jobs_;  // oldest first; guarded by mutex_, as their states are
  std::deque<std::shared_ptr<Job>> waiting_;  // guarded by mutex_
  std::uint64_t started_ = 0;                 // guarded by mutex_
  bool ending_ = false;                       // guarded by mutex_
  std::thread thread_;
};

}  // namespace stackport::http

#endif  // STACKPORT_HOST_HTTP_SWEEP_JOBS_H_
