// A small feed in a folder of its own, and a plain HTTP client to ask a server for it.
#pragma once

#include <curl/curl.h>
#include <fmt/core.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/files.h"
#include "base/sha256.h"
#include "feed/manifest.h"

namespace retailsim::serve {

class FeedOnDisk {
 public:
  FeedOnDisk() {
    std::string name = (std::filesystem::temp_directory_path() / "retailsim-feed-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
    folder_ = name;
    manifest_.source = "corner shop";
    manifest_.digest = "d1";
    publish();
  }
  ~FeedOnDisk() { std::filesystem::remove_all(folder_); }
  FeedOnDisk(const FeedOnDisk&) = delete;
  FeedOnDisk& operator=(const FeedOnDisk&) = delete;

  void put(const std::string& table, const std::string& date, const std::string& lines) {
    const auto day = date.empty() ? std::nullopt : parse_day(date);
    write_file_whole(feed::file_of(folder_, table, day), lines, false);
    manifest_.tables[table][day] = {std::ranges::count(lines, '\n'),
                                    static_cast<std::int64_t>(lines.size()), sha256(lines)};
    publish();
  }
  void rename_feed(const std::string& digest) {
    manifest_.digest = digest;
    publish();
  }
  const std::filesystem::path& folder() const { return folder_; }

 private:
  void publish() { write_file_whole(folder_ / "manifest.json", feed::to_json(manifest_), false); }

  std::filesystem::path folder_;
  feed::Manifest manifest_;
};

// Visits 1..count of alternating stores 1 and 2, the way the feed writes them.
inline std::string visits(int first, int count, std::string_view date) {
  std::string lines;
  for (int id = first; id < first + count; ++id) {
    lines += fmt::format(
        "{{\"visit_id\":{},\"store_id\":{},\"business_date\":\"{}\",\"mission\":\"{}\"}}\n", id,
        1 + id % 2, date, id % 3 == 0 ? "BROWSE" : "FILL_IN");
  }
  return lines;
}

struct Reply {
  long status = 0;
  std::map<std::string, std::string> headers;  // names in lower case
  std::string body;
  long connections = 0;  // that had to be made for it
};

// A client that keeps its connection. It asks for no compression unless told to.
class Visitor {
 public:
  Visitor() : curl_(curl_easy_init()) {}
  ~Visitor() { curl_easy_cleanup(curl_); }
  Visitor(const Visitor&) = delete;
  Visitor& operator=(const Visitor&) = delete;

  // From now on it asks for gzip and unpacks it.
  void accept_gzip() { unpacks_ = true; }

  Reply ask(const std::string& url, const std::vector<std::string>& headers = {},
            const char* method = "GET") {
    curl_easy_reset(curl_);
    Reply reply;
    curl_slist* list = nullptr;
    for (const auto& header : headers) list = curl_slist_append(list, header.c_str());
    curl_easy_setopt(curl_, CURLOPT_URL, url.c_str());
    curl_easy_setopt(curl_, CURLOPT_NOPROXY, "*");
    curl_easy_setopt(curl_, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl_, CURLOPT_TIMEOUT, 5L);
    curl_easy_setopt(curl_, CURLOPT_HTTPHEADER, list);
    curl_easy_setopt(curl_, CURLOPT_CUSTOMREQUEST, method);
    if (unpacks_) curl_easy_setopt(curl_, CURLOPT_ACCEPT_ENCODING, "gzip");
    if (std::string_view{method} == "HEAD") curl_easy_setopt(curl_, CURLOPT_NOBODY, 1L);
    curl_easy_setopt(curl_, CURLOPT_WRITEFUNCTION, &Visitor::receive_body);
    curl_easy_setopt(curl_, CURLOPT_WRITEDATA, &reply);
    curl_easy_setopt(curl_, CURLOPT_HEADERFUNCTION, &Visitor::receive_header);
    curl_easy_setopt(curl_, CURLOPT_HEADERDATA, &reply);
    if (curl_easy_perform(curl_) == CURLE_OK) {
      curl_easy_getinfo(curl_, CURLINFO_RESPONSE_CODE, &reply.status);
      curl_easy_getinfo(curl_, CURLINFO_NUM_CONNECTS, &reply.connections);
    }
    curl_slist_free_all(list);
    return reply;
  }

 private:
  static std::size_t receive_body(const char* data, std::size_t, std::size_t size, Reply* to) {
    to->body.append(data, size);
    return size;
  }
  static std::size_t receive_header(const char* data, std::size_t, std::size_t size, Reply* to) {
    std::string line{data, size};
    const auto colon = line.find(": ");
    if (colon == line.npos) return size;
    std::string name = line.substr(0, colon);
    std::ranges::transform(name, name.begin(), [](char c) {
      return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    });
    to->headers[name] = line.substr(colon + 2, line.size() - colon - 4);
    return size;
  }

  CURL* curl_;
  bool unpacks_ = false;
};

inline const std::string as_lines = "Accept: application/x-ndjson";

// "</v1/visits?limit=1&cursor=x>; rel="next"" -> "/v1/visits?limit=1&cursor=x"; else "".
inline std::string next_of(const Reply& reply) {
  const auto link = reply.headers.find("link");
  if (link == reply.headers.end()) return "";
  return link->second.substr(1, link->second.find('>') - 1);
}

}  // namespace retailsim::serve
