// What a compiled problem is at one of its sites. Requests that differ in their country alone
// compile to problems that are the same at many of their sites; those share one search.
#ifndef STACKPORT_CATALOG_MATCH_SITE_FORMS_H_
#define STACKPORT_CATALOG_MATCH_SITE_FORMS_H_

#include <cstddef>
#include <cstdint>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "catalog/match/compiled.h"
#include "catalog/match/prepared_catalog.h"

namespace stackport::match {

// Gives equal texts equal numbers, from 0. It keeps each text once. Thread-safe.
class FormNumbers {
 public:
  // The numbers of all of them, in their order.
  std::vector<std::int32_t> Of(const std::vector<std::string>& texts);

 private:
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const {
      return std::hash<std::string_view>()(text);
    }
  };

  std::mutex mutex_;
  std::unordered_map<std::string, std::int32_t, Hash, std::equal_to<>> numbers_;
};

// A compiled problem, site by site. Refers to what it is made of. Requires: it was compiled for a
// request whose `top` is 1, and no demand is without a candidate.
class SiteForms {
 public:
  SiteForms(const PreparedCatalog& catalog, const CompiledMatch& compiled, FormNumbers& numbers);

  // All that the search can see at a site. Equal texts, of requests that differ in their country
  // alone and with the same numbers: it finds packages of the same candidates, components, figures
  // and decisive questions. Bytes that no one else need understand.
  std::string TextAt(std::size_t site) const;

  // The problem with these sites alone, ascending, and the candidates that can stand at one.
  struct Part {
    Problem problem;
    std::vector<std::vector<std::size_t>> candidates;  // [slot]: their numbers in the whole problem
  };
  Part At(std::span<const std::size_t> sites) const;

 private:
  // Whether candidates that ask for the tag stand at some sites only.
  bool IsPlace(TagId tag) const { return !sites_of_tag_[static_cast<std::size_t>(tag)].empty(); }
  std::string TextOf(std::size_t slot, std::size_t candidate,
                     const std::vector<std::int32_t>& tag_numbers) const;
  std::vector<std::int32_t> NumbersOfTags(FormNumbers& numbers) const;
  void NumberCandidates(FormNumbers& numbers);

  const CompiledMatch& compiled_;
  const std::size_t shared_tags_;  // that every problem of the catalog has, with the same ids
  std::vector<std::vector<std::size_t>> sites_of_tag_;  // ascending
  // [slot]: those that stand anywhere, and [slot][site] those that stand at some sites only.
  std::vector<std::vector<std::size_t>> anywhere_;
  std::vector<std::vector<std::vector<std::size_t>>> there_;
  std::vector<std::vector<std::int32_t>> forms_;  // [slot][candidate]
  std::int32_t form_anywhere_ = 0;                // of all that can stand anywhere, and the slots
};

}  // namespace stackport::match

#endif  // STACKPORT_CATALOG_MATCH_SITE_FORMS_H_
