/* Cisco's servers, switches and security products, in plain C.
 *
 * Nothing is computed: the preprocessor puts the documents together as constant text, and describe
 * hands them over. The macros only keep the JSON readable; what they say is in sdk/README.md.
 */
#include <stackport/plugin.h>

/* Where a statement comes from. */
#define FROM(source, as_of) "\"source\":\"" source "\",\"as_of\":\"" as_of "\""
#define FROM_NOTED(source, as_of, note) FROM(source, as_of) ",\"note\":\"" note "\""

#define COMPONENT(id, name, kind, summary, rest)                                                   \
  "{\"schema\":\"stackport.component/1\",\"id\":\"" id "\",\"name\":\"" name "\",\"kind\":\"" kind \
  "\",\"summary\":\"" summary "\"," rest "}"
#define FACT(name, value, from) "\"" name "\":{\"value\":" value "," from "}"
#define QUANTITY(name, value, unit, from) \
  "\"" name "\":{\"value\":" value ",\"unit\":\"" unit "\"," from "}"
#define PROVIDES(capability, with, from) \
  "\"provides\":[{\"capability\":\"" capability "\",\"with\":{" with "}," from "}]"
#define FABRIC_PORT(protocol, rest)                                                            \
  "{\"capability\":\"fabric-port\",\"where\":[{\"attribute\":\"protocol\",\"in\":[\"" protocol \
  "\"]}]" rest "}"
#define AIR_COOLED_SITE                                                                       \
  "{\"capability\":\"site-cooling\",\"where\":[{\"attribute\":\"method\",\"in\":[\"air\"]}]," \
  "\"site_condition\":true}"
#define SOLD_TO_SITES "\"offers\":[{\"deployment\":[\"on_premises\"]}]"

/* Sources. */
#define TRAINING_5_1                                         \
  "https://github.com/mlcommons/training_results_v5.1/blob/" \
  "441d65f4445cd59687466533fd9f55399136e7a4/Cisco/systems/"
#define INFERENCE_6_0                                         \
  "https://github.com/gbeezybez/inference_results_v6.0/blob/" \
  "232fbf90fceb1d55b633030556fb02deddb4517b/closed/Cisco/systems/"
#define C885A TRAINING_5_1 "1xC885A_M8-8xH200-SXM-141GB.json", "2026-01"
#define C845A INFERENCE_6_0 "C845A_M8_RTXPro6000_96GBx8_TRT.json", "2026-03"
#define C880A INFERENCE_6_0 "C880A_M8_B300_288GBx8_TRT.json", "2026-03"
#define NEXUS_PAGES \
  "https://www.cisco.com/c/en/us/products/collateral/switches/nexus-9000-series-switches/"
#define SECOND_HAND "second-hand: a public catalogue cites this page"
#define SG2_PAGE NEXUS_PAGES "nexus-9364e-sg2-switch-ds.html", "2026", SECOND_HAND
#define SP2R_PAGE NEXUS_PAGES "nexus-9364e-sp2r-switches-ds.html", "2026", SECOND_HAND
#define AI_PODS                                                           \
  "https://www.cisco.com/c/en/us/td/docs/unified_computing/ucs/UCS_CVDs/" \
  "AI_defense_on_Cisco_AI_PODs_reference_architecture.html",              \
      "2026-03-06"
#define FEDRAMP_DATA "https://github.com/GSA/marketplace-fedramp-gov-data/blob/main/test.json"

/* Lets a macro stand for several arguments of another. */
#define FROM_(arguments) FROM arguments
#define FROM_NOTED_(arguments) FROM_NOTED arguments

