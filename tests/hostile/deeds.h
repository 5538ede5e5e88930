// What hostile code does to the machine it runs on: one deed is chosen by a macro. See crimes.cc.
#ifndef STACKPORT_TESTS_HOSTILE_DEEDS_H_
#define STACKPORT_TESTS_HOSTILE_DEEDS_H_

#include <fcntl.h>
#include <linux/io_uring.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <sys/mount.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <stdexcept>

namespace deeds {

[[maybe_unused]] inline void LoopForEver() {
  volatile bool forever = true;
  while (forever) {
  }
}

[[maybe_unused]] inline int Deeper(volatile char* above) {
  volatile char frame[4096];
  frame[0] = above[0];
  return Deeper(frame) + frame[0];
}

[[maybe_unused]] inline void* SleepForEver(void*) {
  for (;;) sleep(1);
}

// Frames of the scanner's reply, written past the scanner. `length` may be a lie.
[[maybe_unused]] inline void WriteFrame(char type, const void* payload, std::uint32_t length,
                                        std::uint32_t bytes) {
  char header[5] = {0, 0, 0, 0, type};
  std::memcpy(header, &length, sizeof length);
  [[maybe_unused]] auto written = write(3, header, sizeof header);
  written = write(3, payload, bytes);
}

[[maybe_unused]] inline void Flood(std::FILE* stream) {
  for (;;) std::fputs("All work and no play makes the disk a full disk.\n", stream);
}

inline void Commit() {
#if defined(CRIME_NULL_WRITE)
  // Read at run time: a null pointer that the compiler sees through makes the deed vanish.
  volatile int* volatile nowhere = nullptr;
  *nowhere = 1;
#elif defined(CRIME_STACK_OVERFLOW)
  volatile char first = 0;
  Deeper(&first);
#elif defined(CRIME_TRAP)
  __builtin_trap();
#elif defined(CRIME_ABORT)
  std::abort();
#elif defined(CRIME_THROWS)
  throw std::runtime_error("thrown across the border");
#elif defined(CRIME_EXIT_ZERO)
  std::exit(0);
#elif defined(CRIME_ENDLESS_LOOP)
  LoopForEver();
#elif defined(CRIME_IGNORES_CPU_SIGNAL)
  signal(SIGXCPU, SIG_IGN);
  LoopForEver();
#elif defined(CRIME_SLEEP)
  SleepForEver(nullptr);
#elif defined(CRIME_EATS_MEMORY)
  for (;;) std::memset(std::malloc(std::size_t{16} << 20), 1, std::size_t{16} << 20);
#elif defined(CRIME_FLOODS_THREADS)
  pthread_attr_t small;
  pthread_attr_init(&small);
  pthread_attr_setstacksize(&small, std::size_t{64} << 10);
  pthread_t thread;
  while (pthread_create(&thread, &small, SleepForEver, nullptr) == 0) {
  }
  std::abort();
#elif defined(CRIME_FLOODS_DESCRIPTORS)
  while (dup(0) >= 0) {
  }
  std::abort();
#elif defined(CRIME_FORK_BOMB)
  for (;;) fork();
#elif defined(CRIME_RAW_CLONE)
  syscall(SYS_clone, SIGCHLD, nullptr, nullptr, nullptr, 0);
#elif defined(CRIME_EXECUTE)
  execl("/bin/sh", "sh", "-c", "true", nullptr);
#elif defined(CRIME_SHELL)
  [[maybe_unused]] const int status = std::system("true");
#elif defined(CRIME_TCP)
  socket(AF_INET, SOCK_STREAM, 0);
#elif defined(CRIME_UDP)
  socket(AF_INET6, SOCK_DGRAM, 0);
#elif defined(CRIME_UNIX_SOCKET)
  socket(AF_UNIX, SOCK_STREAM, 0);
#elif defined(CRIME_SOCKET_PAIR)
  int pair[2];
  socketpair(AF_UNIX, SOCK_STREAM, 0, pair);
#elif defined(CRIME_WRITES_FILE)
  open(CRIME_TARGET, O_WRONLY | O_CREAT, 0644);
#elif defined(CRIME_APPENDS_TO_FILE)
  open(CRIME_TARGET, O_RDWR | O_APPEND);
#elif defined(CRIME_NAMELESS_FILE)
  open("/tmp", O_TMPFILE | O_RDWR, 0600);
#elif defined(CRIME_DELETES_FILE)
  unlink(CRIME_TARGET);
#elif defined(CRIME_RENAMES_FILE)
  rename(CRIME_TARGET, CRIME_TARGET "-renamed");
#elif defined(CRIME_LINKS_FILE)
  symlink("/etc/passwd", CRIME_TARGET);
#elif defined(CRIME_KILLS_HOST)
  kill(getppid(), SIGKILL);
#elif defined(CRIME_KILLS_ALL)
  kill(-1, SIGKILL);
#elif defined(CRIME_SIGNALS_A_THREAD_OF_HOST)
  syscall(SYS_tgkill, getppid(), getppid(), SIGKILL);
#elif defined(CRIME_SIGNALS_BY_DESCRIPTOR)
  // The kernel would send the signal for us, whenever something is written into the pipe.
  int ends[2];
  if (pipe(ends) != 0) return;
  fcntl(ends[0], F_SETSIG, SIGKILL);
  fcntl(ends[0], F_SETOWN, getppid());
  fcntl(ends[0], F_SETFL, O_ASYNC);
  [[maybe_unused]] const auto written = write(ends[1], "x", 1);
#elif defined(CRIME_TRACES_HOST)
  ptrace(PTRACE_ATTACH, getppid(), nullptr, nullptr);
#elif defined(CRIME_READS_HOSTS_MEMORY)
  char here[16];
  iovec local{here, sizeof here};
  iovec remote{here, sizeof here};
  process_vm_readv(getppid(), &local, 1, &remote, 1, 0);
#elif defined(CRIME_BECOMES_ROOT)
  setuid(0);
#elif defined(CRIME_RAISES_ITS_LIMITS)
  const rlimit more{RLIM_INFINITY, RLIM_INFINITY};
  setrlimit(RLIMIT_CPU, &more);
#elif defined(CRIME_LEAVES_NAMESPACE)
  unshare(CLONE_NEWUSER);
#elif defined(CRIME_MOUNTS)
  mount("none", "/tmp", "tmpfs", 0, nullptr);
#elif defined(CRIME_RING)
  io_uring_params parameters{};
  syscall(SYS_io_uring_setup, 1, &parameters);
#elif defined(CRIME_HIDES_CALLS)
  // Whoever handles SIGSYS decides whether a forbidden call is reported.
  signal(SIGSYS, SIG_IGN);
#elif defined(CRIME_BLOCKS_REPORTS)
  sigset_t all;
  sigfillset(&all);
  sigprocmask(SIG_BLOCK, &all, nullptr);
  socket(AF_INET, SOCK_STREAM, 0);
#elif defined(CRIME_OTHER_CALL_TABLE)
  // The 32-bit system calls have other numbers: 20 is getpid there and writev in ours.
  [[maybe_unused]] long answer = 20;
  asm volatile("int $0x80" : "+a"(answer));
#elif defined(CRIME_FLOODS_OUTPUT)
  Flood(stdout);
#elif defined(CRIME_FLOODS_ERROR_OUTPUT)
  Flood(stderr);
#elif defined(CRIME_CLOSES_REPLY)
  close(3);
#elif defined(CRIME_FORGES_REPLY)
  WriteFrame('C', "short", 0x7fffffff, 5);
#elif defined(CRIME_FORGES_LAYERS)
  constexpr char kLayers[] = "landlock\tapplied\tall is well\n";
  WriteFrame('L', kLayers, sizeof kLayers - 1, sizeof kLayers - 1);
#elif defined(CRIME_FORGES_COUNT)
  constexpr char kEnd[12] = {0, 0, 0, 0, 9};
  WriteFrame('Z', kEnd, sizeof kEnd, sizeof kEnd);
  _exit(0);
#elif defined(CRIME_UNKNOWN_FRAME)
  WriteFrame('?', "", 0, 0);
#elif defined(CRIME_GIGABYTE_REPLY)
  static char document[std::size_t{512} << 10];
  for (int i = 0; i < 2048; ++i) WriteFrame('C', document, sizeof document, sizeof document);
#elif defined(CRIME_HALF_A_REPLY)
  WriteFrame('C', "half", 400, 4);
  _exit(0);
#endif
}

}  // namespace deeds

#endif  // STACKPORT_TESTS_HOSTILE_DEEDS_H_
