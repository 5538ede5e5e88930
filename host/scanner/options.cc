#include "host/scanner/options.h"

#include <charconv>
#include <string_view>

namespace stackport::scanner {
namespace {

constexpr std::string_view kParent = "--parent=";
constexpr std::string_view kCpuSeconds = "--cpu-seconds=";
constexpr std::string_view kAddressSpace = "--address-space=";
constexpr std::string_view kEveryLayer = "--every-layer=";
constexpr std::string_view kOtherDate = "--other-date=";

template <typename Number>
bool ReadOption(std::string_view argument, std::string_view name, Number& value) {
  if (!argument.starts_with(name)) return false;
  argument.remove_prefix(name.size());
  const char* end = argument.data() + argument.size();
  const auto [stopped, error] = std::from_chars(argument.data(), end, value);
  return error == std::errc() && stopped == end;
}

bool ReadSwitch(std::string_view argument, std::string_view name, bool& value) {
  int number = 0;
  if (!ReadOption(argument, name, number) || number < 0 || number > 1) return false;
  value = number == 1;
  return true;
}

template <typename Number>
std::string WriteOption(std::string_view name, Number value) {
  return std::string(name) + std::to_string(value);
}

}  // namespace

Result<ScannerOptions> ParseOptions(std::span<const char* const> arguments) {
  ScannerOptions options;
  if (arguments.size() == 5 && ReadOption(arguments[0], kParent, options.parent) &&
      ReadOption(arguments[1], kCpuSeconds, options.limits.cpu_seconds) &&
      ReadOption(arguments[2], kAddressSpace, options.limits.address_space_bytes) &&
      ReadSwitch(arguments[3], kEveryLayer, options.every_layer) &&
      ReadSwitch(arguments[4], kOtherDate, options.other_date)) {
    return options;
  }
  return InvalidArgument(
      "stackport-scanner is started by the Stackport host, with --parent=PID --cpu-seconds=N "
      "--address-space=BYTES --every-layer=0|1 --other-date=0|1; to check a plugin, run: stackport "
      "plugin check FOLDER");
}

std::vector<std::string> OptionArguments(const ScannerOptions& options) {
  return {WriteOption(kParent, options.parent),
          WriteOption(kCpuSeconds, options.limits.cpu_seconds),
          WriteOption(kAddressSpace, options.limits.address_space_bytes),
          WriteOption(kEveryLayer, int{options.every_layer}),
          WriteOption(kOtherDate, int{options.other_date})};
}

}  // namespace stackport::scanner
