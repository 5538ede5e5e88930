#include "host/authoring/template_archive.h"

extern "C" {
extern const char stackport_sdk_archive_begin[];
extern const char stackport_sdk_archive_end[];
}

namespace stackport {

std::vector<CarriedFile> ReadArchive(std::string_view archive) {
  constexpr std::string_view kMark = "@@file ";
  std::vector<CarriedFile> files;
  std::size_t begin = 0;
  while (begin < archive.size()) {
    std::size_t end = archive.find('\n', begin);
    end = end == std::string_view::npos ? archive.size() : end + 1;
    const std::string_view line = archive.substr(begin, end - begin);
    if (line.starts_with(kMark)) {
      std::string_view path = line.substr(kMark.size());
      if (path.ends_with('\n')) path.remove_suffix(1);
      files.push_back({std::string(path), archive.substr(end, 0)});
    } else if (!files.empty()) {
      std::string_view& text = files.back().text;
      text = {text.data(), text.size() + line.size()};
    }
    begin = end;
  }
  return files;
}

std::vector<CarriedFile> CarriedSdk() {
  return ReadArchive({stackport_sdk_archive_begin, stackport_sdk_archive_end});
}

}  // namespace stackport
