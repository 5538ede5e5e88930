// A process that changes the catalog is killed at random moments. Whatever the moment, the catalog
// opens, checks clean, and holds every acknowledged change; the one in flight is there whole or not
// at all.
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <random>
#include <string>

#include "tests/catalog/store/sample_plugins.h"

namespace stackport {
namespace {

constexpr int kRounds = 20;
constexpr int kChangesPerRound = 400;  // more than a child manages before it is killed
constexpr int kComponents = 8;

// Version n of the plugin: every component names n, so that a mixture of two versions would show.
AdmittedPlugin Version(int n) {
  std::vector<Component> components;
  for (int i = 0; i < kComponents; ++i) {
    components.push_back(SampleComponent("acme/part" + std::to_string(i),
                                         "Part of version " + std::to_string(n) + "."));
  }
  return SamplePlugin("acme-parts", std::to_string(n), std::move(components));
}

// Applies versions first, first + 1, ... and acknowledges each on the pipe.
[[noreturn]] void RunChild(const std::string& path, int first, int acknowledge) {
  FakeClock clock;
  auto store = CatalogStore::Open(path, OpenMode::kMustExist, clock);
  if (!store.ok()) ::_exit(1);
  for (int n = first; n < first + kChangesPerRound; ++n) {
    if (!(*store)->ApplyChange(Put(Version(n))).ok()) ::_exit(2);
    if (::write(acknowledge, &n, sizeof n) != sizeof n) ::_exit(3);
  }
  ::_exit(0);
}

// The last version the child acknowledged, or `before` when it acknowledged none.
int DrainAcknowledged(int from, int before) {
  int n = 0;
  while (::read(from, &n, sizeof n) == sizeof n) before = n;
  return before;
}

TEST(CrashTest, NothingAcknowledgedIsLostAndNothingIsHalfWritten) {
  TemporaryFolder folder;
  const std::string path = folder.File("catalog.db");
  FakeClock clock;
  {
    auto store = CatalogStore::Open(path, OpenMode::kCreateIfMissing, clock);
    ASSERT_TRUE(store.ok());
    ASSERT_TRUE((*store)->ApplyChange(Put(Version(0))).ok());
  }
  std::mt19937 random(20251123);
  std::uniform_int_distribution<int> microseconds(1000, 150000);
  int acknowledged = 0;
  int killed_at_work = 0;
  for (int round = 0; round < kRounds; ++round) {
    int ends[2];
    ASSERT_EQ(::pipe(ends), 0);
    const pid_t child = ::fork();
    ASSERT_GE(child, 0);
    if (child == 0) {
      ::close(ends[0]);
      RunChild(path, acknowledged + 1, ends[1]);
    }
    ::close(ends[1]);
    ::usleep(static_cast<useconds_t>(microseconds(random)));
    ::kill(child, SIGKILL);
    int status = 0;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    if (WIFSIGNALED(status)) ++killed_at_work;
    ASSERT_TRUE(WIFSIGNALED(status) || WEXITSTATUS(status) == 0) << WEXITSTATUS(status);
    const int last = DrainAcknowledged(ends[0], acknowledged);
    ::close(ends[0]);

    auto store = CatalogStore::Open(path, OpenMode::kMustExist, clock);
    ASSERT_TRUE(store.ok()) << store.error().ToString();
    const SnapshotPtr current = *(*store)->Current();
    ASSERT_EQ(current->plugins.size(), 1u);
    const int version = std::stoi(current->plugins[0].version);
    EXPECT_GE(version, last) << "an acknowledged change is lost";
    EXPECT_LE(version, last + 1);
    ASSERT_EQ(current->components.size(), static_cast<std::size_t>(kComponents));
    for (const Component& component : current->components) {
      EXPECT_EQ(component.summary, "Part of version " + std::to_string(version) + ".");
    }
    EXPECT_EQ(current->id, MakeSnapshot(
                               {Version(version).record},
                               [&] {
                                 std::vector<std::pair<std::string, Component>> parts;
                                 for (Component& part : Version(version).components) {
                                   parts.emplace_back("acme-parts", std::move(part));
                                 }
                                 return parts;
                               }(),
                               "")
                               ->id);
    // The history reaches back to the start without a gap; every row of it is checked at the end.
    EXPECT_TRUE((*store)->VerifyJournal().ok());
    EXPECT_EQ((*store)->Search("version", 100)->size(), static_cast<std::size_t>(kComponents));
    acknowledged = version;
  }
  EXPECT_GT(killed_at_work, 0);
  EXPECT_GT(acknowledged, 0) << "no child lived long enough to change anything";
  auto store = CatalogStore::Open(path, OpenMode::kMustExist, clock);
  const CheckReport report = *(*store)->Check();
  for (const Finding& finding : report.findings) ADD_FAILURE() << ToText(finding);
}

}  // namespace
}  // namespace stackport
