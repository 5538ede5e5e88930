// The requests that ship as examples: their expected shape, not their figures. What an engineer of
// the vendor would laugh at fails here.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <set>
#include <string>
#include <vector>

#include "catalog/base/json.h"
#include "catalog/match/matcher.h"
#include "catalog/model/registry.h"
#include "tests/plugins/asking.h"
#include "tests/plugins/bundled_catalog.h"

namespace stackport {
namespace {

using json::Value;

bool Share(const std::vector<std::string>& a, const std::vector<std::string>& b) {
  return std::any_of(a.begin(), a.end(), [&](const std::string& token) {
    return std::find(b.begin(), b.end(), token) != b.end();
  });
}

const std::vector<std::string>& Tokens(const ProvidedCapability& provided, const char* name) {
  static const std::vector<std::string> kNone;
  const auto found = provided.attributes.find(name);
  return found == provided.attributes.end() ? kNone : found->second.tokens;
}

// The servers hold this accelerator, by name or by socket, and have a slot for each.
void ExpectServersHoldTheAccelerators(const Value& candidate) {
  const Value* compute = PartOfKind(candidate, "accelerator");
  const Value* servers = PartOfKind(candidate, "server");
  if (compute == nullptr || servers == nullptr) return;
  const Component* chip = BundledCatalog()->Find(Text(*compute, "component"));
  const Component* box = BundledCatalog()->Find(Text(*servers, "component"));
  ASSERT_TRUE(chip != nullptr && box != nullptr);
  const ProvidedCapability* holds = box->FindCapability("accelerator-host");
  const ProvidedCapability* fits = chip->FindCapability("accelerated-compute");
  ASSERT_TRUE(holds != nullptr && fits != nullptr) << box->id << " " << chip->id;
  EXPECT_TRUE(Share(Tokens(*holds, "accelerators"), {chip->id}) ||
              Share(Tokens(*holds, "socket"), Tokens(*fits, "socket")))
      << box->id << " has no socket for " << chip->id;
  const auto slots = holds->attributes.find("slots");
  ASSERT_NE(slots, holds->attributes.end()) << box->id;
  EXPECT_GE(json::IntOr(*servers, "quantity", 0) * slots->second.number.high,
            json::IntOr(*compute, "quantity", 0))
      << box->id;
}

// The model's smallest stated form fits the accelerators that are bought.
void ExpectTheModelFits(const Value& candidate) {
  const Value* compute = PartOfKind(candidate, "accelerator");
  const Value* model_part = PartOfKind(candidate, "model");
  if (compute == nullptr || model_part == nullptr) return;
  const Component* chip = BundledCatalog()->Find(Text(*compute, "component"));
  const Component* model = BundledCatalog()->Find(Text(*model_part, "component"));
  ASSERT_TRUE(chip != nullptr && model != nullptr);
  const auto memory = chip->Number("memory");
  if (!memory) return;
  for (const char* fact : {"weights_memory_fp4", "weights_memory_fp8", "weights_memory_bf16"}) {
    const auto weights = model->Number(fact);
    if (!weights) continue;
    EXPECT_GE(json::IntOr(*compute, "quantity", 0) * memory->high, weights->low)
        << model->id << " on " << chip->id;
    return;
  }
}

void ExpectSound(const Value& candidate) {
  ExpectServersHoldTheAccelerators(candidate);
  ExpectTheModelFits(candidate);
  for (const char* kind : {"accelerator", "server", "network_switch", "storage_system"}) {
    const Value* part = PartOfKind(candidate, kind);
    EXPECT_TRUE(part == nullptr || json::IntOr(*part, "quantity", 0) > 0) << kind;
  }
}

struct Example {
  const char* file;
  const char* deployment;          // of the best package
  std::int64_t licences_at_least;  // export licences of the best package
};

class ExampleRequest : public ::testing::TestWithParam<Example> {};

TEST_P(ExampleRequest, HasTheExpectedShape) {
  const auto document =
      json::ParseFile(std::string(STACKPORT_EXAMPLE_REQUESTS) + "/" + GetParam().file + ".json");
  ASSERT_TRUE(document.ok()) << document.error().ToString();
  const json::Document result = Answer(*document);
  ASSERT_NE(json::Find(result, "proof"), nullptr);
  EXPECT_EQ(Text(*json::Find(result, "proof"), "status"), "optimal");
  const Value* candidates = json::Find(result, "candidates");
  ASSERT_TRUE(candidates != nullptr && !candidates->Empty());
  EXPECT_EQ(Text((*candidates)[0], "deployment"), GetParam().deployment);
  for (const Value& candidate : candidates->GetArray()) ExpectSound(candidate);
  const Value* figures = json::Find((*candidates)[0], "figures");
  const Value* licences = json::Find(*figures, "licences");
  ASSERT_NE(licences, nullptr);
  EXPECT_GE(json::IntOr(*licences, "value", 0), GetParam().licences_at_least);
  EXPECT_EQ(json::IntOr(*licences, "value", 0) > 0, GetParam().licences_at_least > 0);
}

INSTANTIATE_TEST_SUITE_P(Shipped, ExampleRequest,
                         ::testing::Values(Example{"kenya-farm-and-health", "on_premises", 0},
                                           Example{"kenya-farm-advice", "on_premises", 0},
                                           Example{"poland-public-services", "on_premises", 0},
                                           Example{"uae-inference-campus", "on_premises", 1},
                                           Example{"india-education", "cloud_in_country", 0},
                                           Example{"indonesia-disaster-response",
                                                   "cloud_in_country", 0},
                                           Example{"brazil-health", "cloud_in_country", 0},
                                           Example{"uzbekistan-pilot", "on_premises", 1},
                                           Example{"norway-liquid-cooled-campus", "on_premises", 0},
                                           Example{"armenia-research-cluster", "on_premises", 1},
                                           Example{"japan-manufacturing", "cloud_in_country", 0}),
                         [](const auto& example) {
                           std::string name = example.param.file;
                           std::replace(name.begin(), name.end(), '-', '_');
                           return name;
                         });

TEST(ExampleRequests, AreAllTested) {
  std::size_t files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(STACKPORT_EXAMPLE_REQUESTS)) {
    files += entry.path().extension() == ".json" ? 1U : 0U;
  }
  EXPECT_EQ(files, 11U) << "give the new one its shape in the list above";
}

}  // namespace
}  // namespace stackport
