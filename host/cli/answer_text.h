// The answer of the matcher (stackport.result/1) for people: overview, packages, exclusions.
//
// Reads members tolerantly: a result of a later engine prints with gaps, it does not fail.
#ifndef STACKPORT_HOST_CLI_ANSWER_TEXT_H_
#define STACKPORT_HOST_CLI_ANSWER_TEXT_H_

#include <string>
#include <string_view>

#include "catalog/base/json.h"
#include "catalog/match/compiled.h"
#include "host/cli/session.h"

namespace stackport::cli {

using match::kNotDemanded;

// Country, workload, snapshot and proof: which question was answered, and how surely.
void PrintHeader(Session& session, const json::Value& result);
// One aligned row for each candidate of the array.
void PrintCandidates(Session& session, const json::Value& candidates);
// The answers of `best_per` and `pareto`, when the request asked for them.
void PrintClasses(Session& session, const json::Value& result);
// The demands of the request that could not be met, and what would help.
void PrintNoPackage(Session& session, const json::Value& no_package);
// The reasons why components were left out, most frequent first.
void PrintExcluded(Session& session, const json::Value& excluded);

// "in Kenya", "AWS region in South Africa" — deployment and place of a candidate.
std::string PlaceOf(const json::Value& candidate);
// Whether a figure ("cost", "power") rests on published values in every part that has it.
bool AllStated(const json::Value& parts, std::string_view figure);
// The part of a candidate that answers a demand, or a null value.
const json::Value& PartFor(const json::Value& candidate, std::string_view demand);

}  // namespace stackport::cli

#endif  // STACKPORT_HOST_CLI_ANSWER_TEXT_H_
