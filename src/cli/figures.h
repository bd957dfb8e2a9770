// Figures as people read them in a terminal, the same in every command.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "model/money.h"

namespace retailsim::cli {

inline constexpr std::string_view unknown_figure = "—";

std::string money(std::optional<Total> amount);         // 1,234.50
std::string count(std::optional<std::int64_t> number);  // 1,234
std::string percent(std::optional<double> share);       // 12.3 %
std::string decimal(std::optional<double> number);      // 12.34

// The digits of an amount as DECIMAL text, for machines: 1234.50
std::string exact_text(Total amount);

// The first characters of a name; none is cut in half.
std::string_view clipped(std::string_view name, std::size_t most);

}  // namespace retailsim::cli
