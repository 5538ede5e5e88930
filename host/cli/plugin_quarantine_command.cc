// stackport plugin quarantine: what is locked away, why, and how it gets out.
#include <fmt/format.h>

#include <memory>
#include <vector>

#include "catalog/base/text.h"
#include "catalog/store/plugin_state.h"
#include "host/cli/exit_codes.h"
#include "host/cli/figures_text.h"
#include "host/cli/layout.h"
#include "host/cli/plugin_commands.h"
#include "host/cli/table.h"

namespace stackport::cli {
namespace {

using json::Value;

Result<std::vector<PluginProblem>> Quarantined(Application& application) {
  auto problems = application.store().Problems();
  if (!problems) return problems;
  std::erase_if(*problems, [](const PluginProblem& problem) { return !problem.quarantine; });
  return problems;
}

Value ItemJson(const PluginProblem& problem, json::Allocator& allocator) {
  Value item(rapidjson::kObjectType);
  json::Set(item, "plugin", problem.plugin, allocator);
  json::Set(item, "stale", problem.stale, allocator);
  json::Set(item, "problem", ToJson(problem, allocator), allocator);
  return item;
}

Result<int> RunList(Session& session, bool as_json) {
  auto application = session.OpenCatalogAsIs(OpenMode::kMustExist);
  if (!application) return application.error();
  const auto quarantined = Quarantined(**application);
  if (!quarantined) return quarantined.error();
  if (as_json) {
    json::Document document(rapidjson::kObjectType);
    auto& allocator = document.GetAllocator();
    Value list(rapidjson::kArrayType);
    for (const PluginProblem& problem : *quarantined) {
      list.PushBack(ItemJson(problem, allocator), allocator);
    }
    json::Set(document, "plugins", std::move(list), allocator);
    session.PrintJson(document);
    return kExitOk;
  }
  Table table({{"plugin"}, {"state"}, {"failures", Align::kRight}, {"next try"}, {"stage"}});
  for (const PluginProblem& problem : *quarantined) {
    const Quarantine& quarantine = *problem.quarantine;
    table.AddRow({problem.plugin, quarantine.released ? "released" : "quarantined",
                  std::to_string(quarantine.failures),
                  quarantine.released ? std::string("next reload") : quarantine.next_retry,
                  problem.stage});
    table.AddNote(problem.reason);
  }
  session.out() << table.ToText(session.table_width(), session.style())
                << Count(static_cast<std::int64_t>(quarantined->size()), "plugin")
                << " in quarantine\n";
  return kExitOk;
}

// The evidence as lines "name  value", in the order in which it was written.
void PrintEvidence(Session& session, const Value& object, const std::string& indent) {
  for (const auto& member : object.GetObject()) {
    const std::string name(member.name.GetString(), member.name.GetStringLength());
    if (member.value.IsObject()) {
      session.out() << indent << Shown(name) << ":\n";
      PrintEvidence(session, member.value, indent + "  ");
    } else if (member.value.IsArray()) {
      session.out() << indent << Shown(name) << ":\n";
      for (const Value& item : member.value.GetArray()) {
        session.out() << indent << "  - " << Shown(json::Write(item)) << "\n";
      }
    } else {
      session.out() << indent << Shown(name) << ": "
                    << Shown(member.value.IsString() ? std::string(member.value.GetString())
                                                     : json::Write(member.value))
                    << "\n";
    }
  }
}

Result<int> RunShow(Session& session, const std::string& plugin, bool as_json) {
  auto application = session.OpenCatalogAsIs(OpenMode::kMustExist);
  if (!application) return application.error();
  const auto quarantined = Quarantined(**application);
  if (!quarantined) return quarantined.error();
  std::vector<std::string> known;
  for (const PluginProblem& problem : *quarantined) {
    known.push_back(problem.plugin);
    if (problem.plugin != plugin) continue;
    json::Document document;
    const Value item = ItemJson(problem, document.GetAllocator());
    if (as_json) {
      session.PrintJson(item);
    } else {
      PrintEvidence(session, item, "");
      session.out() << "\nTo have it judged again: stackport plugin quarantine release "
                    << Shown(plugin) << "\n";
    }
    return kExitOk;
  }
  const std::string near = NearestName(plugin, known);
  return NotFound("plugin " + Quoted(plugin) + " is not in quarantine" +
                  (near.empty() ? "; `stackport plugin quarantine list` shows what is"
                                : "; did you mean '" + near + "'?"));
}

Result<int> RunRelease(Session& session, const std::string& plugin, bool as_json) {
  auto application = session.OpenCatalogAsIs(OpenMode::kMustExist);
  if (!application) return application.error();
  const Status released = (*application)->store().ReleaseQuarantine(plugin, "command line");
  if (!released) return released.error();
  if (as_json) {
    json::Document document(rapidjson::kObjectType);
    json::Set(document, "plugin", plugin, document.GetAllocator());
    json::Set(document, "state", PluginStateName(PluginState::kReleased), document.GetAllocator());
    session.PrintJson(document);
  } else {
    session.out()
        << Shown(plugin)
        << " is released; it is judged at the next `stackport plugin reload` (of a running "
           "server) or `stackport plugin admit`\n";
  }
  return kExitOk;
}

using RunOnPlugin = Result<int> (*)(Session&, const std::string&, bool);

void AddOnPlugin(CLI::App& quarantine, Invocation& invocation, const char* name,
                 const char* summary, RunOnPlugin run) {
  CLI::App* command = AddCommand(quarantine, name, summary,
                                 fmt::format("stackport plugin quarantine {} acme-servers", name));
  const auto plugin = std::make_shared<std::string>();
  command->add_option("ID", *plugin, "Plugin id, as listed")->type_name("")->required();
  AddJsonFlag(*command, invocation);
  command->callback([plugin, run, &invocation] {
    invocation.body = [plugin, run, &invocation](Session& session) {
      return run(session, *plugin, invocation.json);
    };
  });
}

}  // namespace

void AddPluginQuarantineCommand(CLI::App& plugin, Invocation& invocation) {
  CLI::App* quarantine =
      AddCommand(plugin, "quarantine", "Plugins whose code misbehaved: list, show, release",
                 "stackport plugin quarantine show acme-servers");
  CLI::App* list = AddCommand(*quarantine, "list", "Every quarantined plugin with its next try",
                              "stackport plugin quarantine list");
  AddJsonFlag(*list, invocation);
  list->callback([&invocation] {
    invocation.body = [&invocation](Session& session) { return RunList(session, invocation.json); };
  });
  AddOnPlugin(*quarantine, invocation, "show", "The evidence against one plugin", RunShow);
  AddOnPlugin(*quarantine, invocation, "release", "Have it judged again at the next reload",
              RunRelease);
}

}  // namespace stackport::cli
