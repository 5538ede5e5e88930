// A plugin's shared library: loads it and finds what the ABI promises.
#ifndef STACKPORT_HOST_SCANNER_PLUGIN_LIBRARY_H_
#define STACKPORT_HOST_SCANNER_PLUGIN_LIBRARY_H_

#include <string>

#include "catalog/base/result.h"
#include "stackport/offers.h"
#include "stackport/plugin.h"

namespace stackport::scanner {

// The ABI versions that this host offers.
inline constexpr std::uint32_t kHostAbiMin = 1;
inline constexpr std::uint32_t kHostAbiMax = STACKPORT_ABI_VERSION;

// A loaded library. It is never unloaded: the process ends instead, and with it whatever threads
// and handlers the plugin left behind. Call only in a confined process.
class PluginLibrary {
 public:
  // Loads the library behind file descriptor `fd`. Constructors of the library run now.
  static Result<PluginLibrary> Load(int fd);

  // Checks the entry and finds the core table.
  Result<const stackport_core_table*> CoreTable() const;

  // The offers table, or null when the plugin has none. Requires: CoreTable answered.
  Result<const stackport_offers_table*> OffersTable() const;

 private:
  class Handle;
  explicit PluginLibrary(const Handle& handle) : handle_(handle) {}

  const Handle& handle_;  // never destroyed: unloading would run the plugin's code once more
};

}  // namespace stackport::scanner

#endif  // STACKPORT_HOST_SCANNER_PLUGIN_LIBRARY_H_
