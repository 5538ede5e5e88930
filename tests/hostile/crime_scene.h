// Every crime of the table, admitted once for all tests of the program.
#ifndef STACKPORT_TESTS_HOSTILE_CRIME_SCENE_H_
#define STACKPORT_TESTS_HOSTILE_CRIME_SCENE_H_

#include <map>
#include <string>
#include <vector>

#include "host/admission/admission.h"

namespace stackport {

// The folder of the fixture plugin example-NAME.
std::string PathOfCrime(const std::string& name);

// A second of CPU time, a quarter of a gigabyte: enough for anything honest, soon used up by the
// others.
AdmissionSettings CrimeSettings();

// Admits each plugin once, several at a time: most of them wait or burn CPU time for a second.
class CrimeScene {
 public:
  explicit CrimeScene(const std::vector<std::string>& crimes);

  const AdmissionReport& Of(const std::string& crime) const { return reports_.at(crime); }

 private:
  std::map<std::string, AdmissionReport> reports_;
};

}  // namespace stackport

#endif  // STACKPORT_TESTS_HOSTILE_CRIME_SCENE_H_
