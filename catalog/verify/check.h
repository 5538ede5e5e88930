// What the verifier says about one statement of a result.
#ifndef STACKPORT_CATALOG_VERIFY_CHECK_H_
#define STACKPORT_CATALOG_VERIFY_CHECK_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "catalog/base/json.h"
#include "catalog/model/component.h"

namespace stackport::verify {

enum class Standing {
  kHolds,
  kDiffers,     // recomputed, and it is not what the result says
  kNotChecked,  // `why` says what prevents it
};
std::string_view StandingName(Standing standing);  // "holds", "does not hold", "not checked"

struct Check {
  std::string area;     // "eligibility", "quantities", "cost", ...: what a summary counts by
  std::string subject;  // component id, or what the check is about
  std::string what;
  Standing standing = Standing::kHolds;
  std::string found;     // in the result
  std::string expected;  // recomputed
  std::string why;       // of what was not checked
};

// The checks of one candidate, or of the result as a whole. One thread at a time.
class CheckList {
 public:
  explicit CheckList(std::string title) : title_(std::move(title)) {}

  void Expect(std::string_view area, std::string_view subject, std::string_view what,
              const std::string& found, const std::string& expected);
  void Expect(std::string_view area, std::string_view subject, std::string_view what,
              std::int64_t found, std::int64_t expected);
  void Expect(std::string_view area, std::string_view subject, std::string_view what,
              const Interval& found, const Interval& expected);
  // Holds when `condition` does.
  void Require(std::string_view area, std::string_view subject, std::string_view what,
               bool condition, std::string found, std::string expected);
  void NotChecked(std::string_view area, std::string_view subject, std::string_view what,
                  std::string why);

  const std::string& title() const { return title_; }
  const std::vector<Check>& checks() const { return checks_; }
  std::size_t Count(Standing standing) const;

 private:
  std::string title_;  // "candidate 1"
  std::vector<Check> checks_;
};

// "5" or "3 to 7".
std::string IntervalText(const Interval& interval);

// {"title", "holds", "does_not_hold", "not_checked", "checks": […]}
json::Value ToJson(const CheckList& list, json::Allocator& allocator);

}  // namespace stackport::verify

#endif  // STACKPORT_CATALOG_VERIFY_CHECK_H_
