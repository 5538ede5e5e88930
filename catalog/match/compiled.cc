#include "catalog/match/compiled.h"

#include <algorithm>
#include <iterator>

namespace stackport::match {

namespace {

template <typename T>
void Append(std::vector<T>& to, const std::vector<T>& from) {
  to.insert(to.end(), from.begin(), from.end());
}

// What both verdicts say under `member`, in that order, and then `here`.
template <typename T>
std::vector<T> All(const Part& part, std::vector<T> Verdict::*member,
                   const std::vector<T>& here = {}) {
  std::vector<T> all;
  for (const VerdictPtr& verdict : {part.anywhere, part.at_sites}) {
    if (verdict != nullptr) Append(all, (*verdict).*member);
  }
  Append(all, here);
  return all;
}

std::int64_t Decisive(const std::vector<OpenQuestion>& questions) {
  return std::count_if(questions.begin(), questions.end(),
                       [](const OpenQuestion& question) { return question.decisive; });
}

}  // namespace

void Verdict::Merge(Verdict other) {
  if (!exclusion) exclusion = std::move(other.exclusion);
  const auto append = [](auto& to, auto& from) {
    to.insert(to.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
  };
  append(questions, other.questions);
  append(because, other.because);
  append(programme, other.programme);
  append(facts, other.facts);
  licence_needed = licence_needed || other.licence_needed;
}

std::vector<OpenQuestion> Part::Questions() const {
  return All(*this, &Verdict::questions, questions_here);
}

std::int64_t Part::DecisiveQuestions() const {
  std::int64_t count = Decisive(questions_here);
  if (anywhere != nullptr) count += Decisive(anywhere->questions);
  if (at_sites != nullptr) count += Decisive(at_sites->questions);
  return count;
}

std::vector<std::string> Part::Because() const {
  return All(*this, &Verdict::because, because_here);
}

std::vector<ProgrammeNote> Part::Programme() const {
  return All(*this, &Verdict::programme);
}

std::vector<UsedFact> Part::Facts() const {
  return All(*this, &Verdict::facts);
}

const Sizing* SizingTable::Find(int model, int compute) const {
  const int machine = machine_of_[static_cast<std::size_t>(compute)];
  if (machine < 0) return nullptr;
  const auto& sizing =
      sizings_[static_cast<std::size_t>(model) * machines_ + static_cast<std::size_t>(machine)];
  return sizing ? &*sizing : nullptr;
}

}  // namespace stackport::match
