#include "simulate/assortment.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "model/scenario_knobs.h"

namespace retailsim::simulate {
namespace {

TEST(Assortment, EveryAssortmentThatAScenarioMayNameExists) {
  for (const auto& knob : knobs<Scenario>()) {
    if (knob.key != "products.assortment") continue;
    for (const std::string& name : knob.words()) {
      const Assortment* found = find_assortment(name);
      ASSERT_NE(found, nullptr) << name;
      EXPECT_EQ(found->name, name);
    }
  }
  EXPECT_EQ(find_assortment("spaceships"), nullptr);
}

TEST(Assortment, GroceryHasACompleteRange) {
  std::set<std::string_view> names;
  std::set<std::string_view> departments;
  for (const CategoryFacts& category : grocery.categories) {
    EXPECT_TRUE(names.insert(category.name).second) << category.name;
    departments.insert(category.department);
    EXPECT_GE(std::ranges::count(category.kinds, '|'), 1) << category.name;
    EXPECT_FALSE(category.sizes.empty()) << category.name;
    EXPECT_GT(category.median_price, 0.3) << category.name;
    EXPECT_LT(category.median_price, 20) << category.name;
    EXPECT_GT(category.margin, 0.1) << category.name;
    EXPECT_LT(category.margin, 0.7) << category.name;
    EXPECT_GE(category.peak_day, 1) << category.name;
    EXPECT_LE(category.peak_day, 365) << category.name;
  }
  EXPECT_GE(names.size(), 90u);
  EXPECT_GE(departments.size(), 10u);
  ASSERT_EQ(departments.size(), grocery.departments.size());
  for (const DepartmentFacts& department : grocery.departments) {
    EXPECT_TRUE(departments.contains(department.name)) << department.name;
    EXPECT_GT(department.returned, 0) << department.name;
  }
  for (const CategoryFacts& category : grocery.categories)
    EXPECT_TRUE(names.contains(category.partner)) << category.name << ": " << category.partner;
}

}  // namespace
}  // namespace retailsim::simulate
