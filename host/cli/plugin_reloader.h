// Reloads plugins for a server that keeps serving: on a signal, or when its API is asked to.
#ifndef STACKPORT_HOST_CLI_PLUGIN_RELOADER_H_
#define STACKPORT_HOST_CLI_PLUGIN_RELOADER_H_

#include <atomic>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>

#include "host/app/application.h"
#include "host/http/plugin_control.h"

namespace stackport::cli {

// Thread-safe. Requests that are being answered keep the snapshot they began with; the next ones
// get the new one, whole.
class PluginReloader final : public http::PluginControl {
 public:
  // `log` takes a line at a time, from any thread. `application` must outlive the reloader.
  PluginReloader(Application& application, std::function<void(const std::string&)> log);
  // Stops.
  ~PluginReloader() override;

  Result<json::Document> Reload(bool again) override;
  Status Release(std::string_view plugin) override;

  // Reloads on a thread of its own; asked again meanwhile, it does so once more afterwards. For use
  // where nobody waits: not inside a signal handler.
  void ReloadSoon();
  // Ends the reload under way, which then has changed nothing, and refuses further ones.
  void Stop();

 private:
  void Serve(const std::stop_token& stop);
  Result<AdmitAllReport> ReloadNow(bool again);

  Application& application_;
  const std::function<void(const std::string&)> log_;
  std::atomic<bool> stopped_ = false;
  std::mutex reloading_;  // held while plugins are reloaded
  std::mutex asked_mutex_;
  std::condition_variable_any asked_changed_;
  bool asked_ = false;   // guarded by asked_mutex_
  std::jthread worker_;  // last: it uses all above
};

}  // namespace stackport::cli

#endif  // STACKPORT_HOST_CLI_PLUGIN_RELOADER_H_
