#include "host/http/host_rules.h"

#include <algorithm>

#include "catalog/base/text.h"
#include "host/http/limits.h"

namespace stackport::http {

namespace {

// In lower case, without port, without the brackets of an IPv6 address.
std::string BareHost(std::string_view host) {
  if (host.starts_with('[')) {
    host = host.substr(1, host.find(']') == std::string_view::npos ? 0 : host.find(']') - 1);
  } else if (std::count(host.begin(), host.end(), ':') == 1) {
    host = host.substr(0, host.find(':'));
  }
  std::string bare(host);
  for (char& c : bare) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return bare;
}

}  // namespace

bool IsLoopback(std::string_view host) {
  const std::string bare = BareHost(host);
  if (bare == "localhost" || bare == "::1") return true;
  const std::vector<std::string> parts = Split(bare, '.');
  return parts.size() == 4 && parts[0] == "127" &&
         std::all_of(parts.begin(), parts.end(), [](const std::string& part) {
           return !part.empty() && part.size() <= 3 &&
                  part.find_first_not_of("0123456789") == std::string::npos;
         });
}

HostRules::HostRules(std::vector<std::string> allowed_hosts) : allowed_(std::move(allowed_hosts)) {
  for (std::string& host : allowed_) host = BareHost(host);
}

std::variant<std::size_t, HeadFault> HostRules::Judge(const RequestHead& head) const {
  // Absent in HTTP/1.0 alone, which no browser speaks.
  if (const std::string host = head.Header("host"); !host.empty() || !head.http_1_0) {
    const bool allowed = IsLoopback(host) || std::find(allowed_.begin(), allowed_.end(),
                                                       BareHost(host)) != allowed_.end();
    if (!allowed) {
      return HeadFault{ProblemType::kMisdirectedRequest,
                       "this server does not answer for the host " + Quoted(host)};
    }
  }
  const std::string_view path = head.RawPath();
  const bool match = path == "/v1/matches" || path == "/v1/explain" || path == "/v1/sweeps";
  return match ? kMaxMatchBodyBytes : kMaxBodyBytes;
}

}  // namespace stackport::http
