// What every subcommand is made of. A new one is a file of its own and a line in
// commands.cpp.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "model/time.h"

namespace CLI {
class App;
}

namespace retailsim::cli {

enum ExitCode : int {
  exit_ok = 0,
  exit_failed = 1,
  exit_usage = 2,
  exit_rejected = 3,
  exit_unreachable = 4,
  exit_interrupted = 130,
};

// The options that every command takes.
struct Common {
  bool json = false;   // the result as JSON on stdout
  bool quiet = false;  // no progress, no remarks
  int threads = 0;     // 0: as many as there are processors
  std::string run_id;  // empty: made from the clock
};

// Declares its options on `app` and returns what to do when the command is chosen: a
// function that returns an exit code or throws Failure.
using Action = std::function<int()>;
struct Command {
  std::string_view name;
  std::string_view summary;  // one line in the list of commands
  std::string_view example;  // a command line that works in a fresh checkout
  Action (*declare)(CLI::App& app, const Common& common);
};

std::span<const Command> all_commands();

// A date option; CLI11 refuses anything but YYYY-MM-DD.
void add_date(CLI::App& app, const char* name, std::optional<Day>& day, const char* help);

// Threads to use for `common`.
int threads_of(const Common& common);
std::string run_id_of(const Common& common);

// Runs the command line; the process's exit code.
int run_command_line(int argc, const char* const* argv);

}  // namespace retailsim::cli
