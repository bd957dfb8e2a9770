// Runs SQL on Amazon Redshift by way of the Redshift Data API: statements are submitted over HTTPS,
// run on their own, and asked about until they have ended. It needs no connection to the cluster.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/environment.h"
#include "extract/http_client.h"
#include "lake/s3_settings.h"
#include "warehouse/ledger.h"

namespace retailsim::warehouse {

// Which database, and in whose name. Empty: not given.
struct Target {
  std::string cluster = {};    // a provisioned cluster, or
  std::string workgroup = {};  // a Serverless workgroup; neither when the secret names the cluster
  std::string database = {};
  std::string db_user = {};     // of a cluster, with temporary credentials
  std::string secret_arn = {};  // of AWS Secrets Manager, with user and password
};

// Throws Failure(wrong_usage) when it is not clear from the options which database is meant, or
// they do not go together.
void require_target(const Target& target);

// Where the service answers, and in whose name it is asked.
struct Service {
  std::string url;
  lake::S3Settings settings;  // region, certificates, keys; without keys: what the SDK finds
};

// From the variables that s3_settings() reads, and AWS_ENDPOINT_URL_REDSHIFT_DATA. Throws
// Failure(wrong_usage).
Service service_of(const Environment& environment);

// At most this many statements run as one transaction (a limit of the service).
inline constexpr std::size_t most_statements = 40;

// Bodies of requests. `token` makes a repeated request the same one: the service then gives the
// same id, and runs nothing twice.
nlohmann::ordered_json execute_body(const Target& target, const std::string& sql,
                                    const std::string& name, const std::string& token);
nlohmann::ordered_json batch_body(const Target& target, std::span<const std::string> sqls,
                                  const std::string& name, const std::string& token);

// Where a statement is.
struct StatementState {
  std::string status;  // SUBMITTED, PICKED, STARTED, FINISHED, FAILED, ABORTED
  std::string error = {};
  bool has_result = false;
  bool has_ended() const {
    return status == "FINISHED" || status == "FAILED" || status == "ABORTED";
  }
};
// Throws Failure(corrupt_data) for an answer that is none.
StatementState statement_state(std::string_view answer);

// A page of a result: its rows, and where the next one is.
struct ResultPage {
  ResultRows rows;
  std::string next_token = {};  // empty: it was the last
};
ResultPage result_page(std::string_view answer);

// One connection; one per thread. All functions throw Failure(unreachable) when the service does
// not answer, or refuses.
class DataApi {
 public:
  // `patience`: how long one statement may take.
  DataApi(Service service, Target target, extract::RetryPolicy retry,
          std::chrono::seconds patience);

  // Runs one statement, or several as one transaction, and waits for the end. Nothing when it
  // succeeded, else what the database said. `name` is what the console of Redshift shows.
  // Throws Failure(unreachable) when it takes longer than `patience`; it may still go on then.
  std::optional<std::string> run(const std::string& sql, const std::string& name);
  std::optional<std::string> run_as_one(std::span<const std::string> sqls, const std::string& name);
  // The result of a query, or what the database said against it.
  struct Result {
    ResultRows rows;
    std::optional<std::string> error;
  };
  Result query(const std::string& sql, const std::string& name);

  std::int64_t retries() const { return client_.retries(); }

 private:
  std::string ask(std::string_view operation, const nlohmann::ordered_json& body);
  std::string submit(std::string_view operation, const nlohmann::ordered_json& body);
  StatementState wait_for(const std::string& id, const std::string& name);

  Service service_;
  Target target_;
  std::chrono::seconds patience_;
  extract::HttpClient client_;
};

}  // namespace retailsim::warehouse
