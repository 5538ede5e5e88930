// What every command has at hand: output, errors, and the catalog opened on demand.
#ifndef STACKPORT_HOST_CLI_SESSION_H_
#define STACKPORT_HOST_CLI_SESSION_H_

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "catalog/base/findings.h"
#include "catalog/base/json.h"
#include "catalog/base/result.h"
#include "host/app/application.h"
#include "host/cli/environment.h"
#include "host/cli/style.h"

namespace stackport::cli {

// Options that every command takes.
struct GlobalOptions {
  std::string catalog;                      // empty: the default
  std::vector<std::string> plugin_folders;  // empty: the default
  std::vector<std::string> signed_plugin_folders;
  std::string trust_folder;  // empty: the default
};

class Session {
 public:
  Session(Environment& environment, const GlobalOptions& options)
      : environment_(environment), options_(options) {}

  Environment& environment() { return environment_; }
  std::ostream& out() { return environment_.out; }
  std::ostream& err() { return environment_.err; }
  Style style() const;
  Style error_style() const;
  // Columns a table may take; 0 when the output is no terminal: files and pipes get whole lines.
  std::size_t table_width() const;
  // Columns of running text.
  std::size_t text_width() const;

  void PrintJson(const json::Value& value);

  // The trust folder, whether or not it exists; empty when nothing says where it would be.
  std::string TrustFolderPath() const;
  // Where the catalog is and which plugin folders count, by flags, variables and defaults.
  Result<ApplicationSettings> Settings(OpenMode mode) const;
  // Opens the catalog and admits what changed in the plugin folders. Progress and refusals go to
  // standard error, never to standard output.
  Result<std::unique_ptr<Application>> OpenCatalog();
  // Opens the catalog as it is, without admitting anything.
  Result<std::unique_ptr<Application>> OpenCatalogAsIs(OpenMode mode);
  // Admission with its progress on standard error; `verbose` names every plugin.
  Result<AdmitAllReport> Admit(Application& application, bool verbose,
                               const AdmitOptions& options = {});

  // Keeps what was answered, so that a later revocation finds it. An answer that cannot be kept is
  // given all the same, with a line on standard error.
  void Record(Application& application, const std::vector<MatchAudit>& answers);

 private:
  // Findings about the trust folder and the effect of a new list of revocations, to standard error.
  void PrintTrust(const AdmitAllReport& report);

  Environment& environment_;
  const GlobalOptions& options_;
};

}  // namespace stackport::cli

#endif  // STACKPORT_HOST_CLI_SESSION_H_
