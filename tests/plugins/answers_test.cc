// Answers over the real catalog: each holds before the second opinion, and changes of catalog and
// request that must not matter, or only one way, do just that.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "catalog/match/matcher.h"
#include "catalog/model/component_parser.h"
#include "catalog/verify/verify.h"
#include "tests/plugins/bundled_catalog.h"

namespace stackport {
namespace {

using match::Request;

// A country's own site and regions elsewhere, small and large, with what binds and what does not.
const std::vector<std::string>& Requests() {
  static const std::vector<std::string> requests = {
      R"({"country": "KE", "use_cases": [{"task": "agriculture.farmer_advice", "languages": ["sw", "en"], "users": 28000}],
          "limits": {"site_power": "1 MW"}, "top": 3})",
      R"({"country": "PL", "use_cases": [{"task": "education.tutoring", "languages": ["en"], "users": 1000000}],
          "deployment": ["on_premises", "sovereign_cloud"], "us_content": "require", "top": 3,
          "objective": ["tco"]})",
      R"({"country": "IN", "use_cases": [{"task": "healthcare.triage_assistant", "languages": [], "users": 5000}],
          "deployment": ["cloud_in_country"], "data_residency": "country", "top": 3, "min_difference": 1})",
      R"({"country": "DE", "use_cases": [{"task": "assistant.general", "languages": ["en"], "peak_tokens_per_s": 5000}],
          "deployment": ["cloud_anywhere"], "objective": ["tco"], "limits": {"vendors": 12}, "top": 2})",
      R"({"country": "SA", "use_cases": [{"task": "assistant.general", "languages": ["en"], "users": 200000}],
          "deployment": ["on_premises"], "open_weights": true, "limits": {"export_licence": "acceptable", "tco": "500 MUSD"},
          "objective": [{"tco": 1, "lead_time": 50000}], "top": 2, "model": {"min_parameters": "30 B"}})"};
  return requests;
}

Request Parse(const std::string& text) {
  const auto document = json::Parse(text, "request");
  EXPECT_TRUE(document.ok()) << text;
  match::ParsedRequest parsed =
      match::ParseRequest(*document, Registry::Builtin(), CountryIndex::Builtin());
  if (!parsed.request) throw std::logic_error(text + ToText(parsed.findings.front()));
  Request request = *std::move(parsed.request);
  request.best_per = "none";
  return request;
}

json::Document Answer(const SnapshotPtr& snapshot, const Request& request) {
  auto result = match::Matcher(snapshot, CountryIndex::Builtin()).Match(request);
  EXPECT_TRUE(result.ok()) << result.error().ToString();
  return result.ok() ? *std::move(result) : json::Document(rapidjson::kObjectType);
}

// The candidates alone, as bytes: snapshot, proof and exclusions may change where they do not.
std::string Candidates(const json::Value& result) {
  return json::WriteCanonical(result["candidates"]);
}

std::int64_t Tco(const json::Value& candidate) {
  return candidate["figures"]["tco"]["high"].GetInt64();
}

// The bundled catalog with some documents changed, in another order of insertion.
template <typename Change>
SnapshotPtr Changed(Change change) {
  const CatalogSnapshot& bundled = *BundledCatalog();
  std::vector<std::pair<std::string, Component>> components;
  for (const Component& component : bundled.components) {
    components.emplace_back(bundled.plugin_of.find(component.id)->second, component);
  }
  change(components);
  std::vector<PluginRecord> plugins = bundled.plugins;
  std::reverse(plugins.begin(), plugins.end());
  std::reverse(components.begin(), components.end());
  return MakeSnapshot(std::move(plugins), std::move(components), "2026-01-01T00:00:00Z");
}

class Answers : public ::testing::TestWithParam<std::size_t> {
 protected:
  Request request_ = Parse(Requests()[GetParam()]);
};

INSTANTIATE_TEST_SUITE_P(Bundled, Answers, ::testing::Range(std::size_t{0}, std::size_t{5}));

void ExpectHolds(const json::Document& result) {
  EXPECT_FALSE(result["candidates"].Empty());
  const auto claim = verify::ReadClaim(result);
  ASSERT_TRUE(claim.ok()) << claim.error().ToString();
  const verify::Verification verification =
      verify::Verify(result, *claim, *BundledCatalog(), CountryIndex::Builtin());
  for (const verify::CheckList& list : verification.lists) {
    for (const verify::Check& check : list.checks()) {
      EXPECT_NE(check.standing, verify::Standing::kDiffers)
          << list.title() << ", " << check.subject << ", " << check.what << ": found "
          << check.found << ", expected " << check.expected;
    }
  }
}

TEST_P(Answers, HoldBeforeTheSecondOpinion) {
  ExpectHolds(Answer(BundledCatalog(), request_));
}

TEST(ExampleRequests, HoldBeforeTheSecondOpinion) {
  int examples = 0;
  for (const auto& entry : std::filesystem::directory_iterator(STACKPORT_EXAMPLE_REQUESTS)) {
    if (entry.path().extension() != ".json") continue;
    SCOPED_TRACE(entry.path().filename().string());
    const auto document = json::ParseFile(entry.path());
    ASSERT_TRUE(document.ok()) << document.error().ToString();
    const match::ParsedRequest parsed =
        match::ParseRequest(*document, Registry::Builtin(), CountryIndex::Builtin());
    ASSERT_TRUE(parsed.request.has_value());
    const json::Document result = Answer(BundledCatalog(), *parsed.request);
    if (!result["candidates"].Empty()) ExpectHolds(result);
    ++examples;
  }
  EXPECT_GE(examples, 1);
}

