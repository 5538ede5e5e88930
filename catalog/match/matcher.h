// The matcher's front door: a request in, a result document (stackport.result/1) out.
#ifndef STACKPORT_CATALOG_MATCH_MATCHER_H_
#define STACKPORT_CATALOG_MATCH_MATCHER_H_

#include <atomic>
#include <string>

#include "catalog/base/json.h"
#include "catalog/base/result.h"
#include "catalog/countries/country_index.h"
#include "catalog/match/compiled.h"
#include "catalog/match/engine.h"
#include "catalog/match/prepared_catalog.h"
#include "catalog/match/request.h"
#include "catalog/model/snapshot.h"

namespace stackport::match {

// Answers requests against one snapshot. Thread-safe: every call stands alone.
class Matcher {
 public:
  // Prepares the snapshot, which takes some milliseconds for a thousand components: keep the
  // matcher for as long as the snapshot is asked. `countries` must outlive it.
  Matcher(SnapshotPtr snapshot, const CountryIndex& countries)
      : catalog_(std::move(snapshot)), countries_(countries) {}

  // The result document: candidates in order, figures, reasons, exclusions, open questions, proof.
  // When nothing fits, `no_package` says which changes to the request would help. Same snapshot and
  // request, same bytes, unless `proof.status` is "stopped".
  Result<json::Document> Match(const Request& request,
                               const std::atomic<bool>* cancel = nullptr) const;

  // Why a component is not in the best package: the rule that excludes it; or, when it is eligible,
  // the best package that contains it, what the difference is, and its place among all that fill
  // the same demand. NotFound for an unknown id.
  Result<json::Document> Explain(const Request& request, const std::string& component_id,
                                 const std::atomic<bool>* cancel = nullptr) const;

  // Why the best package is the best, and what would change it; of the packages that the request
  // asks for, the first is explained and the open questions of all are weighed. When nothing fits,
  // what Match says of it.
  Result<json::Document> ExplainBest(const Request& request,
                                     const std::atomic<bool>* cancel = nullptr) const;

  // The integers behind a request, in the form `stackport solve` reads.
  Result<std::string> WriteProblemOf(const Request& request) const;

 private:
  Result<json::Document> ExplainUnnamed(const Request& request, const std::string& component_id,
                                        const std::atomic<bool>* cancel) const;
  Result<json::Document> ExplainBestUnnamed(const Request& request,
                                            const std::atomic<bool>* cancel) const;

  const CatalogSnapshot& snapshot() const { return catalog_.snapshot(); }

  PreparedCatalog catalog_;
  const CountryIndex& countries_;
};

}  // namespace stackport::match

#endif  // STACKPORT_CATALOG_MATCH_MATCHER_H_
