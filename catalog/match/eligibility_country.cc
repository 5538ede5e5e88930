// What the rules read of the country that a request is for.
#include "catalog/match/eligibility.h"
#include "catalog/match/verdict_parts.h"

namespace stackport::match {

Eligibility::CountryKey Eligibility::KeyOfCountry() const {
  const TraitsTable::Geography& geography = catalog_.traits().geography();
  // JudgeMember.
  std::string anywhere;
  for (const RuleVerdict* rule : {&destination_, &market_}) {
    anywhere += static_cast<char>('0' + static_cast<int>(rule->holds));
  }
  // Whether it is the country itself, or else of its bloc.
  const auto relations = [&](const CountrySet& places, bool blocs) {
    std::string text;
    for (CountryNumber place = 0; place < kCountryNumbers; ++place) {
      if (!places.test(place)) continue;
      const bool own = place == country_number_;
      text += own ? 'o' : blocs && InBloc(CodeOf(place)) ? 'b' : '-';
    }
    return text;
  };
  // JudgeService, and whether a service holds data abroad.
  anywhere += relations(geography.service_locations, request_.residency == Residency::kBloc);
  // JudgeWeightsLicence.
  for (const std::size_t position : catalog_.OfKind("model")) {
    const Fact* not_in = catalog_.TraitsOf(position).unlicensed_countries;
    if (not_in == nullptr) continue;
    anywhere += Contains(not_in->value.tokens, request_.country) ? 'n' : '-';
  }
  // JudgeMains.
  std::string mains;
  for (const auto& [low, high] : geography.mains) {
    mains += static_cast<char>('0' + static_cast<int>(MainsRunOn({low, high}).first));
  }
  // JudgeSale.
  const auto sold = [&](const std::set<const CountrySet*>& sets) {
    std::string text;
    for (const CountrySet* set : sets) {
      text += country_number_ != kNoCountry && set->test(country_number_) ? 's' : '-';
    }
    return text;
  };
  CountryKey key;
  key.in_regions = anywhere + sold(geography.sold_in_regions);
  if (geography.mains_in_regions) key.in_regions += mains;
  key.at_customers = anywhere + sold(geography.sold_at_customers) + mains;
  // JudgeExport.
  for (const std::size_t position : catalog_.OfKind("accelerator")) {
    const LicenceNeed need = LicenceNeedOf(catalog_.TraitsOf(position));
    key.at_customers += static_cast<char>('0' + static_cast<int>(need));
  }
  key.sites = anywhere + relations(geography.locations, request_.residency != Residency::kCountry);
  return key;
}

}  // namespace stackport::match
