#include "host/scanner/syscall_filter.h"

#include <fcntl.h>
#include <sched.h>
#include <seccomp.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <cstring>
#include <memory>
#include <string>

namespace stackport::scanner {
namespace {

// Memory, threads, time, reading what is open, and the dynamic linker's work.
constexpr int kAllowed[] = {
    SCMP_SYS(read),
    SCMP_SYS(readv),
    SCMP_SYS(pread64),
    SCMP_SYS(write),
    SCMP_SYS(writev),
    SCMP_SYS(close),
    SCMP_SYS(lseek),
    SCMP_SYS(fstat),
    SCMP_SYS(stat),
    SCMP_SYS(lstat),
    SCMP_SYS(newfstatat),
    SCMP_SYS(statx),
    SCMP_SYS(access),
    SCMP_SYS(faccessat),
    SCMP_SYS(faccessat2),
    SCMP_SYS(readlink),
    SCMP_SYS(readlinkat),
    SCMP_SYS(getcwd),
    SCMP_SYS(getdents64),
    SCMP_SYS(dup),
    SCMP_SYS(dup2),
    SCMP_SYS(dup3),
    SCMP_SYS(pipe),
    SCMP_SYS(pipe2),
    SCMP_SYS(eventfd2),
    SCMP_SYS(poll),
    SCMP_SYS(ppoll),
    SCMP_SYS(select),
    SCMP_SYS(pselect6),
    SCMP_SYS(epoll_create1),
    SCMP_SYS(epoll_ctl),
    SCMP_SYS(epoll_wait),
    SCMP_SYS(epoll_pwait),
    SCMP_SYS(mmap),
    SCMP_SYS(munmap),
    SCMP_SYS(mprotect),
    SCMP_SYS(mremap),
    SCMP_SYS(madvise),
    SCMP_SYS(mincore),
    SCMP_SYS(brk),
    SCMP_SYS(membarrier),
    SCMP_SYS(futex),
    SCMP_SYS(set_robust_list),
    SCMP_SYS(get_robust_list),
    SCMP_SYS(set_tid_address),
    SCMP_SYS(rseq),
    SCMP_SYS(arch_prctl),
    SCMP_SYS(sched_yield),
    SCMP_SYS(sched_getaffinity),
    SCMP_SYS(sched_getparam),
    SCMP_SYS(sched_getscheduler),
    SCMP_SYS(getcpu),
    SCMP_SYS(restart_syscall),
    SCMP_SYS(exit),
    SCMP_SYS(exit_group),
    SCMP_SYS(rt_sigprocmask),
    SCMP_SYS(rt_sigreturn),
    SCMP_SYS(sigaltstack),
    SCMP_SYS(clock_gettime),
    SCMP_SYS(clock_getres),
    SCMP_SYS(clock_nanosleep),
    SCMP_SYS(nanosleep),
    SCMP_SYS(pause),
    SCMP_SYS(gettimeofday),
    SCMP_SYS(time),
    SCMP_SYS(getrusage),
    SCMP_SYS(getrandom),
    SCMP_SYS(uname),
    SCMP_SYS(sysinfo),
    SCMP_SYS(getpid),
    SCMP_SYS(getppid),
    SCMP_SYS(gettid),
    SCMP_SYS(getuid),
    SCMP_SYS(geteuid),
    SCMP_SYS(getgid),
    SCMP_SYS(getegid),
    SCMP_SYS(getrlimit),
};

// No description needs any of these; whoever calls one is told so, by name.
constexpr int kForbidden[] = {
    // network
    SCMP_SYS(socket),
    SCMP_SYS(socketpair),
    SCMP_SYS(connect),
    SCMP_SYS(bind),
    SCMP_SYS(listen),
    SCMP_SYS(accept),
    SCMP_SYS(accept4),
    SCMP_SYS(sendto),
    SCMP_SYS(sendmsg),
    SCMP_SYS(sendmmsg),
    SCMP_SYS(recvfrom),
    SCMP_SYS(recvmsg),
    SCMP_SYS(recvmmsg),
    // processes
    SCMP_SYS(fork),
    SCMP_SYS(vfork),
    SCMP_SYS(execve),
    SCMP_SYS(execveat),
    SCMP_SYS(kill),
    SCMP_SYS(tkill),
    SCMP_SYS(rt_sigqueueinfo),
    SCMP_SYS(rt_tgsigqueueinfo),
    SCMP_SYS(ptrace),
    SCMP_SYS(process_vm_readv),
    SCMP_SYS(process_vm_writev),
    SCMP_SYS(pidfd_open),
    SCMP_SYS(pidfd_getfd),
    SCMP_SYS(pidfd_send_signal),
    SCMP_SYS(kcmp),
    SCMP_SYS(setpriority),
    // files
    SCMP_SYS(creat),
    SCMP_SYS(mkdir),
    SCMP_SYS(mkdirat),
    SCMP_SYS(mknod),
    SCMP_SYS(mknodat),
    SCMP_SYS(unlink),
    SCMP_SYS(unlinkat),
    SCMP_SYS(rmdir),
    SCMP_SYS(rename),
    SCMP_SYS(renameat),
    SCMP_SYS(renameat2),
    SCMP_SYS(link),
    SCMP_SYS(linkat),
    SCMP_SYS(symlink),
    SCMP_SYS(symlinkat),
    SCMP_SYS(chmod),
    SCMP_SYS(fchmod),
    SCMP_SYS(fchmodat),
    SCMP_SYS(chown),
    SCMP_SYS(fchown),
    SCMP_SYS(lchown),
    SCMP_SYS(fchownat),
    SCMP_SYS(truncate),
    SCMP_SYS(ftruncate),
    SCMP_SYS(fallocate),
    SCMP_SYS(setxattr),
    SCMP_SYS(lsetxattr),
    SCMP_SYS(fsetxattr),
    SCMP_SYS(open_by_handle_at),
    SCMP_SYS(chroot),
    SCMP_SYS(mount),
    SCMP_SYS(umount2),
    SCMP_SYS(pivot_root),
    SCMP_SYS(swapon),
    SCMP_SYS(swapoff),
    // privileges and the kernel
    SCMP_SYS(setuid),
    SCMP_SYS(setgid),
    SCMP_SYS(setreuid),
    SCMP_SYS(setregid),
    SCMP_SYS(setresuid),
    SCMP_SYS(setresgid),
    SCMP_SYS(setgroups),
    SCMP_SYS(capset),
    SCMP_SYS(setrlimit),
    SCMP_SYS(unshare),
    SCMP_SYS(setns),
    SCMP_SYS(bpf),
    SCMP_SYS(io_uring_setup),
    SCMP_SYS(io_uring_enter),
    SCMP_SYS(io_uring_register),
    SCMP_SYS(userfaultfd),
    SCMP_SYS(perf_event_open),
    SCMP_SYS(add_key),
    SCMP_SYS(keyctl),
    SCMP_SYS(request_key),
    SCMP_SYS(init_module),
    SCMP_SYS(finit_module),
    SCMP_SYS(delete_module),
    SCMP_SYS(kexec_load),
    SCMP_SYS(reboot),
    SCMP_SYS(seccomp),
};

// Duplicating and the flags of a descriptor. Above all not F_SETOWN and F_SETSIG, with which a
// process has the kernel send any signal to any other process of its user.
constexpr int kDescriptorCommands[] = {F_DUPFD, F_DUPFD_CLOEXEC, F_GETFD,
                                       F_SETFD, F_GETFL,         F_SETFL};
constexpr int kSignallingCommands[] = {F_SETOWN, F_SETOWN_EX, F_SETSIG, F_SETLEASE, F_NOTIFY};

// A clone that starts a thread in the same namespaces.
constexpr std::uint64_t kCloneNamespaces = CLONE_NEWNS | CLONE_NEWCGROUP | CLONE_NEWUTS |
                                           CLONE_NEWIPC | CLONE_NEWUSER | CLONE_NEWPID |
                                           CLONE_NEWNET;

// PR_SET_VMA: the C library names its memory areas. Newer than the header of Debian 12.
constexpr std::uint64_t kSetMemoryAreaName = 0x53564d41;

// Runs instead of a forbidden call. Only async-signal-safe work, no allocation.
void ReportRefusedCall(int, siginfo_t* info, void*) {
  const auto number = static_cast<std::uint32_t>(info->si_syscall);
  char frame[kFrameHeaderBytes + 4] = {4, 0, 0, 0, static_cast<char>(FrameType::kRefusedCall)};
  for (std::size_t i = 0; i < 4; ++i) {
    frame[kFrameHeaderBytes + i] = static_cast<char>((number >> (8 * i)) & 0xFF);
  }
  // When the pipe is gone there is nobody left to tell; the exit code still says it.
  [[maybe_unused]] const auto written = write(kReplyFd, frame, sizeof frame);
  _exit(kExitRefusedCall);
}

struct ReleaseFilter {
  void operator()(void* filter) const { seccomp_release(filter); }
};

// Collects rules; the first one that fails is remembered.
class Rules {
 public:
  Rules() : filter_(seccomp_init(SCMP_ACT_ERRNO(ENOSYS))) {
    if (!filter_) error_ = -ENOMEM;
  }

