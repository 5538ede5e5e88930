#include "catalog/base/result.h"

namespace stackport {

std::string_view ErrorCodeName(ErrorCode code) {
  switch (code) {
    case ErrorCode::kInvalidArgument:
      return "invalid_argument";
    case ErrorCode::kNotFound:
      return "not_found";
    case ErrorCode::kConflict:
      return "conflict";
    case ErrorCode::kResourceLimit:
      return "resource_limit";
    case ErrorCode::kDataCorrupt:
      return "data_corrupt";
    case ErrorCode::kUnavailable:
      return "unavailable";
    case ErrorCode::kInternal:
      return "internal";
  }
  return "internal";
}

std::string Error::ToString() const {
  return context.empty() ? message : context + ": " + message;
}

}  // namespace stackport
