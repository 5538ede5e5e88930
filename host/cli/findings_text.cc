#include "host/cli/findings_text.h"

#include "host/cli/layout.h"

namespace stackport::cli {

void PrintFindings(std::ostream& out, const Style& style, const std::vector<Finding>& findings,
                   const std::function<std::string(std::string_view pointer)>& also) {
  for (const Finding& finding : findings) {
    const bool error = finding.severity == Severity::kError;
    std::string place = finding.pointer.empty() ? "the document" : Shown(finding.pointer);
    const std::string other = also ? also(finding.pointer) : std::string();
    if (!other.empty()) place += " (" + other + ")";
    out << "  " << style.Paint(error ? Tone::kBad : Tone::kWarn, error ? "error" : "warning")
        << " at " << place << ": " << Shown(finding.message) << "\n";
    if (!finding.expected.empty()) out << "    expected: " << Shown(finding.expected) << "\n";
    if (!finding.remedy.empty()) out << "    mend: " << Shown(finding.remedy) << "\n";
  }
}

}  // namespace stackport::cli
