// What the canary aims at: listeners and a file that would show that it got through.
#ifndef STACKPORT_HOST_CANARY_CANARY_TARGETS_H_
#define STACKPORT_HOST_CANARY_CANARY_TARGETS_H_

#include <string>
#include <string_view>
#include <vector>

#include "catalog/base/result.h"
#include "host/scanner/unique_fd.h"

namespace stackport {

// Listens on free ports of the loopback interface and on an abstract unix socket, and names a file
// in the temporary folder that does not exist. One thread at a time.
class CanaryTargets {
 public:
  static Result<CanaryTargets> Open();

  // For the canary: "NAME=value".
  std::vector<std::string> Environment() const;

  // Whether something arrived at the target of this attempt. Attempts without a target: never.
  bool Reached(std::string_view attempt) const;

 private:
  CanaryTargets() = default;

  UniqueFd tcp_;
  UniqueFd udp_;
  UniqueFd unix_;
  int tcp_port_ = 0;
  int udp_port_ = 0;
  std::string unix_name_;
  std::string file_;
};

}  // namespace stackport

#endif  // STACKPORT_HOST_CANARY_CANARY_TARGETS_H_
