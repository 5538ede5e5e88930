// When a plugin whose code misbehaved is run again.
#ifndef STACKPORT_HOST_ADMISSION_QUARANTINE_H_
#define STACKPORT_HOST_ADMISSION_QUARANTINE_H_

#include <cstdint>
#include <string>

#include "host/admission/scan.h"

namespace stackport {

// After the first failure an hour, so that a machine in trouble gets over it; then twice as long
// each time, up to a week, so that a hopeless plugin costs next to nothing.
inline constexpr std::int64_t kFirstRetrySeconds = 3600;
inline constexpr std::int64_t kLongestRetrySeconds = std::int64_t{7} * 24 * 3600;

// Whether the plugin's code did something that no description does. A plugin that cannot be loaded,
// says that it cannot describe itself, or emits faulty documents is refused, not quarantined.
bool IsMisbehaviour(ScanOutcome outcome);

// Whether the outcome says nothing about the plugin: it is scanned again at the next round.
bool IsTheMachinesFault(ScanOutcome outcome);

// RFC 3339. `failures` counts judgements of one content in a row, this one included, at least 1.
std::string NextRetry(const std::string& now, std::int64_t failures);

}  // namespace stackport

#endif  // STACKPORT_HOST_ADMISSION_QUARANTINE_H_
