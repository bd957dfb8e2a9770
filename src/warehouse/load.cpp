#include "warehouse/load.h"

#include <fmt/core.h>

#include <algorithm>
#include <memory>
#include <mutex>
#include <set>

#include "base/failure.h"
#include "base/parallel.h"
#include "base/pause.h"
#include "base/progress.h"
#include "base/sha256.h"
#include "warehouse/data_api_errors.h"
#include "warehouse/views.h"

namespace retailsim::warehouse {
namespace {

Ledger read_ledger_of(DataApi& api) {
  const std::string name = "retailsim: what is loaded";
  auto result = api.query(read_ledger(), name);
  const auto says = [&](const char* words) {
    return result.error && result.error->find(words) != std::string::npos;
  };
  if (says("retailsim") && says("does not exist")) {
    // The first load. Not made each time: that needs rights which a daily load need not have.
    if (const auto error = api.run_as_one(create_ledger(), name))
      throw_failed_statement("make the table retailsim.loaded", *error);
    return {};
  }
  if (result.error) throw_failed_statement("read retailsim.loaded", *result.error);
  return Ledger(result.rows);
}

// One load; its parts are done by several threads.
class Loader {
 public:
  Loader(const LoadOptions& options, const Service& service, const Target& target, lake::Lake& lake)
      : options_(options), service_(service), target_(target), lake_(lake) {}

  LoadResult run() {
    auto first = make_api();
    const Ledger ledger = read_ledger_of(*first);
    std::vector<TablePlan> plans;
    std::int64_t units = 0;
    for (const auto& table : load_tables(options_.layers, options_.tables)) {
      plans.push_back(plan_table(lake_, table, ledger, options_.again));
      units += std::ssize(plans.back().load);
    }
    {
      Progress progress("redshift", units, options_.quiet);
      progress_ = &progress;
      const int threads = std::max(1, options_.threads);
      std::vector<std::unique_ptr<DataApi>> apis(static_cast<std::size_t>(threads));
      apis[0] = std::move(first);
      // Tables at a time, not units: two transactions that write one table wait for each other.
      parallel_for(plans.size(), threads, [&](std::size_t at, int worker) {
        auto& api = apis[static_cast<std::size_t>(worker)];
        if (!api) api = make_api();
        load_table(*api, plans[at]);
      });
      first = std::move(apis[0]);
      for (const auto& api : apis)
        if (api) result_.retries += api->retries();
      progress_ = nullptr;
    }
    remove_old_manifests(plans);
    if (options_.refresh_views) {
      const bool are_gone = options_.again || std::ranges::any_of(plans, &TablePlan::is_replaced);
      refresh_views(*first, ledger, are_gone);
    }
    result_.retries += first->retries();
    return std::move(result_);
  }

 private:
  std::unique_ptr<DataApi> make_api() const {
    return std::make_unique<DataApi>(service_, target_, options_.retry, options_.patience);
  }

  void load_table(DataApi& api, const TablePlan& plan) {
    const std::string name = plan.table.sql_name();
    TableLoad done{.current = plan.current};
    if (plan.is_new) {
      // Safe to repeat from the start: the ledger is told last.
      const Statements all = create_table(plan.table, plan.declaration, plan.is_replaced);
      for (std::size_t from = 0; from < all.size(); from += most_statements) {
        const auto count = std::min(most_statements, all.size() - from);
        transact(api, std::span(all).subspan(from, count), fmt::format("make {}", name));
      }
    }
    for (const auto& month : plan.remove) {
      transact(api, removal_statements(plan.table, month),
               fmt::format("remove {} {}", name, LoadUnit::part_name(month)));
      ++done.removed;
    }
    for (const LoadUnit& unit : plan.load) {
      stop_if_interrupted();
      lake_.store().put(unit.manifest_path(), manifest_text(unit, options_.location));
      transact(api, load_statements(unit, options_.location, options_.iam_role),
               fmt::format("load {} {}", name, unit.part()));
      ++done.loaded;
      done.rows += unit.rows;
      progress_->advance(unit.rows);
    }
    const std::scoped_lock hold{lock_};
    result_.tables[std::string{plan.table.facts->name}] = done;
  }

  // Runs statements as one transaction, again where others were in the way.
  void transact(DataApi& api, std::span<const std::string> statements, const std::string& what) {
    for (int failures = 1;; ++failures) {
      const auto error = api.run_as_one(statements, "retailsim: " + what);
      if (!error) return;
      if (!is_conflict(*error) || failures >= options_.retry.tries)
        throw_failed_statement(what, *error);
      pause(extract::longest_wait(options_.retry, failures));
      const std::scoped_lock hold{lock_};
      ++result_.retries;
    }
  }

  void remove_old_manifests(const std::vector<TablePlan>& plans) {
    std::set<std::string> due;
    for (const auto& plan : plans) due.insert(plan.manifests.begin(), plan.manifests.end());
    for (const auto& object : lake_.store().list("_redshift")) {
      const bool is_ours = std::ranges::any_of(plans, [&](const TablePlan& plan) {
        return object.path.starts_with(manifest_folder(plan.table));
      });
      if (is_ours && !due.contains(object.path)) lake_.store().remove(object.path);
    }
  }

  // `are_gone`: a table was replaced, and took those on it with it.
  void refresh_views(DataApi& api, const Ledger& ledger, bool are_gone) {
    const auto run = [&](const std::string& statement, const std::string& what) {
      stop_if_interrupted();
      if (const auto error = api.run(statement, "retailsim: " + what))
        throw_failed_statement(what, *error);
    };
    const std::string part{view_part};
    bool has_schemas = false;
    // Not as one transaction: a refresh is one of its own.
    for (const View& view : materialized_views()) {
      const std::string fingerprint = sha256(view.create);
      if (!are_gone && ledger.fingerprint(view.name, part) == fingerprint) {
        run(fmt::format("REFRESH MATERIALIZED VIEW {}", view.name), "refresh " + view.name);
        ++result_.views_refreshed;
        continue;
      }
      if (!std::exchange(has_schemas, true))
        for (const auto& schema : view_schemas()) run(schema, "make the schema of views");
      run(fmt::format("DROP MATERIALIZED VIEW IF EXISTS {}", view.name), "remove " + view.name);
      run(view.create, "make " + view.name);
      run(note_statement(view.name, part, fingerprint), "note " + view.name);
      ++result_.views_made;
    }
  }

  const LoadOptions& options_;
  const Service& service_;
  const Target& target_;
  lake::Lake& lake_;
  Progress* progress_ = nullptr;
  std::mutex lock_;
  LoadResult result_;
};

}  // namespace

LoadResult load(const LoadOptions& options, const Service& service, const Target& target,
                lake::Lake& lake) {
  require_published(lake);
  return Loader(options, service, target, lake).run();
}

}  // namespace retailsim::warehouse
