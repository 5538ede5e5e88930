// The members of a request that shape the answer, and what cannot hold together.
#include <algorithm>
#include <utility>

#include "catalog/base/text.h"
#include "catalog/match/request_reader.h"

namespace stackport::match {

using json::PointerPush;

void RequestReader::ReadAnswerShape(const json::Value& document) {
  request_.unknown_facts = OneOf(
      document, "", "unknown_facts", std::array{UnknownFacts::kConditional, UnknownFacts::kReject},
      [](UnknownFacts u) {
        return std::string_view(u == UnknownFacts::kReject ? "reject" : "conditional");
      },
      UnknownFacts::kConditional);
  request_.missing_prices = OneOf(
      document, "", "missing_prices", std::array{MissingPrices::kEstimate, MissingPrices::kReject},
      [](MissingPrices m) {
        return std::string_view(m == MissingPrices::kReject ? "reject" : "estimate");
      },
      MissingPrices::kEstimate);
  request_.us_content = OneOf(
      document, "", "us_content", std::array{UsContent::kReport, UsContent::kRequire},
      [](UsContent u) { return std::string_view(u == UsContent::kRequire ? "require" : "report"); },
      UsContent::kReport);
  request_.top = static_cast<int>(ReadInteger(document, "", "top", 1, kMaxRequestTop).value_or(5));
  request_.min_difference =
      static_cast<int>(ReadInteger(document, "", "min_difference", 1, kMaxMinDifference)
                           .value_or(kDefaultMinDifference));
  request_.deadline_ms = ReadInteger(document, "", "deadline_ms", 1, 600'000);
  request_.best_per = OneOf(
      document, "", "best_per",
      std::array<std::string_view, 4>{"deployment", "accelerator_vendor", "model_family", "none"},
      [](std::string_view name) { return name; }, std::string_view("deployment"));
}

void RequestReader::ReadObjective(const json::Value& document) {
  const json::Value* objective = json::Find(document, "objective");
  if (objective == nullptr) {
    // A stated wish comes before the questions that are open either way.
    if (request_.residency == Residency::kPreferCountry) {
      request_.objective.push_back({{Figure::kDataAbroad, 1}});
    }
    request_.objective.push_back({{Figure::kOpenQuestions, 1}});
    request_.objective.push_back({{Figure::kTco, 1}});
    request_.objective.push_back({{Figure::kLeadTime, 1}});
    request_.objective.push_back({{Figure::kVendors, 1}});
  } else if (!objective->IsArray() || objective->Empty() || objective->Size() > 6) {
    Add("not_a_list", "/objective", "the objective is not a list of 1 to 6 levels",
        "[\"open_questions\", \"tco\"] or [{\"tco\": 1, \"lead_time\": 50000}]",
        "write such a list, or leave it out for the default order");
  } else {
    for (rapidjson::SizeType i = 0; i < objective->Size(); ++i) {
      ReadLevel((*objective)[i], PointerPush("/objective", i));
    }
  }
  const json::Value* pareto = json::Find(document, "pareto");
  if (pareto == nullptr) return;
  if (!pareto->IsArray() || pareto->Size() < 2 || pareto->Size() > 3) {
    Add("not_a_list", "/pareto", "the front is not drawn over two or three figures",
        "[\"tco\", \"site_power\"]", "name two or three figures");
    return;
  }
  for (rapidjson::SizeType i = 0; i < pareto->Size(); ++i) {
    if (const auto figure = ReadFigure((*pareto)[i], PointerPush("/pareto", i))) {
      request_.pareto.push_back(*figure);
    }
  }
}

std::optional<Figure> RequestReader::ReadFigure(const json::Value& value,
                                                const std::string& pointer) {
  const auto figure = value.IsString() ? FigureByName(value.GetString()) : std::nullopt;
  if (figure) return figure;
  std::vector<std::string> names;
  for (const Figure known : kFigures) names.emplace_back(FigureName(known));
  Add("unknown_figure", pointer, "the value is not a figure of a package",
      "one of " + Join(names, ", "), Suggest(value, names));
  return std::nullopt;
}

void RequestReader::ReadLevel(const json::Value& value, const std::string& pointer) {
  if (!value.IsObject()) {
    if (const auto figure = ReadFigure(value, pointer))
      request_.objective.push_back({{*figure, 1}});
    return;
  }
  std::vector<ObjectiveTerm> level;
  for (const auto& member : value.GetObject()) {
    const std::string at = PointerPush(pointer, member.name.GetString());
    const auto figure = ReadFigure(member.name, at);
    constexpr std::int64_t kMaxWeight = 1'000'000'000;
    if (!member.value.IsInt64() || member.value.GetInt64() < 0 ||
        member.value.GetInt64() > kMaxWeight) {
      Add("out_of_range", at, "the weight is not a whole number in range",
          "0 to 1000000000, US cents per unit of the figure",
          "write a whole number in this range, without quotes");
      continue;
    }
    if (figure) level.push_back({*figure, member.value.GetInt64()});
  }
  // One figure alone ranks the same whatever its weight, and is told in its own unit.
  if (level.size() == 1 && level.front().weight > 0) level.front().weight = 1;
  if (!level.empty()) request_.objective.push_back(std::move(level));
}

void RequestReader::CheckContradictions() {
  const auto both = [](const std::vector<std::string>& a, const std::vector<std::string>& b) {
    std::vector<std::string> common;
    for (const std::string& item : a) {
      if (std::find(b.begin(), b.end(), item) != b.end()) common.push_back(item);
    }
    return common;
  };
  for (const std::string& id : both(request_.pinned_components, request_.banned_components)) {
    Add("contradiction", "/pin/components", Quoted(id) + " is pinned and banned", "one of the two",
        "remove it from pin.components or from ban.components");
  }
  for (const std::string& id : both(request_.pinned_vendors, request_.banned_vendors)) {
    Add("contradiction", "/pin/vendors", Quoted(id) + " is pinned and banned", "one of the two",
        "remove it from pin.vendors or from ban.vendors");
  }
  for (const std::string& id : request_.pinned_components) {
    const std::string vendor = Split(id, '/').front();
    if (!both({vendor}, request_.banned_vendors).empty()) {
      Add("contradiction", "/pin/components",
          Quoted(id) + " is pinned while its vendor is banned by /ban/vendors",
          "a pin outside the banned vendors", "remove the pin or the ban");
    }
  }
  const bool only_abroad =
      !request_.deployment.empty() &&
      std::all_of(request_.deployment.begin(), request_.deployment.end(), [](DeploymentMode mode) {
        return mode == DeploymentMode::kCloudInBloc || mode == DeploymentMode::kCloudAnywhere;
      });
  if (request_.residency == Residency::kCountry && only_abroad) {
    Add("contradiction", "/data_residency",
        "data must stay in the country, and /deployment allows only regions outside it",
        "limits that can hold together",
        "allow on_premises, sovereign_cloud or cloud_in_country, or widen data_residency");
  }
  const bool no_site = !request_.deployment.empty() &&
                       request_.deployment.front() != DeploymentMode::kOnPremises &&
                       request_.deployment.front() != DeploymentMode::kSovereignCloud;
  if (request_.air_gap && no_site) {
    Add("contradiction", "/air_gap",
        "an air gap is demanded, and /deployment allows only public cloud regions",
        "limits that can hold together", "allow on_premises or sovereign_cloud, or drop air_gap");
  }
}

}  // namespace stackport::match
