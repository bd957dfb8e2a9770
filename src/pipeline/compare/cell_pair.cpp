#include "pipeline/compare/cell_pair.h"

#include <algorithm>

#include "json/encode.h"
#include "transform/gold/store_kpis.h"

namespace retailsim::pipeline {
namespace {

// The columns that identify a row, in order.
template <class Row>
auto key_of(const Row& row) {
  return [&]<std::size_t... I>(std::index_sequence<I...>) {
    const auto part = [&]<std::size_t N>(std::integral_constant<std::size_t, N>) {
      if constexpr (column_at<Row, N>.rule.is_key) {
        return std::tuple{row.*column_at<Row, N>.field};
      } else {
        return std::tuple{};
      }
    };
    return std::tuple_cat(part(std::integral_constant<std::size_t, I>{})...);
  }(std::make_index_sequence<column_count<Row>>{});
}

template <class Row>
void append_json(std::string& text, const Row* row) {
  if (row == nullptr) {
    text += "null";
    return;
  }
  const std::size_t size = text.size();
  text.resize(size + json::longest_row<Row, json::Place::root>(*row) + json::slack);
  const char* const end = json::write_columns<Row, json::Place::root>(text.data() + size, *row);
  text.resize(static_cast<std::size_t>(end - text.data()));
  text += '}';
}

class Walk {
 public:
  Walk(const CellScope& scope, CellPair& out) : scope_(scope), out_(out) {}

  template <class Row>
  void compare(std::vector<Row>& a, std::vector<Row>& b) {
    keep_days(a);
    keep_days(b);
    for (const Row& row : a) sum(out_.days_a, out_.lines_a, row);
    for (const Row& row : b) sum(out_.days_b, out_.lines_b, row);
    // Most cells: a change reaches some weeks or stores only.
    if (a == b) {
      for (const Row& row : a) count(row, &RowCounts::equal);
      return;
    }
    std::ranges::sort(a, {}, key_of<Row>);
    std::ranges::sort(b, {}, key_of<Row>);
    auto before = a.begin();
    auto after = b.begin();
    while (before != a.end() || after != b.end()) {
      if (after == b.end() || (before != a.end() && key_of(*before) < key_of(*after))) {
        differ("removed", &RowCounts::removed, &*before++, static_cast<const Row*>(nullptr));
      } else if (before == a.end() || key_of(*after) < key_of(*before)) {
        differ("added", &RowCounts::added, static_cast<const Row*>(nullptr), &*after++);
      } else {
        if (*before == *after) {
          count(*before, &RowCounts::equal);
        } else {
          differ("changed", &RowCounts::changed, &*before, &*after);
        }
        ++before;
        ++after;
      }
    }
  }

 private:
  template <class Row>
  void keep_days(std::vector<Row>& rows) const {
    std::erase_if(rows, [&](const Row& row) {
      return row.business_date < scope_.from || row.business_date > scope_.through;
    });
  }

  template <class Row>
  void sum(CellPair::Days& days, std::vector<StoreDay>& lines, const Row& row) const {
    transform::add_row(days[static_cast<std::size_t>(weekday_of(row.business_date))], row);
    if constexpr (std::is_same_v<Row, TransactionLine>)
      transform::add_row(lines[category_of(row)], row);
  }

  std::size_t category_of(const TransactionLine& line) const {
    return scope_.chain.category_of(scope_.chain.number_of(line.product_id));
  }

  template <class Row>
  void count(const Row& row, std::int64_t RowCounts::*kind) {
    ++(out_.rows[compared_number<Row>].*kind);
    if constexpr (std::is_same_v<Row, TransactionLine>)
      ++(out_.category_lines[category_of(row)].*kind);
  }

  template <class Row>
  void differ(std::string_view word, std::int64_t RowCounts::*kind, const Row* before,
              const Row* after) {
    count(before != nullptr ? *before : *after, kind);
    if constexpr (std::is_same_v<Row, TransactionLine>) {
      if (before != nullptr && after != nullptr && category_of(*before) != category_of(*after))
        ++(out_.category_lines[category_of(*after)].*kind);
    }
    for (const Row* row : {before, after}) {
      if (row == nullptr) continue;
      out_.first_day = std::min(out_.first_day.value_or(last_day), row->business_date);
      out_.last_day = std::max(out_.last_day.value_or(first_day), row->business_date);
    }
    if (!scope_.with_text) return;
    std::string& text = out_.text[compared_number<Row>];
    text += R"({"change":")";
    text += word;
    text += R"(","before":)";
    append_json(text, before);
    text += R"(,"after":)";
    append_json(text, after);
    text += "}\n";
  }

  const CellScope& scope_;
  CellPair& out_;
};

}  // namespace

void CellPair::clear(std::size_t categories) {
  days_a = {};
  days_b = {};
  lines_a.assign(categories, {});
  lines_b.assign(categories, {});
  category_lines.assign(categories, {});
  rows = {};
  first_day.reset();
  last_day.reset();
  for (auto& each : text) each.clear();
}

void compare_cells(simulate::CellRows& a, simulate::CellRows& b, const CellScope& scope,
                   CellPair& out) {
  out.clear(scope.chain.categories().size());
  Walk walk(scope, out);
  walk.compare(a.visits, b.visits);
  walk.compare(a.transactions, b.transactions);
  walk.compare(a.lines, b.lines);
}

}  // namespace retailsim::pipeline
