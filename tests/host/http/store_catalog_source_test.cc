// The API over a real, empty catalog on disk.
#include <gtest/gtest.h>

#include "host/http/catalog_source.h"
#include "tests/host/http/http_test_support.h"
#include "tests/support/fake_clock.h"
#include "tests/support/small_catalog.h"
#include "tests/support/temp_folder.h"

namespace stackport::http {
namespace {

TEST(StoreCatalogSource, ServesTheStoreAndRecordsMatchesInIt) {
  const TempFolder folder;
  const FakeClock clock;
  auto store = CatalogStore::Open(folder.path() + "/catalog.db", OpenMode::kCreateIfMissing, clock);
  ASSERT_TRUE(store.ok());
  const SnapshotPtr content = testing::SmallCatalog().Build();
  CatalogChange change;
  change.reason = "test";
  for (const PluginRecord& plugin : content->plugins) {
    AdmittedPlugin admitted{plugin, {}};
    for (const Component& component : content->components) {
      if (component.vendor_id == plugin.id) admitted.components.push_back(component);
    }
    change.put.push_back(std::move(admitted));
  }
  const auto applied = (*store)->ApplyChange(change);
  ASSERT_TRUE(applied.ok()) << applied.error().ToString();

  const auto source = MakeStoreCatalogSource(**store, CountryIndex::Builtin());
  EXPECT_EQ((*source->Current())->id, (*applied)->id);
  EXPECT_EQ((*source->Read((*applied)->id))->components.size(), content->components.size());
  EXPECT_EQ(source->Read("s-none").error().code, ErrorCode::kNotFound);
  EXPECT_EQ(source->Search("accelerator", 10)->front(), "acc/chip");
  EXPECT_EQ(source->ListSnapshots(1)->front().snapshot_id, (*applied)->id);

  FakeMatching matching;
  SweepJobs sweeps;
  CancelTimer timer;
  FakePlugins plugins;
  const Api api({*source, matching, plugins, sweeps, timer, std::chrono::milliseconds(1000), {}});
  ApiRequest request;
  request.method = "POST";
  request.path = "/v1/matches";
  request.content_type = "application/json";
  request.body = "{}";
  EXPECT_EQ(api.Answer(request).status, 200);
  const auto matches = (*store)->Matches(10);
  ASSERT_TRUE(matches.ok());
  ASSERT_EQ(matches->size(), 1u);
  EXPECT_EQ(matches->front().request_id, "r-test");
  EXPECT_EQ(matches->front().snapshot_id, (*applied)->id);
}

}  // namespace
}  // namespace stackport::http
