// The short written forms that documents use and others define: countries, languages, dates,
// component ids. All functions accept any bytes and are thread-safe.
#ifndef STACKPORT_CATALOG_MODEL_IDENTIFIERS_H_
#define STACKPORT_CATALOG_MODEL_IDENTIFIERS_H_

#include <optional>
#include <string>
#include <string_view>

namespace stackport {

// Whether `code` is one of kCountryCodes, in capitals. User-assigned ones such as XK are not.
bool IsCountryCode(std::string_view code);

// The code that a well-known other abbreviation means ("UK" -> "GB", "de" -> "DE"), or empty.
std::string CountryCodeHint(std::string_view text);

// A BCP 47 tag of language, script, region and variants in its canonical case ("zh-hans" ->
// "zh-Hans", "PT-br" -> "pt-BR"), or nothing when it is not well-formed. Registration of the
// subtags is not checked. Extensions and private use are refused: no language is named by them.
std::optional<std::string> CanonicalLanguage(std::string_view tag);

// YYYY, YYYY-MM or YYYY-MM-DD that exists in the Gregorian calendar, or "undated".
bool IsAsOfDate(std::string_view text);

// "vendor/name": lower-case letters, digits and hyphens; dots and underscores in the name only.
bool IsComponentId(std::string_view text);

}  // namespace stackport

#endif  // STACKPORT_CATALOG_MODEL_IDENTIFIERS_H_
