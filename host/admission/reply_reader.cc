#include "host/admission/reply_reader.h"

#include <algorithm>
#include <utility>

#include "catalog/base/text.h"

namespace stackport {

using scanner::FrameType;

ReplyReader::ReplyReader(const ReplyLimits& limits, Progress progress)
    : limits_(limits), progress_(std::move(progress)) {}

Status ReplyReader::Feed(std::string_view bytes) {
  pending_.append(bytes);
  std::string_view rest = pending_;
  while (rest.size() >= scanner::kFrameHeaderBytes) {
    const std::uint64_t length = scanner::ReadUint32(rest.data());
    const char type = rest[scanner::kFrameHeaderBytes - 1];
    // Judged before the payload is here, so that no more than one frame's limit is ever kept.
    const auto most = MaxPayload(type);
    if (!most) return most.error();
    if (length > *most) {
      return ResourceLimit("a frame '" + Printable({&type, 1}) + "' of the scanner's reply has " +
                           std::to_string(length) + " bytes, at most " + std::to_string(*most) +
                           " are taken");
    }
    if (rest.size() < scanner::kFrameHeaderBytes + length) break;
    const auto payload = rest.substr(scanner::kFrameHeaderBytes, length);
    if (auto taken = Take(static_cast<FrameType>(type), payload); !taken) return taken;
    rest.remove_prefix(scanner::kFrameHeaderBytes + length);
  }
  pending_.erase(0, pending_.size() - rest.size());
  return {};
}

Result<std::uint64_t> ReplyReader::MaxPayload(char type) const {
  switch (static_cast<FrameType>(type)) {
    case FrameType::kLayers:
    case FrameType::kIdentity:
      return std::uint64_t{scanner::kMaxShortFrameBytes};
    case FrameType::kStage:
      return std::uint64_t{1};
    case FrameType::kComponent:
      return limits_.component_bytes;
    case FrameType::kOffers:
      return limits_.component_bytes + scanner::kMaxShortFrameBytes;
    case FrameType::kError:
    case FrameType::kFailure:
      return std::uint64_t{scanner::kMaxErrorBytes};
    case FrameType::kProgress:
      return std::uint64_t{16};
    case FrameType::kRefusedCall:
      return std::uint64_t{4};
    case FrameType::kEnd:
      return std::uint64_t{12};
  }
  return DataCorrupt("the scanner's reply has a frame of unknown type " + Quoted({&type, 1}));
}

Status ReplyReader::Take(FrameType type, std::string_view payload) {
  if (reply_.end) return DataCorrupt("the scanner's reply goes on after its end");
  if (!reply_.layers && type != FrameType::kLayers && type != FrameType::kFailure) {
    return DataCorrupt("the scanner's reply does not start with its layers");
  }
  if (type != FrameType::kComponent && type != FrameType::kOffers &&
      ++other_frames_ > limits_.other_frames) {
    return ResourceLimit("the scanner's reply has more than " +
                         std::to_string(limits_.other_frames) + " frames without a document");
  }
  const auto wrong_length = [&] {
    return DataCorrupt("a frame '" + std::string(1, static_cast<char>(type)) +
                       "' of the scanner's reply has " + std::to_string(payload.size()) +
                       " bytes, which is not its length");
  };
  switch (type) {
    case FrameType::kLayers: {
      if (reply_.layers) return DataCorrupt("the scanner's reply has two reports of its layers");
      reply_.layers = scanner::ConfinementReport::FromText(payload);
      if (!reply_.layers) return DataCorrupt("the scanner's report of its layers is malformed");
      return {};
    }
    case FrameType::kStage: {
      if (payload.size() != 1) return wrong_length();
      const auto stage = scanner::StageFromByte(static_cast<std::uint8_t>(payload[0]));
      if (!stage || *stage <= reply_.stage) {
        return DataCorrupt("the scanner's reply reports a stage out of order");
      }
      reply_.stage = *stage;
      return {};
    }
    case FrameType::kIdentity: {
      const std::size_t line = payload.find('\n');
      if (line == std::string_view::npos || !reply_.plugin_id.empty()) {
        return DataCorrupt("the scanner's reply names the plugin wrongly or twice");
      }
      reply_.plugin_id = payload.substr(0, line);
      reply_.plugin_version = payload.substr(line + 1);
      return {};
    }
    case FrameType::kComponent:
      return TakeComponent(payload);
    case FrameType::kOffers:
      return TakeOffers(payload);
    case FrameType::kError:
      if (reply_.plugin_errors.size() < scanner::kMaxErrors) {
        reply_.plugin_errors.emplace_back(payload);
      }
      return {};
    case FrameType::kProgress:
      if (payload.size() != 16) return wrong_length();
      if (progress_) {
        progress_(scanner::ReadUint64(payload.data()), scanner::ReadUint64(payload.data() + 8));
      }
      return {};
    case FrameType::kRefusedCall:
      if (payload.size() != 4) return wrong_length();
      reply_.refused_call = scanner::ReadUint32(payload.data());
      return {};
    case FrameType::kFailure:
      reply_.failure = payload;
      return {};
    case FrameType::kEnd:
      if (payload.size() != 12) return wrong_length();
      reply_.end = Reply::End{static_cast<std::int32_t>(scanner::ReadUint32(payload.data())),
                              scanner::ReadUint64(payload.data() + 4)};
      return {};
  }
  return DataCorrupt("the scanner's reply has a frame of unknown type");
}

Status ReplyReader::TakeComponent(std::string_view payload) {
  if (reply_.components.size() >= limits_.components) {
    return ResourceLimit("the library describes more than " + std::to_string(limits_.components) +
                         " components");
  }
  component_bytes_ += payload.size();
  if (component_bytes_ > limits_.component_bytes_in_all) {
    return ResourceLimit("the library's description passes the limit of " +
                         std::to_string(limits_.component_bytes_in_all) + " bytes");
  }
  reply_.components.emplace_back(payload);
  return {};
}

Status ReplyReader::TakeOffers(std::string_view payload) {
  const std::size_t line = payload.find('\n');
  component_bytes_ += payload.size();
  if (component_bytes_ > limits_.component_bytes_in_all ||
      reply_.offers.size() >= limits_.components) {
    return ResourceLimit("the library's offers pass the limit of " +
                         std::to_string(limits_.component_bytes_in_all) + " bytes or " +
                         std::to_string(limits_.components) + " components");
  }
  if (line == std::string_view::npos ||
      !reply_.offers.emplace(payload.substr(0, line), payload.substr(line + 1)).second) {
    return DataCorrupt("the scanner's reply has offers without a component, or of one twice");
  }
  return {};
}

}  // namespace stackport
