// The HTTP API over a feed folder (see api.h for what it answers).
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

namespace retailsim::serve {

struct ServerOptions {
  std::filesystem::path data = "";  // the feed folder
  std::string host = "127.0.0.1";   // an address or a name; "0.0.0.0" for all networks
  std::uint16_t port = 8080;        // 0: any that is free
  std::string token = "";           // who may read; empty: everybody
  int threads = 1;                  // each has its own connections
  int most_connections = 500;       // more wait until one ends
  int idle_timeout_s = 60;          // to send a request, from the end of the last one
  int write_timeout_s = 60;         // to take 256 KiB of an answer
};

// Listens from construction on and serves on threads of its own until it is stopped.
class Server {
 public:
  // Throws Failure: wrong_usage when the folder holds no feed, unreachable when the
  // address can't be had.
  explicit Server(const ServerOptions& options);
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  std::uint16_t port() const;
  std::string url() const;  // "http://127.0.0.1:8080"

  // Ends every connection, answered or not, and returns when all threads have ended.
  void stop();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace retailsim::serve
