#include "catalog/base/result.h"

#include <gtest/gtest.h>

#include <set>

namespace stackport {
namespace {

TEST(Result, CarriesAValueOrTheErrorThatPreventedIt) {
  const Result<int> good = 7;
  ASSERT_TRUE(good.ok());
  EXPECT_EQ(*good, 7);

  const Result<int> bad = NotFound("no such plugin; run 'stackport plugin list'", "acme");
  ASSERT_FALSE(bad.ok());
  EXPECT_EQ(bad.error().code, ErrorCode::kNotFound);
  EXPECT_EQ(bad.error().ToString(), "acme: no such plugin; run 'stackport plugin list'");
}

TEST(Result, StatusIsGoodUntilItHoldsAnError) {
  EXPECT_TRUE(Status().ok());
  EXPECT_FALSE(Status(Internal("broken")).ok());
  EXPECT_EQ(Status(Internal("broken")).error().ToString(), "broken");
}

TEST(Result, EveryErrorCodeHasItsOwnName) {
  std::set<std::string_view> names;
  for (const ErrorCode code :
       {ErrorCode::kInvalidArgument, ErrorCode::kNotFound, ErrorCode::kConflict,
        ErrorCode::kResourceLimit, ErrorCode::kDataCorrupt, ErrorCode::kUnavailable,
        ErrorCode::kInternal}) {
    EXPECT_TRUE(names.insert(ErrorCodeName(code)).second) << ErrorCodeName(code);
  }
}

}  // namespace
}  // namespace stackport
