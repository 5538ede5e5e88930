#include "catalog/match/package_change.h"

#include <algorithm>

namespace stackport::match {

namespace {

using json::Allocator;
using json::Set;
using json::Value;

constexpr std::pair<Figure, FigureRow> kFigureRows[] = {
    {Figure::kOpenQuestions, kRowQuestions},
    {Figure::kDataAbroad, kRowAbroad},
    {Figure::kTco, kRowTcoHigh},
    {Figure::kCapex, kRowCapexHigh},
    {Figure::kOpex, kRowOpexHigh},
    {Figure::kSitePower, kRowPowerHigh},
    {Figure::kLeadTime, kRowLeadTime},
    {Figure::kLicences, kRowLicences},
    {Figure::kVendors, kRowVendors},
};

std::vector<std::string> Names(const std::vector<PackageView::Part>& parts) {
  std::vector<std::string> names;
  for (const PackageView::Part& part : parts) names.push_back(part.component);
  return names;
}

const std::vector<PackageView::Part>& At(const PackageView& view, const std::string& demand) {
  static const std::vector<PackageView::Part> kNone;
  for (const auto& [name, parts] : view.demands) {
    if (name == demand) return parts;
  }
  return kNone;
}

}  // namespace

std::int64_t PackageView::FigureOf(Figure figure) const {
  for (const auto& [name, value] : figures) {
    if (name == figure) return value;
  }
  return 0;
}

std::string_view LevelUnit(std::string_view level) {
  const auto figure = FigureByName(level);
  return figure ? FigureUnit(*figure) : FigureUnit(Figure::kTco);
}

std::string_view FigureUnit(Figure figure) {
  switch (figure) {
    case Figure::kTco:
    case Figure::kCapex:
    case Figure::kOpex:
      return "US cent";
    case Figure::kSitePower:
      return "W";
    case Figure::kLeadTime:
      return "d";
    case Figure::kOpenQuestions:
    case Figure::kDataAbroad:
    case Figure::kLicences:
    case Figure::kVendors:
      return "";
  }
  return "";
}

PackageView ViewOf(const CatalogSnapshot& snapshot, const Request& request,
                   const CompiledMatch& compiled, const Answer& answer) {
  PackageView view;
  for (std::size_t s = 0; s < kFixedSlots; ++s) {
    std::vector<PackageView::Part> parts;
    for (const int pick : answer.choice.picks[s]) {
      const auto candidate = static_cast<std::size_t>(pick);
      if (s == kDeploymentSlot) view.site = compiled.sites[candidate].id;
      const Part& part = compiled.parts[s][candidate];
      if (!part.has_component) continue;
      parts.push_back({snapshot.components[part.component].id, answer.evaluation.slot_units[s]});
    }
    std::sort(parts.begin(), parts.end(),
              [](const auto& a, const auto& b) { return a.component < b.component; });
    if (s != kDeploymentSlot) {
      view.demands.emplace_back(compiled.problem.slots[s].name, std::move(parts));
    }
  }
  for (const auto& [figure, row] : kFigureRows) {
    std::int64_t value = answer.evaluation.limit_values[static_cast<std::size_t>(row)];
    if (figure == Figure::kSitePower) value = SitePower(value, request);
    view.figures.emplace_back(figure, value);
  }
  return view;
}

bool SamePackage(const PackageView& a, const PackageView& b) {
  return a.site == b.site && a.demands == b.demands;
}

Value ChangeJson(const PackageView& from, const PackageView& to, Allocator& allocator) {
  Value change(rapidjson::kObjectType);
  if (from.site != to.site) {
    Value site(rapidjson::kObjectType);
    Set(site, "from", from.site, allocator);
    Set(site, "to", to.site, allocator);
    Set(change, "site", std::move(site), allocator);
  }
  Value parts(rapidjson::kArrayType);
  for (const auto& [demand, before] : from.demands) {
    const std::vector<std::string> was = Names(before), is = Names(At(to, demand));
    if (was == is) continue;
    Value part(rapidjson::kObjectType);
    Set(part, "demand", demand, allocator);
    Set(part, "from", json::StringArray(was, allocator), allocator);
    Set(part, "to", json::StringArray(is, allocator), allocator);
    parts.PushBack(part, allocator);
  }
  Set(change, "parts", std::move(parts), allocator);
  Value figures(rapidjson::kArrayType);
  for (const auto& [figure, was] : from.figures) {
    const std::int64_t is = to.FigureOf(figure);
    Value entry(rapidjson::kObjectType);
    Set(entry, "figure", FigureName(figure), allocator);
    if (!FigureUnit(figure).empty()) Set(entry, "unit", FigureUnit(figure), allocator);
    Set(entry, "from", was, allocator);
    Set(entry, "to", is, allocator);
    Set(entry, "difference", is - was, allocator);
    figures.PushBack(entry, allocator);
  }
  Set(change, "figures", std::move(figures), allocator);
  return change;
}

}  // namespace stackport::match
