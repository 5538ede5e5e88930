#include "catalog/model/document_limits.h"

#include <fmt/format.h>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "catalog/base/text.h"
#include "catalog/model/finding_sink.h"

namespace stackport {
namespace {

// Walks the document without recursion: its depth is not known to be small yet.
class LimitWalk {
 public:
  explicit LimitWalk(const DocumentLimits& limits) : limits_(limits) {}

  std::optional<Finding> Run(const json::Value& document) {
    Visit(document);
    while (!breach_ && !open_.empty()) Step();
    return std::move(breach_);
  }

 private:
  struct Frame {
    const json::Value* value;
    rapidjson::SizeType next;
  };

  void Step() {
    Frame& frame = open_.back();
    const json::Value& value = *frame.value;
    if (value.IsArray()) {
      if (frame.next == value.Size()) return open_.pop_back();
      return Visit(value[frame.next++]);
    }
    if (frame.next == value.MemberCount()) return open_.pop_back();
    const auto& member = *(value.MemberBegin() + static_cast<std::ptrdiff_t>(frame.next++));
    if (member.name.GetStringLength() > limits_.max_string)
      return Breach("a member name", "bytes", limits_.max_string);
    Visit(member.value);
  }

  void Visit(const json::Value& value) {
    if (++values_ > limits_.max_values) {
      return Breach("the document", "values", limits_.max_values);
    }
    if (value.IsString()) {
      if (value.GetStringLength() > limits_.max_string) {
        Breach("a text", "bytes", limits_.max_string);
      }
      return;
    }
    if (!value.IsArray() && !value.IsObject()) return;
    const std::size_t size = value.IsArray() ? value.Size() : value.MemberCount();
    if (size > limits_.max_elements) {
      return Breach(value.IsArray() ? "a list" : "an object", "elements", limits_.max_elements);
    }
    if (open_.size() >= limits_.max_depth) {
      return Breach("the document", "levels of nesting", limits_.max_depth);
    }
    open_.push_back({&value, 0});
  }

  void Breach(std::string_view what, std::string_view unit, std::size_t limit) {
    std::string pointer;
    for (const Frame& frame : open_) {
      if (frame.next == 0) break;
      const rapidjson::SizeType at = frame.next - 1;
      if (frame.value->IsArray()) {
        pointer = json::PointerPush(pointer, std::size_t{at});
      } else {
        const auto& name = (frame.value->MemberBegin() + static_cast<std::ptrdiff_t>(at))->name;
        // A name of a megabyte must not be copied at each level.
        pointer = json::PointerPush(
            pointer,
            std::string_view(name.GetString(), name.GetStringLength()).substr(0, kMaxQuotedText));
      }
    }
    breach_ = Finding{Severity::kError,
                      "limit",
                      Printable(pointer, kMaxPointerText),
                      fmt::format("{} has more than {} {}", what, limit, unit),
                      fmt::format("at most {} {}", limit, unit),
                      "shorten it or split the document"};
  }

  const DocumentLimits& limits_;
  std::vector<Frame> open_;
  std::size_t values_ = 0;
  std::optional<Finding> breach_;
};

}  // namespace

std::optional<Finding> CheckLimits(const json::Value& document, const DocumentLimits& limits) {
  return LimitWalk(limits).Run(document);
}

}  // namespace stackport
