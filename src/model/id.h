// Ids that cannot be mixed up: a StoreId is not a ProductId, though both are
// whole numbers below 2^53 (what a JSON reader in any language keeps exactly).
#pragma once

#include <compare>
#include <cstdint>

namespace retailsim {

template <class Tag>
struct Id {
  std::int64_t value = 0;
  friend constexpr auto operator<=>(Id, Id) = default;
};

inline constexpr std::int64_t largest_id = (std::int64_t{1} << 53) - 1;

using TransactionId = Id<struct TransactionTag>;
using VisitId = Id<struct VisitTag>;
using StoreId = Id<struct StoreTag>;
using ProductId = Id<struct ProductTag>;
using CustomerId = Id<struct CustomerTag>;
using HouseholdId = Id<struct HouseholdTag>;
using PromoId = Id<struct PromoTag>;

}  // namespace retailsim
