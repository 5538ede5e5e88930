// One candidate package in full: parts with reasons, figures, programme, open questions.
#ifndef STACKPORT_HOST_CLI_PACKAGE_TEXT_H_
#define STACKPORT_HOST_CLI_PACKAGE_TEXT_H_

#include <string>

#include "catalog/base/json.h"
#include "host/cli/session.h"

namespace stackport::cli {

// Open questions shown before a count replaces the rest.
inline constexpr std::size_t kMaxShownQuestions = 8;

void PrintPackage(Session& session, const json::Value& candidate);

// A demand in words; a task of the registry keeps its name, which has a dot.
std::string Readable(std::string demand);

// The parts alone; `reasons` adds why each is there.
void PrintParts(Session& session, const json::Value& candidate, bool reasons);

}  // namespace stackport::cli

#endif  // STACKPORT_HOST_CLI_PACKAGE_TEXT_H_
