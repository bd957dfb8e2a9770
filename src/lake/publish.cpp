#include "lake/publish.h"

#include <algorithm>

#include "base/parallel.h"

namespace retailsim::lake {
namespace {

// Every gold object there is, sorted by path.
std::vector<PublishedObject> objects_in(Lake& lake) {
  std::vector<PublishedObject> all;
  GoldTables::for_each([&]<class Row>() {
    for (const auto& [path, facts] : lake.objects(Layer::gold, Row::table))
      all.push_back({path, facts.inputs, facts.rows});
  });
  std::ranges::sort(all, {}, &PublishedObject::path);
  return all;
}

}  // namespace

void publish(Lake& lake, const std::vector<BuiltObject>& built, const std::set<std::string>& due,
             Current current) {
  stop_if_interrupted();
  parallel_for(
      built.size(), lake.store().busy_threads(1),
      [&](std::size_t at, int) { lake.put(built[at].path, built[at].bytes, built[at].facts); },
      OnInterrupt::finish);
  current.objects = objects_in(lake);
  std::erase_if(current.objects, [&](const PublishedObject& object) {
    const bool is_over = !due.contains(object.path);
    if (is_over) lake.remove(object.path);
    return is_over;
  });
  const auto before = read_current(lake.store());
  const bool is_same = before && before->objects == current.objects &&
                       before->data_from == current.data_from &&
                       before->data_through == current.data_through;
  if (!is_same) write_current(lake.store(), current);
}

bool is_publish_unfinished(Lake& lake) {
  const auto current = read_current(lake.store());
  return objects_in(lake) != (current ? current->objects : std::vector<PublishedObject>{});
}

}  // namespace retailsim::lake
