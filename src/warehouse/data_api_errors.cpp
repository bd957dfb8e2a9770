#include "warehouse/data_api_errors.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <string_view>

#include "base/failure.h"
#include "base/text.h"
#include "warehouse/load_sql.h"

namespace retailsim::warehouse {
namespace {

struct Known {
  std::string_view mark;  // in their words
  std::string_view hint;
  FailureKind kind = FailureKind::unreachable;
};

constexpr std::string_view check_keys =
    "check AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, in the environment or in .env";

// Of the service; the first that fits counts.
constexpr Known refusals[] = {
    {"UnrecognizedClientException", check_keys},
    {"InvalidSignatureException", check_keys},
    {"IncompleteSignature", check_keys},
    {"MissingAuthenticationToken", check_keys},
    {"ExpiredToken",
     "fetch new keys and set AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN"},
    {"InvalidClientTokenId",
     "set AWS_SESSION_TOKEN to the token that came with the keys, or to nothing"},
    {"AccessDenied",
     "the AWS identity needs redshift-data:ExecuteStatement, BatchExecuteStatement, "
     "DescribeStatement and GetStatementResult, and credentials of the database: "
     "redshift:GetClusterCredentials, redshift-serverless:GetCredentials or "
     "secretsmanager:GetSecretValue"},
    {"ResourceNotFoundException", "are --cluster, --workgroup or --secret and AWS_REGION right?"},
    {"ValidationException",
     "are --cluster, --workgroup, --secret, --db-user and --database right, and AWS_REGION?"},
    {"UnknownOperation", "is AWS_ENDPOINT_URL_REDSHIFT_DATA the address of that service?"},
};

// Of the database.
constexpr Known failures[] = {
    {wrong_rows_mark, "the lake changed meanwhile: run again", FailureKind::corrupt_data},
    {"not authorized to assume",
     "attach the role of --iam-role to the cluster or namespace, and let Redshift assume it"},
    {"UnauthorizedException",
     "attach the role of --iam-role to the cluster or namespace, and let Redshift assume it"},
    {"no default IAM role",
     "give the cluster or namespace a default role, or name one: --iam-role"},
    {"AccessDenied", "the role of --iam-role needs s3:GetObject and s3:ListBucket on the lake"},
    {"Access Denied", "the role of --iam-role needs s3:GetObject and s3:ListBucket on the lake"},
    {"S3ServiceException",
     "can the role of --iam-role read the lake, and is the bucket in the "
     "region of Redshift?"},
    {"permission denied",
     "the database user must own the schemas clean, gold and retailsim, or be "
     "allowed to create them: GRANT CREATE ON DATABASE"},
    {"must be owner", "tables are replaced by their owner only: load as the user who made them"},
    {"FATAL: database", "is --database right?"},
    {"password authentication failed", "is the user right (--db-user, --secret)?"},
    {"incompatible Parquet schema",
     "the table in Redshift is not as this version makes it: drop it, then load with --again",
     FailureKind::corrupt_data},
    {"does not exist",
     "load without --table and --layer; with --again, if something was dropped behind the "
     "program's back",
     FailureKind::corrupt_data},
};

// The name of the error, and what is said of it.
std::pair<std::string, std::string> error_in(const std::string& body) {
  const auto json = nlohmann::json::parse(body, nullptr, false);
  if (!json.is_object()) return {};
  const auto text = [&](const char* name) {
    const auto found = json.find(name);
    return found != json.end() && found->is_string() ? found->get<std::string>() : "";
  };
  const std::string type = text("__type");
  const std::string message = text("message");
  return {type.substr(type.rfind('#') + 1), message.empty() ? text("Message") : message};
}

}  // namespace

std::string passing_refusal(const extract::Answer& answer) {
  if (answer.status == 200) return "";
  constexpr std::array<std::string_view, 7> busy{"Throttling",
                                                 "ThrottlingException",
                                                 "ThrottledException",
                                                 "TooManyRequestsException",
                                                 "RequestLimitExceeded",
                                                 "ActiveStatementsExceededException",
                                                 "ActiveSessionsExceededException"};
  const auto [name, message] = error_in(answer.body);
  if (std::ranges::find(busy, name) == busy.end()) return "";
  return message.empty() ? name : fmt::format("{}: {}", name, message);
}

bool is_conflict(const std::string& error) {
  constexpr std::array<std::string_view, 5> marks{
      "serializable isolation violation", "Serializable isolation violation",
      "conflict with concurrent transaction", "deadlock detected", "concurrent update"};
  return std::ranges::any_of(marks,
                             [&](auto mark) { return error.find(mark) != std::string::npos; });
}

void throw_refusal(const extract::Answer& answer, const std::string& operation,
                   const std::string& url, const lake::S3Settings& keys) {
  const auto [name, message] = error_in(answer.body);
  std::string said = name.empty() ? fmt::format("status {}", answer.status) : name;
  if (!message.empty()) said += fmt::format(": {}", plain_reason(message));
  std::string_view hint = "is AWS_ENDPOINT_URL_REDSHIFT_DATA the address of that service?";
  if (!name.empty()) hint = "what is loaded stays: run the same command again";
  for (const auto& each : refusals) {
    if (said.find(each.mark) == said.npos) continue;
    hint = each.hint;
    break;
  }
  throw Failure(
      FailureKind::unreachable,
      lake::without_credentials(fmt::format("{} refuses {}: {}", url, operation, said), keys),
      std::string{hint});
}

void throw_failed_statement(const std::string& what, const std::string& error) {
  const std::string message = fmt::format("cannot {}: {}", what, error);
  for (const auto& each : failures) {
    if (error.find(each.mark) != error.npos)
      throw Failure(each.kind, message, std::string{each.hint});
  }
  throw Failure(FailureKind::corrupt_data, message,
                "what is loaded stays: cure the cause and run the same command again; Redshift "
                "tells more in sys_load_error_detail");
}

}  // namespace retailsim::warehouse
