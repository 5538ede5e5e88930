// Result and Error: how every fallible call of the library answers.
#ifndef STACKPORT_CATALOG_BASE_RESULT_H_
#define STACKPORT_CATALOG_BASE_RESULT_H_

#include <cassert>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

namespace stackport {

// What went wrong, coarse enough to choose an exit code or an HTTP status from.
enum class ErrorCode {
  kInvalidArgument,  // the caller's input is wrong: HTTP 400 or 422, exit 2
  kNotFound,         // the named thing does not exist: HTTP 404, exit 3
  kConflict,         // the state forbids it (busy port, newer database): HTTP 409, exit 4
  kResourceLimit,    // a stated limit was passed: HTTP 413, exit 5
  kDataCorrupt,      // stored or received bytes contradict themselves: HTTP 500, exit 6
  kUnavailable,      // the outside world failed (disk, process, socket): HTTP 503, exit 7
  kInternal,         // a fault of ours: HTTP 500, exit 70
};

// Stable lower-case name of a code, as it appears in JSON ("invalid_argument").
std::string_view ErrorCodeName(ErrorCode code);

// An error that a person reads. `message` names both sides and the next step; `context` says where
// (a file, a JSON pointer, a plugin id) and may be empty. Text that came from outside is escaped
// with Printable() before it gets here.
struct [[nodiscard]] Error {
  ErrorCode code = ErrorCode::kInternal;
  std::string message;
  std::string context;

  // "context: message", or the message alone.
  std::string ToString() const;
};

inline Error InvalidArgument(std::string message, std::string context = {}) {
  return {ErrorCode::kInvalidArgument, std::move(message), std::move(context)};
}
inline Error NotFound(std::string message, std::string context = {}) {
  return {ErrorCode::kNotFound, std::move(message), std::move(context)};
}
inline Error Conflict(std::string message, std::string context = {}) {
  return {ErrorCode::kConflict, std::move(message), std::move(context)};
}
inline Error ResourceLimit(std::string message, std::string context = {}) {
  return {ErrorCode::kResourceLimit, std::move(message), std::move(context)};
}
inline Error DataCorrupt(std::string message, std::string context = {}) {
  return {ErrorCode::kDataCorrupt, std::move(message), std::move(context)};
}
inline Error Unavailable(std::string message, std::string context = {}) {
  return {ErrorCode::kUnavailable, std::move(message), std::move(context)};
}
inline Error Internal(std::string message, std::string context = {}) {
  return {ErrorCode::kInternal, std::move(message), std::move(context)};
}

// A value or the error that prevented it. Asking for the wrong one is a fault of the caller.
template <typename T>
class [[nodiscard]] Result {
 public:
  Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}      // NOLINT: implicit
  Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}  // NOLINT: implicit

  bool ok() const { return state_.index() == 0; }
  explicit operator bool() const { return ok(); }

  const T& value() const& { return assert(ok()), *std::get_if<0>(&state_); }
  T& value() & { return assert(ok()), *std::get_if<0>(&state_); }
  T&& value() && { return assert(ok()), std::move(*std::get_if<0>(&state_)); }
  const T& operator*() const& { return value(); }
  T& operator*() & { return value(); }
  T&& operator*() && { return std::move(*this).value(); }
  const T* operator->() const { return &value(); }
  T* operator->() { return &value(); }

  const Error& error() const& { return assert(!ok()), *std::get_if<1>(&state_); }
  Error&& error() && { return assert(!ok()), std::move(*std::get_if<1>(&state_)); }

 private:
  std::variant<T, Error> state_;
};

// A Result with nothing to carry.
template <>
class [[nodiscard]] Result<void> {
 public:
  Result() = default;
  Result(Error error) : error_(std::move(error)), ok_(false) {}  // NOLINT: implicit

  bool ok() const { return ok_; }
  explicit operator bool() const { return ok_; }
  const Error& error() const& { return assert(!ok_), error_; }
  Error&& error() && { return assert(!ok_), std::move(error_); }

 private:
  Error error_{};
  bool ok_ = true;
};

using Status = Result<void>;

}  // namespace stackport

#endif  // STACKPORT_CATALOG_BASE_RESULT_H_
