#include "host/admission/revocation_list.h"
#include "tests/fuzz/targets.h"

namespace stackport::fuzz {

void JudgeRevocations(std::string_view bytes) {
  const ParsedRevocations parsed = ParseRevocations(bytes);
  PromiseFindings(parsed.findings);
  Promise(parsed.list.has_value() != HasErrors(parsed.findings),
          "a list is taken when nothing is wrong with it");
  if (!parsed.list) return;
  const RevocationList& list = *parsed.list;
  Promise(list.serial > 0 && list.serial <= kMaxSerial, "the serial is in its range");
  Promise(list.entries.size() <= kMaxRevocations, "the number of entries is limited");
  for (const Revocation& entry : list.entries) {
    PromiseShowable(entry.Text());
    PluginRecord plugin;
    plugin.id = entry.plugin_id;
    plugin.version = entry.version;
    plugin.content_hash = entry.content_hash;
    plugin.key_id = entry.key_id;
    Promise(entry.Covers(plugin) == (entry.grain != RevocationGrain::kComponent),
            "an entry covers what it names");
    Promise(!entry.Covers(PluginRecord{}), "an entry does not cover everything");
  }
}

}  // namespace stackport::fuzz
