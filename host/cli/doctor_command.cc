// stackport doctor: what of the program, the catalog, the plugins and the sandbox holds here.
#include <fmt/format.h>
#include <sys/utsname.h>
#include <unistd.h>

#include <filesystem>
#include <map>
#include <set>

#include "catalog/base/text.h"
#include "catalog/countries/country_index.h"
#include "catalog/match/engine.h"
#include "catalog/store/schema.h"
#include "host/admission/admission.h"
#include "host/admission/scan.h"
#include "host/admission/sealed_file.h"
#include "host/cli/commands.h"
#include "host/cli/exit_codes.h"
#include "host/cli/figures_text.h"
#include "host/cli/layout.h"
#include "host/cli/version.h"
#include "stackport/plugin.h"

namespace stackport::cli {
namespace {

using json::Value;

enum class Health { kGood, kNote, kBad };

// Collects lines for people and members for programs.
class Report {
 public:
  explicit Report(Session& session) : session_(session), document_(rapidjson::kArrayType) {}

  void Add(Health health, const std::string& area, const std::string& text) {
    bad_ = bad_ || health == Health::kBad;
    Value item(rapidjson::kObjectType);
    auto& allocator = document_.GetAllocator();
    json::Set(item, "area", area, allocator);
    json::Set(item, "health", Name(health), allocator);
    json::Set(item, "text", text, allocator);
    document_.PushBack(item, allocator);
    const Tone tone = health == Health::kGood   ? Tone::kGood
                      : health == Health::kNote ? Tone::kWarn
                                                : Tone::kBad;
    lines_ +=
        session_.style().Paint(tone, PadRight(std::string(Name(health)), 5)) +
        Wrap(Shown(text), PadRight(area, 12), std::string(17, ' '), session_.text_width() - 5);
  }

  int Print(bool as_json) {
    if (as_json) {
      json::Document whole(rapidjson::kObjectType);
      auto& allocator = whole.GetAllocator();
      json::Set(whole, "version", kVersion, allocator);
      json::Set(whole, "healthy", !bad_, allocator);
      json::Set(whole, "checks", Value(document_, allocator), allocator);
      session_.PrintJson(whole);
    } else {
      session_.out() << lines_;
    }
    return bad_ ? kExitNegative : kExitOk;
  }

 private:
  static std::string_view Name(Health health) {
    switch (health) {
      case Health::kGood:
        return "ok";
      case Health::kNote:
        return "note";
      case Health::kBad:
        return "bad";
    }
    return "bad";
  }

