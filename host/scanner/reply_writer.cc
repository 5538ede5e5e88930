#include "host/scanner/reply_writer.h"

#include <unistd.h>

#include <cerrno>
#include <string>

namespace stackport::scanner {

bool ReplyWriter::Layers(const ConfinementReport& report) {
  return Write(FrameType::kLayers, report.ToText());
}

bool ReplyWriter::ReachedStage(Stage stage) {
  const char byte = static_cast<char>(stage);
  return Write(FrameType::kStage, {&byte, 1});
}

bool ReplyWriter::Identity(std::string_view plugin_id, std::string_view plugin_version) {
  const std::string text = std::string(plugin_id) + '\n' + std::string(plugin_version);
  return Write(FrameType::kIdentity, std::string_view(text).substr(0, kMaxShortFrameBytes));
}

bool ReplyWriter::Component(std::string_view json) {
  return Write(FrameType::kComponent, json);
}

bool ReplyWriter::Offers(std::string_view component_id, std::string_view json) {
  return Write(FrameType::kOffers, std::string(component_id) + '\n' + std::string(json));
}

bool ReplyWriter::PluginError(std::string_view message) {
  return Write(FrameType::kError, message.substr(0, kMaxErrorBytes));
}

bool ReplyWriter::Progress(std::uint64_t done, std::uint64_t total) {
  std::string payload;
  AppendUint64(payload, done);
  AppendUint64(payload, total);
  return Write(FrameType::kProgress, payload);
}

bool ReplyWriter::Failure(std::string_view message) {
  return Write(FrameType::kFailure, message.substr(0, kMaxErrorBytes));
}

bool ReplyWriter::End(std::int32_t status, std::uint64_t components) {
  std::string payload;
  AppendUint32(payload, static_cast<std::uint32_t>(status));
  AppendUint64(payload, components);
  return Write(FrameType::kEnd, payload);
}

bool ReplyWriter::Write(FrameType type, std::string_view payload) {
  if (broken_) return false;
  std::string header;
  AppendUint32(header, static_cast<std::uint32_t>(payload.size()));
  header += static_cast<char>(type);
  for (std::string_view rest : {std::string_view(header), payload}) {
    while (!rest.empty()) {
      const ssize_t written = write(fd_, rest.data(), rest.size());
      if (written < 0 && errno == EINTR) continue;
      if (written <= 0) {
        broken_ = true;
        return false;
      }
      rest.remove_prefix(static_cast<std::size_t>(written));
    }
  }
  return true;
}

}  // namespace stackport::scanner
