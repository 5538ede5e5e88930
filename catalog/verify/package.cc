#include "catalog/verify/package.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "catalog/base/text.h"
#include "catalog/verify/demands.h"
#include "catalog/verify/figures.h"
#include "catalog/verify/needs.h"
#include "catalog/verify/terms.h"

namespace stackport::verify {

namespace {

constexpr std::string_view kService = "as a service of its vendor";

class PackageCheck {
 public:
  PackageCheck(const World& world, const StandIns& stand_ins, const Load& load,
               const ClaimedCandidate& candidate, CheckList& checks)
      : world_(world), stand_ins_(stand_ins), load_(load), candidate_(candidate), checks_(checks) {}

  Package Run() {
    if (!CheckPlace() || !ReadLines()) {
      checks_.NotChecked("figures", "package", "amounts, costs and figures",
                         "what they follow from is not there");
      return std::move(package_);
    }
    CheckDemands();
    CheckPins();
    const Chosen chosen = ChosenParts();
    const auto assumed = CheckRequirements(chosen);
    if (!CheckAmounts(chosen)) {
      checks_.NotChecked("figures", "package", "costs and figures", "the amounts are not settled");
      return std::move(package_);
    }
    if (!CheckTerms()) {
      checks_.NotChecked("figures", "package", "figures", "a part cannot be had");
      return std::move(package_);
    }
    package_.ranked = CheckFigures(world_, place_, lines_, candidate_, assumed, checks_);
    CheckUsContent(world_, lines_, candidate_, checks_);
    CheckLimits(world_, package_.ranked, checks_);
    package_.computed = true;
    return std::move(package_);
  }

 private:
  bool CheckPlace() {
    const auto place = FindPlace(world_, candidate_.site);
    checks_.Require("place", candidate_.site, "is a place of the snapshot", place.ok(),
                    candidate_.site, place.ok() ? "a place" : place.error().message);
    if (!place) return false;
    place_ = *place;
    checks_.Expect("place", candidate_.site, "deployment", candidate_.deployment,
                   place_.deployment);
    checks_.Expect("place", candidate_.site, "location", candidate_.location, place_.country);
    const auto& allowed = world_.asked.deployment;
    const std::string& mode = place_.deployment;
    // Who accepts a farther region accepts a nearer one.
    const bool any_cloud = Holds(allowed, "cloud_anywhere") && mode.starts_with("cloud_");
    const bool bloc = Holds(allowed, "cloud_in_bloc") && mode == "cloud_in_country";
    checks_.Require("place", candidate_.site, "the request allows the deployment",
                    Holds(allowed, mode) || any_cloud || bloc, mode, Join(allowed, ", "));
    if (!place_.customer) {
      const bool may = MayHoldData(world_, place_.country) != Truth::kFalse;
      checks_.Require("place", candidate_.site, "data may be held there", may, place_.country,
                      world_.asked.residency);
    }
    return true;
  }

  bool ReadLines() {
    bool all = true;
    for (const ClaimedPart& part : candidate_.parts) {
      const Component* component = world_.snapshot.Find(part.component);
      checks_.Require("components", part.component, "is in the snapshot", component != nullptr,
                      component == nullptr ? "missing" : "there", "there");
      if (component == nullptr) {
        all = false;
        continue;
      }
      const Vendor* vendor = world_.snapshot.FindVendor(component->vendor_id);
      checks_.Expect("components", part.component, "name", part.name, component->name);
      checks_.Expect("components", part.component, "vendor", part.vendor,
                     vendor == nullptr ? component->vendor_id : vendor->name);
      checks_.Expect("components", part.component, "kind", part.kind, component->kind);
      checks_.Expect("components", part.component, "layer", part.layer,
                     std::string(1, component->layer));
      Line line{&part, component, {}, false, 1, {}};
      for (const std::string& demand : part.demands) {
        const std::string why = WhyNot(world_, place_, part, *component, demand);
        checks_.Require("demands", part.component, "answers " + demand, why.empty(),
                        why.empty() ? "it does" : why, "it does");
        const std::string_view group = GroupOf(world_, demand);
        if (!group.empty()) line.group = group;
        all = all && why.empty();
      }
      if (line.group.empty()) all = false;
      line.included = IsIncluded(part, place_, line.group);
      lines_.push_back(line);
    }
    return all;
  }

