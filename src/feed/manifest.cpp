#include "feed/manifest.h"

#include <fmt/core.h>

#include <nlohmann/json.hpp>

#include "base/failure.h"
#include "base/files.h"
#include "base/text.h"

namespace retailsim::feed {
namespace {

using Json = nlohmann::ordered_json;

// The feed date of a snapshot, as a key of the manifest.
constexpr std::string_view whole_table = "all";

std::string hint_for(std::string_view origin) {
  return origin.find("://") != origin.npos
             ? "is that the address of a retailsim API? It looks like http://127.0.0.1:8080"
             : "remove it, then simulate into that folder again";
}

[[noreturn]] void refuse(std::string_view origin, const std::string& why) {
  throw Failure(FailureKind::corrupt_data, fmt::format("{} is no feed manifest: {}", origin, why),
                hint_for(origin));
}

// Names of tables become names of files, so nothing may lead out of the folder.
bool is_table_name(std::string_view name) {
  return !name.empty() &&
         name.find_first_not_of("abcdefghijklmnopqrstuvwxyz_") == std::string_view::npos;
}

}  // namespace

std::filesystem::path file_of(const std::filesystem::path& folder, std::string_view table,
                              const std::optional<Day>& feed_date) {
  if (!feed_date) return folder / fmt::format("{}.ndjson", table);
  return folder / table / fmt::format("{}.ndjson", to_text(*feed_date));
}

bool has_manifest(const std::filesystem::path& folder) {
  return std::filesystem::exists(folder / "manifest.json");
}

std::string to_json(const Manifest& manifest) {
  Json tables = Json::object();
  for (const auto& [table, files] : manifest.tables) {
    Json& entry = tables[table] = Json::object();
    for (const auto& [feed_date, facts] : files) {
      entry[feed_date ? to_text(*feed_date) : std::string{whole_table}] = {
          {"rows", facts.rows}, {"bytes", facts.bytes}, {"sha256", facts.sha256}};
    }
  }
  const Json whole = {{"format", manifest_format},
                      {"source", manifest.source},
                      {"digest", manifest.digest},
                      {"seed", manifest.seed},
                      {"tables", std::move(tables)}};
  return whole.dump(1) + "\n";
}

Manifest manifest_from_json(std::string_view text, std::string_view origin) {
  try {
    const Json whole = Json::parse(text);
    if (whole.at("format").get<int>() > manifest_format) {
      throw Failure(FailureKind::wrong_usage,
                    fmt::format("{} was written by a newer version (format {}, this one reads {})",
                                origin, whole.at("format").get<int>(), manifest_format),
                    "use the version of retailsim that wrote it");
    }
    Manifest manifest;
    manifest.source = whole.at("source").get<std::string>();
    manifest.digest = whole.at("digest").get<std::string>();
    manifest.seed = whole.at("seed").get<std::uint64_t>();
    for (const auto& [table, files] : whole.at("tables").items()) {
      if (!is_table_name(table)) refuse(origin, fmt::format("\"{}\" is no table", table));
      TableFiles& entry = manifest.tables[table];
      for (const auto& [date, facts] : files.items()) {
        const std::optional<Day> feed_date = date == whole_table ? std::nullopt : parse_day(date);
        if (!feed_date && date != whole_table)
          refuse(origin, fmt::format("\"{}\" is no date", date));
        const FileFacts file{facts.at("rows").get<std::int64_t>(),
                             facts.at("bytes").get<std::int64_t>(),
                             facts.at("sha256").get<std::string>()};
        // A row is a line, at least "{}" and its end.
        if (file.rows < 0 || file.bytes < 0 || file.rows > file.bytes)
          refuse(origin,
                 fmt::format("{} {} has {} rows in {} bytes", table, date, file.rows, file.bytes));
        entry[feed_date] = file;
      }
    }
    return manifest;
  } catch (const Json::exception& error) {
    refuse(origin, plain_reason(error.what()));
  }
}

Manifest read_manifest(const std::filesystem::path& folder) {
  const auto path = folder / "manifest.json";
  if (!std::filesystem::exists(path)) {
    throw Failure(FailureKind::wrong_usage,
                  fmt::format("{} holds no feed: manifest.json is missing", folder.string()),
                  fmt::format("retailsim simulate SCENARIO --out {}", folder.string()));
  }
  return manifest_from_json(read_file(path), path.string());
}

void write_manifest(const std::filesystem::path& folder, const Manifest& manifest) {
  write_file_whole(folder / "manifest.json", to_json(manifest));
}

}  // namespace retailsim::feed
