// Candidates of software and services: models, runtimes, entitlements, data, applications,
// security.
#include <algorithm>
#include <utility>

#include "catalog/match/provided_values.h"
#include "catalog/match/sites.h"
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

bool FactIsTrue(const Component& component, std::string_view fact) {
  const Fact* found = component.FindFact(fact);
  return found != nullptr && found->value.flag;
}

}  // namespace

void SlotBuilder::AddModels() {
  const Workload& workload = compiled_.workload;
  PriceBasis basis;
  basis.users = workload.users;
  basis.input_tokens_per_year = workload.input_tokens_per_year;
  basis.output_tokens_per_year = workload.output_tokens_per_year;
  for (const std::size_t index : Eligible("model")) {
    const Component& model = snapshot_.components[index];
    const ProvidedCapability* language = model.FindCapability("language-model");
    if (language == nullptr) continue;
    const bool self_hosted =
        IsProvided(model, "language-model", "self_hosted") || FactIsTrue(model, "open_weights");
    Verdict licence = self_hosted ? eligibility_.JudgeWeightsLicence(model) : Verdict();
    if (!licence.eligible()) {
      site_exclusions_.try_emplace(index, *licence.exclusion);
    } else if (self_hosted) {
      Variant variant;
      variant.verdict = std::make_shared<const Verdict>(std::move(licence));
      for (std::size_t s = 0; s < compiled_.sites.size(); ++s) variant.sites.push_back(s);
      for (const Offer& offer : model.offers) {
        const bool weights = std::any_of(offer.prices.begin(), offer.prices.end(),
                                         [](const Price& p) { return p.per == PricePer::kUnit; });
        if (weights) variant.placement.offer = &offer;
      }
      Draft draft = MakeDraft(index, variant, model.id, basis);
      draft.candidate.requires_.clear();
      draft.part.role = "weights run by the operator";
      draft.candidate.provides.push_back(tags_.Id("weights run by the operator"));
      for (const std::string& name : ProvidedTokens(model, "language-model", "model")) {
        draft.candidate.provides.push_back(tags_.Id("model " + name));
      }
      for (const std::string& name : ProvidedTokens(model, "language-model", "family")) {
        draft.candidate.provides.push_back(tags_.Id("family " + name));
      }
      const auto memory = model.Number("weights_memory_bf16");
      const auto parameters = model.Number("parameters");
      const std::int64_t bytes = memory ? memory->high : parameters ? parameters->high * 2 : 0;
      Value(draft.candidate, kLoadMbPerS) =
          MulDivCeil(bytes / kMegabyte, 1000, request_.Milli("model_load_seconds"));
      Add(kModelSlot, std::move(draft));
    }
    const std::vector<std::string> clouds = CloudsOf(model);
    Variant hosted;
    for (std::size_t s = 0; s < compiled_.sites.size(); ++s) {
      const Site& site = compiled_.sites[s];
      if (!site.customer_site && std::binary_search(clouds.begin(), clouds.end(), site.cloud)) {
        hosted.sites.push_back(s);
      }
    }
    if (hosted.sites.empty()) {
      if (!self_hosted) {
        site_exclusions_.try_emplace(
            index, Exclusion{model.id,
                             "deployment",
                             "it is called as a hosted interface only, and no cloud that lists it "
                             "has a region where the request allows machines to stand",
                             {},
                             {}});
      }
      continue;
    }
    for (const Offer& offer : model.offers) {
      const bool per_token =
          std::any_of(offer.prices.begin(), offer.prices.end(), [](const Price& p) {
            return p.per == PricePer::kMillionInputTokens ||
                   p.per == PricePer::kMillionOutputTokens;
          });
      if (per_token) hosted.placement.offer = &offer;
    }
    Draft draft = MakeDraft(index, hosted, model.id + "#hosted", basis);
    // MakeDraft's requirements are those of running the weights; hosting needs only the site.
    draft.candidate.requires_.clear();
    RequireSites(draft.candidate, hosted.sites);
    draft.part.role = kHostedModelRole;
    draft.candidate.provides.push_back(tags_.Id("hosted interface"));
    for (const std::string& name : ProvidedTokens(model, "language-model", "family")) {
      draft.candidate.provides.push_back(tags_.Id("family " + name));
    }
    draft.part.questions_here.push_back(
        {model.id, "hosted_regions", "hosted interface in the region",
         "The cloud lists the model; whether the chosen region serves it is not stated.", true});
    Add(kModelSlot, std::move(draft));
  }
}

void SlotBuilder::AddRuntimes() {
  for (const std::size_t index : Eligible("serving_runtime")) {
    const Component& runtime = snapshot_.components[index];
    if (runtime.FindCapability("model-serving") == nullptr) continue;
    std::vector<TagId> served;
    for (const std::string& name : ProvidedTokens(runtime, "model-serving", "model")) {
      served.push_back(tags_.Id("model " + name));
    }
    for (const std::string& name : ProvidedTokens(runtime, "model-serving", "family")) {
      served.push_back(tags_.Id("family " + name));
    }
    if (served.empty()) continue;  // it states nothing it serves
    std::sort(served.begin(), served.end());
    const std::vector<Variant> variants = VariantsOf(index, Anywhere);
    for (std::size_t v = 0; v < variants.size(); ++v) {
      Draft draft = MakeDraft(index, variants[v], runtime.id + SuffixFor(variants[v], v), {});
      draft.candidate.requires_.push_back(served);
      draft.candidate.requires_.push_back({tags_.Id("weights run by the operator")});
      Add(kRuntimeSlot, std::move(draft));
    }
  }
}

