// Cancels computations that run past their time, or all of them at once.
#ifndef STACKPORT_HOST_HTTP_CANCEL_TIMER_H_
#define STACKPORT_HOST_HTTP_CANCEL_TIMER_H_

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <map>
#include <memory>
#include <mutex>
#include <thread>

namespace stackport::http {

// Thread-safe. Must outlive its tickets.
class CancelTimer {
 public:
  CancelTimer();
  ~CancelTimer();
  CancelTimer(const CancelTimer&) = delete;
  CancelTimer& operator=(const CancelTimer&) = delete;

  // One computation under watch, until the ticket dies.
  class Ticket {
   public:
    ~Ticket();
    Ticket(const Ticket&) = delete;
    Ticket& operator=(const Ticket&) = delete;
    // Becomes true when the computation should end.
    const std::atomic<bool>& cancelled() const { return cancelled_; }

   private:
    friend class CancelTimer;
    Ticket(CancelTimer& timer, std::chrono::steady_clock::time_point due);

    CancelTimer& timer_;
    std::atomic<bool> cancelled_ = false;
    std::multimap<std::chrono::steady_clock::time_point, Ticket*>::iterator position_;
  };

  std::unique_ptr<Ticket> Watch(std::chrono::milliseconds allowed);

  // Cancels every computation, those that begin later included.
  void CancelAll();

 private:
  void Loop();

  std::mutex mutex_;
  std::condition_variable changed_;
  std::multimap<std::chrono::steady_clock::time_point, Ticket*> watched_;
  bool all_cancelled_ = false;
  bool ending_ = false;
  std::thread thread_;
};

}  // namespace stackport::http

#endif  // STACKPORT_HOST_HTTP_CANCEL_TIMER_H_
