// The programme's rules as the matcher applies them to one component.
#include <fmt/format.h>

#include "catalog/match/eligibility.h"
#include "catalog/match/verdict_parts.h"
#include "catalog/programme/destination.h"
#include "catalog/programme/export_classification.h"
#include "catalog/programme/licence.h"
#include "catalog/programme/members.h"

namespace stackport::match {

namespace {

Provenance SourceOf(const RuleVerdict& verdict) {
  if (verdict.sources.empty()) return {};
  return {verdict.sources.front().address, verdict.sources.front().as_of,
          "confidence " + std::string(ConfidenceMark(verdict.confidence))};
}

EndUser EndUserOf(const std::string& name) {
  if (name == "government") return EndUser::kGovernment;
  if (name == "approved") return EndUser::kApprovedEntity;
  if (name == "us_ai_company") return EndUser::kUsAiCompany;
  if (name == "other") return EndUser::kOther;
  return EndUser::kUnknown;
}

Exclusion ByRule(const ComponentTraits& traits, std::string_view reason,
                 const RuleVerdict& verdict) {
  return {traits.component->id, std::string(reason), verdict.explanation, {}, SourceOf(verdict)};
}

}  // namespace

void Eligibility::JudgeMember(const Traits& traits, Verdict& verdict) const {
  for (const RuleVerdict* destination : {&destination_, &market_}) {
    if (destination->holds != Truth::kFalse) continue;
    verdict.Exclude("blocked_destination",
                    [&] { return ByRule(traits, "blocked_destination", *destination); });
    return;
  }
  const auto rule = [&] {
    return stackport::JudgeMember(traits.vendor == nullptr ? Vendor{} : *traits.vendor,
                                  traits.component->layer);
  };
  if (traits.member == Truth::kFalse) {
    verdict.Exclude("member_rule", [&] { return ByRule(traits, "member_rule", rule()); });
    return;
  }
  if (traits.member == Truth::kUnknown) {
    verdict.Ask(Asked::kHeadquarters, [&] {
      return Question(traits, Asked::kHeadquarters, "member rule", rule().explanation);
    });
  }
  verdict.Tell([&](VerdictWords& words) {
    const RuleVerdict member = rule();
    words.programme.push_back({"consortium member rule",
                               member.holds == Truth::kTrue ? "met" : "open", member.explanation,
                               SourceOf(member)});
  });
}

LicenceAnswer Eligibility::LicenceOf(const Traits& traits) const {
  LicenceQuestion question;
  question.destination = request_.country;
  question.end_user = EndUserOf(request_.end_user);
  if (traits.vendor != nullptr && !traits.vendor->headquarters.empty()) {
    question.parties.push_back(
        {"vendor", traits.vendor->headquarters, traits.vendor->ultimate_parent_headquarters});
  }
  return JudgeLicence(countries_, question, catalog_.ExportClassOf(*traits.component));
}

// Vendors share a few headquarters, and chips a few classes: each pair is judged once.
LicenceNeed Eligibility::LicenceNeedOf(const Traits& traits) const {
  const ExportClassification& classification = catalog_.ExportClassOf(*traits.component);
  const Vendor* vendor = traits.vendor;
  const LicenceKey key{
      vendor == nullptr ? std::string_view() : vendor->headquarters,
      vendor == nullptr ? std::string_view() : vendor->ultimate_parent_headquarters,
      classification.export_class, classification.controlled};
  for (const auto& [known, need] : licence_needs_) {
    if (known == key) return need;
  }
  licence_needs_.emplace_back(key, LicenceOf(traits).need);
  return licence_needs_.back().second;
}

void Eligibility::JudgeExport(const Traits& traits, Verdict& verdict) const {
  // A server is controlled for what it holds; the accelerator's line carries the check.
  if (traits.kind != KindOf::kAccelerator) return;
  const LicenceNeed need = LicenceNeedOf(traits);
  const bool accepted = request_.licence != LicenceTolerance::kNone;
  if (need == LicenceNeed::kRequired && !accepted) {
    verdict.Exclude("export_licence", [&] {
      Exclusion exclusion = ByRule(traits, "export_licence", LicenceOf(traits).verdict);
      exclusion.text =
          "it needs an export licence, and the request accepts none: " + exclusion.text;
      return exclusion;
    });
    return;
  }
  // Planned for where it is not settled: unknown never counts as favourable.
  verdict.licence_needed = need != LicenceNeed::kNotRequired;
  if (need == LicenceNeed::kUnknown) {
    verdict.Ask(
        Asked::kExport,
        [&] {
          return Question(traits, Asked::kExport, "export classification",
                          "Whether an export licence is needed is not settled: " +
                              LicenceOf(traits).verdict.explanation,
                          !accepted);
        },
        !accepted);
  }
  verdict.Tell([&](VerdictWords& words) {
    const ExportClassification& classification = catalog_.ExportClassOf(*traits.component);
    const LicenceAnswer licence = LicenceOf(traits);
    words.programme.push_back(
        {fmt::format("export licence for {} ({}) to {}", traits.component->name,
                     ExportClassName(classification.export_class), request_.country),
         need == LicenceNeed::kNotRequired ? "not required"
         : need == LicenceNeed::kRequired  ? "required"
                                           : "open",
         fmt::format("{} {}", classification.verdict.explanation, licence.verdict.explanation),
         SourceOf(licence.verdict)});
  });
}

}  // namespace stackport::match
