// Large catalogs for benchmarks: invented components that vary real ones, by a seed.
#ifndef STACKPORT_TESTS_BENCH_CATALOG_GENERATOR_H_
#define STACKPORT_TESTS_BENCH_CATALOG_GENERATOR_H_

#include <cstddef>
#include <cstdint>

#include "catalog/model/snapshot.h"

namespace stackport::bench {

// A snapshot of `count` components: those of `base`, and variants of them by invented vendors, each
// as a parsed document would give it. Numbers and prices are scaled at random, some facts and
// prices are missing, servers hold accelerators of the generated catalog, rented machines stand in
// its clouds. Kinds of which the world has few (clouds, accelerators, runtimes) stop growing; the
// others take their place. Same base, count and seed, same snapshot. Requires: `base` has
// components of every kind that a package needs, and at most `count` of them.
SnapshotPtr GenerateCatalog(const CatalogSnapshot& base, std::size_t count, std::uint64_t seed);

}  // namespace stackport::bench

#endif  // STACKPORT_TESTS_BENCH_CATALOG_GENERATOR_H_
