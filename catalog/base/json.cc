#include "catalog/base/json.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <rapidjson/memorystream.h>
#include <rapidjson/prettywriter.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cmath>
#include <cstring>
#include <new>

#include "catalog/base/json_limits.h"
#include "catalog/base/json_number.h"
#include "catalog/base/text.h"

namespace stackport::json {
namespace {

// RapidJSON refuses a null pointer even with length 0.
Value::StringRefType Ref(std::string_view text) {
  return rapidjson::StringRef(text.data() == nullptr ? "" : text.data(),
                              static_cast<rapidjson::SizeType>(text.size()));
}

std::string_view View(const Value& text) {
  return {text.GetString(), text.GetStringLength()};
}

enum class MemberOrder { kAsWritten, kByName };

// One array or object that is being written.
struct Frame {
  const Value* value;
  std::vector<const Value::Member*> members;  // of an object, in the order to write
  std::size_t next = 0;
};

template <typename Writer>
void WriteScalar(const Value& value, Writer& writer) {
  switch (value.GetType()) {
    case rapidjson::kFalseType:
    case rapidjson::kTrueType:
      writer.Bool(value.IsTrue());
      return;
    case rapidjson::kStringType:
      writer.String(value.GetString(), value.GetStringLength());
      return;
    case rapidjson::kNumberType:
      if (value.IsInt64()) {
        writer.Int64(value.GetInt64());
      } else if (value.IsUint64()) {
        writer.Uint64(value.GetUint64());
      } else if (std::isfinite(value.GetDouble())) {
        writer.Double(value.GetDouble());
      } else {
        writer.Null();  // JSON has no such number; our own arithmetic went wrong
      }
      return;
    case rapidjson::kNullType:
    case rapidjson::kObjectType:
    case rapidjson::kArrayType:
      writer.Null();
      return;
  }
}

template <typename Writer>
Frame Open(const Value& value, MemberOrder order, Writer& writer) {
  Frame frame{&value, {}, 0};
  if (value.IsArray()) {
    writer.StartArray();
    return frame;
  }
  writer.StartObject();
  frame.members.reserve(value.MemberCount());
  for (auto it = value.MemberBegin(); it != value.MemberEnd(); ++it) frame.members.push_back(&*it);
  if (order == MemberOrder::kByName) {
    std::stable_sort(frame.members.begin(), frame.members.end(),
                     [](const Value::Member* a, const Value::Member* b) {
                       return View(a->name) < View(b->name);
                     });
  }
  return frame;
}

// Iterative: Value::Accept recurses and would overflow the stack on a deep document.
template <typename Writer>
void Emit(const Value& root, MemberOrder order, Writer& writer) {
  std::vector<Frame> open;
  const auto start = [&](const Value& value) {
    if (value.IsArray() || value.IsObject()) {
      open.push_back(Open(value, order, writer));
    } else {
      WriteScalar(value, writer);
    }
  };
  start(root);
  while (!open.empty()) {
    Frame& frame = open.back();
    if (frame.value->IsArray()) {
      if (frame.next == frame.value->Size()) {
        writer.EndArray();
        open.pop_back();
      } else {
        start((*frame.value)[static_cast<rapidjson::SizeType>(frame.next++)]);
      }
    } else if (frame.next == frame.members.size()) {
      writer.EndObject();
      open.pop_back();
    } else {
      const Value::Member& member = *frame.members[frame.next++];
      writer.Key(member.name.GetString(), member.name.GetStringLength());
      start(member.value);
    }
  }
}

std::string ToText(const Value& value, MemberOrder order) {
  rapidjson::StringBuffer buffer;
  rapidjson::Writer<rapidjson::StringBuffer> writer(buffer);
  Emit(value, order, writer);
  return {buffer.GetString(), buffer.GetSize()};
}

class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  ~Descriptor() {
    if (fd_ >= 0) ::close(fd_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int get() const { return fd_; }

 private:
  int fd_;
};

// Passes the reader's events on to a document, and numbers by their values.
class Builder {
 public:
  using Ch = char;

