// clean -> gold: builds the KPI objects whose inputs changed, and publishes all of them in
// one short step. docs/decisions/0007 says how tables of the whole lake stay incremental.
#pragma once

#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "pipeline/clean_stage.h"
#include "transform/gold/all.h"

namespace retailsim::pipeline {

// A gold object that is finished but not yet published.
struct BuiltObject {
  std::string path;
  std::string bytes;
  lake::ObjectFacts facts;
};

// Call sum_up() for months whose rows are at hand; when all months are clean cover() once,
// complete() for each month, publish() last. Different months may be worked on by several
// threads. It holds the built objects, the sums of the whole lake, and the rows of one month
// for each thread.
class GoldBuild {
 public:
  // The clean snapshots must be current in the lake.
  GoldBuild(lake::Lake& lake, const CleanSnapshots& snapshots, std::vector<Month> months);

  // Sums up a month that clean has just made. What the data covers is not known before all
  // months are clean; it is guessed from raw, and complete() mends a wrong guess.
  void sum_up(std::size_t at, CleanMonth& rows);

  // What the data covers after all. Without any day, nothing is due.
  void cover(const DataSpan& span);
  // Builds what is still due of a month, and adds it to the sums of the whole lake where
  // these are due. Reads what it needs from clean.
  void complete(std::size_t at);
  // A further table without months, made from whatever objects of the lake `inputs` names;
  // rows() is called when it is not made yet. Between cover() and publish().
  template <class Row, class Rows>
  void add_table(const std::string& inputs, Rows&& rows) {
    due_[lake::gold_path(Row::table, std::nullopt)] = inputs;
    finish<Row>(std::nullopt, rows);
  }
  // Builds the tables of the whole lake and puts all that was built, the list last: who
  // reads the list and checks each object's inputs against it never sees a mixture.
  // Objects that are no longer due are removed.
  void publish(const std::string& run_id, StageRecord& record);

 private:
  using Reads = std::span<const std::string_view>;

  // The digest of all that decides the rows of Row: the clean tables read (events of `months`
  // only) and what the data covers.
  template <class Row>
  std::string inputs_of_table(Reads reads, std::span<const Month> months,
                              const transform::Coverage& coverage);
  // The same for an object of a month.
  template <class Row>
  std::string inputs_of_month(Reads reads, Month month, const transform::Coverage& coverage);
  std::string customer_month_inputs(std::size_t at, const transform::Coverage& coverage);

  bool is_made(const std::string& path, const std::string& inputs);
  template <class Row>
  void build(const std::optional<Month>& month, const std::string& inputs,
             const std::vector<Row>& rows) {
    lake::TableWriter<Row> writer(Layer::gold, rows.size());
    for (const auto& row : rows) writer.append(row);
    const lake::ObjectFacts facts{inputs, writer.rows(), {}, {}, 0};
    const std::string path = lake::gold_path(Row::table, month);
    BuiltObject built{path, writer.finish(to_key_values(facts)), facts};
    const std::scoped_lock hold{lock_};
    built_[path] = std::move(built);
  }
  // Builds an object that is due, unless it is made.
  template <class Row, class Rows>
  void finish(const std::optional<Month>& month, Rows&& rows) {
    const std::string path = lake::gold_path(Row::table, month);
    if (!is_made(path, due_.at(path))) build<Row>(month, due_.at(path), rows());
  }
  void sum_up(Month month, const transform::MonthRows& rows, const transform::Coverage& coverage);
  void merge(Month month, const transform::CustomersPass& customers,
             const transform::ProductWeeksPass& products);
  void read_whole(Month month);
  void finish_whole_lake();

  lake::Lake& lake_;
  std::vector<Month> months_;
  transform::Chain chain_;
  std::optional<transform::Coverage> guessed_;
  std::optional<transform::Coverage> coverage_;
  bool is_whole_due_ = false;

  std::mutex lock_;  // of what follows
  transform::Customers customers_;
  transform::ProductWeeks products_;
  std::set<Month> summed_;                    // months in the two above
  std::map<std::string, BuiltObject> built_;  // by path
  std::map<std::string, std::string> due_;    // path -> inputs of each object to be published
};

}  // namespace retailsim::pipeline
