// The programme's rules as the matcher applies them to one component.
#include <fmt/format.h>

#include "catalog/match/eligibility.h"
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

Exclusion ByRule(const Component& component, std::string reason, const RuleVerdict& verdict) {
  return {component.id, std::move(reason), verdict.explanation, {}, SourceOf(verdict)};
}

}  // namespace

Verdict Eligibility::JudgeMember(const Component& component) const {
  Verdict verdict;
  for (const RuleVerdict* destination : {&destination_, &market_}) {
    if (destination->holds == Truth::kFalse) {
      verdict.exclusion = ByRule(component, "blocked_destination", *destination);
      return verdict;
    }
  }
  const Vendor* vendor = snapshot_.FindVendor(component.vendor_id);
  const RuleVerdict member =
      stackport::JudgeMember(vendor == nullptr ? Vendor{} : *vendor, component.layer);
  if (member.holds == Truth::kFalse) {
    verdict.exclusion = ByRule(component, "member_rule", member);
    return verdict;
  }
  if (member.holds == Truth::kUnknown) {
    verdict.questions.push_back(
        {component.id, "headquarters", "member rule", member.explanation, true});
  }
  verdict.programme.push_back({"consortium member rule",
                               member.holds == Truth::kTrue ? "met" : "open", member.explanation,
                               SourceOf(member)});
  return verdict;
}

Verdict Eligibility::JudgeExport(const Component& component) const {
  Verdict verdict;
  // A server is controlled for what it holds; the accelerator's line carries the check.
  if (component.kind != "accelerator") return verdict;
  const ExportClassification classification = ClassifyAccelerator(FiguresOf(component));
  const Vendor* vendor = snapshot_.FindVendor(component.vendor_id);
  LicenceQuestion question;
  question.destination = request_.country;
  question.end_user = EndUserOf(request_.end_user);
  if (vendor != nullptr && !vendor->headquarters.empty()) {
    question.parties.push_back(
        {"vendor", vendor->headquarters, vendor->ultimate_parent_headquarters});
  }
  const LicenceAnswer licence = JudgeLicence(countries_, question, classification);
  const std::string rule =
      fmt::format("{} {}", classification.verdict.explanation, licence.verdict.explanation);
  const std::string check =
      fmt::format("export licence for {} ({}) to {}", component.name,
                  ExportClassName(classification.export_class), request_.country);
  switch (licence.need) {
    case LicenceNeed::kNotRequired:
      verdict.programme.push_back({check, "not required", rule, SourceOf(licence.verdict)});
      break;
    case LicenceNeed::kRequired:
      if (request_.licence == LicenceTolerance::kNone) {
        verdict.exclusion = ByRule(component, "export_licence", licence.verdict);
        verdict.exclusion->text =
            "it needs an export licence, and the request accepts none: " + verdict.exclusion->text;
        return verdict;
      }
      verdict.licence_needed = true;
      verdict.programme.push_back({check, "required", rule, SourceOf(licence.verdict)});
      break;
    case LicenceNeed::kUnknown:
      verdict.licence_needed = true;  // planned for: unknown never counts as favourable
      verdict.questions.push_back(
          {component.id, "tpp", "export classification",
           "Whether an export licence is needed is not settled: " + licence.verdict.explanation,
           request_.licence == LicenceTolerance::kNone});
      verdict.programme.push_back({check, "open", rule, SourceOf(licence.verdict)});
      break;
  }
  return verdict;
}

}  // namespace stackport::match
