#include "host/http/cancel_timer.h"

#include <gtest/gtest.h>

#include <chrono>
#include <thread>

namespace stackport::http {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;

void Await(const std::atomic<bool>& flag) {
  while (!flag) std::this_thread::sleep_for(milliseconds(1));
}

TEST(CancelTimer, CancelsWhatIsDueAndNothingElse) {
  CancelTimer timer;
  const auto late = timer.Watch(hours(1));
  const auto soon = timer.Watch(milliseconds(1));
  Await(soon->cancelled());
  EXPECT_FALSE(late->cancelled());
  const auto next = timer.Watch(milliseconds(1));
  Await(next->cancelled());
  EXPECT_FALSE(late->cancelled());
}

TEST(CancelTimer, CancelAllReachesLaterComputationsToo) {
  CancelTimer timer;
  const auto before = timer.Watch(hours(1));
  timer.CancelAll();
  EXPECT_TRUE(before->cancelled());
  EXPECT_TRUE(timer.Watch(hours(1))->cancelled());
}

}  // namespace
}  // namespace stackport::http
