#include "transform/realism/figures.h"

#include <gtest/gtest.h>

#include <set>

#include "transform/realism/small_year.h"

namespace retailsim::transform::realism {
namespace {

TEST(Bands, BothEndsAreInside) {
  const Band band{1, 2};
  EXPECT_EQ(verdict_of({0.99}, band), Verdict::low);
  EXPECT_EQ(verdict_of({1}, band), Verdict::ok);
  EXPECT_EQ(verdict_of({2}, band), Verdict::ok);
  EXPECT_EQ(verdict_of({2.01}, band), Verdict::high);
  EXPECT_EQ(verdict_of(none("no visits"), band), Verdict::none);
  EXPECT_EQ(verdict_of({1}, std::nullopt), Verdict::none);
}

TEST(Figures, EachHasAKeyOfItsOwnASentenceABandAndItsSource) {
  std::set<std::string_view> keys;
  for (const auto& figure : figures()) {
    EXPECT_TRUE(keys.insert(figure.key).second) << figure.key;
    EXPECT_TRUE(figure.meaning.ends_with('.')) << figure.key;
    EXPECT_FALSE(figure.source.empty()) << figure.key;
    EXPECT_EQ(figure.band.has_value(), figure.unit != Unit::money) << figure.key;
    EXPECT_TRUE(!figure.band || figure.band->low < figure.band->high) << figure.key;
  }
}

TEST(Figures, AFigureWithoutAValueSaysWhy) {
  Shop shop;
  shop.sell({});
  for (const auto& [figure, measure, verdict] : read_figures(shop.themes({})))
    EXPECT_NE(measure.value.has_value(), !measure.reason.empty()) << figure->key;
}

TEST(Figures, ALakeWithoutSalesHasNoneAndSaysSo) {
  EXPECT_EQ(nothing_to_read().size(), figures().size());
  for (const auto& reading : nothing_to_read()) EXPECT_EQ(reading.measure, none("no sales"));
}

TEST(Survey, OfEqualProductsTheSmallerNumberComesFirst) {
  Survey survey(small_chain());  // 10, 20, 30
  survey.add(line({.product = 30}));
  survey.add(line({.product = 10}));
  survey.add(line({.kind = Kind::refund, .product = 20}));
  EXPECT_EQ(survey.places_of_products(500), (std::vector<std::int32_t>{0, Survey::unplaced, 1}));
  EXPECT_EQ(survey.places_of_products(1),
            (std::vector<std::int32_t>{0, Survey::unplaced, Survey::unplaced}));
}

TEST(Survey, MonthsAddUpInAnyOrder) {
  Survey march(small_chain()), january(small_chain());
  march.add(line({.day = first + std::chrono::days(40), .product = 20}));
  january.add(line({.product = 10}));
  january.add(line({.product = 10}));
  for (const auto& months : {std::array{&march, &january}, std::array{&january, &march}}) {
    Survey whole(small_chain());
    for (const auto* const month : months) whole.merge(*month);
    whole.merge(Survey(small_chain()));
    EXPECT_EQ(whole.window(), (Window{first, first + std::chrono::days(40)}));
    EXPECT_EQ(whole.places_of_categories(500), (std::vector<std::int32_t>{0, 1}));  // MILK, TEA
  }
}

}  // namespace
}  // namespace retailsim::transform::realism
