#include "python/streams.h"

#include <arrow/api.h>
#include <arrow/c/bridge.h>
#include <nanobind/stl/optional.h>
#include <nanobind/stl/shared_ptr.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/vector.h>

#include <thread>

#include "base/arrow_status.h"
#include "pipeline/table_stream.h"
#include "python/arguments.h"
#include "python/arrow_batch.h"
#include "python/interruptible.h"

namespace retailsim::python {
namespace {

namespace nb = nanobind;
using nb::literals::operator""_a;
using Batches = std::optional<std::vector<columnar::Batch>>;

// A struct of Arrow's C data interface, owned by a capsule until a consumer moves it away.
template <class Exported>
nb::capsule in_capsule(std::unique_ptr<Exported> exported, const char* name) {
  return nb::capsule(exported.release(), name, [](void* pointer) noexcept {
    auto* const owned = static_cast<Exported*>(pointer);
    if (owned->release != nullptr) owned->release(owned);
    delete owned;  // NOLINT(cppcoreguidelines-owning-memory)
  });
}

// Raises KeyboardInterrupt as soon as Python runs again, and stops the stream now: whoever reads
// it may be a library that knows nothing of signals. Only the main thread gets them; it may wait
// for the GIL without harm, as nobody waits for it with the GIL in hand.
void stop_on_ctrl_c(std::thread::id main_thread) {
  if (std::this_thread::get_id() != main_thread) return;
  const nb::gil_scoped_acquire acquire;
  if (PyErr_CheckSignals() == 0) return;
  PyErr_Clear();
  PyErr_SetInterrupt();
  throw Failure(FailureKind::interrupted, "interrupted");
}

// One table of a stream, for consumers in any library.
class TableReader : public arrow::RecordBatchReader {
 public:
  TableReader(const std::string& table, std::unique_ptr<pipeline::TableStream> stream,
              std::thread::id main_thread)
      : schema_(arrow_schema(pipeline::columns_of(table))),
        stream_(std::move(stream)),
        main_thread_(main_thread) {}

  std::shared_ptr<arrow::Schema> schema() const override { return schema_; }

  arrow::Status ReadNext(std::shared_ptr<arrow::RecordBatch>* batch) override {
    std::optional<nb::gil_scoped_release> release;
    if (PyGILState_Check() != 0) release.emplace();
    try {
      stop_on_ctrl_c(main_thread_);
      auto batches = stream_->next();
      *batch = batches ? to_arrow(std::move(batches->front())) : nullptr;
    } catch (const Failure& failure) {
      if (failure.kind() == FailureKind::interrupted)
        return arrow::Status::Cancelled(failure.what());
      return arrow::Status::Invalid(failure.what());
    } catch (const std::exception& error) {
      return arrow::Status::UnknownError(error.what());
    }
    return arrow::Status::OK();
  }

 private:
  std::shared_ptr<arrow::Schema> schema_;
  std::unique_ptr<pipeline::TableStream> stream_;
  std::thread::id main_thread_;
};

nb::capsule schema_capsule(const arrow::Schema& schema) {
  auto exported = std::make_unique<ArrowSchema>();
  check(arrow::ExportSchema(schema, exported.get()));
  return in_capsule(std::move(exported), "arrow_schema");
}

nb::tuple batch_capsules(const arrow::RecordBatch& batch) {
  auto array = std::make_unique<ArrowArray>();
  auto schema = std::make_unique<ArrowSchema>();
  check(arrow::ExportRecordBatch(batch, array.get(), schema.get()));
  return nb::make_tuple(in_capsule(std::move(schema), "arrow_schema"),
                        in_capsule(std::move(array), "arrow_array"));
}

using RecordBatch = std::shared_ptr<arrow::RecordBatch>;

// Batches of several tables at a time.
class Stream {
 public:
  explicit Stream(std::unique_ptr<pipeline::TableStream> stream) : stream_(std::move(stream)) {}

  std::optional<std::vector<RecordBatch>> next() {
    return interruptibly([this]() -> std::optional<std::vector<RecordBatch>> {
      auto batches = stream_->next();
      if (!batches) return {};
      std::vector<RecordBatch> converted;
      for (auto& batch : *batches) converted.push_back(to_arrow(std::move(batch)));
      return converted;
    });
  }

 private:
  std::unique_ptr<pipeline::TableStream> stream_;
};

// The world of a scenario, from which any number of streams may be drawn at a time.
class Chain {
 public:
  explicit Chain(const Scenario& scenario)
      : world_(interruptibly([&] { return simulate::build_world(scenario); })) {}

  std::unique_ptr<pipeline::TableStream> open(std::vector<std::string> tables,
                                              const std::optional<std::string>& from,
                                              const std::optional<std::string>& to,
                                              const std::vector<std::int64_t>& stores,
                                              int threads) const {
    pipeline::StreamOptions options;
    options.tables = std::move(tables);
    options.from = day_of(from);
    options.to = day_of(to);
    options.threads = threads_of(threads);
    for (const auto store : stores) options.stores.push_back(static_cast<std::size_t>(store) - 1);
    const nb::gil_scoped_release release;
    return std::make_unique<pipeline::TableStream>(world_, options);
  }

 private:
  std::shared_ptr<const simulate::World> world_;
};

}  // namespace

void bind_streams(nb::module_& module) {
  const auto main_thread = std::this_thread::get_id();

  nb::class_<arrow::RecordBatch>(module, "Batch", "Rows of one table.")
      .def("__len__", [](const RecordBatch& batch) { return batch->num_rows(); })
      .def("__arrow_c_schema__",
           [](const RecordBatch& batch) { return schema_capsule(*batch->schema()); })
      .def(
          "__arrow_c_array__",
          [](const RecordBatch& batch, const nb::object&) { return batch_capsules(*batch); },
          "requested_schema"_a = nb::none());

  nb::class_<Stream>(module, "Stream", "Batches of several tables at a time.")
      .def("next", &Stream::next, "A batch of each table, or None at the end.");

  nb::class_<Chain>(module, "Chain", "The world of a scenario.")
      .def(nb::init<const Scenario&>(), "scenario"_a)
      .def(
          "stream",
          [](const Chain& chain, std::vector<std::string> tables,
             const std::optional<std::string>& from, const std::optional<std::string>& to,
             const std::vector<std::int64_t>& stores, int threads) {
            return Stream(chain.open(std::move(tables), from, to, stores, threads));
          },
          "tables"_a, "from_day"_a, "to_day"_a, "stores"_a, "threads"_a)
      .def(
          "arrow_stream",
          [main_thread](const Chain& chain, const std::string& table,
                        const std::optional<std::string>& from,
                        const std::optional<std::string>& to,
                        const std::vector<std::int64_t>& stores, int threads) {
            auto exported = std::make_unique<ArrowArrayStream>();
            check(arrow::ExportRecordBatchReader(
                std::make_shared<TableReader>(table, chain.open({table}, from, to, stores, threads),
                                              main_thread),
                exported.get()));
            return in_capsule(std::move(exported), "arrow_array_stream");
          },
          "table"_a, "from_day"_a, "to_day"_a, "stores"_a, "threads"_a);

  module.def(
      "table_schema",
      [](const std::string& table) {
        return schema_capsule(*arrow_schema(pipeline::columns_of(table)));
      },
      "table"_a);
  module.def("table_names", [] {
    std::vector<std::string> names;
    for (const auto name : pipeline::streamed_tables()) names.emplace_back(name);
    return names;
  });
}

}  // namespace retailsim::python
