// A sweep for people: where packages exist, what blocks the rest, and what would help.
#ifndef STACKPORT_HOST_CLI_SWEEP_TEXT_H_
#define STACKPORT_HOST_CLI_SWEEP_TEXT_H_

#include <string>

#include "catalog/countries/country_index.h"
#include "catalog/match/sweep.h"
#include "host/cli/commands.h"

namespace stackport::cli {

// The code where the country is not known.
std::string CountryName(const CountryIndex& countries, const std::string& code);

// What blocks a country, in one line. Requires: nothing fits there.
std::string Blocker(const match::SweepRow& row);

void PrintSweep(Session& session, const match::Sweep& sweep, const CountryIndex& countries);

}  // namespace stackport::cli

#endif  // STACKPORT_HOST_CLI_SWEEP_TEXT_H_
