#include "pipeline/extract_stage.h"

#include <fmt/core.h>

#include <functional>
#include <mutex>
#include <tuple>

#include "base/parallel.h"
#include "base/progress.h"
#include "extract/delivery.h"
#include "extract/http_link.h"
#include "lake/beside.h"
#include "lake/source.h"
#include "model/digest.h"
#include "model/value_text.h"
#include "validate/row_rules.h"

namespace retailsim::pipeline {
namespace {

using feed::FileFacts;
using feed::Manifest;
using lake::ObjectFacts;
using lake::TableWriter;
using transform::Passage;

// Raise by hand when the same delivery gives other raw objects than before.
constexpr int raw_format = 3;

// The rule that a row breaks which can't be read as its table.
QualityRule rule_of(const json::Rejection& why) {
  using json::Reason;
  if (why.reason == Reason::malformed) return QualityRule::malformed;
  const bool is_absent = why.reason == Reason::missing || why.reason == Reason::is_null;
  if (why.is_key) return is_absent ? QualityRule::null_key : QualityRule::mistyped_key;
  return is_absent ? QualityRule::required : QualityRule::wrong_type;
}

template <class Row>
std::string raw_inputs(const FileFacts& delivery, std::string_view stored_table) {
  return sha256(fmt::format("raw {} {} {} {}", raw_format, stored_table, declaration_digest<Row>(),
                            delivery.sha256));
}

// One table of a delivery on its way into the lake: what is let through and what is not.
template <class Row>
class RawTable {
 public:
  RawTable(std::size_t expected_rows, const std::optional<Day>& feed_date)
      : feed_date_(feed_date), accepted_(Layer::raw, expected_rows) {}

  // Judges a row and stores it in one table or the other; true when it was let through.
  // `text` is the row as it was received; without one it is made again from the row.
  bool add(const Received<Row>& received, std::int64_t number, std::string_view text = {}) {
    count(transform::cents_of(received));
    if (const auto broken = validate::broken_rule(received, feed_date_)) {
      refused_.push_back(
          QuarantinedRow{feed_date_, number, key_text(received.row), broken->column,
                         std::string{name_of(broken->rule)}, broken->reason,
                         text.empty() ? json::row_text(received) : std::string{text}});
      ++passage_.quarantined;
      passage_.cents_quarantined += transform::cents_of(received);
      return false;
    }
    if constexpr (Row::delivery == Delivery::event) {
      const Day day = received.row.business_date;
      from_ = std::min(from_.value_or(day), day);
      to_ = std::max(to_.value_or(day), day);
    }
    accepted_.append(received);
    ++passage_.rows_out;
    passage_.cents_out += transform::cents_of(received);
    return true;
  }

  void refuse(const json::Rejection& why, std::int64_t number) {
    count(0);
    refused_.push_back(QuarantinedRow{feed_date_, number, why.key, why.column,
                                      std::string{name_of(rule_of(why))},
                                      std::string{label(why.reason)}, std::string{why.text}});
    ++passage_.quarantined;
  }

  // What the reader had to say about a row that was let through.
  void note(const Received<Row>& received, std::int64_t number, const json::Remark& remark) {
    if (remark.received.empty()) {
      ++passage_.unknown_columns[remark.column];
      return;
    }
    const QualityRule rule = QualityRule::encoding;
    findings_.push_back(Finding{feed_date_, number, key_text(received.row), remark.column,
                                std::string{name_of(rule)}, facts_of(rule).outcome, remark.received,
                                column_text(received.row, remark.column)});
    ++passage_.repaired;
  }

  // What lies beside comes first: a raw object that exists has it all.
  void store(lake::Lake& lake, const std::string& inputs) {
    const auto put_beside = [&](lake::Beside which, auto rows) {
      lake::put_beside(lake, which, rows, Row::table, Layer::raw, feed_date_, std::nullopt, inputs);
    };
    put_beside(lake::Beside::quarantine, std::span<const QuarantinedRow>{refused_});
    put_beside(lake::Beside::findings, std::span<const Finding>{findings_});
    const ObjectFacts facts{inputs, accepted_.rows(),     from_,
                            to_,    std::ssize(refused_), std::ssize(findings_)};
    lake.put(lake::raw_path(Row::table, feed_date_), accepted_.finish(to_key_values(facts)), facts);
  }

