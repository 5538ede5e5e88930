/* A Stackport plugin in C11. The host calls Describe once, in a confined process. */
#include <stackport/plugin.h>
#include <string.h>

/* As in manifest.in.json; the host compares. */
#define PLUGIN_ID "@PLUGIN@"
#define PLUGIN_VERSION "1.0.0"

#define SOURCE "\"source\":\"https://example.com/x8\",\"as_of\":\"@TODAY@\""

static const char* const kComponents[] = {
    "{\"schema\":\"stackport.component/1\",\"id\":\"@VENDOR@/x8-server\",\"name\":\"X8\","
    "\"kind\":\"server\",\"summary\":\"6U air-cooled server for eight SXM5 accelerators.\","
    "\"facts\":{"
    "\"rack_units\":{\"value\":6,\"unit\":\"U\"," SOURCE "},"
    "\"max_power\":{\"value\":[9.5,11.5],\"unit\":\"kW\"," SOURCE "},"
    "\"us_content\":{\"unknown\":\"not published\"}},"
    "\"provides\":[{\"capability\":\"accelerator-host\","
    "\"with\":{\"accelerators\":[\"nvidia/h100-sxm\",\"nvidia/h200-sxm\"],"
    "\"slots\":8,\"socket\":[\"sxm5-hgx\"],\"slot_power\":\"700 W\"}," SOURCE "}],"
    "\"requires\":[{\"capability\":\"site-cooling\","
    "\"where\":[{\"attribute\":\"method\",\"in\":[\"air\"]}],\"site_condition\":true}],"
    "\"offers\":[{\"deployment\":[\"on_premises\"],"
    "\"prices\":[{\"per\":\"unit\",\"amount\":[250000,300000],\"currency\":\"USD\","
    "\"kind\":\"list\"," SOURCE "}]}]}",
};

static stackport_status Describe(const stackport_sink* sink) {
  for (size_t i = 0; i < sizeof kComponents / sizeof kComponents[0]; ++i) {
    const stackport_status status =
        sink->component(sink->context, kComponents[i], strlen(kComponents[i]));
    if (status != STACKPORT_OK) return status;
  }
  return STACKPORT_OK;
}

static const stackport_core_table kCore = {
    .size = sizeof(stackport_core_table),
    .plugin_id = {PLUGIN_ID, sizeof PLUGIN_ID - 1},
    .plugin_version = {PLUGIN_VERSION, sizeof PLUGIN_VERSION - 1},
    .describe = Describe,
};

static const void* GetTable(const char* id, uint32_t revision) {
  if (strcmp(id, STACKPORT_CORE_TABLE) == 0 && revision == STACKPORT_CORE_REVISION) return &kCore;
  return NULL; /* no other table: not an error */
}

STACKPORT_EXPORT const stackport_entry stackport_plugin_entry = {
    .size = sizeof(stackport_entry),
    .magic = STACKPORT_ENTRY_MAGIC,
    .abi_min = STACKPORT_ABI_VERSION,
    .abi_max = STACKPORT_ABI_VERSION,
    .get_table = GetTable,
};
