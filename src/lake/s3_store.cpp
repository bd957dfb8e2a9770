// A lake in a bucket: Amazon S3, or a server that speaks its protocol.
//
// Requests cost tens of milliseconds each, so a folder is listed with one request a thousand
// objects, a small object is written with one PUT, and whole objects are fetched at once. No
// object is written that stands for a folder; Arrow leaves one where it removes an object.
#include <arrow/buffer.h>
#include <arrow/filesystem/s3fs.h>
#include <arrow/io/interfaces.h>
#include <arrow/io/memory.h>
#include <arrow/util/io_util.h>
#include <arrow/util/key_value_metadata.h>
#include <fmt/core.h>

#include <algorithm>
#include <cerrno>

#include "base/failure.h"
#include "lake/aws_keys.h"
#include "lake/s3_errors.h"
#include "lake/s3_retry.h"
#include "lake/s3_settings.h"
#include "lake/stores.h"

namespace retailsim::lake {
namespace {

using arrow::fs::FileInfo;
using arrow::fs::FileSelector;
using arrow::fs::FileType;
using arrow::fs::S3FileSystem;

// Uploads that are under way at the same time: enough to hide what each waits for.
constexpr int uploads = 16;

bool is_missing(const arrow::Status& status) {
  return arrow::internal::ErrnoFromStatus(status) == ENOENT;
}

std::shared_ptr<const arrow::KeyValueMetadata> content_type_of(const std::string& path) {
  const bool is_json = path.ends_with(".json") || path.ends_with(".manifest");
  return arrow::key_value_metadata(
      {"Content-Type"}, {is_json ? "application/json" : "application/vnd.apache.parquet"});
}

class S3Store final : public ObjectStore {
 public:
  S3Store(S3Address address, S3Settings settings)
      : address_(std::move(address)), settings_(std::move(settings)) {
    arrow::fs::S3Options options = arrow::fs::S3Options::Defaults();
    if (!settings_.access_key.empty()) {
      options.ConfigureAccessKey(settings_.access_key, settings_.secret_key,
                                 settings_.session_token);
    }
    options.region = settings_.region;
    options.scheme = settings_.scheme;
    options.endpoint_override = settings_.endpoint;
    options.tls_ca_file_path = settings_.ca_file;
    options.retry_strategy = retries_;
    options.connect_timeout = 10;
    options.request_timeout = 60;
    // A file that fits in one part is sent with one PUT when it is closed.
    options.allow_delayed_open = true;
    options.background_writes = false;
    auto made = S3FileSystem::Make(options);
    if (!made.ok()) fail(made.status(), "open", "");
    files_ = std::move(made).ValueUnsafe();
  }

  // The first request: what lies below the prefix, directly.
  std::vector<std::string> names() {
    FileSelector selector;
    selector.base_dir = key("");
    const auto found = files_->GetFileInfo(selector);
    if (!found.ok() && !is_missing(found.status())) {
      require_keys();
      fail(found.status(), "open", "");
    }
    retries_->be_patient();
    std::vector<std::string> names;
    if (!found.ok()) return names;
    for (const auto& each : *found) names.push_back(each.base_name());
    return names;
  }

  std::vector<StoredObject> list(const std::string& folder) override {
    FileSelector selector;
    selector.base_dir = key(folder);
    selector.recursive = true;
    selector.allow_not_found = true;
    const auto found = files_->GetFileInfo(selector);
    if (!found.ok()) fail(found.status(), "list", folder);
    std::vector<StoredObject> objects;
    for (const auto& each : *found) {
      if (!each.IsFile()) continue;
      const auto milliseconds =
          std::chrono::floor<std::chrono::milliseconds>(each.mtime().time_since_epoch());
      objects.push_back({each.path().substr(key("").size() + 1), each.size(),
                         fmt::format("{}", milliseconds.count())});
    }
    std::ranges::sort(objects, {}, &StoredObject::path);
    return objects;
  }

  std::optional<std::string> read(const std::string& path) override {
    const auto bytes = fetch(path);
    return bytes ? std::optional{bytes->ToString()} : std::nullopt;
  }