TEST_P(Answers, DoNotDependOnOrderOrOnWhatIsIneligible) {
  const SnapshotPtr changed = Changed([](auto& components) {
    Component model = components.front().second;
    for (const auto& [plugin, component] : components) {
      if (component.kind == "model" && component.FindFact("languages") != nullptr)
        model = component;
    }
    model.id = model.vendor_id + "/speaks-only-klingon";
    model.facts.at("languages").value.tokens = {"tlh"};
    model.facts.erase("open_weights");
    model.offers.clear();
    model.provides.clear();
    components.emplace_back(components.front().first, model);
  });
  ASSERT_NE(changed->id, BundledCatalog()->id);
  EXPECT_EQ(Candidates(Answer(changed, request_)), Candidates(Answer(BundledCatalog(), request_)));
}

TEST_P(Answers, KeepTheirWinnerWhenItIsPinnedAndTakeTheSecondWhenItIsBanned) {
  request_.min_difference = 1;
  request_.top = 2;
  const json::Document plain = Answer(BundledCatalog(), request_);
  ASSERT_GE(plain["candidates"].Size(), 1U);
  const json::Value& best = plain["candidates"][0];
  Request pinned = request_;
  pinned.top = 1;
  for (const json::Value& part : best["parts"].GetArray()) {
    const std::string id = part["component"].GetString();
    auto& pins = pinned.pinned_components;
    if (std::find(pins.begin(), pins.end(), id) == pins.end()) pins.push_back(id);
  }
  const json::Document kept = Answer(BundledCatalog(), pinned);
  ASSERT_EQ(kept["candidates"].Size(), 1U);
  EXPECT_EQ(json::WriteCanonical(kept["candidates"][0]), json::WriteCanonical(best));

  // Without one part of the best, the best of the rest is not better; and where the second lacks
  // that part, it is the one.
  if (plain["candidates"].Size() < 2) return;
  const auto ids = [](const json::Value& candidate) {
    std::vector<std::string> parts;
    for (const json::Value& part : candidate["parts"].GetArray()) {
      parts.emplace_back(part["component"].GetString());
    }
    return parts;
  };
  const std::vector<std::string> second = ids(plain["candidates"][1]);
  for (const std::string& id : ids(best)) {
    if (std::find(second.begin(), second.end(), id) != second.end()) continue;
    Request banned = request_;
    banned.top = 1;
    banned.banned_components = {id};
    const json::Document without = Answer(BundledCatalog(), banned);
    ASSERT_EQ(without["candidates"].Size(), 1U);
    EXPECT_EQ(ids(without["candidates"][0]), second);
    break;
  }
}

TEST_P(Answers, AreNoWorseWhenALimitIsRelaxed) {
  request_.objective = {{{match::Figure::kTco, 1}}};
  request_.top = 1;
  const json::Document plain = Answer(BundledCatalog(), request_);
  ASSERT_EQ(plain["candidates"].Size(), 1U);
  const std::int64_t least = Tco(plain["candidates"][0]);
  Request limited = request_;
  limited.max_tco_cents = least;
  const json::Document at_limit = Answer(BundledCatalog(), limited);
  ASSERT_EQ(at_limit["candidates"].Size(), 1U);
  EXPECT_EQ(Tco(at_limit["candidates"][0]), least);
  Request relaxed = request_;
  relaxed.max_site_power_w.reset();
  relaxed.max_vendors.reset();
  relaxed.us_content = match::UsContent::kReport;
  const json::Document freer = Answer(BundledCatalog(), relaxed);
  ASSERT_EQ(freer["candidates"].Size(), 1U);
  EXPECT_LE(Tco(freer["candidates"][0]), least);
}

TEST(AnswersInOtherUnits, AreTheSame) {
  // Every memory and storage size of the documents, written in thousandths of the next larger unit.
  int rewritten = 0;
  const SnapshotPtr changed = Changed([&](auto& components) {
    for (auto& [plugin, component] : components) {
      std::string text = component.document;
      for (std::size_t at = text.find("\"unit\":\"GB\",\"value\":"); at != std::string::npos;
           at = text.find("\"unit\":\"GB\",\"value\":", at + 1)) {
        const std::size_t number = at + 20;
        const std::size_t end = text.find_first_not_of("0123456789.", number);
        if (text[number] == '[' || end == number) continue;
        text.replace(end, 0, "000");
        const std::size_t point = text.find('.', number);
        if (point < end) {
          text.erase(end, 3);
          continue;
        }
        text.replace(at, 11, "\"unit\":\"MB\"");
        ++rewritten;
      }
      ParsedComponent parsed = ParseComponent(text, "", Registry::Builtin());
      ASSERT_TRUE(parsed.component.has_value()) << text;
      component = *std::move(parsed.component);
    }
  });
  EXPECT_GT(rewritten, 20);
  const Request request = Parse(Requests()[0]);
  EXPECT_EQ(Candidates(Answer(changed, request)), Candidates(Answer(BundledCatalog(), request)));
}

}  // namespace
}  // namespace stackport
