// Keys, signed plugins and trust folders for tests. Every key is made in the test.
#ifndef STACKPORT_TESTS_SUPPORT_SIGNING_H_
#define STACKPORT_TESTS_SUPPORT_SIGNING_H_

#include <stdexcept>
#include <string>

#include "host/admission/manifest.h"
#include "host/admission/minisign_secret_key.h"
#include "host/admission/trusted_comment.h"
#include "tests/support/temp_folder.h"

namespace stackport {

inline MinisignSecretKey MakeKey() {
  auto key = MinisignSecretKey::Generate();
  if (!key) throw std::runtime_error(key.error().ToString());
  return *std::move(key);
}

inline std::string IdOf(const MinisignSecretKey& key) {
  return KeyIdText(key.public_key().id);
}

// Writes manifest.json.minisig into a plugin folder; an empty comment means the usual one.
inline void SignFolder(const std::string& folder, const MinisignSecretKey& key,
                       std::string comment = {}) {
  const std::string manifest = ReadFile(folder + "/manifest.json");
  if (comment.empty()) {
    const ParsedManifest parsed = ParseManifest(manifest);
    if (!parsed.manifest) throw std::runtime_error("the manifest of " + folder + " is faulty");
    comment = TrustedCommentFor(*parsed.manifest, "2026-01-01T00:00:00Z");
  }
  WriteFile(folder + "/manifest.json.minisig", *key.Sign(manifest, comment));
}

// A trust folder that the test fills.
class TrustFolderBuilder {
 public:
  explicit TrustFolderBuilder(std::string path) : path_(std::move(path)) {
    std::filesystem::create_directories(path_);
  }
  void Trust(const std::string& vendor, const MinisignSecretKey& key,
             const std::string& name = "main") const {
    WriteFile(path_ + "/keys/" + vendor + "/" + name + ".pub", key.PublicFileText());
  }
  void Designate(const MinisignSecretKey& key) const {
    WriteFile(path_ + "/revocation.pub", key.PublicFileText());
  }
  void PutList(const std::string& list, const MinisignSecretKey& key) const {
    WriteFile(path_ + "/revocations.json", list);
    WriteFile(path_ + "/revocations.json.minisig", *key.Sign(list, "revocations"));
  }
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

// A list with these entries, each a JSON object without reason and date: R"("component":"a/b")".
inline std::string RevocationText(int serial, const std::vector<std::string>& entries) {
  std::string text = R"({"schema":"stackport.revocations/1","serial":)" + std::to_string(serial) +
                     R"(,"issued":"2026-01-02","revocations":[)";
  for (std::size_t i = 0; i < entries.size(); ++i) {
    text += std::string(i == 0 ? "" : ",") + "{" + entries[i] +
            R"(,"reason":"Found wrong.","since":"2026-01-01"})";
  }
  return text + "]}";
}

}  // namespace stackport

#endif  // STACKPORT_TESTS_SUPPORT_SIGNING_H_
