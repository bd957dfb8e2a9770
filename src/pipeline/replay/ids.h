// Ids of a file that somebody else wrote -> ids of our feed, which are whole numbers from 1
// to 2^53 - 1. A column whose ids are all of that kind keeps them. If a single one is not (a
// text, a larger number), all of the column's ids are numbered 1, 2, … in sorted order, so
// that equal files get equal ids whatever the order of their rows.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <variant>
#include <vector>

namespace retailsim::pipeline {

// The ids of one column. Each distinct one has a code, counted from 0 as they appear: what is
// known about it then lies in plain arrays.
class ReplayIds {
 public:
  using Code = std::uint32_t;

  Code code_of(std::int64_t id);
  Code code_of(std::string_view id);
  std::size_t size() const { return sources_.size(); }

  // Gives every code its id. Call it once, when all ids are known; what follows needs it.
  void settle();
  bool are_numbered() const { return are_numbered_; }
  std::int64_t id_of(Code code) const { return ids_[code]; }
  // Every code, in order of its id.
  const std::vector<Code>& in_order() const { return in_order_; }

  // The id as the source writes it.
  std::string text_of(Code code) const;

 private:
  struct TextHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const {
      return std::hash<std::string_view>{}(text);
    }
  };
  // Compares numbers by value, texts byte by byte, and puts numbers before texts. Views point
  // into the keys of `texts_`, which never move.
  using Source = std::variant<std::int64_t, std::string_view>;

  std::unordered_map<std::int64_t, Code> numbers_;
  std::unordered_map<std::string, Code, TextHash, std::equal_to<>> texts_;
  std::vector<Source> sources_;
  std::vector<std::int64_t> ids_;
  std::vector<Code> in_order_;
  bool are_numbered_ = false;
};

}  // namespace retailsim::pipeline
