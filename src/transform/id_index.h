// Ids of rows that exist -> their places 0, 1, 2 … Ids are often dense, and then a look-up is
// one load.
#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <unordered_map>
#include <vector>

namespace retailsim::transform {

class IdIndex {
 public:
  static constexpr std::int32_t nothing = -1;

  IdIndex() = default;
  // An id that comes twice has its first place.
  explicit IdIndex(std::span<const std::int64_t> ids) : count_(ids.size()) {
    const std::int64_t largest = ids.empty() ? 0 : *std::ranges::max_element(ids);
    const bool is_dense = largest < 8 * static_cast<std::int64_t>(ids.size()) + 4096 &&
                          std::ranges::all_of(ids, [](std::int64_t id) { return id >= 0; });
    if (is_dense) places_.assign(static_cast<std::size_t>(largest + 1), nothing);
    for (std::size_t place = 0; place < ids.size(); ++place) {
      const auto at = static_cast<std::int32_t>(place);
      if (!is_dense) {
        sparse_.try_emplace(ids[place], at);
      } else if (auto& kept = places_[static_cast<std::size_t>(ids[place])]; kept == nothing) {
        kept = at;
      }
    }
  }

  // The place of an id, or `nothing`.
  std::int32_t find(std::int64_t id) const {
    if (sparse_.empty()) {
      return id >= 0 && static_cast<std::size_t>(id) < places_.size()
                 ? places_[static_cast<std::size_t>(id)]
                 : nothing;
    }
    const auto found = sparse_.find(id);
    return found == sparse_.end() ? nothing : found->second;
  }
  bool contains(std::int64_t id) const { return find(id) != nothing; }
  std::size_t size() const { return count_; }

 private:
  std::size_t count_ = 0;
  std::vector<std::int32_t> places_;
  std::unordered_map<std::int64_t, std::int32_t> sparse_;
};

}  // namespace retailsim::transform
