#include "host/scanner/options.h"

#include <charconv>
#include <string_view>

namespace stackport::scanner {
namespace {

constexpr std::string_view kParent = "--parent=";
constexpr std::string_view kCpuSeconds = "--cpu-seconds=";
constexpr std::string_view kAddressSpace = "--address-space=";

template <typename Number>
bool ReadOption(std::string_view argument, std::string_view name, Number& value) {
  if (!argument.starts_with(name)) return false;
  argument.remove_prefix(name.size());
  const char* end = argument.data() + argument.size();
  const auto [stopped, error] = std::from_chars(argument.data(), end, value);
  return error == std::errc() && stopped == end;
}

}  // namespace

Result<ScannerOptions> ParseOptions(std::span<const char* const> arguments) {
  ScannerOptions options;
  if (arguments.size() == 3 && ReadOption(arguments[0], kParent, options.parent) &&
      ReadOption(arguments[1], kCpuSeconds, options.limits.cpu_seconds) &&
      ReadOption(arguments[2], kAddressSpace, options.limits.address_space_bytes)) {
    return options;
  }
  return InvalidArgument(
      "stackport-scanner is started by the Stackport host, with --parent=PID --cpu-seconds=N "
      "--address-space=BYTES; to check a plugin, run: stackport plugin check FOLDER");
}

std::vector<std::string> OptionArguments(const ScannerOptions& options) {
  return {std::string(kParent) + std::to_string(options.parent),
          std::string(kCpuSeconds) + std::to_string(options.limits.cpu_seconds),
          std::string(kAddressSpace) + std::to_string(options.limits.address_space_bytes)};
}

}  // namespace stackport::scanner
