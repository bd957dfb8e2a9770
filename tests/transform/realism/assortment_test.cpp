#include "transform/realism/assortment.h"

#include <gtest/gtest.h>

#include "transform/realism/small_year.h"

namespace retailsim::transform::realism {
namespace {

const Chain& three_categories() {
  static const Chain chain({store(1)}, {product(1, "PASTA"), product(2, "SAUCE"),
                                        product(3, "SOAP"), product(4, "SOAP")});
  return chain;
}

TEST(CategoryPairs, PastaAndSauceMeetMoreThanTwiceAsOftenAsByChance) {
  Shop shop(three_categories());
  // 100 baskets. Pasta and sauce are in 24 each, 20 of them shared: 5.76 by chance, lift 3.47.
  // Soap is in 60, with neither: 14.4 by chance each.
  shop.sell({.items = {{.product = 1}, {.product = 2}}}, 20);
  shop.sell({.items = {{.product = 1}}}, 4).sell({.items = {{.product = 2}}}, 4);
  shop.sell({.items = {{.product = 3}, {.product = 4}}}, 60);
  shop.sell({.items = {{.product = 3}, {.product = 1}}, .kind = Kind::refund}, 50);
  shop.sell({.items = {{.product = 4}, {.product = 4}}}, 12);
  EXPECT_DOUBLE_EQ(*measured(shop.themes(), "drawn_pairs").value, 1.0 / 3);
}

TEST(CategoryPairs, TwoKindsOfSoapInABasketAreSoapOnce) {
  Shop shop(three_categories());
  // 100 baskets. Pasta and soap are in the same 40: 16 by chance, lift 2.5.
  shop.sell({.items = {{.product = 1}, {.product = 3}, {.product = 4}}}, 40);
  shop.sell({.items = {{.product = 2}}}, 60);
  EXPECT_DOUBLE_EQ(*measured(shop.themes(), "drawn_pairs").value, 1.0 / 3);
}

TEST(CategoryPairs, TwiceAsOftenIsNotMoreThanTwice) {
  Shop shop(three_categories());
  // 40 baskets, 20 with pasta, 20 with sauce: 10 by chance, 20 together.
  shop.sell({.items = {{.product = 1}, {.product = 2}}}, 20).sell({.items = {{.product = 3}}}, 20);
  EXPECT_DOUBLE_EQ(*measured(shop.themes(), "drawn_pairs").value, 0);
}

TEST(CategoryPairs, CategoriesThatHardlyMeetByChanceAreNotJudged) {
  Shop shop(three_categories());
  shop.sell({.items = {{.product = 1}, {.product = 2}}}, 4).sell({.items = {{.product = 3}}});
  EXPECT_EQ(measured(shop.themes(), "drawn_pairs"), none("no two categories that often meet"));
}

TEST(TopProducts, AFifthOfFiveProductsIsTheBestOne) {
  std::vector<Product> catalogue;
  for (std::int64_t id = 1; id <= 7; ++id) catalogue.push_back(product(id, "TEA"));
  const Chain chain({store(1)}, catalogue);
  Shop shop(chain);  // products 6 and 7 were never sold
  shop.sell({.items = {{.product = 3, .quantity = 9}}}, 6);
  for (std::int64_t id : {1, 2, 4, 5}) shop.sell({.items = {{.product = id}}});
  shop.sell({.items = {{.product = 6}}, .kind = Kind::refund});
  EXPECT_DOUBLE_EQ(*measured(shop.themes(), "top_fifth_products").value, 0.6);
}

TEST(TopFifth, IsRoundedToWholePartsAndNeverNobody) {
  EXPECT_EQ(share_of_top_fifth({1, 3}, "").value, 0.75);
  // a fifth of eight is 1.6: two
  EXPECT_EQ(share_of_top_fifth({1, 1, 1, 1, 1, 1, 3, 3}, "").value, 0.5);
  EXPECT_EQ(share_of_top_fifth({4, 1, 1, 1, 1, 1, 1}, "").value, 0.4);
  EXPECT_EQ(share_of_top_fifth({0, -5}, "nobody"), none("nobody"));
}

TEST(PrivateLabel, IsAShareOfTheSalesWhoseBrandIsKnown) {
  auto own = product(1, "TEA"), other = product(2, "TEA");
  own.is_private_label = true;
  other.is_private_label = false;
  const Chain chain({store(1)}, {own, other, product(3, "TEA")});
  Shop shop(chain);
  shop.sell({.items = {{.product = 1, .net = 100}, {.product = 2, .net = 300}, {.product = 3}}});
  EXPECT_DOUBLE_EQ(*measured(shop.themes(), "private_label_share").value, 0.25);
}

TEST(PrivateLabel, IsNotKnownWhereNoProductTells) {
  Shop shop;
  shop.sell({});
  EXPECT_EQ(measured(shop.themes(), "private_label_share"),
            none("no product says whose brand it is"));
}

}  // namespace
}  // namespace retailsim::transform::realism
