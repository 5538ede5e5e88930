// A host that serves while hostile plugins are admitted: every request is answered, the honest
// plugin gets in, and nothing is left behind.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <malloc.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <string>
#include <thread>
#include <vector>

#include "host/admission/admit_all.h"
#include "host/http/catalog_source.h"
#include "host/http/server.h"
#include "tests/host/http/http_test_support.h"
#include "tests/hostile/crime_scene.h"
#include "tests/support/fake_clock.h"
#include "tests/support/process_census.h"
#include "tests/support/temp_folder.h"

namespace stackport {
namespace {

using ::testing::HasSubstr;

// None of them needs more than a moment.
const std::vector<std::string> kQuickCrimes = {"null-write",
                                               "load-null-write",
                                               "stack-overflow",
                                               "abort",
                                               "load-throws",
                                               "exit-zero",
                                               "fork-bomb",
                                               "load-fork-bomb",
                                               "execute",
                                               "tcp",
                                               "udp",
                                               "unix-socket",
                                               "writes-file",
                                               "deletes-file",
                                               "kills-host",
                                               "kills-all",
                                               "traces-host",
                                               "floods-output",
                                               "closes-reply",
                                               "floods-descriptors",
                                               "forges-reply",
                                               "forges-layers",
                                               "gigabyte-reply",
                                               "half-a-reply",
                                               "huge-document",
                                               "invalid-utf8",
                                               "deep-json",
                                               "foreign-namespace",
                                               "duplicate-ids",
                                               "wrong-abi",
                                               "wrong-magic",
                                               "no-core-table",
                                               "wild-table",
                                               "reports-error",
                                               "missing-symbol",
                                               "tells-address-of-code"};

class Orphanage : public ::testing::Environment {
 public:
  // Whatever outlives its parent becomes a child of this process, and is counted.
  void SetUp() override { prctl(PR_SET_CHILD_SUBREAPER, 1); }
};
[[maybe_unused]] const auto* const kOrphanage = ::testing::AddGlobalTestEnvironment(new Orphanage);

// The server over a real catalog in a folder of its own.
class ServingHost {
 public:
  ServingHost()
      : store_(*CatalogStore::Open(folder_ / "catalog.db", OpenMode::kCreateIfMissing, clock_)),
        source_(http::MakeStoreCatalogSource(*store_, CountryIndex::Builtin())) {
    http::HttpServerOptions options;
    options.port = 0;
    server_ = *http::HttpServer::Bind(std::move(options), *source_, matching_, plugins_);
    thread_ = std::thread([this] { EXPECT_TRUE(server_->Run().ok()); });
  }
  ~ServingHost() {
    server_->Stop();
    thread_.join();
  }
  ServingHost(const ServingHost&) = delete;
  ServingHost& operator=(const ServingHost&) = delete;

  std::string Get(const std::string& target) const {
    return http::Exchange(server_->port(), "GET " + target +
                                               " HTTP/1.1\r\nHost: localhost\r\n"
                                               "Connection: close\r\n\r\n");
  }
  CatalogStore& store() { return *store_; }
  std::string folder() const { return folder_.path(); }

