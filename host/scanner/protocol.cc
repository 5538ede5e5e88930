#include "host/scanner/protocol.h"

#include <algorithm>

namespace stackport::scanner {

std::string_view StageName(Stage stage) {
  switch (stage) {
    case Stage::kStart:
      return "start";
    case Stage::kConfined:
      return "confined";
    case Stage::kLoad:
      return "load";
    case Stage::kEntry:
      return "entry";
    case Stage::kDescribe:
      return "describe";
    case Stage::kOffers:
      return "offers";
    case Stage::kEnd:
      return "end";
  }
  return "start";
}

std::optional<Stage> StageFromByte(std::uint8_t byte) {
  if (byte > static_cast<std::uint8_t>(Stage::kEnd)) return std::nullopt;
  return static_cast<Stage>(byte);
}

void AppendUint32(std::string& out, std::uint32_t value) {
  for (int shift = 0; shift < 32; shift += 8) out += static_cast<char>((value >> shift) & 0xFF);
}

void AppendUint64(std::string& out, std::uint64_t value) {
  for (int shift = 0; shift < 64; shift += 8) out += static_cast<char>((value >> shift) & 0xFF);
}

std::uint32_t ReadUint32(const char* bytes) {
  std::uint32_t value = 0;
  for (int i = 3; i >= 0; --i) value = value << 8 | static_cast<unsigned char>(bytes[i]);
  return value;
}

std::uint64_t ReadUint64(const char* bytes) {
  std::uint64_t value = 0;
  for (int i = 7; i >= 0; --i) value = value << 8 | static_cast<unsigned char>(bytes[i]);
  return value;
}

const Layer* ConfinementReport::Find(std::string_view name) const {
  for (const Layer& layer : layers) {
    if (layer.name == name) return &layer;
  }
  return nullptr;
}

bool ConfinementReport::EveryLayerHolds() const {
  return std::all_of(layers.begin(), layers.end(),
                     [](const Layer& layer) { return layer.applied; });
}

std::string ConfinementReport::ToText() const {
  std::string text;
  for (const Layer& layer : layers) {
    text +=
        layer.name + '\t' + (layer.applied ? "applied" : "missing") + '\t' + layer.detail + '\n';
  }
  return text;
}

std::optional<ConfinementReport> ConfinementReport::FromText(std::string_view text) {
  ConfinementReport report;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    if (end == std::string_view::npos) return std::nullopt;
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(end + 1);
    const std::size_t first = line.find('\t');
    if (first == std::string_view::npos) return std::nullopt;
    const std::size_t second = line.find('\t', first + 1);
    if (second == std::string_view::npos) return std::nullopt;
    const std::string_view state = line.substr(first + 1, second - first - 1);
    if (state != "applied" && state != "missing") return std::nullopt;
    report.layers.push_back({std::string(line.substr(0, first)), state == "applied",
                             std::string(line.substr(second + 1))});
  }
  return report;
}

}  // namespace stackport::scanner
