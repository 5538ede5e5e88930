// What readers of outside forms share: each looks at one member and collects every fault with its
// pointer, what was expected and what to do.
#ifndef STACKPORT_CATALOG_MATCH_FORM_READER_H_
#define STACKPORT_CATALOG_MATCH_FORM_READER_H_

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "catalog/base/findings.h"
#include "catalog/base/json.h"
#include "catalog/base/text.h"
#include "catalog/model/registry.h"

namespace stackport::match {

// Holds a reference to the registry. One thread at a time. In every method `pointer` is that of
// the object, and `name` the member's.
class FormReader {
 public:
  explicit FormReader(const Registry& registry) : registry_(registry) {}

  const std::vector<Finding>& findings() const { return findings_; }

 protected:
  // `pointer` may hold outside text; the other parts are printable already.
  void Add(std::string code, std::string_view pointer, std::string message, std::string expected,
           std::string remedy);

  // Members that are not known, with the nearest that is.
  void CheckMembers(const json::Value& object, std::string_view pointer,
                    const std::vector<std::string>& known);

  // A token out of a closed list; the fallback when the member is absent.
  template <typename T, std::size_t N, typename NameOf>
  T OneOf(const json::Value& object, std::string_view pointer, const char* name,
          const std::array<T, N>& values, NameOf name_of, T fallback) {
    const json::Value* value = json::Find(object, name);
    if (value == nullptr) return fallback;
    std::vector<std::string> names;
    for (const T& candidate : values) {
      names.emplace_back(name_of(candidate));
      if (value->IsString() && names.back() == value->GetString()) return candidate;
    }
    Add("unknown_value", json::PointerPush(pointer, name),
        value->IsString() ? Quoted(value->GetString()) + " is not known" : "the value is not text",
        "one of " + Join(names, ", "), Suggest(*value, names));
    return fallback;
  }

  // "did you mean …?", or that a listed value should be used.
  static std::string Suggest(const json::Value& value, const std::vector<std::string>& names);

  // A list of different texts of 1 to 120 bytes, of a vocabulary of the registry unless that is
  // empty; the fallback when the member is absent or no list.
  std::vector<std::string> ReadTokens(const json::Value& object, std::string_view pointer,
                                      const char* name, std::string_view vocabulary,
                                      std::vector<std::string> fallback, std::size_t maximum = 64);

  bool CheckToken(std::string_view vocabulary, const std::string& token, std::string pointer);

  // False when absent.
  bool ReadFlag(const json::Value& object, std::string_view pointer, const char* name);

  std::optional<std::int64_t> ReadInteger(const json::Value& object, std::string_view pointer,
                                          const char* name, std::int64_t low, std::int64_t high);

  // A number with its unit, as text, in the dimension's base unit; not negative.
  std::optional<std::int64_t> ReadQuantity(const json::Value& object, std::string_view pointer,
                                           const char* name, std::string_view dimension,
                                           std::string_view example);

  const Registry& registry_;
  std::vector<Finding> findings_;
};

}  // namespace stackport::match

#endif  // STACKPORT_CATALOG_MATCH_FORM_READER_H_
