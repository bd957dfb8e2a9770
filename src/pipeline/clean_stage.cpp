#include "pipeline/clean_stage.h"

#include "pipeline/raw_inputs.h"
#include "transform/clean_table.h"
#include "transform/clean_transactions.h"

namespace retailsim::pipeline {
namespace {

using lake::Lake;
using lake::ObjectFacts;
using lake::TableWriter;
using transform::Cleaned;
using transform::CleanedTransactions;

// Raise by hand when the same raw rows give other clean objects than before.
constexpr int clean_format = 1;

using EventTables = TableList<Transaction, TransactionLine, Visit>;

template <class Row>
bool is_current(Lake& lake, const std::optional<Month>& month, const std::string& inputs) {
  const auto facts = lake.facts(lake::clean_path(Row::table, month));
  if (!facts || facts->inputs != inputs) return false;
  if (facts->quarantined == 0) return true;
  const auto refused =
      lake.facts(lake::quarantine_path(Row::table, Layer::clean, std::nullopt, month));
  return refused && refused->inputs == inputs;
}

template <class Row>
void remove_clean(Lake& lake, const std::optional<Month>& month) {
  lake.remove(lake::clean_path(Row::table, month));
  lake.remove(lake::quarantine_path(Row::table, Layer::clean, std::nullopt, month));
}

// First and last business day of rows; none of a snapshot's.
template <class Row>
std::pair<std::optional<Day>, std::optional<Day>> days_of(const std::vector<Row>& rows) {
  if constexpr (Row::delivery == Delivery::event) {
    if (!rows.empty()) {
      const auto [first, last] = std::ranges::minmax(rows, {}, &Row::business_date);
      return {first.business_date, last.business_date};
    }
  }
  return {};
}

// Quarantine first, so that a clean object that exists has its refused rows beside it.
template <class Row>
void store(Lake& lake, const Cleaned<Row>& cleaned, const std::optional<Month>& month,
           const std::string& inputs, StageRecord& record) {
  const auto quarantine = lake::quarantine_path(Row::table, Layer::clean, std::nullopt, month);
  if (cleaned.quarantine.empty()) {
    lake.remove(quarantine);
  } else {
    TableWriter<QuarantinedRow> writer(Layer::clean, cleaned.quarantine.size());
    for (const auto& row : cleaned.quarantine) writer.append(row);
    const ObjectFacts facts{inputs, writer.rows(), {}, {}, 0};
    lake.put(quarantine, writer.finish(to_key_values(facts)), facts);
  }
  TableWriter<Row> writer(Layer::clean, cleaned.rows.size());
  for (const auto& row : cleaned.rows) writer.append(row);
  const auto [from, to] = days_of(cleaned.rows);
  const ObjectFacts facts{inputs, writer.rows(), from, to, std::ssize(cleaned.quarantine)};
  lake.put(lake::clean_path(Row::table, month), writer.finish(to_key_values(facts)), facts);
  TableRecord& table = record.tables[std::string{Row::table}];
  table.passage += cleaned.passage;
  ++table.objects_written;
}

template <class Row>
std::vector<Row> read_clean(Lake& lake, const std::optional<Month>& month) {
  const std::string path = lake::clean_path(Row::table, month);
  if (!lake.facts(path)) return {};
  return columnar::rows_of<Row>(lake.read<Row>(path, Layer::clean));
}

template <class Row>
void note_current(StageRecord& record) {
  ++record.tables[std::string{Row::table}].objects_current;
}

// Makes one clean snapshot current and returns its inputs; empty when raw lacks the table.
template <class Row>
std::string refresh_snapshot(Lake& lake, const CleanSnapshots& known, StageRecord& record) {
  record.tables[std::string{Row::table}];
  const std::string raw = lake::raw_path(Row::table, std::nullopt);
  const auto facts = lake.facts(raw);
  if (!facts) {
    remove_clean<Row>(lake, std::nullopt);
    return {};
  }
  std::vector<std::string> read = known.referred;
  read.push_back(facts->inputs);
  std::string inputs = inputs_of("clean", clean_format, declaration_digest<Row>(), read);
  if (is_current<Row>(lake, std::nullopt, inputs)) {
    note_current<Row>(record);
    return inputs;
  }
  auto rows = read_delivered<Row>(lake, {{raw, *facts}}, std::nullopt);
  store(lake, transform::clean_table(rows, known.references), std::nullopt, inputs, record);
  return inputs;
}

// What a clean event object is made from: the raw rows and what they may refer to.
template <class Row>
std::string event_inputs(const CleanSnapshots& snapshots, const std::vector<RawObject>& raw) {
  std::vector<std::string> read = snapshots.referred;
  for (const auto& object : raw) read.push_back(object.facts.inputs);
  return inputs_of("clean", clean_format, declaration_digest<Row>(), read);
}

}  // namespace

CleanSnapshots clean_snapshots(Lake& lake, StageRecord& record) {
  CleanSnapshots known;
  const auto refresh = [&]<class Row>(auto& ids, auto id_of) {
    std::string inputs = refresh_snapshot<Row>(lake, known, record);
    for (const auto& row : read_clean<Row>(lake, std::nullopt)) ids.insert(id_of(row));
    return inputs;
  };
  // In this order: later tables refer to earlier ones.
  const std::string stores = refresh.operator()<Store>(
      known.references.stores, [](const Store& row) { return row.store_id.value; });
  const std::string products = refresh.operator()<Product>(
      known.references.products, [](const Product& row) { return row.product_id.value; });
  known.referred = {stores, products};
  const std::string customers = refresh.operator()<Customer>(
      known.references.customers, [](const Customer& row) { return row.customer_id.value; });
  refresh_snapshot<Price>(lake, known, record);
  refresh_snapshot<Promotion>(lake, known, record);
  refresh_snapshot<PromotionProduct>(lake, known, record);
  known.referred.push_back(customers);
  known.stores = read_clean<Store>(lake, std::nullopt);
  known.store_inputs = stores;
  return known;
}

void CleanMonth::refresh(const CleanSnapshots& snapshots, StageRecord& record) {
  const auto receipts = raw_objects_of(lake_, Transaction::table, month_);
  std::vector<RawObject> lines;
  for (const auto& receipt : receipts) {
    const auto path = lake::raw_path(TransactionLine::table, lake::feed_date_of(receipt.path));
    if (const auto facts = lake_.facts(path)) lines.push_back({path, *facts});
  }
  std::string inputs = event_inputs<Transaction>(snapshots, receipts);
  if (receipts.empty()) {
    remove_clean<Transaction>(lake_, month_);
    remove_clean<TransactionLine>(lake_, month_);
  } else if (is_current<Transaction>(lake_, month_, inputs) &&
             is_current<TransactionLine>(lake_, month_, inputs)) {
    note_current<Transaction>(record);
    note_current<TransactionLine>(record);
  } else {
    auto headers = read_delivered<Transaction>(lake_, receipts, month_);
    auto details = read_delivered<TransactionLine>(lake_, lines, month_);
    CleanedTransactions cleaned =
        transform::clean_transactions(headers, details, snapshots.references);
    store(lake_, cleaned.lines, month_, inputs, record);
    store(lake_, cleaned.headers, month_, inputs, record);
    transactions_ = std::move(cleaned.headers.rows);
    lines_ = std::move(cleaned.lines.rows);
  }

  const auto visits = raw_objects_of(lake_, Visit::table, month_);
  inputs = event_inputs<Visit>(snapshots, visits);
  if (visits.empty()) {
    remove_clean<Visit>(lake_, month_);
  } else if (is_current<Visit>(lake_, month_, inputs)) {
    note_current<Visit>(record);
  } else {
    auto rows = read_delivered<Visit>(lake_, visits, month_);
    Cleaned<Visit> cleaned = transform::clean_table(rows, snapshots.references);
    store(lake_, cleaned, month_, inputs, record);
    visits_ = std::move(cleaned.rows);
  }
}

const std::vector<Transaction>& CleanMonth::transactions() {
  if (!transactions_) transactions_ = read_clean<Transaction>(lake_, month_);
  return *transactions_;
}

const std::vector<TransactionLine>& CleanMonth::lines() {
  if (!lines_) lines_ = read_clean<TransactionLine>(lake_, month_);
  return *lines_;
}

const std::vector<Visit>& CleanMonth::visits() {
  if (!visits_) visits_ = read_clean<Visit>(lake_, month_);
  return *visits_;
}

std::vector<Month> clean_months(Lake& lake) {
  std::set<Month> months = raw_months(lake, Transaction::table);
  months.merge(raw_months(lake, Visit::table));
  EventTables::for_each([&]<class Row>() {
    for (const auto& [path, facts] : lake.objects(Layer::clean, Row::table)) {
      const auto month = lake::month_of_path(path);
      if (month && !months.contains(*month)) remove_clean<Row>(lake, month);
    }
  });
  return {months.begin(), months.end()};
}

DataSpan data_span(Lake& lake) {
  DataSpan span;
  EventTables::for_each([&]<class Row>() {
    for (const auto& [path, facts] : lake.objects(Layer::clean, Row::table)) {
      if (!facts.from) continue;
      span.from = std::min(span.from.value_or(*facts.from), *facts.from);
      span.through = std::max(span.through.value_or(*facts.to), *facts.to);
      span.has_visits |= std::is_same_v<Row, Visit> && facts.rows > 0;
    }
  });
  return span;
}

}  // namespace retailsim::pipeline
