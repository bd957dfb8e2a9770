#include "serve/query.h"

#include <fmt/core.h>

#include <algorithm>
#include <charconv>

#include "base/failure.h"
#include "base/text.h"
#include "serve/http_text.h"

namespace retailsim::serve {
namespace {

[[noreturn]] void refuse(const std::string& what, const std::string& hint) {
  throw Failure(FailureKind::wrong_usage, what, hint);
}

Day feed_date(const ServedTable& table, std::string_view name, std::string_view value) {
  if (!table.is_event()) {
    refuse(fmt::format("{} are delivered whole, so {} has no meaning here", table.plural, name),
           fmt::format("ask for /v1/{} without it", table.plural));
  }
  const auto day = parse_day(value);
  if (!day) refuse(fmt::format("{}=\"{}\" is not a date", name, value), "such as 2024-01-31");
  return *day;
}

std::int64_t row_limit(std::string_view value) {
  std::int64_t limit = 0;
  const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), limit);
  if (error != std::errc{} || end != value.data() + value.size() || limit < 1 ||
      limit > largest_limit) {
    refuse(fmt::format("limit=\"{}\" is not a whole number from 1 to {}", value, largest_limit),
           fmt::format("limit={}", default_limit));
  }
  return limit;
}

[[noreturn]] void refuse_unknown(const ServedTable& table, const std::string& name) {
  const auto known = table.parameters();
  const auto meant = nearest(name, known);
  refuse(fmt::format("{} have no parameter \"{}\"", table.plural, name),
         meant ? fmt::format("did you mean {}?", *meant)
               : fmt::format("the parameters are {}", join(known, ", ")));
}

}  // namespace

Query parse_query(const ServedTable& table, std::string_view text, std::string_view digest) {
  Query query;
  query.table = &table;
  std::optional<std::string> cursor;
  for (const auto& [name, value] : split_query(text)) {
    if (name == "cursor") {
      cursor = value;
      continue;
    }
    if (name == "limit") {
      query.limit = row_limit(value);
    } else if (name == "from") {
      query.from = feed_date(table, name, value);
    } else if (name == "to") {
      query.to = feed_date(table, name, value);
    } else {
      const auto column = std::ranges::find(table.filters, name, &FilterColumn::name);
      if (column == table.filters.end()) refuse_unknown(table, name);
      query.filters.push_back({name, column->json_text(value)});
    }
    query.others += fmt::format("{}={}&", name, percent_encoded(value));
  }
  if (query.from && query.to && *query.from > *query.to) {
    refuse(fmt::format("from={} is after to={}", to_text(*query.from), to_text(*query.to)),
           "exchange them: both days are included");
  }
  std::ranges::sort(query.filters, {}, &RowFilter::column);  // a=1&b=2 asks for the same as b=2&a=1
  query.scope = fmt::format("{}\n{}\n", digest, table.name);
  for (const auto& filter : query.filters)
    query.scope += fmt::format("{}={}\n", filter.column, filter.value);
  if (!cursor) return query;
  query.start = read_cursor(*cursor, query.scope);
  const bool is_inside = query.start && query.start->feed_date.has_value() == table.is_event() &&
                         (!query.from || query.start->feed_date >= query.from) &&
                         (!query.to || query.start->feed_date <= query.to);
  if (!is_inside) {
    refuse(
        "this cursor was not given for these rows: it is broken, or belongs to another feed, "
        "table, filter or span of days",
        "use the cursor of a page asked for with the same parameters, or begin without one");
  }
  return query;
}

}  // namespace retailsim::serve
