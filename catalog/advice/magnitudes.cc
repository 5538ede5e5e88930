#include "catalog/advice/magnitudes.h"

#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <optional>
#include <string>
#include <string_view>

#include "catalog/base/json.h"
#include "catalog/base/text.h"

namespace stackport {
namespace {

constexpr double kMicroPerUsd = 1e6;

// A quantity as its author wrote it.
struct Written {
  double number = 0;
  std::string unit;
};

// "700 W", or the number of a fact whose unit stands beside it.
std::optional<Written> ReadWritten(const json::Value& value, std::string_view unit) {
  if (value.IsNumber()) return Written{value.GetDouble(), std::string(unit)};
  if (value.IsArray() && value.Size() == 2 && value[0].IsNumber()) {
    return Written{value[0].GetDouble(), std::string(unit)};
  }
  if (!value.IsString()) return std::nullopt;
  const std::string_view text(value.GetString(), value.GetStringLength());
  Written written;
  const auto end = std::from_chars(text.data(), text.data() + text.size(), written.number);
  if (end.ec != std::errc()) return std::nullopt;
  std::string_view rest = text.substr(static_cast<std::size_t>(end.ptr - text.data()));
  while (rest.starts_with(' ')) rest.remove_prefix(1);
  written.unit = rest;
  return written;
}

// The unit that would put the number into the usual range, nearest to the one written.
std::string OtherUnit(const Written& written, const Dimension& dimension, const UsualRange& usual) {
  const auto stated = dimension.units.find(written.unit);
  std::string best;
  double best_distance = 0;
  for (const auto& [unit, factor] : dimension.units) {
    const double value = written.number * factor;
    if (value < static_cast<double>(usual.minimum) || value > static_cast<double>(usual.maximum)) {
      continue;
    }
    const double distance =
        stated == dimension.units.end() ? 0 : std::abs(std::log(factor / stated->second));
    if (best.empty() || distance < best_distance) {
      best = unit;
      best_distance = distance;
    }
  }
  return best;
}

class MagnitudeCheck {
 public:
  MagnitudeCheck(const Component& component, const Registry& registry, const AdviceRules& rules,
                 AdviceSink& sink)
      : component_(component), registry_(registry), rules_(rules), sink_(sink) {}

  void Run() {
    // The canonical text of a component that was parsed from it.
    const auto document = json::Parse(component_.document, component_.id);
    if (!document) return;
    if (const json::Value* facts = json::Find(*document, "facts")) {
      for (const auto& [name, fact] : component_.facts) {
        const json::Value* object = json::Find(*facts, name);
        if (object == nullptr) continue;
        Check(name, registry_.FindFact(name), fact.value, json::Find(*object, "value"),
              json::StringOr(*object, "unit", ""), "/facts/" + name + "/value");
      }
    }
    const json::Value* provides = json::Find(*document, "provides");
    for (std::size_t i = 0; provides != nullptr && i < component_.provides.size(); ++i) {
      const ProvidedCapability& provided = component_.provides[i];
      const CapabilityDefinition* capability = registry_.FindCapability(provided.capability);
      if (capability == nullptr || i >= provides->Size()) continue;
      const json::Value* with =
          json::Find((*provides)[static_cast<rapidjson::SizeType>(i)], "with");
      for (const auto& [name, value] : provided.attributes) {
        const auto definition = capability->attributes.find(name);
        if (definition == capability->attributes.end() || with == nullptr) continue;
        Check(provided.capability + "." + name, &definition->second, value, json::Find(*with, name),
              "", fmt::format("/provides/{}/with/{}", i, name));
      }
    }
    CheckPrices();
  }

 private:
  void Check(const std::string& of, const AttributeDefinition* definition,
             const AttributeValue& value, const json::Value* written_value, std::string_view unit,
             const std::string& pointer) {
    const UsualRange* usual = rules_.Find(of, component_.kind);
    if (usual == nullptr || definition == nullptr || written_value == nullptr ||
        value.kind != AttributeValue::Kind::kNumber) {
      return;
    }
    if (value.number.low >= usual->minimum && value.number.high <= usual->maximum) return;
    const auto written = ReadWritten(*written_value, unit);
    if (!written) return;
    const std::string said =
        fmt::format("{:g}{}{}", written->number, written->unit.empty() ? "" : " ", written->unit);
    std::string remedy =
        "correct the number or its unit; if it is right, leave it and say why in a "
        "note";
    if (const Dimension* dimension = registry_.FindDimension(definition->dimension)) {
      const std::string other = OtherUnit(*written, *dimension, *usual);
      if (!other.empty() && other != written->unit) {
        remedy = fmt::format("did you mean {:g} {}?", written->number, other);
      }
    }
    sink_.Warn(
        AdviceTopic::kMagnitudes, "unusual_magnitude", pointer,
        fmt::format("{} of {} is unusual for a {}", of, Printable(said), component_.kind),
        fmt::format("{} to {}: {}", usual->minimum_text, usual->maximum_text, usual->because),
        std::move(remedy));
  }

