// The bundled vendors as a host has them: every plugin of the build folder, admitted.
#ifndef STACKPORT_TESTS_PLUGINS_BUNDLED_CATALOG_H_
#define STACKPORT_TESTS_PLUGINS_BUNDLED_CATALOG_H_

#include "catalog/model/snapshot.h"

namespace stackport {

// The day on which the bundled documents were compiled: the tests read them as of then, so that no
// test fails because a year went by.
inline constexpr const char* kBundledAsOf = "2026-11-23";

// Admitted once for each test program, with a failed test for every plugin that is not. Never null.
const SnapshotPtr& BundledCatalog();

}  // namespace stackport

#endif  // STACKPORT_TESTS_PLUGINS_BUNDLED_CATALOG_H_
