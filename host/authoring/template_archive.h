// The SDK's files that the program carries: templates, headers, CMake modules, registry, schema.
#ifndef STACKPORT_HOST_AUTHORING_TEMPLATE_ARCHIVE_H_
#define STACKPORT_HOST_AUTHORING_TEMPLATE_ARCHIVE_H_

#include <string>
#include <string_view>
#include <vector>

namespace stackport {

struct CarriedFile {
  std::string path;       // below sdk/: "template/c/plugin.c"
  std::string_view text;  // lives as long as the archive's text
};

// Reads an archive: each file after a line "@@file PATH". Text before the first is ignored.
std::vector<CarriedFile> ReadArchive(std::string_view archive);

// The archive compiled into the program.
std::vector<CarriedFile> CarriedSdk();

}  // namespace stackport

#endif  // STACKPORT_HOST_AUTHORING_TEMPLATE_ARCHIVE_H_
