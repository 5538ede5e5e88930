#include "catalog/programme/members.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace stackport {
namespace {

using testing::HasSubstr;

Vendor At(std::string headquarters, std::string parent = "") {
  Vendor vendor;
  vendor.id = "acme";
  vendor.name = "Acme";
  vendor.headquarters = std::move(headquarters);
  vendor.ultimate_parent_headquarters = std::move(parent);
  return vendor;
}

TEST(MembersTest, ChinaHongKongAndMacauAreBarredInEveryLayer) {
  for (const char* code : {"CN", "HK", "MO"}) {
    for (const char layer : {'A', 'C', 'E'}) {
      const RuleVerdict verdict = JudgeMember(At(code), layer);
      EXPECT_EQ(verdict.holds, Truth::kFalse) << code << layer;
      EXPECT_EQ(verdict.confidence, Confidence::kSecondary);
    }
  }
  EXPECT_EQ(JudgeMember(At("TW"), 'A').holds, Truth::kTrue);
}

TEST(MembersTest, OwnershipCountsLikeTheSeat) {
  const RuleVerdict verdict = JudgeMember(At("SG", "CN"), 'C');
  EXPECT_EQ(verdict.holds, Truth::kFalse);
  EXPECT_THAT(verdict.explanation, HasSubstr("ultimate parent in CN"));
  EXPECT_EQ(JudgeMember(At("CN", "US"), 'C').holds, Truth::kFalse);
  EXPECT_EQ(JudgeMember(At("FR", "US"), 'C').holds, Truth::kTrue);
}

TEST(MembersTest, RussiaIsBarredWhereReportedAndOpenInLayerA) {
  const RuleVerdict model = JudgeMember(At("RU"), 'C');
  EXPECT_EQ(model.holds, Truth::kFalse);
  EXPECT_EQ(model.confidence, Confidence::kUnconfirmed);
  const RuleVerdict chip = JudgeMember(At("RU"), 'A');
  EXPECT_EQ(chip.holds, Truth::kUnknown);
  EXPECT_EQ(chip.open_questions.size(), 1u);
}

TEST(MembersTest, AnUnknownSeatIsAnOpenQuestion) {
  const RuleVerdict verdict = JudgeMember(At(""), 'C');
  EXPECT_EQ(verdict.holds, Truth::kUnknown);
  EXPECT_EQ(verdict.open_questions.size(), 1u);
}

TEST(MembersTest, ACommunityProjectIsNoMember) {
  Vendor project = At("");
  project.community_project = true;
  const RuleVerdict verdict = JudgeMember(project, 'C');
  EXPECT_EQ(verdict.holds, Truth::kTrue);
  EXPECT_THAT(verdict.explanation, HasSubstr("not a member"));
  project.headquarters = "CN";
  EXPECT_EQ(JudgeMember(project, 'C').holds, Truth::kFalse) << "a seat in China still counts";
}

}  // namespace
}  // namespace stackport
