#include "lake/publish.h"

#include <gtest/gtest.h>

#include <fstream>

#include "base/failure.h"
#include "lake/published.h"
#include "support/temporary_folder.h"

namespace retailsim::lake {
namespace {

using namespace std::chrono;

const std::string january = gold_path("store_day", Month{2024 * 12});
const std::string february = gold_path("store_day", Month{2024 * 12 + 1});

BuiltObject built(const std::string& path, const std::string& inputs) {
  const ObjectFacts facts{inputs, 0, {}, {}, 0};
  TableWriter<StoreDay> writer(Layer::gold);
  return {path, writer.finish(to_key_values(facts)), facts};
}

Current of_run(const std::string& run_id) {
  return {run_id, Day{2024y / 1 / 1}, Day{2024y / 2 / 25}, {}};
}

std::vector<PublishedObject> listed(Lake& lake) { return read_current(lake.store())->objects; }

TEST(Publish, ListsEveryDueObjectAndRemovesTheOthers) {
  const TemporaryFolder folder;
  Lake lake(folder.path().string());
  publish(lake, {built(january, "a"), built(february, "b")}, {january, february}, of_run("1"));
  EXPECT_EQ(listed(lake), (std::vector<PublishedObject>{{january, "a", 0}, {february, "b", 0}}));
  publish(lake, {built(january, "c")}, {january}, of_run("2"));
  EXPECT_EQ(listed(lake), (std::vector<PublishedObject>{{january, "c", 0}}));
  EXPECT_FALSE(std::filesystem::exists(folder.path() / february));
  EXPECT_FALSE(is_publish_unfinished(lake));
}

TEST(Publish, TheSameSetAgainLeavesTheListAsItIs) {
  const TemporaryFolder folder;
  Lake lake(folder.path().string());
  publish(lake, {built(january, "a")}, {january}, of_run("1"));
  publish(lake, {}, {january}, of_run("2"));
  EXPECT_EQ(read_current(lake.store())->run_id, "1");
}

TEST(Publish, OneThatWasStoppedHalfWayIsNoticedAndCompleted) {
  const TemporaryFolder folder;
  {
    Lake lake(folder.path().string());
    EXPECT_FALSE(is_publish_unfinished(lake));
    publish(lake, {built(january, "a"), built(february, "b")}, {january, february}, of_run("1"));
    const BuiltObject next = built(january, "c");
    lake.put(next.path, next.bytes, next.facts);
  }
  Lake lake(folder.path().string());
  EXPECT_TRUE(is_publish_unfinished(lake));
  EXPECT_THROW(Published(lake.store(), {"store_day"}, 1ms), Failure);
  publish(lake, {built(february, "d")}, {january, february}, of_run("2"));
  EXPECT_FALSE(is_publish_unfinished(lake));
  EXPECT_EQ(Published(lake.store(), {"store_day"}).current().run_id, "2");
}

TEST(Publish, AnObjectOfWhichOnlyAPartCanBeReadIsNamedWhenItStaysSo) {
  const TemporaryFolder folder;
  Lake lake(folder.path().string());
  publish(lake, {built(january, "a")}, {january}, of_run("1"));
  std::filesystem::resize_file(folder.path() / january, 100);
  try {
    const Published published(lake.store(), {"store_day"}, 1ms);
    FAIL();
  } catch (const Failure& failure) {
    EXPECT_NE(std::string{failure.what()}.find(january), std::string::npos) << failure.what();
    EXPECT_EQ(failure.hint(), "delete the object; the next run makes it again");
  }
}

}  // namespace
}  // namespace retailsim::lake
