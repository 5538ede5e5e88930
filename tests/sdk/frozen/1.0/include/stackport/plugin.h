/* The Stackport plugin ABI, version 1.
 *
 * A plugin describes components (hardware, cloud, models, software) to a Stackport host. It is a
 * folder NAME.stackport/ with a manifest, component documents and, where a vendor prefers code, one
 * shared library. This header is all that such a library needs; C++ authors will rather include
 * <stackport/plugin.hpp>, which sits on top of it. sdk/README.md is the vendor's guide.
 *
 * How a library is used
 *   1. The host starts a fresh, confined process, which loads the library and nothing else of the
 *      vendor's. Constructors of the library run inside that process.
 *   2. The process reads the one exported symbol, stackport_plugin_entry.
 *   3. It asks get_table for "stackport.core" and calls describe once.
 *   4. The process ends. Destructors and atexit handlers are not run.
 * No library is loaded while a request is answered: what describe said is stored as data.
 *
 * Rules that hold for every declaration below
 *   - Every call comes from the main thread of that process, one at a time. A plugin may start
 *     threads of its own, but calls the host's functions only from the thread that called it, and
 *     only until the function it was given them for has returned.
 *   - Text is UTF-8, given as a pointer and a length in bytes, without a terminating zero; where a
 *     terminating zero is meant, the declaration says so.
 *   - Pointers given to a function are read during the call and never kept, by either side. Nobody
 *     frees what the other side allocated.
 *   - No exception and no longjmp crosses this border.
 *   - A struct starts with its size, set by whoever fills it in. A later revision only appends
 *     members; a reader uses a member only when size says that it is there.
 *   - Linux on 64-bit processors.
 *
 * The header is clean C11 and C++17, and any later standard.
 */
#ifndef STACKPORT_PLUGIN_H_
#define STACKPORT_PLUGIN_H_

#include <stddef.h>
#include <stdint.h>

#if UINTPTR_MAX != UINT64_MAX
#error "Stackport plugins are built for 64-bit processors."
#endif