  const Passage& passage() const { return passage_; }

 private:
  void count(std::int64_t cents) {
    ++passage_.rows_in;
    passage_.cents_in += cents;
  }

  std::optional<Day> feed_date_;
  TableWriter<Row> accepted_;
  std::vector<QuarantinedRow> refused_;
  std::vector<Finding> findings_;
  std::optional<Day> from_, to_;
  Passage passage_;
};

// Stands for the nested rows of a table that has none.
struct NoTable {
  NoTable(std::size_t, const std::optional<Day>&) {}
  void add(const Received<NoChild>&, std::int64_t) {}
  void refuse(const json::Rejection&, std::int64_t) {}
  void note(const Received<NoChild>&, std::int64_t, const json::Remark&) {}
};

template <class Row>
bool is_stored(lake::Lake& lake, const std::optional<Day>& feed_date, const std::string& inputs) {
  const auto raw = lake.facts(lake::raw_path(Row::table, feed_date));
  return raw && raw->inputs == inputs &&
         lake::has_all_beside(lake, *raw, Row::table, Layer::raw, feed_date, std::nullopt);
}

// Whether the lake holds a delivery, nested rows included.
template <class Row>
bool holds(lake::Lake& lake, const std::optional<Day>& feed_date, const FileFacts& delivery) {
  if (!is_stored<Row>(lake, feed_date, raw_inputs<Row>(delivery, Row::table))) return false;
  if constexpr (has_children<Row>) {
    using Child = child_of<Row>;
    return is_stored<Child>(lake, feed_date, raw_inputs<Row>(delivery, Child::table));
  }
  return true;
}

template <class List>
struct ReadersOf;
template <class... Rows>
struct ReadersOf<TableList<Rows...>> {
  using type = std::tuple<json::AnyRowReader<Rows>...>;
};

// What one thread keeps between deliveries.
struct Worker {
  explicit Worker(const ExtractOptions& options)
      : client(options.retry, options.token, options.limits) {}
  extract::HttpClient client;
  ReadersOf<FeedTables>::type readers;
};

class Extraction {
 public:
  Extraction(const ExtractOptions& options, lake::Lake& lake) : options_(options), lake_(lake) {}

  StageRecord run() {
    workers_.push_back(std::make_unique<Worker>(options_));
    const std::string url = options_.api + "/v1/manifest";
    const auto& answer = workers_[0]->client.get(url, "application/json");
    const Manifest manifest =
        feed::manifest_from_json(answer.text(), extract::without_secrets(url));
    claim_lake({manifest.source, manifest.digest, manifest.seed});
    FeedTables::for_each([&]<class Row>() { plan<Row>(manifest); });
    const int threads = threads_for_work();
    while (std::ssize(workers_) < threads) workers_.push_back(std::make_unique<Worker>(options_));
    {
      Progress progress("extract", std::ssize(work_), options_.quiet);
      parallel_for(work_.size(), threads, [&](std::size_t number, int worker) {
        progress.advance(work_[number](*workers_[static_cast<std::size_t>(worker)]));
      });
    }
    for (const auto& worker : workers_) record_.counts["retries"] += worker->client.retries();
    record_.finish();
    record_.require_balance();
    lake_.save_index();
    return std::move(record_);
  }

 private:
  // As many as keep the storage busy, while the deliveries in their hands fit into memory.
  int threads_for_work() const {
    constexpr std::int64_t room = std::int64_t{1} << 30;  // bytes of JSON
    const int asked = std::max(1, options_.threads);
    const auto fit = room / std::max<std::int64_t>(1, largest_);
    return std::max(
        asked, static_cast<int>(std::min<std::int64_t>(lake_.store().busy_threads(asked), fit)));
  }

