#include "host/cli/interrupt_watch.h"

namespace stackport::cli {
namespace {

// A signal handler reaches nothing else.
constinit std::atomic<bool> interrupted_flag = false;
static_assert(std::atomic<bool>::is_always_lock_free);

void NoteInterrupt(int /*signal*/) {
  interrupted_flag.store(true, std::memory_order_relaxed);
}

}  // namespace

InterruptWatch::InterruptWatch() {
  interrupted_flag.store(false, std::memory_order_relaxed);
  struct sigaction action {};
  action.sa_handler = NoteInterrupt;
  action.sa_flags = static_cast<int>(SA_RESETHAND | static_cast<unsigned>(SA_RESTART));
  sigaction(SIGINT, &action, &former_);
}

InterruptWatch::~InterruptWatch() {
  sigaction(SIGINT, &former_, nullptr);
}

const std::atomic<bool>& InterruptWatch::interrupted() const {
  return interrupted_flag;
}

}  // namespace stackport::cli
