#include "catalog/report/contradictions.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <set>
#include <tuple>

#include "catalog/base/text.h"
#include "catalog/match/sizing.h"

namespace stackport {
namespace {

constexpr double kBytesInGb = 1e9;
// A statement names at most a few tokens of a vocabulary.
constexpr std::size_t kMaxReportText = 400;

using Tokens = std::vector<std::string>;

const Tokens* TokensOf(const ProvidedCapability& provided, std::string_view attribute) {
  const auto found = provided.attributes.find(std::string(attribute));
  if (found == provided.attributes.end()) return nullptr;
  return found->second.tokens.empty() ? nullptr : &found->second.tokens;
}

std::optional<Interval> NumberOf(const ProvidedCapability& provided, std::string_view attribute) {
  const auto found = provided.attributes.find(std::string(attribute));
  if (found == provided.attributes.end()) return std::nullopt;
  return found->second.number;
}

bool Disjoint(const Tokens& a, const Tokens& b) {
  return std::none_of(a.begin(), a.end(), [&](const std::string& token) {
    return std::find(b.begin(), b.end(), token) != b.end();
  });
}

// What a requirement of this capability accepts for the attribute, over all its alternatives; empty
// when there is none, or when some alternative accepts anything.
Tokens Accepted(const Component& component, std::string_view capability,
                std::string_view attribute) {
  for (const Requirement& requirement : component.requires_) {
    Tokens accepted;
    bool bound = true;
    for (const RequiredCapability& alternative : requirement.any_of) {
      if (alternative.capability != capability) {
        bound = false;
        break;
      }
      const auto condition = std::find_if(
          alternative.where.begin(), alternative.where.end(),
          [&](const Condition& one) { return one.attribute == attribute && !one.tokens.empty(); });
      if (condition == alternative.where.end()) bound = false;
      if (!bound) break;
      accepted.insert(accepted.end(), condition->tokens.begin(), condition->tokens.end());
    }
    if (bound && !accepted.empty()) return accepted;
  }
  return {};
}

double Gigabytes(std::int64_t bytes) {
  return static_cast<double>(bytes) / kBytesInGb;
}

class Search {
 public:
  explicit Search(const CatalogSnapshot& catalog) : catalog_(catalog) {}

  std::vector<Contradiction> Run() {
    for (const Component& component : catalog_.components) {
      for (const ProvidedCapability& provided : component.provides) {
        if (provided.capability == "accelerator-host") LookIntoHost(component, provided);
        if (provided.capability == "accelerated-compute") LookIntoMachine(component, provided);
      }
      LookAtMeasuredModels(component);
    }
    std::sort(found_.begin(), found_.end(), [](const Contradiction& a, const Contradiction& b) {
      return std::tie(a.code, a.first, a.second, a.text) <
             std::tie(b.code, b.first, b.second, b.text);
    });
    return std::move(found_);
  }

 private:
  void Add(std::string code, const Component& first, const Component& second, std::string text) {
    found_.push_back({std::move(code), first.id, second.id, std::move(text)});
  }

  void LookIntoHost(const Component& host, const ProvidedCapability& holds) {
    const Tokens* named = TokensOf(holds, "accelerators");
    if (named == nullptr) return;
    for (const std::string& id : *named) {
      const Component* accelerator = catalog_.Find(id);
      if (accelerator == nullptr) continue;
      const ProvidedCapability* compute = accelerator->FindCapability("accelerated-compute");
      const Tokens* offered = TokensOf(holds, "socket");
      const Tokens* fits = compute == nullptr ? nullptr : TokensOf(*compute, "socket");
      if (offered != nullptr && fits != nullptr && Disjoint(*offered, *fits)) {
        Add("socket", host, *accelerator,
            fmt::format("it holds it in {}, which is made for {}", Join(*offered, ", "),
                        Join(*fits, ", ")));
      }
      const auto slot = NumberOf(holds, "slot_power");
      const auto tdp = accelerator->Number("tdp");
      if (slot && tdp && tdp->low > slot->high) {
        Add("slot_power", host, *accelerator,
            fmt::format("it feeds {} W to a slot, which draws {} W", slot->high, tdp->low));
      }
      const Tokens ports = Accepted(host, "fabric-port", "protocol");
      const Tokens wants = Accepted(*accelerator, "fabric-port", "protocol");
      if (!ports.empty() && !wants.empty() && Disjoint(ports, wants)) {
        Add("fabric", host, *accelerator,
            fmt::format("its ports are {}, which needs {}", Join(ports, ", "), Join(wants, ", ")));
      }
    }
  }