  // Every demand is answered, each by one part; no member of a set could be left out.
  void CheckDemands() {
    for (const std::string_view group : Groups()) {
      const bool optional = group == kServers || group == kEntitlements;
      for (const std::string& demand : DemandsOfGroup(world_, group)) {
        std::vector<std::string> by;
        for (const Line& line : lines_) {
          if (Holds(line.part->demands, demand)) by.push_back(line.component->id);
        }
        checks_.Require("demands", demand,
                        optional ? "is answered at most once" : "is answered once",
                        by.size() == 1 || (optional && by.empty()),
                        by.empty() ? "by none" : Join(by, ", "), "by one part");
      }
      CheckNoneToSpare(group);
    }
    for (const Line& line : lines_) {
      std::string& answer = package_.answers[std::string(line.group)];
      answer += fmt::format(
          "{}|{}|{}|{}\n", line.component->id, line.part->role, line.part->location,
          line.part->quantity == 0 ? 0 : line.part->capex_cents.high / line.part->quantity);
    }
  }

  void CheckNoneToSpare(std::string_view group) {
    if (group != kData && group != kApplications && group != kSecurity) return;
    for (const Line& line : lines_) {
      if (line.group != group) continue;
      const auto demands = DemandsOfGroup(world_, group);
      const bool alone =
          std::any_of(demands.begin(), demands.end(), [&](const std::string& demand) {
            return Covers(line, demand) &&
                   std::none_of(lines_.begin(), lines_.end(), [&](const Line& other) {
                     return &other != &line && other.group == group && Covers(other, demand);
                   });
          });
      checks_.Require("demands", line.component->id, "cannot be left out", alone,
                      alone ? "needed" : "others answer all that it answers", "needed");
    }
  }

  bool Covers(const Line& line, const std::string& demand) const {
    return WhyNot(world_, place_, *line.part, *line.component, demand).empty();
  }

  void CheckPins() {
    const auto pinned = [&](const std::string& name, bool vendor) {
      const bool there = std::any_of(lines_.begin(), lines_.end(), [&](const Line& line) {
        return (vendor ? line.component->vendor_id : line.component->id) == name;
      });
      checks_.Require("demands", name, "is pinned", there, there ? "there" : "missing", "there");
    };
    for (const std::string& name : world_.asked.pinned_components) pinned(name, false);
    for (const std::string& name : world_.asked.pinned_vendors) pinned(name, true);
  }

  Chosen ChosenParts() const {
    Chosen chosen;
    for (const Line& line : lines_) {
      if (line.group == kModel) {
        chosen.model = line.component;
        chosen.hosted_model = IsHosted(*line.part);
      }
      if (line.included) continue;
      if (line.group == kServers) chosen.server = line.component;
      if (line.group == kNetworking) chosen.network = line.component;
      if (line.group == kStorage) chosen.storage = line.component;
      if (line.group != kCompute) continue;
      chosen.compute = line.component;
      if (line.component->kind == "accelerator") {
        chosen.accelerator = line.component;
      } else {
        const auto inside = TokensOf(*line.component, "accelerated-compute", "accelerator");
        if (!inside.empty()) chosen.accelerator = world_.snapshot.Find(inside.front());
      }
    }
    return chosen;
  }

  std::optional<std::int64_t> CheckRequirements(const Chosen& chosen) {
    std::vector<Member> members;
    const Component* runtime = nullptr;
    for (const Line& line : lines_) {
      members.push_back({line.component, line.part->role == kService, line.included});
      if (line.group == kServing && !line.included) runtime = line.component;
      if (line.group == kServing && line.included) {
        checks_.Require("requirements", line.component->id, "serves hosted models only",
                        chosen.hosted_model, chosen.hosted_model ? "hosted" : "own weights",
                        "hosted");
      }
    }
    CheckPairs(world_, members, chosen, runtime, checks_);
    return CheckNeeds(members, checks_);
  }

  bool CheckAmounts(const Chosen& chosen) {
    const auto amounts = AmountsOf(world_, chosen, load_);
    checks_.Require("quantities", "package", "can be built in these amounts", amounts.ok(),
                    amounts.ok() ? "it can" : amounts.error().message, "it can");
    if (!amounts) return false;
    for (Line& line : lines_) {
      if (line.group == kCompute) line.units = amounts->compute;
      if (line.group == kServers) line.units = amounts->nodes;
      if (line.group == kNetworking) line.units = amounts->switches;
      if (line.group == kStorage) line.units = amounts->storage;
      if (line.group == kEntitlements) line.units = amounts->accelerators;
      checks_.Expect("quantities", line.component->id, "quantity", line.part->quantity, line.units);
      if (line.group == kCompute) CheckThroughput(line, amounts->replicas);
    }
    return true;
  }

