/* A plugin that exports a helper beside its entry: built without the SDK's version script. */
#include <stackport/plugin.h>

int helper_that_leaks(void);
int helper_that_leaks(void) {
  return 7;
}

static const void* NoTable(const char* id, uint32_t revision) {
  (void)id;
  (void)revision;
  return NULL;
}

STACKPORT_EXPORT const stackport_entry stackport_plugin_entry = {
    sizeof(stackport_entry), STACKPORT_ENTRY_MAGIC, 1, STACKPORT_ABI_VERSION, NoTable};
