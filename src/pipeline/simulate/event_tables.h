// The tables of events that a simulation writes, and where each goes to.
#pragma once

#include <bitset>
#include <tuple>

#include "feed/feed_folder.h"
#include "model/scenario.h"
#include "model/schema.h"

namespace retailsim::pipeline {

namespace detail {
template <class Row>
using IfEvent = std::conditional_t<Row::delivery == Delivery::event, std::tuple<Row>, std::tuple<>>;
template <class... Rows>
auto events_among(TableList<Rows...>) -> decltype(std::tuple_cat(std::declval<IfEvent<Rows>>()...));
}  // namespace detail

using FeedEvents = decltype(detail::events_among(FeedTables{}));
using EventRows =
    decltype(std::tuple_cat(std::declval<FeedEvents>(), detail::events_among(TruthTables{})));

// Which of them are meant, in the order of EventRows.
using EventSet = std::bitset<std::tuple_size_v<EventRows>>;

// Calls visit.template operator()<Row>() for each in turn.
template <class Visit>
constexpr void for_each_event_table(Visit&& visit) {
  [&]<class... Rows>(std::type_identity<std::tuple<Rows...>>) {
    (visit.template operator()<Rows>(), ...);
  }(std::type_identity<EventRows>{});
}

// The place of a table in EventRows.
template <class Row>
consteval std::size_t event_number() {
  std::size_t found = 0;
  std::size_t number = 0;
  for_each_event_table([&]<class Other>() {
    if (std::is_same_v<Row, Other>) found = number;
    ++number;
  });
  return found;
}

template <class Row>
inline constexpr bool is_truth = event_number<Row>() >= std::tuple_size_v<FeedEvents>;

class EventFolders {
 public:
  // `truth` may be null: nobody asked for it.
  EventFolders(const Scenario& scenario, feed::FeedFolder& feed, feed::FeedFolder* truth)
      : has_defects_(scenario.defect_factor > 0),
        has_stock_(scenario.stock_is_tracked != 0),
        feed_(&feed),
        truth_(truth) {}

  // Null: the table is not written.
  template <class Row>
  feed::FeedFolder* of() const {
    if constexpr (std::is_same_v<Row, TruthDefect>) {
      return has_defects_ ? truth_ : nullptr;
    } else if constexpr (std::is_same_v<Row, TruthDemand>) {
      return has_stock_ ? truth_ : nullptr;
    } else if constexpr (std::is_same_v<Row, InventoryDay>) {
      return has_stock_ ? feed_ : nullptr;
    } else {
      return is_truth<Row> ? truth_ : feed_;
    }
  }

 private:
  bool has_defects_, has_stock_;
  feed::FeedFolder* feed_;
  feed::FeedFolder* truth_;
};

}  // namespace retailsim::pipeline
