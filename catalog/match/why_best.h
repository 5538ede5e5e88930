// Why the best package is the best, and what would change it: the next best without each of its
// parts, the nearest value of each limit that brings another package, and the open questions whose
// settling would.
#ifndef STACKPORT_CATALOG_MATCH_WHY_BEST_H_
#define STACKPORT_CATALOG_MATCH_WHY_BEST_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "catalog/countries/country_index.h"
#include "catalog/match/compiled.h"
#include "catalog/match/engine.h"
#include "catalog/match/package_change.h"
#include "catalog/match/prepared_catalog.h"
#include "catalog/match/request.h"

namespace stackport::match {

// What comes first after a change.
struct Outcome {
  enum class Kind {
    kSame,         // the same package
    kOther,        // `package`
    kNothingFits,  // proven
    kUnknown,      // the deadline came first
  };
  Kind kind = Kind::kUnknown;
  PackageView package;  // of kOther
};

// Without one component of the best package.
struct Alternative {
  std::string component;
  std::vector<std::string> demands;  // that it answers
  bool pinned = false;               // the request insists on it, or on its vendor: not tried
  Outcome outcome;
};

// A limit can pass several packages on its way up to the next best one; each costs a search.
inline constexpr int kMaxStepsUp = 12;

// One figure that a request can limit.
struct LimitEffect {
  Figure figure = Figure::kTco;
  std::int64_t value = 0;             // of the best package
  std::optional<std::int64_t> limit;  // of the request
  // Where the limit is just below `value`.
  Outcome below;
  // With a limit that no package passes, where the request has none. Another package comes first
  // where a missing price then becomes an open question.
  std::optional<Outcome> any;
  // The smallest limit above the request's from which on another package is the best; nothing when
  // there is none, or the request does not limit the figure. `above_known` is false when the
  // deadline, or kMaxStepsUp, came first.
  std::optional<std::int64_t> above_at;
  Outcome above;
  bool above_known = true;
};

// One fact that some listed package needs and nobody states.
struct QuestionEffect {
  OpenQuestion question;
  int packages = 0;  // of those listed, that depend on it
  Outcome if_met;    // were it known and favourable
  Outcome if_not;    // were it known and excluding
};

struct WhyBest {
  PackageView best;
  // The level of the order at which the best comes before the second listed: its name and the two
  // values. Nothing where there is no second, or only the names decide.
  struct Lead {
    std::string level;
    std::int64_t best = 0;
    std::int64_t second = 0;
  };
  std::optional<Lead> lead;
  std::vector<Alternative> alternatives;  // in the order of the package's demands
  std::vector<LimitEffect> limits;
  // Those that would change the best package first, then by the number of packages they concern.
  std::vector<QuestionEffect> questions;
  int listed = 0;  // packages
  // What left outcomes unknown; every one is known with neither.
  bool timed_out = false;      // the deadline, or a cancel, came first
  bool steps_ran_out = false;  // more than kMaxStepsUp packages lie between a limit and the next
};

// `listed`: the packages of the answer, best first, at least one; the same request's compilation.
// A deadline in the options holds for all of it together.
WhyBest ExplainBest(const PreparedCatalog& catalog, const CountryIndex& countries,
                    const Request& request, const CompiledMatch& compiled,
                    const std::vector<Answer>& listed, const SearchOptions& options);

// The members "alternatives", "limits", "questions", "complete" with "ended_by", and "summary"
// (five lines) of an explanation, see stackport.explanation/1 in the API's description.
void AddWhyBest(const WhyBest& why, json::Document& document);

}  // namespace stackport::match

#endif  // STACKPORT_CATALOG_MATCH_WHY_BEST_H_
