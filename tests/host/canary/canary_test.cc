// The canary in the real scanner: which layer stops which attempt, here and on a poorer kernel.
#include "host/canary/canary.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/personality.h>

#include <map>
#include <string>

#include "tests/support/process_census.h"

namespace stackport {
namespace {

using ::testing::AnyOf;
using ::testing::HasSubstr;

ScanSettings Settings(const std::string& missing = "") {
  ScanSettings settings;
  settings.scanner_path = DefaultScannerPath() + missing;
  // A second of CPU time took more than a minute on a machine with thirty others at work.
  settings.wall_time = std::chrono::minutes(10);
  return settings;
}

std::map<std::string, CanaryAttempt> ByName(const CanaryReport& report) {
  std::map<std::string, CanaryAttempt> attempts;
  for (const CanaryAttempt& attempt : report.attempts) attempts[attempt.name] = attempt;
  return attempts;
}

TEST(Canary, IsStoppedByTheLayerThatIsMeantToStopIt) {
  const std::size_t descriptors = OpenDescriptors();
  const auto report = RunCanary(Settings(), DefaultCanaryPath());
  ASSERT_TRUE(report) << report.error().ToString();
  EXPECT_EQ(report->attempts.size(), 20u);
  auto attempts = ByName(*report);
  for (const char* name : {"write-file", "connect-tcp", "connect-udp", "connect-unix", "fork",
                           "execute", "signal-host", "signal-host-by-descriptor", "trace-host",
                           "read-host-memory", "become-root"}) {
    EXPECT_EQ(attempts[name].guard, Guard::kSyscallFilter) << name << ": " << attempts[name].detail;
  }
  EXPECT_EQ(attempts["connect-udp"].detail, "socket refused");
  for (const char* name : {"hog-cpu", "hog-descriptors", "hog-threads"}) {
    EXPECT_EQ(attempts[name].guard, Guard::kLimits) << name << ": " << attempts[name].detail;
  }
#if !defined(__SANITIZE_ADDRESS__)  // a sanitizer build has no limit on address space
  EXPECT_EQ(attempts["hog-memory"].guard, Guard::kLimits) << attempts["hog-memory"].detail;
#endif
  for (const char* name : {"hog-output", "wait-for-ever", "tell-an-address"}) {
    EXPECT_EQ(attempts[name].guard, Guard::kHost) << name << ": " << attempts[name].detail;
  }
  if (report->AdmitsUntrustedLibraries()) {
    EXPECT_EQ(attempts["read-file"].guard, Guard::kLandlock);
    EXPECT_EQ(attempts["list-folder"].guard, Guard::kLandlock);
  }
  EXPECT_EQ(OpenDescriptors(), descriptors);
  EXPECT_FALSE(HasChildren());
}

TEST(Canary, SingsWhereALayerIsMissing) {
  const auto report = RunCanary(Settings("-without-landlock"), DefaultCanaryPath());
  ASSERT_TRUE(report) << report.error().ToString();
  EXPECT_FALSE(report->AdmitsUntrustedLibraries());
  EXPECT_FALSE(report->EveryAttemptStopped());
  auto attempts = ByName(*report);
  EXPECT_EQ(attempts["read-file"].guard, Guard::kNobody);
  EXPECT_EQ(attempts["read-file"].detail, "it was carried out");
  EXPECT_EQ(attempts["connect-tcp"].guard, Guard::kSyscallFilter);

  json::Document document;
  const json::Value value = ToJson(*report, document.GetAllocator());
  EXPECT_STREQ(value["untrusted_libraries"].GetString(), "refused");
  EXPECT_EQ(value["attempts"].Size(), 20u);
}

// A debugger switches the random layout off for whatever it starts.
TEST(Canary, SeesARandomLayoutEvenWhereTheHostHasNone) {
  constexpr unsigned long kAsk = 0xffffffff;
  const int before = personality(kAsk);
  ASSERT_GE(personality(static_cast<unsigned long>(before | ADDR_NO_RANDOMIZE)), 0);
  const auto report = RunCanary(Settings(), DefaultCanaryPath());
  personality(static_cast<unsigned long>(before));
  ASSERT_TRUE(report) << report.error().ToString();
  EXPECT_TRUE(ByName(*report)["tell-an-address"].stopped())
      << ByName(*report)["tell-an-address"].detail;
}

TEST(Canary, ThatIsMissingIsAnErrorThatNamesIt) {
  const auto report = RunCanary(Settings(), "/nonexistent/stackport-canary.so");
  ASSERT_FALSE(report);
  EXPECT_THAT(report.error().message, HasSubstr("/nonexistent/stackport-canary.so"));
}

}  // namespace
}  // namespace stackport
