#include "host/authoring/exported_symbols.h"

#include <elf.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstring>
#include <string>

#include "tests/support/temp_folder.h"

namespace stackport {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

TEST(ExportedSymbols, ABundledPluginExportsItsEntryAlone) {
  const auto names = ExportedSymbols(ReadFile(STACKPORT_CLEAN_LIBRARY));
  ASSERT_TRUE(names.ok()) << names.error().ToString();
  EXPECT_THAT(*names, ElementsAre("stackport_plugin_entry"));
}

TEST(ExportedSymbols, RefusesWhatIsNoLibrary) {
  EXPECT_THAT(ExportedSymbols("").error().message, HasSubstr("ELF"));
  EXPECT_THAT(ExportedSymbols(std::string(5000, 'x')).error().message, HasSubstr("ELF"));
}

// Cut anywhere, the bytes are read within their bounds: the sanitizer build would say otherwise.
TEST(ExportedSymbols, SurvivesEveryCut) {
  const std::string whole = ReadFile(STACKPORT_CLEAN_LIBRARY);
  for (std::size_t length = 0; length < whole.size(); length += 97) {
    (void)ExportedSymbols(std::string_view(whole).substr(0, length));
  }
  EXPECT_FALSE(ExportedSymbols(std::string_view(whole).substr(0, whole.size() / 2)).ok());
}

TEST(ExportedSymbols, OffsetsThatLeaveTheFileAreNamed) {
  std::string bytes = ReadFile(STACKPORT_CLEAN_LIBRARY);
  Elf64_Ehdr header;
  std::memcpy(&header, bytes.data(), sizeof header);
  header.e_shoff = ~std::uint64_t{0} - 10;
  std::memcpy(bytes.data(), &header, sizeof header);
  EXPECT_THAT(ExportedSymbols(bytes).error().message, HasSubstr("section header lies outside"));
}

}  // namespace
}  // namespace stackport
