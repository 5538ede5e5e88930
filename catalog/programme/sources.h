// Addresses that the programme's rules cite. Each rule names the constant it rests on.
#ifndef STACKPORT_CATALOG_PROGRAMME_SOURCES_H_
#define STACKPORT_CATALOG_PROGRAMME_SOURCES_H_

#include "catalog/programme/verdict.h"

namespace stackport::sources {

// Executive Order 14320.
inline RuleSource ExecutiveOrder() {
  return {
      "https://www.whitehouse.gov/presidential-actions/2025/07/"
      "promoting-the-export-of-the-american-ai-technology-stack/",
      "2025-07-23"};
}
// The Call for Proposals for Pre-Set Consortia (FR Doc 2026-06952), as a law firm describes it.
inline RuleSource CallForProposals() {
  return {"https://www.pillsburylaw.com/en/news-and-insights/doc-american-ai-exports-program.html",
          "2026-06-18"};
}
// The same, as a policy institute describes it, with Russia among the countries of concern for
// layers B to E.
inline RuleSource CallForProposalsInEurope() {
  return {"https://gppi.net/2026/08/20/what-the-american-ai-exports-program-means-for-europe",
          "2026-08-20"};
}
// ECCN 3A090 and 4A090 in Supplement No. 1 to Part 774, and the country groups.
inline RuleSource ExportRegulations() {
  return {"https://www.ecfr.gov/api/versioner/v1/full/2026-07-23/title-15.xml", "2026-07-23"};
}
// Enhanced Favorable Treatment for the United Arab Emirates, 91 FR 43034.
inline RuleSource EmiratesRule() {
  return {"https://www.federalregister.gov/api/v1/documents/2026-14132.json", "2026-07-14"};
}
// Enforcement guidance of 31 May 2026 on headquarters.
inline RuleSource HeadquartersGuidance() {
  return {"https://www.bis.gov/media/documents/bis-guidance-may-31-2026.pdf", "2026-05-31"};
}
// Rescission of the AI Diffusion rule, which the printed text of 3A090 still shows.
inline RuleSource DiffusionRescission() {
  return {
      "https://www.bis.gov/press-release/department-commerce-announces-rescission-biden-era-"
      "artificial-intelligence-diffusion-rule-strengthens",
      "2025-05-13"};
}
// The review of licence applications for China and Macau.
inline RuleSource ChinaReviewRule() {
  return {"https://www.govinfo.gov/content/pkg/FR-2026-01-15/html/2026-00789.htm", "2026-01-15"};
}
// How long licences took.
inline RuleSource LicenceDurations() {
  return {"https://www.lenzo.ai/blog/export-license-processing-times-in-2026", "2026-02-07"};
}
// Sanctions programmes of the Treasury, as listed by a third party.
inline RuleSource SanctionsProgrammes() {
  return {"https://aalep.eu/us-sanctions", "undated"};
}

}  // namespace stackport::sources

#endif  // STACKPORT_CATALOG_PROGRAMME_SOURCES_H_
