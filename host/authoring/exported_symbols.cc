#include "host/authoring/exported_symbols.h"

#include <elf.h>

#include <algorithm>
#include <cstring>
#include <optional>

#include "catalog/base/text.h"

namespace stackport {
namespace {

// A struct at `offset`, or nothing where the bytes end before it does.
template <typename T>
std::optional<T> At(std::string_view bytes, std::uint64_t offset) {
  if (offset > bytes.size() || bytes.size() - offset < sizeof(T)) return std::nullopt;
  T value;
  std::memcpy(&value, bytes.data() + offset, sizeof value);
  return value;
}

std::optional<std::string_view> Part(std::string_view bytes, const Elf64_Shdr& section) {
  if (section.sh_offset > bytes.size() || bytes.size() - section.sh_offset < section.sh_size) {
    return std::nullopt;
  }
  return bytes.substr(section.sh_offset, section.sh_size);
}

Error Broken(const char* what) {
  return InvalidArgument(std::string("the library's ELF file is broken: ") + what +
                         "; link it again");
}

}  // namespace

Result<std::vector<std::string>> ExportedSymbols(std::string_view library) {
  const auto header = At<Elf64_Ehdr>(library, 0);
  if (!header || std::memcmp(header->e_ident, ELFMAG, SELFMAG) != 0 ||
      header->e_ident[EI_CLASS] != ELFCLASS64 || header->e_ident[EI_DATA] != ELFDATA2LSB) {
    return InvalidArgument(
        "the library is not a 64-bit little-endian ELF file; build it for Linux on such a machine");
  }
  if (header->e_shentsize != sizeof(Elf64_Shdr)) return Broken("it has no section headers");
  const auto section = [&](std::uint64_t index) -> std::optional<Elf64_Shdr> {
    if (index >= header->e_shnum) return std::nullopt;
    // 65,535 headers of 64 bytes: the sum cannot leave 64 bits unless the offset is absurd.
    if (header->e_shoff > library.size()) return std::nullopt;
    return At<Elf64_Shdr>(library, header->e_shoff + index * sizeof(Elf64_Shdr));
  };
  std::vector<std::string> names;
  for (std::uint64_t i = 0; i < header->e_shnum; ++i) {
    const auto symbols = section(i);
    if (!symbols) return Broken("a section header lies outside it");
    if (symbols->sh_type != SHT_DYNSYM) continue;
    const auto strings = section(symbols->sh_link);
    const auto table = Part(library, *symbols);
    const auto text = strings ? Part(library, *strings) : std::nullopt;
    if (!table || !text) return Broken("its symbol table lies outside it");
    for (std::uint64_t at = 0; at + sizeof(Elf64_Sym) <= table->size(); at += sizeof(Elf64_Sym)) {
      const auto symbol = At<Elf64_Sym>(*table, at);
      const auto binding = ELF64_ST_BIND(symbol->st_info);
      if (symbol->st_shndx == SHN_UNDEF || (binding != STB_GLOBAL && binding != STB_WEAK)) continue;
      if (symbol->st_name >= text->size()) return Broken("a symbol's name lies outside it");
      std::string_view name = text->substr(symbol->st_name, kMaxQuotedText);
      name = name.substr(0, name.find('\0'));
      names.push_back(Printable(name));
      if (names.size() == kMaxListedSymbols) break;
    }
  }
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  return names;
}

}  // namespace stackport
