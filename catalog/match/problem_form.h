// Words of the file form stackport.problem/1 that both its reader and its writer use.
#ifndef STACKPORT_CATALOG_MATCH_PROBLEM_FORM_H_
#define STACKPORT_CATALOG_MATCH_PROBLEM_FORM_H_

#include <optional>
#include <string_view>

#include "catalog/match/problem.h"

namespace stackport::match::form {

inline constexpr std::string_view kSchema = "stackport.problem/1";
inline constexpr std::string_view kTable = "table";
inline constexpr std::string_view kCeil = "ceil";
inline constexpr std::string_view kFatTree = "fat_tree";
inline constexpr std::string_view kSum = "sum";
inline constexpr std::string_view kMax = "max";
inline constexpr std::string_view kDistinct = "distinct";

constexpr std::string_view ChoiceName(SlotChoice choice) {
  switch (choice) {
    case SlotChoice::kOne:
      return "one";
    case SlotChoice::kOptional:
      return "optional";
    case SlotChoice::kSet:
      return "set";
  }
  return "";
}

constexpr std::optional<SlotChoice> ParseChoice(std::string_view text) {
  for (const SlotChoice choice : {SlotChoice::kOne, SlotChoice::kOptional, SlotChoice::kSet}) {
    if (text == ChoiceName(choice)) return choice;
  }
  return std::nullopt;
}

}  // namespace stackport::match::form

#endif  // STACKPORT_CATALOG_MATCH_PROBLEM_FORM_H_
