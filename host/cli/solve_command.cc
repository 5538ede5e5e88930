// stackport solve: the engine by itself, on a problem of plain integers.
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <limits>
#include <memory>

#include "catalog/base/text.h"
#include "catalog/match/engine.h"
#include "catalog/match/problem_export.h"
#include "host/cli/commands.h"
#include "host/cli/exit_codes.h"
#include "host/cli/figures_text.h"
#include "host/cli/layout.h"

namespace stackport::cli {
namespace {

using json::Value;
using match::Problem;

// A month: what nobody waits for, and far from the end of a clock.
constexpr std::int64_t kMaxDeadlineMs = std::int64_t{31} * 24 * 3600 * 1000;
// Points of a front before it is cut; the answer says when it is.
constexpr int kMaxFrontPoints = 1000;

struct SolveOptions {
  std::string file;
  std::optional<int> top, distance;
  std::optional<std::int64_t> deadline_ms, max_nodes;
  std::vector<std::string> pareto;
  std::string as;  // empty: solve it; else the language to write it in
};

std::string_view StatusName(match::ProofStatus status) {
  switch (status) {
    case match::ProofStatus::kOptimal:
      return "optimal";
    case match::ProofStatus::kInfeasible:
      return "infeasible";
    case match::ProofStatus::kStopped:
      return "stopped";
  }
  return "stopped";
}

// A second answer can be as far from the first as they can differ, and no farther.
Status CheckDistance(const Problem& problem) {
  std::int64_t farthest = 0;
  for (const match::Slot& slot : problem.slots) farthest += slot.distance_weight;
  // Without weights there is nothing that a distance of 1, the default, could mean.
  if (problem.distance <= std::max<std::int64_t>(farthest, 1)) return {};
  return InvalidArgument(
      fmt::format(
          "distance is {}, but two answers differ by at most {}, the sum of distance_weight "
          "over the slots; ask for less",
          problem.distance, farthest),
      "/distance");
}

Result<Problem> Load(Session& session, const SolveOptions& options) {
  std::string text;
  if (options.file == "-") {
    text.assign(std::istreambuf_iterator<char>(session.environment().in), {});
  } else {
    std::error_code error;
    const std::uintmax_t size = std::filesystem::file_size(options.file, error);
    if (error) {
      return NotFound("the problem file " + Printable(options.file, kMaxShownText) +
                      " cannot be read: " + error.message());
    }
    if (size > match::kMaxProblemBytes) {
      return ResourceLimit(fmt::format("the problem file {} has {} bytes; at most {} are read",
                                       Printable(options.file, kMaxShownText), size,
                                       match::kMaxProblemBytes));
    }
    std::ifstream file(options.file, std::ios::binary);
    text.assign(std::istreambuf_iterator<char>(file), {});
    if (!file) {
      return Unavailable("the problem file " + Printable(options.file, kMaxShownText) +
                         " cannot be read");
    }
  }
  auto problem = match::ReadProblem(text, options.file == "-" ? "standard input" : options.file);
  if (!problem) return problem;
  if (options.top) problem->top = *options.top;
  if (options.distance) problem->distance = *options.distance;
  if (Status valid = match::Validate(*problem); !valid) return valid.error();
  if (Status reachable = CheckDistance(*problem); !reachable) return reachable.error();
  return problem;
}

// A measure named like a limit or like an order level of a single term.
Result<match::Measure> FindMeasure(const Problem& problem, const std::string& name) {
  std::vector<std::string> known;
  for (const match::Limit& limit : problem.limits) {
    if (limit.name == name) return limit.measure;
    known.push_back(limit.name);
  }
  for (const match::Level& level : problem.levels) {
    if (level.terms.size() != 1) continue;
    if (level.name == name) return level.terms.front().measure;
    known.push_back(level.name);
  }
  const std::string near = NearestName(name, known);
  return InvalidArgument(
      "the problem has no limit or single-term level " + Quoted(name) +
          (near.empty() ? "; it has " + Join(known, ", ") : "; did you mean '" + near + "'?"),
      "--pareto");
}

std::vector<std::string> PickedIds(const match::Slot& slot, const std::vector<int>& picks) {
  std::vector<std::string> ids;
  for (const int pick : picks) ids.push_back(slot.candidates[static_cast<std::size_t>(pick)].id);
  return ids;
}

Value AnswerJson(const Problem& problem, const match::Answer& answer, json::Allocator& allocator) {
  Value value(rapidjson::kObjectType);
  Value choice(rapidjson::kObjectType), levels(rapidjson::kObjectType);
  Value quantities(rapidjson::kObjectType), limits(rapidjson::kObjectType);
  for (std::size_t s = 0; s < problem.slots.size(); ++s) {
    Value slot(rapidjson::kObjectType);
    json::Set(slot, "candidates",
              json::StringArray(PickedIds(problem.slots[s], answer.choice.picks[s]), allocator),
              allocator);
    json::Set(slot, "units", answer.evaluation.slot_units[s], allocator);
    json::Set(choice, problem.slots[s].name, std::move(slot), allocator);
  }
  for (std::size_t l = 0; l < problem.levels.size(); ++l) {
    json::Set(levels, problem.levels[l].name, answer.evaluation.level_values[l], allocator);
  }
  for (std::size_t q = 0; q < problem.quantities.size(); ++q) {
    json::Set(quantities, problem.quantities[q].name, answer.evaluation.quantities[q], allocator);
  }
  for (std::size_t l = 0; l < problem.limits.size(); ++l) {
    json::Set(limits, problem.limits[l].name, answer.evaluation.limit_values[l], allocator);
  }
  json::Set(value, "levels", std::move(levels), allocator);
  json::Set(value, "choice", std::move(choice), allocator);
  json::Set(value, "quantities", std::move(quantities), allocator);
  json::Set(value, "limits", std::move(limits), allocator);
  return value;
}

void PrintAnswer(Session& session, const Problem& problem, const match::Answer& answer,
                 std::size_t rank) {
  std::vector<std::string> levels, quantities;
  for (std::size_t l = 0; l < problem.levels.size(); ++l) {
    levels.push_back(
        fmt::format("{} {}", problem.levels[l].name, Grouped(answer.evaluation.level_values[l])));
  }
  for (std::size_t q = 0; q < problem.quantities.size(); ++q) {
    if (answer.evaluation.quantities[q] == 0) continue;
    quantities.push_back(
        fmt::format("{} {}", problem.quantities[q].name, Grouped(answer.evaluation.quantities[q])));
  }
  session.out() << "\n"
                << session.style().Paint(Tone::kStrong, fmt::format("{}.", rank)) << " "
                << Wrap(Shown(Join(levels, " · ")), "", "   ", session.text_width() - 3);
  for (std::size_t s = 0; s < problem.slots.size(); ++s) {
    const std::vector<std::string> ids = PickedIds(problem.slots[s], answer.choice.picks[s]);
    if (ids.empty()) continue;
    const std::int64_t units = answer.evaluation.slot_units[s];
    session.out() << Wrap(
        fmt::format("{}: {}{}", Shown(problem.slots[s].name), Shown(Join(ids, ", ")),
                    units == 1 ? "" : fmt::format(" × {}", units)),
        "   ", "      ", session.text_width());
  }
  if (!quantities.empty()) {
    session.out() << Wrap("quantities: " + Shown(Join(quantities, ", ")), "   ", "      ",
                          session.text_width());
  }
}

Result<int> RunSolve(Session& session, const SolveOptions& options, bool as_json) {
  auto problem = Load(session, options);
  if (!problem) return problem.error();
  if (!options.as.empty()) {
    const auto text = options.as == "lp"    ? match::WriteLp(*problem)
                      : options.as == "asp" ? match::WriteAsp(*problem)
                                            : Result<std::string>(match::WriteMiniZinc(*problem));
    if (!text) return text.error();
    session.out() << *text;
    return kExitOk;
  }
  match::SearchOptions search;
  if (options.deadline_ms) search.deadline = std::chrono::milliseconds(*options.deadline_ms);
  search.max_nodes = options.max_nodes;

  match::Solution solution;
  bool truncated = false;
  if (options.pareto.empty()) {
    solution = match::Solve(*problem, search);
  } else {
    std::vector<match::Measure> measures;
    for (const std::string& name : options.pareto) {
      auto measure = FindMeasure(*problem, name);
      if (!measure) return measure.error();
      measures.push_back(*measure);
    }
    match::Front front = match::SolvePareto(*problem, measures, kMaxFrontPoints, search);
    solution.status = front.status;
    solution.answers = std::move(front.answers);
    solution.nodes = front.nodes;
    truncated = front.truncated;
  }
  const int exit_code = solution.answers.empty() ? kExitNegative : kExitOk;
  if (as_json) {
    json::Document document(rapidjson::kObjectType);
    auto& allocator = document.GetAllocator();
    json::Set(document, "schema", "stackport.solution/1", allocator);
    json::Set(document, "problem", problem->name, allocator);
    json::Set(document, "engine", match::kEngineVersion, allocator);
    json::Set(document, "status", StatusName(solution.status), allocator);
    json::Set(document, "nodes", solution.nodes, allocator);
    if (!options.pareto.empty()) json::Set(document, "truncated", truncated, allocator);
    if (!solution.bound.empty()) {
      Value bound(rapidjson::kArrayType);
      for (const std::int64_t level : solution.bound) bound.PushBack(level, allocator);
      json::Set(document, "bound", std::move(bound), allocator);
    }
    Value answers(rapidjson::kArrayType);
    for (const match::Answer& answer : solution.answers) {
      answers.PushBack(AnswerJson(*problem, answer, allocator), allocator);
    }
    json::Set(document, "answers", std::move(answers), allocator);
    session.PrintJson(document);
    return exit_code;
  }
  session.out() << fmt::format("{}: {}, {}, {}{}\n",
                               Shown(problem->name.empty() ? options.file : problem->name),
                               Count(static_cast<std::int64_t>(solution.answers.size()), "answer"),
                               StatusName(solution.status), Count(solution.nodes, "node"),
                               truncated ? ", front cut short" : "");
  if (!solution.bound.empty()) {
    std::vector<std::string> bound;
    for (std::size_t l = 0; l < solution.bound.size(); ++l) {
      bound.push_back(fmt::format("{} {}", problem->levels[l].name, Grouped(solution.bound[l])));
    }
    session.out() << "no answer that is missing is better than " << Shown(Join(bound, " · "))
                  << "\n";
  }
  for (std::size_t a = 0; a < solution.answers.size(); ++a) {
    PrintAnswer(session, *problem, solution.answers[a], a + 1);
  }
  return exit_code;
}

}  // namespace

void AddSolveCommand(CLI::App& app, Invocation& invocation) {
  CLI::App* command =
      AddCommand(app, "solve", "Run the engine on a problem file (stackport.problem/1)",
                 "stackport solve p.json --top 3");
  const auto options = std::make_shared<SolveOptions>();
  command->add_option("FILE", options->file, "Problem file; '-' reads standard input")
      ->type_name("")
      ->required();
  command->add_option("--top", options->top, "Answers to return")
      ->type_name("K")
      ->check(CLI::Range(1, match::kMaxTop).description(""));
  command->add_option("--distance", options->distance, "Weight in which answers must differ")
      ->type_name("D")
      ->check(CLI::Range(1, std::numeric_limits<int>::max()).description(""));
  command->add_option("--deadline", options->deadline_ms, "Longest search; then the bound is given")
      ->type_name("MS")
      ->check(CLI::Range(std::int64_t{1}, kMaxDeadlineMs).description(""));
  command->add_option("--max-nodes", options->max_nodes, "Most search nodes, reproducibly")
      ->type_name("N")
      ->check(
          CLI::Range(std::int64_t{1}, std::numeric_limits<std::int64_t>::max()).description(""));
  command->add_option("--pareto", options->pareto, "The exact front of two to four measures")
      ->type_name("NAMES")
      ->delimiter(',')
      ->allow_extra_args(false);
  command
      ->add_option("--as", options->as,
                   "Write it for another solver instead: minizinc, lp (linear problems), or asp")
      ->type_name("LANGUAGE")
      ->check(CLI::IsMember({"minizinc", "lp", "asp"}).description(""));
  AddJsonFlag(*command, invocation);
  command->callback([options, &invocation] {
    invocation.body = [options, &invocation](Session& session) -> Result<int> {
      if (options->pareto.size() == 1 || options->pareto.size() > 4) {
        return InvalidArgument("a front needs two to four measures; write --pareto tco,site_power");
      }
      return RunSolve(session, *options, invocation.json);
    };
  });
}

}  // namespace stackport::cli
