// Delivered rows of one table -> clean rows: sorted, each key once (the first delivery is
// kept), references and ranges checked. Pure: the same rows in any order of delivery files
// give the same result, because files are sorted by feed date first.
#pragma once

#include <algorithm>
#include <numeric>
#include <set>
#include <span>
#include <tuple>
#include <unordered_map>

#include "transform/clean_row.h"
#include "transform/delivered.h"
#include "transform/line_rules.h"

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

// How clean orders a table: events of stores by store and day first, so that a reader who wants
// one store or one day skips the rest.
template <class Row>
auto order_of(const Row& row) {
  if constexpr (Row::delivery == Delivery::event && requires { row.store_id; }) {
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

// Rows on their way to clean. Of each row it remembers what was found, so that what is found
// in a row that is refused after all is forgotten with it.
template <class Row>
class Cleaning {
 public:
  // `rows` must be in order of delivery: by feed date, then by place in the delivery.
  Cleaning(std::vector<Delivered<Row>>& rows, const Catalogue& catalogue)
      : rows_(rows), catalogue_(catalogue) {}

  // The places of rows that are the first of their key, in the order of clean.
  std::vector<std::uint32_t> first_deliveries() {
    std::vector<std::uint32_t> numbers(rows_.size());
    std::iota(numbers.begin(), numbers.end(), 0u);
    const auto by_key =
        sorted_by(numbers, [&](std::uint32_t at) { return key_of(rows_[at].received.row); });
    numbers.clear();
    for (std::size_t i = 0; i < by_key.size(); ++i) {
      const std::uint32_t at = by_key[i].second;
      const std::int64_t cents = cents_of(rows_[at].received);
      ++cleaned_.passage.rows_in;
      cleaned_.passage.cents_in += cents;
      if (i > 0 && by_key[i - 1].first == by_key[i].first) {
        ++cleaned_.passage.duplicates;
        cleaned_.passage.cents_duplicates += cents;
        cleaned_.findings.push_back(finding(rows_[at], QualityRule::duplicate));
        rows_[at].is_duplicate = true;
      } else {
        numbers.push_back(at);
      }
    }
    const auto in_order =
        sorted_by(numbers, [&](std::uint32_t n) { return order_of(rows_[n].received.row); });
    for (std::size_t i = 0; i < in_order.size(); ++i) numbers[i] = in_order[i].second;
    return numbers;
  }

  // Judges and mends a row; it is kept or refused.
  void judge(std::uint32_t at, Measures measures) {
    Delivered<Row>& row = rows_[at];
    const std::int64_t cents = cents_of(row.received);
    const Received<Row> as_received = row.received;
    found_.clear();
    auto broken = broken_reference(row, catalogue_, found_);
    if (!broken) {
      if constexpr (std::is_same_v<Row, TransactionLine>) {
        broken = mend_line(row, catalogue_, found_);
      } else {
        broken = broken_required(row.received, measures);
      }
    }
    if (broken) {
      row.received = as_received;
      refuse(row, *broken, cents);
      return;
    }
    for (auto& each : found_) {
      cleaned_.passage.repaired += each.outcome == Outcome::repaired;
      cleaned_.findings.push_back(std::move(each));
    }
    if (!found_.empty()) mended_.emplace(at, as_received);
    ++cleaned_.passage.rows_out;
    cleaned_.passage.cents_out += cents_of(row.received);
    cleaned_.passage.cents_repaired += cents_of(row.received) - cents;
    cleaned_.rows.push_back(row.received.row);
    cleaned_.origins.push_back(at);
  }

  // Takes rows that were kept out again. `refused` is in the order of the rows.
  void refuse_kept(std::span<const std::pair<std::size_t, BrokenRule>> refused) {
    if (refused.empty()) return;
    Passage& passage = cleaned_.passage;
    std::set<std::pair<std::optional<Day>, std::string>> withdrawn;
    std::size_t kept = 0;
    auto next = refused.begin();
    for (std::size_t i = 0; i < cleaned_.rows.size(); ++i) {
      const std::uint32_t at = cleaned_.origins[i];
      if (next == refused.end() || next->first != i) {
        if (kept != i) cleaned_.rows[kept] = std::move(cleaned_.rows[i]);
        cleaned_.origins[kept++] = at;
        continue;
      }
      Delivered<Row>& row = rows_[at];
      const std::int64_t cents = cents_of(row.received);
      if (const auto mended = mended_.find(at); mended != mended_.end()) {
        row.received = mended->second;
        withdrawn.emplace(row.feed_date, key_text(row.received.row));
      }
      const std::int64_t as_received = cents_of(row.received);
      --passage.rows_out;
      passage.cents_out -= cents;
      passage.cents_repaired -= cents - as_received;
      refuse(row, next->second, as_received);
      ++next;
    }
    cleaned_.rows.resize(kept);
    cleaned_.origins.resize(kept);
    if (withdrawn.empty()) return;
    std::erase_if(cleaned_.findings, [&](const Finding& each) {
      const bool goes =
          each.outcome != Outcome::duplicate && withdrawn.contains({each.feed_date, each.key});
      passage.repaired -= goes && each.outcome == Outcome::repaired;
      return goes;
    });
  }

  Cleaned<Row>& cleaned() { return cleaned_; }

  // The result; findings and refused rows in order of delivery.
  Cleaned<Row> finish() {
    const auto in_order = [](const auto& row) { return std::pair{row.feed_date, row.feed_row}; };
    std::ranges::stable_sort(cleaned_.quarantine, {}, in_order);
    std::ranges::stable_sort(cleaned_.findings, {}, in_order);
    return std::move(cleaned_);
  }

 private:
  static std::optional<BrokenRule> broken_required(const Received<Row>& received,
                                                   Measures measures) {
    if (measures == Measures::made_anew) return std::nullopt;
    return broken_measure(received);
  }

  void refuse(const Delivered<Row>& row, const BrokenRule& broken, std::int64_t cents) {
    cleaned_.quarantine.push_back(quarantined(row, broken));
    ++cleaned_.passage.quarantined;
    cleaned_.passage.cents_quarantined += cents;
  }

  std::vector<Delivered<Row>>& rows_;
  const Catalogue& catalogue_;
  Cleaned<Row> cleaned_;
  std::vector<Finding> found_;
  std::unordered_map<std::uint32_t, Received<Row>> mended_;  // as they were received
};

// `rows` must be in order of delivery: by feed date, then by place in the delivery.
template <class Row>
Cleaned<Row> clean_table(std::vector<Delivered<Row>>& rows, const Catalogue& catalogue) {
  Cleaning<Row> cleaning(rows, catalogue);
  for (const std::uint32_t at : cleaning.first_deliveries()) cleaning.judge(at, Measures::judged);
  return cleaning.finish();
}

}  // namespace retailsim::transform
