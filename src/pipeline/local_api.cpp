#include "pipeline/local_api.h"

#include "base/failure.h"
#include "model/schema.h"

namespace retailsim::pipeline {

LocalApi local_api(const std::string& api, const std::string& data, int threads) {
  if (api.empty() == data.empty()) {
    throw Failure(FailureKind::wrong_usage, "name an API with --api, or a feed folder with --data",
                  "retailsim extract --data data_api --lake lake");
  }
  if (!api.empty()) return {nullptr, api.substr(0, api.find_last_not_of('/') + 1)};
  serve::ServerOptions options;
  options.data = data;
  options.port = 0;
  options.threads = threads;
  LocalApi local{std::make_unique<serve::Server>(options), ""};
  local.url = local.server->url();
  return local;
}

std::vector<std::string> feed_table_names() {
  std::vector<std::string> names;
  FeedTables::for_each([&]<class Row>() { names.emplace_back(Row::table); });
  return names;
}

}  // namespace retailsim::pipeline
