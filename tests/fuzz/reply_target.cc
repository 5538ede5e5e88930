#include "host/admission/reply_reader.h"
#include "tests/fuzz/targets.h"

namespace stackport::fuzz {
namespace {

// Small enough for a fuzzer to pass.
ReplyLimits SmallLimits() {
  ReplyLimits limits;
  limits.component_bytes = 64;
  limits.components = 4;
  limits.component_bytes_in_all = 128;
  limits.other_frames = 12;
  return limits;
}

struct Reading {
  Status status;
  Reply reply;
  bool inside_frame = false;
};

// Feeds the bytes in pieces of `piece` bytes.
Reading Read(std::string_view bytes, std::size_t piece) {
  ReplyReader reader(SmallLimits());
  Reading reading;
  while (!bytes.empty() && reading.status) {
    reading.status = reader.Feed(bytes.substr(0, piece));
    bytes.remove_prefix(std::min(piece, bytes.size()));
  }
  reading.inside_frame = reader.InsideFrame();
  reading.reply = reader.reply();
  return reading;
}

}  // namespace

void JudgeReply(std::string_view bytes) {
  const Reading whole = Read(bytes, bytes.size() + 1);
  const Reply& reply = whole.reply;
  const ReplyLimits limits = SmallLimits();
  Promise(reply.components.size() <= limits.components, "the number of components is limited");
  std::uint64_t total = 0;
  for (const std::string& component : reply.components) total += component.size();
  Promise(total <= limits.component_bytes_in_all, "the components are limited together");
  Promise(reply.plugin_errors.size() <= scanner::kMaxErrors, "the number of errors is limited");
  Promise(reply.failure.size() <= scanner::kMaxErrorBytes, "the failure is limited");
  Promise(reply.layers || reply.components.empty(), "nothing is taken before the layers");
  if (!whole.status) PromiseShowable(whole.status.error().message);

  // The pipe cuts where it likes.
  for (const std::size_t piece : {1, 3}) {
    const Reading cut = Read(bytes, piece);
    Promise(cut.status.ok() == whole.status.ok(), "the cuts do not decide");
    if (!whole.status) {
      Promise(cut.status.error().message == whole.status.error().message,
              "the cuts do not change the reason");
      continue;
    }
    Promise(cut.inside_frame == whole.inside_frame, "the cuts do not change the end");
    Promise(cut.reply.components == reply.components && cut.reply.stage == reply.stage &&
                cut.reply.plugin_id == reply.plugin_id && cut.reply.failure == reply.failure,
            "the cuts do not change the content");
  }
}

}  // namespace stackport::fuzz
