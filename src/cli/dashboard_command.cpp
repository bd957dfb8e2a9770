#include <fmt/core.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <memory>

#include "base/failure.h"
#include "cli/commands.h"
#include "cli/options.h"

namespace retailsim::cli {
namespace {

namespace fs = std::filesystem;

constexpr const char* python_variable = "RETAILSIM_DASHBOARD_PYTHON";

// The checkout or the release that this program belongs to: the nearest folder above it with a
// dashboard in it.
fs::path home_of_the_dashboard() {
  std::error_code error;
  const auto program = fs::read_symlink("/proc/self/exe", error);
  for (auto folder = program.parent_path(); folder != folder.root_path();
       folder = folder.parent_path()) {
    if (fs::exists(folder / "dashboard" / "server.py", error)) return folder;
  }
  throw Failure(FailureKind::wrong_usage,
                fmt::format("there is no dashboard/ in a folder above {}", program.string()),
                "start the program that `make build` made, or that of a release");
}

fs::path python_of(const fs::path& home) {
  const char* named = std::getenv(python_variable);
  fs::path python = named ? fs::path{named} : home / ".venv-dashboard" / "bin" / "python";
  if (::access(python.c_str(), X_OK) == 0) return python;
  throw Failure(
      FailureKind::wrong_usage, fmt::format("there is no Python at {}", python.string()),
      named ? fmt::format("{} names a Python with requirements-dashboard.txt", python_variable)
            : fmt::format("install it: {}/tools/setup.sh dashboard", home.string()));
}

Action declare_dashboard(CLI::App& app, const Common&) {
  struct Options {
    std::string lake = "lake";
    std::string host = "127.0.0.1";
    std::uint16_t port = 8501;
  };
  const auto options = std::make_shared<Options>();
  add_lake(app, options->lake);
  app.add_option("--host", options->host, "Address to listen on; 0.0.0.0 for every network")
      ->capture_default_str();
  app.add_option("--port", options->port, "Port to listen on")->capture_default_str();
  return [options]() -> int {
    const auto home = home_of_the_dashboard();
    const std::string python = python_of(home);
    const std::string server = home / "dashboard" / "server.py";
    const std::string port = fmt::format("{}", options->port);
    const char* arguments[] = {
        python.c_str(), server.c_str(),        "--lake", options->lake.c_str(),
        "--host",       options->host.c_str(), "--port", port.c_str(),
        nullptr};
    ::execv(python.c_str(), const_cast<char* const*>(arguments));  // comes back only when it fails
    throw Failure(FailureKind::wrong_usage,
                  fmt::format("cannot start {}: {}", python, std::strerror(errno)));
  };
}

}  // namespace

Command dashboard_command() {
  return {"dashboard", "Show the published KPIs in the browser, fresh after every run",
          "retailsim dashboard --lake lake", declare_dashboard};
}

}  // namespace retailsim::cli
