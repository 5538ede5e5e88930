// The C++ layer, seen through the C ABI as the host sees it. Compiled as C++17 and as C++20.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>
#include <stackport/plugin.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

// What the plugin below does next.
void (*g_body)(stackport::sdk::Catalog&) = nullptr;

}  // namespace

STACKPORT_PLUGIN_WITH_OFFERS("example", "example-servers", "1.4.0") {
  g_body(catalog);
}

STACKPORT_OFFERS {
  if (query.component != "example/x8") throw std::runtime_error("no such component");
  if (query.country == "KP") return;
  offers.Offer({"saas"}).Price("user_month", static_cast<double>(query.quantity), "list",
                               Source{"s", "2026"});
}

namespace {

using stackport::sdk::Catalog;
using stackport::sdk::Range;
using stackport::sdk::Source;

// A host that takes what it is given, or only so many components.
struct Host {
  std::size_t most = 100;
  std::vector<std::string> components;
  std::vector<std::string> errors;
  stackport_status status = STACKPORT_OK;

  static stackport_status Component(void* context, const char* json, std::uint64_t length) {
    auto& self = *static_cast<Host*>(context);
    if (self.components.size() >= self.most) return STACKPORT_STOP;
    self.components.emplace_back(json, length);
    return STACKPORT_OK;
  }
  static stackport_status Error(void* context, const char* message, std::uint64_t length) {
    static_cast<Host*>(context)->errors.emplace_back(message, length);
    return STACKPORT_OK;
  }
  static stackport_status Progress(void*, std::uint64_t, std::uint64_t) { return STACKPORT_OK; }