static const char kC885a[] = COMPONENT(
    "cisco/ucs-c885a-m8", "UCS C885A M8", "server",
    "Air-cooled server for 8 accelerators (h200-sxm, mi350x).",
    "\"facts\":{" FACT("cooling", "[\"air\"]", FROM_((C885A))) "},"
    PROVIDES("accelerator-host",
             "\"accelerators\":[\"nvidia/h200-sxm\",\"amd/mi350x\"],\"slots\":8,"
             "\"socket\":[\"sxm5-hgx\",\"oam\"]",
             FROM_NOTED_((C885A,
                 "h200-sxm: training_results_v5.1 Cisco/systems/1xC885A_M8-8xH200-SXM-141GB.json; "
                 "mi350x: training_results_v5.1 Cisco/systems/1xC885A_M8-8xMI350X-OAM-288GB.json")))
    ",\"requires\":["
    FABRIC_PORT("ethernet-400g",
                ",\"per_unit\":8," FROM_NOTED_((C885A, "adapters for compute traffic")))
    "," AIR_COOLED_SITE "]," SOLD_TO_SITES);

static const char kC845a[] = COMPONENT(
    "cisco/ucs-c845a-m8", "UCS C845A M8", "server",
    "Air-cooled server for 8 accelerators (rtx-pro-6000-blackwell-server, h200-nvl, l40s).",
    "\"facts\":{" FACT("cooling", "[\"air\"]", FROM_((C845A))) "},"
    PROVIDES("accelerator-host",
             "\"accelerators\":[\"nvidia/rtx-pro-6000-blackwell-server\",\"nvidia/h200-nvl\","
             "\"nvidia/l40s\"],\"slots\":8,\"socket\":[\"pcie-gen5-dw\"],\"slot_power\":\"600 W\"",
             FROM_NOTED_((C845A,
                 "rtx-pro-6000-blackwell-server: inference_results_v6.0 "
                 "Cisco/systems/C845A_M8_RTXPro6000_96GBx8_TRT.json; h200-nvl: "
                 "inference_results_v6.0 Cisco/systems/C845A_M8_H200NVL_141GBx8_TRT.json; l40s: "
                 "inference_results_v5.1 Cisco/systems/C845A_L40Sx8_TRT.json")))
    ",\"requires\":[" FABRIC_PORT("ethernet-400g", "") "," AIR_COOLED_SITE "]," SOLD_TO_SITES);

static const char kC880a[] = COMPONENT(
    "cisco/ucs-c880a-m8", "UCS C880A M8", "server",
    "Air-cooled server for 8 accelerators (b300-sxm).",
    "\"facts\":{" FACT("cooling", "[\"air\"]", FROM_((C880A))) "}," PROVIDES(
        "accelerator-host",
        "\"accelerators\":[\"nvidia/b300-sxm\"],\"slots\":8,\"socket\":[\"sxm6-hgx-b300\"]",
        FROM_((C880A))) ",\"requires\":[" FABRIC_PORT("ethernet-800g",
                                                      ",\"per_unit\":8," FROM_NOTED_(
                                                          (C880A,
                                                           "adapters for compute "
                                                           "traffic"))) "," AIR_COOLED_SITE
                                                                        "]"
                                                                        "," SOLD_TO_SITES);

#define NEXUS(id, name, summary, units, maximum, typical, page)                           \
  COMPONENT(id, name, "network_switch", summary,                                          \
            "\"facts\":{" QUANTITY("rack_units", units, "U", page) "," QUANTITY(          \
                "max_power", maximum, "W",                                                \
                page) "," QUANTITY("typical_power", typical, "W",                         \
                                   page) "}," PROVIDES("fabric-switching",                \
                                                       "\"protocol\":[\"ethernet-800g\"," \
                                                       "\"ethernet-400g\"],\"ports\":64," \
                                                       "\"port_rate\":\"800 Gb/s\"",      \
                                                       page) "," SOLD_TO_SITES)

static const char kNexusSg2[] = NEXUS("cisco/nexus-9364e-sg2", "Nexus 9364E-SG2",
                                      "2U Ethernet switch with 64 ports of 800 Gb/s.", "2", "2270",
                                      "995", FROM_NOTED_((SG2_PAGE)));
static const char kNexusSp2r[] = NEXUS("cisco/nexus-9364e-sp2r", "Nexus 9364E-SP2R",
                                       "3U deep-buffer Ethernet switch with 64 ports of 800 Gb/s.",
                                       "3", "5100", "2500", FROM_NOTED_((SP2R_PAGE)));

