// A lake of two months of receipts and one published table: what is loaded is known by heart.
#pragma once

#include "lake/publish.h"
#include "support/temporary_folder.h"

namespace retailsim::warehouse {

class SmallLake {
 public:
  SmallLake() : lake(folder_.path().string()) {
    put_clean<Store>(std::nullopt, "stores");
    put_clean<Visit>(january, "visits of January");
    put_clean<Visit>(february, "visits of February");
    publish("KPIs of January");
  }

  template <class Row>
  void put_clean(const std::optional<Month>& month, const std::string& inputs) {
    const lake::ObjectFacts facts{inputs, 0};
    lake::TableWriter<Row> writer(Layer::clean);
    lake.put(lake::clean_path(Row::table, month), writer.finish(to_key_values(facts)), facts);
  }

  void publish(const std::string& inputs) {
    const lake::ObjectFacts facts{inputs, 0};
    lake::TableWriter<StoreMonth> writer(Layer::gold);
    const std::string path = lake::gold_path("store_month", january);
    lake::publish(lake, {{path, writer.finish(to_key_values(facts)), facts}}, {path},
                  {"1", {}, {}, {}});
  }

  static constexpr Month january{2024 * 12}, february{2024 * 12 + 1};

 private:
  TemporaryFolder folder_;

 public:
  lake::Lake lake;
};

}  // namespace retailsim::warehouse
