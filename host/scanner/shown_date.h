// The date that a library sees: the true one, or in its second run another.
#ifndef STACKPORT_HOST_SCANNER_SHOWN_DATE_H_
#define STACKPORT_HOST_SCANNER_SHOWN_DATE_H_

namespace stackport::scanner {

// From now on the C library's clocks (time, gettimeofday, clock_gettime, timespec_get) show a date
// more than a year ahead, in this program and in every library that is loaded into it. Two runs of
// a scan lie within the same second, so a description that holds today's date would not be noticed
// otherwise. A library that asks the kernel itself sees the true date. One thread at a time.
void ShowAnotherDate();

}  // namespace stackport::scanner

#endif  // STACKPORT_HOST_SCANNER_SHOWN_DATE_H_