static const char kAiDefense[] = COMPONENT(
    "cisco/ai-defense", "Cisco AI Defense (formerly Robust Intelligence)", "model_security",
    "Discovers, tests and protects AI models and applications.",
    PROVIDES("security-control",
             "\"control\":[\"prompt_injection_defense\",\"red_teaming\",\"data_loss_prevention\"]",
             FROM_NOTED_((AI_PODS, "discovery, validation and run-time protection")))
    ",\"offers\":[{\"deployment\":[\"saas\"]," FROM_((AI_PODS)) "},"
    "{\"deployment\":[\"on_premises\",\"sovereign_cloud\",\"cloud\"]," FROM_((AI_PODS)) "}]");

static const char kUmbrella[] = COMPONENT(
    "cisco/umbrella-and-secure-firewall",
    "Cisco Umbrella for Government, Duo Federal and Secure Firewall", "cybersecurity",
    "DNS and gateway protection, multifactor sign-in, firewalls.",
    "\"facts\":{"
    FACT("certifications", "[\"common-criteria\",\"fedramp-moderate\",\"fips-140-3\"]",
         FROM_NOTED(
             FEDRAMP_DATA
             "; https://csrc.nist.gov/projects/cryptographic-module-validation-program/"
             "certificate/5071; https://sec-certs.org/cc/ac1146983817b2c4/report.txt",
             "2025-01-30",
             "FedRAMP FR2304757473, Cisco Umbrella for Government; state of 2025-01-30; CMVP "
             "#5071, #5137, #5114, #4891; list of 2026-03-29, read in a mirror; Common Criteria: "
             "NIAP VID11510, Secure Firewall Threat Defense Virtual 7.4")) "},"
    PROVIDES("security-control",
             "\"control\":[\"network_security\",\"data_loss_prevention\","
             "\"identity_and_secrets\"]",
             FROM_NOTED(FEDRAMP_DATA, "2025-01-30",
                        "DNS security, gateway, firewall, CASB, DLP and multifactor sign-in"))
    ",\"offers\":[{\"deployment\":[\"saas\"]," FROM(FEDRAMP_DATA, "2025-01-30") "},"
    "{\"deployment\":[\"on_premises\",\"sovereign_cloud\"],"
    FROM(FEDRAMP_DATA, "2025-01-30") "}]");

#define DOCUMENT(text) \
  { text, sizeof text - 1 }
static const stackport_text kDocuments[] = {
    DOCUMENT(kC885a),     DOCUMENT(kC845a),     DOCUMENT(kC880a),    DOCUMENT(kNexusSg2),
    DOCUMENT(kNexusSp2r), DOCUMENT(kAiDefense), DOCUMENT(kUmbrella),
};

static stackport_status describe(const stackport_sink* sink) {
  const uint64_t count = sizeof kDocuments / sizeof kDocuments[0];
  for (uint64_t i = 0; i < count; ++i) {
    const stackport_status status =
        sink->component(sink->context, kDocuments[i].data, kDocuments[i].length);
    if (status != STACKPORT_OK) return status;
    if (sink->progress(sink->context, i + 1, count) == STACKPORT_STOP) return STACKPORT_STOP;
  }
  return STACKPORT_OK;
}

static const stackport_core_table kCore = {
    .size = sizeof(stackport_core_table),
    .plugin_id = DOCUMENT("cisco"),
    .plugin_version = DOCUMENT("1.0.0"),
    .describe = describe,
};

static int same(const char* left, const char* right) {
  while (*left != '\0' && *left == *right) {
    ++left;
    ++right;
  }
  return *left == *right;
}

static const void* get_table(const char* id, uint32_t revision) {
  return same(id, STACKPORT_CORE_TABLE) && revision == STACKPORT_CORE_REVISION ? &kCore : NULL;
}

const stackport_entry stackport_plugin_entry = {
    .size = sizeof(stackport_entry),
    .magic = STACKPORT_ENTRY_MAGIC,
    .abi_min = STACKPORT_ABI_VERSION,
    .abi_max = STACKPORT_ABI_VERSION,
    .get_table = get_table,
};
