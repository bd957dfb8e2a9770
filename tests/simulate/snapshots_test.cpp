#include "simulate/snapshots.h"

#include <gtest/gtest.h>

#include <set>

#include "base/failure.h"
#include "simulate/promotions.h"
#include "tiny_world.h"

namespace retailsim::simulate {
namespace {

TEST(Snapshots, StoresStandInTownsOfTheirRegions) {
  const auto world = tiny_world([](Scenario& scenario) { scenario.store_count = 20; });
  const auto rows = store_rows(*world);
  ASSERT_EQ(rows.size(), 20u);
  std::set<std::string> names;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const Store& store = rows[i];
    EXPECT_EQ(store.store_id.value, static_cast<std::int64_t>(i) + 1);
    EXPECT_EQ(*store.region, i < 10 ? "Bretagne" : "Occitanie");
    EXPECT_TRUE(names.insert(store.name).second) << store.name;
    EXPECT_TRUE(store.name.starts_with(*store.city));
    EXPECT_LT(*store.opened_on, world->scenario.from);
    EXPECT_LT(*store.open_hour, *store.close_hour);
    EXPECT_GE(*store.sales_area_sqm, 1);
    EXPECT_EQ(store.currency, "EUR");
    EXPECT_EQ(*store.timezone, "Europe/Paris");
  }
}

TEST(Snapshots, BarCodesCarryTheRightCheckDigit) {
  EXPECT_EQ(gtin_of({1}), "2000000000015");
  EXPECT_EQ(gtin_of({26}), "2000000000268");
  EXPECT_EQ(gtin_of({1234567890}), "2012345678903");
}

TEST(Snapshots, ProductsAreAsManyAsAskedForAndNamedAfterTheirCategory) {
  for (const std::int64_t count : {40, 200, 1234}) {
    const auto world = tiny_world([&](Scenario& scenario) { scenario.product_count = count; });
    const auto rows = product_rows(*world);
    ASSERT_EQ(static_cast<std::int64_t>(rows.size()), count);
    for (const Product& product : rows) {
      EXPECT_NE(product.name.find(*product.subcategory), std::string::npos);
      EXPECT_TRUE(product.name.starts_with(*product.brand));
      EXPECT_EQ(*product.brand == "Halden", *product.is_private_label);
      EXPECT_TRUE(product.tax_rate->scaled == 2000 || product.tax_rate->scaled == 550);
    }
  }
}

TEST(Snapshots, ProductsAreSoldOnlyWhileTheyAreOnTheShelf) {
  const auto world = tiny_world([](Scenario& scenario) {
    scenario.launched_share = 0.4;
    scenario.delisted_share = 0.6;
  });
  const auto products = product_rows(*world);
  std::size_t novelties = 0;
  std::size_t leaving = 0;
  for (const Product& product : products) {
    novelties += *product.launched_on > world->scenario.from ? 1 : 0;
    leaving += product.delisted_on ? 1 : 0;
  }
  EXPECT_GT(novelties, 40u);
  EXPECT_GT(leaving, 40u);
  for (int week = world->first_week(); week <= world->last_week(); ++week) {
    const CellRows rows = cell_of(*world, 1, week);
    EXPECT_FALSE(rows.lines.empty());
    for (const TransactionLine& line : rows.lines) {
      if (line.kind == Kind::refund) continue;
      const Product& product = products[static_cast<std::size_t>(line.product_id.value - 1)];
      EXPECT_GE(line.business_date, *product.launched_on);
      if (product.delisted_on) {
        EXPECT_LE(line.business_date, *product.delisted_on);
      }
    }
  }
}

TEST(Snapshots, EveryHouseholdHasOneCustomerWithAnAddressOfItsOwn) {
  const auto world = tiny_world();
  const auto rows = customer_rows(*world);
  ASSERT_EQ(rows.size(), 300u);
  std::set<std::string> addresses;
  for (const Customer& customer : rows) {
    EXPECT_EQ(customer.customer_id.value, customer.household_id.value);
    EXPECT_TRUE(addresses.insert(*customer.email).second);
    EXPECT_TRUE(customer.email->ends_with("@example.com") ||
                customer.email->ends_with("@example.org"));
    EXPECT_GE(customer.home_store_id.value, 1);
    EXPECT_LE(customer.home_store_id.value, 3);
    EXPECT_GE(*customer.birth_year, 1930);
    EXPECT_LE(*customer.birth_year, 2004);
  }
}

TEST(World, AStoreWithMoreMembersThanIdsHaveRoomForIsRefused) {
  EXPECT_THROW(tiny_world([](Scenario& scenario) {
                 scenario.store_count = 1;
                 scenario.household_count = 70'000;
               }),
               Failure);
}

TEST(World, WhatAScenarioNamesInVainIsRefused) {
  EXPECT_THROW(tiny_world([](Scenario& scenario) { scenario.regions = {"Atlantis"}; }), Failure);
  EXPECT_THROW(tiny_world([](Scenario& scenario) { scenario.assortment = "spaceships"; }), Failure);
  EXPECT_THROW(tiny_world([](Scenario& scenario) {
                 scenario.traffic_changes = {{4, 2, {}, {}}};
               }),
               Failure);
}

}  // namespace
}  // namespace retailsim::simulate
