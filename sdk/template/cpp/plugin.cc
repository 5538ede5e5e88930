// A Stackport plugin in C++17. The host runs the body once, in a confined process.
#include <stackport/plugin.hpp>

// Vendor id, plugin id and version as in manifest.in.json; the host compares.
STACKPORT_PLUGIN("@VENDOR@", "@PLUGIN@", "1.0.0") {
  const Source page{"https://example.com/x8", "@TODAY@"};

  auto server = catalog.Component("@VENDOR@/x8-server", "server");
  server.Name("X8").Summary("6U air-cooled server for eight SXM5 accelerators.");
  server.Fact("rack_units", 6, "U", page)
      .Fact("max_power", Range{9.5, 11.5}, "kW", page)
      .Unknown("us_content", "not published");
  server.Provides("accelerator-host")
      .With("accelerators", {"nvidia/h100-sxm", "nvidia/h200-sxm"})
      .With("slots", 8)
      .With("socket", {"sxm5-hgx"})
      .With("slot_power", "700 W")
      .From(page);
  server.Requires("site-cooling").WhereIn("method", {"air"}).SiteCondition();
  server.Offer({"on_premises"}).Price("unit", 250000, 300000, "list", page);
}
