#include "tests/bench/match_tables.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace stackport::bench {

namespace {

std::string At(const Readings& readings, double share) {
  return readings.empty() ? "-" : ToText(readings.At(share));
}

std::string Whole(const Reading& reading) {
  return fmt::format("{}{:.0f}", reading.at_least ? "> " : "", reading.value);
}

// "> 12,345x": thousands apart.
std::string Ratio(const Readings& ratios) {
  if (ratios.empty()) return "-";
  const Reading median = ratios.Median();
  if (median.value < 9.95)
    return fmt::format("{}{:.1f}x", median.at_least ? "> " : "", median.value);
  std::string digits = fmt::format("{:.0f}", median.value);
  for (std::size_t at = digits.size(); at > 3;) {
    at -= 3;
    digits.insert(at, ",");
  }
  return (median.at_least ? "> " : "") + digits + "x";
}

std::string LeftOut(const FamilyRow& row) {
  std::string text;
  for (const auto& [why, count] : row.left_out) {
    text += fmt::format("{}{} left out: {}", text.empty() ? "" : "; ", count, why);
  }
  return text;
}

const FamilyRow* FamilyOf(const CatalogRow& catalog, const std::string& family) {
  for (const FamilyRow& row : catalog.families) {
    if (row.family == family && row.asked > 0) return &row;
  }
  return nullptr;
}

}  // namespace

void PrintFamilyHead() {
  constexpr const char* kLine =
      "{:<18} {:<10} {:>4} {:>4} {:>6} {:>9} {:>9} {:>9} {:>9} {:>9} {:>9} {:>9}\n";
  fmt::print(fmt::runtime(kLine), "catalog", "requests", "n", "fit", "proven", "answer", "", "",
             "compile", "search", "document", "nodes");
  fmt::print(fmt::runtime(kLine), "", "", "", "", "%", "p50 ms", "p90 ms", "p99 ms", "p50 ms",
             "p50 ms", "p50 ms", "p50");
}

void PrintFamily(const CatalogRow& catalog, const FamilyRow& row) {
  const std::string left_out = LeftOut(row);
  if (row.asked == 0) {
    fmt::print("{:<18} {:<10}    0 {}\n", catalog.name, row.family, left_out);
    std::fflush(stdout);
    return;
  }
  fmt::print("{:<18} {:<10} {:>4} {:>4} {:>6.1f} {:>9} {:>9} {:>9} {:>9} {:>9} {:>9} {:>9}\n",
             catalog.name, row.family, row.asked, row.fits,
             100.0 * static_cast<double>(row.proven()) / static_cast<double>(row.asked),
             At(row.answer, 0.5), At(row.answer, 0.9), At(row.answer, 0.99), At(row.compile, 0.5),
             At(row.search, 0.5), At(row.document, 0.5), Whole(row.nodes.Median()));
  if (row.proven() == 0) {
    fmt::print("{:<18} {:<10}      none of these answers was proven before the deadline\n", "", "");
  }
  if (!left_out.empty()) fmt::print("{:<18} {:<10}      {}\n", "", "", left_out);
  std::fflush(stdout);
}

void PrintCatalogs(const std::vector<CatalogRow>& catalogs) {
  constexpr const char* kLine = "{:<18} {:>10} {:>10} {:>9} {:>9} {:>9} {:>11} {:>11} {:>11}\n";
  fmt::print("\n");
  fmt::print(fmt::runtime(kLine), "catalog", "snapshot", "generated", "matcher", "prepared",
             "countries", "first use", "first use", "used again");
  fmt::print(fmt::runtime(kLine), "", "B/compon.", "s", "B/compon.", "ms", "", "p50 ms", "worst ms",
             "p50 ms");
  for (const CatalogRow& row : catalogs) {
    const auto bytes = [](double value) {
      return value > 0 ? fmt::format("{:.0f}", value) : std::string("-");
    };
    fmt::print(fmt::runtime(kLine), row.name, bytes(row.snapshot_bytes),
               row.generate_seconds > 0 ? fmt::format("{:.1f}", row.generate_seconds) : "-",
               bytes(row.prepared_bytes), fmt::format("{:.1f}", row.prepare_ms),
               row.countries.first.size(), At(row.countries.first, 0.5), At(row.countries.first, 1),
               At(row.countries.again, 0.5));
  }
  fmt::print("peak memory of this run: {:.2f} GB\n", PeakMemory() / 1e9);
}

