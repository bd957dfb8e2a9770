// The deliveries of one event table for the feed dates of one week: rows go to the day on
// which they are sent, damaged as the source system damages them.
#pragma once

#include <algorithm>
#include <array>
#include <memory>
#include <string>
#include <vector>

#include "feed/row_delivery.h"
#include "json/edit_line.h"
#include "simulate/defect.h"
#include "transform/delivered.h"

namespace retailsim::pipeline {

template <class Row>
class WeekOfDeliveries {
 public:
  WeekOfDeliveries(feed::FeedFolder& folder, Day monday) : folder_(folder), monday_(monday) {}

  // Only days that are wanted are written.
  void want(Day day) {
    days_[index(day)] = std::make_unique<OneDay>(folder_.path_of(Row::table, day));
  }
  bool is_wanted(Day feed_date) const {
    return feed_date >= monday_ && feed_date < monday_ + std::chrono::days(7) &&
           days_[index(feed_date)] != nullptr;
  }

  // Rows must come in the order of the file; those of another feed date are passed over.
  void append(const Row& row, std::span<const child_of<Row>> children, Day feed_date) {
    if (!is_wanted(feed_date)) return;
    OneDay& day = *days_[index(feed_date)];
    day.delivery.append(row, children);
    note_sent(day, row);
  }

  // The same for a row with defects.
  void append(const Row& row, std::span<const child_of<Row>> children, Day feed_date,
              const simulate::Damage& damage) {
    if (!is_wanted(feed_date) || damage.is_lost) return;
    OneDay& day = *days_[index(feed_date)];
    std::string line = text_of(row, children, damage);
    if (damage.displaced_by > 0) {
      day.waiting.push_back({damage.displaced_by, std::move(line)});
      if constexpr (requires { row.net; }) cents_ += row.net.value;
      return;
    }
    day.delivery.append_line(line);
    note_sent(day, row);
    if (damage.repeated_after > 0) day.waiting.push_back({damage.repeated_after, std::move(line)});
  }

  // Sends what still waits: a store's rows stay together.
  void end_of_store() {
    for (auto& day : days_) {
      if (!day) continue;
      for (const auto& each : day->waiting) day->delivery.append_line(each.line);
      day->waiting.clear();
    }
  }

  // What was sent on all days.
  transform::Passage commit() {
    transform::Passage passage;
    for (std::size_t i = 0; i < days_.size(); ++i) {
      if (!days_[i]) continue;
      const auto facts = days_[i]->delivery.commit();
      folder_.add(Row::table, monday_ + std::chrono::days(i), facts);
      passage.rows_in += facts.rows;
    }
    passage.rows_out = passage.rows_in;
    passage.cents_in = passage.cents_out = cents_;
    return passage;
  }

 private:
  struct Waiting {
    int rows;  // that come before it
    std::string line;
  };
  struct OneDay {
    explicit OneDay(const std::filesystem::path& path) : delivery(path) {}
    feed::RowDelivery delivery;
    std::vector<Waiting> waiting;
  };

  static std::size_t index(Day day) { return static_cast<std::size_t>(weekday_of(day)); }

  std::string text_of(const Row& row, std::span<const child_of<Row>> children,
                      const simulate::Damage& damage) {
    scratch_.clear();
    scratch_.append(row, children);
    std::string line{scratch_.text().substr(0, scratch_.text().size() - 1)};
    constexpr std::string_view nested = [] {
      if constexpr (has_children<Row>) return Row::children_name;
      return std::string_view{};
    }();
    for (const auto& each : damage.overrides)
      json::replace_value(line, nested, each.child, each.column, each.token);
    if (!damage.added_field.empty()) json::add_field(line, damage.added_field);
    if (damage.is_cut) json::cut_off(line);
    return line;
  }

  void note_sent(OneDay& day, const Row& row) {
    if constexpr (requires { row.net; }) cents_ += row.net.value;
    if (day.waiting.empty()) return;
    for (auto& each : day.waiting) {
      if (--each.rows == 0) day.delivery.append_line(each.line);
    }
    std::erase_if(day.waiting, [](const Waiting& each) { return each.rows <= 0; });
  }

  feed::FeedFolder& folder_;
  Day monday_;
  std::array<std::unique_ptr<OneDay>, 7> days_;  // null: not wanted
  json::LineBuffer scratch_;
  std::int64_t cents_ = 0;
};

}  // namespace retailsim::pipeline
