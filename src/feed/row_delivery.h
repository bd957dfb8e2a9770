// A delivery that gets its rows one by one.
#pragma once

#include <span>
#include <string_view>

#include "feed/feed_folder.h"
#include "json/encode.h"

namespace retailsim::feed {

class RowDelivery {
 public:
  explicit RowDelivery(const std::filesystem::path& path) : delivery_(path) {}

  template <class Row>
  void append(const Row& row, std::span<const child_of<Row>> children = {}) {
    text_.append(row, children);
    count_row();
  }
  // One line as it is to be sent, without its newline.
  void append_line(std::string_view line) {
    text_.append_line(line);
    count_row();
  }

  FileFacts commit() {
    flush();
    return delivery_.commit();
  }

 private:
  // Written out before it grows beyond this.
  static constexpr std::size_t text_block = std::size_t{4} << 20;

  void count_row() {
    ++rows_;
    if (text_.text().size() > text_block) flush();
  }
  void flush() {
    delivery_.append(text_.text(), rows_);
    text_.clear();
    rows_ = 0;
  }

  NewDelivery delivery_;
  json::LineBuffer text_;
  std::int64_t rows_ = 0;
};

}  // namespace retailsim::feed
