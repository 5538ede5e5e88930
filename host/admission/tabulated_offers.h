// Puts what a plugin's offers table answered where it belongs: into the component's document.
#ifndef STACKPORT_HOST_ADMISSION_TABULATED_OFFERS_H_
#define STACKPORT_HOST_ADMISSION_TABULATED_OFFERS_H_

#include <map>
#include <string>
#include <vector>

namespace stackport {

// Appends the offers of each component (a JSON array, by component id) to "offers" of its document.
// What cannot be read is left as it is: the parser of documents says what is wrong with it.
void AttachOffers(const std::map<std::string, std::string>& offers_by_component,
                  std::vector<std::string>& documents);

}  // namespace stackport

#endif  // STACKPORT_HOST_ADMISSION_TABULATED_OFFERS_H_
