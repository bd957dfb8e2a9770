#include "lake/lake.h"

#include <fmt/core.h>

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>

#include "base/failure.h"
#include "model/table_facts.h"

namespace retailsim::lake {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view file_name = "part-0.parquet";

std::int64_t to_number(const std::string& text) {
  std::int64_t number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

std::optional<ObjectFacts> from_key_values(const KeyValues& values) {
  const auto get = [&](const char* name) {
    const auto found = values.find(name);
    return found == values.end() ? std::string{} : found->second;
  };
  if (get("inputs").empty()) return std::nullopt;
  return ObjectFacts{get("inputs"),
                     to_number(get("rows")),
                     parse_day(get("date_from")),
                     parse_day(get("date_to")),
                     to_number(get("quarantined")),
                     to_number(get("findings")),
                     get("tally")};
}

std::string by_month(std::string_view layer, std::string_view table,
                     const std::optional<Month>& month) {
  if (!month) return fmt::format("{}/{}/{}", layer, table, file_name);
  return fmt::format("{}/{}/{}{}/{}", layer, table,
                     table_called(table).has_column("month") ? "" : "month=", to_text(*month),
                     file_name);
}

std::string index_path(const std::string& folder) { return fmt::format("_index/{}.json", folder); }

}  // namespace

KeyValues to_key_values(const ObjectFacts& facts) {
  KeyValues values{{"inputs", facts.inputs},
                   {"quarantined", fmt::format("{}", facts.quarantined)},
                   {"findings", fmt::format("{}", facts.findings)}};
  if (!facts.tally.empty()) values["tally"] = facts.tally;
  if (facts.from) values["date_from"] = to_text(*facts.from);
  if (facts.to) values["date_to"] = to_text(*facts.to);
  return values;
}

std::string raw_path(std::string_view table, const std::optional<Day>& feed_date) {
  return feed_date ? fmt::format("raw/{}/feed_date={}/{}", table, to_text(*feed_date), file_name)
                   : fmt::format("raw/{}/{}", table, file_name);
}

std::string clean_path(std::string_view table, const std::optional<Month>& month) {
  return by_month("clean", table, month);
}

std::string gold_path(std::string_view table, const std::optional<Month>& month) {
  return by_month("gold", table, month);
}

std::string beside_path(Beside which, std::string_view table, Layer made_by,
                        const std::optional<Day>& date, const std::optional<Month>& month) {
  std::string path = fmt::format("{}/{}/stage={}/", label(which), table,
                                 label(made_by == Layer::raw ? FoundBy::validate : FoundBy::clean));
  if (date) path += to_text(*date) + "/";
  if (month) path += to_text(*month) + "/";
  path += file_name;
  return path;
}

std::string_view partition_of(std::string_view path) {
  path = path.substr(0, path.rfind('/'));
  path = path.substr(path.rfind('/') + 1);
  return path.substr(path.find('=') + 1);
}

std::optional<Day> feed_date_of(std::string_view path) { return parse_day(partition_of(path)); }

std::optional<Month> month_of_path(std::string_view path) {
  return parse_month(partition_of(path));
}

Lake::Lake(const std::string& uri, Expect expect) : store_(open_store(uri, expect)) {}

Lake::Shelf& Lake::shelf_of(const std::string& path) {
  const std::string folder = path.substr(0, path.find('/'));
  Shelf& shelf = shelves_[folder];
  if (!shelf.is_loaded) load(folder, shelf);
  return shelf;
}

void Lake::load(const std::string& folder, Shelf& shelf) {
  for (auto& object : store_->list(folder)) {
    const std::string path = object.path;
    shelf.objects.emplace(path, Known{std::move(object), std::nullopt});
  }
  shelf.is_loaded = true;
  const auto text = store_->read(index_path(folder));
  if (!text) return;
  const Json index = Json::parse(*text, nullptr, false);
  if (!index.is_object()) return;  // a cache that can't be read is as good as none
  for (const auto& [path, entry] : index.items()) {
    const auto known = shelf.objects.find(path);
    if (known == shelf.objects.end() || !entry.is_object() ||
        entry.value("version", "") != known->second.object.version ||
        entry.value("bytes", std::int64_t{-1}) != known->second.object.bytes)
      continue;
    known->second.facts = ObjectFacts{entry.value("inputs", ""),
                                      entry.value("rows", std::int64_t{0}),
                                      parse_day(entry.value("date_from", "")),
                                      parse_day(entry.value("date_to", "")),
                                      entry.value("quarantined", std::int64_t{0}),
                                      entry.value("findings", std::int64_t{0}),
                                      entry.value("tally", "")};
  }
}

const ObjectFacts& Lake::facts_of(Known& known) {
  if (!known.facts) {
    const auto& path = known.object.path;
    known.facts = from_key_values(read_facts(store_->open(path), store_->display(path)));
    if (!known.facts) {
      throw Failure(FailureKind::corrupt_data,
                    fmt::format("{} was not written by retailsim", store_->display(path)),
                    "remove it from the lake");
    }
    shelves_[path.substr(0, path.find('/'))].is_changed = true;
  }
  return *known.facts;
}

std::map<std::string, ObjectFacts> Lake::objects(Layer layer, std::string_view table) {
  return objects(fmt::format("{}/{}/", label(layer), table));
}

std::map<std::string, ObjectFacts> Lake::objects(const std::string& prefix) {
  const std::scoped_lock hold{lock_};
  std::map<std::string, ObjectFacts> found;
  auto& all = shelf_of(prefix).objects;
  for (auto at = all.lower_bound(prefix); at != all.end() && at->first.starts_with(prefix); ++at)
    found.emplace(at->first, facts_of(at->second));
  return found;
}

std::optional<ObjectFacts> Lake::facts(const std::string& path) {
  const std::scoped_lock hold{lock_};
  auto& all = shelf_of(path).objects;
  const auto found = all.find(path);
  if (found == all.end()) return std::nullopt;
  return facts_of(found->second);
}

std::optional<std::int64_t> Lake::bytes_of(const std::string& path) {
  const std::scoped_lock hold{lock_};
  const auto& all = shelf_of(path).objects;
  const auto found = all.find(path);
  return found == all.end() ? std::nullopt : std::optional{found->second.object.bytes};
}

void Lake::put(const std::string& path, const std::string& bytes, const ObjectFacts& facts) {
  StoredObject stored = store_->put(path, bytes);
  const std::scoped_lock hold{lock_};
  Shelf& shelf = shelf_of(path);
  shelf.objects[path] = Known{std::move(stored), facts};
  shelf.is_changed = true;
}

void Lake::remove(const std::string& path) {
  const std::scoped_lock hold{lock_};
  Shelf& shelf = shelf_of(path);
  if (shelf.objects.erase(path) == 0) return;
  store_->remove(path);
  shelf.is_changed = true;
}

// Fills in what only a listing could tell about objects that were written since.
void Lake::settle_versions(const std::string& folder, Shelf& shelf) {
  const auto is_open = [](const auto& each) { return each.second.object.version.empty(); };
  if (std::ranges::none_of(shelf.objects, is_open)) return;
  for (const auto& listed : store_->list(folder)) {
    const auto found = shelf.objects.find(listed.path);
    if (found == shelf.objects.end() || !is_open(*found)) continue;
    if (found->second.object.bytes == listed.bytes) found->second.object.version = listed.version;
  }
}

void Lake::save_index() {
  const std::scoped_lock hold{lock_};
  for (auto& [folder, shelf] : shelves_) {
    if (!shelf.is_changed) continue;
    settle_versions(folder, shelf);
    Json index = Json::object();
    for (const auto& [path, known] : shelf.objects) {
      if (!known.facts || known.object.version.empty()) continue;
      Json& entry = index[path] = {{"version", known.object.version},
                                   {"bytes", known.object.bytes},
                                   {"inputs", known.facts->inputs},
                                   {"rows", known.facts->rows}};
      if (known.facts->from) entry["date_from"] = to_text(*known.facts->from);
      if (known.facts->to) entry["date_to"] = to_text(*known.facts->to);
      if (known.facts->quarantined > 0) entry["quarantined"] = known.facts->quarantined;
      if (known.facts->findings > 0) entry["findings"] = known.facts->findings;
      if (!known.facts->tally.empty()) entry["tally"] = known.facts->tally;
    }
    store_->put(index_path(folder), index.dump(1) + "\n");
    shelf.is_changed = false;
  }
}

}  // namespace retailsim::lake
