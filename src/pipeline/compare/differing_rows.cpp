#include "pipeline/compare/differing_rows.h"

#include <fmt/core.h>

#include <algorithm>

#include "base/failure.h"
#include "pipeline/compare/comparison.h"

namespace retailsim::pipeline {
namespace {

namespace fs = std::filesystem;

constexpr auto identity_file = "comparison.json";

std::string file_name(std::string_view table) { return fmt::format("{}.ndjson", table); }

bool is_ours(const fs::path& folder, const std::string& name) {
  if (name.starts_with('.') || name == identity_file) return true;
  bool ours = false;
  ComparedTables::for_each([&]<class Row>() { ours |= name == file_name(Row::table); });
  return ours && fs::exists(folder / identity_file);
}

// The folder, which is then ours to write.
fs::path free_to_write(fs::path folder, const std::string& identity, bool overwrite) {
  if (!fs::exists(folder)) return folder;
  constexpr auto hint = "name an empty folder, or one that retailsim compare made";
  if (!fs::is_directory(folder)) {
    throw Failure(FailureKind::wrong_usage, fmt::format("{} is no folder", folder.string()), hint);
  }
  // The first by name: folders are listed in any order.
  std::string foreign;
  for (const auto& entry : fs::directory_iterator(folder)) {
    const std::string name = entry.path().filename().string();
    if (!is_ours(folder, name) && (foreign.empty() || name < foreign)) foreign = name;
  }
  if (!foreign.empty()) {
    throw Failure(
        FailureKind::wrong_usage,
        fmt::format("{} is no folder of a comparison: it holds {}", folder.string(), foreign),
        hint);
  }
  if (!overwrite && fs::exists(folder / identity_file) &&
      read_file(folder / identity_file) != identity) {
    throw Failure(FailureKind::wrong_usage,
                  fmt::format("{} holds another comparison", folder.string()),
                  "choose another folder, or replace that comparison with --overwrite");
  }
  return folder;
}

}  // namespace

struct DifferingRows::Table {
  struct Piece {
    std::size_t store;
    std::size_t begin, size;  // in the hidden file
  };

  Table(const fs::path& folder, std::string_view table)
      : target(folder / file_name(table)),
        waiting_room(folder / fmt::format(".{}.by-week", file_name(table))),
        by_week(waiting_room) {}

  fs::path target, waiting_room;
  NewFile by_week;
  std::vector<Piece> pieces;
  std::size_t size = 0;
};

DifferingRows::DifferingRows(fs::path folder, const std::string& identity, bool overwrite)
    : folder_(free_to_write(std::move(folder), identity, overwrite)), writer_(folder_) {
  // First, so that the folder is ours also when this process is killed.
  write_file_whole(folder_ / identity_file, identity);
  std::error_code ignored;
  ComparedTables::for_each([&]<class Row>() {
    fs::remove(folder_ / file_name(Row::table), ignored);
    tables_.push_back(std::make_unique<Table>(folder_, Row::table));
  });
}

DifferingRows::~DifferingRows() {
  std::error_code ignored;
  for (const auto& table : tables_) {
    fs::remove(table->waiting_room, ignored);
    if (!is_finished_) fs::remove(table->target, ignored);
  }
  if (!is_finished_) fs::remove(folder_ / identity_file, ignored);
}

void DifferingRows::add(std::size_t store, std::span<const std::string> text) {
  for (std::size_t i = 0; i < tables_.size(); ++i) {
    if (text[i].empty()) continue;
    Table& table = *tables_[i];
    table.by_week.append(text[i]);
    table.pieces.push_back({store, table.size, text[i].size()});
    table.size += text[i].size();
  }
}

void DifferingRows::finish() {
  for (const auto& table : tables_) {
    table->by_week.commit();
    const MappedFile by_week(table->waiting_room);
    std::ranges::stable_sort(table->pieces, {}, &Table::Piece::store);
    NewFile file(table->target);
    for (const auto& piece : table->pieces)
      file.append(by_week.text().substr(piece.begin, piece.size));
    file.commit();
  }
  is_finished_ = true;
}

}  // namespace retailsim::pipeline