#ifdef __cplusplus
#define STACKPORT_STATIC_ASSERT(condition, text) static_assert(condition, text)
extern "C" {
#else
#define STACKPORT_STATIC_ASSERT(condition, text) _Static_assert(condition, text)
#endif

/* Marks the one symbol that leaves the library; everything else is built with hidden visibility. */
#define STACKPORT_EXPORT __attribute__((visibility("default")))

/* The version of this ABI. It changes only when a plugin built before could not work any more; what
 * is merely new arrives as a new table id or a new revision of a table. */
#define STACKPORT_ABI_VERSION 1u

/* First bytes of the entry, to tell a plugin from a library that happens to export the name. */
#define STACKPORT_ENTRY_MAGIC 0x54524F50u /* "PORT", read as little-endian bytes */

/* Limits that a host of this ABI applies; sdk/README.md lists all of them. */
#define STACKPORT_MAX_COMPONENT_BYTES 524288u     /* one document */
#define STACKPORT_MAX_COMPONENTS 5000u            /* documents of one plugin */
#define STACKPORT_MAX_DESCRIPTION_BYTES 67108864u /* all documents of one plugin together */

/* What a call came to. Zero is success; a function returns no value but these. */
typedef int32_t stackport_status;
enum {
  STACKPORT_OK = 0,
  /* An argument is wrong: a null pointer, a length of zero. Nothing was taken. */
  STACKPORT_INVALID = 1,
  /* The document passes STACKPORT_MAX_COMPONENT_BYTES. Nothing was taken; the plugin is refused. */
  STACKPORT_TOO_LARGE = 2,
  /* The host takes no more (too many documents, or the reader has gone). Return soon. */
  STACKPORT_STOP = 3,
  /* Returned by a plugin: it cannot do what was asked, and has said why through sink->error. */
  STACKPORT_FAILED = 4
};

/* A piece of text that lives as long as the library is loaded. */
typedef struct stackport_text {
  const char* data; /* never null; UTF-8 */
  uint64_t length;  /* bytes, without a terminating zero */
} stackport_text;
STACKPORT_STATIC_ASSERT(sizeof(stackport_text) == 16, "size of stackport_text");

/* Where a plugin puts what it has to say. Filled in and owned by the host; valid until describe
 * returns. No member is null. */
typedef struct stackport_sink {
  uint32_t size; /* sizeof(stackport_sink) of the host */
  uint32_t reserved;
  void* context; /* the host's own; passed back unchanged as the first argument */

  /* One component: a JSON document of the form stackport.component/1. The host checks size and
   * number at once, and the content after describe has returned, so STACKPORT_OK does not mean
   * that the document is valid. Returns STACKPORT_OK, _INVALID, _TOO_LARGE or _STOP. */
  stackport_status (*component)(void* context, const char* json, uint64_t length);

  /* Why the plugin cannot describe itself, for the person who reads the host's report. A plugin
   * that reports an error is refused as a whole. Longer texts than 4,096 bytes are cut; more than
   * 100 are not kept. Returns STACKPORT_OK, _INVALID or _STOP. */
  stackport_status (*error)(void* context, const char* message, uint64_t length);

  /* How far the plugin has come, in units of its own; total is 0 when it is not known. Optional,
   * and cheap enough to call for each component. Returns STACKPORT_OK or _STOP. */
  stackport_status (*progress)(void* context, uint64_t done, uint64_t total);
} stackport_sink;
STACKPORT_STATIC_ASSERT(offsetof(stackport_sink, size) == 0, "layout of stackport_sink");
STACKPORT_STATIC_ASSERT(offsetof(stackport_sink, context) == 8, "layout of stackport_sink");
STACKPORT_STATIC_ASSERT(offsetof(stackport_sink, component) == 16, "layout of stackport_sink");
STACKPORT_STATIC_ASSERT(offsetof(stackport_sink, error) == 24, "layout of stackport_sink");
STACKPORT_STATIC_ASSERT(offsetof(stackport_sink, progress) == 32, "layout of stackport_sink");
STACKPORT_STATIC_ASSERT(sizeof(stackport_sink) == 40, "size of stackport_sink");

/* Id and revision of the table that every plugin has. */
#define STACKPORT_CORE_TABLE "stackport.core"
#define STACKPORT_CORE_REVISION 1u

/* Table "stackport.core", revision 1. Owned by the plugin; lives as long as the library. */
typedef struct stackport_core_table {
  uint32_t size; /* sizeof(stackport_core_table) of the plugin */
  uint32_t reserved;

  /* Who the library says it is. The host compares both with the manifest, so that a library that
   * was forgotten in a rebuild is noticed. */
  stackport_text plugin_id;      /* "example-servers" */
  stackport_text plugin_version; /* "1.4.0" */

  /* Emits every component through sink, in any order, each once. Called by the host, once, with a
   * sink that is not null. The same library says the same each time: what it emits depends on
   * nothing but its own code and data. Returns STACKPORT_OK, or STACKPORT_FAILED after at least
   * one call of sink->error; on STACKPORT_STOP from the sink it returns that. Never null. */
  stackport_status (*describe)(const stackport_sink* sink);
} stackport_core_table;
STACKPORT_STATIC_ASSERT(offsetof(stackport_core_table, size) == 0, "layout of the core table");
STACKPORT_STATIC_ASSERT(offsetof(stackport_core_table, plugin_id) == 8, "layout of the core table");
STACKPORT_STATIC_ASSERT(offsetof(stackport_core_table, plugin_version) == 24,
                        "layout of the core table");
STACKPORT_STATIC_ASSERT(offsetof(stackport_core_table, describe) == 40, "layout of the core table");
STACKPORT_STATIC_ASSERT(sizeof(stackport_core_table) == 48, "size of the core table");

/* What the library exports. Constant data: it is read before any function of the plugin runs. */
typedef struct stackport_entry {
  uint32_t size;    /* sizeof(stackport_entry) of the plugin */
  uint32_t magic;   /* STACKPORT_ENTRY_MAGIC */
  uint32_t abi_min; /* oldest ABI version of a host that the plugin works with */
  uint32_t abi_max; /* newest one it was built for; at least abi_min */

  /* The table of that id (zero-terminated ASCII) and revision, or null when the plugin has none:
   * null is not an error, except for "stackport.core". The host casts the answer to the struct
   * that the id and the revision name. Owned by the plugin; lives as long as the library. The same
   * question always gets the same answer. Never null. */
  const void* (*get_table)(const char* id, uint32_t revision);
} stackport_entry;
STACKPORT_STATIC_ASSERT(offsetof(stackport_entry, size) == 0, "layout of stackport_entry");
STACKPORT_STATIC_ASSERT(offsetof(stackport_entry, magic) == 4, "layout of stackport_entry");
STACKPORT_STATIC_ASSERT(offsetof(stackport_entry, abi_min) == 8, "layout of stackport_entry");
STACKPORT_STATIC_ASSERT(offsetof(stackport_entry, abi_max) == 12, "layout of stackport_entry");
STACKPORT_STATIC_ASSERT(offsetof(stackport_entry, get_table) == 16, "layout of stackport_entry");
STACKPORT_STATIC_ASSERT(sizeof(stackport_entry) == 24, "size of stackport_entry");

/* The one exported symbol. */
extern STACKPORT_EXPORT const stackport_entry stackport_plugin_entry;

#ifdef __cplusplus
}
#endif

#endif /* STACKPORT_PLUGIN_H_ */
