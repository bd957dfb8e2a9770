// Settings from outside: the process's environment first, and the file `.env` in the current
// folder for what that leaves open. Values may be secrets, so no message here repeats one.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace retailsim {

// The lines NAME=value of a `.env` file. Quotes ('as it is', "with \n \" \\"), comments, blank
// lines and a leading `export` are understood. `name` appears in errors. Throws
// Failure(wrong_usage) with name:line for anything else.
std::map<std::string, std::string> parse_env_file(std::string_view text, const std::string& name);

class Environment {
 public:
  // The process's environment and ./.env, where there is one. Throws Failure(wrong_usage).
  static Environment here();

  // Of the file alone, for tests.
  explicit Environment(std::map<std::string, std::string> file) : file_(std::move(file)) {}

  // A variable that is set but empty counts as absent.
  std::optional<std::string> get(const std::string& name) const;

  // The variable in one place alone: values that only make sense together must not be mixed.
  static std::optional<std::string> of_process(const std::string& name);
  std::optional<std::string> of_file(const std::string& name) const;

 private:
  std::map<std::string, std::string> file_;
};

}  // namespace retailsim
