// Supermicro's servers. They differ in a few columns only, so the plugin is a table and a loop:
// what a vendor does who has a product list in code rather than documents.
#include <stackport/plugin.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace {

using stackport::sdk::Component;
using stackport::sdk::Required;
using stackport::sdk::Source;

// Folders of systems that were submitted to MLPerf.
const std::string kInference41 =
    "https://github.com/mlcommons/inference_results_v4.1/blob/"
    "198fc46799b3328b36ee4bcbdebfa2db5a8e6183/closed/";
const std::string kInference51 =
    "https://github.com/mlcommons/inference_results_v5.1/blob/"
    "965182b03376a00fcae415c54e560e1c83937932/closed/";
const std::string kInference60 =
    "https://github.com/gbeezybez/inference_results_v6.0/blob/"
    "232fbf90fceb1d55b633030556fb02deddb4517b/closed/";
const std::string kTraining50 =
    "https://github.com/mlcommons/training_results_v5.0/blob/"
    "0fdc28f013256aea84fa36fdaf1e0fa46094b18c/";
const std::string kTraining51 =
    "https://github.com/mlcommons/training_results_v5.1/blob/"
    "441d65f4445cd59687466533fd9f55399136e7a4/";
const std::string kProductPages = "https://www.supermicro.com/en/products/system/gpu/";
constexpr const char* kSecondHand = "second-hand: a public catalogue cites this page";

enum class Fabric { kNotStated, kNdrOr400g, k400g, kXdrOrEthernet };

struct Supplies {
  int count = 0;  // 0: not stated
  int watts = 0;
  std::string_view words;
};

struct Server {
  std::string_view id;
  std::string_view name;
  std::string_view summary;
  std::vector<std::string> accelerators;
  int slots;
  std::string_view socket;
  Source fits;               // where the accelerators are stated
  std::string_view cooling;  // empty: not stated
  Source cooling_source;
  Fabric fabric = Fabric::kNotStated;
  int rack_units = 0;  // 0: not stated
  Supplies supplies = {};
  Source product_page = {};  // of rack_units and supplies
  std::string_view slot_power = {};
  bool rack = false;  // sold as a rack whose trays hold the accelerators
};

