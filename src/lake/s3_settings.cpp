#include "lake/s3_settings.h"

#include <fmt/core.h>

#include <algorithm>
#include <filesystem>

#include "base/failure.h"

namespace retailsim::lake {
namespace {

constexpr std::string_view scheme = "s3://";
constexpr std::string_view lower_and_digits = "abcdefghijklmnopqrstuvwxyz0123456789";

bool is_bucket_name(std::string_view name) {
  const auto is_plain = [](char c) { return lower_and_digits.find(c) != std::string_view::npos; };
  return name.size() >= 3 && name.size() <= 63 && is_plain(name.front()) && is_plain(name.back()) &&
         std::ranges::all_of(name, [&](char c) { return is_plain(c) || c == '-' || c == '.'; }) &&
         name.find("..") == name.npos;
}

// Whether plain tools and URLs can name every folder of the prefix.
bool is_prefix(std::string_view prefix) {
  while (!prefix.empty()) {
    const auto slash = prefix.find('/');
    const auto folder = prefix.substr(0, slash);
    if (folder.empty() || folder == "." || folder == "..") return false;
    if (folder.find_first_of("?#%\\*\"'<>|{}[]^`~ ") != folder.npos) return false;
    if (std::ranges::any_of(folder, [](char c) { return static_cast<unsigned char>(c) < 32; }))
      return false;
    if (slash == prefix.npos) return true;
    prefix.remove_prefix(slash + 1);
    if (prefix.empty()) return false;
  }
  return true;
}

[[noreturn]] void refuse(const std::string& what, const std::string& hint) {
  throw Failure(FailureKind::wrong_usage, what, hint);
}

// The pair of keys of one place, and their token. False when it has neither.
template <class Get>
bool take_credentials(S3Settings& settings, const char* place, Get get) {
  const auto access = get("AWS_ACCESS_KEY_ID");
  const auto secret = get("AWS_SECRET_ACCESS_KEY");
  if (!access && !secret) return false;
  if (!access || !secret) {
    refuse(fmt::format("{} has {} but no {}", place,
                       access ? "AWS_ACCESS_KEY_ID" : "AWS_SECRET_ACCESS_KEY",
                       access ? "AWS_SECRET_ACCESS_KEY" : "AWS_ACCESS_KEY_ID"),
           fmt::format("set both, or neither, in {}", place));
  }
  settings.access_key = *access;
  settings.secret_key = *secret;
  settings.session_token = get("AWS_SESSION_TOKEN").value_or("");
  return true;
}

std::string region_of(const Environment& environment) {
  for (const bool of_process : {true, false}) {
    for (const char* const name : {"AWS_REGION", "AWS_DEFAULT_REGION"}) {
      const auto region = of_process ? Environment::of_process(name) : environment.of_file(name);
      if (region) return *region;
    }
  }
  return "us-east-1";
}

// The AWS SDK inside Arrow's wheel looks for certificates where Red Hat keeps them.
std::string system_certificates() {
  for (const char* const file :
       {"/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt",
        "/etc/ssl/ca-bundle.pem", "/etc/ssl/cert.pem"}) {
    if (std::filesystem::exists(file)) return file;
  }
  return {};
}

}  // namespace

S3Address parse_s3_address(const std::string& uri) {
  const std::string hint =
      "name it like s3://bucket/lake: a bucket's name has 3 to 63 of a-z, 0-9, . -";
  std::string rest = uri.substr(scheme.size());
  if (rest.find('@') != rest.npos)
    refuse("the address of a lake on S3 must not hold keys",
           "set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, in the environment or in .env");
  while (rest.ends_with('/')) rest.pop_back();
  const auto slash = rest.find('/');
  S3Address address{rest.substr(0, slash), slash == rest.npos ? "" : rest.substr(slash + 1)};
  if (!is_bucket_name(address.bucket))
    refuse(fmt::format("{} names no bucket: \"{}\" can't be one", uri, address.bucket), hint);
  if (!is_prefix(address.prefix))
    refuse(fmt::format("{} names no folder of a bucket: \"{}\" can't be one", uri, address.prefix),
           hint);
  return address;
}

ServerAddress parse_endpoint(std::string_view variable, std::string url) {
  while (url.ends_with('/')) url.pop_back();
  const auto colons = url.find("://");
  ServerAddress address{url.substr(0, colons), colons == url.npos ? "" : url.substr(colons + 3)};
  // An '@' may stand before a password: such an address is not repeated.
  if ((address.scheme == "http" || address.scheme == "https") && !address.host.empty() &&
      address.host.find_first_of("/@?# ") == address.host.npos)
    return address;
  refuse(url.find('@') == url.npos
             ? fmt::format("{} is {}, which is no address of a server", variable, url)
             : fmt::format("{} must not hold a user or a password", variable),
         fmt::format("{}=http://127.0.0.1:7070", variable));
}

S3Settings s3_settings(const Environment& environment) {
  S3Settings settings;
  if (!take_credentials(settings, "the environment", Environment::of_process))
    take_credentials(settings, ".env", [&](const char* name) { return environment.of_file(name); });
  settings.region = region_of(environment);
  if (const auto url = environment.get("AWS_ENDPOINT_URL")) {
    auto [scheme_of_url, host] = parse_endpoint("AWS_ENDPOINT_URL", *url);
    settings.scheme = std::move(scheme_of_url);
    settings.endpoint = std::move(host);
  }
  settings.ca_file = environment.get("AWS_CA_BUNDLE").value_or(system_certificates());
  return settings;
}

std::string without_credentials(std::string text, const S3Settings& settings) {
  for (const auto* const secret :
       {&settings.session_token, &settings.secret_key, &settings.access_key}) {
    if (secret->empty()) continue;
    for (auto at = text.find(*secret); at != text.npos; at = text.find(*secret, at + 3))
      text.replace(at, secret->size(), "***");
  }
  return text;
}

}  // namespace retailsim::lake
