// Asks a plugin's offers table for every component, country and step of quantity, and folds the
// answers into as few offers as say the same.
#ifndef STACKPORT_HOST_SCANNER_OFFER_TABULATION_H_
#define STACKPORT_HOST_SCANNER_OFFER_TABULATION_H_

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "catalog/base/result.h"
#include "host/scanner/reply_writer.h"
#include "stackport/offers.h"

namespace stackport::scanner {

// One use; one thread.
class OfferTabulation {
 public:
  OfferTabulation(const stackport_offers_table& table, ReplyWriter& reply)
      : table_(table), reply_(reply) {}

  // Asks about each component, in order, and sends the offers of each that has any. What is wrong
  // goes to the reply as an error of the plugin. Requires: the table was checked.
  stackport_status Run(const std::vector<std::string>& component_ids);

 private:
  // One offer without its prices -> its prices, both as canonical JSON; no prices: empty.
  using Answer = std::map<std::string, std::string>;
  // Quantity from which an answer holds, until the next entry.
  using Steps = std::map<std::uint64_t, Answer>;

  static stackport_status TakeOffer(void* context, const char* json, std::uint64_t length);
  static stackport_status TakeError(void* context, const char* message, std::uint64_t length);

  Status Tabulate(const std::string& component_id);
  // All answers for one component and country.
  Result<Steps> StepsFor(const std::string& component_id, std::string_view country);
  // Finds the changes between two quantities that are answered differently.
  Status Refine(const std::string& component_id, std::string_view country, std::uint64_t low,
                const Answer& at_low, std::uint64_t high, const Answer& at_high, Steps* steps);
  Result<Answer> Ask(const std::string& component_id, std::string_view country,
                     std::uint64_t quantity);
  // Files one offer of the answer that is being given; an error names what is wrong with it.
  Status Take(std::string_view json);

  const stackport_offers_table& table_;
  ReplyWriter& reply_;
  Answer answer_;  // that is being given
  Error fault_;    // of the answer that is being given; no message: none
  bool reported_ = false;
  std::uint64_t questions_ = 0;
  std::uint64_t bytes_ = 0;
  // Offers seen before: a price list says the same to most countries.
  std::unordered_map<std::string, std::pair<std::string, std::string>> parsed_;
};

}  // namespace stackport::scanner

#endif  // STACKPORT_HOST_SCANNER_OFFER_TABULATION_H_
