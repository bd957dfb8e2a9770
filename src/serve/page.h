// Finds the rows of one page without parsing or copying them: a page is a list of byte
// ranges of mapped files.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "serve/feed_folder.h"
#include "serve/query.h"

namespace retailsim::serve {

struct Page {
  std::vector<std::string_view> ranges;  // whole lines, newline included, in order
  std::vector<SharedFile> files;         // keeps the ranges readable
  std::int64_t rows = 0;
  std::uint64_t bytes = 0;
  std::optional<Position> next;  // the first row after this page; none: there is no more
};

class PageSearch {
 public:
  // `folder` must outlive the search.
  PageSearch(FeedFolder& folder, std::shared_ptr<const Edition> edition, Query query);

  // Goes on for a few milliseconds; true when the page is complete. Throws Failure:
  // wrong_usage when the cursor points to no row, corrupt_data when a file is not whole.
  bool advance();

  const Query& query() const { return query_; }
  Page take() { return std::move(page_); }

 private:
  using Files = feed::TableFiles::const_iterator;

  // Take rows from offset_ on, a few MiB at most; true, with offset_ at the first row of the
  // next page, when this one is full.
  bool take_rows();
  bool take_matches();
  void enter_file();
  void leave_file();
  void add(std::string_view lines, std::int64_t rows);
  bool is_full() const { return page_.rows == query_.limit; }

  FeedFolder& folder_;
  std::shared_ptr<const Edition> edition_;
  Query query_;
  Files file_at_, files_end_;
  SharedFile file_;  // the one at file_at_, once entered
  std::size_t offset_ = 0;
  Page page_;
};

}  // namespace retailsim::serve