  void Ask(void (*body)(Catalog&)) {
    g_body = body;
    const auto* core = static_cast<const stackport_core_table*>(
        stackport_plugin_entry.get_table(STACKPORT_CORE_TABLE, STACKPORT_CORE_REVISION));
    const stackport_sink sink{sizeof(stackport_sink), 0, this, &Component, &Error, &Progress};
    status = core->describe(&sink);
  }
};

TEST(CppLayer, EntryIsWhatTheAbiAsksFor) {
  EXPECT_EQ(stackport_plugin_entry.size, sizeof(stackport_entry));
  EXPECT_EQ(stackport_plugin_entry.magic, STACKPORT_ENTRY_MAGIC);
  EXPECT_EQ(stackport_plugin_entry.get_table("stackport.core", 2), nullptr);
  EXPECT_EQ(stackport_plugin_entry.get_table("stackport.other", 1), nullptr);
  EXPECT_EQ(stackport_plugin_entry.get_table(nullptr, 1), nullptr);
  const auto* core = static_cast<const stackport_core_table*>(
      stackport_plugin_entry.get_table("stackport.core", 1));
  EXPECT_EQ(std::string_view(core->plugin_id.data, core->plugin_id.length), "example-servers");
  EXPECT_EQ(std::string_view(core->plugin_version.data, core->plugin_version.length), "1.4.0");
  EXPECT_EQ(core->describe(nullptr), STACKPORT_INVALID);
}

TEST(CppLayer, WritesTheDocumentThatWasSaid) {
  Host host;
  host.Ask([](Catalog& catalog) {
    auto server = catalog.Component("example/x8", "server").Name("X8").Summary("A server.");
    server.Fact("rack_units", 6, "U", Source{"https://example.com", "2026-03"});
    server.Fact("max_power", Range{9.5, 11}, "kW", Source{"s", "2026", "by fit", true});
    server.Provides("accelerator-host").With("slots", 8).With("socket", {"oam"});
    server.Requires("fabric-port").WhereIn("protocol", {"a", "b"}).PerUnit(8);
  });
  EXPECT_EQ(host.status, STACKPORT_OK);
  EXPECT_THAT(
      host.components,
      ElementsAre(
          R"({"schema":"stackport.component/1","id":"example/x8","kind":"server","name":"X8",)"
          R"("summary":"A server.","facts":{"rack_units":{"value":6,"unit":"U",)"
          R"("source":"https://example.com","as_of":"2026-03"},"max_power":{"value":[9.5,11],)"
          R"("unit":"kW","source":"s","as_of":"2026","note":"by fit","inferred":true}},)"
          R"("provides":[{"capability":"accelerator-host","with":{"slots":8,"socket":["oam"]}}],)"
          R"("requires":[{"capability":"fabric-port","where":[{"attribute":"protocol",)"
          R"("in":["a","b"]}],"per_unit":8}]})"));
}

TEST(CppLayer, AlternativesKeepTheirOwnConditions) {
  Host host;
  host.Ask([](Catalog& catalog) {
    catalog.Component("example/x", "server")
        .Requires("a")
        .WhereAtLeast("memory", "80 GB")
        .Or("b")
        .WhereIs("hosted", true)
        .Or("c")
        .SiteCondition();
  });
  EXPECT_THAT(
      host.components.at(0),
      HasSubstr(
          R"("requires":[{"any_of":[{"capability":"a","where":[{"attribute":"memory",)"
          R"("at_least":"80 GB"}]},{"capability":"b","where":[{"attribute":"hosted","is":true}]},)"
          R"({"capability":"c"}],"site_condition":true}])"));
}

TEST(CppLayer, EscapesWhatJsonAsksFor) {
  Host host;
  host.Ask([](Catalog& catalog) {
    catalog.Component("example/x", "server").Name("a\"b\\c\n\x01\u00e4");
  });
  EXPECT_THAT(host.components.at(0), HasSubstr(R"("name":"a\"b\\c\u000a\u0001ä")"));
}

TEST(CppLayer, ExceptionBecomesAnErrorAndNothingIsEmitted) {
  Host host;
  host.Ask([](Catalog& catalog) {
    catalog.Component("example/x", "server");
    throw std::runtime_error("the price list is missing");
  });
  EXPECT_EQ(host.status, STACKPORT_FAILED);
  EXPECT_THAT(host.errors, ElementsAre("the price list is missing"));
  EXPECT_THAT(host.components, IsEmpty());

  Host other;
  other.Ask([](Catalog&) { throw 7; });
  EXPECT_EQ(other.status, STACKPORT_FAILED);
  EXPECT_EQ(other.errors.size(), 1u);
}

TEST(CppLayer, SlipsAreErrors) {
  void (*slips[])(Catalog&) = {
      [](Catalog& catalog) { catalog.Component("other/x", "server"); },
      [](Catalog& catalog) { catalog.Component("examplex", "server"); },
      [](Catalog& catalog) { catalog.Component("example/x", "server").Name("a").Name("b"); },
      [](Catalog& catalog) {
        catalog.Component("example/x", "server")
            .Unknown("us_content", "a")
            .Unknown("us_content", "b");
      },
      [](Catalog& catalog) {
        catalog.Component("example/x", "server")
            .Fact("memory", std::numeric_limits<double>::quiet_NaN(), "GB", Source{"s", "2026"});
      },
  };
  for (const auto slip : slips) {
    Host host;
    host.Ask(slip);
    EXPECT_EQ(host.status, STACKPORT_FAILED);
    EXPECT_EQ(host.errors.size(), 1u);
  }
}

TEST(CppLayer, StopsWhenTheHostHasEnough) {
  Host host;
  host.most = 1;
  host.Ask([](Catalog& catalog) {
    for (const char* id : {"example/a", "example/b", "example/c"}) catalog.Component(id, "server");
  });
  EXPECT_EQ(host.status, STACKPORT_STOP);
  EXPECT_EQ(host.components.size(), 1u);
}

// What the offers function says about one question.
struct Answer {
  std::vector<std::string> offers;
  std::vector<std::string> errors;
  stackport_status status = STACKPORT_OK;
};

Answer Ask(const char* component, const char* country, std::uint64_t quantity) {
  const auto* table = static_cast<const stackport_offers_table*>(
      stackport_plugin_entry.get_table(STACKPORT_OFFERS_TABLE, STACKPORT_OFFERS_REVISION));
  Answer answer;
  const stackport_offer_sink sink{
      sizeof(stackport_offer_sink), 0, &answer,
      [](void* context, const char* json, std::uint64_t length) -> stackport_status {
        static_cast<Answer*>(context)->offers.emplace_back(json, length);
        return STACKPORT_OK;
      },
      [](void* context, const char* message, std::uint64_t length) -> stackport_status {
        static_cast<Answer*>(context)->errors.emplace_back(message, length);
        return STACKPORT_OK;
      }};
  stackport_offer_query query{};
  query.size = sizeof query;
  query.country[0] = country[0];
  query.country[1] = country[1];
  query.component_id = {component, std::string_view(component).size()};
  query.quantity = quantity;
  answer.status = table->tabulate(&query, &sink);
  return answer;
}

TEST(CppLayer, OffersAnswerTheQuestionThatIsAsked) {
  EXPECT_THAT(Ask("example/x8", "KE", 7).offers,
              ElementsAre(R"({"deployment":["saas"],"prices":[{"per":"user_month","amount":7,)"
                          R"("currency":"USD","kind":"list","source":"s","as_of":"2026"}]})"));
  EXPECT_THAT(Ask("example/x8", "KP", 7).offers, IsEmpty());
}

TEST(CppLayer, AnExceptionInOffersBecomesAnError) {
  const Answer answer = Ask("example/other", "KE", 1);
  EXPECT_EQ(answer.status, STACKPORT_FAILED);
  EXPECT_THAT(answer.errors, ElementsAre("no such component"));
  EXPECT_THAT(answer.offers, IsEmpty());
}

}  // namespace
