// Requests put to the bundled catalog, and what to look at in the answers.
#ifndef STACKPORT_TESTS_PLUGINS_ASKING_H_
#define STACKPORT_TESTS_PLUGINS_ASKING_H_

#include <map>
#include <set>
#include <string>

#include "catalog/base/json.h"
#include "catalog/match/request.h"

namespace stackport {

// A member's text, or nothing.
std::string Text(const json::Value& value, const char* name);

// A request with a failed test for every finding; the empty one where it cannot be read.
match::Request ReadRequest(const json::Value& document);
match::Request ReadRequest(const std::string& text);

// The answer of the bundled catalog; an empty object after a failed test.
json::Document Answer(const json::Value& document);
json::Document Answer(const std::string& text);
// Why a component is, or is not, in the best package.
json::Document Explain(const std::string& text, const std::string& component);
// The reason for which a component is left out of every package; empty when it is not.
std::string WhyLeftOut(const std::string& text, const std::string& component);

// "reason: text" of every component that is left out of all packages.
std::map<std::string, std::string> LeftOut(const std::string& text);

// The first part of that kind in a candidate, or null.
const json::Value* PartOfKind(const json::Value& candidate, const std::string& kind);
std::set<std::string> ComponentsOf(const json::Value& candidate);

}  // namespace stackport

#endif  // STACKPORT_TESTS_PLUGINS_ASKING_H_
