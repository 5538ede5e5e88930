// stackport countries: the countries, or one profile with sources and what is unknown.
#include <fmt/format.h>

#include <memory>

#include "catalog/base/text.h"
#include "catalog/countries/country_index.h"
#include "catalog/countries/country_json.h"
#include "host/cli/commands.h"
#include "host/cli/exit_codes.h"
#include "host/cli/figures_text.h"
#include "host/cli/layout.h"
#include "host/cli/table.h"

namespace stackport::cli {
namespace {

using json::StringOr;
using json::Value;

// A value without its unit: "240", "52.7", "sw, en", "status draft, name …".
std::string FactText(const Value& value) {
  if (value.IsString()) return value.GetString();
  if (value.IsBool()) return value.GetBool() ? "yes" : "no";
  if (value.IsInt64()) return Grouped(value.GetInt64());
  if (value.IsNumber()) return fmt::format("{:.4g}", value.GetDouble());
  std::vector<std::string> parts;
  if (value.IsArray()) {
    for (const Value& item : value.GetArray()) parts.push_back(FactText(item));
  } else if (value.IsObject()) {
    for (const auto& member : value.GetObject()) {
      parts.push_back(std::string(member.name.GetString()) + " " + FactText(member.value));
    }
  }
  return parts.empty() ? "none" : Join(parts, ", ");
}

void PrintProfile(Session& session, const Value& profile) {
  const Style style = session.style();
  const auto source = [&](const Value& object) {
    std::string text = fmt::format("source: {} ({})", StringOr(object, "source", "?"),
                                   StringOr(object, "as_of", "undated"));
    if (const std::string_view note = StringOr(object, "note", ""); !note.empty()) {
      text += fmt::format("; {}", note);
    }
    const std::string wrapped = Wrap(Shown(text), "      ", "      ", session.text_width());
    session.out() << style.Paint(Tone::kDim, wrapped.substr(0, wrapped.size() - 1)) << "\n";
  };
  session.out() << style.Paint(Tone::kStrong, StringOr(profile, "name", "?")) << " ("
                << StringOr(profile, "code", "?") << ", " << StringOr(profile, "alpha3", "?")
                << ") · " << StringOr(profile, "subregion", "") << "\n\n"
                << style.Paint(Tone::kStrong, "Facts") << "\n";
  for (const auto& member : Member(profile, "facts").GetObject()) {
    const std::string_view name = member.name.GetString();
    std::string text = fmt::format("{}: {}", name, FactText(Member(member.value, "value")));
    if (const std::string_view unit = StringOr(member.value, "unit", ""); !unit.empty()) {
      text += fmt::format(" {}", unit);
    }
    for (const char* also : {"de_facto", "regional"}) {
      const std::vector<std::string> languages = json::Strings(Member(member.value, also));
      if (!languages.empty()) text += fmt::format("; {}: {}", also, Join(languages, ", "));
    }
    session.out() << Wrap(Shown(text), "  ", "      ", session.text_width());
    source(member.value);
  }
  session.out() << "\n" << style.Paint(Tone::kStrong, "Blocs") << "\n";
  std::vector<std::string> regional, others;
  for (const Value& bloc : Member(profile, "blocs").GetArray()) {
    (json::BoolOr(bloc, "regional", false) ? regional : others)
        .emplace_back(StringOr(bloc, "name", "?"));
  }
  session.out() << Wrap("regional unions, where data counts as held in the bloc: " +
                            (regional.empty() ? std::string("none") : Join(regional, ", ")),
                        "  ", "      ", session.text_width());
  if (!others.empty()) {
    session.out() << Wrap("others: " + Join(others, ", "), "  ", "      ", session.text_width());
  }
  const Value& groups = Member(profile, "export_control_groups");
  session.out() << "\n"
                << style.Paint(Tone::kStrong, "Export-control country groups (EAR)") << "\n";
  const std::vector<std::string> names = json::Strings(Member(groups, "value"));
  session.out() << "  " << (names.empty() ? std::string("none") : Join(names, ", ")) << "\n";
  source(groups);
  session.out() << "\n" << style.Paint(Tone::kStrong, "Unknown") << "\n";
  const Value& unknown = Member(profile, "unknown");
  for (const Value& fact : unknown.GetArray()) {
    session.out() << "  " << StringOr(fact, "fact", "?") << ": " << StringOr(fact, "meaning", "")
                  << "\n";
  }
  if (unknown.Empty()) session.out() << "  nothing that a profile asks for\n";
}

void PrintList(Session& session, const CountryIndex& countries) {
  Table table({{"code"},
               {"name", Align::kLeft, 16},
               {"subregion", Align::kLeft, 12},
               {"population", Align::kRight},
               {"languages", Align::kLeft, 10},
               {"regional unions", Align::kLeft, 10},
               {"unknown", Align::kRight}});
  for (const Country& country : countries.All()) {
    table.AddRow({country.code, country.name, country.subregion,
                  country.population ? Grouped(*country.population) : std::string("unknown"),
                  Join(country.official_languages, " "), Join(country.regional_blocs, ", "),
                  std::to_string(country.unknown.size())});
  }
  session.out() << table.ToText(session.table_width(), session.style());
}

Result<int> RunCountries(Session& session, const std::string& name, bool as_json) {
  const CountryIndex& countries = CountryIndex::Builtin();
  json::Document document(rapidjson::kObjectType);
  auto& allocator = document.GetAllocator();
  if (name.empty()) {
    if (!as_json) {
      PrintList(session, countries);
      return kExitOk;
    }
    Value list(rapidjson::kArrayType);
    for (const Country& country : countries.All()) {
      list.PushBack(CountryToJson(country, allocator), allocator);
    }
    json::Set(document, "countries", std::move(list), allocator);
    session.PrintJson(document);
    return kExitOk;
  }
  auto code = countries.Resolve(name);
  if (!code) return code.error();
  const Value profile = CountryToJson(*countries.Find(*code), allocator);
  if (as_json) {
    session.PrintJson(profile);
  } else {
    PrintProfile(session, profile);
  }
  return kExitOk;
}

}  // namespace

void AddCountriesCommand(CLI::App& app, Invocation& invocation) {
  CLI::App* command =
      AddCommand(app, "countries", "List countries, or show one profile with its sources",
                 "stackport countries KE");
  const auto name = std::make_shared<std::string>();
  command->add_option("COUNTRY", *name, "ISO code or English name")->type_name("");
  AddJsonFlag(*command, invocation);
  command->callback([name, &invocation] {
    invocation.body = [name, &invocation](Session& session) {
      return RunCountries(session, *name, invocation.json);
    };
  });
}

}  // namespace stackport::cli
