#include "extract/http_link.h"

#include <gtest/gtest.h>

namespace retailsim::extract {
namespace {

TEST(HttpLink, TheNextPageIsFoundAmongOtherLinks) {
  EXPECT_EQ(next_link("</a?b=1&c=2>; rel=\"next\""), "/a?b=1&c=2");
  EXPECT_EQ(next_link(" </first>; rel=\"first\", </b>; title=\"x\"; REL=next"), "/b");
  EXPECT_EQ(next_link("</p>; rel=prev, </n>; rel=\"last next\""), "/n");
  EXPECT_EQ(next_link("</a,b>;rel=next"), "/a,b");
  EXPECT_EQ(next_link("</p>; rel=\"prev\""), std::nullopt);
  EXPECT_EQ(next_link("</p>; title=next"), std::nullopt);
  EXPECT_EQ(next_link("</p"), std::nullopt);
  EXPECT_EQ(next_link(""), std::nullopt);
}

TEST(HttpLink, ALinkIsSeenFromThePageThatHoldsIt) {
  const std::string page = "http://shop:8080/v1/visits?limit=1";
  EXPECT_EQ(resolve(page, "/v1/visits?cursor=x"), "http://shop:8080/v1/visits?cursor=x");
  EXPECT_EQ(resolve(page, "?cursor=x"), "http://shop:8080/v1/visits?cursor=x");
  EXPECT_EQ(resolve(page, "http://shop:8080/other"), "http://shop:8080/other");
  EXPECT_EQ(resolve("http://shop/a", "http://shop:80/b"), "http://shop:80/b");
}

TEST(HttpLink, ALinkToAnotherServerLeadsNowhere) {
  const std::string page = "http://shop:8080/v1/visits";
  EXPECT_EQ(resolve(page, "http://thief:8080/v1/visits"), std::nullopt);
  EXPECT_EQ(resolve(page, "//thief/v1/visits"), std::nullopt);
  EXPECT_EQ(resolve(page, "http://shop:8081/v1/visits"), std::nullopt);
  EXPECT_EQ(resolve(page, "https://shop:8080/v1/visits"), std::nullopt);
}

TEST(HttpLink, MessagesShowNoPassword) {
  EXPECT_EQ(without_secrets("http://me:secret@shop/v1?limit=1"), "http://shop/v1?limit=1");
  EXPECT_EQ(without_secrets("http://shop/v1"), "http://shop/v1");
  EXPECT_EQ(without_secrets("not a url://me:secret@"), "(a URL that cannot be read)");
}

}  // namespace
}  // namespace retailsim::extract
