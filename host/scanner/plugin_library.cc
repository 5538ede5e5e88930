#include "host/scanner/plugin_library.h"

#include <boost/dll/shared_library.hpp>
#include <exception>

namespace stackport::scanner {
namespace {

constexpr const char* kEntryName = "stackport_plugin_entry";

// dlerror's text without the descriptor's path, which says nothing to a vendor.
std::string WithoutPath(std::string text, const std::string& path) {
  for (auto at = text.find(path); at != std::string::npos; at = text.find(path)) {
    text.replace(at, path.size(), "the library");
  }
  return text;
}

}  // namespace

class PluginLibrary::Handle {
 public:
  explicit Handle(const std::string& path)
      : library_(path, boost::dll::load_mode::rtld_now | boost::dll::load_mode::rtld_local) {}

  const stackport_entry* Entry() const {
    if (!library_.has(kEntryName)) return nullptr;
    return &library_.get<const stackport_entry>(kEntryName);
  }

 private:
  boost::dll::shared_library library_;
};

Result<PluginLibrary> PluginLibrary::Load(int fd) {
  const std::string path = "/proc/self/fd/" + std::to_string(fd);
  try {
    return PluginLibrary(*new Handle(path));
  } catch (const std::exception& error) {
    return InvalidArgument("the library cannot be loaded: " + WithoutPath(error.what(), path));
  }
}

Result<const stackport_core_table*> PluginLibrary::CoreTable() const {
  const stackport_entry* entry = handle_.Entry();
  if (!entry) {
    return InvalidArgument(
        "the library does not export stackport_plugin_entry; define it with STACKPORT_PLUGIN or "
        "as <stackport/plugin.h> says, and link with the SDK's version script");
  }
  if (entry->magic != STACKPORT_ENTRY_MAGIC) {
    return InvalidArgument("stackport_plugin_entry does not carry STACKPORT_ENTRY_MAGIC");
  }
  if (entry->size < sizeof(stackport_entry)) {
    return InvalidArgument("stackport_plugin_entry says it has " + std::to_string(entry->size) +
                           " bytes, ABI 1 has " + std::to_string(sizeof(stackport_entry)));
  }
  if (entry->abi_min > kHostAbiMax || entry->abi_max < kHostAbiMin ||
      entry->abi_min > entry->abi_max) {
    return InvalidArgument("the plugin needs ABI " + std::to_string(entry->abi_min) + " to " +
                           std::to_string(entry->abi_max) + ", this host offers " +
                           std::to_string(kHostAbiMin) + " to " + std::to_string(kHostAbiMax) +
                           "; rebuild the plugin with this host's SDK, or upgrade the host");
  }
  if (!entry->get_table) return InvalidArgument("get_table of stackport_plugin_entry is null");

  const auto* core = static_cast<const stackport_core_table*>(
      entry->get_table(STACKPORT_CORE_TABLE, STACKPORT_CORE_REVISION));
  if (!core) {
    return InvalidArgument(
        "get_table answers null for \"stackport.core\", revision 1, which every "
        "plugin has");
  }
  if (core->size < sizeof(stackport_core_table)) {
    return InvalidArgument("the core table says it has " + std::to_string(core->size) +
                           " bytes, revision 1 has " +
                           std::to_string(sizeof(stackport_core_table)));
  }
  if (!core->describe || !core->plugin_id.data || !core->plugin_version.data) {
    return InvalidArgument("the core table has a null describe, plugin_id or plugin_version");
  }
  return core;
}

Result<const stackport_offers_table*> PluginLibrary::OffersTable() const {
  const auto* offers = static_cast<const stackport_offers_table*>(
      handle_.Entry()->get_table(STACKPORT_OFFERS_TABLE, STACKPORT_OFFERS_REVISION));
  if (!offers) return offers;
  if (offers->size < sizeof(stackport_offers_table)) {
    return InvalidArgument("the offers table says it has " + std::to_string(offers->size) +
                           " bytes, revision 1 has " +
                           std::to_string(sizeof(stackport_offers_table)));
  }
  if (!offers->tabulate) return InvalidArgument("the offers table has a null tabulate");
  return offers;
}

}  // namespace stackport::scanner
