// Which names a shared library exports, read from its bytes without loading it.
#ifndef STACKPORT_HOST_AUTHORING_EXPORTED_SYMBOLS_H_
#define STACKPORT_HOST_AUTHORING_EXPORTED_SYMBOLS_H_

#include <string>
#include <string_view>
#include <vector>

#include "catalog/base/result.h"

namespace stackport {

// Names that are listed: enough to see what went wrong.
inline constexpr std::size_t kMaxListedSymbols = 1000;

// The defined global and weak dynamic symbols of a 64-bit little-endian ELF library, sorted, each
// once, printable, at most kMaxListedSymbols. Errors: invalid_argument when the bytes are no such
// library or contradict themselves. Safe on hostile bytes; allocates in proportion to what is
// listed only.
Result<std::vector<std::string>> ExportedSymbols(std::string_view library);

}  // namespace stackport

#endif  // STACKPORT_HOST_AUTHORING_EXPORTED_SYMBOLS_H_
