#include "serve/server.h"

#include <gtest/gtest.h>

#include <chrono>
#include <nlohmann/json.hpp>

#include "base/failure.h"
#include "model/schema.h"
#include "serve/feed_on_disk.h"

namespace retailsim::serve {
namespace {

using Json = nlohmann::json;

class ServerTest : public ::testing::Test {
 protected:
  ServerTest() {
    feed_.put("store", "", "{\"store_id\":1}\n{\"store_id\":2}\n");
    feed_.put("visit", "2024-01-01", visits(1, 10, "2024-01-01"));
    feed_.put("visit", "2024-01-02", "");
    feed_.put("visit", "2024-01-03", visits(11, 5, "2024-01-03"));
    feed_.put("visit", "2024-01-04", visits(16, 7, "2024-01-03"));
    start();
  }
  void start(const std::string& token = "") {
    server_.reset();
    server_ =
        std::make_unique<Server>(ServerOptions{.data = feed_.folder(), .port = 0, .token = token});
  }
  Reply ask(const std::string& path, const std::vector<std::string>& headers = {},
            const char* method = "GET") {
    return visitor_.ask(server_->url() + path, headers, method);
  }
  // Follows the links from `path` to the end.
  std::string all_pages(std::string path) {
    std::string lines;
    for (int pages = 0; !path.empty() && pages < 100; ++pages) {
      const Reply page = ask(path, {as_lines});
      EXPECT_EQ(page.status, 200) << path << page.body;
      lines += page.body;
      path = next_of(page);
    }
    return lines;
  }
  // Status, message and hint of an error, as one line.
  std::string error(const std::string& path) {
    const Reply reply = ask(path);
    const Json body = Json::parse(reply.body, nullptr, false);
    if (!body.contains("error")) return "no error: " + reply.body;
    EXPECT_EQ(body["error"]["status"], reply.status);
    return fmt::format("{} {} ({})", reply.status, body["error"].value("message", ""),
                       body["error"].value("hint", ""));
  }

