// The country groups of the Export Administration Regulations.
//
// Immutable; thread-safe. Source, date and remarks travel with the table, so that every verdict
// that rests on it can name them.
#ifndef STACKPORT_CATALOG_COUNTRIES_EXPORT_CONTROL_GROUPS_H_
#define STACKPORT_CATALOG_COUNTRIES_EXPORT_CONTROL_GROUPS_H_

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "catalog/base/result.h"
#include "catalog/model/component.h"

namespace stackport {

class ExportControlGroups {
 public:
  // A code that the table leaves out and that the rules read as another one.
  struct Substitute {
    std::string code;  // "CN"
    std::string note;  // why, and how sure that is
  };

  static Result<ExportControlGroups> Load(std::string_view text, std::string_view origin);

  // Whether the table lists the code in the group ("D:5"). False for an unknown group.
  bool InGroup(std::string_view code, std::string_view group) const;
  // All groups that list the code.
  std::set<std::string> GroupsOf(std::string_view code) const;
  // Members of a group, sorted; empty for an unknown group.
  std::vector<std::string> Members(std::string_view group) const;
  std::vector<std::string> GroupNames() const;

  // The code whose groups apply instead (HK -> CN), or null when the code stands for itself.
  const Substitute* FindSubstitute(std::string_view code) const;
  // A remark on a code ("AE": its special treatment), or empty.
  std::string_view NoteOn(std::string_view code) const;

  const Provenance& provenance() const { return provenance_; }

 private:
  std::map<std::string, std::set<std::string, std::less<>>, std::less<>> groups_;
  std::map<std::string, Substitute, std::less<>> substitutes_;
  std::map<std::string, std::string, std::less<>> notes_;
  Provenance provenance_;
};

}  // namespace stackport

#endif  // STACKPORT_CATALOG_COUNTRIES_EXPORT_CONTROL_GROUPS_H_
