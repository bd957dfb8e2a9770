#include "lake/current.h"

#include <fmt/core.h>

#include <nlohmann/json.hpp>

#include "base/failure.h"
#include "base/text.h"

namespace retailsim::lake {
namespace {

using Json = nlohmann::ordered_json;

constexpr int format = 1;
const std::string path = "gold/_current.json";

Json to_json(const std::optional<Day>& day) { return day ? Json(to_text(*day)) : Json(nullptr); }

std::optional<Day> day_from(const Json& value) {
  return value.is_string() ? parse_day(value.get<std::string>()) : std::nullopt;
}

}  // namespace

std::optional<Current> read_current(ObjectStore& store) {
  const auto text = store.read(path);
  if (!text) return std::nullopt;
  try {
    const Json whole = Json::parse(*text);
    if (whole.at("format").get<int>() > format) {
      throw Failure(FailureKind::wrong_usage,
                    fmt::format("{} was written by a newer version", store.display(path)),
                    "use the version of retailsim that wrote it");
    }
    Current current{whole.at("run_id").get<std::string>(),
                    day_from(whole.at("data_from")),
                    day_from(whole.at("data_through")),
                    {}};
    for (const auto& object : whole.at("objects")) {
      current.objects.push_back({object.at("path").get<std::string>(),
                                 object.at("inputs").get<std::string>(),
                                 object.at("rows").get<std::int64_t>()});
    }
    return current;
  } catch (const Json::exception& error) {
    throw Failure(
        FailureKind::corrupt_data,
        fmt::format("{} can't be understood: {}", store.display(path), plain_reason(error.what())),
        "remove it; the next transform writes it again");
  }
}

void write_current(ObjectStore& store, const Current& current) {
  Json objects = Json::array();
  for (const auto& object : current.objects) {
    objects.push_back({{"path", object.path}, {"inputs", object.inputs}, {"rows", object.rows}});
  }
  const Json whole = {{"format", format},
                      {"run_id", current.run_id},
                      {"data_from", to_json(current.data_from)},
                      {"data_through", to_json(current.data_through)},
                      {"objects", std::move(objects)}};
  store.put(path, whole.dump(1) + "\n");
}

}  // namespace retailsim::lake
