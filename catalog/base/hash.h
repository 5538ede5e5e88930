// SHA-256, for content hashes of plugins, snapshots and results.
#ifndef STACKPORT_CATALOG_BASE_HASH_H_
#define STACKPORT_CATALOG_BASE_HASH_H_

#include <string>
#include <string_view>

namespace stackport {

// Lower-case hexadecimal SHA-256 of `bytes` (64 characters).
std::string Sha256Hex(std::string_view bytes);

}  // namespace stackport

#endif  // STACKPORT_CATALOG_BASE_HASH_H_