std::vector<Server> Servers() {
  const Source sys821{kInference41 + "Supermicro/systems/SYS_821GE_TNHR_H100_SXM_80GBx8_TRT.json",
                      "2024-08"};
  const Source sys421{
      kInference41 + "Supermicro/systems/SYS_421GE_TNHR2_LCC_H100_SXM_80GBx8_TRT.json", "2024-08"};
  const Source mi325{kInference51 + "Supermicro/systems/8xMI325X_2xEPYC_9575F.json", "2025-09"};
  const Source mi355{kTraining51 + "Supermicro/systems/8xMI355X_2xEPYC_9575F.json", "2026-01"};
  const Source sys422{
      kInference51 + "Supermicro/systems/SYS-422GA-NBRT-LCC_B200-SXM-180GBx8_TRT.json", "2025-09"};
  const Source sysa21{kInference51 + "Supermicro/systems/SYS-A21GE-NBRT_B200-SXM-180GBx8_TRT.json",
                      "2025-09"};
  const Source sysa22{kProductPages + "10u/sys-a22ga-nbrt", "2026", kSecondHand};
  const Source as4126b{kProductPages + "4u/as-4126gs-nb3rt-lcc", "2026-09", kSecondHand};
  const Source as8126b{kInference60 + "Supermicro/systems/AS-8126GS-NB3RT_B300-SXM-288GB_TRT.json",
                       "2026-03"};
  const Source gb300{kTraining51 + "Supermicro/systems/ARS-121GL-NB3.json", "2026-01"};
  const Source gb200{kTraining50 + "Supermicro/systems/ARS-121GL-NBO_18.json", "2025-05"};
  const std::string one_rack = "one unit is the rack: 18 trays of four accelerators";

  return {
      {"supermicro/sys-821ge-tnhr",
       "SYS-821GE-TNHR",
       "Air-cooled server for 8 accelerators (h100-sxm, h200-sxm).",
       {"nvidia/h100-sxm", "nvidia/h200-sxm"},
       8,
       "sxm5-hgx",
       {sys821.source, sys821.as_of,
        "h100-sxm: inference_results_v4.1 "
        "Supermicro/systems/SYS_821GE_TNHR_H100_SXM_80GBx8_TRT.json"
        "; h200-sxm: training_results_v5.0 Supermicro/systems/SYS-821GE-TNHR.json"},
       "air",
       sys821,
       Fabric::kNdrOr400g},
      {"supermicro/sys-421ge-tnhr2-lcc",
       "SYS-421GE-TNHR2-LCC",
       "Liquid-cooled server for 8 accelerators (h100-sxm).",
       {"nvidia/h100-sxm"},
       8,
       "sxm5-hgx",
       sys421,
       "direct-liquid",
       sys421},
      {"supermicro/as-8125gs-tnmr2",
       "AS-8125GS-TNMR2",
       "Air-cooled server for 8 accelerators (mi300x).",
       {"amd/mi300x"},
       8,
       "oam",
       {kInference51 + "AMD/systems/8xMI300X_2xEPYC_9575F.json", "2025-09"},
       "air",
       {kInference41 + "AMD/systems/8xMI300X_2xEPYC-9374F.json", "2024-08"}},
      {"supermicro/as-8126gs-tnmr",
       "AS-8126GS-TNMR",
       "8U air-cooled server for 8 accelerators (mi325x, mi350x).",
       {"amd/mi325x", "amd/mi350x"},
       8,
       "oam",
       {mi325.source, mi325.as_of,
        "mi325x: inference_results_v5.1 Supermicro/systems/8xMI325X_2xEPYC_9575F.json; mi350x: " +
            kProductPages + "8u/as-8126gs-tnmr"},
       "air",
       mi325,
       Fabric::k400g,
       8,
       {6, 5250, "6x 5250 W, 3+3"},
       {kProductPages + "8u/as-8126gs-tnmr", "2026-09", kSecondHand}},
      {"supermicro/as-4126gs-nmr-lcc",
       "AS-4126GS-NMR-LCC",
       "4U liquid-cooled server for 8 accelerators (mi355x, mi325x).",
       {"amd/mi355x", "amd/mi325x"},
       8,
       "oam",
       {mi355.source, mi355.as_of,
        "mi355x: training_results_v5.1 Supermicro/systems/8xMI355X_2xEPYC_9575F.json; mi325x: "
        "training_results_v5.0 Supermicro/systems/8xMI325X_2xEPYC_9575F.json"},
       "direct-liquid",
       mi355,
       Fabric::kNotStated,
       4,
       {4, 6600, "4x 6600 W, 2+2"},
       {kProductPages + "4u/as-4126gs-nmr-lcc", "2026-09", kSecondHand},
       "1400 W"},
      {"supermicro/sys-422ga-nbrt-lcc",
       "SYS-422GA-NBRT-LCC",
       "Liquid-cooled server for 8 accelerators (b200-sxm).",
       {"nvidia/b200-sxm"},
       8,
       "sxm6-hgx-b200",
       sys422,
       "direct-liquid",
       sys422},
      {"supermicro/sys-a21ge-nbrt",
       "SYS-A21GE-NBRT",
       "Air-cooled server for 8 accelerators (b200-sxm).",
       {"nvidia/b200-sxm"},
       8,
       "sxm6-hgx-b200",
       sysa21,
       "air",
       sysa21},
      {"supermicro/sys-a22ga-nbrt",
       "SYS-A22GA-NBRT",
       "10U server for 8 accelerators (b200-sxm).",
       {"nvidia/b200-sxm"},
       8,
       "sxm6-hgx-b200",
       sysa22,
       "",
       {},
       Fabric::kNdrOr400g,
       10,
       {6, 5250, "6x 5250 W Titanium, 3+3"},
       sysa22},
      {"supermicro/as-4126gs-nb3rt-lcc",
       "AS-4126GS-NB3RT-LCC",
       "4U liquid-cooled server for 8 accelerators (b300-sxm).",
       {"nvidia/b300-sxm"},
       8,
       "sxm6-hgx-b300",
       as4126b,
       "direct-liquid",
       as4126b,
       Fabric::kNotStated,
       4,
       {4, 6600, "4x 6600 W, 2+2"},
       as4126b},
      {"supermicro/as-8126gs-nb3rt",
       "AS-8126GS-NB3RT",
       "Air-cooled server for 8 accelerators (b300-sxm).",
       {"nvidia/b300-sxm"},
       8,
       "sxm6-hgx-b300",
       as8126b,
       "air",
       as8126b},
      {"supermicro/srs-gb300-nvl72-m1",
       "SRS-GB300-NVL72-M1",
       "Rack of 72 accelerators, liquid-cooled (gb300).",
       {"nvidia/gb300"},
       72,
       "nvl72-gb300",
       {gb300.source, gb300.as_of, one_rack},
       "direct-liquid",
       gb300,
       Fabric::kXdrOrEthernet,
       0,
       {},
       {},
       "",
       true},
      {"supermicro/srs-gb200-nvl72-m1",
       "SRS-GB200-NVL72-M1",
       "Rack of 72 accelerators, liquid-cooled (gb200).",
       {"nvidia/gb200"},
       72,
       "nvl72-gb200",
       {gb200.source, gb200.as_of, one_rack},
       "direct-liquid",
       gb200,
       Fabric::kNotStated,
       0,
       {},
       {},
       "",
       true},
  };
}

