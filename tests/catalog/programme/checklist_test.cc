#include "catalog/programme/checklist.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace stackport {
namespace {

TEST(ChecklistTest, CoversEveryClauseOfSection3b) {
  std::set<std::string> citations;
  std::set<std::string> ids;
  for (const Clause& clause : ProposalChecklist()) {
    citations.insert(clause.citation);
    EXPECT_TRUE(ids.insert(clause.id).second) << clause.id << " appears twice";
    EXPECT_FALSE(clause.text.empty()) << clause.id;
    EXPECT_TRUE(clause.source.address.starts_with("https://www.whitehouse.gov/")) << clause.id;
  }
  const std::set<std::string> expected = {"sec. 3(b)(i)(A)", "sec. 3(b)(i)(B)", "sec. 3(b)(i)(C)",
                                          "sec. 3(b)(i)(D)", "sec. 3(b)(i)(E)", "sec. 3(b)(ii)",
                                          "sec. 3(b)(iii)",  "sec. 3(b)(iv)",   "sec. 3(b)(v)"};
  EXPECT_EQ(citations, expected);
}

TEST(ChecklistTest, AClauseAnsweredByComponentsNamesTheirKind) {
  for (const Clause& clause : ProposalChecklist()) {
    if (clause.answered_by != ClauseAnswer::kPackage) {
      EXPECT_TRUE(clause.sub_items.empty()) << clause.id;
    } else if (clause.id != "3b.i.A.manufacture") {
      EXPECT_FALSE(clause.sub_items.empty()) << clause.id;
    }
  }
}

}  // namespace
}  // namespace stackport
