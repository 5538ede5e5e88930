#include "tests/hostile/crime_scene.h"

#include <atomic>
#include <chrono>
#include <thread>

namespace stackport {

std::string PathOfCrime(const std::string& name) {
  return std::string(STACKPORT_TEST_PLUGINS) + "/example-" + name + ".stackport";
}

AdmissionSettings CrimeSettings() {
  AdmissionSettings settings;
  settings.trust.unsigned_allowed = true;
  settings.scan.scanner_path = DefaultScannerPath();
  settings.scan.cpu_seconds = 1;
  settings.scan.address_space_bytes = std::uint64_t{256} << 20;
  // A second of CPU time took more than a minute on a machine with thirty others at work.
  settings.scan.wall_time = std::chrono::minutes(10);
  settings.scan.output_bytes = std::uint64_t{64} << 10;
  return settings;
}

CrimeScene::CrimeScene(const std::vector<std::string>& crimes) {
  // Made before the threads start, so that each only fills in its own.
  for (const std::string& crime : crimes) reports_[crime];
  std::atomic<std::size_t> next = 0;
  const auto work = [&] {
    for (std::size_t i = next++; i < crimes.size(); i = next++) {
      AdmissionSettings settings = CrimeSettings();
      // These wait for ever; the others must not be judged by the clock of a busy machine.
      if (crimes[i].ends_with("sleep")) settings.scan.wall_time = std::chrono::seconds(1);
      reports_.at(crimes[i]) = AdmitFolder(PathOfCrime(crimes[i]), settings);
    }
  };
  constexpr int kThreads = 6;
  std::vector<std::jthread> threads;
  for (int i = 0; i < kThreads; ++i) threads.emplace_back(work);
}

}  // namespace stackport
