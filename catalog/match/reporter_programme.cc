// The programme's checklist of one candidate: clauses of the order, members, licences, U.S.
// content.
#include <fmt/format.h>

#include <set>

#include "catalog/base/text.h"
#include "catalog/match/reporter.h"
#include "catalog/programme/checklist.h"

namespace stackport::match {

namespace {

using json::Allocator;
using json::Set;
using json::Value;

// Which slot answers which clause.
struct ClauseSlot {
  const char* clause;
  int slot;
  const char* demand;  // of a set slot: the cover name that counts; null: any part of the slot
};
constexpr ClauseSlot kClauseSlots[] = {
    {"3b.i.A.hardware", kComputeSlot, nullptr},
    {"3b.i.A.storage", kStorageSlot, nullptr},
    {"3b.i.A.cloud", kCloudServicesSlot, nullptr},
    {"3b.i.A.networking", kNetworkSlot, nullptr},
    {"3b.i.B.pipeline", kDataSlot, "data_pipeline"},
    {"3b.i.B.labeling", kDataSlot, "data_labeling"},
    {"3b.i.C.models", kModelSlot, nullptr},
    {"3b.i.D.security", kSecuritySlot, nullptr},
    {"3b.i.E.applications", kApplicationSlot, nullptr},
};

Value Check(const Clause& clause, std::string_view status, std::string_view detail,
            Allocator& allocator) {
  Value value(rapidjson::kObjectType);
  Set(value, "check", "EO 14320 " + clause.citation + ": " + clause.text, allocator);
  Set(value, "status", status, allocator);
  if (!detail.empty()) Set(value, "by", detail, allocator);
  Set(value, "source", clause.source.address, allocator);
  Set(value, "as_of", clause.source.as_of, allocator);
  return value;
}

}  // namespace

Value Reporter::ProgrammeJson(const Answer& answer, Allocator& allocator) const {
  Value list(rapidjson::kArrayType);
  const std::vector<Line> lines = Lines(answer);
  for (const Clause& clause : ProposalChecklist()) {
    std::set<std::string> by;
    bool by_slot = false;
    for (const ClauseSlot& entry : kClauseSlots) {
      if (clause.id != entry.clause) continue;
      by_slot = true;
      for (const Line& line : lines) {
        if (line.slot != entry.slot || !line.part->has_component) continue;
        const Slot& slot = compiled_.problem.slots[static_cast<std::size_t>(line.slot)];
        const std::uint32_t covers =
            slot.candidates[static_cast<std::size_t>(line.candidate)].covers;
        bool counts = entry.demand == nullptr;
        for (std::size_t bit = 0; bit < slot.cover.size(); ++bit) {
          counts = counts || (slot.cover[bit] == entry.demand && (covers >> bit & 1U) != 0);
        }
        if (counts) by.insert(ComponentOf(*line.part).id);
      }
    }
    if (by_slot) {
      list.PushBack(Check(clause, by.empty() ? "open" : "met",
                          Join(std::vector<std::string>(by.begin(), by.end()), ", "), allocator),
                    allocator);
    } else if (clause.answered_by == ClauseAnswer::kRequest) {
      list.PushBack(Check(clause, "met", request_.country, allocator), allocator);
    } else if (clause.answered_by == ClauseAnswer::kPackage) {
      list.PushBack(
          Check(clause, "open", "see us_content_layer_a; the makers' shares decide", allocator),
          allocator);
    } else {
      list.PushBack(Check(clause, "for the proposal", "", allocator), allocator);
    }
  }
  std::set<std::string> vendors_said;
  for (const Line& line : lines) {
    if (!line.part->has_component) continue;
    const Component& component = ComponentOf(*line.part);
    for (const ProgrammeNote& note : line.words->programme) {
      const bool member = note.check == "consortium member rule";
      if (member && !vendors_said.insert(component.vendor_id).second) continue;
      Value value(rapidjson::kObjectType);
      Set(value, "check", note.check + ": " + (member ? component.vendor_id : component.id),
          allocator);
      Set(value, "status", note.status, allocator);
      Set(value, "rule", note.rule, allocator);
      if (!note.provenance.source.empty()) {
        Set(value, "source", note.provenance.source, allocator);
        Set(value, "as_of", note.provenance.as_of, allocator);
        Set(value, "note", note.provenance.note, allocator);
      }
      list.PushBack(value, allocator);
    }
  }
  return list;
}

}  // namespace stackport::match
