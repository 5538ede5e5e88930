#include "catalog/match/answer_name.h"

#include "catalog/base/hash.h"

namespace stackport::match {

std::string NameOfAnswer(std::string_view prefix, const json::Value& document) {
  // 64 bits: enough for the answers of one catalog, short enough to be read out.
  constexpr std::size_t kDigits = 16;
  return std::string(prefix) + Sha256Hex(json::WriteCanonical(document)).substr(0, kDigits);
}

}  // namespace stackport::match
