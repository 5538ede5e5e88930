// What the rules of eligibility say of a component: decided as data, and put into words when
// somebody asks.
#ifndef STACKPORT_CATALOG_MATCH_VERDICT_H_
#define STACKPORT_CATALOG_MATCH_VERDICT_H_

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

// Questions of the rules that look at a site. A rule asks each at most once of a component.
enum class SiteQuestion : std::uint8_t {
  kSoldIn,
  kOffers,
  kLocation,
  kAirGap,
  kOwnMachines,
  kControlPlane,
  kExport,
  kLeadTime
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
  // A bit for each SiteQuestion: for one component and one offer, the same bits are the same words.
  std::uint32_t site_questions() const { return site_questions_; }
  // Null where they were left for later.
  VerdictWordsPtr words() const { return words_; }

  // `reason` lives as long as the program. `make` gives an Exclusion.
  template <typename Make>
  void Exclude(std::string_view reason, Make make) {
    reason_ = reason;
    if (words_ != nullptr) words_->exclusion = make();
  }
  // `make` gives an OpenQuestion that is as decisive.
  template <typename Make>
  void Ask(Make make, bool decisive = true) {
    ++questions_;
    if (decisive) ++decisive_;
    if (words_ != nullptr) words_->questions.push_back(make());
  }
  template <typename Make>
  void AskHere(SiteQuestion question, Make make, bool decisive = true) {
    site_questions_ |= 1U << static_cast<unsigned>(question);
    Ask(make, decisive);
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
  std::uint32_t site_questions_ = 0;
  std::shared_ptr<VerdictWords> words_;
};

}  // namespace stackport::match

#endif  // STACKPORT_CATALOG_MATCH_VERDICT_H_
