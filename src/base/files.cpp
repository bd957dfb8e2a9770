#include "base/files.h"

#include <fcntl.h>
#include <fmt/core.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <thread>

#include "base/failure.h"
#include "base/interrupt.h"

namespace retailsim {
namespace {

// What helps against the errors that people meet.
std::string hint_for(int error) {
  switch (error) {
    case ENOSPC:
    case EDQUOT:
      return "free some space, then run the same command again: what is finished is kept";
    case EFBIG:
      return "raise the limit on the size of a file (ulimit -f), then run the same command again";
    case EACCES:
    case EPERM:
    case EROFS:
      return "name a folder in which you may write";
    default:
      return {};
  }
}

[[noreturn]] void fail(std::string_view action, const std::filesystem::path& path,
                       int error = errno) {
  // What was named cannot be such a file; anything else may be better the next time.
  const bool is_misnamed = error == ENOENT || error == EISDIR || error == ENOTDIR ||
                           error == ELOOP || error == ENAMETOOLONG;
  const auto kind = is_misnamed ? FailureKind::wrong_usage : FailureKind::unreachable;
  throw Failure(kind, fmt::format("cannot {} {}: {}", action, path.string(), std::strerror(error)),
                hint_for(error));
}

void create_folder_of(const std::filesystem::path& path) {
  if (!path.has_parent_path()) return;
  std::error_code error;
  std::filesystem::create_directories(path.parent_path(), error);
  if (error) fail("create the folder", path.parent_path(), error.value());
}

// Unique within this process and between processes; hidden, so that `*.parquet` never matches.
std::filesystem::path temporary_name(const std::filesystem::path& target) {
  static std::atomic<unsigned> number{0};
  return target.parent_path() /
         fmt::format(".{}.{}-{}.part", target.filename().string(), ::getpid(), number.fetch_add(1));
}

void write_all(int descriptor, std::string_view bytes, const std::filesystem::path& path) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(descriptor, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) fail("write", path);
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
}

}  // namespace

std::string read_file(const std::filesystem::path& path) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) fail("open", path);
  std::string text;
  for (std::size_t size = 0;;) {
    text.resize(size + (64 << 10));
    const ssize_t got = ::read(descriptor, text.data() + size, text.size() - size);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) {
      const int error = errno;
      ::close(descriptor);
      errno = error;
      if (got < 0) fail("read", path);
      text.resize(size);
      return text;
    }
    size += static_cast<std::size_t>(got);
  }
}

void write_file_whole(const std::filesystem::path& path, std::string_view bytes, bool durable) {
  create_folder_of(path);
  const auto temporary = temporary_name(path);
  const int descriptor = ::open(temporary.c_str(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0644);
  if (descriptor < 0) fail("create", path);
  try {
    write_all(descriptor, bytes, path);
    if (durable && ::fsync(descriptor) != 0) fail("flush", path);
  } catch (...) {
    ::close(descriptor);
    ::unlink(temporary.c_str());
    throw;
  }
  ::close(descriptor);
  if (::rename(temporary.c_str(), path.c_str()) != 0) {
    ::unlink(temporary.c_str());
    fail("rename to", path);
  }
}

MappedFile::MappedFile(const std::filesystem::path& path) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) fail("open", path);
  struct stat facts {};
  if (::fstat(descriptor, &facts) != 0 || S_ISDIR(facts.st_mode)) {
    if (S_ISDIR(facts.st_mode)) errno = EISDIR;
    ::close(descriptor);
    fail("read", path);
  }
  size_ = static_cast<std::size_t>(facts.st_size);
  if (size_ > 0) {
    void* const at = ::mmap(nullptr, size_, PROT_READ, MAP_PRIVATE, descriptor, 0);
    if (at == MAP_FAILED) {
      ::close(descriptor);
      fail("map", path);
    }
    data_ = static_cast<const char*>(at);
  }
  ::close(descriptor);
}

MappedFile::~MappedFile() {
  if (data_ != nullptr) ::munmap(const_cast<char*>(data_), size_);
}

FolderLock::FolderLock(const std::filesystem::path& folder) {
  create_folder_of(folder / "x");
  descriptor_ = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor_ < 0) fail("open", folder);
  try {
    while (::flock(descriptor_, LOCK_EX | LOCK_NB) != 0) {
      if (errno != EWOULDBLOCK && errno != EINTR) fail("lock", folder);
      stop_if_interrupted();
      std::this_thread::sleep_for(std::chrono::milliseconds{50});
    }
  } catch (...) {
    ::close(descriptor_);
    throw;
  }
}

FolderLock::~FolderLock() { ::close(descriptor_); }

NewFile::NewFile(std::filesystem::path target) : target_(std::move(target)) {
  create_folder_of(target_);
  temporary_ = temporary_name(target_);
  descriptor_ = ::open(temporary_.c_str(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0644);
  if (descriptor_ < 0) fail("create", target_);
}

NewFile::~NewFile() {
  if (descriptor_ >= 0) {
    ::close(descriptor_);
    ::unlink(temporary_.c_str());
  }
}

void NewFile::append(std::string_view bytes) { write_all(descriptor_, bytes, target_); }

void NewFile::commit() {
  ::close(descriptor_);
  descriptor_ = -1;
  if (::rename(temporary_.c_str(), target_.c_str()) != 0) {
    ::unlink(temporary_.c_str());
    fail("rename to", target_);
  }
}

}  // namespace retailsim
