#include "pipeline/replay_stage.h"

#include <fmt/core.h>

#include <algorithm>
#include <iterator>
#include <mutex>

#include "base/failure.h"
#include "base/parallel.h"
#include "base/progress.h"
#include "feed/row_delivery.h"
#include "pipeline/replay/snapshots.h"

namespace retailsim::pipeline {
namespace {

using feed::FeedFolder;
using feed::RowDelivery;

// Raise it when the same lines become other rows.
constexpr int replay_format = 1;

// Sales over a longer time than this are no sales: one of the times is wrong, and a feed has a
// file for every day between.
constexpr std::chrono::days longest_history{50 * 366};

const std::filesystem::path& require_file(const std::filesystem::path& lines) {
  if (std::filesystem::is_regular_file(lines)) return lines;
  throw Failure(FailureKind::wrong_usage, fmt::format("there is no file {}", lines.string()),
                "name a Parquet file of sales lines; retailsim replay --help lists its columns");
}

class Replay {
 public:
  explicit Replay(const ReplayOptions& options)
      : options_(options), clock_(options.timezone), file_(require_file(options.lines)) {
    identity_.source = options.lines.filename().string();
    identity_.digest =
        sha256(fmt::format("replay {}\nlines {}\ntimezone {}\ncurrency {}\n", replay_format,
                           sha256(file_.text()), options.timezone, options.currency));
  }

  StageRecord run() {
    if (!find_up_to_date()) write_feed();
    record_.finish();
    return std::move(record_);
  }

 private:
  // Refuses a folder that may not be written before the lines are read.
  bool find_up_to_date() {
    feed::Manifest before;
    if (feed::has_manifest(options_.out)) before = feed::read_manifest(options_.out);
    if (before.digest != identity_.digest && options_.overwrite) return false;
    FeedFolder folder(options_.out, identity_, false);
    if (before.digest != identity_.digest) return false;
    std::vector<std::pair<std::string, std::optional<Day>>> files;
    for (const auto& [table, deliveries] : before.tables) {
      for (const auto& [feed_date, facts] : deliveries) files.emplace_back(table, feed_date);
    }
    std::atomic<bool> is_whole = !files.empty();
    parallel_for(files.size(), options_.threads, [&](std::size_t at, int) {
      if (!folder.holds(files[at].first, files[at].second)) is_whole = false;
    });
    if (!is_whole) return false;
    for (const auto& [table, feed_date] : files) ++record_.tables[table].objects_current;
    folder.finish();  // the file may have another name
    return true;
  }

  void write_feed() {
    const SalesLines lines = read_sales_lines(file_.text(), identity_.source);
    const Receipts receipts = sort_receipts(lines, clock_);
    require_short_history(lines);
    note_remarks(lines, receipts);
    FeedFolder folder(options_.out, identity_, options_.overwrite);
    write_snapshot(folder, replayed_stores(lines, options_.timezone, options_.currency));
    write_snapshot(folder, replayed_products(lines));
    write_snapshot(folder, replayed_customers(lines, receipts));
    write_days(folder, lines, receipts);
    for (const auto table :
         {Price::table, Promotion::table, Visit::table, InventoryDay::table, WeatherDay::table})
      folder.add_table(table);
    folder.finish();
  }

  static void require_short_history(const SalesLines& lines) {
    const auto first = std::ranges::min_element(lines.sold_at);
    const auto last = std::ranges::max_element(lines.sold_at);
    if (*last - *first < longest_history) return;
    const auto describe = [&](auto at) {
      return fmt::format(
          "{} (row {})",
          to_text(std::chrono::floor<std::chrono::days>(Instant{at->time_since_epoch()})),
          at - lines.sold_at.begin() + 1);
    };
    throw Failure(FailureKind::wrong_usage,
                  fmt::format("{}: sales from {} to {} are more than 50 years apart", lines.file,
                              describe(first), describe(last)),
                  "correct the wrong time, or leave such rows out of the file");
  }

  void note_remarks(const SalesLines& lines, const Receipts& receipts) {
    record_.counts["lines"] = std::ssize(lines.basket);
    record_.counts["baskets_across_midnight"] = receipts.across_midnight;
    record_.counts["products_described_twice"] = lines.products_described_twice;
    const auto note_numbered = [&](const char* column, const ReplayIds& ids) {
      record_.counts[fmt::format("{}s_numbered", column)] =
          ids.are_numbered() ? static_cast<std::int64_t>(ids.size()) : 0;
    };
    note_numbered("basket_id", lines.baskets);
    note_numbered("household_id", lines.households);
    note_numbered("store_id", lines.stores);
    note_numbered("product_id", lines.products);
  }

  template <class Row>
  void write_snapshot(FeedFolder& folder, const std::vector<Row>& rows) {
    if (folder.holds(Row::table, std::nullopt)) {
      ++record_.tables[std::string{Row::table}].objects_current;
      return;
    }
    RowDelivery delivery(folder.path_of(Row::table, std::nullopt));
    for (const Row& row : rows) delivery.append(row);
    const auto facts = delivery.commit();
    folder.add(Row::table, std::nullopt, facts);
    note_written(Row::table, facts.rows);
  }

  // A day without sales is delivered too: it is known to have had none.
  void write_days(FeedFolder& folder, const SalesLines& lines, const Receipts& receipts) {
    const Day first = receipts.outlines.front().business_date();
    const Day last = receipts.outlines.back().business_date();
    const auto days = static_cast<std::size_t>((last - first).count() + 1);
    Progress progress("replay", static_cast<std::int64_t>(days), options_.quiet);
    parallel_for(days, options_.threads, [&](std::size_t at, int) {
      progress.advance(write_day(folder, lines, receipts, first + std::chrono::days(at)));
    });
  }

  std::int64_t write_day(FeedFolder& folder, const SalesLines& lines, const Receipts& receipts,
                         Day day) {
    if (folder.holds(Transaction::table, day)) {
      const std::scoped_lock hold{lock_};
      ++record_.tables[std::string{Transaction::table}].objects_current;
      return 0;
    }
    RowDelivery delivery(folder.path_of(Transaction::table, day));
    std::vector<TransactionLine> row_lines;
    for (const auto& outline :
         std::ranges::equal_range(receipts.outlines, day, {}, &ReceiptOutline::business_date)) {
      const Transaction row = receipt_row(lines, receipts, outline, row_lines);
      delivery.append(row, row_lines);
    }
    const auto facts = delivery.commit();
    folder.add(Transaction::table, day, facts);
    note_written(Transaction::table, facts.rows);
    return facts.rows;
  }

  void note_written(std::string_view table, std::int64_t rows) {
    const std::scoped_lock hold{lock_};
    TableRecord& record = record_.tables[std::string{table}];
    record.passage.rows_in += rows;
    record.passage.rows_out += rows;
    ++record.objects_written;
  }

  const ReplayOptions& options_;
  StoreClock clock_;
  MappedFile file_;
  feed::Manifest identity_;
  StageRecord record_{"replay"};
  std::mutex lock_;
};

}  // namespace

StageRecord replay_stage(const ReplayOptions& options) { return Replay(options).run(); }

}  // namespace retailsim::pipeline
