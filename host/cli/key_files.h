// Files that commands about keys and signatures read and write.
#ifndef STACKPORT_HOST_CLI_KEY_FILES_H_
#define STACKPORT_HOST_CLI_KEY_FILES_H_

#include <CLI/CLI.hpp>
#include <cstddef>
#include <string>
#include <string_view>

#include "catalog/base/result.h"
#include "host/admission/minisign_secret_key.h"
#include "host/cli/session.h"

namespace stackport::cli {

// All of a regular file. NotFound; InvalidArgument when it is no regular file; ResourceLimit when
// it is larger than `max_bytes`; Unavailable.
Result<std::string> ReadBoundedFile(const std::string& path, std::size_t max_bytes);

// Writes beside the final name and renames, so that the file is whole or as it was.
Status ReplaceFile(const std::string& path, std::string_view text);
// Makes a file that only its owner reads when `secret`. Conflict when there is one already.
Status CreateNewFile(const std::string& path, std::string_view text, bool secret);

// Where a secret key and its password come from.
struct SecretKeyFlags {
  std::string key_file;
  std::string password_file;  // empty: STACKPORT_KEY_PASSWORD_FILE; "-": standard input

  // Adds --key and --password-file.
  void AddTo(CLI::App& command);
};

// Adds --password-file.
void AddPasswordFlag(CLI::App& command, std::string& password_file);
// The first line of the file, or of standard input. Nothing is asked of a terminal. InvalidArgument
// when nobody names a file, or it has no password.
Result<std::string> ReadPassword(Session& session, const std::string& password_file);

// Reads the key, and its password only when it needs one.
Result<MinisignSecretKey> ReadSecretKey(Session& session, const SecretKeyFlags& flags);

}  // namespace stackport::cli

#endif  // STACKPORT_HOST_CLI_KEY_FILES_H_
