// Every theme, and the walk that feeds them: the months in any order, each once. A theme is
// a class with `add` for a Basket (or a Visit) and one function a figure; `figures.cpp` lists
// the figures.
//
// Counts and sums are whole numbers and every theme is fed by one thread at a time, so that
// figures do not depend on the number of threads.
#pragma once

#include <functional>
#include <vector>

#include "transform/realism/assortment.h"
#include "transform/realism/baskets.h"
#include "transform/realism/calendar.h"
#include "transform/realism/customers.h"
#include "transform/realism/prices.h"
#include "transform/realism/visitors.h"

namespace retailsim::transform::realism {

struct Themes {
  // `of_lines` must outlive them, `window` is its own; `customer_ids` are those of all customers.
  Themes(const Survey& of_lines, const Window& window, std::vector<std::int64_t> customer_ids)
      : survey(of_lines),
        calendar(window),
        baskets(of_lines.chain()),
        prices(of_lines, window),
        assortment(of_lines),
        customers(of_lines, window, std::move(customer_ids)) {}

  const Survey& survey;
  Calendar calendar;
  Baskets baskets;
  Prices prices;
  Assortment assortment;
  Customers customers;
  Visitors visitors;

  // What is to be done with the rows of a month, theme by theme; these may run side by side.
  // The rows must live until all are done.
  std::vector<std::function<void()>> work_on(std::span<const Basket> month,
                                             std::span<const Visit> visits) {
    const auto feed = [](auto& theme, auto rows) {
      return [&theme, rows] {
        for (const auto& row : rows) theme.add(row);
      };
    };
    return {feed(customers, month), feed(assortment, month), feed(prices, month),
            feed(baskets, month),   feed(calendar, month),   feed(visitors, visits)};
  }
};

}  // namespace retailsim::transform::realism
