#include "serve/feed_folder.h"

#include <fmt/core.h>
#include <sys/stat.h>

#include <algorithm>

#include "base/failure.h"

namespace retailsim::serve {
namespace {

// Kept mapped for the next page. A client reads each byte once, so this need not be much;
// what is mapped counts as memory of this process, though the kernel can take it back.
constexpr std::size_t most_mapped_files = 64;
constexpr std::size_t most_mapped_bytes = std::size_t{64} << 20;

std::string name_of(std::string_view table, const std::optional<Day>& feed_date) {
  return feed_date ? fmt::format("the {} file of {}", table, to_text(*feed_date))
                   : fmt::format("the {} file", table);
}

constexpr std::string_view check_hint = "the feed folder was changed by hand: simulate it again";

}  // namespace

FeedFolder::Stamp FeedFolder::stamp_of(const std::filesystem::path& path) {
  struct stat facts {};
  if (::stat(path.c_str(), &facts) != 0) return {};
  return {facts.st_ino, facts.st_size,
          std::int64_t{facts.st_mtim.tv_sec} * 1'000'000'000 + facts.st_mtim.tv_nsec};
}

FeedFolder::FeedFolder(std::filesystem::path folder) : folder_(std::move(folder)) {
  (void)feed::read_manifest(folder_);  // its messages are for the one who starts the server
  current();
}

std::shared_ptr<const Edition> FeedFolder::current() {
  const auto path = folder_ / "manifest.json";
  const std::scoped_lock hold{lock_};
  const Stamp stamp = stamp_of(path);
  if (edition_ && stamp == edition_stamp_) return edition_;
  try {
    Edition edition;
    edition.text = read_file(path);
    edition.manifest = feed::manifest_from_json(edition.text, "manifest.json");
    edition_ = std::make_shared<const Edition>(std::move(edition));
  } catch (const Failure&) {
    throw Failure(FailureKind::corrupt_data, "the feed's manifest cannot be read",
                  std::string{check_hint});
  }
  edition_stamp_ = stamp;
  return edition_;
}

SharedFile FeedFolder::open(std::string_view table, const std::optional<Day>& feed_date,
                            const feed::FileFacts& facts) {
  const auto path = feed::file_of(folder_, table, feed_date);
  const Stamp stamp = stamp_of(path);
  if (stamp.size != facts.bytes) {
    throw Failure(FailureKind::corrupt_data,
                  stamp.size < 0 ? name_of(table, feed_date) + " is missing"
                                 : fmt::format("{} has {} bytes, the manifest says {}",
                                               name_of(table, feed_date), stamp.size, facts.bytes),
                  std::string{check_hint});
  }
  const std::scoped_lock hold{lock_};
  const auto known = std::ranges::find(recent_, path, &Opened::path);
  if (known != recent_.end() && known->stamp == stamp) {
    recent_.splice(recent_.begin(), recent_, known);
    return recent_.front().file;
  }
  if (known != recent_.end()) recent_.erase(known);
  SharedFile file;
  try {
    file = std::make_shared<const MappedFile>(path);
  } catch (const Failure&) {
    throw Failure(FailureKind::corrupt_data, name_of(table, feed_date) + " cannot be read",
                  std::string{check_hint});
  }
  const bool is_lines = file->text().empty() || file->text().back() == '\n';
  if (static_cast<std::int64_t>(file->text().size()) != facts.bytes || !is_lines) {
    throw Failure(FailureKind::corrupt_data, name_of(table, feed_date) + " is not whole",
                  std::string{check_hint});
  }
  recent_.push_front({path, stamp, file});
  std::size_t bytes = 0;
  for (const Opened& opened : recent_) bytes += opened.file->text().size();
  while (recent_.size() > 1 && (recent_.size() > most_mapped_files || bytes > most_mapped_bytes)) {
    bytes -= recent_.back().file->text().size();
    recent_.pop_back();
  }
  return file;
}

}  // namespace retailsim::serve
