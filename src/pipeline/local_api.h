// An API to read: one that stands already, or a server of our own over a feed folder that
// lives as long as this object.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "serve/server.h"

namespace retailsim::pipeline {

struct LocalApi {
  std::unique_ptr<serve::Server> server;  // null for an API that stands already
  std::string url;                        // without a slash at its end
};

// Exactly one of `api` and `data` must be given; Failure(wrong_usage) otherwise.
LocalApi local_api(const std::string& api, const std::string& data, int threads);

// The names of all tables that a feed may hold.
std::vector<std::string> feed_table_names();

}  // namespace retailsim::pipeline
