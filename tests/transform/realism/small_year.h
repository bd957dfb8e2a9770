// Sales of the small chain, written down by hand, through the whole walk.
#pragma once

#include <deque>

#include "transform/gold/small_chain.h"
#include "transform/realism/figures.h"

namespace retailsim::transform::realism {

// One product on a receipt; money in cents.
struct Item {
  std::int64_t product = 10;
  std::int32_t quantity = 1;
  std::int64_t net = 100;
  std::int64_t discount = 0;
};

// A receipt with its lines; its net is theirs.
struct Bag {
  Day day = first;
  std::vector<Item> items = {Item{}};
  std::optional<std::int64_t> customer = {};
  std::int32_t hour = 9;
  Kind kind = Kind::sale;
  Channel channel = Channel::store;
};

class Shop {
 public:
  explicit Shop(const Chain& chain = small_chain()) : survey_(chain) {}

  Shop& sell(const Bag& bag, int times = 1) {
    for (int time = 0; time < times; ++time) ring_up(bag);
    return *this;
  }
  Shop& open_door(const Visit& visit) {
    visits_.push_back(visit);
    return *this;
  }

  // As the survey and the themes see it. The shop must outlive them.
  Themes themes(std::vector<std::int64_t> customers = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10}) {
    for (const auto& [receipt, lines] : rung_up_)
      for (const auto& line : lines) survey_.add(line);
    Themes themes(survey_, survey_.window().value(), std::move(customers));
    std::vector<Basket> baskets;
    for (const auto& [receipt, lines] : rung_up_) baskets.push_back({receipt, lines});
    for (const auto& work : themes.work_on(baskets, visits_)) work();
    return themes;
  }

 private:
  struct RungUp {
    Transaction receipt;
    std::vector<TransactionLine> lines;
  };

  void ring_up(const Bag& bag) {
    const auto number = static_cast<std::int64_t>(rung_up_.size()) + 1;
    RungUp made{receipt({.day = bag.day,
                         .hour = bag.hour,
                         .receipt = number,
                         .kind = bag.kind,
                         .customer = bag.customer,
                         .channel = bag.channel}),
                {}};
    for (const Item& item : bag.items) {
      made.lines.push_back(line({.day = bag.day,
                                 .receipt = number,
                                 .kind = bag.kind,
                                 .product = item.product,
                                 .quantity = item.quantity,
                                 .gross = item.net + item.discount,
                                 .discount = item.discount}));
      made.receipt.net += Cents{item.net};
    }
    rung_up_.push_back(std::move(made));
  }

  Survey survey_;
  std::deque<RungUp> rung_up_;
  std::vector<Visit> visits_;
};

// The value of a figure, by its key.
inline Measure measured(const Themes& themes, std::string_view key) {
  for (const auto& reading : read_figures(themes))
    if (reading.figure->key == key) return reading.measure;
  return none("no such figure");
}

}  // namespace retailsim::transform::realism