  explicit Builder(Document& target) : target_(target) {}

  bool Null() { return target_.Null(); }
  bool Bool(bool value) { return target_.Bool(value); }
  bool Int(int value) { return target_.Int(value); }
  bool Uint(unsigned value) { return target_.Uint(value); }
  bool Int64(std::int64_t value) { return target_.Int64(value); }
  bool Uint64(std::uint64_t value) { return target_.Uint64(value); }
  bool Double(double value) { return target_.Double(value); }
  bool RawNumber(const char* data, rapidjson::SizeType size, bool) {
    const std::optional<Number> number = ReadNumber({data, size});
    if (!number) return false;
    if (const auto* integer = std::get_if<std::int64_t>(&*number)) return Int64(*integer);
    if (const auto* integer = std::get_if<std::uint64_t>(&*number)) return Uint64(*integer);
    return Double(std::get<double>(*number));
  }
  bool String(const char* data, rapidjson::SizeType size, bool copy) {
    return target_.String(data, size, copy);
  }
  bool Key(const char* data, rapidjson::SizeType size, bool copy) {
    return target_.Key(data, size, copy);
  }
  bool StartObject() { return target_.StartObject(); }
  bool EndObject(rapidjson::SizeType count) { return target_.EndObject(count); }
  bool StartArray() { return target_.StartArray(); }
  bool EndArray(rapidjson::SizeType count) { return target_.EndArray(count); }

