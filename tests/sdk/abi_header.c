#include <stackport/offers.h>
#include <stackport/plugin.h>

/* The declaration can be defined, and the tables can be reached, from C. */
static const void* NoTable(const char* id, uint32_t revision) {
  (void)id;
  (void)revision;
  return 0;
}

const stackport_entry stackport_plugin_entry = {sizeof(stackport_entry), STACKPORT_ENTRY_MAGIC,
                                                STACKPORT_ABI_VERSION, STACKPORT_ABI_VERSION,
                                                NoTable};
