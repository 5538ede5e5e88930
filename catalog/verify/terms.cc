#include "catalog/verify/terms.h"

#include <algorithm>
#include <set>

#include "catalog/verify/demands.h"
#include "catalog/verify/fitness.h"

namespace stackport::verify {

namespace {

bool HasPricePer(const Offer& offer, std::initializer_list<PricePer> units) {
  return std::any_of(offer.prices.begin(), offer.prices.end(), [&](const Price& price) {
    return std::find(units.begin(), units.end(), price.per) != units.end();
  });
}

// What the provider of a region brings along costs nothing of its own, but for storage.
std::vector<Terms> IncludedTerms(const World& world, const Place& place, std::string_view group) {
  Terms free_of_charge;
  free_of_charge.location = place.country;
  if (group != kStorage) return {free_of_charge};
  std::vector<Terms> possible;
  for (const Offer& offer : place.provider->offers) {
    if (offer.location_country != place.country ||
        !HasPricePer(offer, {PricePer::kTerabyteMonth})) {
      continue;
    }
    if (const auto cost = PublishedCost(offer, {})) {
      Terms terms = free_of_charge;
      terms.cost = *cost;
      possible.push_back(terms);
    }
  }
  if (!possible.empty()) return possible;
  Terms assumed = free_of_charge;
  const Wide micro_usd = Wide{world.asked.Milli("cloud_storage_usd_per_tb_month")} * 1000 * 12;
  const std::int64_t cents = Narrow(CeilOf(micro_usd, 10'000));
  assumed.cost.opex_cents_per_year = {cents, cents};
  assumed.cost.stated = false;
  assumed.open = world.asked.Limit("opex") || world.asked.Limit("tco") ? 1 : 0;
  return {assumed};
}

// Users of the use cases that an application does, and how many of those only as a general
// assistant.
std::pair<std::int64_t, std::int64_t> UsersOf(const World& world, const Place& place,
                                              const ClaimedPart& part,
                                              const Component& application) {
  std::int64_t users = 0, general = 0;
  for (const UseCaseAsked& use_case : world.asked.use_cases) {
    if (!WhyNot(world, place, part, application, use_case.task).empty()) continue;
    users += use_case.users;
    const ProvidedCapability* does = DoesTask(application, use_case.task);
    if (does != nullptr && !Holds(does->attributes.at("task").tokens, use_case.task)) ++general;
  }
  return {users, general};
}

// Open facts that belong to what the part does rather than to how it is had.
std::int64_t OpenUses(const World& world, const Component& component, std::string_view group,
                      bool as_service) {
  if (group == kStorage) {
    return NumberOf(component, "data-storage", "read_rate").value_or(0) == 0 ? 1 : 0;
  }
  if (group != kApplications || as_service) return 0;
  std::set<const ProvidedCapability*> open;
  for (const UseCaseAsked& use_case : world.asked.use_cases) {
    const ProvidedCapability* does = DoesTask(component, use_case.task);
    if (does == nullptr) continue;
    const auto set = [&](const char* name) {
      const auto found = does->attributes.find(name);
      return found != does->attributes.end() &&
             (found->second.flag || !found->second.tokens.empty());
    };
    if (!set("model_embedded") && !set("model_choice") && !set("model_family")) open.insert(does);
  }
  return static_cast<std::int64_t>(open.size());
}

// Models are had by their price alone: weights bought once, or tokens.
std::vector<Way> WaysToUseModel(const Component& model, bool hosted) {
  std::vector<Way> ways;
  for (const Offer& offer : model.offers) {
    const bool counts =
        hosted ? HasPricePer(offer, {PricePer::kMillionInputTokens, PricePer::kMillionOutputTokens})
               : HasPricePer(offer, {PricePer::kUnit});
    if (counts) ways.push_back({&offer, false, false, 0, 0});
  }
  if (ways.empty()) ways.push_back({});
  return ways;
}

}  // namespace

PossibleTerms TermsOf(const World& world, const StandIns& stand_ins, const Load& load,
                      const Place& place, const ClaimedPart& part, const Component& component,
                      std::string_view group) {
  PossibleTerms possible;
  const Fitness fitness = JudgeAnywhere(world, component);
  if (!fitness.rule.empty()) {
    possible.why = fitness.rule + ": " + fitness.why;
    return possible;
  }
  if (IsIncluded(part, place, group)) {
    possible.terms = IncludedTerms(world, place, group);
    return possible;
  }
  const bool hosted = IsHosted(part);
  const Fitness weights = group == kModel && !hosted ? JudgeWeights(world, component) : Fitness();
  if (!weights.rule.empty()) {
    possible.why = weights.rule + ": " + weights.why;
    return possible;
  }
  Ways ways;
  if (group == kModel) {
    ways.ways = WaysToUseModel(component, hosted);
  } else {
    ways = WaysToHave(world, component, place);
  }
  Units units;
  std::int64_t open =
      fitness.open + weights.open + (hosted ? 1 : 0);  // whether the region serves it is not stated
  if (group == kModel || group == kData || group == kSecurity) units.users = load.users;
  if (group == kModel) {
    units.input_tokens_per_year = load.input_tokens_per_year;
    units.output_tokens_per_year = load.output_tokens_per_year;
  }
  if (group == kApplications) {
    const auto [users, general] = UsersOf(world, place, part, component);
    units.users = users;
    open += general;
  }
  if (component.kind == "cloud_instance") {
    units.accelerators = NumberOf(component, "accelerated-compute", "accelerators").value_or(1);
  }
  // A region's services are paid with the machines and storage used.
  const bool paid_elsewhere = group == kCloudServices && !place.customer;
  for (const Way& way : ways.ways) {
    Terms terms;
    terms.as_service = way.as_service;
    terms.licence = way.licence;
    terms.lead_days = LeadDays(world, component, way.offer, way.licence);
    terms.open = open + way.open + OpenUses(world, component, group, way.as_service);
    if (IsMachine(component)) terms.watts = PowerOf(world, stand_ins, component);
    if (!paid_elsewhere) {
      terms.cost = CostOf(world, stand_ins, component, way.offer, units);
      if (!terms.cost.stated) {
        if (world.asked.reject_missing_prices) {
          possible.why = "its price is not published, and the request rejects that";
          continue;
        }
        if (world.asked.LimitsMoney()) ++terms.open;
      }
    }
    if (way.as_service) {
      terms.location = way.offer->location_country;
    } else if (paid_elsewhere || (group == kCompute && !place.customer)) {
      terms.location = place.country;
    }
    possible.terms.push_back(std::move(terms));
  }
  if (possible.terms.empty() && possible.why.empty()) possible.why = ways.why;
  return possible;
}

}  // namespace stackport::verify
