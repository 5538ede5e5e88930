// GET /v1/answers: what was answered, and what of it a revocation reached.
#include "catalog/store/answer_json.h"
#include "host/http/limits.h"
#include "host/http/problem_details.h"
#include "host/http/routes.h"

namespace stackport::http {

using json::Set;
using json::Value;

ApiResponse ListAnswers(const ApiContext& context, const RouteCall& call) {
  auto limit = IntegerParameter(call.query, "limit", 1, kMaxPageSize, kDefaultPageSize);
  if (auto* problem = std::get_if<ApiResponse>(&limit)) return std::move(*problem);
  const std::string_view affected = Parameter(call.query, "affected");
  if (!affected.empty() && affected != "true" && affected != "false") {
    return Problem(ProblemType::kInvalidParameter, "'affected' is true or false");
  }
  const auto list = context.source.Answers(affected == "true", std::get<std::size_t>(limit));
  if (!list) return ProblemOf(list.error());
  json::Document document(rapidjson::kObjectType);
  auto& allocator = document.GetAllocator();
  Set(document, "total", list->total, allocator);
  Value items(rapidjson::kArrayType);
  for (const GivenAnswer& answer : list->answers) {
    items.PushBack(ToJson(answer, allocator), allocator);
  }
  Set(document, "items", std::move(items), allocator);
  return JsonResponse(document);
}

}  // namespace stackport::http
