// One request put to many countries: where packages exist, what they cost, what blocks the rest.
#ifndef STACKPORT_CATALOG_MATCH_SWEEP_H_
#define STACKPORT_CATALOG_MATCH_SWEEP_H_

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "catalog/base/findings.h"
#include "catalog/base/json.h"
#include "catalog/base/result.h"
#include "catalog/countries/country_index.h"
#include "catalog/model/registry.h"
#include "catalog/model/snapshot.h"

namespace stackport::match {

// The best package of one deployment class in one country.
struct SweepPackage {
  std::string deployment;               // class: "on_premises", "cloud_in_country", …
  std::string site;                     // "on_premises", "cloud:aws@ZA"
  std::vector<std::string> components;  // ids, in the order of the demands, each once
  std::int64_t tco_low_cents = 0, tco_high_cents = 0;
  std::int64_t site_power_high_w = 0;
  std::int64_t lead_days = 0;
  std::int64_t licences = 0;
  std::int64_t open_questions = 0;
  // Decisive ones, as component and fact; an empty component means the rule itself.
  std::vector<std::pair<std::string, std::string>> questions;
};

enum class SweepStatus {
  kFits,
  kNothingFits,  // proven
  kStopped,      // the deadline came before the proof; packages found so far are listed
};
std::string_view SweepStatusName(SweepStatus status);  // "fits", "nothing_fits", "stopped"

struct SweepRow {
  std::string country;  // ISO 3166-1 alpha-2
  SweepStatus status = SweepStatus::kNothingFits;
  std::vector<SweepPackage> packages;  // best first, one for each deployment class that has any
  // When nothing fits:
  std::vector<std::string> empty_demands;  // that nothing in the catalog answers there
  std::vector<std::string> conflict;       // one minimal set of demands that cannot hold together
  // The most frequent reasons for leaving components out: reason and number, most frequent first.
  std::vector<std::pair<std::string, std::int64_t>> reasons;
};

// Something whose coming or settling would help in these countries.
struct SweepLever {
  std::string component;  // empty for a demand
  std::string name;       // a fact, or a demand
  std::vector<std::string> countries;
  // Of these, where no other demand is without an answer.
  std::vector<std::string> lacking_only_this;
};

struct Sweep {
  std::string snapshot;
  std::vector<SweepRow> rows;  // in the order asked for
  // Facts that the best packages leave open, those of most countries first.
  std::vector<SweepLever> open_facts;
  // Demands that nothing answers, first those that are alone in most countries: there, an eligible
  // component for it is needed, and may be enough.
  std::vector<SweepLever> missing;
  bool cancelled = false;  // then rows ends early
};

struct SweepOptions {
  int threads = 1;
  const std::atomic<bool>* cancel = nullptr;  // not owned
  // Told after each country, from one thread at a time.
  std::function<void(std::size_t done, std::size_t total)> progress;
};

// Puts the request document to each country in turn; its own member "country" is replaced. An error
// is the request's own fault, with its findings in the message. The rows are the same whatever the
// number of threads.
Result<Sweep> RunSweep(const SnapshotPtr& snapshot, const CountryIndex& countries,
                       const Registry& registry, const json::Value& request,
                       const std::vector<std::string>& codes, const SweepOptions& options);

// The form stackport.sweep/1.
json::Document SweepJson(const Sweep& sweep, const CountryIndex& countries);

}  // namespace stackport::match

#endif  // STACKPORT_CATALOG_MATCH_SWEEP_H_
