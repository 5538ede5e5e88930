// stackport verify: a second opinion on an answer, computed without the matcher.
#include <fmt/format.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <memory>

#include "catalog/base/text.h"
#include "catalog/countries/country_index.h"
#include "catalog/verify/verify.h"
#include "host/cli/commands.h"
#include "host/cli/exit_codes.h"
#include "host/cli/figures_text.h"
#include "host/cli/layout.h"

namespace stackport::cli {
namespace {

using verify::Check;
using verify::CheckList;
using verify::Standing;

// An answer of 100 packages with a front of 200 points takes some 30 MiB.
constexpr std::size_t kMaxResultBytes = std::size_t{128} << 20;
constexpr std::size_t kMaxResultValues = 10'000'000;

struct VerifyOptions {
  std::string file;
  bool all = false;
};

Result<json::Document> Load(Session& session, const std::string& file) {
  json::Limits limits;
  limits.max_bytes = kMaxResultBytes;
  limits.max_values = kMaxResultValues;
  if (file != "-") return json::ParseFile(file, limits);
  // One byte more than may be read is enough to notice.
  std::string text(kMaxResultBytes + 1, '\0');
  session.environment().in.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(session.environment().in.gcount()));
  return json::Parse(text, "standard input", limits);
}

Result<SnapshotPtr> FindSnapshot(CatalogStore& store, const std::string& id) {
  auto snapshot = store.Read(id);
  if (snapshot || snapshot.error().code != ErrorCode::kNotFound) return snapshot;
  return NotFound(
      "the catalog has no snapshot " + Quoted(id) +
          ", which the result was computed from; verify it against the catalog that answered "
          "(--catalog FILE), or ask again with `stackport match`",
      "/snapshot");
}

Tone ToneOf(Standing standing) {
  switch (standing) {
    case Standing::kHolds:
      return Tone::kGood;
    case Standing::kDiffers:
      return Tone::kBad;
    case Standing::kNotChecked:
      return Tone::kWarn;
  }
  return Tone::kPlain;
}

// A word in its tone, and beside it a text that wraps under itself.
void PrintBeside(Session& session, Standing standing, const std::string& text) {
  constexpr std::size_t kColumn = 17;
  const std::string blank(kColumn, ' ');
  session.out() << "  "
                << session.style().Paint(ToneOf(standing),
                                         PadRight(std::string(StandingName(standing)), kColumn - 2))
                << Wrap(text, blank, blank, session.text_width()).substr(kColumn);
}

void PrintCheck(Session& session, const Check& check) {
  std::string text = fmt::format("{}: {}", Shown(check.subject), Shown(check.what));
  if (check.standing == Standing::kNotChecked) {
    text += " (" + Shown(check.why) + ")";
  } else if (check.standing == Standing::kDiffers) {
    text += fmt::format(" - found {}, expected {}", Shown(check.found), Shown(check.expected));
  } else if (!check.found.empty()) {
    text += " - " + Shown(check.found);
  }
  PrintBeside(session, check.standing, text);
}

// What holds is counted by area; the rest is named.
void PrintList(Session& session, const CheckList& list, bool all) {
  session.out() << "\n"
                << session.style().Paint(Tone::kStrong, list.title())
                << fmt::format(": {}",
                               Count(static_cast<std::int64_t>(list.Count(Standing::kHolds)),
                                     "check holds", "checks hold"));
  const std::size_t differs = list.Count(Standing::kDiffers);
  if (differs > 0) session.out() << fmt::format(", {} not", differs);
  session.out() << "\n";
  if (!all) {
    std::map<std::string, std::int64_t> holding;
    for (const Check& check : list.checks()) {
      if (check.standing == Standing::kHolds) ++holding[check.area];
    }
    std::vector<std::string> areas;
    for (const auto& [area, count] : holding) areas.push_back(fmt::format("{} {}", area, count));
    if (!areas.empty()) PrintBeside(session, Standing::kHolds, Join(areas, ", "));
  }
  for (const Check& check : list.checks()) {
    if (all || check.standing != Standing::kHolds) PrintCheck(session, check);
  }
}

Result<int> RunVerify(Session& session, const VerifyOptions& options, bool as_json) {
  auto document = Load(session, options.file);
  if (!document) return document.error();
  auto claim = verify::ReadClaim(*document);
  if (!claim) return claim.error();
  auto application = session.OpenCatalogAsIs(OpenMode::kReadOnly);
  if (!application) return application.error();
  auto snapshot = FindSnapshot((*application)->store(), claim->snapshot);
  if (!snapshot) return snapshot.error();
  const SnapshotPtr current = (*application)->snapshot();
  const bool is_current = current->id == (*snapshot)->id;
  const verify::Verification verification =
      verify::Verify(*document, *claim, **snapshot, CountryIndex::Builtin());
  if (as_json) {
    json::Document answer = ToJson(verification, *claim);
    json::Set(answer, "snapshot_is_current", is_current, answer.GetAllocator());
    session.PrintJson(answer);
    return verification.ok() ? kExitOk : kExitNegative;
  }
  session.out() << Wrap(
      fmt::format("result {} from snapshot {} for {}: {}, {}, {} not checked", Shown(claim->id),
                  Shown(claim->snapshot), Shown(claim->country_name),
                  Count(static_cast<std::int64_t>(verification.Count(Standing::kHolds)),
                        "check holds", "checks hold"),
                  Count(static_cast<std::int64_t>(verification.Count(Standing::kDiffers)),
                        "does not", "do not"),
                  verification.Count(Standing::kNotChecked)),
      "", "  ", session.text_width());
  if (!is_current) {
    session.out() << Wrap(
        fmt::format("The catalog has changed since: {} is current, with {} components. The result "
                    "was checked against the snapshot that it names; to have it for today's "
                    "catalog, ask again with `stackport match`.",
                    current->id, current->components.size()),
        "", "", session.text_width());
  }
  for (const CheckList& list : verification.lists) PrintList(session, list, options.all);
  return verification.ok() ? kExitOk : kExitNegative;
}

}  // namespace

void AddVerifyCommand(CLI::App& app, Invocation& invocation) {
  auto options = std::make_shared<VerifyOptions>();
  CLI::App* command = AddCommand(
      app, "verify",
      "Check an answer without the matcher: eligibility, amounts, costs, figures, order",
      "stackport match REQUEST.json --json > result.json && stackport verify result.json");
  command->add_option("result", options->file, "JSON file of an answer, or - for standard input")
      ->required();
  command->add_flag("--all", options->all, "Name every check, not only what does not hold");
  AddJsonFlag(*command, invocation);
  command->callback([options, &invocation] {
    invocation.body = [options, &invocation](Session& session) {
      return RunVerify(session, *options, invocation.json);
    };
  });
}

}  // namespace stackport::cli
