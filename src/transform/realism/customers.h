// How customers come back, of those who show a card: a sample of at most 10,000 of them, the
// ones with the smallest hash of their id. Smaller chains are taken whole.
//
// Kept in memory: for each customer of the sample the days with purchases, and for each product
// that they ever bought 12 bytes (at some 400 products a customer and year, 50 MB).
#pragma once

#include <span>
#include <vector>

#include "transform/id_index.h"
#include "transform/realism/basket.h"
#include "transform/realism/histogram.h"
#include "transform/realism/survey.h"

namespace retailsim::transform::realism {

class Customers {
 public:
  static constexpr std::size_t most_customers = 10'000;

  // `customers` are all there are, in any order; `survey` must outlive it; `window` is
  // its own.
  Customers(const Survey& survey, const Window& window, std::vector<std::int64_t> customers,
            std::size_t most = most_customers);

  void add(const Basket& basket);

  // Of the lines in the second half of the days, the share whose product the same customer
  // bought on an earlier day of the data.
  Measure repeat_rate() const;
  // Days from one day with a purchase to the customer's next one.
  Measure median_gap() const { return gaps().percentile(50, no_second_day); }
  Measure mean_gap() const { return gaps().mean(no_second_day); }
  // Share of the fifth of the buyers that spends most in the net sales of all buyers.
  Measure top_fifth_of_customers() const;

 private:
  static constexpr std::string_view no_customers = "no customers on the receipts";
  static constexpr std::string_view no_second_day = "no customer came on a second day";

  // Days count from the first of the window.
  struct Bought {
    std::uint32_t product;
    std::int32_t first_day;
    std::int32_t lines;  // on that day
  };
  struct Customer {
    std::vector<std::int32_t> days;  // with a purchase, not in order, perhaps repeated
    std::vector<Bought> bought;      // by product up to `merged`, as they came after it
    std::size_t merged = 0;
    std::int64_t net = 0;  // cents, of sales
  };
  static void merge(Customer& customer);
  Histogram gaps() const;

  const Survey& survey_;
  Window window_;
  IdIndex sample_;
  std::vector<Customer> customers_;  // as the sample
  std::int64_t late_lines_ = 0;      // in the second half
};

}  // namespace retailsim::transform::realism
