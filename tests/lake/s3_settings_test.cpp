#include "lake/s3_settings.h"

#include <arrow/status.h>
#include <gtest/gtest.h>
#include <stdlib.h>

#include "base/failure.h"
#include "lake/s3_errors.h"
#include "lake/s3_retry.h"

namespace retailsim::lake {
namespace {

using Values = std::map<std::string, std::string>;

// The variables of the process that would get in the way.
class S3SettingsTest : public testing::Test {
 protected:
  S3SettingsTest() {
    for (const char* const name :
         {"AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_REGION",
          "AWS_DEFAULT_REGION", "AWS_ENDPOINT_URL", "AWS_CA_BUNDLE"})
      ::unsetenv(name);
  }
  static S3Settings of(const Values& values) { return s3_settings(Environment(values)); }
};

const S3Settings secrets{
    "AKIDEXAMPLE", "wJalrXUtnFEMI", "FQoGZXIvYXdz", "", "http", "127.0.0.1:7070", ""};

std::string what_of(const std::string& said) {
  try {
    throw_s3_failure(arrow::Status::IOError(said), "write", "s3://shop/lake/raw/a", secrets);
  } catch (const Failure& failure) {
    EXPECT_EQ(failure.kind(), FailureKind::unreachable);
    EXPECT_FALSE(failure.hint().empty());
    return failure.what();
  }
}

template <class Act>
std::string refusal_of(Act act) {
  try {
    act();
  } catch (const Failure& failure) {
    EXPECT_EQ(failure.kind(), FailureKind::wrong_usage);
    EXPECT_FALSE(failure.hint().empty());
    return failure.what();
  }
  return "accepted";
}

TEST(S3Address, IsABucketAndAPrefix) {
  EXPECT_EQ(parse_s3_address("s3://shop/lake"), (S3Address{"shop", "lake"}));
  EXPECT_EQ(parse_s3_address("s3://my-shop.eu/a/b_c=1/"), (S3Address{"my-shop.eu", "a/b_c=1"}));
  EXPECT_EQ(parse_s3_address("s3://shop/"), (S3Address{"shop", ""}));
}

TEST(S3Address, WhatCanNameNoFolderOfABucketIsRefused) {
  for (const char* const uri :
       {"s3://", "s3:///lake", "s3://ab/lake", "s3://Shop/lake", "s3://-shop", "s3://a..b/lake",
        "s3://shop//lake", "s3://shop/../lake", "s3://shop/a b", "s3://shop/lake?region=x",
        "s3://shop/lake*", "s3://shop/la\nke"}) {
    const auto refusal = refusal_of([&] { parse_s3_address(uri); });
    EXPECT_NE(refusal.find(uri), refusal.npos) << refusal;
  }
}

TEST(S3Address, KeysInAnAddressAreRefusedAndNotRepeated) {
  EXPECT_EQ(refusal_of([] { parse_s3_address("s3://AKID:hunter2@shop/lake"); }),
            "the address of a lake on S3 must not hold keys");
}

TEST_F(S3SettingsTest, ComeFromTheVariablesOfAws) {
  const auto settings = of({{"AWS_ACCESS_KEY_ID", "id"},
                            {"AWS_SECRET_ACCESS_KEY", "secret"},
                            {"AWS_SESSION_TOKEN", "token"},
                            {"AWS_REGION", "eu-west-3"},
                            {"AWS_ENDPOINT_URL", "http://127.0.0.1:7070/"},
                            {"AWS_CA_BUNDLE", "ca.pem"}});
  EXPECT_EQ(settings.access_key, "id");
  EXPECT_EQ(settings.secret_key, "secret");
  EXPECT_EQ(settings.session_token, "token");
  EXPECT_EQ(settings.region, "eu-west-3");
  EXPECT_EQ(settings.scheme, "http");
  EXPECT_EQ(settings.endpoint, "127.0.0.1:7070");
  EXPECT_EQ(settings.ca_file, "ca.pem");
}

TEST_F(S3SettingsTest, WithoutAnyAmazonIsMeantInItsFirstRegion) {
  const auto settings = of({{"AWS_ACCESS_KEY_ID", ""}});
  EXPECT_EQ(settings.access_key, "");
  EXPECT_EQ(settings.region, "us-east-1");
  EXPECT_EQ(settings.scheme, "https");
  EXPECT_EQ(settings.endpoint, "");
}

TEST_F(S3SettingsTest, KeysOfTwoPlacesAreNeverMixed) {
  ::setenv("AWS_ACCESS_KEY_ID", "process", 1);
  ::setenv("AWS_SECRET_ACCESS_KEY", "secret", 1);
  const auto settings = of({{"AWS_ACCESS_KEY_ID", "file"},
                            {"AWS_SECRET_ACCESS_KEY", "other"},
                            {"AWS_SESSION_TOKEN", "token of the file"},
                            {"AWS_REGION", "eu-west-3"}});
  EXPECT_EQ(settings.access_key, "process");
  EXPECT_EQ(settings.session_token, "");
  EXPECT_EQ(settings.region, "eu-west-3");
  ::unsetenv("AWS_SECRET_ACCESS_KEY");
  EXPECT_EQ(refusal_of([] {
              of({{"AWS_SECRET_ACCESS_KEY", "other"}});
            }),
            "the environment has AWS_ACCESS_KEY_ID but no AWS_SECRET_ACCESS_KEY");
  ::unsetenv("AWS_ACCESS_KEY_ID");
  EXPECT_EQ(refusal_of([] {
              of({{"AWS_SECRET_ACCESS_KEY", "hunter2"}});
            }),
            ".env has AWS_SECRET_ACCESS_KEY but no AWS_ACCESS_KEY_ID");
}

TEST_F(S3SettingsTest, AnEndpointThatIsNoServerIsRefused) {
  for (const char* const url : {"127.0.0.1:7070", "ftp://127.0.0.1", "http://", "http://a/b"})
    EXPECT_NE(refusal_of([&] {
                of({{"AWS_ENDPOINT_URL", url}});
              }).find("AWS_ENDPOINT_URL is"),
              std::string::npos);
  EXPECT_EQ(refusal_of([&] {
              of({{"AWS_ENDPOINT_URL", "http://me:hunter2@127.0.0.1"}});
            }),
            "AWS_ENDPOINT_URL must not hold a user or a password");
}

TEST(S3Errors, SayWhatWasTriedWhereAndWhatIsWrong) {
  EXPECT_EQ(what_of("AWS Error NO_SUCH_BUCKET during PutObject operation: none"),
            "cannot write s3://shop/lake/raw/a: there is no such bucket");
  EXPECT_EQ(what_of("AWS Error ACCESS_DENIED during PutObject operation: no"),
            "cannot write s3://shop/lake/raw/a: access is denied");
  EXPECT_EQ(what_of("AWS Error UNKNOWN (HTTP status 403) during HeadObject operation: no"),
            "cannot write s3://shop/lake/raw/a: access is denied");
  EXPECT_EQ(what_of("AWS Error NETWORK_CONNECTION during PutObject operation: curlCode: 7"),
            "cannot write s3://shop/lake/raw/a: the server http://127.0.0.1:7070 can't be reached");
}

TEST(S3Errors, NeverRepeatACredential) {
  EXPECT_EQ(what_of("odd: AKIDEXAMPLE, wJalrXUtnFEMI and FQoGZXIvYXdz and wJalrXUtnFEMI"),
            "cannot write s3://shop/lake/raw/a: odd: ***, *** and *** and ***");
}

TEST(S3Retries, PauseLongerEachTimeAndGiveUp) {
  S3Retries retries;
  const S3Retries::AWSErrorDetail passing{0, "slow down", "SlowDown", true};
  const S3Retries::AWSErrorDetail final{0, "no", "AccessDenied", false};
  for (std::int64_t attempt = 0; attempt < 12; ++attempt) {
    const auto longest = std::min<std::int64_t>(100 << attempt, 5000);
    const auto pause = retries.CalculateDelayBeforeNextRetry(passing, attempt);
    EXPECT_LE(pause, longest);
    EXPECT_GE(pause, longest / 2);
    EXPECT_FALSE(retries.ShouldRetry(final, attempt));
    EXPECT_EQ(retries.ShouldRetry(passing, attempt), attempt < 3);
  }
  retries.be_patient();
  EXPECT_TRUE(retries.ShouldRetry(passing, 9));
  EXPECT_FALSE(retries.ShouldRetry(passing, 10));
}

}  // namespace
}  // namespace retailsim::lake
