// The reporter: turns the engine's answer back into components, figures, reasons and sources.
#ifndef STACKPORT_CATALOG_MATCH_REPORTER_H_
#define STACKPORT_CATALOG_MATCH_REPORTER_H_

#include "catalog/base/json.h"
#include "catalog/countries/country_index.h"
#include "catalog/match/compiled.h"
#include "catalog/match/engine.h"
#include "catalog/match/prepared_catalog.h"
#include "catalog/match/request.h"
#include "catalog/match/wording.h"
#include "catalog/model/snapshot.h"

namespace stackport::match {

// Writes pieces of a result document (sdk/schema/result.schema.json). Holds references only. One
// thread at a time.
class Reporter {
 public:
  Reporter(const PreparedCatalog& catalog, const CountryIndex& countries, const Request& request,
           const CompiledMatch& compiled)
      : catalog_(catalog),
        snapshot_(catalog.snapshot()),
        countries_(countries),
        request_(request),
        compiled_(compiled),
        wording_(catalog, countries, request, compiled) {}

  // One candidate package: parts, figures, programme checks, open questions.
  json::Value CandidateJson(const Answer& answer, int rank, json::Allocator& allocator) const;

  // Components that no package of this request can hold, grouped by reason.
  json::Value ExcludedJson(json::Allocator& allocator) const;

  // Status, nodes, and bound and gap for a search that was stopped.
  json::Value ProofJson(const Solution& solution, json::Allocator& allocator) const;

  // What the use cases amount to, and the eligible candidates per demand.
  json::Value WorkloadJson(json::Allocator& allocator) const;

  // The figures of a package by name, as {"unit", "low", "high"} or {"unit", "value"}.
  json::Value FiguresJson(const Answer& answer, json::Allocator& allocator) const;

 private:
  // A chosen part with how many of it.
  struct Line {
    int slot = 0;
    int candidate = 0;
    std::int64_t units = 0;
    const Part* part = nullptr;
    const PartWords* words = nullptr;
  };
  std::vector<Line> Lines(const Answer& answer) const;
  std::vector<std::string> DemandsOf(const Line& line, const Answer& answer) const;
  json::Value PartJson(const Line& line, const Answer& answer, json::Allocator& allocator) const;
  json::Value SizingJson(const Answer& answer, json::Allocator& allocator) const;
  json::Value UsContentJson(const Answer& answer, json::Allocator& allocator) const;
  json::Value ProgrammeJson(const Answer& answer, json::Allocator& allocator) const;
  json::Value QuestionsJson(const Answer& answer, json::Allocator& allocator) const;
  std::string QuantityReason(const Line& line, const Answer& answer) const;
  // Nothing where a hosted interface runs the model.
  std::optional<Sizing> SizingOf(const Answer& answer) const {
    return compiled_.sizings.Of(answer.choice.picks[kModelSlot].front(),
                                answer.choice.picks[kComputeSlot].front());
  }
  const Component& ComponentOf(const Part& part) const {
    return snapshot_.components[part.component];
  }

  const PreparedCatalog& catalog_;
  const CatalogSnapshot& snapshot_;
  const CountryIndex& countries_;
  const Request& request_;
  const CompiledMatch& compiled_;
  mutable Wording wording_;
};

// {"source": …, "as_of": …, "note"?: …}; empty provenance gives an empty object.
json::Value ProvenanceJson(const Provenance& provenance, json::Allocator& allocator);

// {"component","reason","text","facts","rule"?}
json::Value ExclusionJson(const Exclusion& exclusion, json::Allocator& allocator);

}  // namespace stackport::match

#endif  // STACKPORT_CATALOG_MATCH_REPORTER_H_
