#include "model/scenario_places.h"

#include <gtest/gtest.h>

#include <set>

namespace retailsim {
namespace {

TEST(Places, EveryRegionHasANameAClockAndTowns) {
  std::set<std::string_view> names;
  for (const Region& region : all_regions()) {
    EXPECT_TRUE(names.insert(region.name).second) << region.name;
    EXPECT_EQ(find_region(region.name), &region);
    EXPECT_NE(region.timezone.find('/'), std::string_view::npos) << region.name;
    EXPECT_GE(region.towns.size(), 4u) << region.name;
    for (const Town& town : region.towns) EXPECT_TRUE(names.insert(town.name).second) << town.name;
  }
  EXPECT_EQ(find_region("Atlantis"), nullptr);
}

TEST(Places, CoordinatesAreKeptToTheMillionthOfADegree) {
  const Town& rennes = find_region("Bretagne")->towns[0];
  EXPECT_EQ(rennes.name, "Rennes");
  EXPECT_EQ(rennes.latitude.scaled, 48'117'300);
  EXPECT_EQ(rennes.longitude.scaled, -1'677'800);
}

}  // namespace
}  // namespace retailsim
