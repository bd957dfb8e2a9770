#include "transform/clean_events.h"

#include "transform/delivery_notes.h"
#include "transform/lines_of_receipts.h"
#include "transform/outliers.h"

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

// Refuses the receipts of which no line is left; completes the others.
void complete_receipts(Cleaning<Transaction>& headers, std::span<const TransactionLine> lines) {
  std::vector<std::pair<std::size_t, BrokenRule>> empty;
  LinesOfReceipts lines_of(lines);
  auto& rows = headers.cleaned().rows;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const auto its_lines = lines_of.of(rows[i]);
    if (its_lines.empty()) {
      empty.emplace_back(
          i, BrokenRule{"lines", QualityRule::no_lines, "no line of this receipt is clean"});
    } else {
      set_sums(rows[i], its_lines);
    }
  }
  headers.refuse_kept(empty);
  // A receipt's amounts are those of its lines, so its cents are followed there.
  Passage& passage = headers.cleaned().passage;
  passage.cents_in = passage.cents_out = passage.cents_repaired = 0;
  passage.cents_quarantined = passage.cents_duplicates = 0;
}

}  // namespace

CleanedTransactions clean_transactions(std::vector<Delivered<Transaction>>& headers,
                                       std::vector<Delivered<TransactionLine>>& lines,
                                       const Catalogue& catalogue) {
  Cleaning<TransactionLine> of_lines(lines, catalogue);
  for (const std::uint32_t at : of_lines.first_deliveries()) of_lines.judge(at, Measures::judged);
  std::vector<std::pair<std::size_t, BrokenRule>> outliers;
  for (auto& each : find_outliers(of_lines.cleaned().rows, catalogue))
    outliers.emplace_back(each.line, std::move(each.broken));
  of_lines.refuse_kept(outliers);

  Cleaning<Transaction> of_headers(headers, catalogue);
  for (const std::uint32_t at : of_headers.first_deliveries())
    of_headers.judge(at, Measures::made_anew);
  note_delivery(headers, of_headers.cleaned(), &Transaction::begin_at);
  complete_receipts(of_headers, of_lines.cleaned().rows);
  return {of_headers.finish(), of_lines.finish()};
}

Cleaned<Visit> clean_visits(std::vector<Delivered<Visit>>& visits,
                            std::span<const Transaction> receipts, const Catalogue& catalogue) {
  Cleaning<Visit> cleaning(visits, catalogue);
  for (const std::uint32_t at : cleaning.first_deliveries()) cleaning.judge(at, Measures::judged);
  note_delivery(visits, cleaning.cleaned(), &Visit::entered_at);
  note_blind_hours(receipts, cleaning.cleaned());
  return cleaning.finish();
}

}  // namespace retailsim::transform