  void CheckThroughput(const Line& line, const std::optional<Replicas>& replicas) {
    const std::string& id = line.component->id;
    const auto& claimed = line.part->throughput;
    checks_.Expect("quantities", id, "throughput is stated", claimed ? "stated" : "none",
                   replicas ? "stated" : "none");
    if (!claimed || !replicas) return;
    checks_.Expect("quantities", id, "replicas", claimed->replicas, replicas->count);
    checks_.Expect("quantities", id, "accelerators of a replica", claimed->accelerators_per_replica,
                   replicas->accelerators_each);
    checks_.Expect("quantities", id, "tokens of a replica in 1,000 s",
                   claimed->tokens_per_1000s_per_replica, replicas->tokens_per_1000s_each);
    checks_.Expect("quantities", id, "precision", claimed->precision, replicas->precision);
    checks_.Expect("quantities", id, "throughput is", claimed->basis,
                   replicas->measured ? "measured" : "estimated");
  }

  // A part may be had in several ways; the one that fits the claim best is the one compared.
  bool CheckTerms() {
    bool all = true;
    for (Line& line : lines_) {
      const PossibleTerms possible =
          TermsOf(world_, stand_ins_, load_, place_, *line.part, *line.component, line.group);
      checks_.Require("eligibility", line.component->id, "may be part of a package here",
                      !possible.terms.empty(), possible.terms.empty() ? possible.why : "it may",
                      "it may");
      if (possible.terms.empty()) {
        all = false;
        continue;
      }
      int best = -1;
      for (const Terms& terms : possible.terms) {
        const int fit = Fit(line, terms);
        if (fit > best) {
          best = fit;
          line.terms = terms;
        }
      }
      CompareTerms(line);
    }
    return all;
  }

  static int Fit(const Line& line, const Terms& terms) {
    const ClaimedPart& part = *line.part;
    return 8 * (part.role == kService) * terms.as_service +
           8 * (part.role != kService) * !terms.as_service + 4 * (part.location == terms.location) +
           2 * (part.capex_cents == Times(terms.cost.capex_cents, line.units)) +
           2 * (part.opex_cents_per_year == Times(terms.cost.opex_cents_per_year, line.units)) +
           (part.lead_days == terms.lead_days) + (part.open_questions == terms.open);
  }

  void CompareTerms(const Line& line) {
    const std::string& id = line.component->id;
    const ClaimedPart& part = *line.part;
    const Terms& terms = line.terms;
    checks_.Expect("eligibility", id, "is a service of its vendor",
                   part.role == kService ? "yes" : "no", terms.as_service ? "yes" : "no");
    checks_.Expect("eligibility", id, "location", part.location, terms.location);
    checks_.Expect("eligibility", id, "open questions", part.open_questions, terms.open);
    checks_.Expect("cost", id, "capital in US cents", part.capex_cents,
                   Times(terms.cost.capex_cents, line.units));
    checks_.Expect("cost", id, "US cents a year", part.opex_cents_per_year,
                   Times(terms.cost.opex_cents_per_year, line.units));
    checks_.Expect("cost", id, "rests on a published price",
                   part.cost_basis == "stated" ? "yes" : "no", terms.cost.stated ? "yes" : "no");
    checks_.Expect("cost", id, "power in W", part.power_w, Times(terms.watts, line.units));
    checks_.Expect("cost", id, "lead time in days", part.lead_days, terms.lead_days);
  }

  const World& world_;
  const StandIns& stand_ins_;
  const Load& load_;
  const ClaimedCandidate& candidate_;
  CheckList& checks_;
  Place place_;
  std::vector<Line> lines_;
  Package package_;
};

}  // namespace

Package CheckPackage(const World& world, const StandIns& stand_ins, const Load& load,
                     const ClaimedCandidate& candidate, CheckList& checks) {
  return PackageCheck(world, stand_ins, load, candidate, checks).Run();
}

}  // namespace stackport::verify
