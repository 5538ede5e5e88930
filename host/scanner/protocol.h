// What the scanner writes to its reply pipe, and how the host reads it.
//
//   reply   = frame*
//   frame   = length type payload        length: 4 bytes, little-endian, of the payload alone
//                                        type:   1 byte, a FrameType
//   The order of an honest reply: kLayers, kStage*, kIdentity, kComponent*, kOffers*, kEnd. kError,
//   kProgress stand between components; kFailure or kRefusedCall is the last frame when something
//   went wrong.
//
// The plugin runs in the process that writes, and can write to the pipe too: only kLayers, which is
// sent before the library is loaded, and the end of the process are certain. Everything else is the
// plugin's word, and is judged as such.
#ifndef STACKPORT_HOST_SCANNER_PROTOCOL_H_
#define STACKPORT_HOST_SCANNER_PROTOCOL_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace stackport::scanner {

enum class FrameType : std::uint8_t {
  kLayers = 'L',       // ConfinementReport::ToText
  kStage = 'S',        // one byte, a Stage
  kIdentity = 'I',     // plugin id, '\n', plugin version
  kComponent = 'C',    // one component document
  kOffers = 'O',       // component id, '\n', a JSON array of tabulated offers
  kError = 'E',        // what the plugin says went wrong
  kProgress = 'P',     // done, total: 8 bytes each, little-endian
  kRefusedCall = 'R',  // number of the system call that ended the process: 4 bytes, little-endian
  kFailure = 'F',      // why the scanner cannot go on, a sentence of its own
  kEnd = 'Z',          // status of describe (4 bytes) and number of components (8 bytes)
};

// How far the scanner has come. The host knows from it what a process that died was doing.
enum class Stage : std::uint8_t {
  kStart = 0,     // before the scanner said anything
  kConfined = 1,  // every layer is in place
  kLoad = 2,      // loading the library; its constructors run
  kEntry = 3,     // reading the entry and the core table
  kDescribe = 4,  // inside the plugin's describe
  kOffers = 5,    // inside the plugin's offers table
  kEnd = 6,       // nothing of the plugin runs any more
};
std::string_view StageName(Stage stage);  // "start", "confined", "load", ...
std::optional<Stage> StageFromByte(std::uint8_t byte);

inline constexpr std::size_t kFrameHeaderBytes = 5;
// Longest error or failure text that is sent, and number of errors that are kept: enough for a
// person, too little to fill a disk with.
inline constexpr std::size_t kMaxErrorBytes = 4096;
inline constexpr std::size_t kMaxErrors = 100;
// Longest identity and layer report.
inline constexpr std::size_t kMaxShortFrameBytes = 4096;

// File descriptors of the scanner process.
inline constexpr int kReplyFd = 3;
inline constexpr int kLibraryFd = 4;

// Exit codes of the scanner process. A plugin can exit with any of them, so none proves anything
// without the frame that belongs to it.
inline constexpr int kExitDescribed = 0;
inline constexpr int kExitFailure = 3;
inline constexpr int kExitRefusedCall = 4;

// Four and eight bytes, little-endian.
void AppendUint32(std::string& out, std::uint32_t value);
void AppendUint64(std::string& out, std::uint64_t value);
std::uint32_t ReadUint32(const char* bytes);
std::uint64_t ReadUint64(const char* bytes);

// One layer of the confinement.
struct Layer {
  std::string name;  // "limits", "privileges", "landlock", "syscall-filter"
  bool applied = false;
  std::string detail;  // what exactly, or why not; one line
  friend bool operator==(const Layer&, const Layer&) = default;
};

// Which layers hold, in the order in which they were applied.
struct ConfinementReport {
  std::vector<Layer> layers;

  const Layer* Find(std::string_view name) const;
  bool EveryLayerHolds() const;
  // One line per layer: name, "applied" or "missing", detail; parted by tabs.
  std::string ToText() const;
  // Nothing when the text is not of that form.
  static std::optional<ConfinementReport> FromText(std::string_view text);
};

}  // namespace stackport::scanner

#endif  // STACKPORT_HOST_SCANNER_PROTOCOL_H_
