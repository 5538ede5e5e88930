// The library of every plugin of the benchmark. Its id stands in the file as text, so that copies
// with other ids are made by writing over it; a number of the same length takes its place.
#include <stackport/plugin.h>

#include <cstring>
#include <string>

namespace {

const char kId[] = "bench-plugin-000000";
const char kVersion[] = "1.0.0";
const char kDocument[] =
    R"({"schema":"stackport.component/1","id":"bench/bench-plugin-000000","name":"A server",)"
    R"("kind":"server","summary":"A server of the benchmark.","facts":{"rack_units":{"value":6,)"
    R"("unit":"U","source":"https://example.com/x8","as_of":"2026-03"},"max_power":{"value":)"
    R"([9.5,11.5],"unit":"kW","source":"https://example.com/x8","as_of":"2026-03"}}})";

// A string, so that the library needs the C++ runtime, as vendors' libraries do.
stackport_status Describe(const stackport_sink* sink) {
  const std::string document(kDocument);
  return sink->component(sink->context, document.data(), document.size());
}

const stackport_core_table kCore = {sizeof(stackport_core_table),
                                    0,
                                    {kId, sizeof kId - 1},
                                    {kVersion, sizeof kVersion - 1},
                                    &Describe};

const void* GetTable(const char* id, uint32_t revision) {
  return std::strcmp(id, STACKPORT_CORE_TABLE) == 0 && revision == 1 ? &kCore : nullptr;
}

}  // namespace

extern "C" STACKPORT_EXPORT const stackport_entry stackport_plugin_entry = {
    sizeof(stackport_entry), STACKPORT_ENTRY_MAGIC, STACKPORT_ABI_VERSION, STACKPORT_ABI_VERSION,
    &GetTable};