 private:
  Document& target_;
};

}  // namespace

Result<Document> Parse(std::string_view text, std::string_view origin, const Limits& limits) {
  try {
    if (Status shape = CheckShape(text, origin, limits); !shape.ok()) return shape.error();
    Document document;
    rapidjson::MemoryStream stream(text.data() == nullptr ? "" : text.data(), text.size());
    rapidjson::Reader reader;
    const auto read = [&](Document& target) {
      Builder builder(target);
      return !reader.Parse<kParseFlags>(stream, builder).IsError();
    };
    document.Populate(read);
    if (reader.HasParseError()) {
      return Internal("the text passed the first reading but not the second", Printable(origin));
    }
    return document;
  } catch (const std::bad_alloc&) {
    return ResourceLimit("not enough memory to read the text", Printable(origin));
  } catch (const std::exception& e) {
    return Internal(fmt::format("the JSON reader failed: {}", Printable(e.what())),
                    Printable(origin));
  }
}

Result<Document> ParseFile(const std::string& path, const Limits& limits) {
  const std::string origin = Printable(path, 4 * kMaxQuotedText);
  // Not blocking, so that a named pipe without a writer cannot hold us.
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (file.get() < 0) {
    const int code = errno;
    const std::string message = fmt::format("cannot open the file: {}", std::strerror(code));
    return code == ENOENT ? NotFound(message, origin) : Unavailable(message, origin);
  }
  struct stat info = {};
  if (::fstat(file.get(), &info) != 0) {
    return Unavailable(fmt::format("cannot examine the file: {}", std::strerror(errno)), origin);
  }
  if (!S_ISREG(info.st_mode)) {
    return InvalidArgument("not a regular file; name a JSON file", origin);
  }
  const auto size = static_cast<std::uint64_t>(info.st_size);
  if (size > limits.max_bytes) {
    return ResourceLimit(fmt::format("the file has {} bytes, more than the limit of {}; split it "
                                     "into several documents",
                                     size, limits.max_bytes),
                         origin);
  }
  std::string text(static_cast<std::size_t>(size), '\0');
  std::size_t filled = 0;
  while (filled < text.size()) {
    const ssize_t count = ::read(file.get(), text.data() + filled, text.size() - filled);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) {
      return Unavailable(fmt::format("cannot read the file: {}", std::strerror(errno)), origin);
    }
    if (count == 0) break;  // shortened while we read: the parser judges what is there
    filled += static_cast<std::size_t>(count);
  }
  text.resize(filled);
  return Parse(text, origin, limits);
}

std::string Write(const Value& value) {
  return ToText(value, MemberOrder::kAsWritten);
}

std::string WritePretty(const Value& value) {
  rapidjson::StringBuffer buffer;
  rapidjson::PrettyWriter<rapidjson::StringBuffer> writer(buffer);
  writer.SetIndent(' ', 2);
  Emit(value, MemberOrder::kAsWritten, writer);
  return {buffer.GetString(), buffer.GetSize()};
}

std::string WriteCanonical(const Value& value) {
  return ToText(value, MemberOrder::kByName);
}

const Value* Find(const Value& object, std::string_view name) {
  if (!object.IsObject()) return nullptr;
  const Value key(Ref(name));
  const auto it = object.FindMember(key);
  return it == object.MemberEnd() ? nullptr : &it->value;
}

std::string_view StringOr(const Value& object, std::string_view name, std::string_view fallback) {
  const Value* value = Find(object, name);
  return value != nullptr && value->IsString() ? View(*value) : fallback;
}

std::int64_t IntOr(const Value& object, std::string_view name, std::int64_t fallback) {
  const Value* value = Find(object, name);
  return value != nullptr && value->IsInt64() ? value->GetInt64() : fallback;
}

bool BoolOr(const Value& object, std::string_view name, bool fallback) {
  const Value* value = Find(object, name);
  return value != nullptr && value->IsBool() ? value->GetBool() : fallback;
}

std::vector<std::string> Strings(const Value& array_or_string) {
  std::vector<std::string> texts;
  if (array_or_string.IsString()) texts.emplace_back(View(array_or_string));
  if (array_or_string.IsArray()) {
    for (const Value& element : array_or_string.GetArray()) {
      if (element.IsString()) texts.emplace_back(View(element));
    }
  }
  return texts;
}

std::string PointerPush(std::string_view pointer, std::string_view name) {
  std::string pushed(pointer);
  pushed += '/';
  for (const char c : name) {
    if (c == '~') {
      pushed += "~0";
    } else if (c == '/') {
      pushed += "~1";
    } else {
      pushed += c;
    }
  }
  return pushed;
}

std::string PointerPush(std::string_view pointer, std::size_t index) {
  return fmt::format("{}/{}", pointer, index);
}

Value String(std::string_view text, Allocator& allocator) {
  return Value(Ref(text), allocator);
}

void Set(Value& object, std::string_view name, Value value, Allocator& allocator) {
  const Value key(Ref(name));
  const auto it = object.FindMember(key);
  if (it != object.MemberEnd()) {
    it->value = value;
  } else {
    object.AddMember(String(name, allocator), value, allocator);
  }
}

void Set(Value& object, std::string_view name, std::string_view text, Allocator& allocator) {
  Set(object, name, String(text, allocator), allocator);
}

void Set(Value& object, std::string_view name, const char* text, Allocator& allocator) {
  Set(object, name, String(text, allocator), allocator);
}

void Set(Value& object, std::string_view name, std::int64_t number, Allocator& allocator) {
  Set(object, name, Value(number), allocator);
}

void Set(Value& object, std::string_view name, int number, Allocator& allocator) {
  Set(object, name, Value(number), allocator);
}

void Set(Value& object, std::string_view name, std::size_t number, Allocator& allocator) {
  Set(object, name, Value(static_cast<std::uint64_t>(number)), allocator);
}

void Set(Value& object, std::string_view name, bool flag, Allocator& allocator) {
  Set(object, name, Value(flag), allocator);
}

void Set(Value& object, std::string_view name, double number, Allocator& allocator) {
  Set(object, name, Value(number), allocator);
}

Value StringArray(const std::vector<std::string>& texts, Allocator& allocator) {
  Value array(rapidjson::kArrayType);
  array.Reserve(static_cast<rapidjson::SizeType>(texts.size()), allocator);
  for (const std::string& text : texts) array.PushBack(String(text, allocator), allocator);
  return array;
}

}  // namespace stackport::json
