#include "catalog/verify/needs.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <map>
#include <set>

#include "catalog/base/text.h"
#include "catalog/verify/demands.h"

namespace stackport::verify {

namespace {

// Sets of open alternatives are tried one after the other: 65,536 of them at most.
constexpr std::size_t kMostOpenAlternatives = 16;

// A server asks for a port; a switch provides it.
RequiredCapability Provided(RequiredCapability wanted) {
  if (wanted.capability == "fabric-port") wanted.capability = "fabric-switching";
  return wanted;
}

std::string NameOf(const RequiredCapability& wanted) {
  std::string name = wanted.capability;
  for (const Condition& condition : wanted.where) {
    name += fmt::format("; {} {} {} {} {}", condition.attribute, static_cast<int>(condition.op),
                        Join(condition.tokens, ","), condition.number, condition.flag);
  }
  return name;
}

std::string TextOf(const Requirement& requirement) {
  std::string text;
  for (const RequiredCapability& wanted : requirement.any_of) {
    if (!text.empty()) text += " or ";
    text += wanted.capability;
    for (const Condition& condition : wanted.where) {
      text += " " + condition.attribute;
      if (!condition.tokens.empty()) text += " " + Join(condition.tokens, "/");
    }
  }
  return text;
}

Truth Offered(const std::vector<Member>& members, const RequiredCapability& wanted) {
  Truth best = Truth::kFalse;
  for (const Member& member : members) {
    if (member.included) continue;
    for (const ProvidedCapability& provided : member.component->provides) {
      best = Or(best, Evaluate(wanted, provided));
    }
  }
  return best;
}

bool Share(const std::vector<std::string>& a, const std::vector<std::string>& b) {
  return std::any_of(a.begin(), a.end(), [&](const std::string& item) { return Holds(b, item); });
}

// An application that neither brings its model nor leaves the choice open names those it works
// with.
void CheckFamily(const Component& application, const ProvidedCapability& does, const Chosen& chosen,
                 CheckList& checks) {
  const auto set = [&](const char* name) {
    const auto found = does.attributes.find(name);
    return found != does.attributes.end() && found->second.flag;
  };
  const auto families = does.attributes.find("model_family");
  if (families == does.attributes.end() || set("model_embedded") || set("model_choice")) return;
  const auto of_model = chosen.model == nullptr
                            ? std::vector<std::string>()
                            : TokensOf(*chosen.model, "language-model", "family");
  checks.Require("requirements", application.id, "works with the model's family",
                 Share(families->second.tokens, of_model), Join(of_model, ", "),
                 "one of " + Join(families->second.tokens, ", "));
}

}  // namespace

std::optional<std::int64_t> CheckNeeds(const std::vector<Member>& members, CheckList& checks) {
  std::map<std::string, std::size_t> bits;
  std::vector<std::set<std::size_t>> groups;
  for (const Member& member : members) {
    // A model is paired with its runtime by name, and hosting asks for the place alone.
    if (member.included || member.component->kind == "model") continue;
    for (const Requirement& requirement : member.component->requires_) {
      if (requirement.site_condition) continue;
      bool met = false;
      std::set<std::size_t> open;
      for (const RequiredCapability& stated : requirement.any_of) {
        const RequiredCapability wanted = Provided(stated);
        const Truth offered = Offered(members, wanted);
        met = met || offered == Truth::kTrue;
        if (offered == Truth::kUnknown) {
          open.insert(bits.emplace(NameOf(wanted), bits.size()).first->second);
        }
      }
      checks.Require("requirements", member.component->id, "needs " + TextOf(requirement),
                     met || !open.empty(),
                     met            ? "a part provides it"
                     : open.empty() ? "no part provides it"
                                    : "a part may provide it; counted as an open question",
                     "a part that provides it");
      if (!met && !open.empty()) groups.push_back(std::move(open));
    }
  }
  if (groups.empty()) return 0;
  if (bits.size() > kMostOpenAlternatives) return std::nullopt;
  std::int64_t least = static_cast<std::int64_t>(bits.size());
  for (std::uint32_t assumed = 0; assumed < (1U << bits.size()); ++assumed) {
    const bool all = std::all_of(groups.begin(), groups.end(), [&](const auto& group) {
      return std::any_of(group.begin(), group.end(),
                         [&](std::size_t bit) { return (assumed >> bit & 1U) != 0; });
    });
    if (all) least = std::min<std::int64_t>(least, std::popcount(assumed));
  }
  return least;
}

void CheckPairs(const World& world, const std::vector<Member>& members, const Chosen& chosen,
                const Component* runtime, CheckList& checks) {
  const auto model_names = [&](const char* attribute) {
    return chosen.model == nullptr ? std::vector<std::string>()
                                   : TokensOf(*chosen.model, "language-model", attribute);
  };
  if (runtime != nullptr) {
    const bool serves = Share(TokensOf(*runtime, "model-serving", "model"), model_names("model")) ||
                        Share(TokensOf(*runtime, "model-serving", "family"), model_names("family"));
    checks.Require(
        "requirements", runtime->id, "serves the model", serves && !chosen.hosted_model,
        "model " + Join(model_names("model"), ", ") + " of " + Join(model_names("family"), ", "),
        "a model or family that it states, run by the operator");
  }
  const bool bought = chosen.compute != nullptr && chosen.compute == chosen.accelerator;
  if (bought) {
    const auto held = chosen.server == nullptr
                          ? std::vector<std::string>()
                          : TokensOf(*chosen.server, "accelerator-host", "accelerators");
    checks.Require("requirements", chosen.accelerator->id, "a server holds it",
                   Holds(held, chosen.accelerator->id), Join(held, ", "), chosen.accelerator->id);
  } else {
    checks.Require("requirements", "servers", "only for accelerators that are bought",
                   chosen.server == nullptr, chosen.server == nullptr ? "none" : chosen.server->id,
                   "none");
  }
  if (chosen.compute != nullptr) {
    checks.Require("requirements", chosen.compute->id, "runs weights of the operator's",
                   !chosen.hosted_model, chosen.hosted_model ? "a hosted model" : "own weights",
                   "own weights");
  }
  for (const Member& member : members) {
    const Component& component = *member.component;
    if (component.kind == "application" && !member.as_service) {
      std::set<const ProvidedCapability*> used;
      for (const UseCaseAsked& use_case : world.asked.use_cases) {
        const ProvidedCapability* does = DoesTask(component, use_case.task);
        if (does != nullptr) used.insert(does);
      }
      for (const ProvidedCapability* does : used) CheckFamily(component, *does, chosen, checks);
    }
    if (component.kind == "software_entitlement") {
      const bool needed = std::any_of(members.begin(), members.end(), [&](const Member& other) {
        return std::any_of(other.component->requires_.begin(), other.component->requires_.end(),
                           [&](const Requirement& requirement) {
                             return std::any_of(
                                 requirement.any_of.begin(), requirement.any_of.end(),
                                 [&](const RequiredCapability& wanted) {
                                   return wanted.capability == "software-entitlement" &&
                                          Offered({member}, wanted) == Truth::kTrue;
                                 });
                           });
      });
      checks.Require("requirements", component.id, "a part needs the entitlement", needed,
                     needed ? "needed" : "needed by none", "needed");
    }
  }
}

}  // namespace stackport::verify
