// One process at a time admits plugins into a catalog.
#include "host/app/admission_lock.h"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <csignal>
#include <string>

#include "tests/support/temp_folder.h"

namespace stackport {
namespace {

TEST(AdmissionLock, IsHeldByOneAndWaitedForByTheOther) {
  TempFolder folder;
  const std::string catalog = folder / "catalog.db";
  std::atomic<bool> cancel = false;
  {
    const auto first = AdmissionLock::Acquire(catalog, nullptr);
    ASSERT_TRUE(first);
    cancel = true;
    const auto second = AdmissionLock::Acquire(catalog, &cancel);
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().code, ErrorCode::kUnavailable);
  }
  EXPECT_TRUE(AdmissionLock::Acquire(catalog, &cancel)) << "it is free again, so nobody waits";
}

TEST(AdmissionLock, ADeadHolderLetsGo) {
  TempFolder folder;
  const std::string catalog = folder / "catalog.db";
  int ends[2];
  ASSERT_EQ(pipe(ends), 0);
  const pid_t child = fork();
  if (child == 0) {
    const auto held = AdmissionLock::Acquire(catalog, nullptr);
    const char byte = held ? 'y' : 'n';
    [[maybe_unused]] const auto written = write(ends[1], &byte, 1);
    for (;;) pause();
  }
  char byte = 0;
  ASSERT_EQ(read(ends[0], &byte, 1), 1);
  EXPECT_EQ(byte, 'y');
  kill(child, SIGKILL);
  waitpid(child, nullptr, 0);
  EXPECT_TRUE(AdmissionLock::Acquire(catalog, nullptr));
  close(ends[0]);
  close(ends[1]);
}

TEST(AdmissionLock, AFolderThatIsMissingIsNamed) {
  const auto lock = AdmissionLock::Acquire("/nonexistent/catalog.db", nullptr);
  ASSERT_FALSE(lock);
  EXPECT_NE(lock.error().ToString().find("/nonexistent/catalog.db.admission"), std::string::npos);
}

}  // namespace
}  // namespace stackport
