// One plugin, compiled many times: each crime is a macro. Without one it is an honest plugin, so
// whatever happens is the crime's doing. CRIME_AT_LOAD and CRIME_AT_ENTRY commit a deed of deeds.h
// in a constructor or while the host asks for a table, otherwise it is committed in describe.
#include <stackport/plugin.h>
#include <sys/random.h>
#include <unistd.h>

#include <clocale>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <string>
#include <string_view>

#include "tests/hostile/deeds.h"

namespace {

[[maybe_unused]] std::string Server(const std::string& id, const std::string& summary) {
  return R"({"schema":"stackport.component/1","id":")" + id +
         R"(","name":"A server","kind":"server","summary":")" + summary + R"("})";
}

[[maybe_unused]] stackport_status Emit(const stackport_sink* sink, const std::string& document) {
  return sink->component(sink->context, document.data(), document.size());
}

// Whether a call that was not carried out is answered with an error.
[[maybe_unused]] std::string Answered(long result) {
  return result < 0 ? std::string("denied: ") + std::strerror(errno) : "allowed";
}

#if defined(CRIME_AT_LOAD)
struct Early {
  Early() { deeds::Commit(); }
};
const Early early;
#endif

stackport_status Describe(const stackport_sink* sink) {
  std::string id = "example/x8";
  std::string summary = "A server.";

#if !defined(CRIME_AT_LOAD) && !defined(CRIME_AT_ENTRY)
  deeds::Commit();
#endif

  // What is said.
#if defined(CRIME_HUGE_REPLY)
  summary.assign(400'000, 'x');
  for (int i = 0; i < 400; ++i) {
    if (Emit(sink, Server("example/x" + std::to_string(i), summary)) != STACKPORT_OK) break;
  }
  return STACKPORT_OK;
#elif defined(CRIME_ENDLESS_DESCRIBE)
  for (unsigned long i = 0;; ++i) Emit(sink, Server("example/x" + std::to_string(i), summary));
#elif defined(CRIME_ENDLESS_PROGRESS)
  for (std::uint64_t i = 0;; ++i) sink->progress(sink->context, i % 100, 100);
#elif defined(CRIME_HUGE_DOCUMENT)
  summary.assign(600'000, 'x');
#elif defined(CRIME_NULL_DOCUMENT)
  return sink->component(sink->context, nullptr, 100);
#elif defined(CRIME_NOT_JSON)
  return Emit(sink, "#!/bin/sh");
#elif defined(CRIME_INVALID_UTF8)
  summary = "\xc3\x28";
#elif defined(CRIME_LONE_SURROGATE)
  summary = "\\ud800";
#elif defined(CRIME_FOREIGN_NAMESPACE)
  id = "other/x8";
#elif defined(CRIME_DUPLICATE_IDS)
  Emit(sink, Server(id, summary));
#elif defined(CRIME_DEEP_JSON)
  return Emit(sink, std::string(200'000, '['));
#elif defined(CRIME_REPORTS_ERROR)
  const std::string_view why = "the price list is missing \x1b[31m";
  sink->error(sink->context, why.data(), why.size());
#elif defined(CRIME_DESCRIBES_NOTHING)
  return STACKPORT_OK;
#elif defined(CRIME_UNKNOWN_STATUS)
  Emit(sink, Server(id, summary));
  return static_cast<stackport_status>(-77);

  // What the description must not depend on.
#elif defined(CRIME_TELLS_TIME_ZONE)
  tzset();
  summary = tzname[0];
#elif defined(CRIME_TELLS_LOCALE)
  summary = std::setlocale(LC_ALL, "");
#elif defined(CRIME_TELLS_ENVIRONMENT)
  summary = std::getenv("HOME");
#elif defined(CRIME_TELLS_DATE)
  char date[32];
  const std::time_t now = std::time(nullptr);
  std::strftime(date, sizeof date, "%Y-%m-%d", std::gmtime(&now));
  summary = date;
#elif defined(CRIME_TELLS_PROCESS_ID)
  summary = std::to_string(getpid());
#elif defined(CRIME_TELLS_RANDOM_NUMBER)
  unsigned number = 0;
  if (getrandom(&number, sizeof number, 0) == sizeof number) summary = std::to_string(number);
#elif defined(CRIME_TELLS_ADDRESS_OF_CODE)
  summary = std::to_string(reinterpret_cast<std::uintptr_t>(&Describe));
#elif defined(CRIME_TELLS_ADDRESS_ON_STACK)
  summary = std::to_string(reinterpret_cast<std::uintptr_t>(&summary));
#elif defined(CRIME_TELLS_ADDRESS_ON_HEAP)
  summary = std::to_string(reinterpret_cast<std::uintptr_t>(std::malloc(100)));
#elif defined(CRIME_TELLS_ADDRESS_OF_C_LIBRARY)
  summary = std::to_string(reinterpret_cast<std::uintptr_t>(&std::abort));

  // What is tried, and answered with no more than an error: the plugin says which.
#elif defined(CRIME_READS_FILE)
  summary = Answered(open("/etc/passwd", O_RDONLY));
#elif defined(CRIME_LISTS_FOLDER)
  summary = Answered(open("/home", O_RDONLY | O_DIRECTORY));
#elif defined(CRIME_READS_PROCESS_OF_HOST)
  summary = Answered(open(("/proc/" + std::to_string(getppid()) + "/environ").c_str(), O_RDONLY));
#elif defined(CRIME_NAMELESS_MEMORY)
  summary = Answered(syscall(SYS_memfd_create, "x", 0));
#elif defined(CRIME_SHARED_MEMORY)
  summary = Answered(syscall(SYS_shmget, 0, 4096, 01600));
#elif defined(CRIME_NEWER_CLONE)
  summary = Answered(syscall(SYS_clone3, nullptr, 0));
#elif defined(CRIME_TIMER)
  summary = Answered(syscall(SYS_timer_create, 0, nullptr, nullptr));
#elif defined(CRIME_FINDS_DESCRIPTORS)
  int open_descriptors = 0;
  for (int fd = 0; fd < 1024; ++fd) open_descriptors += fcntl(fd, F_GETFD) >= 0;
  summary = std::to_string(open_descriptors);
#elif defined(CRIME_FINDS_WORKING_FOLDER)
  char folder[256];
  summary = getcwd(folder, sizeof folder);

  // What is left behind.
#elif defined(CRIME_LEAVES_THREAD)
  pthread_t thread;
  pthread_create(&thread, nullptr, deeds::SleepForEver, nullptr);
#elif defined(CRIME_LEAVES_EXIT_HANDLER)
  std::atexit([] { std::abort(); });
#endif
  return Emit(sink, Server(id, summary));
}

constexpr std::string_view kId = CRIME_PLUGIN_ID;
#if defined(CRIME_WRONG_IDENTITY)
constexpr std::string_view kVersion = "0.9.0";
#else
constexpr std::string_view kVersion = "1.0.0";
#endif

#if defined(CRIME_NULL_DESCRIBE)
constexpr auto kDescribe = nullptr;
#else
constexpr auto kDescribe = &Describe;
#endif

const stackport_core_table kCore = {sizeof(stackport_core_table),
                                    0,
                                    {kId.data(), kId.size()},
                                    {kVersion.data(), kVersion.size()},
                                    kDescribe};

[[maybe_unused]] const void* GetTable(const char* id, uint32_t revision) {
#if defined(CRIME_AT_ENTRY)
  deeds::Commit();
#endif
#if defined(CRIME_NO_CORE_TABLE)
  return nullptr;
#elif defined(CRIME_WILD_TABLE)
  return reinterpret_cast<const void*>(std::uintptr_t{64});
#endif
  return std::strcmp(id, STACKPORT_CORE_TABLE) == 0 && revision == 1 ? &kCore : nullptr;
}

#if defined(CRIME_WRONG_ABI)
constexpr uint32_t kAbi = 7;
#else
constexpr uint32_t kAbi = STACKPORT_ABI_VERSION;
#endif
#if defined(CRIME_WRONG_MAGIC)
constexpr uint32_t kMagic = 1;
#else
constexpr uint32_t kMagic = STACKPORT_ENTRY_MAGIC;
#endif
#if defined(CRIME_NULL_GET_TABLE)
constexpr auto kGetTable = nullptr;
#else
constexpr auto kGetTable = &GetTable;
#endif
#if defined(CRIME_SMALL_ENTRY)
constexpr uint32_t kEntrySize = 4;
#else
constexpr uint32_t kEntrySize = sizeof(stackport_entry);
#endif

}  // namespace

#if !defined(CRIME_MISSING_SYMBOL)
extern "C" STACKPORT_EXPORT const stackport_entry stackport_plugin_entry = {kEntrySize, kMagic,
                                                                            kAbi, kAbi, kGetTable};
#endif
