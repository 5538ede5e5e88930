#include "catalog/programme/checklist.h"

#include "catalog/programme/sources.h"

namespace stackport {

std::string_view ClauseAnswerName(ClauseAnswer answer) {
  switch (answer) {
    case ClauseAnswer::kPackage:
      return "package";
    case ClauseAnswer::kRequest:
      return "request";
    case ClauseAnswer::kProposal:
      return "proposal";
  }
  return "proposal";
}

const std::vector<Clause>& ProposalChecklist() {
  static const std::vector<Clause> clauses = [] {
    const RuleSource order = sources::ExecutiveOrder();
    return std::vector<Clause>{
        {"3b.i.A.hardware",
         "sec. 3(b)(i)(A)",
         "Computer hardware made for AI: chips, servers, accelerators.",
         {"hardware"},
         ClauseAnswer::kPackage,
         order},
        {"3b.i.A.storage",
         "sec. 3(b)(i)(A)",
         "Data center storage.",
         {"storage"},
         ClauseAnswer::kPackage,
         order},
        {"3b.i.A.cloud",
         "sec. 3(b)(i)(A)",
         "Cloud services.",
         {"cloud_services"},
         ClauseAnswer::kPackage,
         order},
        {"3b.i.A.networking",
         "sec. 3(b)(i)(A)",
         "Networking.",
         {"networking"},
         ClauseAnswer::kPackage,
         order},
        {"3b.i.A.manufacture",
         "sec. 3(b)(i)(A)",
         "Whether, and to what extent, those items are made in the United States.",
         {},
         ClauseAnswer::kPackage,
         order},
        {"3b.i.B.pipeline",
         "sec. 3(b)(i)(B)",
         "Data pipelines.",
         {"data_pipeline"},
         ClauseAnswer::kPackage,
         order},
        {"3b.i.B.labeling",
         "sec. 3(b)(i)(B)",
         "Systems for labeling data.",
         {"data_labeling"},
         ClauseAnswer::kPackage,
         order},
        {"3b.i.C.models",
         "sec. 3(b)(i)(C)",
         "AI models and systems.",
         {"model"},
         ClauseAnswer::kPackage,
         order},
        {"3b.i.D.security",
         "sec. 3(b)(i)(D)",
         "Measures for the security and cybersecurity of the models and systems.",
         {"model_security", "cybersecurity", "confidential_computing"},
         ClauseAnswer::kPackage,
         order},
        {"3b.i.E.applications",
         "sec. 3(b)(i)(E)",
         "AI applications for named use cases.",
         {"application"},
         ClauseAnswer::kPackage,
         order},
        {"3b.ii.targets",
         "sec. 3(b)(ii)",
         "The countries or regional blocs it is meant for.",
         {},
         ClauseAnswer::kRequest,
         order},
        {"3b.iii.model",
         "sec. 3(b)(iii)",
         "How it is done as a business: who builds, who owns and who operates the data centers and "
         "what belongs to them.",
         {},
         ClauseAnswer::kProposal,
         order},
        {"3b.iv.support",
         "sec. 3(b)(iv)",
         "Which federal incentives and means of support are asked for.",
         {},
         ClauseAnswer::kProposal,
         order},
        {"3b.v.compliance",
         "sec. 3(b)(v)",
         "How export controls, rules on outbound investment and end-user policies are kept, with "
         "the licences each item needs.",
         {},
         ClauseAnswer::kProposal,
         order},
    };
  }();
  return clauses;
}

}  // namespace stackport
