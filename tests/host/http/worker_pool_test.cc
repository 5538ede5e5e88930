#include "host/http/worker_pool.h"

#include <gtest/gtest.h>

#include <atomic>
#include <latch>

namespace stackport::http {
namespace {

TEST(WorkerPool, QueueHoldsUpToItsLimit) {
  std::latch started(1), release(1);
  std::atomic<int> done = 0;
  WorkerPool pool(1, 2);
  ASSERT_TRUE(pool.Submit([&] {
    started.count_down();
    release.wait();
    ++done;
  }));
  started.wait();
  EXPECT_TRUE(pool.Submit([&] { ++done; }));
  EXPECT_TRUE(pool.Submit([&] { ++done; }));
  EXPECT_FALSE(pool.Submit([&] { ++done; }));
  release.count_down();
  pool.Stop();
  EXPECT_EQ(done, 3);
  EXPECT_FALSE(pool.Submit([&] { ++done; }));
}

}  // namespace
}  // namespace stackport::http
