#include "host/cli/answer_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

#include "catalog/base/json.h"
#include "tests/support/fake_clock.h"

namespace stackport::cli {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

std::string NoPackageText(const std::string& text) {
  std::istringstream in;
  std::ostringstream out;
  FakeClock clock;
  Environment environment{.in = in,
                          .out = out,
                          .err = out,
                          .clock = clock,
                          .variable = [](const std::string&) { return std::nullopt; },
                          .executable_folder = {}};
  const GlobalOptions options;
  Session session(environment, options);
  const auto no_package = json::Parse(text, "no_package");
  EXPECT_TRUE(no_package.ok());
  PrintNoPackage(session, *no_package);
  return out.str();
}

TEST(PrintNoPackage, ASearchThatWasStoppedIsNoProof) {
  EXPECT_THAT(NoPackageText("null"), AllOf(HasSubstr("Not settled."), HasSubstr("--deadline"),
                                           Not(HasSubstr("No package fits"))));
}

TEST(PrintNoPackage, AConflictIsToldWithWhatWouldHelp) {
  EXPECT_THAT(NoPackageText(R"({"conflicts":[{"demands":["an air gap","delivery within 9 days"]}],
                                "changes":[{"text":"allow 90 days for delivery"}]})"),
              AllOf(HasSubstr("an air gap with delivery within 9 days (together)"),
                    HasSubstr("allow 90 days for delivery")));
}

}  // namespace
}  // namespace stackport::cli
