#include "host/authoring/template_archive.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace stackport {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;

TEST(TemplateArchive, PartsAnArchiveIntoFiles) {
  const auto files = ReadArchive("@@file a/b\none\ntwo\n@@file empty\n@@file c\nno end");
  ASSERT_THAT(files, SizeIs(3));
  EXPECT_EQ(files[0].path, "a/b");
  EXPECT_EQ(files[0].text, "one\ntwo\n");
  EXPECT_EQ(files[1].text, "");
  EXPECT_EQ(files[2].text, "no end");
  EXPECT_THAT(ReadArchive(""), IsEmpty());
}

TEST(TemplateArchive, TheProgramCarriesTheHeadersWhole) {
  bool found = false;
  for (const CarriedFile& file : CarriedSdk()) {
    if (file.path != "include/stackport/plugin.h") continue;
    found = true;
    EXPECT_TRUE(file.text.ends_with("#endif /* STACKPORT_PLUGIN_H_ */\n"));
  }
  EXPECT_TRUE(found);
}

}  // namespace
}  // namespace stackport
