#include "pipeline/clean_stage.h"

#include <fmt/core.h>

#include "base/failure.h"
#include "lake/beside.h"
#include "pipeline/raw_inputs.h"
#include "transform/clean_events.h"

namespace retailsim::pipeline {
namespace {

using lake::Lake;
using lake::ObjectFacts;
using lake::TableWriter;
using transform::Catalogue;
using transform::Cleaned;
using transform::CleanedTransactions;

// Raise by hand when the same raw rows give other clean objects than before.
constexpr int clean_format = 3;

template <class Visit>
void for_each_event_table(const Visit& visit) {
  LakeTables::for_each([&]<class Row>() {
    if constexpr (Row::delivery == Delivery::event) visit.template operator()<Row>();
  });
}

template <class Row>
bool is_current(Lake& lake, const std::optional<Month>& month, const std::string& inputs) {
  const auto facts = lake.facts(lake::clean_path(Row::table, month));
  return facts && facts->inputs == inputs &&
         lake::has_all_beside(lake, *facts, Row::table, Layer::clean, std::nullopt, month);
}

template <class Row>
void remove_clean(Lake& lake, const std::optional<Month>& month) {
  lake.remove(lake::clean_path(Row::table, month));
  lake::remove_beside(lake, Row::table, Layer::clean, std::nullopt, month);
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

// What lies beside comes first: a clean object that exists has it all.
template <class Row>
void store(Lake& lake, const Cleaned<Row>& cleaned, const std::optional<Month>& month,
           const std::string& inputs, StageRecord& record) {
  const auto put_beside = [&](lake::Beside which, auto rows) {
    lake::put_beside(lake, which, rows, Row::table, Layer::clean, std::nullopt, month, inputs);
  };
  put_beside(lake::Beside::quarantine, std::span<const QuarantinedRow>{cleaned.quarantine});
  put_beside(lake::Beside::findings, std::span<const Finding>{cleaned.findings});
  TableWriter<Row> writer(Layer::clean, cleaned.rows.size());
  for (const auto& row : cleaned.rows) writer.append(row);
  const auto [from, to] = days_of(cleaned.rows);
  const ObjectFacts facts{inputs,
                          writer.rows(),
                          from,
                          to,
                          std::ssize(cleaned.quarantine),
                          std::ssize(cleaned.findings)};
  lake.put(lake::clean_path(Row::table, month), writer.finish(to_key_values(facts)), facts);
  TableRecord& table = record.tables[std::string{Row::table}];
  table.passage += cleaned.passage;
  ++table.objects_written;
}

template <class Row>
void note_current(StageRecord& record) {
  ++record.tables[std::string{Row::table}].objects_current;
}

// Makes one clean snapshot current and returns its inputs; empty when raw lacks the table.
template <class Row>
std::string refresh_snapshot(Lake& lake, const Catalogue& catalogue,
                             const std::vector<std::string>& referred, StageRecord& record) {
  record.tables[std::string{Row::table}];
  const std::string raw = lake::raw_path(Row::table, std::nullopt);
  const auto facts = lake.facts(raw);
  if (!facts) {
    remove_clean<Row>(lake, std::nullopt);
    return {};
  }
  std::vector<std::string> read = referred;
  read.push_back(facts->inputs);
  std::string inputs = inputs_of("clean", clean_format, declaration_digest<Row>(), read);
  if (is_current<Row>(lake, std::nullopt, inputs)) {
    note_current<Row>(record);
    return inputs;
  }
  auto rows = read_delivered<Row>(lake, {{raw, *facts}}, std::nullopt);
  store(lake, transform::clean_table(rows, catalogue), std::nullopt, inputs, record);
  return inputs;
}

// What a clean event object is made from: the raw rows and what they may refer to.
template <class Row>
std::string event_inputs(const CleanSnapshots& snapshots, const std::vector<RawObject>& raw,
                         const std::string& other = "") {
  std::vector<std::string> read = snapshots.referred;
  for (const auto& object : raw) read.push_back(object.facts.inputs);
  if (!other.empty()) read.push_back(other);
  return inputs_of("clean", clean_format, declaration_digest<Row>(), read);
}

// Without stores and products every event would be an orphan.
void require_snapshots(Lake& lake) {
  const bool has_events = !lake.objects(Layer::raw, Transaction::table).empty() ||
                          !lake.objects(Layer::raw, Visit::table).empty() ||
                          !lake.objects(Layer::raw, InventoryDay::table).empty();
  if (!has_events) return;
  for (const auto table : {Store::table, Product::table}) {
    const std::string path = lake::raw_path(table, std::nullopt);
    if (lake.facts(path)) continue;
    throw Failure(FailureKind::corrupt_data,
                  fmt::format("{} is missing: no event can be cleaned without it",
                              lake.store().display(path)),
                  "extract again: what is missing is read from the API");
  }
}

}  // namespace

CleanSnapshots clean_snapshots(Lake& lake, StageRecord& record) {
  require_snapshots(lake);
  CleanSnapshots known;
  const auto refresh = [&]<class Row>(const Catalogue& catalogue) {
    return refresh_snapshot<Row>(lake, catalogue, known.referred, record);
  };
  // In this order: later tables refer to earlier ones.
  known.store_inputs = refresh.operator()<Store>({});
  const std::string products = refresh.operator()<Product>({});
  known.stores = read_clean<Store>(lake, std::nullopt);
  const auto goods = read_clean<Product>(lake, std::nullopt);
  known.referred = {known.store_inputs, products};
  const Catalogue of_goods(known.stores, goods, {}, {});
  const std::string customers = refresh.operator()<Customer>(of_goods);
  const std::string prices = refresh.operator()<Price>(of_goods);
  refresh.operator()<Promotion>(of_goods);
  refresh.operator()<PromotionProduct>(of_goods);
  known.referred.push_back(customers);
  known.referred.push_back(prices);
  known.catalogue = Catalogue(known.stores, goods, read_clean<Customer>(lake, std::nullopt),
                              read_clean<Price>(lake, std::nullopt));
  return known;
}

void CleanMonth::refresh(const CleanSnapshots& snapshots, StageRecord& record) {
  const auto receipts = raw_objects_of(lake_, Transaction::table, month_);
  std::vector<RawObject> lines;
  for (const auto& receipt : receipts) {
    const auto path = lake::raw_path(TransactionLine::table, lake::feed_date_of(receipt.path));
    if (const auto facts = lake_.facts(path)) lines.push_back({path, *facts});
  }
  const std::string receipt_inputs = event_inputs<Transaction>(snapshots, receipts);
  if (receipts.empty()) {
    remove_clean<Transaction>(lake_, month_);
    remove_clean<TransactionLine>(lake_, month_);
  } else if (is_current<Transaction>(lake_, month_, receipt_inputs) &&
             is_current<TransactionLine>(lake_, month_, receipt_inputs)) {
    note_current<Transaction>(record);
    note_current<TransactionLine>(record);
  } else {
    auto headers = read_delivered<Transaction>(lake_, receipts, month_);
    auto details = read_delivered<TransactionLine>(lake_, lines, month_);
    CleanedTransactions cleaned =
        transform::clean_transactions(headers, details, snapshots.catalogue);
    store(lake_, cleaned.lines, month_, receipt_inputs, record);
    store(lake_, cleaned.headers, month_, receipt_inputs, record);
    transactions_ = std::move(cleaned.headers.rows);
    lines_ = std::move(cleaned.lines.rows);
  }

  const auto visits = raw_objects_of(lake_, Visit::table, month_);
  const std::string inputs = event_inputs<Visit>(snapshots, visits, receipt_inputs);
  if (visits.empty()) {
    remove_clean<Visit>(lake_, month_);
  } else if (is_current<Visit>(lake_, month_, inputs)) {
    note_current<Visit>(record);
  } else {
    auto rows = read_delivered<Visit>(lake_, visits, month_);
    Cleaned<Visit> cleaned = transform::clean_visits(rows, transactions(), snapshots.catalogue);
    store(lake_, cleaned, month_, inputs, record);
    visits_ = std::move(cleaned.rows);
  }

  inventory_ = refresh_alone<InventoryDay>(snapshots, record);
  refresh_alone<WeatherDay>(snapshots, record);
}

template <class Row>
std::optional<std::vector<Row>> CleanMonth::refresh_alone(const CleanSnapshots& snapshots,
                                                          StageRecord& record) {
  const auto raw = raw_objects_of(lake_, Row::table, month_);
  const std::string inputs = event_inputs<Row>(snapshots, raw);
  if (raw.empty()) {
    remove_clean<Row>(lake_, month_);
    return {};
  }
  if (is_current<Row>(lake_, month_, inputs)) {
    note_current<Row>(record);
    return {};
  }
  auto rows = read_delivered<Row>(lake_, raw, month_);
  Cleaned<Row> cleaned = transform::clean_table(rows, snapshots.catalogue);
  store(lake_, cleaned, month_, inputs, record);
  return std::move(cleaned.rows);
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

const std::vector<InventoryDay>& CleanMonth::inventory() {
  if (!inventory_) inventory_ = read_clean<InventoryDay>(lake_, month_);
  return *inventory_;
}

std::vector<Month> clean_months(Lake& lake) {
  std::set<Month> months;
  for_each_event_table([&]<class Row>() { months.merge(raw_months(lake, Row::table)); });
  for_each_event_table([&]<class Row>() {
    for (const auto& [path, facts] : lake.objects(Layer::clean, Row::table)) {
      const auto month = lake::month_of_path(path);
      if (month && !months.contains(*month)) remove_clean<Row>(lake, month);
    }
  });
  return {months.begin(), months.end()};
}

bool has_clean_events(Lake& lake, Month month) {
  bool has = false;
  for_each_event_table(
      [&]<class Row>() { has |= lake.facts(lake::clean_path(Row::table, month)).has_value(); });
  return has;
}

DataSpan data_span(Lake& lake) {
  DataSpan span;
  // Days on which goods came in, or rain, and nobody else did are not data of sales.
  TableList<Transaction, TransactionLine, Visit>::for_each([&]<class Row>() {
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
