/* Built against the headers beside this file, never against today's. */
#include <stackport/plugin.h>
#include <string.h>

static const char kDocument[] =
    "{\"schema\":\"stackport.component/1\",\"id\":\"example/frozen-c\",\"name\":\"Frozen\","
    "\"kind\":\"server\",\"summary\":\"Described in C with the first SDK.\"}";

static stackport_status Describe(const stackport_sink* sink) {
  const stackport_status status = sink->component(sink->context, kDocument, sizeof kDocument - 1);
  if (status != STACKPORT_OK) return status;
  return sink->progress(sink->context, 1, 1);
}

static const stackport_core_table kCore = {.size = sizeof(stackport_core_table),
                                           .plugin_id = {"example-frozen-c", 16},
                                           .plugin_version = {"1.0.0", 5},
                                           .describe = Describe};

static const void* GetTable(const char* id, uint32_t revision) {
  if (strcmp(id, STACKPORT_CORE_TABLE) == 0 && revision == STACKPORT_CORE_REVISION) return &kCore;
  return NULL;
}

STACKPORT_EXPORT const stackport_entry stackport_plugin_entry = {.size = sizeof(stackport_entry),
                                                                 .magic = STACKPORT_ENTRY_MAGIC,
                                                                 .abi_min = STACKPORT_ABI_VERSION,
                                                                 .abi_max = STACKPORT_ABI_VERSION,
                                                                 .get_table = GetTable};