 private:
  TempFolder folder_;
  FakeClock clock_;
  std::unique_ptr<CatalogStore> store_;
  std::unique_ptr<http::CatalogSource> source_;
  http::FakeMatching matching_;
  http::FakePlugins plugins_;
  std::unique_ptr<http::HttpServer> server_;
  std::thread thread_;
};

TEST(Host, ServesThroughoutAndKeepsNothingOfTheHostile) {
  const std::size_t descriptors = OpenDescriptors();
  {
    ServingHost host;
    const std::string plugins = host.folder() + "/plugins";
    std::vector<std::string> names = kQuickCrimes;
    names.emplace_back("honest");
    for (const std::string& name : names) {
      std::filesystem::create_directories(plugins);
      std::filesystem::copy(PathOfCrime(name), plugins + "/example-" + name + ".stackport",
                            std::filesystem::copy_options::recursive);
    }

    int answered = 0;
    std::string worst;
    Result<AdmitAllReport> admitted = Internal("not run");
    {
      std::atomic<bool> over = false;
      std::jthread admission([&] {
        const PluginSource source{plugins, CrimeSettings().trust};
        AdmitAllSettings settings;
        settings.scan = CrimeSettings().scan;
        admitted = AdmitAll({&source, 1}, host.store(), settings);
        over = true;
      });
      while (!over || answered < 3) {
        const std::string answer = host.Get(answered % 2 == 0 ? "/healthz" : "/v1/components");
        if (http::StatusOf(answer) != 200) worst = answer;
        ++answered;
      }
    }
    EXPECT_EQ(worst, "") << "every request was answered";
    ASSERT_TRUE(admitted) << admitted.error().ToString();
    for (const AdmissionReport& report : admitted->plugins) {
      EXPECT_EQ(report.refused(), report.plugin.id != "example-honest") << ToText(report);
    }
    EXPECT_EQ(admitted->plugins.size(), names.size());
    EXPECT_THAT(host.Get("/v1/components"), HasSubstr("\"example/x8\""));
    EXPECT_THAT(host.Get("/v1/plugins"), HasSubstr("example-kills-host"));
  }
  EXPECT_EQ(OpenDescriptors(), descriptors);
  EXPECT_FALSE(HasChildren());
}

#if !defined(__SANITIZE_ADDRESS__)  // a sanitizer keeps freed memory for a while
std::size_t ResidentBytes() {
  malloc_trim(0);
  std::size_t all = 0;
  std::size_t resident = 0;
  std::ifstream("/proc/self/statm") >> all >> resident;
  return resident * static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
}

TEST(Host, DoesNotGrow) {
  const auto admit_all = [] {
    for (const std::string& crime : kQuickCrimes) AdmitFolder(PathOfCrime(crime), CrimeSettings());
  };
  admit_all();  // what is made once and kept
  const std::size_t before = ResidentBytes();
  for (int round = 0; round < 2; ++round) admit_all();
  // A report kept for each of the 72 admissions, or one reply of 64 MiB, would pass it.
  constexpr std::size_t kNoise = std::size_t{2} << 20;
  EXPECT_LT(ResidentBytes(), before + kNoise);
}
#endif

// The parent of a process, as the kernel tells it; 0 when it has ended.
pid_t ParentOf(const std::filesystem::path& process) {
  std::ifstream file(process / "stat");
  std::string text;
  std::getline(file, text);
  const std::size_t name_end = text.rfind(") ");
  if (name_end == std::string::npos) return 0;
  return static_cast<pid_t>(std::strtol(text.c_str() + name_end + 4, nullptr, 10));
}

bool HasChild(pid_t parent) {
  for (const auto& process : std::filesystem::directory_iterator("/proc")) {
    if (process.path().filename().string().find_first_not_of("0123456789") == std::string::npos &&
        ParentOf(process.path()) == parent) {
      return true;
    }
  }
  return false;
}

// The scanner's plugin sleeps for ever; only the kernel's parent-death signal ends it in time.
TEST(Host, ThatIsKilledTakesItsScannerAlong) {
  const pid_t host = fork();
  ASSERT_GE(host, 0);
  if (host == 0) {
    AdmitFolder(PathOfCrime("sleep"), CrimeSettings());
    _exit(0);
  }
  while (!HasChild(host)) std::this_thread::sleep_for(std::chrono::milliseconds(5));
  // Confined by now or not: the scanner looks for its parent after it has asked for the signal.
  ASSERT_EQ(kill(host, SIGKILL), 0);
  ASSERT_EQ(waitpid(host, nullptr, 0), host);
  int status = 0;
  const pid_t scanner = waitpid(-1, &status, 0);
  EXPECT_GT(scanner, 0) << "the orphan is ours now, and ended";
  EXPECT_FALSE(HasChildren());
}

}  // namespace
}  // namespace stackport
