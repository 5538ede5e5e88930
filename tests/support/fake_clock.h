// A clock that stands still until a test moves it.
#ifndef STACKPORT_TESTS_SUPPORT_FAKE_CLOCK_H_
#define STACKPORT_TESTS_SUPPORT_FAKE_CLOCK_H_

#include <mutex>
#include <string>
#include <utility>

#include "catalog/base/clock.h"

namespace stackport {

class FakeClock final : public Clock {
 public:
  explicit FakeClock(std::string now = "2026-01-01T00:00:00Z") : now_(std::move(now)) {}

  std::string NowUtc() const override {
    const std::lock_guard lock(mutex_);
    return now_;
  }
  void Set(std::string now) {
    const std::lock_guard lock(mutex_);
    now_ = std::move(now);
  }

 private:
  mutable std::mutex mutex_;
  std::string now_;
};

}  // namespace stackport

#endif  // STACKPORT_TESTS_SUPPORT_FAKE_CLOCK_H_
