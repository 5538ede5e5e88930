#include "catalog/report/contradictions.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/small_catalog.h"

namespace stackport {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using testing::SmallCatalog;

std::string Host(const std::string& attributes) {
  return R"({"schema":"stackport.component/1","id":"box/server","name":"Server","kind":"server",)"
         R"("summary":"x","provides":[{"capability":"accelerator-host","with":)"
         R"({"accelerators":["acc/chip"],"slots":8)" +
         attributes + R"(}}]})";
}

std::vector<Contradiction> FoundWith(const std::string& id, const std::string& document) {
  SmallCatalog catalog;
  catalog.Put(id, document);
  return FindContradictions(*catalog.Build());
}

TEST(Contradictions, AreNoneInACatalogThatFits) {
  EXPECT_THAT(FindContradictions(*SmallCatalog().Build()), IsEmpty());
}

TEST(Contradictions, FindASocketThatDoesNotFit) {
  const auto found = FoundWith("box/server", Host(R"(,"socket":["oam"])"));
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(found[0].code, "socket");
  EXPECT_EQ(found[0].first, "box/server");
  EXPECT_EQ(found[0].second, "acc/chip");
  EXPECT_THAT(found[0].text, HasSubstr("oam, which is made for sxm5-hgx"));
}

// The chip draws 700 W.
TEST(Contradictions, FindASlotThatFeedsTooLittle) {
  EXPECT_THAT(FoundWith("box/server", Host(R"(,"slot_power":"700 W")")), IsEmpty());
  const auto found = FoundWith("box/server", Host(R"(,"slot_power":"699 W")"));
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(found[0].code, "slot_power");
}

std::string Machine(const std::string& memory) {
  return R"({"schema":"stackport.component/1","id":"cloud/machine","name":"M","kind":"cloud_instance",)"
         R"("summary":"x","provides":[{"capability":"accelerated-compute","with":)"
         R"({"isa":["cuda"],"accelerator":"acc/chip","accelerators":8,"memory_per_accelerator":")" +
         memory + R"("}}]})";
}

// The chip has 100 GB.
TEST(Contradictions, FindARentedMachineWithMoreMemoryThanItsAccelerator) {
  EXPECT_THAT(FoundWith("cloud/machine", Machine("100 GB")), IsEmpty());
  const auto found = FoundWith("cloud/machine", Machine("101 GB"));
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(found[0].code, "memory");
}

TEST(Contradictions, ReadAsATable) {
  EXPECT_THAT(ContradictionsMarkdown({}), HasSubstr("None."));
  EXPECT_THAT(ContradictionsMarkdown({{"socket", "a/b", "c/d", "x"}}),
              HasSubstr("| socket | a/b | c/d | x |"));
}

}  // namespace
}  // namespace stackport
