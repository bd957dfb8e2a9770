#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <thread>

#include "base/interrupt.h"
#include "cli/commands.h"
#include "cli/options.h"
#include "serve/server.h"

namespace retailsim::cli {
namespace {

Action declare_serve(CLI::App& app, const Common& common) {
  struct Options {
    std::string data = "data_api";
    std::string host = "127.0.0.1";
    std::uint16_t port = 8080;
    std::string token_file;
  };
  const auto options = std::make_shared<Options>();
  add_data(app, options->data);
  app.add_option("--host", options->host, "Address to listen on; 0.0.0.0 for every network")
      ->capture_default_str();
  app.add_option("--port", options->port, "Port to listen on; 0 for any that is free")
      ->capture_default_str();
  app.add_option("--token-file", options->token_file,
                 "File whose first line every request must carry as Authorization: Bearer");
  return [options, &common] {
    serve::ServerOptions server_options;
    server_options.data = options->data;
    server_options.host = options->host;
    server_options.port = options->port;
    server_options.token = read_token(options->token_file);
    server_options.threads = threads_of(common);
    serve::Server server(server_options);
    fmt::print("serving {} at {}/v1\n", options->data, server.url());
    if (!common.quiet) fmt::print(stderr, "press Ctrl-C to stop\n");
    std::fflush(stdout);
    while (!is_interrupted()) std::this_thread::sleep_for(std::chrono::milliseconds(100));
    server.stop();
    return exit_ok;
  };
}

}  // namespace

Command serve_command() {
  return {"serve", "Serve a feed folder as an HTTP API",
          "retailsim serve --data data_api --port 8080", declare_serve};
}

}  // namespace retailsim::cli