  void CheckPrices() {
    for (std::size_t i = 0; i < component_.offers.size(); ++i) {
      const auto& prices = component_.offers[i].prices;
      for (std::size_t j = 0; j < prices.size(); ++j) {
        const Price& price = prices[j];
        const std::string of = "price." + std::string(PricePerName(price.per));
        const UsualRange* usual = rules_.Find(of, component_.kind);
        if (usual == nullptr || price.micro_usd.high == 0) continue;
        if (price.micro_usd.low >= usual->minimum && price.micro_usd.high <= usual->maximum) {
          continue;
        }
        const bool cheap = price.micro_usd.low < usual->minimum;
        sink_.Warn(
            AdviceTopic::kMagnitudes, "unusual_price",
            fmt::format("/offers/{}/prices/{}/amount", i, j),
            fmt::format("{:g} USD per {} is unusual for a {}",
                        static_cast<double>(cheap ? price.micro_usd.low : price.micro_usd.high) /
                            kMicroPerUsd,
                        PricePerName(price.per), component_.kind),
            fmt::format("{} to {}: {}", usual->minimum_text, usual->maximum_text, usual->because),
            cheap ? "amounts are in whole US dollars, not in thousands; and look what the "
                    "price is per"
                  : "amounts are in US dollars, not in cents; and look what the price is "
                    "per");
      }
    }
  }

  const Component& component_;
  const Registry& registry_;
  const AdviceRules& rules_;
  AdviceSink& sink_;
};

// Two facts of which one follows from the other within a factor.
struct Ratio {
  const char* fact;
  const char* base;
  double low, high;
  const char* because;
};

// Bytes for each parameter: two, one and a half, with room for scales, embeddings kept in a higher
// precision and overhead. Rates double with each halving of the width on parts that have both.
constexpr Ratio kRatios[] = {
    {"weights_memory_bf16", "parameters", 1.5, 3.5, "BF16 takes two bytes for each parameter"},
    {"weights_memory_fp8", "parameters", 0.7, 2.2, "FP8 takes one byte for each parameter"},
    {"weights_memory_fp4", "parameters", 0.4, 1.3, "FP4 takes half a byte for each parameter"},
    {"active_parameters", "parameters", 0, 1, "the active ones are part of them"},
    {"typical_power", "max_power", 0, 1, "typical power is not above the maximum"},
    {"dense_fp8", "dense_bf16", 1, 4.5, "FP8 usually doubles the BF16 rate"},
    {"dense_fp4", "dense_fp8", 1, 4.5, "FP4 usually doubles the FP8 rate"},
};

}  // namespace

void AdviseOnMagnitudes(const Component& component, const Registry& registry,
                        const AdviceRules& rules, AdviceSink& sink) {
  MagnitudeCheck(component, registry, rules, sink).Run();
}

void AdviseOnConsistency(const Component& component, AdviceSink& sink) {
  for (const Ratio& ratio : kRatios) {
    const auto value = component.Number(ratio.fact);
    const auto base = component.Number(ratio.base);
    if (!value || !base || base->low <= 0) continue;
    // The most favourable ends: only a contradiction of whole intervals is one.
    const double most = static_cast<double>(value->high) / static_cast<double>(base->low);
    const double least = static_cast<double>(value->low) / static_cast<double>(base->high);
    if (most >= ratio.low && least <= ratio.high) continue;
    sink.Warn(AdviceTopic::kConsistency, "contradiction", std::string("/facts/") + ratio.fact,
              fmt::format("{} is {:.3g} times {}", ratio.fact, most < ratio.low ? most : least,
                          ratio.base),
              fmt::format("{:g} to {:g} times: {}", ratio.low, ratio.high, ratio.because),
              "correct one of the two facts, or their units");
  }
  for (std::size_t i = 0; i < component.offers.size(); ++i) {
    for (std::size_t j = 0; j < component.offers[i].prices.size(); ++j) {
      const Price& price = component.offers[i].prices[j];
      if (price.micro_usd.high == 0 && price.price_kind != "free" &&
          price.provenance.note.empty()) {
        sink.Warn(AdviceTopic::kConsistency, "zero_price",
                  fmt::format("/offers/{}/prices/{}", i, j),
                  "a price of 0 USD is marked " + Quoted(price.price_kind),
                  "kind free, or no price at all: what is not published is left out",
                  "mark it free, or remove the price");
      }
    }
  }
}

}  // namespace stackport
