#include "catalog/model/finding_sink.h"

#include <utility>

#include "catalog/base/text.h"

namespace stackport {

void FindingSink::Error(std::string_view code, std::string_view pointer, std::string message,
                        std::string expected, std::string remedy) {
  Add(Severity::kError, errors_, code, pointer, std::move(message), std::move(expected),
      std::move(remedy));
}

void FindingSink::Warning(std::string_view code, std::string_view pointer, std::string message,
                          std::string expected, std::string remedy) {
  Add(Severity::kWarning, warnings_, code, pointer, std::move(message), std::move(expected),
      std::move(remedy));
}

void FindingSink::Add(Severity severity, std::size_t& count, std::string_view code,
                      std::string_view pointer, std::string message, std::string expected,
                      std::string remedy) {
  ++count;
  if (count > kMaxFindings) return;
  findings_.push_back({severity, std::string(code), Printable(pointer, kMaxPointerText),
                       std::move(message), std::move(expected), std::move(remedy)});
}

std::string DidYouMean(std::string_view name, const std::vector<std::string>& known) {
  const std::string nearest = NearestName(name, known);
  return nearest.empty() ? std::string() : "; did you mean " + Quoted(nearest) + "?";
}

}  // namespace stackport
