// Lines of JSON -> rows, derived from columns(). A bad line is data: it comes
// back as a Rejection with the column, the reason and its original text.
//
// Two readers share the work: read_expected() for lines written the way we
// write them, and simdjson (in decode.cpp only) for every other legal spelling.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "json/expected_row.h"
#include "model/schema.h"

namespace retailsim::json {

enum class Reason : std::uint8_t {
  malformed,
  missing,
  is_null,
  wrong_type,
  out_of_range,
  inexact,
  bad_time,
  unknown_label
};
constexpr std::array<std::string_view, 8> labels(Reason) {
  return {"malformed JSON", "missing",      "null",
          "wrong type",     "out of range", "more decimals than the column keeps",
          "not a time",     "unknown word"};
}

struct Rejection {
  std::string column;  // "net" or "lines[3].product_id"; empty when the text is no JSON object
  Reason reason = Reason::malformed;
  bool is_nested = false;  // a nested row alone was rejected, the rest of the row is good
  bool is_key = false;     // the column is one of those that identify the row
  std::string key;         // of the row (key_text); empty when it can't be read
  // What was received: the whole line, or only the nested row when the rest of it is good.
  // Valid during the call that hands it over.
  std::string_view text;
};

// A value that was spelt otherwise than its column asks for, and is clear all the same: a
// number as text, a word in another case. Or, with an empty `received`, a column that the
// table does not have.
struct Remark {
  int child;           // place among ReceivedTree::children, or -1 for the row itself
  std::string column;  // without the nested row
  std::string received;
};

// Reads any legal spelling of a row. Not for sharing between threads; one per
// thread, kept: it owns the parser's working memory.
template <class Row>
class AnyRowReader {
 public:
  AnyRowReader();
  ~AnyRowReader();
  // `line` must be followed by `padding` readable bytes. True: the row is whole, but for
  // the nested rows that were rejected alone. False: it is unspecified, and the last of
  // rejections() says why.
  bool read(std::string_view line, ReceivedTree<Row>& to);
  const std::vector<Rejection>& rejections() const { return rejections_; }
  // About the row just read, when it is whole.
  std::span<const Remark> remarks() const { return remarks_; }

 private:
  struct Parser;
  std::unique_ptr<Parser> parser_;
  std::vector<Rejection> rejections_;
  std::vector<Remark> remarks_;
};

// Calls on_row(tree, number, line, remarks) and on_reject(rejection, number) for each line, in
// order; `number` counts the lines that are not blank, from `first`; the next one is returned. The
// tree is reused between calls. `text` must be followed by `padding` readable bytes.
template <class Row, class OnRow, class OnReject>
std::int64_t decode_lines(std::string_view text, std::int64_t first, AnyRowReader<Row>& reader,
                          OnRow&& on_row, OnReject&& on_reject) {
  const char* in = text.data();
  const char* const end = in + text.size();
  ReceivedTree<Row> tree;
  std::int64_t number = first;
  while (in < end) {
    const char* after = read_expected<Row>(in, tree);
    if (after != nullptr && after < end && *after == '\n') [[likely]] {
      on_row(tree, number++, std::string_view{in, static_cast<std::size_t>(after - in)},
             std::span<const Remark>{});
      in = after + 1;
      continue;
    }
    const auto* newline =
        static_cast<const char*>(std::memchr(in, '\n', static_cast<std::size_t>(end - in)));
    after = newline != nullptr ? newline : end;
    const std::string_view line{in, static_cast<std::size_t>(after - in)};
    if (line.find_first_not_of(" \t\r") != line.npos) {
      const bool good = reader.read(line, tree);
      for (const auto& why : reader.rejections()) on_reject(why, number);
      if (good) on_row(tree, number, line, reader.remarks());
      ++number;
    }
    in = after + 1;
  }
  return number;
}

}  // namespace retailsim::json
