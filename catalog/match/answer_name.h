// How an answer is named: by a hash of all it says, so that equal names mean equal content.
#ifndef STACKPORT_CATALOG_MATCH_ANSWER_NAME_H_
#define STACKPORT_CATALOG_MATCH_ANSWER_NAME_H_

#include <string>
#include <string_view>

#include "catalog/base/json.h"

namespace stackport::match {

// "r-0123456789abcdef" for the prefix "r-" (results; "e-" explanations, "s-" sweeps).
std::string NameOfAnswer(std::string_view prefix, const json::Value& document);

}  // namespace stackport::match

#endif  // STACKPORT_CATALOG_MATCH_ANSWER_NAME_H_
