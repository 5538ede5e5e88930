#include "catalog/store/answer_json.h"

namespace stackport {

using json::Allocator;
using json::Set;
using json::Value;

namespace {

Value FlagJson(const AnswerFlag& flag, Allocator& allocator) {
  Value value(rapidjson::kObjectType);
  Set(value, "component", flag.component_id, allocator);
  Set(value, "plugin", flag.plugin_id, allocator);
  Set(value, "plugin_version", flag.version, allocator);
  if (!flag.key_id.empty()) Set(value, "key_id", flag.key_id, allocator);
  Set(value, "grain", flag.grain, allocator);
  Set(value, "revoked", flag.subject, allocator);
  Set(value, "serial", flag.serial, allocator);
  Set(value, "reason", flag.reason, allocator);
  Set(value, "since", flag.since, allocator);
  Set(value, "flagged_at", flag.at, allocator);
  return value;
}

}  // namespace

Value ToJson(const GivenAnswer& answer, Allocator& allocator) {
  Value value(rapidjson::kObjectType);
  Set(value, "id", answer.result_id, allocator);
  Set(value, "snapshot", answer.snapshot_id, allocator);
  if (!answer.country.empty()) Set(value, "country", answer.country, allocator);
  Set(value, "at", answer.at, allocator);
  Value flags(rapidjson::kArrayType);
  for (const AnswerFlag& flag : answer.flags) flags.PushBack(FlagJson(flag, allocator), allocator);
  Set(value, "affected", std::move(flags), allocator);
  return value;
}

}  // namespace stackport
