// The realism scorecard: every figure with the band in which a real chain plausibly lies, and
// what a lake comes to. A new figure is an entry of the list in figures.cpp and a function of
// a theme.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "model/label.h"
#include "transform/realism/all.h"

namespace retailsim::transform::realism {

// How a value is read: a share is from 0 to 1.
enum class Unit : std::uint8_t { share, ratio, lines, days, slope, money };
constexpr std::array<std::string_view, 6> labels(Unit) {
  return {"share", "ratio", "lines", "days", "slope", "money"};
}

// Both ends are inside.
struct Band {
  double low, high;
};

struct Figure {
  std::string_view key, name;
  Unit unit;
  std::optional<Band> band;  // none: only shown
  std::string_view meaning;  // a sentence
  std::string_view source;   // of the band
  Measure (*measure)(const Themes& themes);
};

std::span<const Figure> figures();

enum class Verdict : std::uint8_t { ok, low, high, none };
constexpr std::array<std::string_view, 4> labels(Verdict) { return {"ok", "low", "high", "none"}; }

// None without a value or a band.
Verdict verdict_of(const Measure& measure, const std::optional<Band>& band);

struct Reading {
  const Figure* figure;
  Measure measure;
  Verdict verdict;
};

// Every figure, in the order of the list.
std::vector<Reading> read_figures(const Themes& themes);
// The same for a lake without sales.
std::vector<Reading> nothing_to_read();

}  // namespace retailsim::transform::realism
