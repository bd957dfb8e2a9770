// basket_size_month.
#pragma once

#include <array>
#include <type_traits>
#include <vector>

#include "transform/gold/chain.h"

namespace retailsim::transform {

LinesBucket bucket_of(std::int64_t lines);

// Collects the rows of one month: all lines first, then the receipts, both in the order of
// clean. Not for sharing between threads.
class BasketSizesPass {
 public:
  using Tables = TableList<BasketSizeMonth>;
  static constexpr std::array reads{Transaction::table, TransactionLine::table};

  BasketSizesPass(const Chain& chain, Month month);

  void add(const Line& line);
  void add(const Receipt& receipt);

  // A row for each bucket that has a receipt; by store and bucket.
  std::vector<BasketSizeMonth> rows(std::type_identity<BasketSizeMonth>,
                                    const Coverage& coverage) const;

 private:
  // The lines of one receipt, which lie together.
  struct Basket {
    std::size_t store;
    Day day;
    TransactionId transaction_id;
    std::int64_t lines;
    auto place() const { return std::tuple{store, day, transaction_id}; }
  };
  static constexpr std::size_t buckets = labels(LinesBucket{}).size();

  const Chain& chain_;
  Month month_;
  std::vector<Basket> baskets_;
  std::size_t next_ = 0;              // basket that the next receipt may have
  std::vector<std::int64_t> counts_;  // store by store, bucket by bucket
};

}  // namespace retailsim::transform
