#include "json/edit_line.h"

#include <gtest/gtest.h>

namespace retailsim::json {
namespace {

const std::string receipt =
    R"({"id":7,"kind":"SALE","net":1.50,"lines":[{"n":1,"net":1.00,"name":"a \"},{\" b"},)"
    R"({"n":2,"net":0.50,"name":null}]})";

std::string with(int child, std::string_view column, std::string_view token) {
  std::string line = receipt;
  replace_value(line, "lines", child, column, token);
  return line;
}

TEST(EditLine, AValueOfTheReceiptItselfIsReplaced) {
  EXPECT_EQ(with(root_row, "net", "null"),
            R"({"id":7,"kind":"SALE","net":null,"lines":[{"n":1,"net":1.00,"name":"a \"},{\" b"},)"
            R"({"n":2,"net":0.50,"name":null}]})");
  EXPECT_EQ(with(root_row, "kind", "\"sale\"").substr(0, 22), R"({"id":7,"kind":"sale",)");
}

TEST(EditLine, AValueOfOneLineIsReplacedAndTheOthersStay) {
  EXPECT_EQ(with(0, "net", "-1.00"),
            R"({"id":7,"kind":"SALE","net":1.50,"lines":[{"n":1,"net":-1.00,"name":"a \"},{\" b"},)"
            R"({"n":2,"net":0.50,"name":null}]})");
  EXPECT_EQ(with(1, "net", "50.00"),
            R"({"id":7,"kind":"SALE","net":1.50,"lines":[{"n":1,"net":1.00,"name":"a \"},{\" b"},)"
            R"({"n":2,"net":50.00,"name":null}]})");
  EXPECT_TRUE(with(1, "name", "\"x\"").ends_with(R"("net":0.50,"name":"x"}]})"));
}

TEST(EditLine, AFieldIsAddedAtTheEndOfTheReceipt) {
  std::string line = receipt;
  add_field(line, R"("till":"4.2")");
  EXPECT_TRUE(line.ends_with(R"("name":null}],"till":"4.2"})"));
}

TEST(EditLine, ALineThatBreaksOffIsHalfOfIt) {
  std::string line = "{\"a\":12}";
  cut_off(line);
  EXPECT_EQ(line, "{\"a\"");
}

}  // namespace
}  // namespace retailsim::json
