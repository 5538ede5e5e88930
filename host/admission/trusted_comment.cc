#include "host/admission/trusted_comment.h"

#include <map>

#include "catalog/base/text.h"

namespace stackport {
namespace {

constexpr std::string_view kForm = "stackport-plugin ";

}  // namespace

std::string TrustedCommentFor(const Manifest& manifest, std::string_view now) {
  return std::string(kForm) + "id=" + manifest.id + " version=" + manifest.version +
         " sha256=" + manifest.content_hash + " signed=" + std::string(now);
}

Status CheckTrustedComment(std::string_view comment, const Manifest& manifest) {
  if (!comment.starts_with(kForm)) return {};
  std::map<std::string, std::string> stated;
  for (const std::string& word : Split(comment.substr(kForm.size()), ' ')) {
    const std::size_t equals = word.find('=');
    if (equals == std::string::npos) continue;
    if (!stated.emplace(word.substr(0, equals), word.substr(equals + 1)).second) {
      return InvalidArgument("the trusted comment states " + Quoted(word.substr(0, equals)) +
                             " twice; sign again with `stackport plugin sign`");
    }
  }
  for (const auto& [name, value] : {std::pair<std::string, const std::string&>("id", manifest.id),
                                    {"version", manifest.version},
                                    {"sha256", manifest.content_hash}}) {
    if (stated[name] == value) continue;
    return InvalidArgument("the trusted comment says " + name + " " + Quoted(stated[name]) +
                           ", the manifest beside it is " + name + " " + Quoted(value) +
                           "; sign this manifest with `stackport plugin sign`");
  }
  return {};
}

}  // namespace stackport
