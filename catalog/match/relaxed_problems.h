// The problems of one request with some of its demands given up.
#ifndef STACKPORT_CATALOG_MATCH_RELAXED_PROBLEMS_H_
#define STACKPORT_CATALOG_MATCH_RELAXED_PROBLEMS_H_

#include <memory>
#include <vector>

#include "catalog/countries/country_index.h"
#include "catalog/match/compiled.h"
#include "catalog/match/prepared_catalog.h"
#include "catalog/match/request.h"
#include "catalog/match/request_demands.h"

namespace stackport::match {

// Demands that only bound a figure leave the candidates as they are: a compilation serves whatever
// is given up of them. Holds references to what it is given. One thread at a time.
class RelaxedProblems {
 public:
  // `compiled` is the request's own problem.
  RelaxedProblems(const PreparedCatalog& catalog, const CountryIndex& countries,
                  const Request& request, const std::vector<RequestDemand>& demands,
                  CompiledMatch compiled);

  // The request without these demands, given by their numbers.
  Request RequestWithout(const std::vector<int>& given_up) const;

  // Its problem, for one package; the prices that are asked about are those of the request with all
  // its limits of money. Null when it does not compile. Valid until the next call, and free to be
  // changed in its rows and levels.
  CompiledMatch* Without(const std::vector<int>& given_up);

 private:
  struct Kept {
    std::vector<int> given_up;  // of the demands that decide about candidates
    CompiledMatch compiled;
  };

  void MakeRoom();

  const PreparedCatalog& catalog_;
  const CountryIndex& countries_;
  const Request& request_;
  const std::vector<RequestDemand>& demands_;
  std::vector<std::unique_ptr<Kept>> kept_;  // the request's own first, then the latest last
};

}  // namespace stackport::match

#endif  // STACKPORT_CATALOG_MATCH_RELAXED_PROBLEMS_H_
