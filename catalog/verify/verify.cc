#include "catalog/verify/verify.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "catalog/base/hash.h"
#include "catalog/base/text.h"
#include "catalog/verify/fitness.h"
#include "catalog/verify/package.h"
#include "catalog/verify/prices.h"

namespace stackport::verify {

namespace {

// Reasons of exclusion that do not depend on where a package stands.
bool IsJudgedAnywhere(const std::string& reason) {
  static constexpr std::string_view kReasons[] = {
      "banned",   "blocked_destination", "member_rule",  "certification", "mains",
      "language", "site_condition",      "open_weights", "model_size"};
  return std::find(std::begin(kReasons), std::end(kReasons), reason) != std::end(kReasons);
}

std::vector<Wide> LevelsOf(const Asked& asked, const Package& package) {
  std::vector<Wide> levels;
  for (const auto& level : asked.objective) {
    Wide value = 0;
    for (const auto& [figure, weight] : level) {
      const auto found = package.ranked.find(figure);
      if (found != package.ranked.end()) value += Wide{found->second} * weight;
    }
    levels.push_back(value);
  }
  return levels;
}

std::string LevelsText(const std::vector<Wide>& levels) {
  std::string text;
  for (const Wide level : levels) {
    text += fmt::format("{}{}", text.empty() ? "" : ", ", Narrow(level));
  }
  return text;
}

std::int64_t Distance(const Package& a, const Package& b) {
  std::set<std::string> groups;
  for (const auto& [group, answer] : a.answers) groups.insert(group);
  for (const auto& [group, answer] : b.answers) groups.insert(group);
  return std::count_if(groups.begin(), groups.end(), [&](const std::string& group) {
    const auto left = a.answers.find(group);
    const auto right = b.answers.find(group);
    return (left == a.answers.end() ? std::string() : left->second) !=
           (right == b.answers.end() ? std::string() : right->second);
  });
}

void CheckHead(const json::Value& document, const Claim& claim, const World& world,
               const Load& load, CheckList& checks) {
  checks.Expect("result", "id", "hash of the content", claim.id, IdOf(document));
  checks.Expect("result", "snapshot", "the one it was checked against", claim.snapshot,
                world.snapshot.id);
  checks.Expect("result", "country", "of the request", claim.country, claim.asked.country);
  const Country* country = world.countries.Find(claim.country);
  checks.Expect("result", "country", "name", claim.country_name,
                country == nullptr ? "" : country->name);
  const auto load_is = [&](const char* name, std::int64_t expected) {
    const auto found = claim.workload.find(name);
    checks.Expect("workload", "use cases", name,
                  found == claim.workload.end() ? std::int64_t{-1} : found->second, expected);
  };
  load_is("users", load.users);
  load_is("input_tokens_per_year", load.input_tokens_per_year);
  load_is("output_tokens_per_year", load.output_tokens_per_year);
  load_is("storage_bytes", load.storage_bytes);
  checks.Expect("workload", "use cases", "output tokens in 1,000 s at the peak",
                std::int64_t{std::llround(claim.peak_tokens_per_s * 1000)},
                load.peak_tokens_per_1000s);
}

void CheckExclusions(const Claim& claim, const World& world, CheckList& checks) {
  std::int64_t unseen = claim.excluded;
  for (const auto& [reason, components] : claim.exclusions) {
    for (const std::string& id : components) {
      const Component* component = world.snapshot.Find(id);
      if (component != nullptr && !IsJudgedAnywhere(reason)) continue;
      --unseen;
      const std::string rule =
          component == nullptr ? "not in the snapshot" : JudgeAnywhere(world, *component).rule;
      checks.Expect("exclusions", id, "is excluded by", reason, rule);
    }
  }
  if (unseen > 0) {
    checks.NotChecked("exclusions", fmt::format("{} components", unseen), "are excluded",
                      "they depend on every place a package could stand at, or on what no request "
                      "demands; `stackport explain ID` judges one");
  }
}

void CheckOrder(const Claim& claim, const std::vector<Package>& packages, CheckList& checks) {
  checks.Require("order", "candidates", "at most as many as asked for",
                 static_cast<std::int64_t>(packages.size()) <= claim.asked.top,
                 std::to_string(packages.size()), std::to_string(claim.asked.top));
  for (std::size_t i = 0; i < packages.size(); ++i) {
    const std::string name = fmt::format("candidate {}", i + 1);
    checks.Expect("order", name, "rank", claim.candidates[i].rank,
                  static_cast<std::int64_t>(i) + 1);
    if (i > 0 && packages[i].computed && packages[i - 1].computed) {
      const auto before = LevelsOf(claim.asked, packages[i - 1]);
      const auto here = LevelsOf(claim.asked, packages[i]);
      checks.Require("order", name, "is not better than the one before it", before <= here,
                     LevelsText(here), "not before " + LevelsText(before));
    }
    for (std::size_t j = 0; j < i; ++j) {
      const std::int64_t distance = Distance(packages[i], packages[j]);
      checks.Require("order", name, fmt::format("differs enough from candidate {}", j + 1),
                     distance >= claim.asked.min_difference, std::to_string(distance),
                     fmt::format("at least {}", claim.asked.min_difference));
    }
  }
}

std::string LevelName(const std::vector<std::pair<std::string, std::int64_t>>& level) {
  std::vector<std::string> figures;
  for (const auto& [figure, weight] : level) figures.push_back(figure);
  return Join(figures, "+");
}

// What the proof says of itself; that nothing better exists takes a search.
void CheckProof(const Claim& claim, const std::vector<Package>& packages,
                const std::vector<Package>& others, CheckList& checks) {
  std::vector<std::string> levels;
  for (const auto& level : claim.asked.objective) levels.push_back(LevelName(level));
  checks.Expect("proof", "levels", "are the request's order", Join(claim.levels, ", "),
                Join(levels, ", "));
  const bool stopped = claim.proof == "stopped";
  const bool found = !claim.candidates.empty();
  checks.Require("proof", "status", "goes with the candidates",
                 stopped || claim.proof == (found ? "optimal" : "infeasible"), claim.proof,
                 found ? "optimal or stopped" : "infeasible or stopped");
  checks.Require("proof", "reproducible", "is false of a search that was stopped",
                 !(stopped && claim.reproducible), claim.reproducible ? "true" : "false", "false");
  if (claim.bound.empty()) return;
  checks.Require("proof", "bound",
                 "belongs to a search that was stopped, with a value for each level",
                 stopped && claim.bound.size() == levels.size(),
                 fmt::format("{}, {} values", claim.proof, claim.bound.size()),
                 fmt::format("stopped, {} values", levels.size()));
  const std::vector<Wide> bound(claim.bound.begin(), claim.bound.end());
  const bool passed = std::any_of(others.begin(), others.end(), [&](const Package& other) {
    const bool listed = std::any_of(packages.begin(), packages.end(), [&](const Package& package) {
      return Distance(other, package) < claim.asked.min_difference;
    });
    return other.computed && !listed && LevelsOf(claim.asked, other) < bound;
  });
  checks.Require("proof", "bound", "none of the other packages shown is better", !passed,
                 passed ? "one is" : "none", "none");
}

// The questions that decide, as listed, against the numbers that were recomputed: of a component in
// all of its parts together, for the list names components.
void CheckQuestions(const ClaimedCandidate& candidate, CheckList& checks) {
  std::map<std::string, std::int64_t> open;
  for (const ClaimedPart& part : candidate.parts) open[part.component] += part.open_questions;
  for (const auto& [component, questions] : open) {
    const auto listed = std::count(candidate.deciding.begin(), candidate.deciding.end(), component);
    checks.Expect("open questions", component, "deciding ones listed", std::int64_t{listed},
                  questions);
  }
  const auto counted = candidate.figures.find("open_questions");
  if (counted == candidate.figures.end()) return;
  checks.Expect("open questions", "package", "deciding ones listed",
                static_cast<std::int64_t>(candidate.deciding.size()), counted->second.high);
}

// What a candidate holds is not excluded.
void CheckNoneUsed(const Claim& claim, CheckList& checks) {
  std::set<std::string> used;
  for (const ClaimedCandidate& candidate : claim.candidates) {
    for (const ClaimedPart& part : candidate.parts) used.insert(part.component);
  }
  for (const auto& [reason, components] : claim.exclusions) {
    for (const std::string& id : components) {
      if (!used.contains(id)) continue;
      checks.Require("exclusions", id, "is in no candidate", false, reason, "not excluded");
    }
  }
}

// A package shown elsewhere in the result that is better than the list, and far enough from what
// stands before, belongs into the list.
void CheckNoneOverlooked(const Claim& claim, const std::vector<Package>& packages,
                         const std::vector<Package>& others, CheckList& checks) {
  bool overlooked = false;
  for (const Package& other : others) {
    if (!other.computed) continue;
    for (const Package& package : packages) {
      if (package.computed && LevelsOf(claim.asked, other) < LevelsOf(claim.asked, package)) {
        overlooked = true;
        break;
      }
      if (Distance(other, package) < claim.asked.min_difference) break;
    }
  }
  if (others.empty()) return;
  checks.Require("order", "candidates", "none of the other packages shown belongs before them",
                 !overlooked, overlooked ? "one does" : "none", "none");
}

void CheckFront(const Claim& claim, const std::vector<Package>& front, CheckList& checks) {
  for (std::size_t i = 0; i < front.size(); ++i) {
    const auto& values = claim.front[i].first;
    const std::string name = fmt::format("point {}", i + 1);
    for (std::size_t f = 0; f < values.size(); ++f) {
      const auto found = front[i].ranked.find(claim.front_figures[f]);
      if (found == front[i].ranked.end()) continue;
      checks.Expect("front", name, claim.front_figures[f], values[f], found->second);
    }
    for (std::size_t j = 0; j < front.size(); ++j) {
      if (i == j) continue;
      bool worse = true;
      for (std::size_t f = 0; f < values.size(); ++f) {
        worse = worse && claim.front[j].first[f] <= values[f];
      }
      if (worse) {
        checks.Require("front", name, "no other point is as good in every figure", false,
                       fmt::format("point {} is", j + 1), "none");
      }
    }
  }
}

}  // namespace

std::size_t Verification::Count(Standing standing) const {
  std::size_t count = 0;
  for (const CheckList& list : lists) count += list.Count(standing);
  return count;
}

std::string IdOf(const json::Value& document) {
  json::Document copy;
  copy.CopyFrom(document, copy.GetAllocator());
  json::Set(copy, "id", "", copy.GetAllocator());
  return "r-" + Sha256Hex(json::WriteCanonical(copy)).substr(0, 16);
}

Verification Verify(const json::Value& document, const Claim& claim,
                    const CatalogSnapshot& snapshot, const CountryIndex& countries) {
  const World world{snapshot, countries, claim.asked};
  const StandIns stand_ins(world);
  const Load load = LoadOf(claim.asked);
  CheckList whole("the result");
  CheckHead(document, claim, world, load, whole);
  Verification verification;
  std::vector<Package> packages, others, front;
  const auto check = [&](std::string title, const ClaimedCandidate& candidate) {
    CheckList& list = verification.lists.emplace_back(std::move(title));
    Package package = CheckPackage(world, stand_ins, load, candidate, list);
    CheckQuestions(candidate, list);
    return package;
  };
  for (const ClaimedCandidate& candidate : claim.candidates) {
    packages.push_back(check(fmt::format("candidate {}", packages.size() + 1), candidate));
  }
  for (const auto& [name, candidate] : claim.best_per) {
    others.push_back(check("best of " + Printable(name), candidate));
  }
  for (const auto& [values, candidate] : claim.front) {
    front.push_back(check(fmt::format("point {} of the front", front.size() + 1), candidate));
  }
  CheckOrder(claim, packages, whole);
  CheckFront(claim, front, whole);
  others.insert(others.end(), front.begin(), front.end());
  CheckNoneOverlooked(claim, packages, others, whole);
  CheckProof(claim, packages, others, whole);
  CheckExclusions(claim, world, whole);
  CheckNoneUsed(claim, whole);
  whole.NotChecked("proof", "candidates", "no better package exists",
                   "that takes a search: `stackport match REQUEST --json` on the same snapshot "
                   "gives the same bytes");
  for (const std::string& name : claim.asked.not_understood) {
    whole.NotChecked("request", name, "is taken into account",
                     "this verifier does not know the member");
  }
  whole.NotChecked("text", "reasons and sources", "texts, citations and the programme's checks",
                   "they are compared with no second source");
  verification.lists.insert(verification.lists.begin(), std::move(whole));
  return verification;
}

json::Document ToJson(const Verification& verification, const Claim& claim) {
  json::Document document(rapidjson::kObjectType);
  json::Allocator& allocator = document.GetAllocator();
  json::Set(document, "schema", "stackport.verification/1", allocator);
  json::Set(document, "result", Printable(claim.id), allocator);
  json::Set(document, "snapshot", Printable(claim.snapshot), allocator);
  json::Set(document, "holds", verification.Count(Standing::kHolds), allocator);
  json::Set(document, "does_not_hold", verification.Count(Standing::kDiffers), allocator);
  json::Set(document, "not_checked", verification.Count(Standing::kNotChecked), allocator);
  json::Value lists(rapidjson::kArrayType);
  for (const CheckList& list : verification.lists) {
    lists.PushBack(ToJson(list, allocator), allocator);
  }
  json::Set(document, "lists", std::move(lists), allocator);
  return document;
}

}  // namespace stackport::verify
