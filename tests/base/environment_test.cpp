#include "base/environment.h"

#include <gtest/gtest.h>
#include <stdlib.h>

#include "base/failure.h"

namespace retailsim {
namespace {

using Values = std::map<std::string, std::string>;

std::string refusal_of(const char* text) {
  try {
    parse_env_file(text, ".env");
  } catch (const Failure& failure) {
    EXPECT_EQ(failure.kind(), FailureKind::wrong_usage);
    EXPECT_FALSE(failure.hint().empty());
    return failure.what();
  }
  return "accepted";
}

TEST(EnvFile, HoldsNamesAndValuesInTheUsualForms) {
  EXPECT_EQ(parse_env_file("# our bucket\n"
                           "\n"
                           "PLAIN=a+b/c==\n"
                           "  SPACED = two words \t\r\n"
                           "export EXPORTED=yes\n"
                           "SINGLE='as $it \\n is' # comment\n"
                           "DOUBLE=\"a \\\"quote\\\", a # and\\na line\"\n"
                           "HASH=a#b # comment\n"
                           "EMPTY=\n"
                           "ALSO_EMPTY= # nothing\n"
                           "LAST=1",
                           ".env"),
            (Values{{"PLAIN", "a+b/c=="},
                    {"SPACED", "two words"},
                    {"EXPORTED", "yes"},
                    {"SINGLE", "as $it \\n is"},
                    {"DOUBLE", "a \"quote\", a # and\na line"},
                    {"HASH", "a#b"},
                    {"EMPTY", ""},
                    {"ALSO_EMPTY", ""},
                    {"LAST", "1"}}));
}

TEST(EnvFile, ABadLineIsNamedByFileAndLineButNotRepeated) {
  EXPECT_EQ(refusal_of("A=1\nhunter2\n"), ".env:2: this is not NAME=value");
  EXPECT_EQ(refusal_of("=hunter2"), ".env:1: this is not NAME=value");
  EXPECT_EQ(refusal_of("1A=hunter2"), ".env:1: this is not NAME=value");
  EXPECT_EQ(refusal_of("\n\nA='hunter2"), ".env:3: the closing quote is missing");
  EXPECT_EQ(refusal_of("A=\"hunter2\" x"), ".env:1: something follows the closing quote");
}

TEST(Environment, TheProcessComesFirstAndAnEmptyVariableCountsAsAbsent) {
  const Environment environment({{"RETAILSIM_TEST_WORD", "file"}, {"RETAILSIM_TEST_NONE", ""}});
  EXPECT_EQ(environment.get("RETAILSIM_TEST_WORD"), "file");
  ::setenv("RETAILSIM_TEST_WORD", "process", 1);
  EXPECT_EQ(environment.get("RETAILSIM_TEST_WORD"), "process");
  EXPECT_EQ(environment.of_file("RETAILSIM_TEST_WORD"), "file");
  ::setenv("RETAILSIM_TEST_WORD", "", 1);
  EXPECT_EQ(environment.get("RETAILSIM_TEST_WORD"), "file");
  ::unsetenv("RETAILSIM_TEST_WORD");
  EXPECT_EQ(environment.get("RETAILSIM_TEST_NONE"), std::nullopt);
}

}  // namespace
}  // namespace retailsim
