#include "catalog/base/findings.h"

#include <gtest/gtest.h>

namespace stackport {
namespace {

const Finding kUnit = {Severity::kError,          "unit_dimension",
                       "/facts/memory/unit",      "'Gb/s' is a unit of link_rate",
                       "a unit of data_size: GB", "write the value in one of these units"};

TEST(Findings, AWarningAloneIsNoError) {
  Finding warning = kUnit;
  warning.severity = Severity::kWarning;
  EXPECT_FALSE(HasErrors({}));
  EXPECT_FALSE(HasErrors({warning}));
  EXPECT_TRUE(HasErrors({warning, kUnit}));
}

TEST(Findings, TheLineSaysWhereWhatAndHowToMend) {
  EXPECT_EQ(ToText(kUnit),
            "error at /facts/memory/unit: 'Gb/s' is a unit of link_rate. Expected: a unit of "
            "data_size: GB. Mend: write the value in one of these units.");
}

TEST(Findings, AFaultOfTheWholeDocumentHasAPlaceToo) {
  EXPECT_EQ(ToText({Severity::kWarning, "limit", "", "too large?", "", ""}),
            "warning at the document: too large?");
}

TEST(Findings, ProgramsReadTheSameParts) {
  json::Document document;
  const json::Value object = ToJson(kUnit, document.GetAllocator());
  EXPECT_EQ(json::Write(object),
            R"({"severity":"error","code":"unit_dimension","pointer":"/facts/memory/unit",)"
            R"("message":"'Gb/s' is a unit of link_rate","expected":"a unit of data_size: GB",)"
            R"("remedy":"write the value in one of these units"})");
}

}  // namespace
}  // namespace stackport
