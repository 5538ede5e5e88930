#include "host/cli/component_text.h"

#include <fmt/format.h>

#include <algorithm>

#include "catalog/base/text.h"
#include "host/cli/figures_text.h"
#include "host/cli/layout.h"

namespace stackport::cli {
namespace {

using json::StringOr;
using json::Value;

// A published document is within the catalog's own limits already.
constexpr std::size_t kMaxDocumentBytes = std::size_t{4} << 20;
// Longest line of values that is shown: a list of every country fits.
constexpr std::size_t kMaxValueText = 1200;

// A value as a reader writes it: "700 W", "9.5 to 11.5 kW", "sw, en".
std::string ValueText(const Value& value) {
  if (value.IsString()) return value.GetString();
  if (value.IsBool()) return value.GetBool() ? "yes" : "no";
  if (value.IsArray()) {
    if (!value.Empty() && value[0].IsObject()) return fmt::format("{} rows (--json)", value.Size());
    const bool interval = value.Size() == 2 && value[0].IsNumber() && value[1].IsNumber();
    std::vector<std::string> parts;
    for (const Value& item : value.GetArray()) parts.push_back(ValueText(item));
    return Join(parts, interval ? " to " : ", ");
  }
  return json::Write(value);
}

std::string ProvenanceText(const Value& object) {
  const std::string_view source = StringOr(object, "source", "");
  if (source.empty()) return {};
  std::string text = fmt::format("source: {} ({})", source, StringOr(object, "as_of", "undated"));
  if (const std::string_view note = StringOr(object, "note", ""); !note.empty()) {
    text += fmt::format("; {}", note);
  }
  return Shown(text);
}

class ComponentPrinter {
 public:
  explicit ComponentPrinter(Session& session) : session_(session), style_(session.style()) {}

  void Title(std::string_view title) {
    session_.out() << "\n" << style_.Paint(Tone::kStrong, title) << "\n";
  }

  void Line(const std::string& text) {
    session_.out() << Wrap(Printable(text, kMaxValueText), "  ", "      ", session_.text_width());
  }

  void Source(const Value& object) {
    const std::string text = ProvenanceText(object);
    if (text.empty()) return;
    const std::string wrapped = Wrap(text, "      ", "      ", session_.text_width());
    session_.out() << style_.Paint(Tone::kDim, wrapped.substr(0, wrapped.size() - 1)) << "\n";
  }

  void Facts(const Value& facts) {
    if (!facts.IsObject() || facts.ObjectEmpty()) return;
    Title("Facts");
    for (const auto& member : facts.GetObject()) {
      const std::string name = member.name.GetString();
      const Value& fact = member.value;
      if (fact.HasMember("unknown")) {
        Line(name + ": unknown (" + ValueText(fact["unknown"]) + ")");
        continue;
      }
      std::string text = name + ": " + ValueText(Member(fact, "value"));
      if (const std::string_view unit = StringOr(fact, "unit", ""); !unit.empty()) {
        text += fmt::format(" {}", unit);
      }
      if (json::BoolOr(fact, "inferred", false)) text += " (inferred)";
      Line(text);
      Source(fact);
    }
  }

  void Provides(const Value& provides) {
    if (!provides.IsArray() || provides.Empty()) return;
    Title("Provides");
    for (const Value& capability : provides.GetArray()) {
      std::vector<std::string> attributes;
      if (const Value& with = Member(capability, "with"); with.IsObject()) {
        for (const auto& member : with.GetObject()) {
          attributes.push_back(std::string(member.name.GetString()) + " " +
                               ValueText(member.value));
        }
      }
      std::string text(StringOr(capability, "capability", "?"));
      if (!attributes.empty()) text += ": " + Join(attributes, "; ");
      Line(text);
      Source(capability);
    }
  }

  void Requires(const Value& requirements) {
    if (!requirements.IsArray() || requirements.Empty()) return;
    Title("Requires");
    for (const Value& requirement : requirements.GetArray()) {
      std::vector<std::string> alternatives;
      if (const Value& any = Member(requirement, "any_of"); any.IsArray()) {
        for (const Value& one : any.GetArray()) alternatives.push_back(Need(one));
      } else {
        alternatives.push_back(Need(requirement));
      }
      std::string text = Join(alternatives, ", or ");
      if (const std::int64_t per_unit = json::IntOr(requirement, "per_unit", 1); per_unit != 1) {
        text = fmt::format("{}× {}", per_unit, text);
      }
      if (json::BoolOr(requirement, "site_condition", false)) text += " (of the site)";
      Line(text);
      Source(requirement);
    }
  }

