#include "pipeline/gold_build.h"

#include <algorithm>

#include "lake/publish.h"
#include "pipeline/data_quality.h"
#include "pipeline/raw_inputs.h"

namespace retailsim::pipeline {
namespace {

using lake::Lake;
using lake::ObjectFacts;
using transform::Coverage;

// Raise by hand when the same clean rows give other gold objects than before.
constexpr int gold_format = 2;

// The columns that the tables of a month are made from.
constexpr auto month_receipts =
    lake::columns_named<Transaction>("transaction_id", "store_id", "business_date", "local_hour",
                                     "channel", "kind", "customer_id", "net");
constexpr auto month_lines = lake::columns_named<TransactionLine>(
    "transaction_id", "kind", "store_id", "business_date", "product_id", "quantity", "gross",
    "discount", "net", "promo_id", "unit_cost", "tax");
constexpr auto month_visits =
    lake::columns_named<Visit>("store_id", "business_date", "local_hour", "transaction_id");
constexpr auto month_inventory =
    lake::columns_named<InventoryDay>("store_id", "product_id", "minutes_out_of_stock");
// The columns that the tables of the whole lake are made from.
constexpr auto whole_receipts =
    lake::columns_named<Transaction>("store_id", "business_date", "kind", "customer_id", "net");
constexpr auto whole_lines = lake::columns_named<TransactionLine>(
    "kind", "store_id", "business_date", "product_id", "quantity", "discount", "net", "promo_id");

bool is_event(std::string_view table) {
  bool found = false;
  LakeTables::for_each(
      [&]<class Row>() { found |= Row::table == table && Row::delivery == Delivery::event; });
  return found;
}

std::optional<Coverage> coverage_of(const DataSpan& span) {
  if (!span.from) return std::nullopt;
  return Coverage{*span.from, *span.through, span.has_visits};
}

// What the data will most likely cover: what raw says of itself.
DataSpan span_of_raw(Lake& lake) {
  DataSpan span;
  const auto widen = [&](std::string_view table) {
    for (const auto& [path, facts] : lake.objects(Layer::raw, table)) {
      if (!facts.from) continue;
      span.from = std::min(span.from.value_or(*facts.from), *facts.from);
      span.through = std::max(span.through.value_or(*facts.to), *facts.to);
      span.has_visits |= table == Visit::table;
    }
  };
  widen(Transaction::table);
  widen(Visit::table);
  return span;
}

// Only where the data begins and ends within the month matters to it.
Coverage within(Month month, const Coverage& coverage) {
  return {std::max(coverage.from, first_day_of(month)),
          std::min(coverage.through, last_day_of(month)), coverage.has_visits};
}

}  // namespace

GoldBuild::GoldBuild(Lake& lake, const CleanSnapshots& snapshots, std::vector<Month> months)
    : lake_(lake),
      months_(std::move(months)),
      chain_(snapshots.stores, read_clean<Product>(lake, std::nullopt)),
      guessed_(coverage_of(span_of_raw(lake))),
      customers_(chain_),
      products_(chain_) {}

// --- what objects are made from ------------------------------------------------

template <class Row>
std::string GoldBuild::inputs_of_table(Reads reads, std::span<const Month> months,
                                       const Coverage& coverage) {
  std::vector<std::string> read;
  const auto note = [&](std::string_view table, const std::optional<Month>& month) {
    const auto facts = lake_.facts(lake::clean_path(table, month));
    read.push_back(facts ? facts->inputs : "none");
  };
  for (const auto table : reads) {
    if (is_event(table)) {
      for (const Month month : months) note(table, month);
    } else {
      note(table, std::nullopt);
    }
  }
  read.push_back(to_text(coverage.from));
  read.push_back(to_text(coverage.through));
  read.emplace_back(coverage.has_visits ? "visits" : "no visits");
  return inputs_of("gold", gold_format, declaration_digest<Row>(), read);
}

template <class Row>
std::string GoldBuild::inputs_of_month(Reads reads, Month month, const Coverage& coverage) {
  return inputs_of_table<Row>(reads, {&month, 1}, within(month, coverage));
}

// Who is new in a month depends on all months before it.
std::string GoldBuild::customer_month_inputs(std::size_t at, const Coverage& coverage) {
  return inputs_of_table<CustomerMonth>(transform::Customers::reads, {months_.data(), at + 1},
                                        within(months_[at], coverage));
}

bool GoldBuild::is_made(const std::string& path, const std::string& inputs) {
  const auto facts = lake_.facts(path);
  if (facts && facts->inputs == inputs) return true;
  const std::scoped_lock hold{lock_};
  const auto found = built_.find(path);
  return found != built_.end() && found->second.facts.inputs == inputs;
}

// --- months ----------------------------------------------------------------------

template <class Row>
void GoldBuild::build(const std::optional<Month>& month, const std::string& inputs,
                      const std::vector<Row>& rows) {
  lake::TableWriter<Row> writer(Layer::gold, rows.size());
  for (const auto& row : rows) writer.append(row);
  const ObjectFacts facts{inputs, writer.rows()};
  Built built{writer.finish(to_key_values(facts)), facts};
  const std::scoped_lock hold{lock_};
  built_[lake::gold_path(Row::table, month)] = std::move(built);
}

void GoldBuild::merge(Month month, const transform::CustomersPass& customers,
                      const transform::ProductWeeksPass& products) {
  const std::scoped_lock hold{lock_};
  if (!summed_.insert(month).second) return;
  customers_.merge(customers);
  products_.merge(products);
}

void GoldBuild::sum_up(Month month, const transform::MonthRows& rows, const Coverage& coverage) {
  transform::CustomersPass customers(chain_, month);
  transform::ProductWeeksPass products(chain_, month);
  auto passes = transform::passes_of(chain_, month);
  std::apply(
      [&](auto&... pass) {
        transform::feed(chain_, rows, pass..., customers, products);
        const auto build_tables = [&]<class Pass>(Pass& each) {
          Pass::Tables::for_each([&]<class Row>() {
            const std::string inputs = inputs_of_month<Row>(Pass::reads, month, coverage);
            if (!is_made(lake::gold_path(Row::table, month), inputs))
              build<Row>(month, inputs, each.rows(std::type_identity<Row>{}, coverage));
          });
        };
        (build_tables(pass), ...);
      },
      passes);
  merge(month, customers, products);
}

void GoldBuild::sum_up(std::size_t at, CleanMonth& rows) {
  if (guessed_)
    sum_up(months_[at], {rows.transactions(), rows.lines(), rows.visits(), rows.inventory()},
           *guessed_);
}

void GoldBuild::cover(const DataSpan& span) {
  coverage_ = coverage_of(span);
  if (!coverage_) return;
  const auto note = [&]<class Row>(const std::optional<Month>& month, const std::string& inputs) {
    const std::string path = lake::gold_path(Row::table, month);
    due_[path] = inputs;
    return !is_made(path, inputs);
  };
  for (std::size_t at = 0; at < months_.size(); ++at) {
    transform::for_each_pass([&]<class Pass>() {
      Pass::Tables::for_each([&]<class Row>() {
        note.template operator()<Row>(months_[at],
                                      inputs_of_month<Row>(Pass::reads, months_[at], *coverage_));
      });
    });
    is_whole_due_ |=
        note.operator()<CustomerMonth>(months_[at], customer_month_inputs(at, *coverage_));
  }
  is_whole_due_ |= note.operator()<CustomerRfm>(
      std::nullopt, inputs_of_table<CustomerRfm>(transform::Customers::reads, months_, *coverage_));
  is_whole_due_ |= note.operator()<PromotionResult>(
      std::nullopt,
      inputs_of_table<PromotionResult>(transform::ProductWeeks::reads, months_, *coverage_));
  note.operator()<DataQualityDay>(
      std::nullopt, inputs_of("gold", gold_format, declaration_digest<DataQualityDay>(),
                              data_quality_reads(lake_)));
}

void GoldBuild::complete(std::size_t at) {
  if (!coverage_) return;
  const Month month = months_[at];
  bool is_due = false;
  transform::for_each_pass([&]<class Pass>() {
    Pass::Tables::for_each([&]<class Row>() {
      const std::string path = lake::gold_path(Row::table, month);
      is_due |= !is_made(path, due_.at(path));
    });
  });
  if (is_due) {
    const auto receipts = read_clean<Transaction>(lake_, month, month_receipts);
    const auto lines = read_clean<TransactionLine>(lake_, month, month_lines);
    const auto visits = read_clean<Visit>(lake_, month, month_visits);
    const auto inventory = read_clean<InventoryDay>(lake_, month, month_inventory);
    sum_up(month, {receipts, lines, visits, inventory}, *coverage_);
  } else if (is_whole_due_) {
    read_whole(month);
  }
}

// --- the whole lake --------------------------------------------------------------

void GoldBuild::read_whole(Month month) {
  {
    const std::scoped_lock hold{lock_};
    if (summed_.contains(month)) return;
  }
  const auto receipts = read_clean<Transaction>(lake_, month, whole_receipts);
  const auto lines = read_clean<TransactionLine>(lake_, month, whole_lines);
  transform::CustomersPass customers(chain_, month);
  transform::ProductWeeksPass products(chain_, month);
  transform::feed(chain_, {receipts, lines, {}, {}}, customers, products);
  merge(month, customers, products);
}

template <class Row, class Rows>
void GoldBuild::finish(const std::optional<Month>& month, const Rows& rows) {
  const auto found = due_.find(lake::gold_path(Row::table, month));
  if (found != due_.end() && !is_made(found->first, found->second))
    build<Row>(month, found->second, rows());
}

void GoldBuild::finish_whole_lake() {
  finish<DataQualityDay>(std::nullopt, [&] { return data_quality_days(lake_); });
  if (!is_whole_due_) return;
  const auto customer_months = customers_.months();
  for (const Month month : months_)
    finish<CustomerMonth>(month, [&] { return customer_months.at(month); });
  finish<CustomerRfm>(std::nullopt, [&] { return customers_.rfm(*coverage_); });
  finish<PromotionResult>(std::nullopt, [&] {
    return products_.results(read_clean<Promotion>(lake_, std::nullopt),
                             read_clean<PromotionProduct>(lake_, std::nullopt), *coverage_);
  });
}

void GoldBuild::publish(const std::string& run_id, StageRecord& record) {
  finish_whole_lake();
  GoldTables::for_each([&]<class Row>() {
    const std::string folder = fmt::format("gold/{}/", Row::table);
    for (auto at = due_.lower_bound(folder); at != due_.end() && at->first.starts_with(folder);
         ++at) {
      const auto facts = lake_.facts(at->first);
      const bool is_current = facts && facts->inputs == at->second;
      TableRecord& table = record.tables[std::string{Row::table}];
      ++(is_current ? table.objects_current : table.objects_written);
    }
  });
  std::vector<lake::BuiltObject> built;
  for (auto& [path, each] : built_) {
    const auto found = due_.find(path);
    if (found != due_.end() && found->second == each.facts.inputs)
      built.push_back({path, std::move(each.bytes), each.facts});
  }
  built_.clear();
  std::set<std::string> due;
  for (const auto& [path, inputs] : due_) due.insert(path);
  lake::Current current{run_id, {}, {}, {}};
  if (coverage_) {
    current.data_from = coverage_->from;
    current.data_through = coverage_->through;
  }
  lake::publish(lake_, built, due, std::move(current));
}

}  // namespace retailsim::pipeline
