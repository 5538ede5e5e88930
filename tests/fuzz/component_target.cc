#include "catalog/model/component_parser.h"
#include "catalog/model/registry.h"
#include "tests/fuzz/targets.h"

namespace stackport::fuzz {

void JudgeComponent(std::string_view bytes) {
  const Registry& registry = Registry::Builtin();
  const ParsedComponent parsed = ParseComponent(bytes, "example", registry);
  PromiseFindings(parsed.findings);
  Promise(parsed.component.has_value() != HasErrors(parsed.findings),
          "a component is there when no finding is an error, and only then");
  if (!parsed.component) return;

  Promise(parsed.component->id.starts_with("example/"), "a component stays in its namespace");
  // What the catalog keeps is read again at each start.
  const ParsedComponent again = ParseComponent(parsed.component->document, "example", registry);
  Promise(again.component.has_value(), "what was kept is accepted again");
  Promise(again.component->document == parsed.component->document,
          "what was kept reads as what it was kept from");
}

}  // namespace stackport::fuzz
