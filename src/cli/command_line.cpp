#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <deque>
#include <nlohmann/json.hpp>
#include <thread>

#include "base/failure.h"
#include "base/interrupt.h"
#include "base/text.h"
#include "cli/command.h"
#include "pipeline/run_record.h"

namespace retailsim::cli {
namespace {

int exit_code(FailureKind kind) {
  switch (kind) {
    case FailureKind::wrong_usage:
      return exit_usage;
    case FailureKind::data_refused:
      return exit_rejected;
    case FailureKind::unreachable:
      return exit_unreachable;
    case FailureKind::interrupted:
      return exit_interrupted;
    case FailureKind::corrupt_data:
      break;
  }
  return exit_failed;
}

void explain(const std::string& what, const std::string& hint) {
  fmt::print(stderr, "retailsim: {}\n", what);
  if (!hint.empty()) fmt::print(stderr, "hint: {}\n", hint);
}

void add_common(CLI::App& app, Common& common) {
  app.add_flag("--json", common.json, "Print the result as JSON");
  app.add_flag("--quiet", common.quiet, "No progress and no remarks");
  app.add_option("--threads", common.threads, "Threads to work with (default: one a processor)")
      ->check(CLI::Range(1, 1024));
  app.add_option("--run-id", common.run_id, "Name of this run in the lake's _runs/")
      ->check([](const std::string& id) {
        const bool plain = !id.empty() && id.size() <= 200 &&
                           id.find_first_not_of(
                               "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
                               "0123456789-_.:+") == id.npos &&
                           !id.starts_with('.');
        return plain ? std::string{} : std::string{"use letters, digits and -_.:+"};
      });
}

// The first option that `command` does not have, or "", and the one that was most likely meant.
std::pair<std::string, std::optional<std::string>> unknown_option(const CLI::App& command, int argc,
                                                                  const char* const* argv) {
  std::vector<std::string> known;
  for (const auto* option : command.get_options())
    for (const auto& name : option->get_lnames()) known.push_back("--" + name);
  for (int i = 2; i < argc; ++i) {
    std::string given{argv[i]};
    given.resize(std::min(given.size(), given.find('=')));
    if (given == "--") break;
    if (given.starts_with("--") && std::ranges::find(known, given) == known.end())
      return {given, nearest(given, known)};
  }
  return {};
}

// What was wrong with a command line that CLI11 refused, and the command that a mistyped
// word most likely meant.
void explain_usage(const CLI::App& app, int argc, const char* const* argv,
                   const CLI::ParseError& error) {
  if (argc < 2) return explain("a command is missing", "retailsim --help");
  if (std::string_view{argv[1]}.starts_with('-')) {
    return explain(fmt::format("\"{}\" stands where a command belongs", argv[1]),
                   "retailsim --help; options come after the command");
  }
  std::vector<std::string> names;
  for (const auto& command : all_commands()) {
    if (command.name == argv[1]) {
      const std::string help = fmt::format("retailsim {} --help", command.name);
      const auto [unknown, meant] = unknown_option(*app.get_subcommand(argv[1]), argc, argv);
      if (unknown.empty()) return explain(error.what(), help);
      return explain(fmt::format("{} has no option {}", command.name, unknown),
                     meant ? fmt::format("did you mean {}?", *meant) : help);
    }
    names.emplace_back(command.name);
  }
  const auto meant = nearest(argv[1], names);
  explain(fmt::format("there is no command \"{}\"", argv[1]),
          meant ? fmt::format("did you mean: retailsim {}", *meant) : "retailsim --help");
}

}  // namespace

void add_date(CLI::App& app, const char* name, std::optional<Day>& day, const char* help) {
  app.add_option_function<std::string>(
         name,
         [&day, name](const std::string& text) {
           day = parse_day(text);
           if (!day)
             throw CLI::ValidationError(name, fmt::format("{} is no date like 2024-01-31", text));
         },
         help)
      ->type_name("YYYY-MM-DD");
}

int threads_of(const Common& common) {
  if (common.threads > 0) return common.threads;
  return std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
}

std::string run_id_of(const Common& common) {
  return common.run_id.empty() ? pipeline::new_run_id() : common.run_id;
}

int run_command_line(int argc, const char* const* argv) {
  CLI::App app{"Simulates a retail chain and runs the whole analytics chain behind it."};
  app.name("retailsim");
  app.set_version_flag("--version", std::string{"retailsim "} + RETAILSIM_VERSION);
  app.require_subcommand(1);
  app.footer(
      "Start with:\n  retailsim run scenarios/tiny.toml --data data_api --lake lake\n"
      "Each command explains itself: retailsim COMMAND --help");
  Common common;
  std::deque<std::pair<CLI::App*, Action>> actions;
  for (const auto& command : all_commands()) {
    CLI::App* const sub =
        app.add_subcommand(std::string{command.name}, std::string{command.summary});
    sub->footer(fmt::format("Example:\n  {}", command.example));
    add_common(*sub, common);
    actions.emplace_back(sub, command.declare(*sub, common));
  }
  try {
    app.parse(argc, argv);
  } catch (const CLI::Success& wanted) {
    return app.exit(wanted);  // --help, --version
  } catch (const CLI::ParseError& error) {
    explain_usage(app, argc, argv, error);
    return exit_usage;
  }
  catch_interrupts();
  try {
    for (const auto& [sub, act] : actions) {
      if (sub->parsed()) return act();
    }
    return exit_usage;
  } catch (const Failure& failure) {
    explain(failure.what(), failure.hint());
    return exit_code(failure.kind());
  } catch (const std::bad_alloc&) {
    explain("out of memory", "use fewer --threads, or a smaller scenario");
  } catch (const std::exception& error) {
    explain(fmt::format("unexpected: {}", error.what()), "report this with the command line");
  }
  return exit_failed;
}

}  // namespace retailsim::cli
