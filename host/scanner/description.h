// Calls a plugin's describe, and sends what it says to the host.
#ifndef STACKPORT_HOST_SCANNER_DESCRIPTION_H_
#define STACKPORT_HOST_SCANNER_DESCRIPTION_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "host/scanner/reply_writer.h"
#include "stackport/plugin.h"

namespace stackport::scanner {

// The sink that a plugin writes to: applies the ABI's limits, then passes each document on.
class Description {
 public:
  // `wants_ids`: the ids of the components are needed afterwards.
  Description(ReplyWriter& reply, bool wants_ids) : reply_(reply), wants_ids_(wants_ids) {}

  // Runs describe once and returns its status. Requires: the core table was checked.
  stackport_status Run(const stackport_core_table& core);

  std::uint64_t components() const { return components_; }
  // Of the documents that have one, in the order in which they came; empty unless wanted.
  const std::vector<std::string>& ids() const { return ids_; }

 private:
  static stackport_status Component(void* context, const char* json, std::uint64_t length);
  static stackport_status PluginError(void* context, const char* message, std::uint64_t length);
  static stackport_status Progress(void* context, std::uint64_t done, std::uint64_t total);

  ReplyWriter& reply_;
  const bool wants_ids_;
  std::vector<std::string> ids_;
  std::uint64_t components_ = 0;
  std::uint64_t bytes_ = 0;
  std::size_t errors_ = 0;
  std::uint64_t last_percent_ = 0;
};

}  // namespace stackport::scanner

#endif  // STACKPORT_HOST_SCANNER_DESCRIPTION_H_
