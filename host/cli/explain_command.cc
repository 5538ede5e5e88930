// stackport explain: why a component is not in the best package, or why the best one is as it is.
#include <fmt/format.h>

#include <memory>

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

using json::StringOr;
using json::Value;

struct ExplainOptions {
  RequestFlags request;
  std::string component;
};

void PrintSource(Session& session, const Value& provenance, std::string_view lead) {
  const std::string_view source = StringOr(provenance, "source", "");
  if (source.empty()) return;
  session.out() << Wrap(fmt::format("{}{} (as of {})", lead, Shown(source),
                                    Shown(StringOr(provenance, "as_of", "undated"))),
                        "    ", "      ", session.text_width());
  if (const std::string_view note = StringOr(provenance, "note", ""); !note.empty()) {
    session.out() << Wrap(Shown(note), "      ", "      ", session.text_width());
  }
}

void PrintExclusion(Session& session, const Value& exclusion) {
  session.out() << "\n"
                << session.style().Paint(Tone::kBad, "Left out") << ": "
                << Shown(StringOr(exclusion, "text", "?")) << " ["
                << Shown(StringOr(exclusion, "reason", "?")) << "]\n";
  const Value& facts = Member(exclusion, "facts");
  if (facts.IsArray()) {
    for (const Value& fact : facts.GetArray()) {
      session.out() << Wrap(fmt::format("{} = {}", Shown(StringOr(fact, "fact", "?")),
                                        Shown(StringOr(fact, "value", "?"))),
                            "  fact ", "       ", session.text_width());
      PrintSource(session, fact, "source: ");
    }
  }
  PrintSource(session, Member(exclusion, "rule"), "rule: ");
}

void PrintDifferences(Session& session, const Value& differences) {
  if (!differences.IsArray()) return;
  session.out() << "\n" << session.style().Paint(Tone::kStrong, "In the order that ranks") << "\n";
  for (const Value& level : differences.GetArray()) {
    const std::string_view figure = StringOr(level, "figure", "?");
    const std::int64_t difference = json::IntOr(level, "difference", 0);
    session.out() << "  " << PadRight(Shown(figure), 18) << "best "
                  << FigureText(figure, json::IntOr(level, "best", 0)) << ", with it "
                  << FigureText(figure, json::IntOr(level, "with_it", 0)) << " ("
                  << (difference > 0 ? "+" : "") << FigureText(figure, difference) << ")\n";
  }
}

// "3rd of 17 for accelerated compute".
void PrintPlaces(Session& session, const Value& places) {
  if (!places.IsArray() || places.Empty()) return;
  session.out() << "\n"
                << session.style().Paint(Tone::kStrong,
                                         "Among all that can fill the same demand, each with its "
                                         "best package")
                << "\n";
  for (const Value& each : places.GetArray()) {
    const std::string demand = Readable(Shown(StringOr(each, "demand", "?")));
    const std::int64_t of = json::IntOr(each, "of", 0);
    const std::string place = Ordinal(json::IntOr(each, "place", 0));
    const bool complete = json::BoolOr(each, "complete", false);
    session.out() << Wrap(complete ? fmt::format("{} of {} for {}", place, of, demand)
                          : of == 0
                              ? fmt::format("for {}: not settled in the time given", demand)
                              : fmt::format("{} at best, of at least {}, for {}: the deadline "
                                            "came before the rest",
                                            place, of, demand),
                          "  ", "    ", session.text_width());
  }
}

// Demand by demand, where the two packages differ.
void PrintSwap(Session& session, const Value& best, const Value& with_it) {
  session.out() << "\n" << session.style().Paint(Tone::kStrong, "What would change") << "\n";
  const Value& parts = Member(with_it, "parts");
  bool any = false;
  if (parts.IsArray()) {
    for (const Value& part : parts.GetArray()) {
      for (const std::string& demand : json::Strings(Member(part, "demands"))) {
        const Value& now = PartFor(best, demand);
        const std::string_view before = StringOr(now, "component", "nothing");
        const std::string_view after = StringOr(part, "component", "?");
        const std::int64_t units = json::IntOr(part, "quantity", 0);
        if (before == after && json::IntOr(now, "quantity", 0) == units) continue;
        any = true;
        session.out() << fmt::format("  {}: {} ({}) -> {} ({})\n", Shown(demand), Shown(before),
                                     json::IntOr(now, "quantity", 0), Shown(after), units);
      }
    }
  }
  if (!any) session.out() << "  nothing: it ties with the best package\n";
}