  Session& session_;
  json::Document document_;
  std::string lines_;
  bool bad_ = false;
};

void CheckProgram(Report& report) {
  utsname system{};
  uname(&system);
  report.Add(
      Health::kGood, "program",
      fmt::format("stackport {}, engine {}, plugin ABI {}, catalog form {}, {} countries; {} {}",
                  kVersion, match::kEngineVersion, STACKPORT_ABI_VERSION, Migrations().size(),
                  CountryIndex::Builtin().All().size(), system.sysname, system.release));
}

void CheckContent(Report& report, CatalogStore& store) {
  const auto snapshot = store.Current();
  if (!snapshot) {
    report.Add(Health::kBad, "content", snapshot.error().ToString());
    return;
  }
  std::map<char, std::int64_t> layers;
  for (const Component& component : (*snapshot)->components) ++layers[component.layer];
  std::vector<std::string> counts;
  for (const auto& [layer, count] : layers) counts.push_back(fmt::format("{} {}", layer, count));
  report.Add(
      (*snapshot)->components.empty() ? Health::kNote : Health::kGood, "content",
      fmt::format("snapshot {}: {}, {}, {}{}", (*snapshot)->id,
                  Count(static_cast<std::int64_t>((*snapshot)->components.size()), "component"),
                  Count(static_cast<std::int64_t>((*snapshot)->vendors.size()), "vendor"),
                  Count(static_cast<std::int64_t>((*snapshot)->plugins.size()), "plugin"),
                  counts.empty() ? "" : "; by layer " + Join(counts, ", ")));
  const auto problems = store.Problems();
  if (!problems) {
    report.Add(Health::kBad, "plugins", problems.error().ToString());
    return;
  }
  for (const PluginProblem& problem : *problems) {
    report.Add(Health::kNote, "plugin",
               fmt::format("{} {}: {}", problem.plugin,
                           problem.stale ? "is stale, its former version serves" : "was refused",
                           problem.reason));
  }
}

void CheckCatalog(Session& session, Report& report) {
  const auto settings = session.Settings(OpenMode::kReadOnly);
  if (!settings) {
    report.Add(Health::kBad, "catalog", settings.error().ToString());
    return;
  }
  auto store =
      CatalogStore::Open(settings->catalog_path, OpenMode::kReadOnly, session.environment().clock);
  if (!store) {
    const bool absent = store.error().code == ErrorCode::kNotFound;
    report.Add(absent ? Health::kNote : Health::kBad, "catalog",
               absent ? settings->catalog_path +
                            " does not exist yet; the first command that "
                            "needs it makes it"
                      : store.error().ToString());
    return;
  }
  report.Add(Health::kGood, "catalog",
             fmt::format("{}, form {}", settings->catalog_path, Migrations().size()));
  const Status journal = (*store)->VerifyJournal();
  report.Add(journal ? Health::kGood : Health::kBad, "journal",
             journal ? "every row follows from the one before it" : journal.error().ToString());
  CheckContent(report, **store);
}

void CheckFolders(Session& session, Report& report) {
  const auto settings = session.Settings(OpenMode::kReadOnly);
  if (!settings) return;  // said already
  if (settings->plugin_folders.empty()) {
    report.Add(Health::kNote, "folders",
               "no folder of plugins; name one with --plugins DIR or STACKPORT_PLUGINS");
  }
  for (const std::string& folder : settings->plugin_folders) {
    const auto found = DiscoverPlugins(folder);
    report.Add(found ? Health::kGood : Health::kBad, "folder",
               found ? fmt::format("{}: {}", folder,
                                   Count(static_cast<std::int64_t>(found->size()), "plugin"))
                     : found.error().ToString());
  }
}

// Confines a scanner for real and lets it fail on bytes that are no library: the report of the
// layers comes before anything is loaded.
void CheckSandbox(Report& report) {
  ScanSettings settings;
  settings.scanner_path = DefaultScannerPath();
  if (access(settings.scanner_path.c_str(), X_OK) != 0) {
    report.Add(Health::kBad, "scanner",
               settings.scanner_path +
                   " is missing or not executable; plugins with a library are "
                   "refused until it lies beside the program");
    return;
  }
  const auto bytes = SealInMemory("no library");
  if (!bytes) {
    report.Add(Health::kBad, "scanner", bytes.error().ToString());
    return;
  }
  const ScanResult result = ScanLibrary(bytes->get(), settings);
  if (result.evidence.layers.layers.empty()) {
    report.Add(Health::kBad, "scanner", result.evidence.explanation);
    return;
  }
  report.Add(Health::kGood, "scanner", settings.scanner_path);
  for (const scanner::Layer& layer : result.evidence.layers.layers) {
    report.Add(
        layer.applied ? Health::kGood : Health::kNote, "sandbox",
        fmt::format("{}: {}{}", layer.name, layer.applied ? "" : "not here; ", layer.detail));
  }
}

Result<int> RunDoctor(Session& session, bool as_json) {
  Report report(session);
  CheckProgram(report);
  CheckCatalog(session, report);
  CheckFolders(session, report);
  CheckSandbox(report);
  return report.Print(as_json);
}

}  // namespace

void AddDoctorCommand(CLI::App& app, Invocation& invocation) {
  CLI::App* command =
      AddCommand(app, "doctor", "Say what holds on this machine: catalog, plugins, sandbox",
                 "stackport doctor");
  AddJsonFlag(*command, invocation);
  command->callback([&invocation] {
    invocation.body = [&invocation](Session& session) {
      return RunDoctor(session, invocation.json);
    };
  });
}

}  // namespace stackport::cli
