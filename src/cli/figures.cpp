#include "cli/figures.h"

#include <fmt/core.h>

#include "base/text.h"

namespace retailsim::cli {

std::string money(std::optional<Total> amount) {
  if (!amount) return std::string{unknown_figure};
  const std::int64_t cents = amount->value < 0 ? -amount->value : amount->value;
  return fmt::format("{}{}.{:02}", amount->value < 0 ? "-" : "", with_thousands(cents / 100),
                     cents % 100);
}

std::string exact_text(Total amount) {
  const std::int64_t cents = amount.value < 0 ? -amount.value : amount.value;
  return fmt::format("{}{}.{:02}", amount.value < 0 ? "-" : "", cents / 100, cents % 100);
}

std::string percent(std::optional<double> share) {
  return share ? fmt::format("{:.1f} %", 100 * *share) : std::string{unknown_figure};
}

std::string decimal(std::optional<double> number) {
  return number ? fmt::format("{:.2f}", *number) : std::string{unknown_figure};
}

std::string count(std::optional<std::int64_t> number) {
  return number ? with_thousands(*number) : std::string{unknown_figure};
}

std::string_view clipped(std::string_view name, std::size_t most) {
  std::size_t characters = 0;
  for (std::size_t at = 0; at < name.size(); ++at) {
    const bool begins = (static_cast<unsigned char>(name[at]) & 0xC0) != 0x80;  // UTF-8
    if (begins && ++characters > most) return name.substr(0, at);
  }
  return name;
}

}  // namespace retailsim::cli
