#include "host/http/answer_cache.h"

#include <gtest/gtest.h>

namespace stackport::http {
namespace {

AnswerCache::Answer Answer(const char* text) {
  auto document = std::make_shared<json::Document>(rapidjson::kObjectType);
  json::Set(*document, "text", text, document->GetAllocator());
  return document;
}

TEST(AnswerCache, KeepsWhatWasAskedForLast) {
  AnswerCache cache(2);
  const auto a = Answer("a");
  cache.Put("a", a);
  cache.Put("b", Answer("b"));
  EXPECT_EQ(cache.Find("a"), a);  // now b is the older one
  cache.Put("c", Answer("c"));
  EXPECT_EQ(cache.Find("b"), nullptr);
  EXPECT_EQ(cache.Find("a"), a);
  EXPECT_NE(cache.Find("c"), nullptr);
}

TEST(AnswerCache, AnAnswerToTheSameQuestionReplacesTheFirst) {
  AnswerCache cache(2);
  cache.Put("a", Answer("first"));
  const auto second = Answer("second");
  cache.Put("a", second);
  cache.Put("b", Answer("b"));
  EXPECT_EQ(cache.Find("a"), second);
  EXPECT_NE(cache.Find("b"), nullptr);
}

}  // namespace
}  // namespace stackport::http
