// Receipts as JSON lines -> two Parquet files, on one thread: what extract does to a row,
// without the network and without a file a day, so that it compares with other engines.
//
//   json_to_parquet OUT-PREFIX FILE...    writes OUT-PREFIX.parquet and OUT-PREFIX_line.parquet
#include <fmt/core.h>

#include <filesystem>
#include <fstream>
#include <vector>

#include "base/failure.h"
#include "base/files.h"
#include "json/decode.h"
#include "lake/parquet_writer.h"

using namespace retailsim;

namespace {

void convert(const std::string& prefix, std::span<char*> files) {
  lake::TableWriter<Transaction> headers(Layer::raw, columnar::most_rows);
  lake::TableWriter<TransactionLine> lines(Layer::raw, columnar::most_rows);
  json::AnyRowReader<Transaction> reader;
  std::int64_t rows = 0;
  std::int64_t refused = 0;
  std::vector<char> buffer;  // fresh pages cost more than the rows in them
  for (const char* file : files) {
    const auto size = std::filesystem::file_size(file);
    buffer.resize(std::max(buffer.size(), size + json::padding));
    std::ifstream(file, std::ios::binary).read(buffer.data(), static_cast<std::streamsize>(size));
    rows = json::decode_lines(
        std::string_view{buffer.data(), size}, rows, reader,
        [&](const json::ReceivedTree<Transaction>& tree, std::int64_t, std::string_view,
            std::span<const json::Remark>) {
          headers.append(tree);
          for (const auto& line : tree.children) lines.append(line);
        },
        [&](const json::Rejection&, std::int64_t) { ++refused; });
  }
  fmt::print("{} receipts, {} lines, {} refused\n", headers.rows(), lines.rows(), refused);
  write_file_whole(prefix + ".parquet", headers.finish({}), false);
  write_file_whole(prefix + "_line.parquet", lines.finish({}), false);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) {
    fmt::print(stderr, "usage: json_to_parquet OUT-PREFIX FILE...\n");
    return 2;
  }
  try {
    convert(argv[1], std::span{argv + 2, static_cast<std::size_t>(argc - 2)});
  } catch (const Failure& failure) {
    fmt::print(stderr, "json_to_parquet: {}\n", failure.what());
    return 1;
  }
}
