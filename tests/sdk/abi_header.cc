#include <stackport/offers.h>
#include <stackport/plugin.h>

namespace {
// The declaration can be defined, and the tables can be reached, from C++.
const void* NoTable(const char*, uint32_t) {
  return nullptr;
}
}  // namespace

extern "C" const stackport_entry stackport_plugin_entry = {
    sizeof(stackport_entry), STACKPORT_ENTRY_MAGIC, STACKPORT_ABI_VERSION, STACKPORT_ABI_VERSION,
    &NoTable};
