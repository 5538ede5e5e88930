// The flags that make a request, and the request document built from them.
//
// A file and flags may be mixed: the file is read first, a flag then replaces what the file says
// (pins, bans and assumptions are added to it). The document goes through ParseRequest, so both
// ways of asking are judged by one rule.
#ifndef STACKPORT_HOST_CLI_REQUEST_FLAGS_H_
#define STACKPORT_HOST_CLI_REQUEST_FLAGS_H_

#include <CLI/CLI.hpp>
#include <cstdint>
#include <istream>
#include <optional>
#include <string>
#include <vector>

#include "catalog/base/findings.h"
#include "catalog/base/json.h"
#include "catalog/base/result.h"

namespace stackport::cli {

class RequestFlags {
 public:
  // Adds every flag to `command`. Requires: this object outlives the command's parsing.
  void AddTo(CLI::App& command);

  // The request document; "-" as a file reads `in`. Errors: the file cannot be read, or a flag
  // does not have its form.
  Result<json::Document> Build(std::istream& in) const;

  // The flags as they would be typed again, for "what to try next": "--country KE …".
  std::string CommandLine() const;

  // The flag that stands for a place in the request ("/limits/capex" -> "--capex-musd"), or empty.
  static std::string FlagOf(std::string_view pointer);

  std::string file;

 private:
  Result<json::Document> Read(std::istream& in) const;
  Status AddUseCases(json::Value& request, json::Allocator& allocator) const;
  void AddLimits(json::Value& request, json::Allocator& allocator) const;
  Status AddAssumptions(json::Value& request, json::Allocator& allocator) const;

  std::string country_;
  std::vector<std::string> use_cases_;
  std::optional<std::int64_t> users_;
  std::optional<double> power_kw_, capex_musd_, opex_musd_, tco_musd_;
  std::optional<std::int64_t> delivery_days_, max_vendors_, years_, model_context_;
  std::vector<std::string> deployment_;
  std::string residency_, licence_, us_content_, best_per_, end_user_, purpose_, model_parameters_;
  std::vector<std::string> pins_, bans_, assumptions_, certifications_, controls_, cooling_;
  std::vector<std::string> objective_, pareto_;
  std::optional<std::int64_t> top_, min_difference_, deadline_ms_;
  bool open_weights_ = false, air_gap_ = false;
  bool reject_unknown_ = false, reject_missing_prices_ = false;
};

}  // namespace stackport::cli

#endif  // STACKPORT_HOST_CLI_REQUEST_FLAGS_H_