  // One lake holds one feed.
  void claim_lake(const lake::LakeSource& source) {
    const auto before = lake::read_source(lake_.store());
    if (before && *before == source) return;
    if (before && !options_.overwrite) {
      throw Failure(FailureKind::wrong_usage,
                    fmt::format("{} holds the rows of another feed ({}, seed {})",
                                lake_.store().display("raw"), before->source, before->seed),
                    "choose another lake, or replace its rows with --overwrite");
    }
    if (before) remove_raw();
    lake::write_source(lake_.store(), source);
  }

  void remove_raw() {
    LakeTables::for_each([&]<class Row>() {
      for (const auto& [path, facts] : lake_.objects(Layer::raw, Row::table)) {
        lake_.remove(path);
        lake::remove_beside(lake_, Row::table, Layer::raw, lake::feed_date_of(path), std::nullopt);
      }
    });
  }

  // Lists the deliveries of a table that the lake lacks.
  template <class Row>
  void plan(const Manifest& manifest) {
    if (!options_.table.empty() && options_.table != Row::table) return;
    TableRecord& table = record_.tables[std::string{Row::table}];
    if constexpr (has_children<Row>) record_.tables[std::string{child_of<Row>::table}];
    const auto files = manifest.tables.find(Row::table);
    if (files == manifest.tables.end()) return;
    for (const auto& [feed_date, facts] : files->second) {
      if (feed_date && ((options_.from && *feed_date < *options_.from) ||
                        (options_.to && *feed_date > *options_.to)))
        continue;
      if (holds<Row>(lake_, feed_date, facts)) {
        ++table.objects_current;
        continue;
      }
      largest_ = std::max<std::int64_t>(largest_, facts.bytes);
      work_.push_back([this, date = feed_date, delivery = facts](Worker& worker) {
        return extract_one<Row>(worker, date, delivery);
      });
    }
  }

  template <class Row>
  std::int64_t extract_one(Worker& worker, const std::optional<Day>& feed_date,
                           const FileFacts& delivery) {
    using Child = child_of<Row>;
    const auto rows = static_cast<std::size_t>(delivery.rows);
    RawTable<Row> table(rows, feed_date);
    std::conditional_t<has_children<Row>, RawTable<Child>, NoTable> children(8 * rows, feed_date);
    extract::read_delivery<Row>(
        worker.client, options_.api, feed_date, delivery, options_.check,
        std::get<json::AnyRowReader<Row>>(worker.readers),
        [&](const json::ReceivedTree<Row>& tree, std::int64_t number, std::string_view text,
            std::span<const json::Remark> remarks) {
          if (!table.add(tree, number, text)) return;
          for (const auto& child : tree.children) children.add(child, number);
          for (const auto& remark : remarks) {
            if (remark.child < 0) {
              table.note(tree, number, remark);
            } else {
              children.note(tree.children[static_cast<std::size_t>(remark.child)], number, remark);
            }
          }
        },
        [&](const json::Rejection& why, std::int64_t number) {
          if (why.is_nested) return children.refuse(why, number);
          table.refuse(why, number);
        });
    if constexpr (has_children<Row>) {
      children.store(lake_, raw_inputs<Row>(delivery, Child::table));
      note<Child>(children.passage());
    }
    table.store(lake_, raw_inputs<Row>(delivery, Row::table));
    note<Row>(table.passage());
    return table.passage().rows_in;
  }

  template <class Row>
  void note(const Passage& passage) {
    const std::scoped_lock hold{lock_};
    TableRecord& table = record_.tables[std::string{Row::table}];
    table.passage += passage;
    ++table.objects_written;
  }

  const ExtractOptions& options_;
  lake::Lake& lake_;
  std::vector<std::unique_ptr<Worker>> workers_;
  std::vector<std::function<std::int64_t(Worker&)>> work_;
  std::int64_t largest_ = 0;  // bytes of the largest delivery in it
  StageRecord record_{"extract"};
  std::mutex lock_;
};

}  // namespace

StageRecord extract_stage(const ExtractOptions& options, lake::Lake& lake) {
  return Extraction(options, lake).run();
}

}  // namespace retailsim::pipeline
