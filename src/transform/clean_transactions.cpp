#include "transform/clean_transactions.h"

namespace retailsim::transform {
namespace {

// Sums the lines of one receipt into it. Unknown parts of tax stay unknown only when no
// line has one.
void set_sums(Transaction& header, std::span<const TransactionLine> lines) {
  header.gross = header.discount = header.net = Cents{0};
  std::optional<Cents> tax;
  for (const auto& line : lines) {
    header.gross += line.gross;
    header.discount += line.discount;
    header.net += line.net;
    if (line.tax) tax = tax.value_or(Cents{0}) + *line.tax;
  }
  header.tax = tax;
  if (tax) {
    header.total = header.net + *tax;
  } else {
    header.total.reset();
  }
}

// The lines of each receipt lie together: both tables are sorted by store, day and receipt.
class LinesOfReceipts {
 public:
  explicit LinesOfReceipts(std::span<const TransactionLine> lines) : lines_(lines) {}

  // Receipts must be asked for in their order.
  std::span<const TransactionLine> of(const Transaction& header) {
    const auto order = order_of(header);
    const auto place = [](const TransactionLine& line) {
      return std::tuple{line.store_id, line.business_date, line.transaction_id};
    };
    while (at_ < lines_.size() && place(lines_[at_]) < order) ++at_;
    const std::size_t begin = at_;
    while (at_ < lines_.size() && place(lines_[at_]) == order) ++at_;
    return lines_.subspan(begin, at_ - begin);
  }

 private:
  std::span<const TransactionLine> lines_;
  std::size_t at_ = 0;
};

}  // namespace

CleanedTransactions clean_transactions(std::vector<Delivered<Transaction>>& headers,
                                       std::vector<Delivered<TransactionLine>>& lines,
                                       const References& references) {
  CleanedTransactions cleaned{clean_table(headers, references, Measures::made_anew),
                              clean_table(lines, references)};
  Cleaned<Transaction>& receipts = cleaned.headers;
  LinesOfReceipts lines_of(cleaned.lines.rows);
  std::size_t kept = 0;
  for (std::size_t i = 0; i < receipts.rows.size(); ++i) {
    Transaction& header = receipts.rows[i];
    const auto its_lines = lines_of.of(header);
    if (its_lines.empty()) {
      receipts.quarantine.push_back(
          quarantined(headers[receipts.origins[i]],
                      {"lines", rule_no_lines, "no line of this receipt is clean"}));
      continue;
    }
    set_sums(header, its_lines);
    receipts.origins[kept] = receipts.origins[i];
    receipts.rows[kept++] = header;
  }
  receipts.passage.quarantined += std::ssize(receipts.rows) - static_cast<std::ptrdiff_t>(kept);
  receipts.passage.rows_out = static_cast<std::int64_t>(kept);
  receipts.rows.resize(kept);
  receipts.origins.resize(kept);
  // A receipt's amounts are those of its lines, so its cents are followed there.
  Passage& passage = receipts.passage;
  passage.cents_in = passage.cents_out = 0;
  passage.cents_quarantined = passage.cents_duplicates = 0;
  return cleaned;
}

}  // namespace retailsim::transform
