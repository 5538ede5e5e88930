#include "catalog/verify/claim.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "catalog/base/text.h"
#include "catalog/model/registry.h"

namespace stackport::verify {

namespace {

using json::PointerPush;
using json::Value;

// Raised inside this file only, and caught in ReadClaim.
struct Misread {
  Error error;
};

[[noreturn]] void Fail(const std::string& pointer, const std::string& what) {
  throw Misread{InvalidArgument(what + "; is this an answer of `stackport match --json`?",
                                Printable(pointer, 4 * kMaxQuotedText))};
}

// A value with its place, so that every complaint names it.
class Node {
 public:
  Node(const Value* value, std::string pointer) : value_(value), pointer_(std::move(pointer)) {}

  Node operator[](const char* name) const {
    if (!value_->IsObject()) Fail(pointer_, "this is not an object");
    const Value* member = json::Find(*value_, name);
    if (member == nullptr) Fail(pointer_, fmt::format("the member '{}' is missing", name));
    return {member, PointerPush(pointer_, name)};
  }
  std::optional<Node> Maybe(const char* name) const {
    if (!value_->IsObject()) Fail(pointer_, "this is not an object");
    const Value* member = json::Find(*value_, name);
    if (member == nullptr) return std::nullopt;
    return Node(member, PointerPush(pointer_, name));
  }
  std::vector<Node> Items(std::size_t most) const {
    if (!value_->IsArray()) Fail(pointer_, "this is not a list");
    if (value_->Size() > most) {
      Fail(pointer_,
           fmt::format("the list has {} entries, and at most {} are read", value_->Size(), most));
    }
    std::vector<Node> items;
    for (rapidjson::SizeType i = 0; i < value_->Size(); ++i) {
      items.emplace_back(&(*value_)[i], PointerPush(pointer_, i));
    }
    return items;
  }
  std::vector<std::pair<std::string, Node>> Members() const {
    if (!value_->IsObject()) Fail(pointer_, "this is not an object");
    std::vector<std::pair<std::string, Node>> members;
    for (const auto& member : value_->GetObject()) {
      const std::string name(member.name.GetString(), member.name.GetStringLength());
      members.emplace_back(name, Node(&member.value, PointerPush(pointer_, name)));
    }
    return members;
  }
  std::string Text() const {
    if (!value_->IsString()) Fail(pointer_, "this is not a text");
    return {value_->GetString(), value_->GetStringLength()};
  }
  std::int64_t Whole() const {
    // Products of two of these stay far inside 128 bits.
    constexpr std::int64_t kMost = 1'000'000'000'000'000'000;
    if (!value_->IsInt64() || value_->GetInt64() > kMost || value_->GetInt64() < -kMost) {
      Fail(pointer_, "this is not a whole number within 10^18");
    }
    return value_->GetInt64();
  }
  double Number() const {
    if (!value_->IsNumber() || std::abs(value_->GetDouble()) > 1e15) {
      Fail(pointer_, "this is not a number within 10^15");
    }
    return value_->GetDouble();
  }
  bool Flag() const {
    if (!value_->IsBool()) Fail(pointer_, "this is not true or false");
    return value_->GetBool();
  }
  std::vector<std::string> Texts() const {
    std::vector<std::string> texts;
    for (const Node& item : Items(100'000)) texts.push_back(item.Text());
    return texts;
  }
  Interval Range() const {
    if (const auto value = Maybe("value")) return {value->Whole(), value->Whole()};
    return {(*this)["low"].Whole(), (*this)["high"].Whole()};
  }
  bool IsWhole() const { return value_->IsInt64(); }
  const std::string& pointer() const { return pointer_; }

 private:
  const Value* value_;
  std::string pointer_;
};

std::string TextOr(const Node& node, const char* name) {
  const auto found = node.Maybe(name);
  return found ? found->Text() : std::string();
}

std::int64_t LimitOf(const std::string& name, const Node& node) {
  constexpr std::int64_t kMicroPerCent = 10'000;
  if (name == "vendors") return node.Whole();
  const bool money = name == "capex" || name == "opex" || name == "tco";
  const char* dimension = money ? "money" : name == "site_power" ? "power" : "duration";
  const auto amount = Registry::Builtin().ParseQuantity(dimension, node.Text());
  if (!amount) Fail(node.pointer(), amount.error().message);
  return money ? *amount / kMicroPerCent : *amount;
}

// Members that could change an answer in a way that is not recomputed here.
std::vector<std::string> MembersBeyond(const Node& request) {
  const std::set<std::string> known = {"schema",
                                       "country",
                                       "use_cases",
                                       "deployment",
                                       "data_residency",
                                       "purpose",
                                       "open_weights",
                                       "air_gap",
                                       "certifications",
                                       "us_content",
                                       "limits",
                                       "pin",
                                       "security_controls",
                                       "ban",
                                       "site",
                                       "end_user",
                                       "unknown_facts",
                                       "missing_prices",
                                       "objective",
                                       "pareto",
                                       "top",
                                       "min_difference",
                                       "best_per",
                                       "deadline_ms",
                                       "assumptions",
                                       "model"};
  std::vector<std::string> beyond;
  for (const auto& [name, value] : request.Members()) {
    if (!known.contains(name)) beyond.push_back(name);
  }
  return beyond;
}

Asked ReadAsked(const Node& node) {
  Asked asked;
  asked.country = node["country"].Text();
  for (const Node& entry : node["use_cases"].Items(100)) {
    UseCaseAsked use_case{entry["task"].Text(), entry["languages"].Texts(), 0, {}};
    if (const auto users = entry.Maybe("users")) use_case.users = users->Whole();
    if (const auto peak = entry.Maybe("peak_tokens_per_s")) {
      use_case.peak_tokens_per_s = peak->Whole();
    }
    asked.use_cases.push_back(std::move(use_case));
  }
  asked.deployment = node["deployment"].Texts();
  asked.residency = node["data_residency"].Text();
  asked.research = TextOr(node, "purpose") == "research";
  asked.open_weights = node["open_weights"].Flag();
  asked.air_gap = node["air_gap"].Flag();
  asked.certifications = node["certifications"].Texts();
  asked.controls = node["security_controls"].Texts();
  asked.us_content_required = node["us_content"].Text() == "require";
  for (const auto& [name, limit] : node["limits"].Members()) {
    if (name == "export_licence") {
      asked.no_licence = limit.Text() == "none";
    } else {
      asked.limits[name] = LimitOf(name, limit);
    }
  }
  asked.pinned_components = node["pin"]["components"].Texts();
  asked.pinned_vendors = node["pin"]["vendors"].Texts();
  asked.banned_components = node["ban"]["components"].Texts();
  asked.banned_vendors = node["ban"]["vendors"].Texts();
  asked.cooling = node["site"]["cooling"].Texts();
  asked.platforms = node["site"]["platforms"].Texts();
  asked.end_user = node["end_user"].Text();
  asked.reject_unknown = node["unknown_facts"].Text() == "reject";
  asked.reject_missing_prices = node["missing_prices"].Text() == "reject";
  for (const Node& level : node["objective"].Items(100)) {
    auto& terms = asked.objective.emplace_back();
    for (const auto& [figure, weight] : level.Members()) terms.emplace_back(figure, weight.Whole());
  }
  asked.top = node["top"].Whole();
  asked.min_difference = node["min_difference"].Whole();
  for (const auto& [name, value] : node["assumptions"].Members()) {
    asked.assumptions[name] = std::llround(value.Number() * 1000);
  }
  if (const auto model = node.Maybe("model")) {
    if (const auto least = model->Maybe("min_parameters")) {
      const auto parameters = Registry::Builtin().ParseQuantity("parameter_count", least->Text());
      if (!parameters) Fail(least->pointer(), parameters.error().message);
      asked.least_parameters = *parameters;
    }
    if (const auto least = model->Maybe("min_context_tokens")) {
      asked.least_context_tokens = least->Whole();
    }
  }
  asked.not_understood = MembersBeyond(node);
  for (const char* positive : {"pue", "years", "batch", "output_tokens_per_request",
                               "model_load_seconds", "roofline_efficiency", "memory_overhead"}) {
    if (asked.Milli(positive) <= 0) {
      Fail(node["assumptions"].pointer(),
           fmt::format("the assumption '{}' is not above 0", positive));
    }
  }
  return asked;
}

ClaimedPart ReadPart(const Node& node) {
  ClaimedPart part;
  part.demands = node["demands"].Texts();
  part.component = node["component"].Text();
  part.name = node["name"].Text();
  part.vendor = node["vendor"].Text();
  part.kind = node["kind"].Text();
  part.layer = node["layer"].Text();
  part.role = TextOr(node, "role");
  part.location = TextOr(node, "location");
  if (const auto regions = node.Maybe("regions")) part.regions = regions->Texts();
  part.quantity = node["quantity"].Whole();
  part.capex_cents = node["cost"]["capex"].Range();
  part.opex_cents_per_year = node["cost"]["opex_per_year"].Range();
  part.cost_basis = node["cost"]["basis"].Text();
  if (const auto power = node.Maybe("power")) part.power_w = power->Range();
  if (const auto lead = node.Maybe("lead_time")) part.lead_days = (*lead)["days"].Whole();
  part.open_questions = node["open_questions"].Whole();
  if (const auto given = node.Maybe("throughput")) {
    ClaimedThroughput throughput;
    throughput.tokens_per_1000s_per_replica =
        std::llround((*given)["tokens_per_s_per_replica"].Number() * 1000);
    throughput.replicas = (*given)["replicas"].Whole();
    throughput.accelerators_per_replica = (*given)["accelerators_per_replica"].Whole();
    throughput.precision = (*given)["precision"].Text();
    throughput.basis = (*given)["basis"].Text();
    part.throughput = throughput;
  }
  return part;
}

ClaimedCandidate ReadCandidate(const Node& node) {
  ClaimedCandidate candidate;
  candidate.rank = node["rank"].Whole();
  candidate.standing = node["standing"].Text();
  candidate.deployment = node["deployment"].Text();
  candidate.site = node["site"].Text();
  candidate.location = node["location"].Text();
  for (const Node& part : node["parts"].Items(kMaxClaimedParts)) {
    candidate.parts.push_back(ReadPart(part));
  }
  for (const auto& [name, figure] : node["figures"].Members()) {
    if (name == "us_content_layer_a") {
      candidate.us_presumption = figure["presumption"].Text();
      if (!figure.Maybe("low")) continue;
    }
    candidate.figures[name] = figure.Range();
  }
  for (const Node& question : node["open_questions"].Items(kMaxClaimedQuestions)) {
    if (question["decisive"].Flag()) candidate.deciding.push_back(TextOr(question, "component"));
  }
  return candidate;
}

Claim ReadAll(const Value& document) {
  const Node root(&document, "");
  Claim claim;
  const std::string schema = root["schema"].Text();
  if (schema != "stackport.result/1") {
    Fail("/schema",
         "this program reads results of form stackport.result/1, and this is " + Quoted(schema));
  }
  claim.id = root["id"].Text();
  claim.snapshot = root["snapshot"].Text();
  claim.engine = root["engine"].Text();
  claim.country = root["country"].Text();
  claim.country_name = root["country_name"].Text();
  claim.proof = root["proof"]["status"].Text();
  claim.levels = root["proof"]["levels"].Texts();
  if (const auto bound = root["proof"].Maybe("bound")) {
    for (const Node& level : bound->Items(claim.levels.size())) {
      claim.bound.push_back(level.Whole());
    }
  }
  claim.reproducible = root["reproducible"].Flag();
  claim.asked = ReadAsked(root["effective_request"]);
  for (const Node& node : root["candidates"].Items(kMaxClaimedCandidates)) {
    claim.candidates.push_back(ReadCandidate(node));
  }
  if (const auto list = root.Maybe("best_per")) {
    for (const Node& node : list->Items(kMaxClaimedCandidates)) {
      if (const auto candidate = node.Maybe("candidate")) {
        claim.best_per.emplace_back(node["class"].Text(), ReadCandidate(*candidate));
      }
    }
  }
  if (const auto front = root.Maybe("pareto")) {
    claim.front_figures = (*front)["figures"].Texts();
    for (const Node& point : (*front)["points"].Items(kMaxClaimedCandidates)) {
      std::vector<std::int64_t> values;
      for (const Node& value : point["values"].Items(10)) values.push_back(value.Whole());
      if (values.size() != claim.front_figures.size()) {
        Fail(point.pointer(), "a point of the front does not have a value for each figure");
      }
      claim.front.emplace_back(std::move(values), ReadCandidate(point["candidate"]));
    }
  }
  for (const auto& [name, value] : root["workload"].Members()) {
    if (name == "peak_output_tokens_per_s") claim.peak_tokens_per_s = value.Number();
    if (value.IsWhole()) claim.workload[name] = value.Whole();
  }
  claim.excluded = root["excluded"]["count"].Whole();
  for (const Node& group : root["excluded"]["groups"].Items(1'000)) {
    claim.exclusions[group["reason"].Text()] = group["components"].Texts();
  }
  return claim;
}

}  // namespace

std::int64_t Asked::Milli(const std::string& name) const {
  const auto found = assumptions.find(name);
  return found == assumptions.end() ? 0 : found->second;
}

std::optional<std::int64_t> Asked::Limit(const std::string& name) const {
  const auto found = limits.find(name);
  return found == limits.end() ? std::nullopt : std::optional(found->second);
}

bool Asked::LimitsMoney() const {
  return limits.contains("capex") || limits.contains("opex") || limits.contains("tco");
}

Result<Claim> ReadClaim(const json::Value& document) {
  try {
    return ReadAll(document);
  } catch (Misread& misread) {
    return std::move(misread.error);
  }
}

}  // namespace stackport::verify
