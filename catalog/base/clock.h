// The time of day behind an interface, so that tests choose it.
#ifndef STACKPORT_CATALOG_BASE_CLOCK_H_
#define STACKPORT_CATALOG_BASE_CLOCK_H_

#include <cstdint>
#include <ctime>
#include <string>

namespace stackport {

// Thread-safe in every implementation.
class Clock {
 public:
  virtual ~Clock() = default;
  // RFC 3339 in UTC, whole seconds: "2026-11-23T01:12:05Z". Text order is time order.
  virtual std::string NowUtc() const = 0;
};

// The moment `seconds` after `utc`, both as NowUtc writes them; `utc` itself when it is no such
// text.
inline std::string SecondsAfter(const std::string& utc, std::int64_t seconds) {
  std::tm parts{};
  const char* end = strptime(utc.c_str(), "%Y-%m-%dT%H:%M:%SZ", &parts);
  if (end == nullptr || *end != '\0') return utc;
  const std::time_t moment = timegm(&parts) + seconds;
  gmtime_r(&moment, &parts);
  char text[sizeof "2026-11-23T01:12:05Z"] = {};
  const std::size_t length = std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts);
  return std::string(text, length);
}

class SystemClock final : public Clock {
 public:
  std::string NowUtc() const override {
    const std::time_t now = std::time(nullptr);
    std::tm parts{};
    gmtime_r(&now, &parts);
    char text[sizeof "2026-11-23T01:12:05Z"] = {};
    const std::size_t length = std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts);
    return std::string(text, length);
  }
};

}  // namespace stackport

#endif  // STACKPORT_CATALOG_BASE_CLOCK_H_
