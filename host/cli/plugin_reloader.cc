#include "host/cli/plugin_reloader.h"

#include <exception>
#include <utility>

#include "catalog/base/text.h"

namespace stackport::cli {

PluginReloader::PluginReloader(Application& application,
                               std::function<void(const std::string&)> log)
    : application_(application),
      log_(std::move(log)),
      worker_([this](const std::stop_token& stop) { Serve(stop); }) {}

PluginReloader::~PluginReloader() {
  Stop();
}

Result<json::Document> PluginReloader::Reload(bool again) {
  const std::unique_lock alone(reloading_, std::try_to_lock);
  if (!alone.owns_lock()) return Conflict("a reload is under way; ask again when it has ended");
  const auto report = ReloadNow(again);
  if (!report) return report.error();
  json::Document document;
  static_cast<json::Value&>(document) = ToJson(*report, document.GetAllocator());
  return document;
}

Status PluginReloader::Release(std::string_view plugin) {
  return application_.store().ReleaseQuarantine(plugin, "api");
}

void PluginReloader::ReloadSoon() {
  const std::lock_guard lock(asked_mutex_);
  asked_ = true;
  asked_changed_.notify_one();
}

void PluginReloader::Stop() {
  stopped_ = true;
  worker_.request_stop();
}

void PluginReloader::Serve(const std::stop_token& stop) {
  while (true) {
    {
      std::unique_lock lock(asked_mutex_);
      if (!asked_changed_.wait(lock, stop, [this] { return asked_; })) return;
      asked_ = false;
    }
    const std::lock_guard alone(reloading_);
    const auto report = ReloadNow(false);
    if (!report) log_("reload failed, the catalog is as it was: " + report.error().ToString());
  }
}

// Requires: reloading_ is held.
Result<AdmitAllReport> PluginReloader::ReloadNow(bool again) {
  try {
    AdmitOptions options;
    options.again = again;
    options.cancel = &stopped_;
    auto report = application_.Admit({}, options);
    if (!report) return report;
    for (const Finding& finding : report->trust_findings) {
      log_("trust folder: " + ToText(finding));
    }
    if (report->revocations.applied) log_(ToText(report->revocations));
    log_("reload: " + report->Summary() + "; snapshot " + report->snapshot->id);
    for (const AdmissionReport& plugin : report->plugins) {
      if (!plugin.refused() || plugin.earlier) continue;
      log_("  " + (plugin.plugin.id.empty() ? Printable(plugin.folder) : plugin.plugin.id) + ": " +
           std::string(AdmissionOutcomeName(plugin.outcome)) + ", " + plugin.Reason());
    }
    return report;
  } catch (const std::exception& error) {
    return Internal(std::string("the reload failed: ") + Printable(error.what()));
  }
}

}  // namespace stackport::cli
