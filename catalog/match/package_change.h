// What tells two packages apart, of one problem or of two: parts demand by demand, and figures.
#ifndef STACKPORT_CATALOG_MATCH_PACKAGE_CHANGE_H_
#define STACKPORT_CATALOG_MATCH_PACKAGE_CHANGE_H_

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "catalog/base/json.h"
#include "catalog/match/compiled.h"
#include "catalog/match/engine.h"
#include "catalog/match/request.h"
#include "catalog/model/snapshot.h"

namespace stackport::match {

// A package by names.
struct PackageView {
  struct Part {
    std::string component;  // id
    std::int64_t units = 0;

    friend bool operator==(const Part&, const Part&) = default;
  };
  std::string site;
  std::vector<std::pair<std::string, std::vector<Part>>> demands;  // by slot name, in slot order
  std::vector<std::pair<Figure, std::int64_t>> figures;            // pessimistic ends

  std::int64_t FigureOf(Figure figure) const;
};

PackageView ViewOf(const CatalogSnapshot& snapshot, const Request& request,
                   const CompiledMatch& compiled, const Answer& answer);

// Whether both stand at the same site and have the same parts in the same numbers.
bool SamePackage(const PackageView& a, const PackageView& b);

// {"site"?: {"from","to"}, "parts": [{"demand","from":[id…],"to":[id…]}], "figures": [{"figure",
// "unit","from","to","difference"}]}: what differs, going from one to the other; of parts only the
// components count as different, of figures all are listed.
json::Value ChangeJson(const PackageView& from, const PackageView& to, json::Allocator& allocator);

// "US cent", "W", "d", "" for counts: the unit of a figure in answers.
std::string_view FigureUnit(Figure figure);
// The same of a level of the order: of several figures ("tco+lead_time") it is US cents, as weights
// are US cents per unit of each.
std::string_view LevelUnit(std::string_view level);

}  // namespace stackport::match

#endif  // STACKPORT_CATALOG_MATCH_PACKAGE_CHANGE_H_
