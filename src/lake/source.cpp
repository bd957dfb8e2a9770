#include "lake/source.h"

#include <fmt/core.h>

#include <nlohmann/json.hpp>

#include "base/failure.h"
#include "base/text.h"

namespace retailsim::lake {
namespace {

using Json = nlohmann::ordered_json;

const std::string path = "raw/_source.json";

}  // namespace

std::optional<LakeSource> read_source(ObjectStore& store) {
  const auto text = store.read(path);
  if (!text) return std::nullopt;
  try {
    const Json whole = Json::parse(*text);
    return LakeSource{whole.at("source").get<std::string>(), whole.at("digest").get<std::string>(),
                      whole.at("seed").get<std::uint64_t>()};
  } catch (const Json::exception& error) {
    throw Failure(
        FailureKind::corrupt_data,
        fmt::format("{} can't be understood: {}", store.display(path), plain_reason(error.what())),
        "extract again with --overwrite into an empty folder");
  }
}

void write_source(ObjectStore& store, const LakeSource& source) {
  const Json whole = {{"source", source.source}, {"digest", source.digest}, {"seed", source.seed}};
  store.put(path, whole.dump(1) + "\n");
}

}  // namespace retailsim::lake
