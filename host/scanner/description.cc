#include "host/scanner/description.h"

#include <string>

#include "catalog/base/json.h"

namespace stackport::scanner {
namespace {

// A component id has at most 120 bytes (component.schema.json). A document without one that fits is
// judged by the host, which reads it in full.
std::string IdOf(std::string_view document) {
  constexpr std::size_t kMostIdBytes = 120;
  const auto parsed = json::Parse(document, "", {STACKPORT_MAX_COMPONENT_BYTES, 16, 20'000});
  if (!parsed) return {};
  const std::string_view id = json::StringOr(*parsed, "id", "");
  return id.size() > kMostIdBytes ? std::string() : std::string(id);
}

}  // namespace

stackport_status Description::Run(const stackport_core_table& core) {
  const stackport_sink sink{
      sizeof(stackport_sink), 0, this, &Description::Component, &Description::PluginError,
      &Description::Progress};
  return core.describe(&sink);
}

stackport_status Description::Component(void* context, const char* json, std::uint64_t length) {
  auto& self = *static_cast<Description*>(context);
  if (!json || length == 0) return STACKPORT_INVALID;
  if (length > STACKPORT_MAX_COMPONENT_BYTES) {
    // A plugin that ignores the answer must not be admitted with a part of what it says.
    const std::string message = "a component document of " + std::to_string(length) +
                                " bytes passes the limit of " +
                                std::to_string(STACKPORT_MAX_COMPONENT_BYTES);
    PluginError(context, message.data(), message.size());
    return STACKPORT_TOO_LARGE;
  }
  if (self.components_ >= STACKPORT_MAX_COMPONENTS ||
      self.bytes_ + length > STACKPORT_MAX_DESCRIPTION_BYTES) {
    const std::string message = "the description passes the limit of " +
                                std::to_string(STACKPORT_MAX_COMPONENTS) + " components or " +
                                std::to_string(STACKPORT_MAX_DESCRIPTION_BYTES) + " bytes";
    PluginError(context, message.data(), message.size());
    return STACKPORT_STOP;
  }
  if (!self.reply_.Component({json, length})) return STACKPORT_STOP;
  self.bytes_ += length;
  ++self.components_;
  if (self.wants_ids_) {
    if (std::string id = IdOf({json, length}); !id.empty()) self.ids_.push_back(std::move(id));
  }
  return STACKPORT_OK;
}

stackport_status Description::PluginError(void* context, const char* message,
                                          std::uint64_t length) {
  auto& self = *static_cast<Description*>(context);
  if (!message || length == 0) return STACKPORT_INVALID;
  if (self.errors_ >= kMaxErrors) return STACKPORT_OK;
  ++self.errors_;
  return self.reply_.PluginError({message, length}) ? STACKPORT_OK : STACKPORT_STOP;
}

stackport_status Description::Progress(void* context, std::uint64_t done, std::uint64_t total) {
  auto& self = *static_cast<Description*>(context);
  // One frame per percent is all that a progress bar can show.
  const std::uint64_t percent = total == 0 || done > total
                                    ? 0
                                    : static_cast<std::uint64_t>(static_cast<double>(done) * 100.0 /
                                                                 static_cast<double>(total));
  if (percent == self.last_percent_) return STACKPORT_OK;
  self.last_percent_ = percent;
  return self.reply_.Progress(done, total) ? STACKPORT_OK : STACKPORT_STOP;
}

}  // namespace stackport::scanner
