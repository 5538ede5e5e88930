#include "catalog/countries/export_control_groups.h"

#include "catalog/base/json.h"

namespace stackport {

Result<ExportControlGroups> ExportControlGroups::Load(std::string_view text,
                                                      std::string_view origin) {
  const Result<json::Document> document = json::Parse(text, origin);
  if (!document) return document.error();
  const std::string where(origin);
  if (json::StringOr(*document, "schema", "") != "stackport.export_control_groups/1") {
    return InvalidArgument("the schema must be stackport.export_control_groups/1", where);
  }
  ExportControlGroups result;
  result.provenance_.source = json::StringOr(*document, "source", "");
  result.provenance_.as_of = json::StringOr(*document, "as_of", "");
  if (result.provenance_.source.empty() || result.provenance_.as_of.empty()) {
    return InvalidArgument("country groups must state source and as_of", where);
  }
  const json::Value* groups = json::Find(*document, "groups");
  if (groups == nullptr || !groups->IsObject() || groups->MemberCount() == 0) {
    return InvalidArgument("\"groups\" must be an object with a list of codes for each group",
                           where);
  }
  for (const auto& member : groups->GetObject()) {
    auto& codes = result.groups_[member.name.GetString()];
    for (std::string& code : json::Strings(member.value)) codes.insert(std::move(code));
  }
  if (const json::Value* treated = json::Find(*document, "treated_as");
      treated != nullptr && treated->IsObject()) {
    for (const auto& member : treated->GetObject()) {
      result.substitutes_[member.name.GetString()] = {
          std::string(json::StringOr(member.value, "as", "")),
          std::string(json::StringOr(member.value, "note", ""))};
    }
  }
  if (const json::Value* notes = json::Find(*document, "notes");
      notes != nullptr && notes->IsObject()) {
    for (const auto& member : notes->GetObject()) {
      if (member.value.IsString()) {
        result.notes_[member.name.GetString()] = member.value.GetString();
      }
    }
  }
  return result;
}

bool ExportControlGroups::InGroup(std::string_view code, std::string_view group) const {
  const auto found = groups_.find(group);
  return found != groups_.end() && found->second.contains(code);
}

std::set<std::string> ExportControlGroups::GroupsOf(std::string_view code) const {
  std::set<std::string> result;
  for (const auto& [group, codes] : groups_) {
    if (codes.contains(code)) result.insert(group);
  }
  return result;
}

std::vector<std::string> ExportControlGroups::Members(std::string_view group) const {
  const auto found = groups_.find(group);
  if (found == groups_.end()) return {};
  return {found->second.begin(), found->second.end()};
}

std::vector<std::string> ExportControlGroups::GroupNames() const {
  std::vector<std::string> names;
  for (const auto& [group, codes] : groups_) names.push_back(group);
  return names;
}

const ExportControlGroups::Substitute* ExportControlGroups::FindSubstitute(
    std::string_view code) const {
  const auto found = substitutes_.find(code);
  return found == substitutes_.end() ? nullptr : &found->second;
}

std::string_view ExportControlGroups::NoteOn(std::string_view code) const {
  const auto found = notes_.find(code);
  return found == notes_.end() ? std::string_view() : std::string_view(found->second);
}

}  // namespace stackport
