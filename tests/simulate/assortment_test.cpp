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

void expect_complete(const Assortment& goods, double dearest) {
  std::set<std::string_view> names;
  std::set<std::string_view> departments;
  for (const CategoryFacts& category : goods.categories) {
    EXPECT_TRUE(names.insert(category.name).second) << category.name;
    departments.insert(category.department);
    EXPECT_GE(std::ranges::count(category.kinds, '|'), 1) << category.name;
    EXPECT_FALSE(category.sizes.empty()) << category.name;
    EXPECT_GT(category.median_price, 0.3) << category.name;
    EXPECT_LT(category.median_price, dearest) << category.name;
    EXPECT_GT(category.margin, 0.1) << category.name;
    EXPECT_LT(category.margin, 0.75) << category.name;
    EXPECT_GE(category.peak_day, 1) << category.name;
    EXPECT_LE(category.peak_day, 365) << category.name;
  }
  ASSERT_EQ(departments.size(), goods.departments.size());
  for (const DepartmentFacts& department : goods.departments) {
    EXPECT_TRUE(departments.contains(department.name)) << department.name;
    EXPECT_GT(department.returned, 0) << department.name;
  }
  for (const CategoryFacts& category : goods.categories)
    EXPECT_TRUE(names.contains(category.partner)) << category.name << ": " << category.partner;
}

TEST(Assortment, GroceryHasACompleteRange) {
  expect_complete(grocery, 20);
  EXPECT_GE(grocery.categories.size(), 90u);
  EXPECT_GE(grocery.departments.size(), 10u);
}

TEST(Assortment, FashionHasACompleteRangeWithStrongSeasonsAndHighMargins) {
  expect_complete(fashion, 100);
  EXPECT_GE(fashion.categories.size(), 30u);
  double margins = 0;
  for (const CategoryFacts& category : fashion.categories) margins += category.margin;
  EXPECT_GT(margins / static_cast<double>(fashion.categories.size()), 0.6);
  EXPECT_GE(std::ranges::count_if(fashion.categories,
                                  [](const CategoryFacts& facts) { return facts.season > 0.7; }),
            8);
}

}  // namespace
}  // namespace retailsim::simulate
