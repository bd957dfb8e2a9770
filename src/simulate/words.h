// Lists of words in one text, parted by '|': how an assortment writes kinds and sizes.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string_view>

namespace retailsim::simulate {

inline std::uint32_t words_in(std::string_view list) {
  return 1 + static_cast<std::uint32_t>(std::ranges::count(list, '|'));
}

// The n-th, from 0; there have to be so many.
inline std::string_view word_at(std::string_view list, std::size_t n) {
  for (; n > 0; --n) list.remove_prefix(list.find('|') + 1);
  return list.substr(0, list.find('|'));
}

}  // namespace retailsim::simulate
