// Starts a vendor's plugin: a folder that builds and is admitted as it stands.
#ifndef STACKPORT_HOST_AUTHORING_NEW_PROJECT_H_
#define STACKPORT_HOST_AUTHORING_NEW_PROJECT_H_

#include <string>
#include <string_view>
#include <vector>

#include "catalog/base/result.h"

namespace stackport {

struct NewProject {
  std::string vendor;  // vendor id: "acme"
  std::string plugin;  // plugin id: "acme" or "acme-servers"
  std::string name;    // the vendor's name for people: "Acme Systems"
  std::string form;    // one of ProjectForms()
  std::string folder;  // is made; must not exist, or be empty
  std::string today;   // YYYY-MM-DD: date of the example's facts
};

// "c", "cpp", "data", "rust".
std::vector<std::string> ProjectForms();

// Writes the form's template, filled in, and the part of the SDK that it needs below
// stackport-sdk/. The paths written, below the folder, sorted. Errors: invalid_argument for an id,
// a name or a form that cannot be; conflict when the folder has something in it; unavailable when
// it cannot be written (what was written stays).
Result<std::vector<std::string>> WriteNewProject(const NewProject& project);

}  // namespace stackport

#endif  // STACKPORT_HOST_AUTHORING_NEW_PROJECT_H_
