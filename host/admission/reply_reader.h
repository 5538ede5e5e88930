// Reads a scanner's reply as hostile input: frames in, documents and evidence out.
#ifndef STACKPORT_HOST_ADMISSION_REPLY_READER_H_
#define STACKPORT_HOST_ADMISSION_REPLY_READER_H_

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "catalog/base/result.h"
#include "host/scanner/protocol.h"

namespace stackport {

// What the host takes from one scanner; the ABI's limits (stackport/plugin.h) by default.
struct ReplyLimits {
  std::uint64_t component_bytes = std::uint64_t{512} << 10;
  std::uint64_t components = 5'000;
  std::uint64_t component_bytes_in_all = std::uint64_t{64} << 20;
  // Frames that carry no document (progress, errors): an honest scanner sends some hundred.
  std::uint64_t other_frames = 10'000;
};

// What a reply came to. All of it but `layers` is the plugin's word.
struct Reply {
  std::optional<scanner::ConfinementReport> layers;
  scanner::Stage stage = scanner::Stage::kStart;
  std::string plugin_id;
  std::string plugin_version;
  std::vector<std::string> components;  // documents, in the order in which they came
  // Tabulated offers, a JSON array each, by component id; not judged yet.
  std::map<std::string, std::string> offers;
  std::vector<std::string> plugin_errors;  // as they came: not yet escaped
  std::string failure;                     // of the scanner; empty: none
  std::optional<std::uint32_t> refused_call;
  struct End {
    std::int32_t status;
    std::uint64_t components;
  };
  std::optional<End> end;
};

// Collects the frames of one reply. One thread at a time.
class ReplyReader {
 public:
  // done, total (0: unknown).
  using Progress = std::function<void(std::uint64_t done, std::uint64_t total)>;

  explicit ReplyReader(const ReplyLimits& limits, Progress progress = {});

  // The next bytes from the pipe, cut anywhere. Errors: resource_limit when a limit is passed,
  // data_corrupt when the bytes are no reply. Requires: no earlier call failed.
  Status Feed(std::string_view bytes);

  // Whether a frame has begun and not ended.
  bool InsideFrame() const { return !pending_.empty(); }

  const Reply& reply() const& { return reply_; }
  Reply&& reply() && { return std::move(reply_); }

 private:
  // Most payload bytes of a frame of this type; an error for an unknown type.
  Result<std::uint64_t> MaxPayload(char type) const;
  Status Take(scanner::FrameType type, std::string_view payload);
  Status TakeComponent(std::string_view payload);
  Status TakeOffers(std::string_view payload);

  ReplyLimits limits_;
  Progress progress_;
  Reply reply_;
  std::string pending_;  // the start of a frame that is not complete
  std::uint64_t component_bytes_ = 0;
  std::uint64_t other_frames_ = 0;
};

}  // namespace stackport

#endif  // STACKPORT_HOST_ADMISSION_REPLY_READER_H_
