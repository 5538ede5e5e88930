#include "tests/oracle/peer_solvers.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <utility>

#include "catalog/match/problem_export.h"
#include "tests/support/command.h"
#include "tests/support/temp_folder.h"

namespace stackport::oracle {

namespace {

using match::Problem;
using std::chrono::milliseconds;

// A solver's line of numbers can end early or hold something else; nothing is read past it.
std::vector<std::int64_t> Integers(std::string_view text, std::size_t count) {
  std::vector<std::int64_t> values;
  const char* next = text.data();
  const char* const end = text.data() + text.size();
  while (values.size() < count) {
    while (next != end && (*next == ' ' || *next == ',')) ++next;
    std::int64_t value = 0;
    const auto [after, error] = std::from_chars(next, end, value);
    if (error != std::errc()) break;
    values.push_back(value);
    next = after;
  }
  return values;
}

PeerAnswer Failed(std::string_view output) {
  PeerAnswer answer;
  constexpr std::size_t kShown = 300;
  answer.note =
      output.size() <= kShown ? output : "… " + std::string(output.substr(output.size() - kShown));
  return answer;
}

PeerAnswer Only(PeerStatus status) {
  PeerAnswer answer;
  answer.status = status;
  return answer;
}

PeerAnswer Cannot(std::string why) {
  PeerAnswer answer = Only(PeerStatus::kCannot);
  answer.note = std::move(why);
  return answer;
}

PeerAnswer Optimal(std::vector<std::int64_t> levels) {
  PeerAnswer answer = Only(PeerStatus::kOptimal);
  answer.levels = std::move(levels);
  return answer;
}

bool Has(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

PeerAnswer AskGecode(const Problem& problem, const TempFolder& folder, milliseconds deadline) {
  const std::string text = match::WriteMiniZinc(problem);
  if (Has(text, "% Some sums pass 2147483646")) {
    return Cannot("a sum passes 2147483646, the largest integer of Gecode");
  }
  const std::string path = folder / "problem.mzn";
  WriteFile(path, text);
  const std::size_t levels = problem.levels.size();
  std::vector<std::int64_t> known;
  double spent = 0, cpu = 0;
  for (std::size_t step = 0; step < std::max<std::size_t>(levels, 1); ++step) {
    std::string list;
    for (const std::int64_t value : known) list += std::to_string(value) + ",";
    const auto left = deadline - milliseconds(static_cast<std::int64_t>(spent));
    const CommandResult run = RunCommand({"minizinc", "--solver", "gecode", path, "-D",
                                          fmt::format("step={}; known=[{}];", step + 1, list)},
                                         std::max(left, milliseconds(0)));
    spent += run.milliseconds;
    cpu += run.cpu_milliseconds;
    PeerAnswer answer =
        run.timed_out ? Only(PeerStatus::kStopped) : ReadMiniZinc(run.output, levels);
    answer.cpu_milliseconds = cpu;
    if (answer.status != PeerStatus::kOptimal) return answer;
    if (step + 1 >= levels) return answer;
    known.push_back(answer.levels[step]);
  }
  return Only(PeerStatus::kFailed);
}

PeerAnswer AskOne(const std::vector<std::string>& command, milliseconds deadline,
                  const auto& read) {
  const CommandResult run = RunCommand(command, deadline);
  PeerAnswer answer = run.timed_out ? Only(PeerStatus::kStopped) : read(run.output);
  answer.cpu_milliseconds = run.cpu_milliseconds;
  return answer;
}

}  // namespace

std::string_view PeerName(Peer peer) {
  switch (peer) {
    case Peer::kGecode:
      return "gecode";
    case Peer::kClingo:
      return "clingo";
    case Peer::kCbc:
      return "cbc";
  }
  return "";
}

std::string_view PeerPackage(Peer peer) {
  switch (peer) {
    case Peer::kGecode:
      return "minizinc flatzinc";
    case Peer::kClingo:
      return "gringo";
    case Peer::kCbc:
      return "coinor-cbc";
  }
  return "";
}

bool PeerInstalled(Peer peer) {
  switch (peer) {
    case Peer::kGecode:
      return CommandExists("minizinc") && CommandExists("fzn-gecode");
    case Peer::kClingo:
      return CommandExists("clingo");
    case Peer::kCbc:
      return CommandExists("cbc");
  }
  return false;
}

PeerAnswer ReadMiniZinc(std::string_view output, std::size_t levels) {
  if (Has(output, "=====UNSATISFIABLE=====")) return Only(PeerStatus::kInfeasible);
  constexpr std::string_view kLevels = "level [";
  const std::size_t at = output.rfind(kLevels);
  if (at == std::string_view::npos || (levels > 0 && !Has(output, "=========="))) {
    return Failed(output);
  }
  std::vector<std::int64_t> values = Integers(output.substr(at + kLevels.size()), levels);
  return values.size() == levels ? Optimal(std::move(values)) : Failed(output);
}

PeerAnswer ReadClingo(std::string_view output, std::size_t levels) {
  if (Has(output, "UNSATISFIABLE")) return Only(PeerStatus::kInfeasible);
  constexpr std::string_view kValues = "Optimization : ";
  const std::size_t at = output.rfind(kValues);
  if (at == std::string_view::npos || !Has(output, "OPTIMUM FOUND")) return Failed(output);
  std::vector<std::int64_t> values = Integers(output.substr(at + kValues.size()), levels);
  if (values.size() != levels) return Failed(output);
  // The program adds 1 to every level, so that each of them is printed.
  for (std::int64_t& value : values) --value;
  return Optimal(std::move(values));
}

PeerAnswer ReadCbc(std::string_view output) {
  if (!Has(output, "Optimal solution found")) {
    return Has(output, "infeasible") ? Only(PeerStatus::kInfeasible) : Failed(output);
  }
  constexpr std::string_view kValue = "Objective value:";
  const std::size_t at = output.rfind(kValue);
  if (at == std::string_view::npos) return Failed(output);
  const double value =
      std::strtod(std::string(output.substr(at + kValue.size(), 40)).c_str(), nullptr);
  return Optimal({std::llround(value)});
}

PeerAnswer AskPeer(Peer peer, const Problem& problem, milliseconds deadline) {
  const TempFolder folder;
  const std::string path = folder / "problem.lp";
  switch (peer) {
    case Peer::kGecode:
      return AskGecode(problem, folder, deadline);
    case Peer::kClingo: {
      const auto program = match::WriteAsp(problem);
      if (!program) return Cannot(program.error().message);
      WriteFile(path, *program);
      return AskOne(
          {"clingo", "--quiet=1", "--warn=none", path}, deadline,
          [&](const std::string& text) { return ReadClingo(text, problem.levels.size()); });
    }
    case Peer::kCbc: {
      const auto program = match::WriteLp(problem);
      if (!program) return Cannot(program.error().message);
      WriteFile(path, *program);
      return AskOne({"cbc", path, "-ratioGap", "0", "-allowableGap", "0", "solve"}, deadline,
                    [](const std::string& text) { return ReadCbc(text); });
    }
  }
  return {};
}

}  // namespace stackport::oracle
