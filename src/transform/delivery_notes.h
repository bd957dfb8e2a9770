// What is odd about how events were delivered, though their rows are good: late, out of turn,
// by a wrong clock, or not at all where a blind door counter saw nobody. Such rows are kept and
// noted. Pure.
#pragma once

#include <map>
#include <set>
#include <span>
#include <tuple>

#include "transform/delivered.h"

namespace retailsim::transform {

// No place on Earth is farther from UTC than 14 hours; an instant that is farther from the
// store's own day and hour was taken by a wrong clock.
inline constexpr std::chrono::hours farthest_clock{15};

template <class Row>
bool is_clock_wrong(const Row& row, Instant at) {
  const Instant local = row.business_date + std::chrono::hours(row.local_hour);
  return at < local - farthest_clock || at > local + farthest_clock;
}

// Notes rows of `cleaned`, in order of delivery. `at` is the column with the row's instant.
template <class Row>
void note_delivery(const std::vector<Delivered<Row>>& rows, Cleaned<Row>& cleaned,
                   Instant Row::*at) {
  std::vector<bool> is_kept(rows.size());
  for (const std::uint32_t origin : cleaned.origins) is_kept[origin] = true;
  std::optional<Day> feed_date;
  StoreId store;
  Instant latest{};
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const Delivered<Row>& each = rows[i];
    if (!is_kept[i]) continue;
    const Row& row = each.received.row;
    const auto note = [&](QualityRule rule, std::string_view field, std::string before,
                          std::string after) {
      cleaned.findings.push_back(finding(each, rule, field, std::move(before), std::move(after)));
    };
    if (each.feed_date && row.business_date < *each.feed_date)
      note(QualityRule::late, "", to_text(row.business_date), to_text(*each.feed_date));
    if (each.feed_date != feed_date || row.store_id != store) latest = {};
    feed_date = each.feed_date;
    store = row.store_id;
    const Instant instant = row.*at;
    if (is_clock_wrong(row, instant)) {
      for_each_column_number<Row>([&]<std::size_t I>() {
        if constexpr (std::is_same_v<column_value<Row, I>, Instant>) {
          note(QualityRule::clock_glitch, column_at<Row, I>.name, to_text(instant),
               to_text(instant));
        }
      });
    } else if (instant < latest) {
      note(QualityRule::out_of_order, "", to_text(latest), to_text(instant));
    } else {
      latest = instant;
    }
  }
}

// Notes the hours in which a store sold something and nobody came in. A store or a month
// without any visit has no door counter.
inline void note_blind_hours(std::span<const Transaction> receipts, Cleaned<Visit>& cleaned) {
  using Hour = std::tuple<StoreId, Day, std::int32_t>;
  std::set<Hour> seen;
  std::set<StoreId> counted;
  for (const Visit& visit : cleaned.rows) {
    const Hour hour{visit.store_id, visit.business_date, visit.local_hour};
    if (seen.empty() || *seen.rbegin() != hour) seen.insert(hour);
    counted.insert(visit.store_id);
  }
  std::set<Hour> blind;
  for (const Transaction& receipt : receipts) {
    if (receipt.kind != Kind::sale || receipt.channel != Channel::store) continue;
    const Hour hour{receipt.store_id, receipt.business_date, receipt.local_hour};
    if (counted.contains(receipt.store_id) && !seen.contains(hour)) blind.insert(hour);
  }
  for (const auto& [store, day, hour] : blind) {
    const QualityRule rule = QualityRule::sensor_gap;
    cleaned.findings.push_back({day, 0, fmt::format("{}/{}/{}", store.value, to_text(day), hour),
                                "", std::string{name_of(rule)}, facts_of(rule).outcome,
                                std::string{null_text}, std::string{null_text}});
  }
}

}  // namespace retailsim::transform
