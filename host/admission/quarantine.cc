#include "host/admission/quarantine.h"

#include "catalog/base/clock.h"

namespace stackport {

bool IsMisbehaviour(ScanOutcome outcome) {
  switch (outcome) {
    case ScanOutcome::kForbiddenCall:
    case ScanOutcome::kCrashed:
    case ScanOutcome::kEndedEarly:
    case ScanOutcome::kCpuLimit:
    case ScanOutcome::kWallLimit:
    case ScanOutcome::kOutputLimit:
    case ScanOutcome::kReplyLimit:
    case ScanOutcome::kMalformedReply:
    case ScanOutcome::kUnstable:
      return true;
    case ScanOutcome::kDescribed:
    case ScanOutcome::kRejected:
    case ScanOutcome::kPluginError:
    case ScanOutcome::kUnconfined:
    case ScanOutcome::kScannerFailed:
      return false;
  }
  return false;
}

bool IsTheMachinesFault(ScanOutcome outcome) {
  return outcome == ScanOutcome::kScannerFailed || outcome == ScanOutcome::kUnconfined;
}

std::string NextRetry(const std::string& now, std::int64_t failures) {
  std::int64_t wait = kFirstRetrySeconds;
  for (std::int64_t i = 1; i < failures && wait < kLongestRetrySeconds; ++i) wait *= 2;
  return SecondsAfter(now, wait < kLongestRetrySeconds ? wait : kLongestRetrySeconds);
}

}  // namespace stackport
