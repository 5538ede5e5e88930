// Candidates of software and services: models, runtimes, entitlements, data, applications,
// security.
#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <utility>

#include "catalog/match/provided_values.h"
#include "catalog/match/slot_builder.h"

namespace stackport::match {

namespace {

constexpr std::int64_t kMegabyte = 1'000'000;

// The first of an application's capabilities that states the task; null when none does.
const ProvidedCapability* CapabilityWithTask(const Component& application, std::string_view task) {
  for (const ProvidedCapability& provided : application.provides) {
    if (provided.capability != "application") continue;
    const std::vector<std::string>& tasks = TokensIn(provided, "task");
    if (std::find(tasks.begin(), tasks.end(), task) != tasks.end()) return &provided;
  }
  return nullptr;
}

}  // namespace

void SlotBuilder::AddModels() {
  const Workload& workload = compiled_.workload;
  PriceBasis basis;
  basis.users = workload.users;
  basis.input_tokens_per_year = workload.input_tokens_per_year;
  basis.output_tokens_per_year = workload.output_tokens_per_year;
  for (const std::size_t index : Wanted(catalog_.OfKind("model"))) {
    const Component& model = snapshot_.components[index];
    if (model.FindCapability("language-model") == nullptr) continue;
    const Verdict verdict = eligibility_.Judge(index);
    if (!verdict.eligible()) continue;
    const Fact* open = catalog_.TraitsOf(index).open_weights;
    const bool self_hosted =
        IsProvided(model, "language-model", "self_hosted") || (open != nullptr && open->value.flag);
    if (self_hosted) AddModelWeights(index, verdict, basis);
    AddHostedModel(index, verdict, self_hosted, basis);
  }
}

// Weights that the operator runs wherever the package stands.
void SlotBuilder::AddModelWeights(std::size_t index, const Verdict& verdict,
                                  const PriceBasis& basis) {
  const Component& model = snapshot_.components[index];
  Variant variant{all_sites_, {}, eligibility_.JudgeWeightsLicence(index)};
  if (!variant.verdict.eligible()) {
    RejectBy(index, variant.verdict);
    return;
  }
  for (const Offer& offer : model.offers) {
    const bool weights = std::any_of(offer.prices.begin(), offer.prices.end(),
                                     [](const Price& p) { return p.per == PricePer::kUnit; });
    if (weights) variant.placement.offer = &offer;
  }
  Draft draft = MakeDraft(index, verdict, variant, model.id, basis);
  draft.candidate.requires_.clear();
  draft.part.role = "weights run by the operator";
  const PartTags& tags = catalog_.tags()[index];
  draft.candidate.provides.push_back(tags_.Of(catalog_.tags().weights()));
  tags_.AddTo(draft.candidate.provides, tags.models);
  tags_.AddTo(draft.candidate.provides, tags.families);
  const auto memory = model.Number("weights_memory_bf16");
  const auto parameters = model.Number("parameters");
  const std::int64_t bytes = memory ? memory->high : parameters ? parameters->high * 2 : 0;
  Value(draft, kLoadMbPerS) =
      MulDivCeil(bytes / kMegabyte, 1000, request_.Milli("model_load_seconds"));
  Add(kModelSlot, std::move(draft));
}

// The model as clouds run it in their regions.
void SlotBuilder::AddHostedModel(std::size_t index, const Verdict& verdict, bool self_hosted,
                                 const PriceBasis& basis) {
  const Component& model = snapshot_.components[index];
  Variant hosted{SitesOf(catalog_.CloudsOf(index)), {}, Verdict(words_)};
  if (hosted.sites.empty()) {
    if (!self_hosted) {
      Reject(index, "deployment", [] {
        return "it is called as a hosted interface only, and no cloud that lists it has a region "
               "where the request allows machines to stand";
      });
    }
    return;
  }
  if (!AnyWanted(hosted.sites)) return;
  for (const Offer& offer : model.offers) {
    const bool per_token =
        std::any_of(offer.prices.begin(), offer.prices.end(), [](const Price& p) {
          return p.per == PricePer::kMillionInputTokens || p.per == PricePer::kMillionOutputTokens;
        });
    if (per_token) hosted.placement.offer = &offer;
  }
  Draft draft = MakeDraft(index, verdict, hosted, model.id + "#hosted", basis);
  // MakeDraft's requirements are those of running the weights; hosting needs only the site.
  draft.candidate.requires_.clear();
  RequireSites(draft.candidate, hosted.sites);
  draft.part.role = kHostedModelRole;
  draft.candidate.provides.push_back(tags_.Of(catalog_.tags().hosted()));
  tags_.AddTo(draft.candidate.provides, catalog_.tags()[index].families);
  Ask(draft, Asked::kHostedRegions, true, [] {
    return RuleAndText{
        "hosted interface in the region",
        "The cloud lists the model; whether the chosen region serves it is not stated."};
  });
  Add(kModelSlot, std::move(draft));
}

void SlotBuilder::AddRuntimes() {
  for (const std::size_t index : Wanted(catalog_.OfKind("serving_runtime"))) {
    const Component& runtime = snapshot_.components[index];
    if (runtime.FindCapability("model-serving") == nullptr) continue;
    const Verdict verdict = eligibility_.Judge(index);
    if (!verdict.eligible()) continue;
    const PartTags& tags = catalog_.tags()[index];
    std::vector<TagId> served = tags_.Of(tags.models);
    tags_.AddTo(served, tags.families);
    if (served.empty()) continue;  // it states nothing it serves
    std::sort(served.begin(), served.end());
    const std::vector<Variant> variants = VariantsOf(index, all_sites_);
    for (std::size_t v = 0; v < variants.size(); ++v) {
      if (!AnyWanted(variants[v].sites)) continue;
      Draft draft = MakeDraft(index, verdict, variants[v], IdOf(runtime, variants, v), {});
      draft.candidate.requires_.push_back(served);
      draft.candidate.requires_.push_back({tags_.Of(catalog_.tags().weights())});
      Add(kRuntimeSlot, std::move(draft));
    }
  }
}

void SlotBuilder::AddEntitlements() {
  for (const std::size_t index : Wanted(catalog_.OfKind("software_entitlement"))) {
    const Component& entitlement = snapshot_.components[index];
    const Verdict verdict = eligibility_.Judge(index);
    if (!verdict.eligible()) continue;
    const std::vector<TagId>& needed = catalog_.tags()[index].needed_by;
    if (needed.empty()) continue;
    const std::vector<Variant> variants = VariantsOf(index, all_sites_);
    for (std::size_t v = 0; v < variants.size(); ++v) {
      if (!AnyWanted(variants[v].sites)) continue;
      Draft draft = MakeDraft(index, verdict, variants[v], IdOf(entitlement, variants, v), {});
      draft.candidate.requires_.push_back(needed);
      Add(kEntitlementSlot, std::move(draft));
    }
  }
}

void SlotBuilder::AddData() {
  PriceBasis basis;
  basis.users = compiled_.workload.users;
  std::vector<std::size_t> either;
  std::ranges::set_union(catalog_.Providing("data-pipeline"), catalog_.Providing("data-labeling"),
                         std::back_inserter(either));
  for (const std::size_t index : Wanted(either)) {
    const Component& component = snapshot_.components[index];
    std::uint32_t covers = 0;
    if (component.FindCapability("data-pipeline") != nullptr) covers |= 1U;
    if (component.FindCapability("data-labeling") != nullptr) covers |= 2U;
    const Verdict verdict = eligibility_.Judge(index);
    if (!verdict.eligible()) continue;
    const std::vector<Variant> variants = VariantsOf(index, all_sites_);
    for (std::size_t v = 0; v < variants.size(); ++v) {
      if (!AnyWanted(variants[v].sites)) continue;
      Draft draft = MakeDraft(index, verdict, variants[v], IdOf(component, variants, v), basis);
      draft.candidate.covers = covers;
      Add(kDataSlot, std::move(draft));
    }
  }
}

void SlotBuilder::AddApplications() {
  const auto* assistant_tasks = Registry::Builtin().FindVocabulary("assistant_task");
  for (const std::size_t index : Wanted(catalog_.OfKind("application"))) {
    const Component& application = snapshot_.components[index];
    std::uint32_t covers = 0;
    std::vector<std::string_view> not_shown;  // tasks
    std::vector<const ProvidedCapability*> used;
    PriceBasis basis;
    for (std::size_t u = 0; u < request_.use_cases.size(); ++u) {
      const UseCase& use_case = request_.use_cases[u];
      const ProvidedCapability* does = CapabilityWithTask(application, use_case.task);
      const bool shown = does != nullptr;
      if (!shown && assistant_tasks != nullptr && assistant_tasks->contains(use_case.task)) {
        does = CapabilityWithTask(application, "assistant.general");
      }
      if (does == nullptr) continue;
      covers |= 1U << u;
      basis.users += use_case.users;
      if (std::find(used.begin(), used.end(), does) == used.end()) used.push_back(does);
      if (!shown) not_shown.push_back(use_case.task);
    }
    if (covers == 0) continue;
    const Verdict verdict = eligibility_.Judge(index);
    if (!verdict.eligible()) continue;
    const std::vector<Variant> variants = VariantsOf(index, all_sites_);
    for (std::size_t v = 0; v < variants.size(); ++v) {
      if (!AnyWanted(variants[v].sites)) continue;
      Draft draft = MakeDraft(index, verdict, variants[v], IdOf(application, variants, v), basis);
      draft.candidate.covers = covers;
      for (const std::string_view task : not_shown) {
        Ask(draft, Asked::kTask, true, [&] {
          return RuleAndText{fmt::format("does {}", task),
                             fmt::format("It is a general assistant; that it serves {} well once "
                                         "configured is not shown.",
                                         task)};
        });
      }
      for (const ProvidedCapability* does : used) {
        const auto number = static_cast<std::size_t>(does - application.provides.data());
        BindToModel(index, number, variants[v].placement.as_service, draft);
      }
      Add(kApplicationSlot, std::move(draft));
    }
  }
}

// How an application goes together with the package's model, as one of its capabilities says.
void SlotBuilder::BindToModel(std::size_t index, std::size_t number, bool as_service,
                              Draft& draft) {
  const ProvidedCapability& capability = snapshot_.components[index].provides[number];
  const auto because = [&](const char* text) {
    if (draft.words == nullptr) return;
    std::vector<std::string>& list = draft.words->because;
    if (std::find(list.begin(), list.end(), text) == list.end()) list.emplace_back(text);
  };
  const std::vector<NameId>& families = catalog_.tags()[index].working_families[number];
  if (as_service || FlagIn(capability, "model_embedded")) {
    because("brings its own inference");
  } else if (FlagIn(capability, "model_choice")) {
    because("the operator chooses the model");
  } else if (!families.empty()) {
    std::vector<TagId> any = tags_.Of(families);
    std::sort(any.begin(), any.end());
    draft.candidate.requires_.push_back(std::move(any));
  } else {
    Ask(draft, Asked::kModelFamily, true, [] {
      return RuleAndText{"works with the chosen model",
                         "Which models it works with is not stated."};
    });
  }
}

void SlotBuilder::AddSecurity() {
  PriceBasis basis;
  basis.users = compiled_.workload.users;
  for (const std::size_t index : Wanted(catalog_.Providing("security-control"))) {
    const Component& component = snapshot_.components[index];
    const std::vector<std::string>& controls =
        ProvidedTokens(component, "security-control", "control");
    std::uint32_t covers = 0;
    for (std::size_t c = 0; c < request_.security_controls.size(); ++c) {
      if (std::find(controls.begin(), controls.end(), request_.security_controls[c]) !=
          controls.end()) {
        covers |= 1U << c;
      }
    }
    if (covers == 0) continue;
    const Verdict verdict = eligibility_.Judge(index);
    if (!verdict.eligible()) continue;
    const std::vector<Variant> variants = VariantsOf(index, all_sites_);
    for (std::size_t v = 0; v < variants.size(); ++v) {
      if (!AnyWanted(variants[v].sites)) continue;
      Draft draft = MakeDraft(index, verdict, variants[v], IdOf(component, variants, v), basis);
      draft.candidate.covers = covers;
      Add(kSecuritySlot, std::move(draft));
    }
  }
}

}  // namespace stackport::match