  Source open(const std::string& path) override {
    auto opened = files_->OpenInputFile(key(path));
    if (!opened.ok()) {
      if (is_missing(opened.status())) throw_missing(path);
      fail(opened.status(), "read", path);
    }
    return std::move(opened).ValueUnsafe();
  }

  Source open_whole(const std::string& path) override {
    auto bytes = fetch(path);
    if (!bytes) throw_missing(path);
    return std::make_shared<arrow::io::BufferReader>(std::move(bytes));
  }

  StoredObject put(const std::string& path, const std::string& bytes) override {
    auto opened = files_->OpenOutputStream(key(path), content_type_of(path));
    if (!opened.ok()) fail(opened.status(), "write", path);
    auto& stream = **opened;
    arrow::Status status = stream.Write(bytes.data(), static_cast<std::int64_t>(bytes.size()));
    if (status.ok()) status = stream.Close();
    if (!status.ok()) {
      // Parts that were sent already are thrown away; the object stays as it was.
      static_cast<void>(stream.Abort());
      fail(status, "write", path);
    }
    return {path, static_cast<std::int64_t>(bytes.size()), ""};
  }

  void remove(const std::string& path) override {
    const auto status = files_->DeleteFile(key(path));
    if (!status.ok() && !is_missing(status)) fail(status, "remove", path);
  }

  int busy_threads(int threads) const override { return std::max(threads, uploads); }

  std::string display(const std::string& path) const override { return "s3://" + key(path); }

 private:
  // As Arrow wants it: bucket, prefix and path in one.
  std::string key(const std::string& path) const {
    std::string whole = address_.bucket;
    for (const auto* const part : {&address_.prefix, &path}) {
      if (!part->empty()) whole += "/" + *part;
    }
    return whole;
  }

  // The whole object; null when there is none. Its length is asked for first, so one that is
  // replaced just then may come cut off: who reads beside a writer checks what was read.
  std::shared_ptr<arrow::Buffer> fetch(const std::string& path) {
    const auto opened = files_->OpenInputFile(key(path));
    if (!opened.ok()) {
      if (is_missing(opened.status())) return nullptr;
      fail(opened.status(), "read", path);
    }
    const auto size = (*opened)->GetSize();
    if (!size.ok()) fail(size.status(), "read", path);
    auto bytes = (*opened)->ReadAt(0, *size);
    if (!bytes.ok()) fail(bytes.status(), "read", path);
    return std::move(bytes).ValueUnsafe();
  }

  [[noreturn]] void throw_missing(const std::string& path) const {
    throw Failure(FailureKind::corrupt_data, fmt::format("{} is missing", display(path)));
  }

  [[noreturn]] void fail(const arrow::Status& status, const std::string& action,
                         const std::string& path) const {
    throw_s3_failure(status, action, display(path), with_keys());
  }

  // The settings, and the keys that the SDK found where they name none.
  S3Settings with_keys() const {
    return files_ ? with_found_keys(settings_, files_->options()) : settings_;
  }

  // A server that is asked without keys denies access, which says too little.
  void require_keys() const {
    if (!with_keys().access_key.empty()) return;
    throw Failure(FailureKind::unreachable,
                  fmt::format("cannot open {}: there are no keys for it", display("")),
                  "set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, in the environment or in .env");
  }

  S3Address address_;
  S3Settings settings_;
  std::shared_ptr<S3Retries> retries_ = std::make_shared<S3Retries>();
  std::shared_ptr<S3FileSystem> files_;
};

}  // namespace

std::unique_ptr<ObjectStore> open_s3(const std::string& uri, std::vector<std::string>& names) {
  auto address = parse_s3_address(uri);
  auto settings = s3_settings(Environment::here());
  start_aws();
  auto store = std::make_unique<S3Store>(std::move(address), std::move(settings));
  names = store->names();
  return store;
}

void close_s3() { static_cast<void>(arrow::fs::EnsureS3Finalized()); }

}  // namespace retailsim::lake
