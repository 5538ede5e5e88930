// What the HTTP API reads from the catalog, behind an interface so that tests bring their own.
#ifndef STACKPORT_HOST_HTTP_CATALOG_SOURCE_H_
#define STACKPORT_HOST_HTTP_CATALOG_SOURCE_H_

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "catalog/base/result.h"
#include "catalog/countries/country_index.h"
#include "catalog/model/snapshot.h"
#include "catalog/store/catalog_store.h"

namespace stackport::http {

// Thread-safe in every implementation: the workers of a server share one.
class CatalogSource {
 public:
  virtual ~CatalogSource() = default;

  virtual Result<SnapshotPtr> Current() = 0;
  // NotFound for an id that never was.
  virtual Result<SnapshotPtr> Read(std::string_view snapshot_id) = 0;
  // Newest first.
  virtual Result<std::vector<SnapshotStep>> ListSnapshots(std::size_t limit) = 0;
  // Component ids of the current snapshot, best first.
  virtual Result<std::vector<std::string>> Search(std::string_view text, std::size_t limit) = 0;
  // Why a plugin, or its newest version, is not in service.
  virtual Result<std::vector<PluginProblem>> PluginProblems() = 0;
  // Components that a revocation keeps out of the current snapshot.
  virtual Result<std::vector<WithheldComponent>> Withheld() = 0;
  // Keeps what was answered, for whoever asks later what it rested on.
  virtual Status RecordAnswers(std::span<const MatchAudit> answers) = 0;
  // The newest answers; with `affected` those alone that a revocation flagged.
  virtual Result<AnswerList> Answers(bool affected, std::size_t limit) = 0;
  virtual const CountryIndex& Countries() const = 0;
};

// Over a store and the country data, both of which must outlive it.
std::unique_ptr<CatalogSource> MakeStoreCatalogSource(CatalogStore& store,
                                                      const CountryIndex& countries);

}  // namespace stackport::http

#endif  // STACKPORT_HOST_HTTP_CATALOG_SOURCE_H_
