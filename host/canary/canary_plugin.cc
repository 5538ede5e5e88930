// The canary: a plugin that tries, in the real sandbox, what a hostile one would try. The host
// names the attempt in the environment; the answer is one component "document" that is read by
// canary.cc alone and never admitted:
//   done               it was carried out
//   error NUMBER       the kernel answered with this errno
//   limited COUNT      it got no more after this many
//   at ADDRESS...      of its code, of its stack, of the heap and of the C library, in hexadecimal
// An attempt that ends the process gives none. None does harm where it is not stopped.
#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <pthread.h>
#include <signal.h>
#include <stackport/plugin.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <cinttypes>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <string_view>

namespace {

const char* Setting(const char* name) {
  const char* value = std::getenv(name);
  return value ? value : "";
}

std::string Answer(long result) {
  return result < 0 ? "error " + std::to_string(errno) : "done";
}

template <typename Address>
long SendTo(int family, int type, const Address& address) {
  const int fd = socket(family, type, 0);
  if (fd < 0) return -1;
  const auto* to = reinterpret_cast<const sockaddr*>(&address);
  if (type == SOCK_DGRAM) return sendto(fd, "x", 1, 0, to, sizeof address);
  return connect(fd, to, sizeof address);
}

sockaddr_in HostsPort(const char* setting) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(std::atoi(Setting(setting))));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return address;
}

// An abstract name, which lies in no folder.
sockaddr_un HostsName() {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  std::snprintf(address.sun_path + 1, sizeof address.sun_path - 1, "%s",
                Setting("STACKPORT_CANARY_UNIX"));
  return address;
}

long Fork() {
  const pid_t child = fork();
  if (child == 0) _exit(0);
  return child;
}

long SignalByDescriptor() {
  int ends[2];
  if (pipe(ends) != 0) return -1;
  return fcntl(ends[0], F_SETOWN, getppid());
}

long ReadHostsMemory() {
  char here[8];
  const iovec local{here, sizeof here};
  // Of the host's address space nothing is known but that most of it is not mapped. Whether the
  // kernel looks at all is what counts: it would answer EFAULT.
  const iovec remote{here, sizeof here};
  return process_vm_readv(getppid(), &local, 1, &remote, 1, 0);
}

// The hogs take no more than this where nothing stops them.
constexpr std::uint64_t kMostMemory = std::uint64_t{64} << 30;
constexpr int kMostDescriptors = 100'000;
constexpr int kMostThreads = 20'000;

// Address space that is never touched, so no memory is used where nothing stops it.
std::string HogMemory() {
  constexpr std::size_t kPiece = std::size_t{16} << 20;
  for (std::uint64_t got = 0; got < kMostMemory; got += kPiece) {
    if (mmap(nullptr, kPiece, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE,
             -1, 0) == MAP_FAILED) {
      return "limited " + std::to_string(got >> 20);
    }
  }
  return "done";
}

std::string HogDescriptors() {
  for (int got = 0; got < kMostDescriptors; ++got) {
    if (dup(0) < 0) return "limited " + std::to_string(got);
  }
  return "done";
}

void* Wait(void*) {
  for (;;) pause();
}

std::string HogThreads() {
  pthread_attr_t small;
  pthread_attr_init(&small);
  pthread_attr_setstacksize(&small, std::size_t{64} << 10);
  for (int got = 0; got < kMostThreads; ++got) {
    pthread_t thread;
    if (pthread_create(&thread, &small, Wait, nullptr) != 0) {
      return "limited " + std::to_string(got);
    }
  }
  return "done";
}

void HogCpu() {
  volatile bool forever = true;
  while (forever) {
  }
}

void HogOutput() {
  for (;;) std::fputs("The canary sings and sings and sings.\n", stdout);
}

std::string Addresses() {
  const int on_stack = 0;
  const void* on_heap = std::malloc(100);
  char text[128];
  std::snprintf(
      text, sizeof text, "at %" PRIxPTR " %" PRIxPTR " %" PRIxPTR " %" PRIxPTR,
      reinterpret_cast<std::uintptr_t>(&Addresses), reinterpret_cast<std::uintptr_t>(&on_stack),
      reinterpret_cast<std::uintptr_t>(on_heap), reinterpret_cast<std::uintptr_t>(&std::abort));
  return text;
}

std::string Try(std::string_view attempt) {
  if (attempt == "read-file") return Answer(open("/etc/passwd", O_RDONLY));
  if (attempt == "list-folder") return Answer(open("/", O_RDONLY | O_DIRECTORY));
  if (attempt == "write-file") {
    return Answer(open(Setting("STACKPORT_CANARY_FILE"), O_WRONLY | O_CREAT, 0644));
  }
  if (attempt == "connect-tcp") {
    return Answer(SendTo(AF_INET, SOCK_STREAM, HostsPort("STACKPORT_CANARY_TCP")));
  }
  if (attempt == "connect-udp") {
    return Answer(SendTo(AF_INET, SOCK_DGRAM, HostsPort("STACKPORT_CANARY_UDP")));
  }
  if (attempt == "connect-unix") return Answer(SendTo(AF_UNIX, SOCK_STREAM, HostsName()));
  if (attempt == "fork") return Answer(Fork());
  if (attempt == "execute") return Answer(execl("/bin/true", "true", nullptr));
  // Whoever does not ask for it ignores SIGURG.
  if (attempt == "signal-host") return Answer(kill(getppid(), SIGURG));
  if (attempt == "signal-host-by-descriptor") return Answer(SignalByDescriptor());
  if (attempt == "trace-host") return Answer(ptrace(PTRACE_SEIZE, getppid(), nullptr, nullptr));
  if (attempt == "read-host-memory") return Answer(ReadHostsMemory());
  if (attempt == "become-root") return Answer(setuid(0));
  if (attempt == "hog-memory") return HogMemory();
  if (attempt == "hog-descriptors") return HogDescriptors();
  if (attempt == "hog-threads") return HogThreads();
  if (attempt == "hog-cpu") HogCpu();
  if (attempt == "hog-output") HogOutput();
  if (attempt == "wait-for-ever") Wait(nullptr);
  if (attempt == "addresses") return Addresses();
  return "unknown attempt";
}

stackport_status Describe(const stackport_sink* sink) {
  const std::string answer = Try(Setting("STACKPORT_CANARY"));
  return sink->component(sink->context, answer.data(), answer.size());
}

constexpr std::string_view kId = "stackport-canary";
constexpr std::string_view kVersion = "1.0.0";
const stackport_core_table kCore = {sizeof(stackport_core_table),
                                    0,
                                    {kId.data(), kId.size()},
                                    {kVersion.data(), kVersion.size()},
                                    &Describe};

const void* GetTable(const char* id, std::uint32_t revision) {
  return std::strcmp(id, STACKPORT_CORE_TABLE) == 0 && revision == 1 ? &kCore : nullptr;
}

}  // namespace

extern "C" STACKPORT_EXPORT const stackport_entry stackport_plugin_entry = {
    sizeof(stackport_entry), STACKPORT_ENTRY_MAGIC, STACKPORT_ABI_VERSION, STACKPORT_ABI_VERSION,
    &GetTable};
