// A plugin that worked once works with every later host: the first SDK is kept as it was, plugins
// are built against it, and this host loads them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <map>
#include <string>

#include "catalog/base/hash.h"
#include "host/admission/admission.h"
#include "tests/support/plugin_folder_builder.h"

namespace stackport {
namespace {

using ::testing::HasSubstr;
using ::testing::SizeIs;

namespace fs = std::filesystem;

// Nobody edits what was published. A new SDK gets a folder of its own beside 1.0.
TEST(FrozenSdk, IsAsItWasPublished) {
  const std::map<std::string, std::string> published = {
      {"include/stackport/detail/json.hpp",
       "5b3b9bb3ed98f75ef26b63e034c73dc6b10257d4ce97f375ab429a51b11055d9"},
      {"include/stackport/offers.h",
       "010dd13d0d0907a94c0a282b985c547b2777b26df6793e3523b5ee85cc2f0d8a"},
      {"include/stackport/plugin.h",
       "052c9837103b42e67a8050140a6eff9c2dbd7c1115c267d24fffaf6c80eed4c3"},
      {"include/stackport/plugin.hpp",
       "7ec842c8cb10a9b83846d7df1119f6a4f803f33d1dd2996143da70895af39510"},
      {"plugin.map", "8ec5a436b0f1cc14aa93d860d843e93e365cd4ea0519d702e14f8fa0609486c8"},
      {"plugin_in_c.c", "633f1767b008d3a785087f1fa4e06bfdcc0b34e7cd055707991c0f9be425dc9a"},
      {"plugin_in_cpp.cc", "dfa8830dbe40f64faf27a9bf4165132141902bd5bd00623af31a97d8848e22dc"},
  };
  std::map<std::string, std::string> found;
  for (const auto& entry : fs::recursive_directory_iterator(STACKPORT_FROZEN)) {
    if (!entry.is_regular_file()) continue;
    found[fs::relative(entry.path(), STACKPORT_FROZEN)] = Sha256Hex(ReadFile(entry.path()));
  }
  EXPECT_EQ(found, published);
}

AdmissionReport Admit(const std::string& library, const std::string& plugin) {
  TempFolder temp;
  const std::string bytes =
      ReadFile(std::string(STACKPORT_OTHER_LIBRARIES) + "/" + library + ".so");
  EXPECT_FALSE(bytes.empty()) << library;
  AdmissionSettings settings;
  settings.trust.unsigned_allowed = true;
  settings.scan.scanner_path = DefaultScannerPath();
  return AdmitFolder(PluginFolderBuilder(plugin).Library(bytes).WriteTo(temp.path()), settings);
}

TEST(FrozenSdk, PluginInCIsAdmitted) {
  const AdmissionReport report = Admit("frozen_plugin_c", "example-frozen-c");
  ASSERT_EQ(report.outcome, AdmissionOutcome::kAdmitted) << ToText(report);
  EXPECT_EQ(report.components.at(0).id, "example/frozen-c");
}

TEST(FrozenSdk, PluginInCppWithOffersIsAdmitted) {
  const AdmissionReport report = Admit("frozen_plugin_cpp", "example-frozen-cpp");
  ASSERT_EQ(report.outcome, AdmissionOutcome::kAdmitted) << ToText(report);
  EXPECT_EQ(report.components.at(0).id, "example/frozen-cpp");
  ASSERT_THAT(report.components[0].offers, SizeIs(1));
  EXPECT_THAT(report.components[0].offers[0].prices, SizeIs(2));
}

// What a later SDK appends to a struct, this host does not read.
TEST(OtherSdk, AppendedMembersAndUnknownTablesDoNoHarm) {
  for (const char* variant :
       {"abi_LATER_CORE", "abi_LATER_ENTRY", "abi_MORE_TABLES", "abi_1_TO_9"}) {
    const AdmissionReport report = Admit(variant, "example-x");
    EXPECT_EQ(report.outcome, AdmissionOutcome::kAdmitted) << variant << ToText(report);
  }
}

TEST(OtherSdk, WhatThisHostCannotReadIsRefusedWithBothSidesNamed) {
  const std::map<std::string, std::string> says = {
      {"abi_SMALL_CORE", "the core table says it has 40 bytes, revision 1 has 48"},
      {"abi_CORE_REVISION_2_ALONE", "get_table answers null for \"stackport.core\", revision 1"},
      {"abi_2_TO_3", "the plugin needs ABI 2 to 3, this host offers 1 to 1"},
      {"abi_UPSIDE_DOWN", "the plugin needs ABI 2 to 1"},
  };
  for (const auto& [variant, text] : says) {
    const AdmissionReport report = Admit(variant, "example-x");
    EXPECT_EQ(report.outcome, AdmissionOutcome::kRefused) << variant;
    EXPECT_THAT(report.Reason(), HasSubstr(text)) << variant;
  }
}

}  // namespace
}  // namespace stackport
