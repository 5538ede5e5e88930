// A request taken apart into demands that may be given up, each by itself.
#ifndef STACKPORT_CATALOG_MATCH_REQUEST_DEMANDS_H_
#define STACKPORT_CATALOG_MATCH_REQUEST_DEMANDS_H_

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "catalog/match/request.h"

namespace stackport::match {

struct RequestDemand {
  std::string pointer;  // into the request: "/limits/capex"
  std::string text;     // in the user's words: "capital of at most 2.00 MUSD"
  std::function<void(Request&)> give_up;
  // Of a numeric limit: what it limits, and how to set another value, in the request's unit.
  std::optional<Figure> figure;
  std::function<void(Request&, std::int64_t)> set_limit;
  // It bounds a figure of the package, and nothing else hangs on it but which prices are asked
  // about: what fits without it can be searched for among the same candidates.
  bool only_bounds = false;
};

// Every demand that narrows the choice, in a fixed order. What the request is about (country, use
// cases and their users) is not among them.
std::vector<RequestDemand> DemandsOf(const Request& request);

// An amount of a figure for people, in the unit of FigureUnit: "2.30 MUSD", "45.1 kW", "140 days",
// "12 vendors", "1 open question".
std::string AmountText(Figure figure, std::int64_t value);

// "30 B parameters", "32000 tokens of context".
std::string ParametersText(std::int64_t parameters);
std::string ContextText(std::int64_t tokens);

// Like AmountText, and rounded up where it is rounded: a limit of that amount lets `value` through.
std::string SufficientText(Figure figure, std::int64_t value);

// "allow capital of 2.30 MUSD": a limit moved to `value` or a little above, in the request's unit.
std::string AllowText(Figure figure, std::int64_t value);

}  // namespace stackport::match

#endif  // STACKPORT_CATALOG_MATCH_REQUEST_DEMANDS_H_
