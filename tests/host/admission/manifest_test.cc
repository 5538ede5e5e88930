// Manifests: what each rule refuses, and that it says where and how to mend it.
#include "host/admission/manifest.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "tests/support/plugin_folder_builder.h"

namespace stackport {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

PluginFolderBuilder Servers() {
  return PluginFolderBuilder("example-servers").Document("x8.json", ServerDocument("example/x8"));
}

// The first finding about a manifest that `edit` has spoilt.
Finding Spoilt(std::function<void(json::Document&)> edit) {
  const ParsedManifest parsed = ParseManifest(Servers().Edit(std::move(edit)).ManifestText());
  EXPECT_FALSE(parsed.manifest);
  if (parsed.findings.empty()) return {};
  EXPECT_NE(parsed.findings.front().remedy, "");
  return parsed.findings.front();
}

TEST(Manifest, OfADataPluginIsRead) {
  const std::string text = Servers().ManifestText();
  const ParsedManifest parsed = ParseManifest(text);
  EXPECT_THAT(parsed.findings, IsEmpty());
  ASSERT_TRUE(parsed.manifest);
  EXPECT_EQ(parsed.manifest->id, "example-servers");
  EXPECT_EQ(parsed.manifest->vendor.name, "Example Systems");
  EXPECT_EQ(parsed.manifest->form(), "data");
  EXPECT_EQ(parsed.manifest->content_hash, Sha256Hex(text));
  ASSERT_EQ(parsed.manifest->files.size(), 1u);
  EXPECT_EQ(parsed.manifest->files[0].path, "documents/x8.json");
}

TEST(Manifest, ThatIsNoJsonIsRefused) {
  for (const char* text : {"", "{", "[]", "null", "{\"schema\":1}", "\xff"}) {
    const ParsedManifest parsed = ParseManifest(text);
    EXPECT_FALSE(parsed.manifest) << text;
    EXPECT_TRUE(HasErrors(parsed.findings)) << text;
  }
}

TEST(Manifest, PathsThatLeaveTheFolderAreRefused) {
  for (const char* path :
       {"../x.json", "/etc/passwd", "documents/../../x.json", "a//b.json", ".hidden.json",
        "documents/.json", "a\\b.json", "a b.json", "./a.json", "manifest.json"}) {
    const Finding finding = Spoilt([&](json::Document& manifest) {
      auto& allocator = manifest.GetAllocator();
      manifest["files"][0]["path"] = json::String(path, allocator);
      manifest["documents"][0] = json::String(path, allocator);
    });
    EXPECT_THAT(finding.pointer, ::testing::AnyOf("/files/0/path", "/documents/0")) << path;
  }
}

TEST(Manifest, PluginIdStartsWithTheVendorId) {
  const Finding finding = Spoilt([](json::Document& manifest) {
    manifest["vendor"]["id"] = json::String("exam", manifest.GetAllocator());
  });
  EXPECT_EQ(finding.code, "foreign_plugin_id");
  EXPECT_EQ(finding.pointer, "/id");
  EXPECT_THAT(finding.message, HasSubstr("'exam'"));
}

TEST(Manifest, DocumentThatIsNotAmongTheFilesIsRefused) {
  const Finding finding = Spoilt([](json::Document& manifest) {
    manifest["documents"].PushBack("documents/y.json", manifest.GetAllocator());
  });
  EXPECT_EQ(finding.code, "unlisted_file");
  EXPECT_EQ(finding.pointer, "/documents/1");
}

TEST(Manifest, LibraryThatIsNotAmongTheFilesIsRefused) {
  const Finding finding = Spoilt([](json::Document& manifest) {
    json::Set(manifest, "library", "x.so", manifest.GetAllocator());
  });
  EXPECT_EQ(finding.code, "unlisted_file");
  EXPECT_EQ(finding.pointer, "/library");
}

TEST(Manifest, FileListedTwiceIsRefused) {
  const Finding finding = Spoilt([](json::Document& manifest) {
    json::Value again;
    again.CopyFrom(manifest["files"][0], manifest.GetAllocator());
    manifest["files"].PushBack(again, manifest.GetAllocator());
  });
  EXPECT_EQ(finding.code, "duplicate_file");
  EXPECT_EQ(finding.pointer, "/files/1/path");
}

TEST(Manifest, PluginWithoutContentIsRefused) {
  const Finding finding =
      Spoilt([](json::Document& manifest) { manifest.RemoveMember("documents"); });
  EXPECT_EQ(finding.code, "empty_plugin");
}

TEST(Manifest, LibraryForAnotherAbiIsRefusedAndBothSidesAreNamed) {
  const auto builder = PluginFolderBuilder("example-code").Library("x").Edit([](auto& manifest) {
    manifest["abi"] = 2;
  });
  const ParsedManifest parsed = ParseManifest(builder.ManifestText());
  ASSERT_FALSE(parsed.manifest);
  EXPECT_THAT(parsed.findings.front().message, HasSubstr("ABI 2, this host offers 1 to 1"));
}

TEST(Manifest, UnknownCountryIsRefused) {
  const Finding finding = Spoilt([](json::Document& manifest) {
    json::Set(manifest["vendor"], "headquarters", "ZZ", manifest.GetAllocator());
  });
  EXPECT_EQ(finding.pointer, "/vendor/headquarters");
}

TEST(Manifest, SecondFileEntryIsJudgedAsStrictlyAsTheFirst) {
  for (
      const char* entry :
      {"1", "{}", R"({"path":"a.json","sha256":"00","bytes":1})",
       R"({"path":"a.json","sha256":1,"bytes":1})",
       R"({"path":"a.json","sha256":"0000000000000000000000000000000000000000000000000000000000000000","bytes":0})",
       R"({"path":"a.json","sha256":"0000000000000000000000000000000000000000000000000000000000000000","bytes":1,"x":1})"}) {
    const Finding finding = Spoilt([&](json::Document& manifest) {
      auto parsed = json::Parse(entry, "entry");
      json::Value copy;
      copy.CopyFrom(*parsed, manifest.GetAllocator());
      manifest["files"].PushBack(copy, manifest.GetAllocator());
    });
    EXPECT_EQ(finding.pointer, "/files/1") << entry;
  }
}

// `count` documents, each with its entry.
std::string ManifestWith(std::size_t count) {
  return Servers()
      .Edit([&](json::Document& manifest) {
        auto& allocator = manifest.GetAllocator();
        for (std::size_t i = 1; i < count; ++i) {
          const std::string path = "documents/" + std::to_string(i) + ".json";
          json::Value file;
          file.CopyFrom(manifest["files"][0], allocator);
          file["path"] = json::String(path, allocator);
          manifest["files"].PushBack(file, allocator);
          manifest["documents"].PushBack(json::String(path, allocator), allocator);
        }
      })
      .ManifestText();
}

TEST(Manifest, TakesAsManyDocumentsAsTheLimitAndNotOneMore) {
  const ParsedManifest most = ParseManifest(ManifestWith(kMaxDocuments));
  EXPECT_THAT(most.findings, IsEmpty());
  ASSERT_TRUE(most.manifest);
  EXPECT_EQ(most.manifest->documents.size(), kMaxDocuments);

  const ParsedManifest more = ParseManifest(ManifestWith(kMaxDocuments + 1));
  ASSERT_FALSE(more.manifest);
  EXPECT_EQ(more.findings.front().code, "limit");
}

TEST(Manifest, FilesTogetherStayWithinTheLimit) {
  const auto with_bytes = [](std::uint64_t bytes) {
    return ParseManifest(
        Servers()
            .Edit([&](json::Document& manifest) { manifest["files"][0]["bytes"].SetUint64(bytes); })
            .ManifestText());
  };
  EXPECT_TRUE(with_bytes(kMaxPluginBytes).manifest);
  EXPECT_FALSE(with_bytes(kMaxPluginBytes + 1).manifest);
  EXPECT_FALSE(with_bytes(~std::uint64_t{0}).manifest);
}

}  // namespace
}  // namespace stackport
