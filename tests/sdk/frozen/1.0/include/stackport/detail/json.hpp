// JSON, written only: what <stackport/plugin.hpp> builds its documents from. Not for direct use.
#ifndef STACKPORT_DETAIL_JSON_HPP_
#define STACKPORT_DETAIL_JSON_HPP_

#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace stackport::sdk {

// A JSON value under construction. Members keep the order in which they were set.
class Json {
 public:
  using Pointer = std::shared_ptr<Json>;  // shared by the handles that write into it

  static Pointer Object() { return std::make_shared<Json>('{'); }
  static Pointer Array() { return std::make_shared<Json>('['); }
  static Pointer Scalar(std::string text) {
    auto json = std::make_shared<Json>('s');
    json->text_ = std::move(text);
    return json;
  }
  static Pointer String(std::string_view text) { return Scalar(Quote(text)); }

  explicit Json(char form) : form_(form) {}

  // Adds a member to an object. Throws when it has one of that name: a statement made twice is a
  // slip, and the two may differ.
  void Set(std::string_view name, Pointer value) {
    if (Find(name)) throw std::logic_error("'" + std::string(name) + "' is stated twice");
    members_.emplace_back(name, std::move(value));
  }
  void Set(std::string_view name, std::string_view text) { Set(name, String(text)); }
  void Set(std::string_view name, const char* text) { Set(name, String(text)); }

  // Adds an element to an array.
  void Push(Pointer value) { members_.emplace_back(std::string(), std::move(value)); }

  // The member of that name, or null.
  Pointer Find(std::string_view name) const {
    for (const auto& [key, value] : members_) {
      if (key == name) return value;
    }
    return nullptr;
  }

  // The array of that name, made when it is not there yet.
  Pointer ArrayAt(std::string_view name) {
    if (auto found = Find(name)) return found;
    auto made = Array();
    Set(name, made);
    return made;
  }

  // The object of that name, made when it is not there yet.
  Pointer ObjectAt(std::string_view name) {
    if (auto found = Find(name)) return found;
    auto made = Object();
    Set(name, made);
    return made;
  }

  void Remove(std::string_view name) {
    for (auto member = members_.begin(); member != members_.end(); ++member) {
      if (member->first == name) {
        members_.erase(member);
        return;
      }
    }
  }

  std::string Text() const {
    std::string out;
    Append(out);
    return out;
  }

 private:
  void Append(std::string& out) const {
    if (form_ == 's') {
      out += text_;
      return;
    }
    out += form_;
    bool first = true;
    for (const auto& [name, value] : members_) {
      if (!first) out += ',';
      first = false;
      if (form_ == '{') {
        out += Quote(name);
        out += ':';
      }
      value->Append(out);
    }
    out += form_ == '{' ? '}' : ']';
  }

  // Bytes above 0x7F pass as they are: the text is UTF-8 already, and the host checks that it is.
  static std::string Quote(std::string_view text) {
    static constexpr char kHex[] = "0123456789abcdef";
    std::string out = "\"";
    for (const char c : text) {
      const auto byte = static_cast<unsigned char>(c);
      if (c == '"' || c == '\\') {
        out += '\\';
        out += c;
      } else if (byte < 0x20) {
        out += "\\u00";
        out += kHex[byte >> 4];
        out += kHex[byte & 15];
      } else {
        out += c;
      }
    }
    out += '"';
    return out;
  }

  char form_;         // '{', '[' or 's' for a scalar that is written as its text
  std::string text_;  // of a scalar
  std::vector<std::pair<std::string, Pointer>> members_;
};

}  // namespace stackport::sdk

#endif  // STACKPORT_DETAIL_JSON_HPP_