std::optional<double> GrowthExponent(const std::vector<CatalogRow>& catalogs,
                                     const std::string& family, std::string* why) {
  const CatalogRow* small = nullptr;
  const CatalogRow* large = nullptr;
  for (const CatalogRow& row : catalogs) {
    if (row.generate_seconds == 0 || FamilyOf(row, family) == nullptr) continue;
    if (small == nullptr || row.components < small->components) small = &row;
    if (large == nullptr || row.components > large->components) large = &row;
  }
  if (small == large) {
    *why = "fewer than two generated catalogs answered";
    return std::nullopt;
  }
  const Reading before = FamilyOf(*small, family)->answer.Median();
  const Reading after = FamilyOf(*large, family)->answer.Median();
  if (before.at_least || after.at_least) {
    *why = fmt::format("the median answer of {} components was not proven in time",
                       (before.at_least ? small : large)->components);
    return std::nullopt;
  }
  return std::log(after.value / before.value) /
         std::log(static_cast<double>(large->components) / static_cast<double>(small->components));
}

void PrintGrowth(const std::vector<CatalogRow>& catalogs) {
  const auto generated = std::count_if(catalogs.begin(), catalogs.end(), [](const CatalogRow& row) {
    return row.generate_seconds > 0;
  });
  if (generated < 2) return;
  fmt::print("\ngrowth of the median answer with the catalog (1 is linear):");
  for (const Family family : kFamilies) {
    std::string why;
    const std::string name(FamilyName(family));
    const auto exponent = GrowthExponent(catalogs, name, &why);
    fmt::print("\n  {:<10} {}", name,
               exponent ? fmt::format("components^{:.2f}", *exponent) : "not known: " + why);
  }
  fmt::print("\n");
}

void PrintSweep(const SweepFigures& sweep) {
  fmt::print(
      "\nsweep of {} countries over the real catalog on {} threads: {} ms, median of {} (worst {} "
      "ms); packages in {} countries{}\n",
      sweep.countries, sweep.threads, At(sweep.milliseconds, 0.5), sweep.milliseconds.size(),
      At(sweep.milliseconds, 1), sweep.fitting,
      sweep.stopped == 0 ? "" : fmt::format(", {} stopped by the deadline", sweep.stopped));
  std::fflush(stdout);
}

void PrintPeerHead(const PeerOptions& options) {
  fmt::print("\n{:<28} {:>3} {:>6} {:>9}", "problems", "n", "proven", "ours");
  for (const oracle::Peer peer : options.peers) {
    fmt::print(" {:>5} {:>8} {:>10}", PeerName(peer), "", "");
  }
  fmt::print("\n{:<28} {:>3} {:>6} {:>9}", "", "", "", "p50 ms");
  for (std::size_t p = 0; p < options.peers.size(); ++p) {
    fmt::print(" {:>5} {:>8} {:>10}", "prov.", "p50 ms", "ratio");
  }
  fmt::print("\n");
}

void PrintPeerRow(const PeerRow& row) {
  fmt::print("{:<28} {:>3} {:>6} {:>9}", row.set, row.problems, row.proven, At(row.ours, 0.5));
  for (const PeerFigures& peer : row.peers) {
    if (!peer.installed) {
      fmt::print(" {:>25}", "not installed");
    } else if (peer.asked == 0) {
      fmt::print(" {:>25}", "cannot take them");
    } else {
      const Reading median = peer.cpu_milliseconds.Median();
      fmt::print(" {:>5} {:>8} {:>10}", fmt::format("{}/{}", peer.proven, peer.asked),
                 Whole(median), Ratio(peer.ratio));
    }
  }
  fmt::print("\n");
  std::fflush(stdout);
}

void PrintPeerNotes(const PeerComparison& peers) {
  fmt::print("start-up of a solver, not counted in the ratios:");
  for (const PeerStart& start : peers.starts) {
    fmt::print(" {} {}", PeerName(start.peer),
               start.installed
                   ? fmt::format("{:.0f} ms", start.cpu_milliseconds)
                   : fmt::format("is not installed (apt-get install {})", PeerPackage(start.peer)));
  }
  fmt::print("\n");
  for (const PeerRow& row : peers.rows) {
    for (const std::string& name : row.unproven) fmt::print("not proven by us: {}\n", name);
    for (const PeerFigures& peer : row.peers) {
      if (peer.cannot == 0) continue;
      fmt::print("{} cannot take {} of {}: {}\n", PeerName(peer.peer), peer.cannot, row.set,
                 peer.why_not);
    }
  }
  for (const std::string& difference : peers.differences) {
    fmt::print("ANOTHER ANSWER: {}\n", difference);
  }
}

}  // namespace stackport::bench
