// Remembers, of cells that were just simulated, the sales of which something comes back, so
// that the cells of the next weeks need not draw all arrivals again. Speed only: what is not
// remembered is drawn anew, with the same result.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <vector>

#include "simulate/returns.h"

namespace retailsim::simulate {

// Safe to share between threads.
class FlaggedSales {
 public:
  using Shared = std::shared_ptr<const std::vector<FlaggedSale>>;

  // Keeps `kept` weeks; those last asked for stay.
  FlaggedSales(std::size_t stores, std::size_t kept) : stores_(stores), kept_(kept) {}

  Shared find(int week, std::size_t store_index);  // null when it is not known
  Shared keep(int week, std::size_t store_index, std::vector<FlaggedSale> sales);

 private:
  struct Week {
    std::vector<Shared> by_store;
    std::size_t asked_for = 0;  // when: a count of all questions
  };

  const std::size_t stores_;
  const std::size_t kept_;
  std::mutex lock_;
  std::size_t questions_ = 0;
  std::map<int, Week> weeks_;
};

}  // namespace retailsim::simulate
