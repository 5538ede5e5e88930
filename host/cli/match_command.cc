// stackport match: the ranked packages for a request.
#include <fmt/format.h>

#include <fstream>
#include <memory>

#include "catalog/base/text.h"
#include "host/app/answer_audit.h"
#include "host/cli/answer_text.h"
#include "host/cli/commands.h"
#include "host/cli/exit_codes.h"
#include "host/cli/figures_text.h"
#include "host/cli/layout.h"
#include "host/cli/package_text.h"
#include "host/cli/request_session.h"
#include "host/cli/why_text.h"

namespace stackport::cli {
namespace {

struct MatchOptions {
  RequestFlags request;
  std::string positional_file;
  std::string problem_file;
  int show = 1;
  bool why = false;
};

Status WriteFile(const std::string& path, const std::string& text) {
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  file << text << std::flush;
  if (!file) {
    return Unavailable("the file " + Printable(path, kMaxShownText) +
                       " cannot be written; name one in a folder you may write to");
  }
  return {};
}

// A component that a rule excludes, from the most frequent reason.
std::string LeftOutExample(const json::Value& excluded) {
  std::string example = "VENDOR/NAME";
  std::int64_t most = 0;
  const json::Value& groups = Member(excluded, "groups");
  if (!groups.IsArray()) return example;
  for (const json::Value& group : groups.GetArray()) {
    const json::Value& components = Member(group, "components");
    const std::int64_t count = json::IntOr(group, "count", 0);
    if (json::StringOr(group, "reason", "") == kNotDemanded || count <= most) continue;
    if (!components.IsArray() || components.Empty() || !components[0].IsString()) continue;
    most = count;
    example = components[0].GetString();
  }
  return example;
}

void PrintNextSteps(Session& session, const json::Value& result, const MatchOptions& options) {
  const json::Value& candidates = Member(result, "candidates");
  const std::string flags = options.request.CommandLine().empty() ? std::string("--request FILE")
                                                                  : options.request.CommandLine();
  std::string component;
  if (candidates.IsArray() && candidates.Size() > 1) {
    // The runner-up's part that the winner does not have is the natural "why not".
    for (const char* demand : {"accelerated compute", "servers", "model"}) {
      const std::string_view best = json::StringOr(PartFor(candidates[0], demand), "component", "");
      const std::string_view second =
          json::StringOr(PartFor(candidates[1], demand), "component", "");
      if (second.empty() || second == best) continue;
      component = second;
      break;
    }
  }
  if (component.empty()) component = LeftOutExample(Member(result, "excluded"));
  session.out() << "\n"
                << session.style().Paint(Tone::kStrong, "Next") << "\n"
                << "  why not this component:  stackport explain " << Shown(component) << " "
                << Shown(flags) << "\n"
                << (options.why ? "" : "  what would change it:    the same command with --why\n")
                << "  every fact and source:   the same command with --json\n";
  if (candidates.IsArray() && candidates.Size() > 1) {
    session.out() << "  the next package:        the same command with --show 2\n";
  }
}

bool HasCandidates(const json::Value& result) {
  const json::Value& candidates = Member(result, "candidates");
  return candidates.IsArray() && !candidates.Empty();
}

// `why` is null unless it was asked for.
void PrintAnswer(Session& session, const json::Value& result, const json::Value& why,
                 const MatchOptions& options) {
  PrintHeader(session, result);
  const json::Value& candidates = Member(result, "candidates");
  if (!HasCandidates(result)) {
    PrintNoPackage(session, Member(result, "no_package"));
    PrintExcluded(session, Member(result, "excluded"));
    PrintNextSteps(session, result, options);
    return;
  }
  PrintCandidates(session, candidates);
  PrintClasses(session, result);
  const auto shown = static_cast<rapidjson::SizeType>(options.show);
  if (options.show > 0) {
    if (shown <= candidates.Size()) {
      PrintPackage(session, candidates[shown - 1]);
    } else {
      session.out() << fmt::format("\nThere is no package {}; the answer has {}.\n", options.show,
                                   candidates.Size());
    }
  }
  if (why.IsObject()) PrintWhy(session, why);
  PrintExcluded(session, Member(result, "excluded"));
  PrintNextSteps(session, result, options);
}

Result<int> RunMatch(Session& session, MatchOptions& options, bool as_json) {
  if (!options.positional_file.empty()) {
    if (!options.request.file.empty()) {
      return InvalidArgument("two request files are named, " + Quoted(options.positional_file) +
                             " and " + Quoted(options.request.file) + " by --request; name one");
    }
    options.request.file = options.positional_file;
  }
  if (options.why && as_json) {
    return InvalidArgument(
        "--why is text for people; `stackport explain --json` with the same request has the data");
  }
  auto asked = AskRequest(session, options.request, as_json);
  if (!asked) return asked.error();
  if (!asked->request) return kExitUsage;
  if (!options.problem_file.empty()) {
    auto problem = asked->matcher->WriteProblemOf(*asked->request);
    if (!problem) return problem.error();
    if (Status written = WriteFile(options.problem_file, *problem); !written) {
      return written.error();
    }
    session.err() << "problem written to " << Shown(options.problem_file)
                  << "; try `stackport solve " << Shown(options.problem_file) << "`\n";
  }
  auto result = asked->matcher->Match(*asked->request);
  if (!result) return result.error();
  session.Record(*asked->application, {AuditOf(*result)});
  if (as_json) {
    session.PrintJson(*result);
  } else {
    json::Document why(rapidjson::kNullType);
    if (options.why && HasCandidates(*result)) {
      auto explanation = asked->matcher->ExplainBest(*asked->request);
      if (!explanation) return explanation.error();
      session.Record(*asked->application, {AuditOf(*explanation)});
      why = *std::move(explanation);
    }
    PrintAnswer(session, *result, why, options);
  }
  if (HasCandidates(*result)) return kExitOk;
  const bool proven = json::Find(*result, "no_package") != nullptr;
  return proven ? kExitNegative : ExitCodeOf(ErrorCode::kResourceLimit);
}

}  // namespace

void AddMatchCommand(CLI::App& app, Invocation& invocation) {
  CLI::App* command = AddCommand(
      app, "match", "Rank full-stack packages for a country",
      "stackport match --country KE --use-case agriculture.farmer_advice:sw,en --users 30000 \\\n"
      "    --power-kw 1000 --residency country");
  const auto options = std::make_shared<MatchOptions>();
  command->add_option("FILE", options->positional_file, "Request file; flags override it")
      ->type_name("");
  options->request.AddTo(*command);
  command->add_option("--show", options->show, "Package shown in full (0: none)")
      ->type_name("RANK")
      ->check(CLI::Range(0, match::kMaxRequestTop).description(""));
  command->add_flag("--why", options->why,
                    "Also say why the first is the best, and what would change it");
  command
      ->add_option("--write-problem", options->problem_file,
                   "Also write the integers behind the request, for `stackport solve`")
      ->type_name("FILE");
  AddJsonFlag(*command, invocation);
  command->callback([options, &invocation] {
    invocation.body = [options, &invocation](Session& session) {
      return RunMatch(session, *options, invocation.json);
    };
  });
}

}  // namespace stackport::cli
