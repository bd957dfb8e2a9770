// Files that appear whole or not at all, and readable errors when they can't.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

namespace retailsim {

// The whole file, or all that a pipe gives. Throws Failure (wrong_usage when there is no such
// file, else unreachable).
std::string read_file(const std::filesystem::path& path);

// Writes beside the target under a hidden temporary name, then renames: a reader sees
// the old file or the new one. `durable` also waits for the disk (fsync).
// Creates missing folders. Throws Failure(unreachable).
void write_file_whole(const std::filesystem::path& path, std::string_view bytes,
                      bool durable = true);

// A file mapped for reading; empty files map to empty text. Unmapped on destruction.
class MappedFile {
 public:
  explicit MappedFile(const std::filesystem::path& path);
  ~MappedFile();
  MappedFile(const MappedFile&) = delete;
  MappedFile& operator=(const MappedFile&) = delete;
  std::string_view text() const { return {data_, size_}; }

 private:
  const char* data_ = nullptr;
  std::size_t size_ = 0;
};

// The only writer of a folder, among processes of one machine: the constructor makes the folder if
// need be and waits until no other process holds it. Goes with the process, however that ends.
// Throws Failure(unreachable), or that of stop_if_interrupted() while it waits.
class FolderLock {
 public:
  explicit FolderLock(const std::filesystem::path& folder);
  ~FolderLock();
  FolderLock(const FolderLock&) = delete;
  FolderLock& operator=(const FolderLock&) = delete;

 private:
  int descriptor_;
};

// A file being written under a temporary name. Without commit() it is removed again.
class NewFile {
 public:
  explicit NewFile(std::filesystem::path target);
  ~NewFile();
  NewFile(const NewFile&) = delete;
  NewFile& operator=(const NewFile&) = delete;
  void append(std::string_view bytes);
  // Gives the file its name. Throws Failure(unreachable).
  void commit();

 private:
  std::filesystem::path target_;
  std::filesystem::path temporary_;
  int descriptor_ = -1;
};

}  // namespace retailsim
