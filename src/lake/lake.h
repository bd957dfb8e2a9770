// The lake as a build. Every raw, clean and gold object is a pure function of named inputs
// and carries their digest in its footer: an object whose inputs are unchanged is never
// written again.
//
//   raw/<table>/feed_date=YYYY-MM-DD/part-0.parquet       accepted as received
//   quarantine/<table>/stage=…/<day or month>/part-0.parquet  refused, with the reason
//   findings/<table>/stage=…/<day or month>/part-0.parquet    repairs and remarks
//   clean/<table>/month=YYYY-MM/part-0.parquet            repaired, by business month
//   gold/<table>/month=YYYY-MM/part-0.parquet             KPI tables
//   gold/<table>/YYYY-MM/part-0.parquet                   … whose rows have their month
//   _redshift/…                                           what a data warehouse is to load
// Snapshots lie without the date or month folder. A folder is called key=value where that is a
// column more to who reads a table; where the rows say it themselves, two would be one too many.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "lake/object_store.h"

namespace retailsim::lake {

// What an object says of itself in its footer.
struct ObjectFacts {
  std::string inputs;  // digest of all that decided its bytes: its identity
  std::int64_t rows = 0;
  std::optional<Day> from = {};  // first and last business_date in it; none for snapshots
  std::optional<Day> to = {};
  std::int64_t quarantined = 0;  // rows that were refused while it was made
  std::int64_t findings = 0;     // what was found in the others
  std::string tally = {};        // of what lies beside an object: how often which rule, and when
  bool operator==(const ObjectFacts&) const = default;
};

KeyValues to_key_values(const ObjectFacts& facts);

// --- names ---------------------------------------------------------------------

std::string raw_path(std::string_view table, const std::optional<Day>& feed_date);
std::string clean_path(std::string_view table, const std::optional<Month>& month);
std::string gold_path(std::string_view table, const std::optional<Month>& month);
// What lies beside a clean or raw object: the rows that were refused while it was made, and
// the findings about the others. `made_by` is the layer of that object.
enum class Beside : std::uint8_t { quarantine, findings };
constexpr std::array<std::string_view, 2> labels(Beside) { return {"quarantine", "findings"}; }
std::string beside_path(Beside which, std::string_view table, Layer made_by,
                        const std::optional<Day>& date, const std::optional<Month>& month);
// The day or month that the folder of an object stands for; nothing for a snapshot's.
std::string_view partition_of(std::string_view path);  // "2024-01" of "…/month=2024-01/part-0…"
std::optional<Day> feed_date_of(std::string_view path);
std::optional<Month> month_of_path(std::string_view path);

// Safe to share between threads.
class Lake {
 public:
  explicit Lake(const std::string& uri, Expect expect = Expect::anything);

  // The objects of one table in a layer, by path, with their facts. Facts come from the
  // layer's index, and from the footer where the index does not know the object.
  std::map<std::string, ObjectFacts> objects(Layer layer, std::string_view table);
  // Those whose path begins with `prefix`, a folder with its slash.
  std::map<std::string, ObjectFacts> objects(const std::string& prefix);
  std::optional<ObjectFacts> facts(const std::string& path);
  // Its length; nothing when there is no such object.
  std::optional<std::int64_t> bytes_of(const std::string& path);

  template <class Row>
  columnar::Batch read(const std::string& path, Layer layer, ColumnSet wanted = all_columns) {
    return read_table<Row>(store_->open_whole(path), store_->display(path), layer, wanted);
  }

  void put(const std::string& path, const std::string& bytes, const ObjectFacts& facts);
  void remove(const std::string& path);
  // Writes the index of every layer that changed. An optimisation only: without it the next
  // run reads footers.
  void save_index();

  ObjectStore& store() { return *store_; }

 private:
  struct Known {
    StoredObject object;
    std::optional<ObjectFacts> facts;
  };
  struct Shelf {  // one top folder
    bool is_loaded = false;
    bool is_changed = false;
    std::map<std::string, Known> objects;
  };
  Shelf& shelf_of(const std::string& path);
  void load(const std::string& folder, Shelf& shelf);
  const ObjectFacts& facts_of(Known& known);
  void settle_versions(const std::string& folder, Shelf& shelf);

  std::unique_ptr<ObjectStore> store_;
  std::mutex lock_;
  std::map<std::string, Shelf> shelves_;
};

}  // namespace retailsim::lake
