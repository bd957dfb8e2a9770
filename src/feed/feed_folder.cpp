#include "feed/feed_folder.h"

#include <fmt/core.h>

#include "base/failure.h"
#include "model/schema.h"

namespace retailsim::feed {
namespace {

namespace fs = std::filesystem;

bool is_ours(const fs::path& entry) {
  const std::string name = entry.filename().string();
  bool ours = name.starts_with('.') || name == "manifest.json";
  const auto note = [&]<class Row>() {
    ours |= name == fmt::format("{}.ndjson", Row::table) ||
            (name == Row::table && fs::is_directory(entry));
  };
  FeedTables::for_each(note);
  TruthTables::for_each(note);
  return ours;
}

// The folder, which is then ours to write.
fs::path without_foreign_files(fs::path folder) {
  if (!fs::exists(folder)) return folder;
  if (!fs::is_directory(folder))
    throw Failure(FailureKind::wrong_usage, fmt::format("{} is no folder", folder.string()),
                  "name an empty folder, or one that retailsim made");
  // The first by name: folders are listed in any order.
  std::string foreign;
  for (const auto& entry : fs::directory_iterator(folder)) {
    const std::string name = entry.path().filename().string();
    if (!is_ours(entry.path()) && (foreign.empty() || name < foreign)) foreign = name;
  }
  if (foreign.empty()) return folder;
  throw Failure(FailureKind::wrong_usage,
                fmt::format("{} is no feed folder: it holds {}", folder.string(), foreign),
                "name an empty folder, or one that retailsim made");
}

void remove_feed(const fs::path& folder, const Manifest& manifest) {
  fs::remove(folder / "manifest.json");
  for (const auto& [table, files] : manifest.tables) {
    for (const auto& [feed_date, facts] : files) fs::remove(file_of(folder, table, feed_date));
  }
}

}  // namespace

void NewDelivery::append(std::string_view text, std::int64_t rows) {
  file_.append(text);
  hash_.add(text);
  facts_.rows += rows;
  facts_.bytes += std::ssize(text);
}

FileFacts NewDelivery::commit() {
  file_.commit();
  facts_.sha256 = hash_.hex();
  return facts_;
}

FeedFolder::FeedFolder(fs::path folder, const Manifest& identity, bool overwrite)
    : folder_(without_foreign_files(std::move(folder))), writer_(folder_), manifest_(identity) {
  manifest_.tables.clear();
  if (!has_manifest(folder_)) return;
  before_ = read_manifest(folder_);
  if (before_.digest == identity.digest) {
    manifest_.tables = before_.tables;
    return;
  }
  if (!overwrite) {
    throw Failure(FailureKind::wrong_usage,
                  fmt::format("{} holds another feed ({}, seed {})", folder_.string(),
                              before_.source, before_.seed),
                  "choose another folder, or replace that feed with --overwrite");
  }
  remove_feed(folder_, before_);
}

bool FeedFolder::holds(std::string_view table, const std::optional<Day>& feed_date) const {
  const auto files = before_.tables.find(table);
  if (files == before_.tables.end() || before_.digest != manifest_.digest) return false;
  const auto facts = files->second.find(feed_date);
  if (facts == files->second.end()) return false;
  const auto path = path_of(table, feed_date);
  std::error_code error;
  if (fs::file_size(path, error) != static_cast<std::uintmax_t>(facts->second.bytes) || error)
    return false;
  return sha256(MappedFile(path).text()) == facts->second.sha256;
}

void FeedFolder::add(std::string_view table, const std::optional<Day>& feed_date,
                     const FileFacts& facts) {
  const std::scoped_lock hold{lock_};
  manifest_.tables[std::string{table}][feed_date] = facts;
}

void FeedFolder::add_table(std::string_view table) { manifest_.tables[std::string{table}]; }

void FeedFolder::finish() {
  if (manifest_ != before_ || !has_manifest(folder_)) write_manifest(folder_, manifest_);
}

}  // namespace retailsim::feed
