// stackport trust affected: answers that used what was revoked later.
#include <fmt/format.h>

#include <memory>

#include "catalog/store/answer_json.h"
#include "host/cli/exit_codes.h"
#include "host/cli/figures_text.h"
#include "host/cli/table.h"
#include "host/cli/trust_commands.h"

namespace stackport::cli {
namespace {

using json::Value;

constexpr std::size_t kDefaultShown = 50;

Result<int> RunAffected(Session& session, std::size_t limit, bool as_json) {
  auto application = session.OpenCatalogAsIs(OpenMode::kMustExist);
  if (!application) return application.error();
  const auto list = (*application)->store().Answers(/*affected=*/true, limit);
  if (!list) return list.error();
  if (as_json) {
    json::Document document(rapidjson::kObjectType);
    auto& allocator = document.GetAllocator();
    json::Set(document, "total", list->total, allocator);
    Value answers(rapidjson::kArrayType);
    for (const GivenAnswer& answer : list->answers) {
      answers.PushBack(ToJson(answer, allocator), allocator);
    }
    json::Set(document, "answers", std::move(answers), allocator);
    session.PrintJson(document);
    return kExitOk;
  }
  if (list->total == 0) {
    session.out() << "no given answer used anything that was revoked\n";
    return kExitOk;
  }
  Table table({{"answer"}, {"given"}, {"country"}, {"component"}, {"revoked", Align::kLeft, 20}});
  for (const GivenAnswer& answer : list->answers) {
    bool first = true;
    for (const AnswerFlag& flag : answer.flags) {
      table.AddRow({first ? answer.result_id : "", first ? answer.at : "",
                    first ? answer.country : "", flag.component_id,
                    fmt::format("{} ({}, list {})", flag.subject, flag.reason, flag.serial)});
      first = false;
    }
  }
  session.out() << table.ToText(session.table_width(), session.style())
                << Count(list->total, "answer")
                << " to give again: ask the same request for a new one\n";
  return kExitOk;
}

}  // namespace

void AddTrustAffectedCommand(CLI::App& trust, Invocation& invocation) {
  CLI::App* command =
      AddCommand(trust, "affected", "Given answers that used what was revoked later, newest first",
                 "stackport trust affected --json");
  const auto limit = std::make_shared<std::size_t>(kDefaultShown);
  command->add_option("--limit", *limit, fmt::format("Most to list (default {})", kDefaultShown))
      ->type_name("N");
  AddJsonFlag(*command, invocation);
  command->callback([limit, &invocation] {
    invocation.body = [limit, &invocation](Session& session) {
      return RunAffected(session, *limit, invocation.json);
    };
  });
}

}  // namespace stackport::cli
