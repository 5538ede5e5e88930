// One request put to many countries: where packages exist, what they cost, what blocks the rest.
#ifndef STACKPORT_CATALOG_MATCH_SWEEP_H_
#define STACKPORT_CATALOG_MATCH_SWEEP_H_

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "catalog/base/findings.h"
#include "catalog/base/json.h"
#include "catalog/base/result.h"
#include "catalog/countries/country_index.h"
#include "catalog/match/relaxation.h"
#include "catalog/match/settling.h"
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
  // The rule of the programme that bars everything from going there ("blocked_destination" or
  // "market", see JudgeDestination and JudgeMarket); empty elsewhere. Then no lever helps.
  std::string barred_by;
  std::vector<std::string> empty_demands;  // that nothing in the catalog answers there
  std::vector<std::string> conflict;       // one minimal set of demands that cannot hold together
  // The most frequent reasons for leaving components out: reason and number, most frequent first.
  std::vector<std::pair<std::string, std::int64_t>> reasons;
  bool fits_without_demand = false;   // a package appears when the one empty demand is dropped
  Settlement settlement;              // facts to settle together, see FactsToSettle
  std::vector<SingleChange> changes;  // of the request, each enough alone
};

// Something whose coming or settling would help in these countries.
struct SweepLever {
  std::string component;  // empty for a demand
  std::string name;       // a fact, or a demand
  std::vector<std::string> countries;
  // Of these, where nothing else is lacking: a package appears once the demand is dropped, or the
  // fact settled well.
  std::vector<std::string> lacking_only_this;
};

// A single thing that is enough, alone, for packages to appear in these countries.
struct SweepUnlock {
  enum class Kind {
    kFact,    // it has to be settled, and turn out well
    kDemand,  // a component that answers it has to come; a package appears once it is dropped
    kChange,  // of the request
  };
  Kind kind = Kind::kChange;
  std::string component;  // of a fact
  std::string name;       // a fact, a demand, or a pointer into the request
  std::string text;       // what to do, for people
  std::vector<std::string> countries;
  // Of a numeric limit, in the request's unit: the value that is enough in all of them, and the
  // smallest that is enough in more than half, with the number of those.
  std::optional<std::int64_t> needed, needed_for_most;
  std::size_t most = 0;
};
std::string_view UnlockKindName(SweepUnlock::Kind kind);  // "fact", "demand", "change"

struct Sweep {
  std::string snapshot;
  std::vector<SweepRow> rows;  // in the order asked for
  // Facts that the best packages leave open, those of most countries first.
  std::vector<SweepLever> open_facts;
  // Demands that nothing answers where something may go at all, first those that are alone in most
  // countries: there, an eligible component for it is needed, and may be enough.
  std::vector<SweepLever> missing;
  // Facts that would have to be settled, together with others, where nothing fits because the
  // request rejects what is unknown; first those that are alone in most countries.
  std::vector<SweepLever> facts_to_settle;
  std::vector<SweepUnlock> unlocks;  // those that unlock most countries first
  bool cancelled = false;            // then rows ends early
};

struct SweepOptions {
  int threads = 1;
  const std::atomic<bool>* cancel = nullptr;  // not owned
  // Whether to find out what would unlock a country in which nothing fits: several searches each.
  bool unlocks = true;
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
