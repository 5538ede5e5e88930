#include "catalog/verify/figures.h"

#include <algorithm>
#include <set>

#include "catalog/programme/us_content.h"

namespace stackport::verify {

namespace {

void AddTo(Interval& sum, const Interval& more) {
  sum = {Narrow(Wide{sum.low} + more.low), Narrow(Wide{sum.high} + more.high)};
}

void CheckFigure(const ClaimedCandidate& candidate, const std::string& name,
                 const Interval& expected, CheckList& checks) {
  const auto found = candidate.figures.find(name);
  if (found == candidate.figures.end()) {
    checks.Expect("figures", "package", name, "missing", IntervalText(expected));
  } else {
    checks.Expect("figures", "package", name, found->second, expected);
  }
}

}  // namespace

Interval Times(const Interval& each, std::int64_t count) {
  return {Narrow(Wide{each.low} * count), Narrow(Wide{each.high} * count)};
}

std::map<std::string, std::int64_t> CheckFigures(const World& world, const Place& place,
                                                 const std::vector<Line>& lines,
                                                 const ClaimedCandidate& candidate,
                                                 std::optional<std::int64_t> assumed,
                                                 CheckList& checks) {
  const auto figure = [&](const std::string& name, const Interval& expected) {
    CheckFigure(candidate, name, expected, checks);
  };
  Interval capex, opex, watts;
  Wide stated = 0, total = 0;
  std::int64_t lead = 0, licences = 0, open = 0, abroad = 0;
  std::set<std::string> vendors;
  const std::int64_t years = world.asked.Milli("years") / 1000;
  if (place.country != world.asked.country) ++abroad;
  for (const Line& line : lines) {
    const Terms& terms = line.terms;
    AddTo(capex, Times(terms.cost.capex_cents, line.units));
    AddTo(opex, Times(terms.cost.opex_cents_per_year, line.units));
    AddTo(opex, Times(EnergyCents(world, terms.watts), line.units));
    AddTo(watts, Times(terms.watts, line.units));
    const Wide cents = Wide{line.units} * (terms.cost.capex_cents.high +
                                           Wide{years} * terms.cost.opex_cents_per_year.high);
    total += cents;
    if (terms.cost.stated) stated += cents;
    if (line.units > 0) lead = std::max(lead, terms.lead_days);
    licences += terms.licence ? 1 : 0;
    open += terms.open;
    if (terms.as_service && terms.location != world.asked.country) ++abroad;
    vendors.insert(line.component->vendor_id);
  }
  Interval tco = capex;
  AddTo(tco, Times(opex, years));
  const auto site = [&](std::int64_t draw) {
    return Narrow(CeilOf(Wide{draw} * world.asked.Milli("pue"), 1000));
  };
  figure("capex", capex);
  figure("opex_per_year", opex);
  figure("tco", tco);
  figure("site_power", {site(watts.low), site(watts.high)});
  figure("lead_time", {lead, lead});
  figure("licences", {licences, licences});
  const auto vendor_count = static_cast<std::int64_t>(vendors.size());
  figure("vendors", {vendor_count, vendor_count});
  figure("data_abroad", {abroad, abroad});
  const std::int64_t share = total == 0 ? 10'000 : Narrow(stated * 10'000 / total);
  figure("priced_share", {share, share});
  if (assumed) {
    figure("open_questions", {open + *assumed, open + *assumed});
  } else {
    checks.NotChecked("figures", "package", "open_questions",
                      "too many requirements hang on open facts to count the fewest");
  }
  const auto questions = candidate.figures.find("open_questions");
  const std::int64_t counted = questions == candidate.figures.end() ? 0 : questions->second.high;
  checks.Expect("figures", "package", "standing", candidate.standing,
                counted == 0 ? "certain" : "possible");
  return {{"capex", capex.high},       {"opex", opex.high},
          {"tco", tco.high},           {"site_power", watts.high},
          {"lead_time", lead},         {"licences", licences},
          {"vendors", vendor_count},   {"data_abroad", abroad},
          {"open_questions", counted}, {"site_power_w", site(watts.high)}};
}

void CheckUsContent(const World& world, const std::vector<Line>& lines,
                    const ClaimedCandidate& candidate, CheckList& checks) {
  std::vector<ContentItem> items;
  Wide best = 0, worst = 0;
  for (const Line& line : lines) {
    if (!IsMachine(*line.component) || line.included || line.units == 0) continue;
    const Interval share = line.component->Number("us_content").value_or(Interval{0, kWholeShare});
    const Interval& each = line.terms.cost.capex_cents;
    items.push_back({Times(each, line.units), share});
    // Dollars times the distance from the presumption, at the best and the worst corner.
    std::vector<Wide> corners;
    for (const std::int64_t cents : {each.low, each.high}) {
      for (const std::int64_t points : {share.low, share.high}) {
        corners.push_back(CeilOf(cents, 100) * (points - kUsContentPresumption) * line.units);
      }
    }
    best += *std::max_element(corners.begin(), corners.end());
    worst += *std::min_element(corners.begin(), corners.end());
  }
  if (items.empty()) {
    checks.Expect("figures", "package", "U.S. content", candidate.us_presumption, "not applicable");
    return;
  }
  const auto content = JudgeUsContent(items);
  if (!content) {
    checks.Expect("figures", "package", "U.S. content", candidate.us_presumption, "unknown");
    return;
  }
  checks.Expect("figures", "package", "U.S. content presumption", candidate.us_presumption,
                std::string(TruthName(content->presumption)));
  CheckFigure(candidate, "us_content_layer_a",
              {content->low_basis_points, content->high_basis_points}, checks);
  if (world.asked.us_content_required) {
    const Wide credit = world.asked.reject_unknown ? worst : best;
    checks.Require("limits", "package", "51 percent U.S. content", credit >= 0,
                   credit >= 0 ? "possible" : "out of reach", "possible");
  }
}

void CheckLimits(const World& world, const std::map<std::string, std::int64_t>& ranked,
                 CheckList& checks) {
  for (const auto& [name, limit] : world.asked.limits) {
    const std::string key = name == "delivery"     ? "lead_time"
                            : name == "site_power" ? "site_power_w"
                                                   : name;
    const auto value = ranked.find(key);
    if (value == ranked.end()) {
      checks.NotChecked("limits", "package", name, "this verifier knows no such limit");
      continue;
    }
    checks.Require("limits", "package", name, value->second <= limit, std::to_string(value->second),
                   "at most " + std::to_string(limit));
  }
  if (world.asked.no_licence) {
    checks.Expect("limits", "package", "export licences", ranked.at("licences"), 0);
  }
}

}  // namespace stackport::verify
