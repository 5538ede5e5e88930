// Emphasis on a terminal; nothing at all when the output goes to a file or NO_COLOR is set.
#ifndef STACKPORT_HOST_CLI_STYLE_H_
#define STACKPORT_HOST_CLI_STYLE_H_

#include <string>
#include <string_view>

namespace stackport::cli {

enum class Tone { kPlain, kStrong, kDim, kGood, kWarn, kBad };

class Style {
 public:
  explicit Style(bool colored) : colored_(colored) {}

  std::string Paint(Tone tone, std::string_view text) const {
    if (!colored_ || tone == Tone::kPlain || text.empty()) return std::string(text);
    return std::string(Sequence(tone)) + std::string(text) + "\x1b[0m";
  }

 private:
  static constexpr std::string_view Sequence(Tone tone) {
    switch (tone) {
      case Tone::kPlain:
        return "";
      case Tone::kStrong:
        return "\x1b[1m";
      case Tone::kDim:
        return "\x1b[2m";
      case Tone::kGood:
        return "\x1b[32m";
      case Tone::kWarn:
        return "\x1b[33m";
      case Tone::kBad:
        return "\x1b[31m";
    }
    return "";
  }

  bool colored_;
};

}  // namespace stackport::cli

#endif  // STACKPORT_HOST_CLI_STYLE_H_
