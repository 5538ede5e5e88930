// Ctrl-C during long work.
#ifndef STACKPORT_HOST_CLI_INTERRUPT_WATCH_H_
#define STACKPORT_HOST_CLI_INTERRUPT_WATCH_H_

#include <atomic>
#include <csignal>

namespace stackport::cli {

// While it lives, the first SIGINT sets a flag instead of ending the process; a second one ends it,
// should the work not look at the flag. One at a time in a process.
class InterruptWatch {
 public:
  InterruptWatch();
  ~InterruptWatch();
  InterruptWatch(const InterruptWatch&) = delete;
  InterruptWatch& operator=(const InterruptWatch&) = delete;

  const std::atomic<bool>& interrupted() const;

 private:
  struct sigaction former_ {};
};

}  // namespace stackport::cli

#endif  // STACKPORT_HOST_CLI_INTERRUPT_WATCH_H_
