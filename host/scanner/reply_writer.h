// Writes frames to the reply pipe.
#ifndef STACKPORT_HOST_SCANNER_REPLY_WRITER_H_
#define STACKPORT_HOST_SCANNER_REPLY_WRITER_H_

#include <cstdint>
#include <string_view>

#include "host/scanner/protocol.h"

namespace stackport::scanner {

// One thread at a time. Once a write has failed (the host has gone), every further one fails.
class ReplyWriter {
 public:
  explicit ReplyWriter(int fd) : fd_(fd) {}

  bool Layers(const ConfinementReport& report);
  bool ReachedStage(Stage stage);
  bool Identity(std::string_view plugin_id, std::string_view plugin_version);
  bool Component(std::string_view json);
  bool Offers(std::string_view component_id, std::string_view json);
  bool PluginError(std::string_view message);
  bool Progress(std::uint64_t done, std::uint64_t total);
  bool Failure(std::string_view message);
  bool End(std::int32_t status, std::uint64_t components);

 private:
  bool Write(FrameType type, std::string_view payload);

  int fd_;
  bool broken_ = false;
};

}  // namespace stackport::scanner

#endif  // STACKPORT_HOST_SCANNER_REPLY_WRITER_H_
