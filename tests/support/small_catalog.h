// A catalog small enough to work out by hand: one component or two for every demand, with round
// figures, all invented for tests.
#ifndef STACKPORT_TESTS_SUPPORT_SMALL_CATALOG_H_
#define STACKPORT_TESTS_SUPPORT_SMALL_CATALOG_H_

#include <algorithm>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "catalog/base/findings.h"
#include "catalog/model/component_parser.h"
#include "catalog/model/snapshot.h"

namespace stackport::testing {

// Documents by id; a test may change, add or drop some before it builds the snapshot.
class SmallCatalog {
 public:
  SmallCatalog() {
    constexpr const char* kFree =
        R"("offers":[{"deployment":["on_premises","sovereign_cloud","cloud"],"prices":[{"per":"unit","amount":0,"currency":"USD","kind":"free","source":"test","as_of":"2026"}]}])";
    Put("acc/chip",
        R"({"schema":"stackport.component/1","id":"acc/chip","name":"Chip","kind":"accelerator","summary":"x",
      "facts":{"memory":{"value":100,"unit":"GB","source":"test","as_of":"2026"},
               "memory_bandwidth":{"value":2,"unit":"TB/s","source":"test","as_of":"2026"},
               "dense_bf16":{"value":1000,"unit":"TFLOPS","source":"test","as_of":"2026"},
               "tdp":{"value":700,"unit":"W","source":"test","as_of":"2026"},
               "tpp":{"value":16000,"source":"test","as_of":"2026"},
               "us_content":{"value":40,"unit":"%","source":"test","as_of":"2026"}},
      "provides":[{"capability":"accelerated-compute","with":{"isa":["cuda"],"socket":["sxm5-hgx"]}}],
      "offers":[{"deployment":["on_premises"],"sold_in":{"all_except":["CU"]},
        "prices":[{"per":"unit","amount":[20000,30000],"currency":"USD","kind":"reported","source":"test","as_of":"2026"}],
        "lead_time":{"value":90,"unit":"d","source":"test","as_of":"2026"}}]})");
    Put("box/server",
        R"({"schema":"stackport.component/1","id":"box/server","name":"Server","kind":"server","summary":"x",
      "facts":{"us_content":{"value":80,"unit":"%","source":"test","as_of":"2026"}},
      "provides":[{"capability":"accelerator-host","with":{"accelerators":["acc/chip"],"slots":8,"socket":["sxm5-hgx"]}}],
      "requires":[{"capability":"fabric-port","where":[{"attribute":"protocol","in":["ethernet-400g"]}]}],
      "offers":[{"deployment":["on_premises"],"sold_in":{"all_except":["CU"]},
        "prices":[{"per":"unit","amount":100000,"currency":"USD","kind":"list","source":"test","as_of":"2026"}],
        "lead_time":{"value":60,"unit":"d","source":"test","as_of":"2026"}}]})");
    Put("net/switch",
        R"({"schema":"stackport.component/1","id":"net/switch","name":"Switch","kind":"network_switch","summary":"x",
      "facts":{"max_power":{"value":2,"unit":"kW","source":"test","as_of":"2026"},
               "us_content":{"value":50,"unit":"%","source":"test","as_of":"2026"}},
      "provides":[{"capability":"fabric-switching","with":{"protocol":["ethernet-400g"],"ports":64}}],
      "offers":[{"deployment":["on_premises"],"sold_in":{"all_except":["CU"]},
        "prices":[{"per":"unit","amount":40000,"currency":"USD","kind":"list","source":"test","as_of":"2026"}],
        "lead_time":{"value":60,"unit":"d","source":"test","as_of":"2026"}}]})");
    Put("disk/array",
        R"({"schema":"stackport.component/1","id":"disk/array","name":"Array","kind":"storage_system","summary":"x",
      "facts":{"max_power":{"value":1,"unit":"kW","source":"test","as_of":"2026"},
               "us_content":{"value":50,"unit":"%","source":"test","as_of":"2026"}},
      "provides":[{"capability":"data-storage","with":{"access":["nas"],"capacity":"10 TB","read_rate":"20 GB/s"}}],
      "offers":[{"deployment":["on_premises"],"sold_in":{"all_except":["CU"]},
        "prices":[{"per":"unit","amount":10000,"currency":"USD","kind":"list","source":"test","as_of":"2026"}],
        "lead_time":{"value":30,"unit":"d","source":"test","as_of":"2026"}}]})");
    PutFree(
        "k8s/platform", "cloud_platform",
        R"([{"capability":"cloud-services","with":{"platform":["kubernetes"],"customer_site":true}}])",
        "[]", kFree);
    Put("lab/model",
        std::string(
            R"({"schema":"stackport.component/1","id":"lab/model","name":"Model","kind":"model","summary":"x",
      "facts":{"parameters":{"value":20,"unit":"B","source":"test","as_of":"2026"},
               "open_weights":{"value":true,"source":"test","as_of":"2026"},
               "commercial_use":{"value":"allowed","source":"test","as_of":"2026"},
               "languages":{"value":["en","sw"],"source":"test","as_of":"2026"}},
      "provides":[{"capability":"language-model","with":{"model":"model","family":"lab","self_hosted":true}}],)") +
            kFree + "}");
    PutFree("run/runtime", "serving_runtime",
            R"([{"capability":"model-serving","with":{"family":["lab"]}}])",
            R"([{"capability":"accelerated-compute","where":[{"attribute":"isa","in":["cuda"]}]}])",
            kFree);
    PutFree("flow/pipe", "data_pipeline",
            R"([{"capability":"data-pipeline","with":{"function":["ingestion"]}}])", "[]", kFree);
    PutFree("flow/label", "data_labeling",
            R"([{"capability":"data-labeling","with":{"modality":["text"]}}])", "[]", kFree);
    PutFree(
        "guard/suite", "cybersecurity",
        R"([{"capability":"security-control","with":{"control":["endpoint_protection","network_security","identity_and_secrets"]}}])",
        "[]", kFree);
    PutFree(
        "guard/model", "model_security",
        R"([{"capability":"security-control","with":{"control":["prompt_injection_defense","model_scanning"]}}])",
        "[]", kFree);
    Put("farm/advice",
        std::string(
            R"({"schema":"stackport.component/1","id":"farm/advice","name":"Advice","kind":"application","summary":"x",
      "facts":{"languages":{"value":["en","sw"],"source":"test","as_of":"2026"}},
      "provides":[{"capability":"application","with":{"task":["agriculture.farmer_advice"],"model_choice":true}}],)") +
            kFree + "}");
  }

  void Put(const std::string& id, std::string document) {
    Drop(id);
    documents_.emplace_back(id, std::move(document));
  }
  void PutFree(const std::string& id, const std::string& kind, const std::string& provides,
               const std::string& requires_json, const std::string& offers) {
    Put(id, R"({"schema":"stackport.component/1","id":")" + id + R"(","name":")" + id +
                R"(","kind":")" + kind + R"(","summary":"x","provides":)" + provides +
                R"(,"requires":)" + requires_json + "," + offers + "}");
  }
  void Drop(const std::string& id) {
    std::erase_if(documents_, [&](const auto& entry) { return entry.first == id; });
  }
  void Reverse() { std::reverse(documents_.begin(), documents_.end()); }

  // Replaces the first occurrence of `from` in a document. Requires: it occurs.
  void Edit(const std::string& id, const std::string& from, const std::string& to) {
    for (auto& [name, text] : documents_) {
      if (name != id) continue;
      const std::size_t at = text.find(from);
      if (at == std::string::npos) throw std::logic_error(id + " does not hold " + from);
      text.replace(at, from.size(), to);
    }
  }

  // Vendors are all headquartered in the United States but for those set here.
  void SetHeadquarters(const std::string& vendor, const std::string& country) {
    headquarters_.emplace_back(vendor, country);
  }

  SnapshotPtr Build() const {
    std::vector<PluginRecord> plugins;
    std::vector<std::pair<std::string, Component>> components;
    for (const auto& [id, text] : documents_) {
      ParsedComponent parsed = ParseComponent(text, "", Registry::Builtin());
      if (!parsed.component) {
        throw std::logic_error(id + ": " + ToText(parsed.findings.front()));
      }
      const std::string vendor = parsed.component->vendor_id;
      const bool known =
          std::any_of(plugins.begin(), plugins.end(),
                      [&](const PluginRecord& plugin) { return plugin.id == vendor; });
      if (!known) {
        PluginRecord plugin;
        plugin.id = vendor;
        plugin.version = "1.0.0";
        plugin.content_hash = vendor;
        plugin.form = "data";
        plugin.vendor.id = vendor;
        plugin.vendor.name = vendor;
        plugin.vendor.headquarters = "US";
        for (const auto& [name, country] : headquarters_) {
          if (name == vendor) plugin.vendor.headquarters = country;
        }
        plugins.push_back(std::move(plugin));
      }
      components.emplace_back(vendor, std::move(*parsed.component));
    }
    return MakeSnapshot(std::move(plugins), std::move(components), "2026-01-01T00:00:00Z");
  }

 private:
  std::vector<std::pair<std::string, std::string>> documents_;
  std::vector<std::pair<std::string, std::string>> headquarters_;
};

}  // namespace stackport::testing

#endif  // STACKPORT_TESTS_SUPPORT_SMALL_CATALOG_H_
