#include "catalog/match/reporter.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "catalog/model/trust_label.h"
#include "catalog/programme/us_content.h"

namespace stackport::match {

namespace {

using json::Allocator;
using json::Set;
using json::Value;

// Component ids shown per reason before the list is cut; the count tells the rest.
constexpr std::size_t kMaxExcludedShown = 200;

Value IntervalJson(std::int64_t low, std::int64_t high, std::string_view unit,
                   Allocator& allocator) {
  Value value(rapidjson::kObjectType);
  Set(value, "low", low, allocator);
  Set(value, "high", high, allocator);
  Set(value, "unit", unit, allocator);
  return value;
}

const char* UnitOf(int slot) {
  switch (slot) {
    case kComputeSlot:
      return "units";
    case kServerSlot:
      return "servers";
    case kNetworkSlot:
      return "switches";
    case kStorageSlot:
      return "units";
    case kEntitlementSlot:
      return "accelerators";
    default:
      return "";
  }
}

std::int64_t RowOf(const Answer& answer, FigureRow row) {
  return answer.evaluation.limit_values[static_cast<std::size_t>(row)];
}

}  // namespace

Value ProvenanceJson(const Provenance& provenance, Allocator& allocator) {
  Value value(rapidjson::kObjectType);
  if (provenance.source.empty()) return value;
  Set(value, "source", provenance.source, allocator);
  Set(value, "as_of", provenance.as_of, allocator);
  if (!provenance.note.empty()) Set(value, "note", provenance.note, allocator);
  return value;
}

Value ExclusionJson(const Exclusion& exclusion, Allocator& allocator) {
  Value value(rapidjson::kObjectType);
  Set(value, "component", exclusion.component, allocator);
  Set(value, "reason", exclusion.reason, allocator);
  Set(value, "text", exclusion.text, allocator);
  Value facts(rapidjson::kArrayType);
  for (const UsedFact& used : exclusion.facts) {
    Value fact = ProvenanceJson(used.provenance, allocator);
    Set(fact, "component", used.component, allocator);
    Set(fact, "fact", used.fact, allocator);
    Set(fact, "value", used.value, allocator);
    facts.PushBack(fact, allocator);
  }
  Set(value, "facts", std::move(facts), allocator);
  if (!exclusion.rule.source.empty())
    Set(value, "rule", ProvenanceJson(exclusion.rule, allocator), allocator);
  return value;
}

std::vector<Reporter::Line> Reporter::Lines(const Answer& answer) const {
  std::vector<Line> lines;
  wording_.Prepare(answer.choice);
  for (std::size_t s = 0; s < answer.choice.picks.size(); ++s) {
    for (const int pick : answer.choice.picks[s]) {
      const auto candidate = static_cast<std::size_t>(pick);
      lines.push_back({static_cast<int>(s), pick, answer.evaluation.slot_units[s],
                       &compiled_.parts[s][candidate], &wording_.Of(s, candidate)});
    }
  }
  return lines;
}

// Which demands a line answers: the slot's name, or for a set the covered names that no earlier
// member of the set covers.
std::vector<std::string> Reporter::DemandsOf(const Line& line, const Answer& answer) const {
  const Slot& slot = compiled_.problem.slots[static_cast<std::size_t>(line.slot)];
  if (slot.choice != SlotChoice::kSet) return {slot.name};
  std::uint32_t taken = 0;
  for (const int pick : answer.choice.picks[static_cast<std::size_t>(line.slot)]) {
    if (pick == line.candidate) break;
    taken |= slot.candidates[static_cast<std::size_t>(pick)].covers;
  }
  const std::uint32_t covers =
      slot.candidates[static_cast<std::size_t>(line.candidate)].covers & ~taken;
  std::vector<std::string> demands;
  for (std::size_t bit = 0; bit < slot.cover.size(); ++bit) {
    if ((covers >> bit & 1U) != 0) demands.push_back(slot.cover[bit]);
  }
  return demands;
}

std::string Reporter::QuantityReason(const Line& line, const Answer& answer) const {
  const auto& quantities = answer.evaluation.quantities;
  const auto quantity = [&](int index) { return quantities[static_cast<std::size_t>(index)]; };
  switch (line.slot) {
    case kComputeSlot: {
      const std::optional<Sizing> sizing = SizingOf(answer);
      if (!sizing) return "the hosted interface runs them";
      const Sizing& s = *sizing;
      std::string text = fmt::format(
          "peak of {:.1f} tokens/s needs {} replica(s) of {} accelerator(s) at {:.1f} tokens/s "
          "each",
          static_cast<double>(compiled_.workload.peak_output_tokens_per_1000s) / 1000, s.replicas,
          s.accelerators_per_replica, static_cast<double>(s.tokens_per_1000s_per_replica) / 1000);
      const std::int64_t nodes = quantity(kNodes);
      if (nodes > 0 && line.units > quantity(kComputeNeeded)) {
        text += fmt::format("; {} whole node(s) hold {}", nodes, line.units);
      }
      return text;
    }
    case kServerSlot:
      return fmt::format("hold the {} accelerators", quantity(kComputeUnits));
    case kNetworkSlot:
      return line.units == 0
                 ? "included"
                 : fmt::format("non-blocking for the ports of {} node(s) and {} storage unit(s)",
                               quantity(kNodes), quantity(kStorageUnits));
    case kStorageSlot:
      return fmt::format(
          "{:.1f} TB for documents, indexes and logs, and one model's weights in {} s",
          static_cast<double>(compiled_.workload.storage_bytes) / 1e12,
          request_.Milli("model_load_seconds") / 1000);
    case kEntitlementSlot:
      return "one per accelerator";
    default:
      return {};
  }
}

Value Reporter::PartJson(const Line& line, const Answer& answer, Allocator& allocator) const {
  const Part& part = *line.part;
  const PartWords& words = *line.words;
  const Component& component = ComponentOf(part);
  const Vendor* vendor = snapshot_.FindVendor(component.vendor_id);
  Value value(rapidjson::kObjectType);
  Set(value, "demands", json::StringArray(DemandsOf(line, answer), allocator), allocator);
  Set(value, "component", component.id, allocator);
  Set(value, "name", component.name, allocator);
  Set(value, "vendor", vendor == nullptr ? component.vendor_id : vendor->name, allocator);
  Set(value, "kind", component.kind, allocator);
  Set(value, "layer", std::string(1, component.layer), allocator);
  Set(value, "quantity", line.units, allocator);
  if (*UnitOf(line.slot) != '\0') Set(value, "quantity_unit", UnitOf(line.slot), allocator);
  const std::string reason = QuantityReason(line, answer);
  if (!reason.empty()) Set(value, "quantity_reason", reason, allocator);
  if (!part.role.empty()) Set(value, "role", part.role, allocator);
  if (!part.location_country.empty()) Set(value, "location", part.location_country, allocator);
  if (!words.regions.empty())
    Set(value, "regions", json::StringArray(words.regions, allocator), allocator);
  Set(value, "because", json::StringArray(words.because, allocator), allocator);

  const std::int64_t units = line.units;
  Value cost(rapidjson::kObjectType);
  Set(cost, "capex",
      IntervalJson(part.money.capex_cents.low * units, part.money.capex_cents.high * units,
                   "US cent", allocator),
      allocator);
  Set(cost, "opex_per_year",
      IntervalJson(part.money.opex_cents_per_year.low * units,
                   part.money.opex_cents_per_year.high * units, "US cent", allocator),
      allocator);
  Set(cost, "basis", BasisName(part.money.basis), allocator);
  Set(cost, "origin", words.money.origin, allocator);
  Value sources(rapidjson::kArrayType);
  for (const Provenance& source : words.money.sources) {
    sources.PushBack(ProvenanceJson(source, allocator), allocator);
  }
  Set(cost, "sources", std::move(sources), allocator);
  Set(value, "cost", std::move(cost), allocator);

  if (part.power.watts.high > 0) {
    Value power =
        IntervalJson(part.power.watts.low * units, part.power.watts.high * units, "W", allocator);
    Set(power, "basis", BasisName(part.power.basis), allocator);
    Set(power, "origin", words.power.origin, allocator);
    for (const Provenance& source : words.power.sources) {
      Set(power, "source", source.source, allocator);
      Set(power, "as_of", source.as_of, allocator);
    }
    Set(value, "power", std::move(power), allocator);
  }
  if (part.lead_days > 0) {
    Value lead = ProvenanceJson(words.lead_provenance, allocator);
    Set(lead, "days", part.lead_days, allocator);
    Set(lead, "driver", words.lead_driver, allocator);
    Set(value, "lead_time", std::move(lead), allocator);
  }
  if (line.slot == kComputeSlot) {
    Value sizing = SizingJson(answer, allocator);
    if (!sizing.ObjectEmpty()) Set(value, "throughput", std::move(sizing), allocator);
  }
  Value facts(rapidjson::kArrayType);
  for (const UsedFact& used : words.facts) {
    Value fact = ProvenanceJson(used.provenance, allocator);
    Set(fact, "fact", used.fact, allocator);
    Set(fact, "value", used.value, allocator);
    facts.PushBack(fact, allocator);
  }
  Set(value, "facts", std::move(facts), allocator);
  Set(value, "open_questions", part.decisive_questions, allocator);
  if (const PluginRecord* plugin = snapshot_.PluginOf(component.id)) {
    Set(value, "plugin", plugin->id, allocator);
    SetTrust(value, *plugin, allocator);
  }
  return value;
}

Value Reporter::SizingJson(const Answer& answer, Allocator& allocator) const {
  Value value(rapidjson::kObjectType);
  const std::optional<Sizing> found = SizingOf(answer);
  if (!found) return value;
  const Sizing& sizing = *found;
  Set(value, "tokens_per_s_per_replica",
      static_cast<double>(sizing.tokens_per_1000s_per_replica) / 1000.0, allocator);
  Set(value, "replicas", sizing.replicas, allocator);
  Set(value, "accelerators_per_replica", sizing.accelerators_per_replica, allocator);
  Set(value, "precision", sizing.precision, allocator);
  Set(value, "basis", sizing.measured ? "measured" : "estimated", allocator);
  Set(value, "origin", SizingBasis(sizing, request_), allocator);
  const Provenance provenance = SizingProvenance(sizing);
  if (!provenance.source.empty()) {
    Set(value, "source", provenance.source, allocator);
    Set(value, "as_of", provenance.as_of, allocator);
  }
  return value;
}

Value Reporter::UsContentJson(const Answer& answer, Allocator& allocator) const {
  std::vector<ContentItem> items;
  for (const Line& line : Lines(answer)) {
    if (!line.part->hardware_value || line.units == 0) continue;
    ContentItem item;
    item.value_cents = {line.part->money.capex_cents.low * line.units,
                        line.part->money.capex_cents.high * line.units};
    item.share_basis_points = line.part->us_content_bp;
    items.push_back(item);
  }
  Value value(rapidjson::kObjectType);
  if (items.empty()) {
    Set(value, "presumption", "not applicable", allocator);
    Set(value, "explanation", "no hardware is exported: the machines are rented", allocator);
    return value;
  }
  const auto content = JudgeUsContent(items);
  if (!content) {
    Set(value, "presumption", "unknown", allocator);
    Set(value, "explanation", content.error().message, allocator);
    return value;
  }
  Set(value, "low", content->low_basis_points, allocator);
  Set(value, "high", content->high_basis_points, allocator);
  Set(value, "unit", "basis points", allocator);
  Set(value, "presumption", TruthName(content->presumption), allocator);
  Set(value, "explanation", content->verdict.explanation, allocator);
  if (!content->verdict.sources.empty()) {
    Set(value, "source", content->verdict.sources.front().address, allocator);
    Set(value, "as_of", content->verdict.sources.front().as_of, allocator);
  }
  return value;
}

Value Reporter::FiguresJson(const Answer& answer, Allocator& allocator) const {
  Value figures(rapidjson::kObjectType);
  const auto money = [&](const char* name, FigureRow low, FigureRow high) {
    Set(figures, name, IntervalJson(RowOf(answer, low), RowOf(answer, high), "US cent", allocator),
        allocator);
  };
  money("tco", kRowTcoLow, kRowTcoHigh);
  Set(figures["tco"], "years", request_.Milli("years") / 1000, allocator);
  money("capex", kRowCapexLow, kRowCapexHigh);
  money("opex_per_year", kRowOpexLow, kRowOpexHigh);
  Set(figures, "site_power",
      IntervalJson(SitePower(RowOf(answer, kRowPowerLow), request_),
                   SitePower(RowOf(answer, kRowPowerHigh), request_), "W", allocator),
      allocator);
  const auto count = [&](const char* name, FigureRow row, const char* unit) {
    Value value(rapidjson::kObjectType);
    Set(value, "value", RowOf(answer, row), allocator);
    Set(value, "unit", unit, allocator);
    Set(figures, name, std::move(value), allocator);
  };
  count("lead_time", kRowLeadTime, "d");
  count("licences", kRowLicences, "licences");
  count("vendors", kRowVendors, "vendors");
  count("open_questions", kRowQuestions, "questions");
  count("data_abroad", kRowAbroad, "parts");

  // How much of the total rests on published prices.
  Wide stated = 0, total = 0;
  const std::int64_t years = request_.Milli("years") / 1000;
  for (const Line& line : Lines(answer)) {
    const Wide cents =
        static_cast<Wide>(line.units) *
        (line.part->money.capex_cents.high + years * line.part->money.opex_cents_per_year.high);
    total += cents;
    if (line.part->money.basis == Basis::kStated) stated += cents;
  }
  Value share(rapidjson::kObjectType);
  Set(share, "value",
      total == 0 ? std::int64_t{10'000} : static_cast<std::int64_t>(stated * 10'000 / total),
      allocator);
  Set(share, "unit", "basis points", allocator);
  Set(figures, "priced_share", std::move(share), allocator);
  Set(figures, "us_content_layer_a", UsContentJson(answer, allocator), allocator);
  return figures;
}

Value Reporter::QuestionsJson(const Answer& answer, Allocator& allocator) const {
  Value list(rapidjson::kArrayType);
  std::set<std::string> seen;
  for (const bool decisive : {true, false}) {
    for (const Line& line : Lines(answer)) {
      for (const OpenQuestion& question : line.words->questions) {
        if (question.decisive != decisive) continue;
        if (!seen.insert(question.component + "\n" + question.text).second) continue;
        Value value(rapidjson::kObjectType);
        if (!question.component.empty()) Set(value, "component", question.component, allocator);
        Set(value, "fact", question.fact, allocator);
        Set(value, "needed_by", question.rule, allocator);
        Set(value, "text", question.text, allocator);
        Set(value, "decisive", question.decisive, allocator);
        list.PushBack(value, allocator);
      }
    }
  }
  return list;
}

Value Reporter::CandidateJson(const Answer& answer, int rank, Allocator& allocator) const {
  const auto& deployment = answer.choice.picks[kDeploymentSlot];
  const Site& site = compiled_.sites[static_cast<std::size_t>(deployment.front())];
  Value value(rapidjson::kObjectType);
  Set(value, "rank", rank, allocator);
  Set(value, "standing", RowOf(answer, kRowQuestions) == 0 ? "certain" : "possible", allocator);
  Set(value, "deployment", DeploymentModeName(site.mode), allocator);
  Set(value, "site", site.id, allocator);
  Set(value, "location", site.country, allocator);
  Value parts(rapidjson::kArrayType);
  for (const Line& line : Lines(answer)) {
    if (line.part->has_component) parts.PushBack(PartJson(line, answer, allocator), allocator);
  }
  Set(value, "parts", std::move(parts), allocator);
  Set(value, "figures", FiguresJson(answer, allocator), allocator);
  Set(value, "programme", ProgrammeJson(answer, allocator), allocator);
  Set(value, "open_questions", QuestionsJson(answer, allocator), allocator);
  return value;
}

Value Reporter::ExcludedJson(Allocator& allocator) const {
  const std::vector<LeftOut> left_out = FindLeftOut(catalog_, countries_, request_, compiled_);
  std::map<std::string_view, std::vector<const LeftOut*>> by_reason;
  for (const LeftOut& each : left_out) by_reason[each.reason].push_back(&each);
  Value groups(rapidjson::kArrayType);
  for (const auto& [reason, list] : by_reason) {
    const auto id = [&](std::size_t i) -> const std::string& {
      return catalog_.At(list[i]->component).id;
    };
    Value group(rapidjson::kObjectType);
    Set(group, "reason", reason, allocator);
    Set(group, "count", list.size(), allocator);
    Set(group, "example", id(0) + ": " + wording_.Of(*list.front()).text, allocator);
    Value components(rapidjson::kArrayType);
    for (std::size_t i = 0; i < std::min(list.size(), kMaxExcludedShown); ++i) {
      components.PushBack(json::String(id(i), allocator), allocator);
    }
    Set(group, "components", std::move(components), allocator);
    groups.PushBack(group, allocator);
  }
  Value value(rapidjson::kObjectType);
  Set(value, "count", left_out.size(), allocator);
  Set(value, "groups", std::move(groups), allocator);
  return value;
}

Value Reporter::ProofJson(const Solution& solution, Allocator& allocator) const {
  Value proof(rapidjson::kObjectType);
  const bool stopped = solution.status == ProofStatus::kStopped;
  Set(proof, "status",
      stopped                                    ? "stopped"
      : solution.status == ProofStatus::kOptimal ? "optimal"
                                                 : "infeasible",
      allocator);
  Set(proof, "nodes", solution.nodes, allocator);
  Value levels(rapidjson::kArrayType);
  for (const Level& level : compiled_.problem.levels) {
    levels.PushBack(json::String(level.name, allocator), allocator);
  }
  Set(proof, "levels", std::move(levels), allocator);
  if (!stopped) return proof;
  Value bound(rapidjson::kArrayType), gap(rapidjson::kArrayType);
  for (std::size_t l = 0; l < solution.bound.size(); ++l) {
    bound.PushBack(solution.bound[l], allocator);
    if (!solution.answers.empty()) {
      gap.PushBack(solution.answers.front().evaluation.level_values[l] - solution.bound[l],
                   allocator);
    }
  }
  Set(proof, "bound", std::move(bound), allocator);
  Set(proof, "gap_of_best", std::move(gap), allocator);
  Set(proof, "note", "stopped before the proof; not reproducible, and never cached", allocator);
  return proof;
}

Value Reporter::WorkloadJson(Allocator& allocator) const {
  const Workload& workload = compiled_.workload;
  Value value(rapidjson::kObjectType);
  Set(value, "users", workload.users, allocator);
  Set(value, "peak_output_tokens_per_s",
      static_cast<double>(workload.peak_output_tokens_per_1000s) / 1000.0, allocator);
  Set(value, "input_tokens_per_year", workload.input_tokens_per_year, allocator);
  Set(value, "output_tokens_per_year", workload.output_tokens_per_year, allocator);
  Set(value, "storage_bytes", workload.storage_bytes, allocator);
  Set(value, "languages", json::StringArray(workload.languages, allocator), allocator);
  Value eligible(rapidjson::kObjectType);
  for (std::size_t s = 0; s < kFixedSlots; ++s) {
    Set(eligible, compiled_.problem.slots[s].name, compiled_.problem.slots[s].candidates.size(),
        allocator);
  }
  Set(value, "candidates_per_demand", std::move(eligible), allocator);
  return value;
}

}  // namespace stackport::match
