#include "pipeline/extract_stage.h"

#include <fmt/core.h>

#include <functional>
#include <mutex>
#include <tuple>

#include "base/parallel.h"
#include "base/progress.h"
#include "extract/delivery.h"
#include "extract/http_link.h"
#include "lake/source.h"
#include "model/digest.h"
#include "validate/row_rules.h"

namespace retailsim::pipeline {
namespace {

using feed::FileFacts;
using feed::Manifest;
using lake::ObjectFacts;
using lake::TableWriter;
using transform::Passage;

// Raise by hand when the same delivery gives other raw objects than before.
constexpr int raw_format = 1;

// The rule of rows that can't be read as their table at all.
constexpr std::string_view rule_unreadable = "readable";

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
      : feed_date_(feed_date), accepted_(Layer::raw, expected_rows), refused_(Layer::clean, 16) {}

  // Judges a row and stores it in one table or the other; true when it was let through.
  // `text` is the row as it was received; without one it is made again from the row.
  bool add(const Received<Row>& received, std::int64_t number, std::string_view text = {}) {
    count(transform::cents_of(received));
    if (const auto broken = validate::broken_rule(received, feed_date_)) {
      refused_.append(QuarantinedRow{feed_date_, number, broken->column, std::string{broken->rule},
                                     broken->reason,
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
    refused_.append(QuarantinedRow{feed_date_, number, why.column, std::string{rule_unreadable},
                                   std::string{label(why.reason)}, std::string{why.text}});
    ++passage_.quarantined;
  }

  // Quarantine first: a raw object that exists has its refused rows beside it.
  void store(lake::Lake& lake, const std::string& inputs) {
    ObjectFacts facts{inputs, refused_.rows(), {}, {}, 0};
    const std::string quarantine =
        lake::quarantine_path(Row::table, Layer::raw, feed_date_, std::nullopt);
    if (refused_.rows() > 0) {
      lake.put(quarantine, refused_.finish(to_key_values(facts)), facts);
    } else {
      lake.remove(quarantine);
    }
    facts = {inputs, accepted_.rows(), from_, to_, facts.rows};
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
  TableWriter<QuarantinedRow> refused_;
  std::optional<Day> from_, to_;
  Passage passage_;
};

// Stands for the nested rows of a table that has none.
struct NoTable {
  NoTable(std::size_t, const std::optional<Day>&) {}
  void add(const Received<NoChild>&, std::int64_t) {}
  void refuse(const json::Rejection&, std::int64_t) {}
};

template <class Row>
bool is_stored(lake::Lake& lake, const std::optional<Day>& feed_date, const std::string& inputs) {
  const auto raw = lake.facts(lake::raw_path(Row::table, feed_date));
  if (!raw || raw->inputs != inputs) return false;
  if (raw->quarantined == 0) return true;
  const auto refused =
      lake.facts(lake::quarantine_path(Row::table, Layer::raw, feed_date, std::nullopt));
  return refused && refused->inputs == inputs;
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
    for (int i = 0; i < std::max(1, options_.threads); ++i)
      workers_.push_back(std::make_unique<Worker>(options_));
    const std::string url = options_.api + "/v1/manifest";
    const auto& answer = workers_[0]->client.get(url, "application/json");
    const Manifest manifest =
        feed::manifest_from_json(answer.text(), extract::without_secrets(url));
    claim_lake({manifest.source, manifest.digest, manifest.seed});
    FeedTables::for_each([&]<class Row>() { plan<Row>(manifest); });
    {
      Progress progress("extract", std::ssize(work_), options_.quiet);
      parallel_for(work_.size(), options_.threads, [&](std::size_t number, int worker) {
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
        lake_.remove(
            lake::quarantine_path(Row::table, Layer::raw, lake::feed_date_of(path), std::nullopt));
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
        [&](const json::ReceivedTree<Row>& tree, std::int64_t number, std::string_view text) {
          const bool accepted = table.add(tree, number, text);
          if (!accepted) return;
          for (const auto& child : tree.children) children.add(child, number);
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
  StageRecord record_{"extract"};
  std::mutex lock_;
};

}  // namespace

StageRecord extract_stage(const ExtractOptions& options, lake::Lake& lake) {
  return Extraction(options, lake).run();
}

}  // namespace retailsim::pipeline
