#include "host/admission/tabulated_offers.h"

#include <string_view>
#include <utility>

#include "catalog/base/json.h"
#include "catalog/model/component_parser.h"

namespace stackport {
namespace {

const json::Limits kLimits = {kMaxComponentBytes, kMaxComponentDepth, 20'000};

void Attach(std::string_view text, json::Document& document) {
  auto& allocator = document.GetAllocator();
  const auto offers = json::Parse(text, "offers", kLimits);
  if (!offers || !offers->IsArray()) return;
  auto member = document.FindMember("offers");
  if (member == document.MemberEnd()) {
    json::Set(document, "offers", json::Value(rapidjson::kArrayType), allocator);
    member = document.FindMember("offers");
  }
  if (!member->value.IsArray()) return;
  for (const json::Value& offer : offers->GetArray()) {
    member->value.PushBack(json::Value(offer, allocator), allocator);
  }
}

}  // namespace

void AttachOffers(const std::map<std::string, std::string>& offers_by_component,
                  std::vector<std::string>& documents) {
  if (offers_by_component.empty()) return;
  for (std::string& text : documents) {
    auto document = json::Parse(text, "", kLimits);
    if (!document || !document->IsObject()) continue;
    const auto offers = offers_by_component.find(std::string(json::StringOr(*document, "id", "")));
    if (offers == offers_by_component.end()) continue;
    Attach(offers->second, *document);
    text = json::Write(*document);
  }
}

}  // namespace stackport
