#include "catalog/store/change_plan.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/catalog/store/sample_plugins.h"

namespace stackport {
namespace {

using testing::HasSubstr;

Error PlanError(const CatalogChange& change) {
  const SnapshotPtr empty = MakeSnapshot({}, {}, "");
  const Result<ChangePlan> plan = PlanChange(change, *empty, {});
  return plan.ok() ? Error{ErrorCode::kInternal, "accepted", ""} : plan.error();
}

TEST(ChangePlanTest, RefusesAPluginNamedTwice) {
  EXPECT_EQ(PlanError({{Servers("1"), Servers("2")}, {}, ""}).code, ErrorCode::kInvalidArgument);
  EXPECT_EQ(PlanError({{Servers("1")}, {"acme-servers"}, ""}).code, ErrorCode::kInvalidArgument);
  EXPECT_EQ(PlanError({{}, {"a", "a"}, ""}).code, ErrorCode::kInvalidArgument);
  EXPECT_EQ(PlanError(Put(SamplePlugin("", "1", {}))).code, ErrorCode::kInvalidArgument);
}

TEST(ChangePlanTest, RefusesAComponentNamedTwice) {
  const Component server = SampleComponent("acme/server");
  EXPECT_EQ(PlanError(Put(SamplePlugin("p", "1", {server, server}))).code,
            ErrorCode::kInvalidArgument);
  const Error shared =
      PlanError({{SamplePlugin("p", "1", {server}), SamplePlugin("q", "1", {server})}, {}, ""});
  EXPECT_EQ(shared.code, ErrorCode::kConflict);
  EXPECT_THAT(shared.message, HasSubstr("'p'"));
  EXPECT_THAT(shared.message, HasSubstr("'q'"));
}

TEST(ChangePlanTest, AVersionMayDropAndAddComponents) {
  const SnapshotPtr before = BuildSnapshot(
      Put(SamplePlugin("p", "1", {SampleComponent("acme/old")})), *MakeSnapshot({}, {}, ""), "t");
  const CatalogChange change = Put(SamplePlugin("p", "2", {SampleComponent("acme/new")}));
  ASSERT_TRUE(PlanChange(change, *before, {{"p", "hash"}}).ok());
  const SnapshotPtr after = BuildSnapshot(change, *before, "t");
  EXPECT_EQ(after->Find("acme/old"), nullptr);
  EXPECT_NE(after->Find("acme/new"), nullptr);
}

}  // namespace
}  // namespace stackport
