// What the HTTP API can do to plugins, behind an interface so that tests bring their own.
#ifndef STACKPORT_HOST_HTTP_PLUGIN_CONTROL_H_
#define STACKPORT_HOST_HTTP_PLUGIN_CONTROL_H_

#include <string_view>

#include "catalog/base/json.h"
#include "catalog/base/result.h"

namespace stackport::http {

// Thread-safe in every implementation.
class PluginControl {
 public:
  virtual ~PluginControl() = default;

  // Brings the catalog in line with the plugin folders, and answers with the report when that is
  // done. `again` judges unchanged plugins that were refused. Errors: Conflict when a reload is
  // under way; what else went wrong, with the catalog as it was.
  virtual Result<json::Document> Reload(bool again) = 0;

  // Lets a quarantined plugin be judged at the next reload. Errors: NotFound, Conflict (it is not
  // quarantined).
  virtual Status Release(std::string_view plugin) = 0;
};

}  // namespace stackport::http

#endif  // STACKPORT_HOST_HTTP_PLUGIN_CONTROL_H_