void RequireFabric(Component& component, Fabric fabric) {
  switch (fabric) {
    case Fabric::kNotStated:
      return;
    case Fabric::kNdrOr400g:
      component.Requires("fabric-port").WhereIn("protocol", {"infiniband-ndr", "ethernet-400g"});
      return;
    case Fabric::k400g:
      component.Requires("fabric-port").WhereIn("protocol", {"ethernet-400g"});
      return;
    case Fabric::kXdrOrEthernet:
      component.Requires("fabric-port")
          .WhereIn("protocol", {"infiniband-xdr", "ethernet-400g", "ethernet-800g"});
      return;
  }
}

void StateFacts(Component& component, const Server& server) {
  if (server.rack_units > 0) {
    component.Fact("rack_units", server.rack_units, "U", server.product_page);
  }
  if (!server.cooling.empty()) component.Fact("cooling", {server.cooling}, server.cooling_source);
  if (server.supplies.count > 0) {
    Source sum = server.product_page;
    sum.note += "; " + std::string(server.supplies.words);
    sum.inferred = true;
    component.Fact("psu_total", server.supplies.count * server.supplies.watts, "W", sum);
  }
  if (server.rack) {
    component.Fact("accelerators_included", true,
                   {server.fits.source, server.fits.as_of,
                    "the accelerators are part of the trays of the rack", true});
  }
}

}  // namespace

STACKPORT_PLUGIN("supermicro", "supermicro", "1.0.0") {
  for (const Server& server : Servers()) {
    auto component = catalog.Component(server.id, "server");
    component.Name(server.name).Summary(server.summary);
    StateFacts(component, server);
    auto host = component.Provides("accelerator-host")
                    .With("accelerators", server.accelerators)
                    .With("slots", server.slots)
                    .With("socket", {server.socket})
                    .From(server.fits);
    if (!server.slot_power.empty()) host.With("slot_power", server.slot_power);
    RequireFabric(component, server.fabric);
    if (!server.cooling.empty()) {
      component.Requires("site-cooling").WhereIn("method", {server.cooling}).SiteCondition();
    }
    component.Offer({"on_premises"});

    if (server.id == "supermicro/as-8125gs-tnmr2")
      component.Fact("cpu", "2x AMD EPYC", server.fits);
    if (server.id == "supermicro/srs-gb300-nvl72-m1") {
      component.Fact("max_power", 132, "kW",
                     {"https://www.serversimply.com/blog/inside-supermicro-gb300-nvl72", "2025",
                      "eight 33 kW power shelves; typical operating draw quoted at 132-140 kW"});
      component.Requires("site-power").WhereAtLeast("supply", "132 kW").SiteCondition();
    }
  }

  const Source rack_page{"https://www.serversimply.com/blog/inside-supermicro-gb300-nvl72", "2025"};
  auto cdu = catalog.Component("supermicro/in-rack-cdu-250", "facility");
  cdu.Name("In-rack CDU (250 kW)")
      .Summary("Coolant distribution unit inside a GB300 NVL72 rack.")
      .Fact("cooling_capacity", 250, "kW", rack_page);
  cdu.Provides("site-cooling").With("method", {"direct-liquid"}).From(rack_page);
  cdu.Requires("site-platform").WhereIn("platform", {"facility-water"}).SiteCondition();
  cdu.Offer({"on_premises"});
}