  const std::string everything_ =
      visits(1, 10, "2024-01-01") + visits(11, 5, "2024-01-03") + visits(16, 7, "2024-01-03");
  FeedOnDisk feed_;
  std::unique_ptr<Server> server_;
  Visitor visitor_;
};

TEST_F(ServerTest, PagesOfAnySizePutTogetherAreTheFiles) {
  for (const char* limit : {"1", "3", "7", "10", "22", "1000"})
    EXPECT_EQ(all_pages(fmt::format("/v1/visits?limit={}", limit)), everything_) << limit;
  EXPECT_EQ(all_pages("/v1/visits"), everything_);
  EXPECT_EQ(all_pages("/v1/stores?limit=1"), "{\"store_id\":1}\n{\"store_id\":2}\n");
}

TEST_F(ServerTest, FeedDatesFromAndToAreBothIncluded) {
  EXPECT_EQ(all_pages("/v1/visits?limit=2&from=2024-01-03&to=2024-01-03"),
            visits(11, 5, "2024-01-03"));
  EXPECT_EQ(all_pages("/v1/visits?limit=2&from=2024-01-02&to=2024-01-02"), "");
  EXPECT_EQ(all_pages("/v1/visits?limit=2&from=2024-01-04"), visits(16, 7, "2024-01-03"));
  EXPECT_EQ(all_pages("/v1/visits?limit=2&to=2023-12-31"), "");
}

TEST_F(ServerTest, FiltersKeepTheRowsThatHoldTheValue) {
  EXPECT_EQ(all_pages("/v1/visits?visit_id=7"), visits(7, 1, "2024-01-01"));
  EXPECT_EQ(all_pages("/v1/visits?limit=2&business_date=2024-01-03"),
            visits(11, 5, "2024-01-03") + visits(16, 7, "2024-01-03"));
  EXPECT_EQ(all_pages("/v1/visits?limit=1&store_id=1&mission=BROWSE"),
            visits(6, 1, "2024-01-01") + visits(12, 1, "2024-01-03") + visits(18, 1, "2024-01-03"));
  EXPECT_EQ(ask("/v1/visits?limit=2&mission=BROWSE", {as_lines}).body,
            visits(3, 1, "2024-01-01") + visits(6, 1, "2024-01-01"));
  EXPECT_EQ(all_pages("/v1/visits?store_id=3"), "");
}

TEST_F(ServerTest, TheLastPageHasNoLinkEvenWhenItIsFull) {
  EXPECT_EQ(next_of(ask("/v1/visits?limit=22")), "");
  EXPECT_NE(next_of(ask("/v1/visits?limit=21")), "");
  EXPECT_EQ(next_of(ask("/v1/visits?limit=1&visit_id=7")), "");
}

TEST_F(ServerTest, TheLinkKeepsAllOtherParameters) {
  const std::string next = next_of(ask("/v1/visits?limit=1&from=2024-01-01&mission=FILL%5fIN"));
  EXPECT_TRUE(next.starts_with("/v1/visits?limit=1&from=2024-01-01&mission=FILL_IN&cursor="))
      << next;
}

TEST_F(ServerTest, ACursorSurvivesARestartAndAnotherLimit) {
  const Reply first = ask("/v1/visits?limit=12", {as_lines});
  const Reply with_cursor = ask("/v1/visits?limit=12");
  const std::string cursor = Json::parse(with_cursor.body)["next"];
  start();
  EXPECT_EQ(first.body + all_pages("/v1/visits?limit=4&cursor=" + cursor), everything_);
}

TEST_F(ServerTest, DaysAddedWhileServingShowUp) {
  EXPECT_EQ(ask("/v1/visits?from=2024-01-05", {as_lines}).body, "");
  feed_.put("visit", "2024-01-05", visits(23, 1, "2024-01-05"));
  EXPECT_EQ(ask("/v1/visits?from=2024-01-05", {as_lines}).body, visits(23, 1, "2024-01-05"));
  EXPECT_EQ(ask("/v1/manifest").body, read_file(feed_.folder() / "manifest.json"));
}

TEST_F(ServerTest, JsonHoldsTheSameRowsAsLines) {
  for (const std::string query : {"?limit=5", "?limit=100", "?visit_id=99"}) {
    const Reply lines = ask("/v1/visits" + query, {as_lines});
    const Reply json = ask("/v1/visits" + query);
    EXPECT_EQ(lines.headers.at("content-type"), "application/x-ndjson");
    EXPECT_EQ(json.headers.at("content-type"), "application/json");
    EXPECT_EQ(next_of(lines), next_of(json));
    const Json body = Json::parse(json.body);
    std::string rows;
    for (const Json& row : body["data"]) rows += row.dump() + "\n";
    std::string expected;
    for (std::size_t at = 0; at < lines.body.size();) {
      const std::size_t end = lines.body.find('\n', at) + 1;
      expected += Json::parse(lines.body.substr(at, end - at)).dump() + "\n";
      at = end;
    }
    EXPECT_EQ(rows, expected);
    const std::string next = next_of(json);
    if (next.empty()) {
      EXPECT_TRUE(body["next"].is_null());
    } else {
      EXPECT_TRUE(next.ends_with("cursor=" + body["next"].get<std::string>()));
    }
  }
}

TEST_F(ServerTest, LargePagesAreWholeInEveryForm) {
  const std::string many = visits(1, 30'000, "2024-02-01");  // 2.6 MB: many blocks
  feed_.put("visit", "2024-02-01", many);
  const std::string path = "/v1/visits?limit=100000&from=2024-02-01";
  EXPECT_TRUE(ask(path, {as_lines}).body == many);
  std::string joined = many.substr(0, many.size() - 1);
  std::ranges::replace(joined, '\n', ',');
  EXPECT_TRUE(ask(path).body == "{\"data\":[" + joined + "],\"next\":null}\n");
  std::string odd;
  for (int id = 1; id <= 30'000; id += 2) odd += visits(id, 1, "2024-02-01");
  EXPECT_TRUE(ask(path + "&store_id=2", {as_lines}).body == odd);
}

TEST_F(ServerTest, CompressedAnswersHoldTheSame) {
  feed_.put("visit", "2024-02-01", visits(1, 30'000, "2024-02-01"));
  const std::string path = "/v1/visits?limit=100000";
  for (const auto& headers : {std::vector<std::string>{}, {as_lines}}) {
    const Reply plain = ask(path, headers);
    EXPECT_EQ(plain.headers.count("content-encoding"), 0);
    Visitor packed;
    packed.accept_gzip();
    const Reply unpacked = packed.ask(server_->url() + path, headers);
    EXPECT_EQ(unpacked.headers.at("content-encoding"), "gzip");
    EXPECT_EQ(unpacked.headers.at("vary"), "Accept, Accept-Encoding");
    EXPECT_TRUE(unpacked.body == plain.body);
    EXPECT_EQ(packed.ask(server_->url() + "/healthz").status, 200);  // the chunks ended cleanly
  }
  EXPECT_EQ(ask(path, {"Accept-Encoding: gzip;q=0, *"}).headers.count("content-encoding"), 0);
}

TEST_F(ServerTest, HeadTellsTheLengthWithoutTheRows) {
  const Reply head = ask("/v1/visits?limit=5", {as_lines}, "HEAD");
  EXPECT_EQ(head.status, 200);
  EXPECT_EQ(head.body, "");
  EXPECT_EQ(head.headers.at("content-length"), std::to_string(visits(1, 5, "2024-01-01").size()));
}

TEST_F(ServerTest, ATableTheFeedLacksIsEmpty) {
  EXPECT_EQ(ask("/v1/customers").body, "{\"data\":[],\"next\":null}\n");
}

TEST_F(ServerTest, TheListNamesEveryTableAndWhereItIs) {
  const Json list = Json::parse(ask("/v1").body);
  for (const Json& table : list["tables"])
    EXPECT_EQ(ask(table["url"].get<std::string>()).status, 200) << table;
  EXPECT_EQ(list["tables"].size(), FeedTables::size);
}

TEST_F(ServerTest, MistakesAreAnsweredWithWhatWouldBeRight) {
  EXPECT_EQ(error("/v1/visit"), "404 there is nothing at /v1/visit (did you mean /v1/visits?)");
  EXPECT_EQ(error("/etc/passwd"), "404 there is nothing at /etc/passwd (/v1 lists the tables)");
  EXPECT_EQ(error("/v1/visits?limt=5"),
            "400 visits have no parameter \"limt\" (did you mean limit?)");
  EXPECT_EQ(error("/v1/visits?limit=0"),
            "400 limit=\"0\" is not a whole number from 1 to 100000 (limit=1000)");
  EXPECT_EQ(error("/v1/visits?limit=100001").substr(0, 10), "400 limit=");
  EXPECT_EQ(error("/v1/visits?limit=").substr(0, 10), "400 limit=");
  EXPECT_EQ(error("/v1/visits?limit=1&limit=2"),
            "400 limit is given twice (give each parameter once)");
  EXPECT_EQ(error("/v1/visits?from=2024-01-02&to=2024-01-01"),
            "400 from=2024-01-02 is after to=2024-01-01 (exchange them: both days are included)");
  EXPECT_EQ(error("/v1/visits?from=2024-02-30"),
            "400 from=\"2024-02-30\" is not a date (such as 2024-01-31)");
  EXPECT_EQ(error("/v1/stores?from=2024-01-01"),
            "400 stores are delivered whole, so from has no meaning here (ask for /v1/stores "
            "without it)");
  EXPECT_EQ(
      error("/v1/visits?mission=BROWS"),
      "400 mission=\"BROWS\" is not one of FILL_IN, STOCK_UP, BROWSE, PICKUP (mission=BROWSE)");
  EXPECT_EQ(error("/v1/visits?store_id=-1"),
            "400 store_id=\"-1\" is not a whole number from 0 to 9007199254740991 ()");
  EXPECT_EQ(error("/v1/visits?business_date=today"),
            "400 business_date=\"today\" is not a date such as 2024-01-31 ()");
  EXPECT_EQ(error("/v1/visits?store_id=%zz").substr(0, 14), "400 \"store_id=");
}

TEST_F(ServerTest, ABrokenOrForeignCursorIsRefused) {
  const std::string good = Json::parse(ask("/v1/visits?limit=3&store_id=1").body)["next"];
  const auto is_refused = [&](const std::string& path) {
    return error(path).starts_with("400 this cursor was not given for these rows");
  };
  EXPECT_EQ(ask("/v1/visits?store_id=1&cursor=" + good).status, 200);
  EXPECT_TRUE(is_refused("/v1/visits?cursor=" + good));
  EXPECT_TRUE(is_refused("/v1/visits?store_id=2&cursor=" + good));
  EXPECT_TRUE(is_refused("/v1/transactions?store_id=1&cursor=" + good));
  EXPECT_TRUE(is_refused("/v1/visits?store_id=1&from=2024-01-03&cursor=" + good));
  EXPECT_TRUE(is_refused("/v1/visits?store_id=1&cursor=x" + good));
  EXPECT_TRUE(is_refused("/v1/visits?store_id=1&cursor="));
  EXPECT_TRUE(is_refused("/v1/visits?store_id=1&cursor=2024-01-01.0.0000000000000000"));
  feed_.rename_feed("another scenario");
  EXPECT_TRUE(is_refused("/v1/visits?store_id=1&cursor=" + good));
}

TEST_F(ServerTest, OnlyReadingIsPossible) {
  const Reply reply = ask("/v1/visits", {}, "POST");
  EXPECT_EQ(reply.status, 405);
  EXPECT_EQ(reply.headers.at("allow"), "GET, HEAD");
}

TEST_F(ServerTest, AFormatThatRowsDoNotHaveIsRefused) {
  EXPECT_EQ(ask("/v1/visits", {"Accept: text/csv"}).status, 406);
}

TEST_F(ServerTest, AFileThatIsGoneOrShortIsSaidSoWithoutItsPath) {
  const auto file = feed::file_of(feed_.folder(), "visit", parse_day("2024-01-03"));
  std::filesystem::resize_file(file, 100);
  EXPECT_TRUE(
      error("/v1/visits")
          .starts_with("500 the visit file of 2024-01-03 has 100 bytes, the manifest says "));
  std::filesystem::remove(file);
  EXPECT_TRUE(error("/v1/visits").starts_with("500 the visit file of 2024-01-03 is missing"));
  EXPECT_EQ(ask("/v1/visits?to=2024-01-01").status, 200);
  std::filesystem::remove(feed_.folder() / "manifest.json");
  EXPECT_TRUE(error("/v1/visits").starts_with("500 the feed's manifest cannot be read"));
  EXPECT_EQ(ask("/v1/visits").body.find(feed_.folder().filename().string()), std::string::npos);
}

TEST_F(ServerTest, ATokenOpensEverythingAndItsAbsenceOnlyTheHealthCheck) {
  start("open sesame");
  const Reply refused = ask("/v1/visits");
  EXPECT_EQ(refused.status, 401);
  EXPECT_TRUE(refused.headers.at("www-authenticate").starts_with("Bearer"));
  EXPECT_EQ(ask("/v1", {"Authorization: Bearer open"}).status, 401);
  EXPECT_EQ(ask("/v1", {"Authorization: Basic open sesame"}).status, 401);
  EXPECT_EQ(ask("/v1/nothing").status, 401);
  EXPECT_EQ(ask("/v1", {"Authorization: bearer open sesame"}).status, 200);
  const Reply health = ask("/healthz");
  EXPECT_EQ(health.status, 200);
  EXPECT_EQ(Json::parse(health.body)["status"], "ok");
}

TEST_F(ServerTest, OneConnectionServesManyRequests) {
  EXPECT_EQ(ask("/healthz").connections, 1);
  EXPECT_EQ(ask("/v1/visits?limit=3").connections, 0);
  EXPECT_EQ(ask("/v1/nothing").connections, 0);
  EXPECT_EQ(ask("/v1/visits?limit=3", {as_lines}).connections, 0);
}

TEST_F(ServerTest, AFolderWithoutFeedIsWrongUsage) {
  try {
    const Server server{{.data = feed_.folder() / "visit", .port = 0}};
    FAIL() << "served a folder without manifest";
  } catch (const Failure& failure) {
    EXPECT_EQ(failure.kind(), FailureKind::wrong_usage);
  }
}

TEST_F(ServerTest, APortInUseIsNamed) {
  try {
    const Server second{{.data = feed_.folder(), .port = server_->port()}};
    FAIL() << "two servers on one port";
  } catch (const Failure& failure) {
    EXPECT_EQ(failure.kind(), FailureKind::unreachable);
    EXPECT_EQ(failure.what(), fmt::format("cannot listen on 127.0.0.1:{}: Address already in use",
                                          server_->port()));
  }
}

}  // namespace
}  // namespace retailsim::serve
