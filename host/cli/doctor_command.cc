// stackport doctor: what of the program, the catalog, the plugins and the sandbox holds here.
#include <fmt/format.h>
#include <sys/utsname.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>

#include "catalog/base/text.h"
#include "catalog/countries/country_index.h"
#include "catalog/match/engine.h"
#include "catalog/store/schema.h"
#include "host/admission/admission.h"
#include "host/canary/canary.h"
#include "host/cli/commands.h"
#include "host/cli/exit_codes.h"
#include "host/cli/figures_text.h"
#include "host/cli/layout.h"
#include "host/cli/table.h"
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

  // What Landlock alone stops is a note where the kernel has none: that was said, and costs signed
  // libraries their admission. Whatever else gets through is bad.
  void AddCanary(const CanaryReport& canary) {
    const auto stopped =
        std::count_if(canary.attempts.begin(), canary.attempts.end(),
                      [](const CanaryAttempt& attempt) { return attempt.stopped(); });
    const bool all = canary.EveryAttemptStopped();
    Add(all                                 ? Health::kGood
        : canary.AdmitsUntrustedLibraries() ? Health::kBad
                                            : Health::kNote,
        "canary",
        fmt::format("{} of {} hostile attempts were stopped on this machine{}", stopped,
                    canary.attempts.size(), all ? "" : "; see below"));
    canary_json_ = ToJson(canary, document_.GetAllocator());
    Table table({{"attempt"}, {"stopped by"}, {"how", Align::kLeft, 20}});
    for (const CanaryAttempt& attempt : canary.attempts) {
      const Tone tone = attempt.stopped() ? Tone::kGood : Tone::kBad;
      table.AddRow({attempt.aim, {std::string(GuardName(attempt.guard)), tone}, attempt.detail});
    }
    canary_table_ = table.ToText(session_.text_width(), session_.style());
  }

  int Print(bool as_json) {
    if (as_json) {
      json::Document whole(rapidjson::kObjectType);
      auto& allocator = whole.GetAllocator();
      json::Set(whole, "version", kVersion, allocator);
      json::Set(whole, "healthy", !bad_, allocator);
      json::Set(whole, "checks", Value(document_, allocator), allocator);
      if (!canary_table_.empty()) {
        json::Set(whole, "canary", Value(canary_json_, allocator), allocator);
      }
      session_.PrintJson(whole);
    } else {
      session_.out() << lines_;
      if (!canary_table_.empty()) session_.out() << '\n' << canary_table_;
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
  Value canary_json_;
  std::string canary_table_;  // empty: the canary did not fly
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

// What a layer that is missing costs is said with the canary.
void CheckLayers(Report& report, const CanaryReport& canary) {
  for (const scanner::Layer& layer : canary.layers.layers) {
    report.Add(
        layer.applied ? Health::kGood : Health::kNote, "sandbox",
        fmt::format("{}: {}{}", layer.name, layer.applied ? "" : "not here; ", layer.detail));
  }
  report.Add(canary.AdmitsUntrustedLibraries() ? Health::kGood : Health::kNote, "libraries",
             canary.AdmitsUntrustedLibraries()
                 ? "every layer holds: libraries of vendors run in the sandbox, signed or from "
                   "folders that you mark as trusted"
                 : "a layer is missing: libraries run only from folders that you mark as trusted; "
                   "signed plugins with a library are refused, plugins of documents alone are not "
                   "affected");
}

// Lets the canary try every crime in a real scanner.
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
  const auto canary = RunCanary(settings, DefaultCanaryPath());
  if (!canary) {
    report.Add(Health::kBad, "scanner", canary.error().ToString());
    return;
  }
  report.Add(Health::kGood, "scanner", settings.scanner_path);
  CheckLayers(report, *canary);
  report.AddCanary(*canary);
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