void PrintExplanation(Session& session, const Value& explanation) {
  const std::string_view answer = StringOr(explanation, "answer", "?");
  session.out() << session.style().Paint(Tone::kStrong,
                                         Shown(StringOr(explanation, "component", "?")))
                << " · " << Shown(StringOr(explanation, "name", "?")) << " · "
                << Shown(StringOr(explanation, "country", "?")) << " · snapshot "
                << Shown(StringOr(explanation, "snapshot", "?")) << "\n";
  if (answer == "excluded") {
    PrintExclusion(session, Member(explanation, "exclusion"));
    return;
  }
  if (answer == "in_a_best_package") {
    session.out() << "\nIt is in a best package.\n";
  } else if (answer == "eligible_not_best") {
    session.out() << "\nIt is eligible; the best package does without it.\n";
  } else {
    session.out() << "\n" << Shown(StringOr(explanation, "text", "No package fits.")) << "\n";
  }
  const Value& with_it = Member(explanation, "with_it");
  if (with_it.IsObject()) {
    PrintDifferences(session, Member(explanation, "differences"));
    PrintPlaces(session, Member(explanation, "places"));
    if (answer != "in_a_best_package") PrintSwap(session, Member(explanation, "best"), with_it);
    session.out() << "\n"
                  << session.style().Paint(Tone::kStrong, "The best package with it") << ": "
                  << Shown(PlaceOf(with_it)) << "\n";
    PrintParts(session, with_it, /*reasons=*/false);
  }
  const Value& no_package = Member(explanation, "no_package");
  if (no_package.IsObject()) PrintNoPackage(session, no_package);
}

Result<int> ExplainBest(Session& session, AskedRequest& asked, bool as_json) {
  auto explanation = asked.matcher->ExplainBest(*asked.request);
  if (!explanation) return explanation.error();
  session.Record(*asked.application, {AuditOf(*explanation)});
  const Value& best = Member(*explanation, "best");
  if (as_json) {
    session.PrintJson(*explanation);
  } else {
    session.out() << session.style().Paint(Tone::kStrong, "The best package") << " · "
                  << Shown(StringOr(*explanation, "country", "?")) << " · snapshot "
                  << Shown(StringOr(*explanation, "snapshot", "?")) << "\n";
    if (best.IsObject()) {
      PrintPackage(session, best);
      PrintWhy(session, *explanation);
    } else if (const Value& no_package = Member(*explanation, "no_package");
               no_package.IsObject()) {
      PrintNoPackage(session, no_package);
    } else {
      session.out() << "\n" << Shown(StringOr(*explanation, "text", "?")) << "\n";
    }
  }
  return best.IsObject() ? kExitOk : kExitNegative;
}

Result<int> RunExplain(Session& session, const ExplainOptions& options, bool as_json) {
  auto asked = AskRequest(session, options.request, as_json);
  if (!asked) return asked.error();
  if (!asked->request) return kExitUsage;
  if (options.component.empty()) return ExplainBest(session, *asked, as_json);
  auto explanation = asked->matcher->Explain(*asked->request, options.component);
  if (!explanation) return explanation.error();
  session.Record(*asked->application, {AuditOf(*explanation)});
  if (as_json) {
    session.PrintJson(*explanation);
  } else {
    PrintExplanation(session, *explanation);
  }
  return kExitOk;
}

}  // namespace

void AddExplainCommand(CLI::App& app, Invocation& invocation) {
  CLI::App* command =
      AddCommand(app, "explain", "Say why a component is, or is not, in the best package",
                 "stackport explain nvidia/h200-sxm --country KE \\\n"
                 "    --use-case agriculture.farmer_advice:sw,en --users 30000");
  const auto options = std::make_shared<ExplainOptions>();
  command
      ->add_option("COMPONENT", options->component,
                   "Component id, vendor/name; without it the best package is explained")
      ->type_name("");
  options->request.AddTo(*command);
  AddJsonFlag(*command, invocation);
  command->callback([options, &invocation] {
    invocation.body = [options, &invocation](Session& session) {
      return RunExplain(session, *options, invocation.json);
    };
  });
}

}  // namespace stackport::cli
