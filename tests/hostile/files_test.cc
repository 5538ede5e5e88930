// Hostile folders: what lies there is no library, no file, or not what it was a moment ago.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <filesystem>
#include <string>
#include <thread>

#include "tests/hostile/crime_scene.h"
#include "tests/support/plugin_folder_builder.h"

namespace stackport {
namespace {

using ::testing::AnyOf;
using ::testing::HasSubstr;

// The bytes of a fixture plugin's library.
std::string LibraryOf(const std::string& crime) {
  return ReadFile(PathOfCrime(crime) + "/example-" + crime + ".so");
}

// The verdict on a library of these bytes.
AdmissionReport AdmitLibrary(std::string bytes) {
  const TempFolder folder;
  const std::string path =
      PluginFolderBuilder("example-honest").Library(std::move(bytes)).WriteTo(folder.path());
  return AdmitFolder(path, CrimeSettings());
}

void ExpectNotLoadable(const AdmissionReport& report) {
  EXPECT_EQ(report.outcome, AdmissionOutcome::kRefused);
  ASSERT_TRUE(report.evidence) << ToText(report);
  EXPECT_EQ(ScanOutcomeName(report.evidence->outcome), "rejected") << ToText(report);
  EXPECT_THAT(report.evidence->explanation, HasSubstr("the library cannot be loaded"));
  EXPECT_EQ(report.evidence->stage, scanner::Stage::kLoad);
}

TEST(HostileFile, ThatIsNoLibraryIsRefused) {
  ExpectNotLoadable(AdmitLibrary("not ELF"));
  ExpectNotLoadable(AdmitLibrary(std::string(4096, '\0')));
  ExpectNotLoadable(AdmitLibrary("#!/bin/sh\ntouch /tmp/x\n"));
}

TEST(HostileFile, ThatIsTheStartOfALibraryIsRefused) {
  const std::string whole = LibraryOf("honest");
  for (const std::size_t bytes : {std::size_t{64}, std::size_t{500}, std::size_t{4096}}) {
    SCOPED_TRACE(bytes);
    const AdmissionReport report = AdmitLibrary(whole.substr(0, bytes));
    EXPECT_EQ(report.outcome, AdmissionOutcome::kRefused);
    ASSERT_TRUE(report.evidence);
    // Either the linker notices, or a page that is not there is touched.
    EXPECT_THAT(ScanOutcomeName(report.evidence->outcome), AnyOf("rejected", "crashed"));
  }
}

TEST(HostileFile, WithAWildHeaderIsRefused) {
  const std::string honest = LibraryOf("honest");
  // Number and size of section and program headers, and where they lie: e_phoff, e_shoff, e_phnum.
  for (const std::size_t field : {std::size_t{32}, std::size_t{40}, std::size_t{56}}) {
    SCOPED_TRACE(field);
    std::string bytes = honest;
    bytes.replace(field, 2, "\xff\xff");
    const AdmissionReport report = AdmitLibrary(bytes);
    ASSERT_TRUE(report.evidence);
    if (field != 40) {
      EXPECT_EQ(report.outcome, AdmissionOutcome::kRefused);
    }
  }
}

TEST(HostileFile, ThatIsAFifoIsRefusedWithoutWaiting) {
  const TempFolder folder;
  const std::string path =
      PluginFolderBuilder("example-honest").Library(LibraryOf("honest")).WriteTo(folder.path());
  const std::string library = path + "/example-honest.so";
  std::filesystem::remove(library);
  ASSERT_EQ(mkfifo(library.c_str(), 0666), 0);
  const AdmissionReport report = AdmitFolder(path, CrimeSettings());
  EXPECT_EQ(report.outcome, AdmissionOutcome::kRefused);
  EXPECT_FALSE(report.evidence) << "nothing was loaded";
  EXPECT_THAT(ToText(report), HasSubstr("is a FIFO"));
}

TEST(HostileFile, ThatIsASymbolicLinkIsRefused) {
  const TempFolder folder;
  const std::string path =
      PluginFolderBuilder("example-honest").Library(LibraryOf("honest")).WriteTo(folder.path());
  const std::string library = path + "/example-honest.so";
  std::filesystem::rename(library, folder / "elsewhere.so");
  std::filesystem::create_symlink(folder / "elsewhere.so", library);
  const AdmissionReport report = AdmitFolder(path, CrimeSettings());
  EXPECT_EQ(report.outcome, AdmissionOutcome::kRefused);
  EXPECT_FALSE(report.evidence) << "nothing was loaded";
  EXPECT_THAT(ToText(report), HasSubstr("symbolic link"));
}

// Whoever may write to the folder swaps the library for another one of the same size, over and
// over.
TEST(HostileFile, ThatIsSwappedBetweenCheckAndLoadIsNeverLoaded) {
  const TempFolder folder;
  std::string honest = LibraryOf("honest");
  std::string evil = LibraryOf("writes-file");
  const std::size_t size = std::max(honest.size(), evil.size());
  honest.resize(size);
  evil.resize(size);
  const std::string path =
      PluginFolderBuilder("example-honest").Library(honest).WriteTo(folder.path());
  WriteFile(folder / "honest.so", honest);
  WriteFile(folder / "evil.so", evil);

  int admitted = 0;
  int refused = 0;
  {
    std::jthread swapper([&](const std::stop_token& done) {
      for (int i = 0; !done.stop_requested(); ++i) {
        const std::string next = folder / (i % 2 == 0 ? "next-evil.so" : "next-honest.so");
        std::filesystem::copy_file(folder / (i % 2 == 0 ? "evil.so" : "honest.so"), next,
                                   std::filesystem::copy_options::overwrite_existing);
        std::filesystem::rename(next, path + "/example-honest.so");
      }
    });
    for (int i = 0; i < 200; ++i) {
      const AdmissionReport report = AdmitFolder(path, CrimeSettings());
      if (report.outcome == AdmissionOutcome::kAdmitted) {
        ++admitted;
        continue;
      }
      ++refused;
      // Had the other library been loaded, there would be evidence of a forbidden call.
      ASSERT_FALSE(report.evidence) << ToText(report);
      ASSERT_THAT(report.Reason(),
                  AnyOf(HasSubstr("SHA-256"), HasSubstr("sha256"),
                        HasSubstr("changed while it was read"), HasSubstr("does not exist")));
    }
  }
  EXPECT_EQ(admitted + refused, 200);
  EXPECT_GT(refused, 0) << "the swap was never met";
}

}  // namespace
}  // namespace stackport
