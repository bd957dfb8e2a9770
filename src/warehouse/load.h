// Loads a lake on S3 into Amazon Redshift, unit by unit. What Redshift has already (by its own
// ledger) is left alone; each other unit replaces its rows in one transaction, together with its
// row of the ledger. So a load that was stopped, wherever that was, is completed by the next one,
// and no row is there twice.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "lake/lake.h"
#include "warehouse/data_api.h"
#include "warehouse/load_sql.h"

namespace retailsim::warehouse {

struct LoadOptions {
  std::vector<Layer> layers{Layer::clean, Layer::gold};
  std::vector<std::string> tables = {};  // empty: all of these layers
  std::string location = "";             // the lake as Redshift reads it: s3://bucket/prefix
  std::string iam_role = "default";
  bool refresh_views = false;  // makes what views are missing, too
  bool again = false;          // loads everything, whatever the ledger says
  extract::RetryPolicy retry = {};
  std::chrono::seconds patience{3600};  // for one statement
  int threads = 1;                      // tables at a time
  bool quiet = true;
};

struct TableLoad {
  std::int64_t loaded = 0, removed = 0, current = 0;  // units
  std::int64_t rows = 0;                              // in those that were loaded
};

struct LoadResult {
  std::map<std::string, TableLoad> tables;
  std::int64_t views_made = 0, views_refreshed = 0;
  std::int64_t retries = 0;  // of requests and of transactions
};

// Throws Failure: that of require_published(), or of what Redshift refused; what was loaded until
// then stays.
LoadResult load(const LoadOptions& options, const Service& service, const Target& target,
                lake::Lake& lake);

// Statements that belong together, for people to read and run.
struct ScriptPart {
  std::string title;
  bool is_transaction = false;
  Statements statements;
};
struct Script {
  std::vector<ScriptPart> parts;
  std::map<std::string, std::string> manifests;  // by URL
};

// All that load() would run on an empty database.
Script load_script(const LoadOptions& options, lake::Lake& lake);
// Tables, COPY and views for who runs them by other means: once, on an empty database. They need
// the manifests in the lake.
Script sql_script(const LoadOptions& options, lake::Lake& lake);
void write_manifests(const Script& script, const LoadOptions& options, lake::Lake& lake);
// SQL with the manifests as comments.
std::string script_text(const Script& script);

}  // namespace retailsim::warehouse