  template <typename... Comparisons>
  void Add(std::uint32_t action, int call, Comparisons... comparisons) {
    if (error_ != 0) return;
    error_ = seccomp_rule_add(filter_.get(), action, call, sizeof...(comparisons), comparisons...);
  }
  template <typename... Comparisons>
  void Allow(int call, Comparisons... comparisons) {
    Add(SCMP_ACT_ALLOW, call, comparisons...);
  }
  template <typename... Comparisons>
  void Forbid(int call, Comparisons... comparisons) {
    Add(SCMP_ACT_TRAP, call, comparisons...);
  }

  // Zero, or a negative error number.
  int Load() { return error_ != 0 ? error_ : seccomp_load(filter_.get()); }

 private:
  std::unique_ptr<void, ReleaseFilter> filter_;
  int error_ = 0;
};

scmp_arg_cmp Equal(unsigned argument, std::uint64_t value) {
  return {argument, SCMP_CMP_EQ, value, 0};
}
scmp_arg_cmp NotEqual(unsigned argument, std::uint64_t value) {
  return {argument, SCMP_CMP_NE, value, 0};
}
scmp_arg_cmp Masked(unsigned argument, std::uint64_t mask, std::uint64_t value) {
  return {argument, SCMP_CMP_MASKED_EQ, mask, value};
}

// Reading only. `flags` is the position of the flags argument.
void AddOpen(Rules& rules, int call, unsigned flags) {
  constexpr std::uint64_t kWriting = O_ACCMODE | O_CREAT | O_TRUNC;
  rules.Allow(call, Masked(flags, kWriting, O_RDONLY));
  rules.Forbid(call, Masked(flags, O_ACCMODE, O_WRONLY));
  rules.Forbid(call, Masked(flags, O_ACCMODE, O_RDWR));
  rules.Forbid(call, Masked(flags, O_CREAT, O_CREAT));
  rules.Forbid(call, Masked(flags, O_TRUNC, O_TRUNC));
}

}  // namespace

Result<Layer> ApplySyscallFilter() {
  struct sigaction report = {};
  report.sa_sigaction = ReportRefusedCall;
  report.sa_flags = SA_SIGINFO;
  if (sigaction(SIGSYS, &report, nullptr) != 0) {
    return Unavailable(std::string("the SIGSYS handler failed: ") + std::strerror(errno));
  }

  Rules rules;
  for (const int call : kAllowed) rules.Allow(call);
  for (const int call : kForbidden) rules.Forbid(call);
  AddOpen(rules, SCMP_SYS(open), 1);
  AddOpen(rules, SCMP_SYS(openat), 2);

  // Threads, not processes. clone3 hides its flags behind a pointer; unknown calls answer ENOSYS,
  // and the C library then uses clone.
  rules.Allow(SCMP_SYS(clone), Masked(0, CLONE_THREAD | kCloneNamespaces, CLONE_THREAD));
  rules.Forbid(SCMP_SYS(clone), Masked(0, CLONE_THREAD, 0));

  // Whoever takes over the report of forbidden calls has something to hide.
  rules.Allow(SCMP_SYS(rt_sigaction), NotEqual(0, SIGSYS));
  rules.Forbid(SCMP_SYS(rt_sigaction), Equal(0, SIGSYS));

  for (const int command : kDescriptorCommands) {
    rules.Allow(SCMP_SYS(fcntl), Equal(1, static_cast<std::uint64_t>(command)));
  }
  for (const int command : kSignallingCommands) {
    rules.Forbid(SCMP_SYS(fcntl), Equal(1, static_cast<std::uint64_t>(command)));
  }

  // A signal to itself is how abort() ends; to others it is an attack.
  const auto self = static_cast<std::uint64_t>(getpid());
  rules.Allow(SCMP_SYS(tgkill), Equal(0, self));
  rules.Forbid(SCMP_SYS(tgkill), NotEqual(0, self));

  // Limits may be read (starting a thread asks for the stack's), not changed.
  rules.Allow(SCMP_SYS(prlimit64), Equal(2, 0));
  rules.Forbid(SCMP_SYS(prlimit64), NotEqual(2, 0));

  rules.Allow(SCMP_SYS(prctl), Equal(0, PR_SET_NAME));
  rules.Allow(SCMP_SYS(prctl), Equal(0, PR_GET_NAME));
  rules.Allow(SCMP_SYS(prctl), Equal(0, kSetMemoryAreaName));
  rules.Allow(SCMP_SYS(ioctl), Equal(1, TCGETS));  // isatty(), before a stream's first write

  if (const int error = rules.Load(); error != 0) {
    return Unavailable(std::string("the system call filter could not be installed: ") +
                       std::strerror(-error));
  }
  return Layer{"syscall-filter", true,
               std::to_string(std::size(kAllowed)) + " calls allowed, " +
                   std::to_string(std::size(kForbidden)) + " forbidden, the others unknown"};
}

}  // namespace stackport::scanner
