// What the rules read of the country that a request is for.
#include "catalog/match/eligibility.h"
#include "catalog/match/verdict_parts.h"

namespace stackport::match {

std::string Eligibility::CountryKey() const {
  std::string key;
  // Two numbers never read as one.
  const auto add = [&](std::int64_t number) { key += std::to_string(number) + ","; };
  add(static_cast<int>(destination_.holds));
  add(static_cast<int>(market_.holds));
  // JudgeMains.
  if (country_ != nullptr) {
    for (const auto* volts : {&country_->mains_voltage_v, &country_->mains_three_phase_v}) {
      for (const int each : *volts) add(each);
      key += ';';
    }
  }
  // JudgeSale.
  for (const auto& [codes, set] : catalog_.traits().country_sets()) {
    key += country_number_ != kNoCountry && set.test(country_number_) ? '1' : '0';
  }
  // Sites, services and residency: which of the places is the country itself, or in its bloc.
  const CountrySet& locations = catalog_.traits().locations();
  for (CountryNumber place = 0; place < kCountryNumbers; ++place) {
    if (!locations.test(place)) continue;
    key += place == country_number_ ? 'o' : InBloc(CodeOf(place)) ? 'b' : '-';
  }
  // JudgeExport, and JudgeWeightsLicence.
  for (const std::size_t position : catalog_.OfKind("accelerator")) {
    key += static_cast<char>('0' + static_cast<int>(LicenceNeedOf(catalog_.TraitsOf(position))));
  }
  for (const std::size_t position : catalog_.OfKind("model")) {
    const Fact* not_in = catalog_.TraitsOf(position).unlicensed_countries;
    if (not_in == nullptr) continue;
    key += Contains(not_in->value.tokens, request_.country) ? 'n' : '-';
  }
  return key;
}

}  // namespace stackport::match
