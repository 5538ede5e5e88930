#include "host/http/cancel_timer.h"

namespace stackport::http {

using Clock = std::chrono::steady_clock;

CancelTimer::Ticket::Ticket(CancelTimer& timer, Clock::time_point due) : timer_(timer) {
  {
    const std::lock_guard lock(timer_.mutex_);
    cancelled_ = timer_.all_cancelled_;
    position_ = timer_.watched_.emplace(due, this);
  }
  timer_.changed_.notify_one();
}

CancelTimer::Ticket::~Ticket() {
  const std::lock_guard lock(timer_.mutex_);
  timer_.watched_.erase(position_);
}

CancelTimer::CancelTimer() : thread_([this] { Loop(); }) {}

CancelTimer::~CancelTimer() {
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
  }
  changed_.notify_one();
  thread_.join();
}

std::unique_ptr<CancelTimer::Ticket> CancelTimer::Watch(std::chrono::milliseconds allowed) {
  return std::unique_ptr<Ticket>(new Ticket(*this, Clock::now() + allowed));
}

void CancelTimer::CancelAll() {
  const std::lock_guard lock(mutex_);
  all_cancelled_ = true;
  for (const auto& [due, ticket] : watched_) ticket->cancelled_ = true;
}

void CancelTimer::Loop() {
  std::unique_lock lock(mutex_);
  while (!ending_) {
    const Clock::time_point now = Clock::now();
    auto next = watched_.begin();
    // Overdue tickets stay until their owners drop them, so the first one not yet due counts.
    for (; next != watched_.end() && next->first <= now; ++next) next->second->cancelled_ = true;
    if (next == watched_.end()) {
      changed_.wait(lock);
    } else {
      changed_.wait_until(lock, next->first);
    }
  }
}

}  // namespace stackport::http
