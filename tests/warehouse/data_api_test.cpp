#include "warehouse/data_api.h"

#include <fmt/core.h>
#include <gtest/gtest.h>
#include <stdlib.h>

#include <nlohmann/json.hpp>

#include "base/failure.h"
#include "warehouse/data_api_errors.h"

namespace retailsim::warehouse {
namespace {

using Json = nlohmann::ordered_json;

std::string refusal_of(const Target& target) {
  try {
    require_target(target);
  } catch (const Failure& failure) {
    EXPECT_EQ(failure.kind(), FailureKind::wrong_usage);
    EXPECT_FALSE(failure.hint().empty());
    return failure.what();
  }
  return "accepted";
}

TEST(DataApi, AClusterAWorkgroupOrASecretIsNamed) {
  EXPECT_EQ(refusal_of({.cluster = "c", .database = "dev", .db_user = "me"}), "accepted");
  EXPECT_EQ(refusal_of({.cluster = "c", .database = "dev"}), "accepted");
  EXPECT_EQ(refusal_of({.workgroup = "w", .database = "dev"}), "accepted");
  EXPECT_EQ(refusal_of({.workgroup = "w", .database = "dev", .secret_arn = "s"}), "accepted");
  EXPECT_EQ(refusal_of({.database = "dev", .secret_arn = "s"}), "accepted");
  EXPECT_EQ(refusal_of({.database = "dev"}), "it is not said which Redshift to load");
  EXPECT_EQ(refusal_of({.cluster = "c"}), "it is not said which database to load");
  EXPECT_EQ(refusal_of({.cluster = "c", .workgroup = "w", .database = "dev"}),
            "--cluster and --workgroup can't both be meant");
  EXPECT_EQ(refusal_of({.workgroup = "w", .database = "dev", .db_user = "me"}),
            "--db-user goes with --cluster alone");
  EXPECT_EQ(refusal_of({.cluster = "c", .database = "dev", .db_user = "me", .secret_arn = "s"}),
            "--db-user goes with --cluster alone");
}

TEST(DataApi, ARequestNamesTheTargetAndOnlyWhatIsGiven) {
  const Target target{.cluster = "shop", .database = "dev", .db_user = "me"};
  EXPECT_EQ(execute_body(target, "SELECT 1", "look", "t1"), (Json{{"Database", "dev"},
                                                                  {"StatementName", "look"},
                                                                  {"ClientToken", "t1"},
                                                                  {"ClusterIdentifier", "shop"},
                                                                  {"DbUser", "me"},
                                                                  {"Sql", "SELECT 1"}}));
  const std::string two[] = {"DELETE FROM a", "COPY a"};
  EXPECT_EQ(batch_body({.workgroup = "w", .database = "dev", .secret_arn = "s"}, two, "load", "t2"),
            (Json{{"Database", "dev"},
                  {"StatementName", "load"},
                  {"ClientToken", "t2"},
                  {"WorkgroupName", "w"},
                  {"SecretArn", "s"},
                  {"Sqls", {"DELETE FROM a", "COPY a"}}}));
}

TEST(DataApi, AStatementEndsFinishedFailedOrAborted) {
  const auto started = statement_state(R"({"Id":"1","Status":"STARTED"})");
  EXPECT_FALSE(started.has_ended());
  const auto failed = statement_state(R"({"Status":"FAILED","Error":"ERROR: no such table"})");
  EXPECT_TRUE(failed.has_ended());
  EXPECT_EQ(failed.error, "ERROR: no such table");
  EXPECT_TRUE(statement_state(R"({"Status":"FINISHED","HasResultSet":true})").has_result);
  EXPECT_THROW(statement_state("<html>"), Failure);
  EXPECT_THROW(statement_state("{}"), Failure);
}

TEST(DataApi, AResultHasTextsNumbersAndNulls) {
  const auto page = result_page(
      R"({"Records":[[{"stringValue":"a"},{"longValue":7},{"isNull":true}]],"NextToken":"more"})");
  EXPECT_EQ(page.rows, (ResultRows{{"a", "7", std::nullopt}}));
  EXPECT_EQ(page.next_token, "more");
  EXPECT_EQ(result_page(R"({"Records":[],"NextToken":null})").next_token, "");
}

class ServiceTest : public testing::Test {
 protected:
  ServiceTest() {
    for (const char* const name :
         {"AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_REGION",
          "AWS_DEFAULT_REGION", "AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_REDSHIFT_DATA"})
      ::unsetenv(name);
  }
  static std::string url_of(const std::map<std::string, std::string>& values) {
    return service_of(Environment(values)).url;
  }
};

TEST_F(ServiceTest, AnswersInTheRegionOrWhereItIsSaid) {
  EXPECT_EQ(url_of({{"AWS_REGION", "eu-west-3"}}),
            "https://redshift-data.eu-west-3.amazonaws.com/");
  EXPECT_EQ(url_of({{"AWS_REGION", "cn-north-1"}}),
            "https://redshift-data.cn-north-1.amazonaws.com.cn/");
  EXPECT_EQ(url_of({{"AWS_ENDPOINT_URL", "http://127.0.0.1:1"}}), "http://127.0.0.1:1/");
  EXPECT_EQ(url_of({{"AWS_ENDPOINT_URL", "http://127.0.0.1:1"},
                    {"AWS_ENDPOINT_URL_REDSHIFT_DATA", "http://127.0.0.1:2/"}}),
            "http://127.0.0.1:2/");
  EXPECT_THROW(url_of({{"AWS_REGION", "evil.example/"}}), Failure);
  EXPECT_THROW(url_of({{"AWS_ENDPOINT_URL_REDSHIFT_DATA", "127.0.0.1"}}), Failure);
}

TEST(DataApiErrors, ABusyServiceIsAskedAgain) {
  const auto passing = [](long status, const std::string& type) {
    return passing_refusal(
        {status, fmt::format(R"({{"__type":"com.amazonaws#{}","Message":"slow"}})", type)});
  };
  EXPECT_EQ(passing(400, "ActiveStatementsExceededException"),
            "ActiveStatementsExceededException: slow");
  EXPECT_EQ(passing(400, "ThrottlingException"), "ThrottlingException: slow");
  EXPECT_EQ(passing(400, "ValidationException"), "");
  EXPECT_EQ(passing_refusal({404, "<html>"}), "");
}

TEST(DataApiErrors, ARefusalSaysWhatToDoAndNoSecret) {
  lake::S3Settings keys;
  keys.access_key = "AKIDEXAMPLE";
  try {
    throw_refusal({400, R"({"__type":"UnrecognizedClientException","message":"AKIDEXAMPLE?"})"},
                  "ExecuteStatement", "http://127.0.0.1:1/", keys);
  } catch (const Failure& failure) {
    EXPECT_EQ(failure.kind(), FailureKind::unreachable);
    EXPECT_STREQ(failure.what(),
                 "http://127.0.0.1:1/ refuses ExecuteStatement: UnrecognizedClientException: ***?");
    EXPECT_EQ(failure.hint(),
              "check AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, in the environment or in .env");
  }
}

TEST(DataApiErrors, AFailedStatementSaysWhoCanHelp) {
  const auto of = [](const std::string& error) {
    try {
      throw_failed_statement("load clean.visit 2024-01", error);
    } catch (const Failure& failure) {
      EXPECT_EQ(failure.what(), "cannot load clean.visit 2024-01: " + error);
      return std::pair{failure.kind(), failure.hint()};
    }
  };
  EXPECT_EQ(of("ERROR: permission denied for schema clean").first, FailureKind::unreachable);
  EXPECT_NE(of("S3ServiceException:Access Denied,Status 403").second.find("s3:GetObject"),
            std::string::npos);
  EXPECT_EQ(of("invalid input: \"7 rows in the lake, but 8 in clean.visit 2024-01\"").second,
            "the lake changed meanwhile: run again");
  EXPECT_EQ(of("ERROR: syntax error").first, FailureKind::corrupt_data);
  EXPECT_TRUE(is_conflict("ERROR: 1023 DETAIL: Serializable isolation violation on table"));
  EXPECT_FALSE(is_conflict("ERROR: permission denied"));
}

}  // namespace
}  // namespace retailsim::warehouse
