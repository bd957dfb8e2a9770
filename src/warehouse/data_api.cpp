#include "warehouse/data_api.h"

#include <fmt/core.h>

#include <nlohmann/json.hpp>
#include <random>

#include "base/failure.h"
#include "base/pause.h"
#include "base/text.h"
#include "lake/aws_keys.h"
#include "warehouse/data_api_errors.h"

namespace retailsim::warehouse {
namespace {

using Json = nlohmann::ordered_json;
using std::chrono::milliseconds;

constexpr std::string_view service_name = "redshift-data";

// First pause between two looks at a statement, and the longest; each is half as long again.
constexpr milliseconds first_look{100}, longest_look{2'000};

[[noreturn]] void refuse(const std::string& what, const std::string& hint) {
  throw Failure(FailureKind::wrong_usage, what, hint);
}

// Names one submission: asked for twice with it, the service does it once.
std::string new_token() {
  std::random_device random;
  return fmt::format("{:08x}{:08x}{:08x}{:08x}", random(), random(), random(), random());
}

Json target_body(const Target& target, const std::string& name, const std::string& token) {
  Json body = {{"Database", target.database}, {"StatementName", name}, {"ClientToken", token}};
  const auto put = [&](const char* key, const std::string& value) {
    if (!value.empty()) body[key] = value;
  };
  put("ClusterIdentifier", target.cluster);
  put("WorkgroupName", target.workgroup);
  put("DbUser", target.db_user);
  put("SecretArn", target.secret_arn);
  return body;
}

Json parsed(std::string_view answer) {
  Json whole = Json::parse(answer, nullptr, false);
  if (whole.is_object()) return whole;
  throw Failure(FailureKind::corrupt_data, "the Redshift Data API answers with what is no JSON",
                "is AWS_ENDPOINT_URL_REDSHIFT_DATA the address of that service?");
}

std::string text_of(const Json& object, const char* name) {
  const auto found = object.find(name);
  return found != object.end() && found->is_string() ? found->get<std::string>() : "";
}

// One value of a result. Each is an object with the one member that fits its type.
std::optional<std::string> cell_text(const Json& field) {
  if (!field.is_object() || field.empty() || field.contains("isNull")) return std::nullopt;
  const Json& value = field.begin().value();
  return value.is_string() ? value.get<std::string>() : value.dump();
}

}  // namespace

void require_target(const Target& target) {
  if (target.database.empty())
    refuse("it is not said which database to load", "--database NAME, such as dev");
  if (!target.cluster.empty() && !target.workgroup.empty())
    refuse("--cluster and --workgroup can't both be meant", "leave one of them out");
  if (target.cluster.empty() && target.workgroup.empty() && target.secret_arn.empty())
    refuse("it is not said which Redshift to load",
           "--cluster ID --db-user NAME, --workgroup NAME, or --secret ARN; or look at what would "
           "be done with --dry-run");
  if (!target.db_user.empty() && (target.cluster.empty() || !target.secret_arn.empty()))
    refuse("--db-user goes with --cluster alone",
           target.secret_arn.empty() ? "a workgroup is asked in the name of the AWS identity"
                                     : "the secret names a user: leave --db-user out");
}

Service service_of(const Environment& environment) {
  Service service{.url = "", .settings = lake::s3_settings(environment)};
  constexpr const char* variable = "AWS_ENDPOINT_URL_REDSHIFT_DATA";
  lake::ServerAddress address{service.settings.scheme, service.settings.endpoint};
  if (const auto url = environment.get(variable)) address = lake::parse_endpoint(variable, *url);
  const std::string& region = service.settings.region;
  if (region.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") != region.npos)
    refuse(fmt::format("AWS_REGION is {}, which is no region", region), "AWS_REGION=eu-west-3");
  if (address.host.empty()) {
    address = {"https", fmt::format("{}.{}.amazonaws.com{}", service_name, region,
                                    region.starts_with("cn-") ? ".cn" : "")};
  }
  service.url = fmt::format("{}://{}/", address.scheme, address.host);
  return service;
}

Json execute_body(const Target& target, const std::string& sql, const std::string& name,
                  const std::string& token) {
  Json body = target_body(target, name, token);
  body["Sql"] = sql;
  return body;
}

Json batch_body(const Target& target, std::span<const std::string> sqls, const std::string& name,
                const std::string& token) {
  Json body = target_body(target, name, token);
  body["Sqls"] = std::vector<std::string>(sqls.begin(), sqls.end());
  return body;
}

StatementState statement_state(std::string_view answer) {
  const Json whole = parsed(answer);
  StatementState state{text_of(whole, "Status"), text_of(whole, "Error")};
  if (state.status.empty()) {
    throw Failure(FailureKind::corrupt_data,
                  "the Redshift Data API does not say where a statement is",
                  "is AWS_ENDPOINT_URL_REDSHIFT_DATA the address of that service?");
  }
  state.has_result = whole.value("HasResultSet", Json(false)) == Json(true);
  return state;
}

ResultPage result_page(std::string_view answer) {
  const Json whole = parsed(answer);
  ResultPage page{.rows = {}, .next_token = text_of(whole, "NextToken")};
  for (const auto& record : whole.value("Records", Json::array())) {
    auto& row = page.rows.emplace_back();
    for (const auto& field : record) row.push_back(cell_text(field));
  }
  return page;
}

DataApi::DataApi(Service service, Target target, extract::RetryPolicy retry,
                 std::chrono::seconds patience)
    : service_(std::move(service)),
      target_(std::move(target)),
      patience_(patience),
      client_(std::move(retry), "", {.ca_file = service_.settings.ca_file}) {}

std::string DataApi::ask(std::string_view operation, const Json& body) {
  const lake::S3Settings keys = lake::with_found_keys(service_.settings);
  if (keys.access_key.empty()) {
    throw Failure(FailureKind::unreachable, "there are no keys to ask Redshift with",
                  "set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, in the environment or in .env");
  }
  extract::SignedPost request{.url = service_.url,
                              .service = std::string{service_name},
                              .region = keys.region,
                              .access_key = keys.access_key,
                              .secret_key = keys.secret_key,
                              .headers = {"Content-Type: application/x-amz-json-1.1",
                                          fmt::format("X-Amz-Target: RedshiftData.{}", operation)},
                              .body = body.dump(),
                              .unreachable_hint =
                                  "is the region right (AWS_REGION), and does the address answer "
                                  "(AWS_ENDPOINT_URL_REDSHIFT_DATA)?"};
  if (!keys.session_token.empty())
    request.headers.push_back("X-Amz-Security-Token: " + keys.session_token);
  const auto answer = client_.post(request, passing_refusal);
  if (answer.status == 200) return answer.body;
  throw_refusal(answer, std::string{operation}, service_.url, keys);
}

// The id of what was submitted.
std::string DataApi::submit(std::string_view operation, const Json& body) {
  std::string id = text_of(parsed(ask(operation, body)), "Id");
  if (!id.empty()) return id;
  throw Failure(FailureKind::corrupt_data, "the Redshift Data API gives no id of a statement",
                "is AWS_ENDPOINT_URL_REDSHIFT_DATA the address of that service?");
}

StatementState DataApi::wait_for(const std::string& id, const std::string& name) {
  const auto give_up = std::chrono::steady_clock::now() + patience_;
  for (milliseconds between = first_look;; between = std::min(between * 3 / 2, longest_look)) {
    StatementState state = statement_state(ask("DescribeStatement", {{"Id", id}}));
    if (state.has_ended()) return state;
    if (std::chrono::steady_clock::now() >= give_up) {
      throw Failure(FailureKind::unreachable,
                    fmt::format("{}: the statement {} is still {} after {} s", name, id,
                                state.status, patience_.count()),
                    "it may go on by itself; run again later, or with a longer --timeout");
    }
    pause(between);
  }
}

namespace {

// What the database said of a statement that has ended; nothing when it succeeded.
std::optional<std::string> error_of(const StatementState& state) {
  if (state.status == "FINISHED") return std::nullopt;
  if (!state.error.empty()) return plain_reason(state.error);
  return state.status == "ABORTED" ? "somebody stopped it" : "it failed";
}

}  // namespace

std::optional<std::string> DataApi::run(const std::string& sql, const std::string& name) {
  const auto id = submit("ExecuteStatement", execute_body(target_, sql, name, new_token()));
  return error_of(wait_for(id, name));
}

std::optional<std::string> DataApi::run_as_one(std::span<const std::string> sqls,
                                               const std::string& name) {
  const auto id = submit("BatchExecuteStatement", batch_body(target_, sqls, name, new_token()));
  return error_of(wait_for(id, name));
}

DataApi::Result DataApi::query(const std::string& sql, const std::string& name) {
  const auto id = submit("ExecuteStatement", execute_body(target_, sql, name, new_token()));
  const StatementState state = wait_for(id, name);
  Result result{.rows = {}, .error = error_of(state)};
  if (result.error || !state.has_result) return result;
  Json body = {{"Id", id}};
  for (;;) {
    ResultPage page = result_page(ask("GetStatementResult", body));
    for (auto& row : page.rows) result.rows.push_back(std::move(row));
    if (page.next_token.empty()) return result;
    body["NextToken"] = page.next_token;
  }
}

}  // namespace retailsim::warehouse
