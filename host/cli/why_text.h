// Why the best package is the best (stackport.explanation/1), for people.
#ifndef STACKPORT_HOST_CLI_WHY_TEXT_H_
#define STACKPORT_HOST_CLI_WHY_TEXT_H_

#include "catalog/base/json.h"
#include "host/cli/session.h"

namespace stackport::cli {

// Questions shown before a count replaces the rest.
inline constexpr std::size_t kMaxShownEffects = 10;

// Five lines, then part by part, limit by limit, question by question. Reads members tolerantly.
void PrintWhy(Session& session, const json::Value& explanation);

}  // namespace stackport::cli

#endif  // STACKPORT_HOST_CLI_WHY_TEXT_H_
