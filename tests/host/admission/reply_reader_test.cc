// The scanner's reply as hostile input: every cut, every limit, every lie.
#include "host/admission/reply_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <random>
#include <string>

namespace stackport {
namespace {

using scanner::FrameType;
using ::testing::ElementsAre;

std::string Frame(FrameType type, std::string_view payload) {
  std::string frame;
  scanner::AppendUint32(frame, static_cast<std::uint32_t>(payload.size()));
  frame += static_cast<char>(type);
  return frame + std::string(payload);
}

std::string Layers() {
  scanner::ConfinementReport report;
  report.layers = {{"limits", true, "CPU 10 s"}, {"landlock", false, "the kernel offers none"}};
  return Frame(FrameType::kLayers, report.ToText());
}

std::string Stage(scanner::Stage stage) {
  return Frame(FrameType::kStage, std::string(1, static_cast<char>(stage)));
}

std::string End(std::uint64_t components) {
  std::string payload;
  scanner::AppendUint32(payload, 0);
  scanner::AppendUint64(payload, components);
  return Frame(FrameType::kEnd, payload);
}

std::string HonestReply() {
  return Layers() + Stage(scanner::Stage::kConfined) + Stage(scanner::Stage::kDescribe) +
         Frame(FrameType::kIdentity, "example-servers\n1.0.0") +
         Frame(FrameType::kComponent, "{\"id\":1}") + Frame(FrameType::kComponent, "{}") +
         Stage(scanner::Stage::kEnd) + End(2);
}

ErrorCode Refusal(const std::string& bytes, const ReplyLimits& limits = {}) {
  ReplyReader reader(limits);
  const Status fed = reader.Feed(bytes);
  return fed ? ErrorCode::kInternal : fed.error().code;
}

TEST(ReplyReader, ReadsAnHonestReplyHoweverItIsCut) {
  const std::string reply = HonestReply();
  for (std::size_t piece = 1; piece <= reply.size(); ++piece) {
    ReplyReader reader({});
    for (std::size_t at = 0; at < reply.size(); at += piece) {
      ASSERT_TRUE(reader.Feed(std::string_view(reply).substr(at, piece)));
    }
    EXPECT_FALSE(reader.InsideFrame());
    EXPECT_EQ(reader.reply().plugin_id, "example-servers");
    EXPECT_EQ(reader.reply().plugin_version, "1.0.0");
    EXPECT_THAT(reader.reply().components, ElementsAre("{\"id\":1}", "{}"));
    ASSERT_TRUE(reader.reply().end);
    EXPECT_EQ(reader.reply().end->components, 2u);
    ASSERT_TRUE(reader.reply().layers);
    EXPECT_FALSE(reader.reply().layers->Find("landlock")->applied);
  }
}

TEST(ReplyReader, KnowsThatAFrameIsIncomplete) {
  ReplyReader reader({});
  ASSERT_TRUE(reader.Feed(HonestReply().substr(0, 7)));
  EXPECT_TRUE(reader.InsideFrame());
}

TEST(ReplyReader, RefusesALengthBeforeThePayloadArrives) {
  ReplyLimits limits;
  limits.component_bytes = 8;
  EXPECT_EQ(Refusal(Layers() + Frame(FrameType::kComponent, "12345678"), limits),
            ErrorCode::kInternal);
  const std::string header = Frame(FrameType::kComponent, "123456789").substr(0, 5);
  EXPECT_EQ(Refusal(Layers() + header, limits), ErrorCode::kResourceLimit);
}

TEST(ReplyReader, CountsComponentsAndTheirBytes) {
  const std::string two =
      Layers() + Frame(FrameType::kComponent, "1234") + Frame(FrameType::kComponent, "5678");
  ReplyLimits limits;
  limits.components = 2;
  limits.component_bytes_in_all = 8;
  EXPECT_EQ(Refusal(two, limits), ErrorCode::kInternal);
  limits.components = 1;
  EXPECT_EQ(Refusal(two, limits), ErrorCode::kResourceLimit);
  limits.components = 2;
  limits.component_bytes_in_all = 7;
  EXPECT_EQ(Refusal(two, limits), ErrorCode::kResourceLimit);
}

TEST(ReplyReader, RefusesAFloodOfSmallFrames) {
  ReplyLimits limits;
  limits.other_frames = 3;
  const std::string progress = Frame(FrameType::kProgress, std::string(16, '\0'));
  EXPECT_EQ(Refusal(Layers() + progress + progress, limits), ErrorCode::kInternal);
  EXPECT_EQ(Refusal(Layers() + progress + progress + progress, limits), ErrorCode::kResourceLimit);
}

TEST(ReplyReader, RefusesWhatIsOutOfOrder) {
  EXPECT_EQ(Refusal(Frame(FrameType::kComponent, "{}")), ErrorCode::kDataCorrupt);
  EXPECT_EQ(Refusal(Layers() + Layers()), ErrorCode::kDataCorrupt);
  EXPECT_EQ(Refusal(HonestReply() + Frame(FrameType::kComponent, "{}")), ErrorCode::kDataCorrupt);
  EXPECT_EQ(Refusal(Layers() + Stage(scanner::Stage::kEnd) + Stage(scanner::Stage::kLoad)),
            ErrorCode::kDataCorrupt);
  EXPECT_EQ(
      Refusal(Layers() + Frame(FrameType::kIdentity, "a\n1") + Frame(FrameType::kIdentity, "b\n1")),
      ErrorCode::kDataCorrupt);
}

TEST(ReplyReader, RefusesFramesOfAWrongForm) {
  EXPECT_EQ(Refusal(Frame(FrameType::kLayers, "no tabs\n")), ErrorCode::kDataCorrupt);
  EXPECT_EQ(Refusal(Layers() + Frame(static_cast<FrameType>('?'), "")), ErrorCode::kDataCorrupt);
  EXPECT_EQ(Refusal(Layers() + Frame(FrameType::kStage, "\x7f")), ErrorCode::kDataCorrupt);
  EXPECT_EQ(Refusal(Layers() + Frame(FrameType::kEnd, "short")), ErrorCode::kDataCorrupt);
  EXPECT_EQ(Refusal(Layers() + Frame(FrameType::kProgress, "short")), ErrorCode::kDataCorrupt);
  EXPECT_EQ(Refusal(Layers() + Frame(FrameType::kRefusedCall, "12")), ErrorCode::kDataCorrupt);
}

TEST(ReplyReader, SurvivesAnyChangedByte) {
  // Seeded, so that a failure can be repeated.
  std::mt19937 random(20260323);
  for (int round = 0; round < 20'000; ++round) {
    std::string reply = HonestReply();
    const int changes = 1 + static_cast<int>(random() % 3);
    for (int i = 0; i < changes; ++i) reply[random() % reply.size()] = static_cast<char>(random());
    ReplyReader reader({});
    // Any verdict will do, but nothing comes out that did not go in.
    [[maybe_unused]] const Status fed = reader.Feed(reply);
    std::size_t bytes = 0;
    for (const std::string& component : reader.reply().components) bytes += component.size();
    ASSERT_LE(bytes, reply.size());
  }
}

TEST(ReplyReader, TellsProgress) {
  std::uint64_t seen = 0;
  ReplyReader reader({},
                     [&](std::uint64_t done, std::uint64_t total) { seen = done * 100 + total; });
  std::string payload;
  scanner::AppendUint64(payload, 3);
  scanner::AppendUint64(payload, 7);
  ASSERT_TRUE(reader.Feed(Layers() + Frame(FrameType::kProgress, payload)));
  EXPECT_EQ(seen, 307u);
}

TEST(ReplyReader, KeepsOffersByComponentAndTakesEachOnce) {
  ReplyReader reader({});
  ASSERT_TRUE(reader.Feed(Layers() + Frame(FrameType::kOffers, "a/b\n[1]")));
  EXPECT_EQ(reader.reply().offers.at("a/b"), "[1]");
  EXPECT_EQ(Refusal(Layers() + Frame(FrameType::kOffers, "a/b\n[]") +
                    Frame(FrameType::kOffers, "a/b\n[]")),
            ErrorCode::kDataCorrupt);
  EXPECT_EQ(Refusal(Layers() + Frame(FrameType::kOffers, "no line break")),
            ErrorCode::kDataCorrupt);
}

TEST(ReplyReader, OffersCountAgainstTheBytesOfADescription) {
  ReplyLimits limits;
  limits.component_bytes_in_all = 8;
  ReplyReader at_the_limit(limits);
  EXPECT_TRUE(at_the_limit.Feed(Layers() + Frame(FrameType::kOffers, "a/b\n[11]")));
  EXPECT_EQ(Refusal(Layers() + Frame(FrameType::kOffers, "a/b\n[111]"), limits),
            ErrorCode::kResourceLimit);
}

}  // namespace
}  // namespace stackport
