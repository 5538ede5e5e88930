#include "host/scanner/scanner.h"

#include <signal.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <string>
#include <utility>

#include "host/scanner/description.h"
#include "host/scanner/landlock.h"
#include "host/scanner/limits.h"
#include "host/scanner/offer_tabulation.h"
#include "host/scanner/plugin_library.h"
#include "host/scanner/privileges.h"
#include "host/scanner/reply_writer.h"
#include "host/scanner/shown_date.h"
#include "host/scanner/syscall_filter.h"

namespace stackport::scanner {
namespace {

// Each layer needs the ones before it: Landlock and the filter need no_new_privs, and the filter
// refuses the calls that the others are made with.
Result<ConfinementReport> Confine(const ScannerOptions& options) {
  ConfinementReport report;
  auto limits = ApplyResourceLimits(options.limits);
  if (!limits) return limits.error();
  report.layers.push_back(*std::move(limits));
  auto privileges = DropPrivileges(options.parent);
  if (!privileges) return privileges.error();
  report.layers.push_back(*std::move(privileges));
  auto landlock = ApplyLandlock();
  if (!landlock) return landlock.error();
  report.layers.push_back(*std::move(landlock));
  auto filter = ApplySyscallFilter();
  if (!filter) return filter.error();
  report.layers.push_back(*std::move(filter));
  return report;
}

int Fail(ReplyWriter& reply, const std::string& message) {
  reply.Failure(message);
  return kExitFailure;
}

}  // namespace

int RunScanner(const ScannerOptions& options) {
  // A reader that has gone is an error of write, not a death by signal.
  signal(SIGPIPE, SIG_IGN);
  // Whatever the host forgot to close is not the plugin's to read. Linux before 5.9 lacks the call;
  // the host opens everything close-on-exec anyway.
  syscall(SYS_close_range, kLibraryFd + 1, ~0u, 0);

  ReplyWriter reply(kReplyFd);
  // The host's working folder is none of the plugin's business.
  if (chdir("/") != 0) return Fail(reply, "the root folder cannot be entered");
  auto report = Confine(options);
  if (!report) return Fail(reply, report.error().message);
  if (!reply.Layers(*report)) return kExitFailure;
  if (options.every_layer && !report->EveryLayerHolds()) {
    return Fail(reply, "a layer that code of others needs does not hold");
  }
  if (!reply.ReachedStage(Stage::kConfined)) return kExitFailure;
  if (options.other_date) ShowAnotherDate();

  reply.ReachedStage(Stage::kLoad);
  const auto library = PluginLibrary::Load(kLibraryFd);
  if (!library) return Fail(reply, library.error().message);

  reply.ReachedStage(Stage::kEntry);
  const auto core = library->CoreTable();
  if (!core) return Fail(reply, core.error().message);
  const auto offers = library->OffersTable();
  if (!offers) return Fail(reply, offers.error().message);
  const stackport_core_table& table = **core;
  reply.Identity({table.plugin_id.data, table.plugin_id.length},
                 {table.plugin_version.data, table.plugin_version.length});

  reply.ReachedStage(Stage::kDescribe);
  Description description(reply, /*wants_ids=*/*offers != nullptr);
  stackport_status status = description.Run(table);
  if (status == STACKPORT_OK && *offers != nullptr) {
    reply.ReachedStage(Stage::kOffers);
    status = OfferTabulation(**offers, reply).Run(description.ids());
  }
  reply.ReachedStage(Stage::kEnd);
  return reply.End(status, description.components()) ? kExitDescribed : kExitFailure;
}

}  // namespace stackport::scanner
