#include "base/files.h"
#include "pipeline/compare/twins.h"
#include "pipeline/compare_fixture.h"

namespace retailsim::pipeline {
namespace {

TEST_F(CompareTest, ScenariosWhoseKeysMeanOtherThingsAreRefused) {
  const std::string begin = "the scenarios can't be compared row by row: they differ in ";
  for (const auto& [values, says] : std::map<std::string, std::string>{
           {"seed = 8", "seed, so every row would differ by chance | give both the same seed"},
           {"from = 2024-01-08",
            "from, so products and households would come and go on other days"},
           {"to = 2024-02-24", "to, so products and households would come and go on other days"},
           {"[stores]\ncount = 4", "stores.count, so households would choose among other stores"},
           {"[stores]\nregions = [\"Bretagne\"]", "stores.regions, so a store_id"},
           {"[stores]\ncurrency = \"CHF\"", "stores.currency, so amounts of two currencies"},
           {"[products]\ncount = 201", "products.count, so a product_id"}}) {
    EXPECT_EQ(refusal(tiny(), tiny_with(values), {}).substr(0, begin.size() + says.size()),
              begin + says);
  }
}

TEST_F(CompareTest, AnyOtherDifferenceIsCompared) {
  for (const auto* values :
       {"name = \"other\"", "[households]\ncount = 310", "[stores]\nopen_hour = 9",
        "[prices]\ninflation = 0.3", "[[holiday]]\nname = \"feast\"\nwhen = \"02-14\"\ntrips = 2"})
    EXPECT_EQ(refusal(tiny(), tiny_with(values), {}), "compared") << values;
}

TEST_F(CompareTest, HouseholdsThatShopElsewhereAreRefused) {
  const std::string begin =
      "the scenarios can't be compared row by row: they differ in who shops where, so a visit_id "
      "would stand for somebody else's visit | give both the same [stores] and";
  const Scenario at_home = tiny_with("[households]\ndistance_exponent = 2");
  EXPECT_EQ(refusal(tiny(), at_home, {}).substr(0, begin.size()), begin);
  EXPECT_EQ(refusal(at_home, tiny(), {}).substr(0, begin.size()), begin);
  EXPECT_EQ(refusal(at_home, at_home, {}), "compared");
}

TEST_F(CompareTest, APromotionThatDoesNotExistCanNotBeWithdrawn) {
  const auto world = simulate::build_world(tiny());
  const auto promotions = simulate::promotion_rows(*world).promotions;
  const std::int64_t none = promotions.back().promo_id.value + 1;
  const std::string says = refusal(tiny(), tiny(), {.without = {{none}}});
  EXPECT_TRUE(says.starts_with("tiny has no promotion " + std::to_string(none) +
                               " to withdraw | "
                               "did you mean promo:"))
      << says;
  EXPECT_TRUE(says.ends_with("? data_api/promotion.ndjson of its feed lists all " +
                             std::to_string(promotions.size())))
      << says;
  EXPECT_TRUE(refusal(tiny(), tiny(), {.without = {{-5}}})
                  .ends_with(" | data_api/promotion.ndjson of its feed lists all " +
                             std::to_string(promotions.size())));
}

TEST_F(CompareTest, WithdrawingIsWhatTheScenarioFileCallsAPromotionOfDepthZero) {
  const auto world = simulate::build_world(tiny());
  const PromoId promotion = a_promotion(*world).promo_id;
  const std::string id = std::to_string(promotion.value);
  Scenario scenario = tiny_with("[[promotion]]\npromo_id = " + id + "\ndepth_pct = 50\n");
  withdraw(std::vector{promotion}, *world, scenario);
  EXPECT_EQ(scenario, tiny_with("[[promotion]]\npromo_id = " + id + "\ndepth_pct = 0\n"));
}

}  // namespace
}  // namespace retailsim::pipeline
