// Collects advice about one component. Private to catalog/advice.
#ifndef STACKPORT_CATALOG_ADVICE_ADVICE_SINK_H_
#define STACKPORT_CATALOG_ADVICE_ADVICE_SINK_H_

#include <string>
#include <utility>
#include <vector>

#include "catalog/advice/advisor.h"

namespace stackport {

class AdviceSink {
 public:
  AdviceSink(std::string component, std::vector<Advice>& all)
      : component_(std::move(component)), all_(all) {}

  void Warn(AdviceTopic topic, std::string code, std::string pointer, std::string message,
            std::string expected, std::string remedy) {
    Add(topic, false, std::move(code), std::move(pointer), std::move(message), std::move(expected),
        std::move(remedy));
  }
  void Note(AdviceTopic topic, std::string code, std::string pointer, std::string message,
            std::string expected, std::string remedy) {
    Add(topic, true, std::move(code), std::move(pointer), std::move(message), std::move(expected),
        std::move(remedy));
  }

 private:
  void Add(AdviceTopic topic, bool note, std::string code, std::string pointer, std::string message,
           std::string expected, std::string remedy) {
    if (all_.size() >= kMaxAdvice) return;
    all_.push_back({topic,
                    component_,
                    note,
                    {Severity::kWarning, std::move(code), std::move(pointer), std::move(message),
                     std::move(expected), std::move(remedy)}});
  }

  std::string component_;
  std::vector<Advice>& all_;
};

}  // namespace stackport

#endif  // STACKPORT_CATALOG_ADVICE_ADVICE_SINK_H_
