#include "host/admission/trust_folder.h"

#include <sys/stat.h>

#include <algorithm>
#include <filesystem>
#include <system_error>
#include <utility>

#include "catalog/base/text.h"
#include "host/admission/plugin_folder.h"
#include "host/admission/revocation_list.h"

namespace stackport {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kKeysFolder = "keys";
constexpr std::string_view kPublicKeySuffix = ".pub";
// A folder's path is the operator's own, and worth reading in full.
constexpr std::size_t kPathText = 400;
// As manifest.schema.json has it.
constexpr std::size_t kMaxVendorId = 60;

class Reader {
 public:
  Reader(PluginFolder folder, TrustFolder& result) : folder_(std::move(folder)), result_(result) {}

  void Read() {
    ReadKeys();
    if (folder_.Has(kRevocationKeyName)) result_.revocation_key = ReadKey(kRevocationKeyName);
    if (!folder_.Has(kRevocationsName)) return;
    const std::string signature = std::string(kRevocationsName) + std::string(kSignatureSuffix);
    auto list = folder_.ReadFile(kRevocationsName, kMaxRevocationBytes);
    auto signed_by = folder_.ReadFile(signature, kMaxSignatureBytes);
    if (!list) return Fault(kRevocationsName, "revocations", list.error().message);
    if (!signed_by) {
      return Fault(signature, "revocations", signed_by.error().message,
                   "put the list's signature beside it");
    }
    result_.revocations = *std::move(list);
    result_.revocations_signature = *std::move(signed_by);
  }

 private:
  void Fault(std::string_view where, std::string code, std::string message,
             std::string remedy = "correct or remove the file; it counts for nothing as it is",
             Severity severity = Severity::kError) {
    result_.findings.push_back({severity, std::move(code), std::string(where), std::move(message),
                                "a trust folder as `stackport trust --help` describes it",
                                std::move(remedy)});
  }

  // Names in a folder below ours, sorted; none when it cannot be read.
  std::vector<std::string> Names(const std::string& below) {
    std::vector<std::string> names;
    std::error_code error;
    for (fs::directory_iterator entry(fs::path(folder_.path()) / below, error), end;
         !error && entry != end; entry.increment(error)) {
      names.push_back(entry->path().filename().string());
    }
    if (error) {
      Fault(below, "unreadable", "the folder cannot be read: " + error.message(),
            "check its permissions");
    }
    std::sort(names.begin(), names.end());
    return names;
  }

  void WarnWhenOthersMayWrite(const std::string& below) {
    struct stat status {};
    if (stat((folder_.path() + "/" + below).c_str(), &status) != 0) return;
    if ((status.st_mode & S_IWOTH) == 0) return;
    Fault(below.empty() ? "." : below, "writable_by_others",
          "every user of this machine may write here, and so decide whom you trust",
          "chmod o-w " + Printable(folder_.path() + (below.empty() ? "" : "/" + below), kPathText),
          Severity::kWarning);
  }

  void ReadKeys() {
    std::vector<TrustedKey> keys;
    WarnWhenOthersMayWrite("");
    const std::string top(kKeysFolder);
    for (const std::string& vendor : folder_.Has(top) ? Names(top) : std::vector<std::string>()) {
      const std::string below = top + "/" + vendor;
      if (!IsVendorId(vendor)) {
        Fault(Printable(below), "vendor_id",
              Quoted(vendor) + " is no vendor id, which has lower-case letters, digits and '-'");
        continue;
      }
      WarnWhenOthersMayWrite(below);
      ReadVendor(vendor, below, keys);
    }
    result_.keys = std::make_shared<const TrustedKeys>(std::move(keys));
  }

  void ReadVendor(const std::string& vendor, const std::string& below,
                  std::vector<TrustedKey>& keys) {
    for (const std::string& name : Names(below)) {
      const std::string path = below + "/" + name;
      if (!name.ends_with(kPublicKeySuffix) || name.size() == kPublicKeySuffix.size()) {
        Fault(Printable(path), "not_a_key", Quoted(name) + " does not end in .pub");
        continue;
      }
      if (keys.size() == kMaxTrustedKeys) {
        Fault(Printable(path), "limit",
              "the folder has more than " + std::to_string(kMaxTrustedKeys) + " keys",
              "remove keys that are not needed");
        return;
      }
      const auto key = ReadKey(path);
      if (!key) continue;
      keys.push_back({vendor, name.substr(0, name.size() - kPublicKeySuffix.size()), *key});
    }
  }

  std::optional<MinisignPublicKey> ReadKey(std::string_view path) {
    const auto text = folder_.ReadFile(path, kMaxPublicKeyBytes);
    if (!text) {
      Fault(Printable(path), "unreadable", text.error().message);
      return std::nullopt;
    }
    const auto key = ParseMinisignPublicKey(*text);
    if (!key) {
      Fault(Printable(path), "not_a_key", key.error().message);
      return std::nullopt;
    }
    return *key;
  }

  PluginFolder folder_;
  TrustFolder& result_;
};

}  // namespace

std::vector<const TrustedKey*> TrustedKeys::Find(const MinisignKeyId& id) const {
  std::vector<const TrustedKey*> found;
  for (const TrustedKey& key : keys_) {
    if (key.key.id == id) found.push_back(&key);
  }
  return found;
}

bool IsVendorId(std::string_view name) {
  const auto plain = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); };
  return !name.empty() && name.size() <= kMaxVendorId && plain(name.front()) &&
         std::all_of(name.begin(), name.end(), [&](char c) { return plain(c) || c == '-'; });
}

Result<TrustFolder> ReadTrustFolder(const std::string& path) {
  TrustFolder result;
  result.keys = std::make_shared<const TrustedKeys>(std::vector<TrustedKey>());
  if (path.empty()) return result;
  auto folder = PluginFolder::Open(path);
  if (!folder) {
    return Error{folder.error().code,
                 folder.error().code == ErrorCode::kNotFound
                     ? "there is no such trust folder; name another with --trust DIR, or make "
                       "it with `stackport trust add`"
                     : "the trust folder cannot be opened; name a folder with --trust DIR",
                 Printable(path, kPathText)};
  }
  result.path = path;
  try {
    Reader(*std::move(folder), result).Read();
  } catch (const fs::filesystem_error& error) {
    return Unavailable("the trust folder cannot be read: " + error.code().message(),
                       Printable(path, kPathText));
  }
  return result;
}

}  // namespace stackport