  void Offers(const Value& offers) {
    if (!offers.IsArray() || offers.Empty()) return;
    Title("Offers");
    for (const Value& offer : offers.GetArray()) {
      std::string text = ValueText(Member(offer, "deployment"));
      const Value& location = Member(offer, "location");
      if (const Value& country = Member(location, "country"); country.IsString()) {
        text += std::string(" in ") + country.GetString();
      }
      if (const Value& regions = Member(location, "regions"); regions.IsArray()) {
        text += " (" + ValueText(regions) + ")";
      }
      const Value& sold = Member(offer, "sold_in");
      if (Member(sold, "only").IsArray()) text += "; sold only in " + ValueText(sold["only"]);
      if (Member(sold, "all_except").IsArray()) {
        text += "; sold everywhere except " + ValueText(sold["all_except"]);
      }
      if (!sold.IsObject()) text += "; where it is sold is unknown";
      if (const Value& lead = Member(offer, "lead_time"); lead.IsObject()) {
        text += "; lead time " + ValueText(Member(lead, "value")) + " " +
                std::string(StringOr(lead, "unit", ""));
      }
      Line(text);
      Source(offer);
      const Value& prices = Member(offer, "prices");
      if (!prices.IsArray() || prices.Empty()) {
        Line("  price unknown");
        continue;
      }
      for (const Value& price : prices.GetArray()) {
        Line(fmt::format("  {} {} per {}{} ({})", ValueText(Member(price, "amount")),
                         StringOr(price, "currency", "USD"), StringOr(price, "per", "?"),
                         Quantities(Member(price, "quantity")), StringOr(price, "kind", "?")));
        Source(price);
      }
    }
  }

 private:
  static std::string Quantities(const Value& range) {
    if (!range.IsObject()) return "";
    const std::int64_t from = json::IntOr(range, "from", 1);
    const std::int64_t to = json::IntOr(range, "to", 0);
    return to == 0 ? fmt::format(", from {} on", from) : fmt::format(", {} to {}", from, to);
  }

  static std::string Need(const Value& need) {
    std::string text(StringOr(need, "capability", "?"));
    const Value& where = Member(need, "where");
    if (!where.IsArray()) return text;
    std::vector<std::string> conditions;
    for (const Value& condition : where.GetArray()) {
      std::string one(StringOr(condition, "attribute", "?"));
      for (const auto& member : condition.GetObject()) {
        const std::string_view name = member.name.GetString();
        if (name == "attribute") continue;
        std::string words(name);
        std::replace(words.begin(), words.end(), '_', ' ');
        one += " " + words + " " + ValueText(member.value);
      }
      conditions.push_back(std::move(one));
    }
    return text + " with " + Join(conditions, " and ");
  }

  Session& session_;
  const Style style_;
};

}  // namespace

Status PrintComponent(Session& session, const CatalogSnapshot& snapshot,
                      const Component& component) {
  json::Limits limits;
  limits.max_bytes = kMaxDocumentBytes;
  auto document = json::Parse(component.document, component.id, limits);
  if (!document) return document.error();
  const Vendor* vendor = snapshot.FindVendor(component.vendor_id);
  const Style style = session.style();
  session.out() << style.Paint(Tone::kStrong, component.id) << " · " << Shown(component.name)
                << " · " << Shown(vendor == nullptr ? component.vendor_id : vendor->name) << "\n"
                << "kind " << component.kind << ", layer " << component.layer;
  if (!component.revision.empty()) session.out() << ", revision " << Shown(component.revision);
  if (const auto plugin = snapshot.plugin_of.find(component.id);
      plugin != snapshot.plugin_of.end()) {
    session.out() << ", plugin " << plugin->second;
  }
  session.out() << "\n";
  if (!component.summary.empty()) {
    session.out() << Wrap(Shown(component.summary), "", "", session.text_width());
  }
  ComponentPrinter printer(session);
  printer.Facts(Member(*document, "facts"));
  printer.Provides(Member(*document, "provides"));
  printer.Requires(Member(*document, "requires"));
  printer.Offers(Member(*document, "offers"));
  return {};
}

Result<json::Document> ComponentJson(const CatalogSnapshot& snapshot, const Component& component) {
  json::Limits limits;
  limits.max_bytes = kMaxDocumentBytes;
  auto parsed = json::Parse(component.document, component.id, limits);
  if (!parsed) return parsed.error();
  json::Document result(rapidjson::kObjectType);
  auto& allocator = result.GetAllocator();
  json::Set(result, "document", Value(*parsed, allocator), allocator);
  json::Set(result, "layer", std::string(1, component.layer), allocator);
  if (const auto plugin = snapshot.plugin_of.find(component.id);
      plugin != snapshot.plugin_of.end()) {
    json::Set(result, "plugin", plugin->second, allocator);
  }
  json::Set(result, "snapshot", snapshot.id, allocator);
  return result;
}

}  // namespace stackport::cli