  void LookIntoMachine(const Component& machine, const ProvidedCapability& compute) {
    const Tokens* named = TokensOf(compute, "accelerator");
    if (named == nullptr) return;
    const Component* accelerator = catalog_.Find(named->front());
    if (accelerator == nullptr) return;
    const ProvidedCapability* own = accelerator->FindCapability("accelerated-compute");
    const Tokens* says = TokensOf(compute, "isa");
    const Tokens* has = own == nullptr ? nullptr : TokensOf(*own, "isa");
    if (says != nullptr && has != nullptr && Disjoint(*says, *has)) {
      Add("isa", machine, *accelerator,
          fmt::format("it runs {}, which runs {}", Join(*says, ", "), Join(*has, ", ")));
    }
    const auto usable = NumberOf(compute, "memory_per_accelerator");
    const auto memory = accelerator->Number("memory");
    if (usable && memory && usable->low > memory->high) {
      Add("memory", machine, *accelerator,
          fmt::format("it exposes {:.1f} GB of each, which has {:.1f} GB", Gigabytes(usable->low),
                      Gigabytes(memory->high)));
    }
  }

  void LookAtMeasuredModels(const Component& accelerator) {
    const auto memory = accelerator.Number("memory");
    if (!memory) return;
    std::set<std::pair<std::string, std::int64_t>> seen;
    for (const match::ThroughputRow& row : match::ReadThroughput(accelerator)) {
      const Component* model = catalog_.Find(row.model);
      if (model == nullptr || !seen.emplace(row.model, row.accelerators).second) continue;
      std::optional<std::int64_t> smallest;
      for (const char* fact : {"weights_memory_fp4", "weights_memory_fp8", "weights_memory_bf16"}) {
        const auto weights = model->Number(fact);
        if (weights && (!smallest || weights->low < *smallest)) smallest = weights->low;
      }
      if (!smallest || *smallest <= row.accelerators * memory->high) continue;
      Add("measured_memory", accelerator, *model,
          fmt::format("it was measured on {} of it with {:.0f} GB together, which needs {:.0f} GB",
                      row.accelerators, Gigabytes(row.accelerators * memory->high),
                      Gigabytes(*smallest)));
    }
  }

  const CatalogSnapshot& catalog_;
  std::vector<Contradiction> found_;
};

}  // namespace

std::vector<Contradiction> FindContradictions(const CatalogSnapshot& catalog) {
  return Search(catalog).Run();
}

json::Value ContradictionsJson(const std::vector<Contradiction>& contradictions,
                               json::Allocator& allocator) {
  json::Value list(rapidjson::kArrayType);
  for (const Contradiction& contradiction : contradictions) {
    json::Value item(rapidjson::kObjectType);
    json::Set(item, "code", contradiction.code, allocator);
    json::Set(item, "first", contradiction.first, allocator);
    json::Set(item, "second", contradiction.second, allocator);
    json::Set(item, "text", contradiction.text, allocator);
    list.PushBack(item, allocator);
  }
  return list;
}

std::string ContradictionsMarkdown(const std::vector<Contradiction>& contradictions) {
  std::string text = "## Products that contradict each other\n\n";
  if (contradictions.empty()) return text + "None.\n";
  text += "| about | says | of | what |\n| --- | --- | --- | --- |\n";
  for (const Contradiction& contradiction : contradictions) {
    text +=
        fmt::format("| {} | {} | {} | {} |\n", contradiction.code, Printable(contradiction.first),
                    Printable(contradiction.second), Printable(contradiction.text, kMaxReportText));
  }
  return text;
}

}  // namespace stackport
