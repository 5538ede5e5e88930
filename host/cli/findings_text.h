// Findings for people: place, what is there, what was expected, how to mend it.
#ifndef STACKPORT_HOST_CLI_FINDINGS_TEXT_H_
#define STACKPORT_HOST_CLI_FINDINGS_TEXT_H_

#include <functional>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include "catalog/base/findings.h"
#include "host/cli/style.h"

namespace stackport::cli {

// `also` names the place in another way (the flag that set it); it may be empty.
void PrintFindings(std::ostream& out, const Style& style, const std::vector<Finding>& findings,
                   const std::function<std::string(std::string_view pointer)>& also = {});

}  // namespace stackport::cli

#endif  // STACKPORT_HOST_CLI_FINDINGS_TEXT_H_
