// Invented people: first and last names from short lists.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace retailsim::simulate {

struct Person {
  std::string_view first;
  std::string_view last;
  std::string mailbox;  // first.last. in plain letters
};

// The same words give the same person.
Person invent_person(std::uint32_t first_word, std::uint32_t last_word);

}  // namespace retailsim::simulate
