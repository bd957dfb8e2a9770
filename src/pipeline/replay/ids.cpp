#include "pipeline/replay/ids.h"

#include <fmt/core.h>

#include <algorithm>
#include <numeric>

#include "model/id.h"

namespace retailsim::pipeline {

ReplayIds::Code ReplayIds::code_of(std::int64_t id) {
  const auto [found, is_new] = numbers_.try_emplace(id, static_cast<Code>(sources_.size()));
  if (is_new) sources_.emplace_back(id);
  return found->second;
}

ReplayIds::Code ReplayIds::code_of(std::string_view id) {
  auto found = texts_.find(id);
  if (found == texts_.end()) {
    found = texts_.emplace(id, static_cast<Code>(sources_.size())).first;
    sources_.emplace_back(std::string_view{found->first});
  }
  return found->second;
}

void ReplayIds::settle() {
  in_order_.resize(size());
  std::iota(in_order_.begin(), in_order_.end(), Code{0});
  std::ranges::sort(in_order_, {}, [&](Code code) { return sources_[code]; });
  are_numbered_ = !std::ranges::all_of(sources_, [](const Source& source) {
    const auto* const number = std::get_if<std::int64_t>(&source);
    return number != nullptr && *number > 0 && *number <= largest_id;
  });
  ids_.resize(size());
  for (std::size_t place = 0; place < size(); ++place) {
    const Code code = in_order_[place];
    ids_[code] = are_numbered_ ? static_cast<std::int64_t>(place) + 1
                               : std::get<std::int64_t>(sources_[code]);
  }
}

std::string ReplayIds::text_of(Code code) const {
  return std::visit([](const auto& source) { return fmt::format("{}", source); }, sources_[code]);
}

}  // namespace retailsim::pipeline
