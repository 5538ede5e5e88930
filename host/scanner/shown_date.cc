// Functions of a program stand before those of the C library when a plugin's calls are bound, so
// the ones below answer for both. The program exports them (see the target's link options).
#include "host/scanner/shown_date.h"

#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

namespace {

// 400 days, 5 hours, 7 minutes and 11 seconds: another year or month, weekday, day, hour, minute
// and second.
constexpr time_t kAhead = ((400 * 24 + 5) * 60 + 7) * 60 + 11;
time_t seconds_ahead = 0;

bool ShowsDate(clockid_t clock) {
  return clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE || clock == CLOCK_TAI;
}

}  // namespace

namespace stackport::scanner {

void ShowAnotherDate() {
  seconds_ahead = kAhead;
}

}  // namespace stackport::scanner

#define STACKPORT_REPLACES __attribute__((visibility("default")))

extern "C" {

STACKPORT_REPLACES int clock_gettime(clockid_t clock, timespec* now) noexcept {
  const long answer = syscall(SYS_clock_gettime, clock, now);
  if (answer == 0 && ShowsDate(clock)) now->tv_sec += seconds_ahead;
  return static_cast<int>(answer);
}

STACKPORT_REPLACES int gettimeofday(timeval* now, void*) noexcept {
  timespec exact{};
  if (clock_gettime(CLOCK_REALTIME, &exact) != 0) return -1;
  *now = {exact.tv_sec, exact.tv_nsec / 1000};
  return 0;
}

STACKPORT_REPLACES time_t time(time_t* out) noexcept {
  timespec now{};
  clock_gettime(CLOCK_REALTIME, &now);
  if (out) *out = now.tv_sec;
  return now.tv_sec;
}

STACKPORT_REPLACES int timespec_get(timespec* now, int base) noexcept {
  if (base != TIME_UTC) return 0;
  return clock_gettime(CLOCK_REALTIME, now) == 0 ? base : 0;
}

}  // extern "C"