void SlotBuilder::AddEntitlements() {
  for (const std::size_t index : Eligible("software_entitlement")) {
    const Component& entitlement = snapshot_.components[index];
    std::vector<TagId> needed;
    const auto& needs_of_entitlement = catalog_.requirement_tags().needs_of_entitlement();
    for (const TagId tag : catalog_.ProvidedBy(index).certain) {
      const auto need = needs_of_entitlement.find(tag);
      if (need != needs_of_entitlement.end()) needed.push_back(need->second);
    }
    if (needed.empty()) continue;
    std::sort(needed.begin(), needed.end());
    const std::vector<Variant> variants = VariantsOf(index, Anywhere);
    for (std::size_t v = 0; v < variants.size(); ++v) {
      Draft draft = MakeDraft(index, variants[v], entitlement.id + SuffixFor(variants[v], v), {});
      draft.candidate.requires_.push_back(needed);
      Add(kEntitlementSlot, std::move(draft));
    }
  }
}

void SlotBuilder::AddData() {
  PriceBasis basis;
  basis.users = compiled_.workload.users;
  for (std::size_t index = 0; index < snapshot_.components.size(); ++index) {
    const Component& component = snapshot_.components[index];
    std::uint32_t covers = 0;
    if (component.FindCapability("data-pipeline") != nullptr) covers |= 1U;
    if (component.FindCapability("data-labeling") != nullptr) covers |= 2U;
    if (covers == 0 || !verdicts_[index]->eligible()) continue;
    const std::vector<Variant> variants = VariantsOf(index, Anywhere);
    for (std::size_t v = 0; v < variants.size(); ++v) {
      Draft draft = MakeDraft(index, variants[v], component.id + SuffixFor(variants[v], v), basis);
      draft.candidate.covers = covers;
      Add(kDataSlot, std::move(draft));
    }
  }
}

void SlotBuilder::AddApplications() {
  const auto* assistant_tasks = Registry::Builtin().FindVocabulary("assistant_task");
  for (const std::size_t index : Eligible("application")) {
    const Component& application = snapshot_.components[index];
    std::uint32_t covers = 0;
    std::vector<OpenQuestion> fit;
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
      if (!shown) {
        fit.push_back({application.id, "task", "does " + use_case.task,
                       "It is a general assistant; that it serves " + use_case.task +
                           " well once configured is not shown.",
                       true});
      }
    }
    if (covers == 0) continue;
    const std::vector<Variant> variants = VariantsOf(index, Anywhere);
    for (std::size_t v = 0; v < variants.size(); ++v) {
      Draft draft =
          MakeDraft(index, variants[v], application.id + SuffixFor(variants[v], v), basis);
      draft.candidate.covers = covers;
      draft.part.questions_here.insert(draft.part.questions_here.end(), fit.begin(), fit.end());
      for (const ProvidedCapability* does : used) {
        BindToModel(application, *does, variants[v].placement.as_service, draft);
      }
      Add(kApplicationSlot, std::move(draft));
    }
  }
}

// How an application goes together with the package's model, as one of its capabilities says.
void SlotBuilder::BindToModel(const Component& application, const ProvidedCapability& capability,
                              bool as_service, Draft& draft) {
  const auto because = [&](const char* text) {
    std::vector<std::string>& list = draft.part.because_here;
    if (std::find(list.begin(), list.end(), text) == list.end()) list.push_back(text);
  };
  const std::vector<std::string>& families = TokensIn(capability, "model_family");
  if (as_service || FlagIn(capability, "model_embedded")) {
    because("brings its own inference");
  } else if (FlagIn(capability, "model_choice")) {
    because("the operator chooses the model");
  } else if (!families.empty()) {
    std::vector<TagId> any;
    for (const std::string& family : families) any.push_back(tags_.Id("family " + family));
    std::sort(any.begin(), any.end());
    draft.candidate.requires_.push_back(std::move(any));
  } else {
    draft.part.questions_here.push_back({application.id, "model_family",
                                         "works with the chosen model",
                                         "Which models it works with is not stated.", true});
  }
}

void SlotBuilder::AddSecurity() {
  PriceBasis basis;
  basis.users = compiled_.workload.users;
  for (std::size_t index = 0; index < snapshot_.components.size(); ++index) {
    const Component& component = snapshot_.components[index];
    const std::vector<std::string> controls =
        ProvidedTokens(component, "security-control", "control");
    if (controls.empty() || !verdicts_[index]->eligible()) continue;
    std::uint32_t covers = 0;
    for (std::size_t c = 0; c < request_.security_controls.size(); ++c) {
      if (std::find(controls.begin(), controls.end(), request_.security_controls[c]) !=
          controls.end()) {
        covers |= 1U << c;
      }
    }
    if (covers == 0) continue;
    const std::vector<Variant> variants = VariantsOf(index, Anywhere);
    for (std::size_t v = 0; v < variants.size(); ++v) {
      Draft draft = MakeDraft(index, variants[v], component.id + SuffixFor(variants[v], v), basis);
      draft.candidate.covers = covers;
      Add(kSecuritySlot, std::move(draft));
    }
  }
}

}  // namespace stackport::match
