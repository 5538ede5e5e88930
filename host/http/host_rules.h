// Which host names the server answers to, and which bodies it reads: judged from a head alone.
#ifndef STACKPORT_HOST_HTTP_HOST_RULES_H_
#define STACKPORT_HOST_HTTP_HOST_RULES_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "host/http/request_head.h"

namespace stackport::http {

// Whether the address can be reached from this machine alone.
bool IsLoopback(std::string_view host);

// Thread-safe.
class HostRules {
 public:
  // Names are compared without port and case.
  explicit HostRules(std::vector<std::string> allowed_hosts);

  // How many bytes of body the request may have, or why it is refused.
  std::variant<std::size_t, HeadFault> Judge(const RequestHead& head) const;

 private:
  std::vector<std::string> allowed_;
};

}  // namespace stackport::http

#endif  // STACKPORT_HOST_HTTP_HOST_RULES_H_
