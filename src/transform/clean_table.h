// Delivered rows of one table -> clean rows: sorted, each key once (the first delivery is
// kept), references and ranges checked. Pure: the same rows in any order of delivery files
// give the same result, because files are sorted by feed date first.
#pragma once

#include <algorithm>
#include <numeric>
#include <span>
#include <tuple>

#include "transform/clean_row.h"
#include "transform/delivered.h"

namespace retailsim::transform {

// The columns that identify a row, as a tuple that compares.
template <class Row>
auto key_of(const Row& row) {
  return [&]<std::size_t... I>(std::index_sequence<I...>) {
    const auto part = [&]<std::size_t C>() {
      if constexpr (column_at<Row, C>.rule.is_key) {
        return std::tuple{row.*column_at<Row, C>.field};
      } else {
        return std::tuple{};
      }
    };
    return std::tuple_cat(part.template operator()<I>()...);
  }(std::make_index_sequence<column_count<Row>>{});
}

// How clean orders a table: events by store and day first, so that a reader who wants one
// store or one day skips the rest.
template <class Row>
auto order_of(const Row& row) {
  if constexpr (Row::delivery == Delivery::event) {
    return std::tuple_cat(std::tuple{row.store_id, row.business_date}, key_of(row));
  } else {
    return key_of(row);
  }
}

// Numbers 0..count-1 in the order of their keys; equal keys keep the order of the numbers.
template <class KeyOf>
auto sorted_by(std::span<const std::uint32_t> numbers, const KeyOf& key) {
  // Keys beside their numbers: comparing them then touches no row.
  using Key = decltype(key(0u));
  std::vector<std::pair<Key, std::uint32_t>> keyed;
  keyed.reserve(numbers.size());
  for (const std::uint32_t number : numbers) keyed.emplace_back(key(number), number);
  if (!std::ranges::is_sorted(keyed)) std::ranges::sort(keyed);
  return keyed;
}

// `rows` must be in order of delivery: by feed date, then by place in the delivery.
template <class Row>
Cleaned<Row> clean_table(std::vector<Delivered<Row>>& rows, const References& references,
                         Measures measures = Measures::judged) {
  Cleaned<Row> cleaned;
  Passage& passage = cleaned.passage;
  std::vector<std::uint32_t> numbers(rows.size());
  std::iota(numbers.begin(), numbers.end(), 0u);
  const auto by_key =
      sorted_by(numbers, [&](std::uint32_t at) { return key_of(rows[at].received.row); });
  numbers.clear();
  for (std::size_t i = 0; i < by_key.size(); ++i) {
    const std::int64_t cents = cents_of(rows[by_key[i].second].received);
    ++passage.rows_in;
    passage.cents_in += cents;
    if (i > 0 && by_key[i - 1].first == by_key[i].first) {
      ++passage.duplicates;
      passage.cents_duplicates += cents;
    } else {
      numbers.push_back(by_key[i].second);
    }
  }
  cleaned.rows.reserve(numbers.size());
  for (const auto& [order, at] :
       sorted_by(numbers, [&](std::uint32_t n) { return order_of(rows[n].received.row); })) {
    Delivered<Row>& row = rows[at];
    const std::int64_t cents = cents_of(row.received);
    const auto broken = clean_row(row.received, references, measures, passage.forgotten_customers);
    if (broken) {
      cleaned.quarantine.push_back(quarantined(row, *broken));
      ++passage.quarantined;
      passage.cents_quarantined += cents;
    } else {
      ++passage.rows_out;
      passage.cents_out += cents;
      cleaned.rows.push_back(row.received.row);
      cleaned.origins.push_back(at);
    }
  }
  return cleaned;
}

}  // namespace retailsim::transform
