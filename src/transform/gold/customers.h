// customer_rfm and customer_month: tables that need every month of the lake. A month's
// customers are collected in a pass of their own and merged, in any order of the months.
#pragma once

#include <array>
#include <map>
#include <unordered_map>
#include <vector>

#include "transform/gold/chain.h"

namespace retailsim::transform {

// Collects the customers of one month; receipts must come store by store, as clean orders
// them. Not for sharing between threads.
class CustomersPass {
 public:
  CustomersPass(const Chain&, Month month) : month_(month) {}

  void add(const Receipt& receipt);

 private:
  friend class Customers;
  struct InMonth {
    std::vector<std::uint32_t> stores;  // numbers of those that sold, ascending
    std::optional<Day> last_sale;
    std::int64_t sales = 0;
    Total net;
  };

  Month month_;
  std::unordered_map<std::int64_t, InMonth> customers_;  // by id
};

// What the months merged so far say of each customer. Its size is that of the customers and
// of customer_month, not of the receipts. Not for sharing between threads.
class Customers {
 public:
  static constexpr std::array reads{Transaction::table};

  explicit Customers(const Chain& chain) : chain_(chain) {}

  // Each month once.
  void merge(const CustomersPass& month);

  // By customer.
  std::vector<CustomerRfm> rfm(const Coverage& coverage) const;
  // Of each month, by store; a month is right when it and all before it were merged.
  std::map<Month, std::vector<CustomerMonth>> months() const;

 private:
  struct Known {
    std::optional<Month> first_month;                  // with a sale
    std::vector<std::uint32_t> stores_of_first_month;  // that sold
    std::optional<Day> last_sale;
    std::int64_t sales = 0;
    Total net;
  };

  const Chain& chain_;
  std::unordered_map<std::int64_t, Known> customers_;  // by id
  std::map<Month, std::vector<std::int64_t>> buyers_;  // customers with a sale, by store
};

// From the shares of customers that are worse: who bought less recently, less often, for
// less. `customers` is their number.
RfmSegment rfm_segment(std::int64_t less_recent, std::int64_t less_often, std::int64_t for_less,
                       std::int64_t customers);

}  // namespace retailsim::transform
