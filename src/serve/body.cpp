#include "serve/body.h"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <cassert>
#include <cstring>
#include <new>
#include <vector>

namespace retailsim::serve {
namespace {

constexpr std::size_t block_size = std::size_t{64} << 10;
// The longest piece of a mapped file given at once; each has its own time limit in the server.
constexpr std::size_t longest_piece = std::size_t{256} << 10;
// Ranges shorter than this are copied together: a system call costs more than the copy.
constexpr std::size_t worth_a_piece = std::size_t{16} << 10;

class TextBody final : public Body {
 public:
  explicit TextBody(std::string text) : text_(std::move(text)) {}
  std::string_view next() override {
    if (is_given_) return {};
    is_given_ = true;
    return text_;
  }

 private:
  std::string text_;
  bool is_given_ = false;
};

class NdjsonBody final : public Body {
 public:
  explicit NdjsonBody(Page page) : page_(std::move(page)) {}

  std::string_view next() override {
    if (at_ == page_.ranges.size()) return {};
    std::string_view& range = page_.ranges[at_];
    if (range.size() >= worth_a_piece) {
      const std::string_view piece = range.substr(0, longest_piece);
      range.remove_prefix(piece.size());
      at_ += range.empty();
      return piece;
    }
    block_.clear();
    for (; at_ < page_.ranges.size() && page_.ranges[at_].size() < worth_a_piece &&
           block_.size() + page_.ranges[at_].size() <= block_size;
         ++at_)
      block_ += page_.ranges[at_];
    return block_;
  }

 private:
  Page page_;
  std::size_t at_ = 0;
  std::string block_;
};

constexpr std::string_view json_start = R"({"data":[)";

std::string json_end(std::string_view cursor) {
  if (cursor.empty()) return "],\"next\":null}\n";
  return "],\"next\":\"" + std::string{cursor} + "\"}\n";
}

class JsonBody final : public Body {
 public:
  JsonBody(Page page, std::string_view cursor)
      : page_(std::move(page)), end_(json_end(cursor)), block_(json_start) {
    if (page_.ranges.empty()) return;
    page_.ranges.back().remove_suffix(1);  // no comma after the last row
  }

  std::string_view next() override {
    if (is_ended_) return {};
    if (is_started_) block_.clear();
    is_started_ = true;
    while (at_ < page_.ranges.size() && block_.size() < block_size) {
      std::string_view& range = page_.ranges[at_];
      const std::string_view part = range.substr(0, block_size - block_.size());
      range.remove_prefix(part.size());
      at_ += range.empty();
      append_with_commas(part);
    }
    if (block_.size() < block_size) {
      block_ += end_;
      is_ended_ = true;
    }
    return block_;
  }

 private:
  void append_with_commas(std::string_view lines) {
    const std::size_t start = block_.size();
    block_ += lines;
    for (auto at = block_.find('\n', start); at != block_.npos; at = block_.find('\n', at))
      block_[at] = ',';
  }

  Page page_;
  std::string end_;
  std::string block_;
  std::size_t at_ = 0;
  bool is_started_ = false, is_ended_ = false;
};

class GzipBody final : public Body {
 public:
  explicit GzipBody(std::unique_ptr<Body> plain) : plain_(std::move(plain)), block_(block_size) {
    constexpr int gzip_window = 15 + 16;  // 32 KiB, with the gzip header
    if (deflateInit2(&stream_, 1, Z_DEFLATED, gzip_window, 8, Z_DEFAULT_STRATEGY) != Z_OK)
      throw std::bad_alloc();
  }
  ~GzipBody() override { deflateEnd(&stream_); }
  GzipBody(const GzipBody&) = delete;
  GzipBody& operator=(const GzipBody&) = delete;

  std::string_view next() override {
    if (is_ended_) return {};
    stream_.next_out = block_.data();
    stream_.avail_out = static_cast<uInt>(block_.size());
    while (stream_.avail_out > 0 && !is_ended_) {
      if (stream_.avail_in == 0 && !is_all_in_) {
        const std::string_view piece = plain_->next();
        is_all_in_ = piece.empty();
        stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(piece.data()));
        stream_.avail_in = static_cast<uInt>(piece.size());
      }
      is_ended_ = deflate(&stream_, is_all_in_ ? Z_FINISH : Z_NO_FLUSH) == Z_STREAM_END;
    }
    return {reinterpret_cast<const char*>(block_.data()), block_.size() - stream_.avail_out};
  }

 private:
  std::unique_ptr<Body> plain_;
  std::vector<Bytef> block_;
  z_stream stream_{};
  bool is_all_in_ = false, is_ended_ = false;
};

}  // namespace

std::unique_ptr<Body> text_body(std::string text) {
  return std::make_unique<TextBody>(std::move(text));
}

std::unique_ptr<Body> ndjson_body(Page page) {
  return std::make_unique<NdjsonBody>(std::move(page));
}

std::unique_ptr<Body> json_body(Page page, std::string_view cursor) {
  return std::make_unique<JsonBody>(std::move(page), cursor);
}

std::uint64_t json_length(const Page& page, std::string_view cursor) {
  return json_start.size() + page.bytes - (page.bytes > 0 ? 1 : 0) + json_end(cursor).size();
}

std::unique_ptr<Body> gzip_body(std::unique_ptr<Body> plain) {
  return std::make_unique<GzipBody>(std::move(plain));
}

}  // namespace retailsim::serve
