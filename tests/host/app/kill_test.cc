// The host is killed at random moments while it admits and reloads plugins. Whatever the moment:
// the catalog opens and checks clean, every snapshot that was acknowledged is there, no note is
// laid at a plugin that was not under way, and no scanner outlives its host.
//
// 200 rounds by default; STACKPORT_KILL_ROUNDS and STACKPORT_KILL_SEED choose others.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "host/app/application.h"
#include "tests/support/plugin_folder_builder.h"

namespace stackport {
namespace {

namespace fs = std::filesystem;

// A catalog keeps its whole history, and a check reads all of it.
constexpr int kRoundsPerCatalog = 20;
constexpr int kDataPlugins = 3;
unsigned FromEnvironment(const char* name, unsigned fallback) {
  const char* text = std::getenv(name);
  return text ? static_cast<unsigned>(std::strtoul(text, nullptr, 10)) : fallback;
}

// What a host acknowledges on its pipe after each admission.
struct Acknowledged {
  int version = 0;
  char snapshot[24] = {};
};

class Workshop {
 public:
  Workshop() {
    fs::create_directory(plugins());
    fs::copy(std::string(STACKPORT_TEST_PLUGINS) + "/example-honest.stackport",
             plugins() + "/example-honest.stackport", fs::copy_options::recursive);
  }

  std::string catalog() const { return folder_ / "catalog.db"; }
  std::string plugins() const { return folder_ / "plugins"; }

  Result<std::unique_ptr<Application>> Open() const {
    ApplicationSettings settings;
    settings.catalog_path = catalog();
    settings.plugin_folders = {plugins()};
    return Application::Open(std::move(settings), clock_);
  }

  // Version n of every plugin. The library's manifest has new bytes each time, so that it is
  // scanned each time.
  void Write(int n) const {
    for (int i = 0; i < kDataPlugins; ++i) {
      const std::string id = "example-p" + std::to_string(i);
      PluginFolderBuilder(id)
          .Version(std::to_string(n) + ".0.0")
          .Document("a.json", ServerDocument("example/p" + std::to_string(i),
                                             "Version " + std::to_string(n) + "."))
          .WriteTo(plugins());
    }
    // White space that spells the number makes other bytes of the same manifest.
    std::string number;
    for (int bit = 0; bit < 31; ++bit) number += (n >> bit & 1) != 0 ? ' ' : '\t';
    WriteFile(
        plugins() + "/example-honest.stackport/manifest.json",
        ReadFile(std::string(STACKPORT_TEST_PLUGINS) + "/example-honest.stackport/manifest.json") +
            number);
  }

  // Admits version after version, and acknowledges each, until somebody kills it.
  [[noreturn]] void BeAHost(int first, int pipe_end) const {
    const auto application = Open();
    if (!application) _exit(1);
    for (int n = first;; ++n) {
      Write(n);
      const auto report = (*application)->Admit();
      if (!report) _exit(2);
      Acknowledged message;
      message.version = n;
      report->snapshot->id.copy(message.snapshot, sizeof message.snapshot - 1);
      if (write(pipe_end, &message, sizeof message) != sizeof message) _exit(3);
    }
  }

 private:
  TempFolder folder_;
  SystemClock clock_;
};

std::vector<Acknowledged> Drain(int pipe_end) {
  std::vector<Acknowledged> messages;
  Acknowledged message;
  while (read(pipe_end, &message, sizeof message) == sizeof message) messages.push_back(message);
  return messages;
}

// A scanner that lost its host becomes our child and ends by itself; one that stays fails the test
// by its time limit.
void BuryOrphans() {
  while (waitpid(-1, nullptr, 0) > 0 || errno == EINTR) {
  }
}

void ExpectSound(const Workshop& workshop, const std::vector<Acknowledged>& acknowledged) {
  const auto application = workshop.Open();
  ASSERT_TRUE(application) << application.error().ToString();
  CatalogStore& store = (*application)->store();
  const auto check = store.Check();
  ASSERT_TRUE(check);
  for (const Finding& finding : check->findings) ADD_FAILURE() << ToText(finding);
  for (const Acknowledged& message : acknowledged) {
    EXPECT_TRUE(store.Read(message.snapshot)) << "acknowledged version " << message.version;
  }
  // No more than what was under way: every plugin at once, at most.
  EXPECT_LE(store.UnfinishedSteps()->size(), static_cast<std::size_t>(kDataPlugins + 1));
  if (acknowledged.empty()) return;
  const int last = acknowledged.back().version;
  for (const PluginRecord& plugin : (*application)->snapshot()->plugins) {
    if (plugin.id == "example-honest") continue;
    const int version = std::atoi(plugin.version.c_str());
    EXPECT_GE(version, last) << plugin.id << ": an acknowledged version is lost";
    EXPECT_LE(version, last + 1);
  }
}

// How long a host takes to its first acknowledgement, on this machine and now.
useconds_t TimeToFirstAcknowledgement() {
  const Workshop workshop;
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) return 0;
  const auto start = std::chrono::steady_clock::now();
  const pid_t host = fork();
  if (host == 0) workshop.BeAHost(1, ends[1]);
  close(ends[1]);
  Acknowledged message;
  EXPECT_EQ(read(ends[0], &message, sizeof message), static_cast<ssize_t>(sizeof message));
  const auto taken = std::chrono::steady_clock::now() - start;
  kill(host, SIGKILL);
  waitpid(host, nullptr, 0);
  close(ends[0]);
  BuryOrphans();
  return static_cast<useconds_t>(
      std::chrono::duration_cast<std::chrono::microseconds>(taken).count());
}

TEST(KilledHost, LosesNothingItAcknowledgedAndLeavesASoundCatalog) {
  const unsigned rounds = FromEnvironment("STACKPORT_KILL_ROUNDS", 200);
  const unsigned seed = FromEnvironment("STACKPORT_KILL_SEED", 20261123);
  std::mt19937 random(seed);
  ASSERT_EQ(prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0), 0);
  // Half of the hosts die before their first acknowledgement, the others in the rounds after it.
  std::uniform_int_distribution<useconds_t> life(0, 2 * TimeToFirstAcknowledgement());
  std::unique_ptr<Workshop> workshop;
  std::size_t all_acknowledged = 0;
  for (unsigned round = 0; round < rounds && !::testing::Test::HasFailure(); ++round) {
    if (round % kRoundsPerCatalog == 0) workshop = std::make_unique<Workshop>();
    SCOPED_TRACE("round " + std::to_string(round) + ", seed " + std::to_string(seed));
    int ends[2];
    ASSERT_EQ(pipe2(ends, O_CLOEXEC), 0);
    const pid_t host = fork();
    ASSERT_GE(host, 0);
    if (host == 0) workshop->BeAHost(static_cast<int>(round) * 1000 + 1, ends[1]);
    close(ends[1]);
    usleep(life(random));
    kill(host, SIGKILL);
    int status = 0;
    ASSERT_EQ(waitpid(host, &status, 0), host);
    EXPECT_TRUE(WIFSIGNALED(status)) << "the host ended with code " << WEXITSTATUS(status);
    BuryOrphans();
    const std::vector<Acknowledged> acknowledged = Drain(ends[0]);
    close(ends[0]);
    all_acknowledged += acknowledged.size();
    ExpectSound(*workshop, acknowledged);
  }
  EXPECT_GT(all_acknowledged, 0u) << "no host lived long enough to acknowledge anything";
  RecordProperty("acknowledged", static_cast<int>(all_acknowledged));
}

}  // namespace
}  // namespace stackport
