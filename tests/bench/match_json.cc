#include <string>
#include <utility>

#include "tests/bench/match_tables.h"

namespace stackport::bench {

namespace {

class ReportWriter {
 public:
  json::Document Write(const MatchReport& report) {
    json::Set(document_, "seed", static_cast<std::int64_t>(report.seed), allocator_);
    json::Set(document_, "deadline_ms", report.deadline_ms, allocator_);
    json::Set(document_, "catalogs", List(report.catalogs, &ReportWriter::Catalog), allocator_);
    json::Set(document_, "not_built", List(report.not_built, &ReportWriter::Text), allocator_);
    AddGrowth(report);
    if (report.sweep) json::Set(document_, "sweep", Sweep(*report.sweep), allocator_);
    if (report.peers) {
      json::Set(document_, "peer_deadline_ms", report.peer_deadline_ms, allocator_);
      json::Set(document_, "peers", Peers(*report.peers), allocator_);
    }
    json::Set(document_, "load_average", LoadAverage(), allocator_);
    json::Set(document_, "peak_memory_bytes", PeakMemory(), allocator_);
    return std::move(document_);
  }

 private:
  template <typename T>
  json::Value List(const std::vector<T>& items, json::Value (ReportWriter::*write)(const T&)) {
    json::Value list(rapidjson::kArrayType);
    for (const T& item : items) list.PushBack((this->*write)(item), allocator_);
    return list;
  }

  json::Value Text(const std::string& text) {
    return {text.data(), static_cast<rapidjson::SizeType>(text.size()), allocator_};
  }

  // {"p50": 0.3, "p90": …}; "at_least" names those of which only a lower bound is known.
  json::Value Spread(const Readings& readings) {
    constexpr std::pair<const char*, double> kShares[] = {
        {"p50", 0.5}, {"p90", 0.9}, {"p99", 0.99}};
    json::Value value(rapidjson::kObjectType);
    if (readings.empty()) return value;
    json::Value at_least(rapidjson::kArrayType);
    for (const auto& [name, share] : kShares) {
      const Reading reading = readings.At(share);
      json::Set(value, name, reading.value, allocator_);
      if (reading.at_least) at_least.PushBack(rapidjson::StringRef(name), allocator_);
    }
    if (!at_least.Empty()) json::Set(value, "at_least", std::move(at_least), allocator_);
    return value;
  }

  json::Value Family(const FamilyRow& row) {
    json::Value value(rapidjson::kObjectType);
    json::Set(value, "family", row.family, allocator_);
    json::Set(value, "requests", row.asked, allocator_);
    json::Set(value, "fits", row.fits, allocator_);
    json::Set(value, "infeasible", row.none, allocator_);
    json::Set(value, "stopped", row.stopped, allocator_);
    json::Value left_out(rapidjson::kObjectType);
    for (const auto& [why, count] : row.left_out) json::Set(left_out, why, count, allocator_);
    json::Set(value, "left_out", std::move(left_out), allocator_);
    json::Set(value, "answer_ms", Spread(row.answer), allocator_);
    json::Set(value, "compile_ms", Spread(row.compile), allocator_);
    json::Set(value, "search_ms", Spread(row.search), allocator_);
    json::Set(value, "document_ms", Spread(row.document), allocator_);
    json::Set(value, "nodes", Spread(row.nodes), allocator_);
    return value;
  }

  json::Value Catalog(const CatalogRow& row) {
    json::Value value(rapidjson::kObjectType);
    json::Set(value, "catalog", row.name, allocator_);
    json::Set(value, "components", row.components, allocator_);
    if (row.generate_seconds > 0) {
      json::Set(value, "generate_seconds", row.generate_seconds, allocator_);
      json::Set(value, "snapshot_bytes_per_component", row.snapshot_bytes, allocator_);
    }
    json::Set(value, "prepare_ms", row.prepare_ms, allocator_);
    json::Set(value, "prepared_bytes_per_component", row.prepared_bytes, allocator_);
    json::Value countries(rapidjson::kObjectType);
    json::Set(countries, "countries", row.countries.first.size(), allocator_);
    json::Set(countries, "first_use_ms", Spread(row.countries.first), allocator_);
    json::Set(countries, "used_again_ms", Spread(row.countries.again), allocator_);
    json::Set(value, "country_use", std::move(countries), allocator_);
    json::Set(value, "families", List(row.families, &ReportWriter::Family), allocator_);
    return value;
  }

  void AddGrowth(const MatchReport& report) {
    json::Value growth(rapidjson::kObjectType);
    for (const bench::Family family : kFamilies) {
      const std::string name(FamilyName(family));
      std::string why;
      const auto exponent = GrowthExponent(report.catalogs, name, &why);
      if (exponent) json::Set(growth, name, *exponent, allocator_);
    }
    json::Set(document_, "growth_exponent", std::move(growth), allocator_);
  }

  json::Value Sweep(const SweepFigures& sweep) {
    json::Value value(rapidjson::kObjectType);
    json::Set(value, "countries", sweep.countries, allocator_);
    json::Set(value, "threads", sweep.threads, allocator_);
    json::Set(value, "fits", sweep.fitting, allocator_);
    json::Set(value, "stopped", sweep.stopped, allocator_);
    json::Set(value, "milliseconds", Spread(sweep.milliseconds), allocator_);
    return value;
  }

  json::Value Start(const PeerStart& start) {
    json::Value value(rapidjson::kObjectType);
    json::Set(value, "peer", PeerName(start.peer), allocator_);
    json::Set(value, "installed", start.installed, allocator_);
    if (start.installed) json::Set(value, "start_up_cpu_ms", start.cpu_milliseconds, allocator_);
    return value;
  }

  json::Value Figures(const PeerFigures& figures) {
    json::Value value(rapidjson::kObjectType);
    json::Set(value, "peer", PeerName(figures.peer), allocator_);
    json::Set(value, "asked", figures.asked, allocator_);
    json::Set(value, "proven", figures.proven, allocator_);
    json::Set(value, "cannot", figures.cannot, allocator_);
    if (figures.cannot > 0) json::Set(value, "why_not", figures.why_not, allocator_);
    json::Set(value, "cpu_ms", Spread(figures.cpu_milliseconds), allocator_);
    json::Set(value, "ratio", Spread(figures.ratio), allocator_);
    return value;
  }

  json::Value Row(const PeerRow& row) {
    json::Value value(rapidjson::kObjectType);
    json::Set(value, "problems", row.set, allocator_);
    json::Set(value, "count", row.problems, allocator_);
    json::Set(value, "proven", row.proven, allocator_);
    json::Set(value, "not_proven", List(row.unproven, &ReportWriter::Text), allocator_);
    json::Set(value, "ours_cpu_ms", Spread(row.ours), allocator_);
    json::Set(value, "peers", List(row.peers, &ReportWriter::Figures), allocator_);
    return value;
  }

  json::Value Peers(const PeerComparison& peers) {
    json::Value value(rapidjson::kObjectType);
    json::Set(value, "solvers", List(peers.starts, &ReportWriter::Start), allocator_);
    json::Set(value, "sets", List(peers.rows, &ReportWriter::Row), allocator_);
    json::Set(value, "differences", List(peers.differences, &ReportWriter::Text), allocator_);
    return value;
  }

  json::Document document_{rapidjson::kObjectType};
  json::Allocator& allocator_ = document_.GetAllocator();
};

}  // namespace

json::Document ReportJson(const MatchReport& report) {
  return ReportWriter().Write(report);
}

}  // namespace stackport::bench
