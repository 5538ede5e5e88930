// Built against the headers beside this file, never against today's.
#include <stackport/plugin.hpp>

STACKPORT_PLUGIN_WITH_OFFERS("example", "example-frozen-cpp", "1.0.0") {
  const Source page{"https://example.com/frozen", "2026-03"};
  auto server = catalog.Component("example/frozen-cpp", "server");
  server.Name("Frozen").Summary("Described in C++ with the first SDK.");
  server.Fact("rack_units", 6, "U", page);
  server.Provides("accelerator-host").With("slots", 8).From(page);
  server.Requires("site-cooling").WhereIn("method", {"air"}).SiteCondition();
}

STACKPORT_OFFERS {
  const Source page{"https://example.com/prices", "2026-05"};
  offers.Offer({"on_premises"}).Price("unit", query.quantity < 10 ? 300000 : 280000, "list", page);
}
