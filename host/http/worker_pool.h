// A few threads and a bounded queue before them.
#ifndef STACKPORT_HOST_HTTP_WORKER_POOL_H_
#define STACKPORT_HOST_HTTP_WORKER_POOL_H_

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace stackport::http {

// Thread-safe.
class WorkerPool {
 public:
  // Requires: threads >= 1. Throws std::system_error when the system has no threads left. At most
  // `max_waiting` jobs wait at a time.
  WorkerPool(std::size_t threads, std::size_t max_waiting);
  ~WorkerPool();  // as Stop

  // False when the queue is full or the pool stops; the job is then dropped. Jobs must not throw.
  bool Submit(std::function<void()> job);

  // Runs what waits, and returns when the last job is done.
  void Stop();

 private:
  void Work();

  const std::size_t max_waiting_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::function<void()>> waiting_;
  bool stopping_ = false;
  std::vector<std::jthread> threads_;
};

}  // namespace stackport::http

#endif  // STACKPORT_HOST_HTTP_WORKER_POOL_H_
