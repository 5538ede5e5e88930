// What the rules of eligibility say of a component: decided as data, and put into words when
// somebody asks.
#ifndef STACKPORT_CATALOG_MATCH_VERDICT_H_
#define STACKPORT_CATALOG_MATCH_VERDICT_H_

#include <bit>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "catalog/model/component.h"

namespace stackport::match {

// Whether sentences are made along with what is decided. A request decides on every component it
// touches, and tells of a dozen.
enum class Words { kLater, kNow };

// A fact that is not known and that a rule needs.
struct OpenQuestion {
  std::string component;
  std::string fact;
  std::string rule;  // "offered in the country", "speaks sw"
  std::string text;  // one sentence
  // Whether the answer could make the package infeasible under this request; only these are ranked.
  bool decisive = true;
};

// A fact as a rule used it.
struct UsedFact {
  std::string component;
  std::string fact;
  std::string value;
  Provenance provenance;
};

// Reason of an exclusion that is no verdict: the request asks for nothing of the kind.
inline constexpr std::string_view kNotDemanded = "not_demanded";

// Why a component cannot be part of any package for this request: the first rule that excludes it.
struct Exclusion {
  std::string component;
  std::string reason;  // machine-readable: "member_rule", "not_offered", "language", ...
  std::string text;    // one sentence, both sides
  std::vector<UsedFact> facts;
  Provenance rule;  // of the rule itself, where it has a published source
};

// A check of the programme that a candidate passed or left open.
struct ProgrammeNote {
  std::string check;
  std::string status;  // "met", "not required", "required", "open"
  std::string rule;
  Provenance provenance;
};

struct VerdictWords {
  std::optional<Exclusion> exclusion;
  std::vector<OpenQuestion> questions;
  std::vector<std::string> because;  // why it is eligible, one clause each
  std::vector<ProgrammeNote> programme;
  std::vector<UsedFact> facts;
};
using VerdictWordsPtr = std::shared_ptr<const VerdictWords>;

// What is asked about a part whose document does not tell it.
enum class Asked : std::uint8_t {
  // Where the package stands matters.
  kSoldIn,
  kOffers,
  kLocation,
  kAirGap,
  kOwnMachines,
  kControlPlane,
  kExport,
  kLeadTime,
  // The same everywhere.
  kHeadquarters,
  kCertifications,
  kLanguages,
  kParameters,
  kContextTokens,
  kMainsVoltage,
  kSiteCondition,
  kOpenWeights,
  kCommercialUse,
  kUnlicensedCountries,
  kLicensedUsers,
  // Of a part in its slot.
  kPrice,
  kStoragePrice,
  kReadRate,
  kHostedRegions,
  kTask,
  kModelFamily
};
// Name of the fact: "sold_in". Lives as long as the program.
std::string_view FactAsked(Asked what);

// Several of them, in the order of the enumeration.
class AskedSet {
 public:
  void Add(Asked what) { bits_ |= 1U << static_cast<unsigned>(what); }
  void Add(AskedSet others) { bits_ |= others.bits_; }
  std::uint32_t bits() const { return bits_; }
  std::vector<std::string_view> Facts() const;
  int size() const { return std::popcount(bits_); }

  friend bool operator==(AskedSet, AskedSet) = default;

 private:
  std::uint32_t bits_ = 0;
};

// The judgement of a chain of rules on one component: excluded by the first false one, otherwise
// eligible with what stayed unknown. Each `make` writes the words, and is called only where they
// are wanted now.
class Verdict {
 public:
  explicit Verdict(Words words) {
    if (words == Words::kNow) words_ = std::make_shared<VerdictWords>();
  }

  bool eligible() const { return reason_.empty(); }
  // Machine-readable; empty while it is eligible.
  std::string_view reason() const { return reason_; }
  int questions() const { return questions_; }
  int decisive_questions() const { return decisive_; }
  // For one component, one offer and the rules that look at a site, the same is the same words.
  AskedSet asked() const { return asked_; }
  AskedSet decisive_asked() const { return decisive_asked_; }
  // Null where they were left for later.
  VerdictWordsPtr words() const { return words_; }

  // `reason` lives as long as the program. `make` gives an Exclusion.
  template <typename Make>
  void Exclude(std::string_view reason, Make make) {
    reason_ = reason;
    if (words_ != nullptr) words_->exclusion = make();
  }
  // `make` gives an OpenQuestion about it that is as decisive.
  template <typename Make>
  void Ask(Asked what, Make make, bool decisive = true) {
    ++questions_;
    asked_.Add(what);
    if (decisive) {
      ++decisive_;
      decisive_asked_.Add(what);
    }
    if (words_ != nullptr) words_->questions.push_back(make());
  }
  // `explain` adds to the words what it has to say.
  template <typename Explain>
  void Tell(Explain explain) {
    if (words_ != nullptr) explain(*words_);
  }

  bool licence_needed = false;

 private:
  std::string_view reason_;
  int questions_ = 0;
  int decisive_ = 0;
  AskedSet asked_, decisive_asked_;
  std::shared_ptr<VerdictWords> words_;
};

}  // namespace stackport::match

#endif  // STACKPORT_CATALOG_MATCH_VERDICT_H_
