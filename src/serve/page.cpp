#include "serve/page.h"

#include <algorithm>

#include "base/failure.h"

namespace retailsim::serve {
namespace {

// Bytes looked at before other clients get their turn: about a millisecond.
constexpr std::size_t bytes_a_step = std::size_t{8} << 20;

const feed::TableFiles& files_of(const Edition& edition, const std::string& table) {
  static const feed::TableFiles none;
  const auto found = edition.manifest.tables.find(table);
  return found == edition.manifest.tables.end() ? none : found->second;
}

// One past the newline that ends the line at `from`; there always is one.
std::size_t end_of_line(std::string_view text, std::size_t from) {
  return text.find('\n', from) + 1;
}

}  // namespace

PageSearch::PageSearch(FeedFolder& folder, std::shared_ptr<const Edition> edition, Query query)
    : folder_(folder), edition_(std::move(edition)), query_(std::move(query)) {
  const feed::TableFiles& files = files_of(*edition_, query_.table->name);
  if (!query_.table->is_event()) {
    file_at_ = files.find(std::nullopt);
    files_end_ = file_at_ == files.end() ? files.end() : std::next(file_at_);
  } else {
    file_at_ = files.lower_bound(query_.from.value_or(first_day));
    files_end_ = query_.to ? files.upper_bound(*query_.to) : files.end();
  }
  if (!query_.start) return;
  file_at_ = files.find(query_.start->feed_date);
  if (file_at_ == files.end())
    throw Failure(FailureKind::wrong_usage, "the rows this cursor points to are gone",
                  "begin again without a cursor");
  offset_ = query_.start->offset;
}

bool PageSearch::advance() {
  std::size_t budget = bytes_a_step;
  for (; file_at_ != files_end_; leave_file()) {
    if (!file_) enter_file();
    while (offset_ < file_->text().size()) {
      if (budget == 0) return false;
      const std::size_t start = offset_;
      if (query_.filters.empty() ? take_rows() : take_matches()) {
        page_.next = Position{file_at_->first, offset_};
        return true;
      }
      budget -= std::min(budget, offset_ - start);
    }
  }
  return true;
}

bool PageSearch::take_rows() {
  if (is_full()) return true;
  const std::string_view text = file_->text();
  const std::size_t start = offset_;
  const std::int64_t wanted = query_.limit - page_.rows;
  std::int64_t rows = 0;
  if (start == 0 && file_at_->second.rows <= wanted) {
    rows = file_at_->second.rows;  // the whole file: its rows were counted when it was made
    offset_ = text.size();
  } else {
    for (; rows < wanted && offset_ < text.size() && offset_ - start < bytes_a_step; ++rows)
      offset_ = end_of_line(text, offset_);
  }
  add(text.substr(start, offset_ - start), rows);
  return false;
}

bool PageSearch::take_matches() {
  const std::string_view text = file_->text();
  for (const std::size_t start = offset_;
       offset_ < text.size() && offset_ - start < bytes_a_step;) {
    const std::size_t end = end_of_line(text, offset_);
    const std::string_view line = text.substr(offset_, end - offset_);
    if (matches(line, query_.filters)) {
      if (is_full()) return true;
      add(line, 1);
    }
    offset_ = end;
  }
  return false;
}

void PageSearch::enter_file() {
  file_ = folder_.open(query_.table->name, file_at_->first, file_at_->second);
  const std::string_view text = file_->text();
  if (offset_ > text.size() || (offset_ > 0 && text[offset_ - 1] != '\n')) {
    throw Failure(FailureKind::wrong_usage, "this cursor points into the middle of a row",
                  "begin again without a cursor");
  }
}

void PageSearch::leave_file() {
  file_.reset();
  offset_ = 0;
  ++file_at_;
}

void PageSearch::add(std::string_view lines, std::int64_t rows) {
  const bool is_first_of_file = page_.files.empty() || page_.files.back() != file_;
  if (is_first_of_file) page_.files.push_back(file_);
  if (!is_first_of_file &&
      page_.ranges.back().data() + page_.ranges.back().size() == lines.data()) {
    std::string_view& last = page_.ranges.back();
    last = {last.data(), last.size() + lines.size()};
  } else {
    page_.ranges.push_back(lines);
  }
  page_.rows += rows;
  page_.bytes += lines.size();
}

}  // namespace retailsim::serve
