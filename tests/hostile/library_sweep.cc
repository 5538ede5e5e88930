// Every shared library of a folder, wrapped in a well-formed manifest, through the host's own
// admission: each has to be refused cleanly, since none is a plugin.
//
//   library_sweep [--folder DIR] [--sample N] [--jobs N]
//
// Prints how many were refused for which reason. Ends with 1 when one was admitted, was refused for
// a fault of the host's own, or left a process or a descriptor behind.
#include <sys/prctl.h>

#include <algorithm>
#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "host/admission/admission.h"
#include "tests/support/plugin_folder_builder.h"
#include "tests/support/process_census.h"

namespace stackport {
namespace {

namespace fs = std::filesystem;

// Of the files that the sample takes: larger ones cost more time than they show.
constexpr std::uintmax_t kMostBytesInSample = std::uintmax_t{2} << 20;

struct Options {
  std::string folder = STACKPORT_LIBRARY_FOLDER;
  std::size_t sample = 0;  // 0: all of them
  unsigned jobs = 4;
};

Options ParseArguments(int argc, char** argv) {
  Options options;
  for (int i = 1; i + 1 < argc; i += 2) {
    if (std::strcmp(argv[i], "--folder") == 0) options.folder = argv[i + 1];
    if (std::strcmp(argv[i], "--sample") == 0) options.sample = std::strtoul(argv[i + 1], {}, 10);
    if (std::strcmp(argv[i], "--jobs") == 0) {
      options.jobs = std::max(1u, static_cast<unsigned>(std::strtoul(argv[i + 1], {}, 10)));
    }
  }
  return options;
}

// Regular files called *.so or *.so.*, sorted by path; every n-th small one for a sample.
std::vector<fs::path> FindLibraries(const Options& options) {
  std::vector<fs::path> found;
  for (const auto& entry : fs::recursive_directory_iterator(options.folder)) {
    const std::string name = entry.path().filename().string();
    const std::size_t suffix = name.find(".so");
    if (suffix == std::string::npos || entry.is_symlink() || !entry.is_regular_file()) continue;
    if (suffix + 3 != name.size() && name[suffix + 3] != '.') continue;
    if (options.sample > 0 && entry.file_size() > kMostBytesInSample) continue;
    found.push_back(entry.path());
  }
  std::sort(found.begin(), found.end());
  if (options.sample == 0 || found.size() <= options.sample) return found;
  std::vector<fs::path> sample;
  for (std::size_t i = 0; i < options.sample; ++i) {
    sample.push_back(found[i * found.size() / options.sample]);
  }
  return sample;
}

// "rejected: does not export stackport_plugin_entry", a few dozen kinds for thousands of libraries.
std::string KindOf(const AdmissionReport& report) {
  if (!report.evidence) return "not scanned: " + report.documents.front().findings.front().code;
  const ScanEvidence& evidence = *report.evidence;
  const std::string kind = std::string(ScanOutcomeName(evidence.outcome)) + " in stage " +
                           std::string(StageName(evidence.stage));
  if (!evidence.refused_call.empty()) return kind + ", " + evidence.refused_call;
  if (evidence.outcome == ScanOutcome::kCrashed) {
    return kind + ", signal " + std::to_string(evidence.signal);
  }
  return kind;
}

bool IsCleanRefusal(const AdmissionReport& report) {
  if (report.outcome != AdmissionOutcome::kRefused || report.documents.empty()) return false;
  if (!report.evidence) return report.documents.front().findings.front().code != "internal";
  return report.evidence->outcome != ScanOutcome::kScannerFailed &&
         report.evidence->outcome != ScanOutcome::kDescribed;
}

struct Summary {
  std::mutex mutex;
  std::map<std::string, std::size_t> kinds;
  std::vector<std::string> faults;
};

void AdmitOne(const fs::path& library, const AdmissionSettings& settings, Summary& summary) {
  const TempFolder folder;
  const std::string path = PluginFolderBuilder("example-library")
                               .Library(ReadFile(library.string()))
                               .WriteTo(folder.path());
  const AdmissionReport report = AdmitFolder(path, settings);
  const std::scoped_lock lock(summary.mutex);
  ++summary.kinds[KindOf(report)];
  if (!IsCleanRefusal(report)) summary.faults.push_back(library.string() + "\n" + ToText(report));
}

int Sweep(const Options& options) {
  prctl(PR_SET_CHILD_SUBREAPER, 1);
  const std::size_t descriptors = OpenDescriptors();
  const std::vector<fs::path> libraries = FindLibraries(options);
  AdmissionSettings settings;
  settings.trust.unsigned_allowed = true;
  settings.scan.scanner_path = DefaultScannerPath();
  settings.scan.cpu_seconds = 5;
  settings.scan.wall_time = std::chrono::minutes(10);

  Summary summary;
  std::atomic<std::size_t> next = 0;
  {
    std::vector<std::jthread> threads;
    for (unsigned job = 0; job < options.jobs; ++job) {
      threads.emplace_back([&] {
        for (std::size_t i = next++; i < libraries.size(); i = next++) {
          AdmitOne(libraries[i], settings, summary);
        }
      });
    }
  }

  std::printf("%zu libraries of %s\n", libraries.size(), options.folder.c_str());
  for (const auto& [kind, count] : summary.kinds) std::printf("%6zu  %s\n", count, kind.c_str());
  for (const std::string& fault : summary.faults) std::printf("NOT CLEAN %s\n", fault.c_str());
  const bool tidy = OpenDescriptors() == descriptors && !HasChildren();
  if (!tidy) std::printf("NOT CLEAN: a descriptor or a process was left behind\n");
  if (libraries.empty()) std::printf("NOT CLEAN: no library was found\n");
  return summary.faults.empty() && tidy && !libraries.empty() ? 0 : 1;
}

}  // namespace
}  // namespace stackport

int main(int argc, char** argv) {
  return stackport::Sweep(stackport::ParseArguments(argc, argv));
}
