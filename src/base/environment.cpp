#include "base/environment.h"

#include <fmt/core.h>

#include <cstdlib>
#include <filesystem>

#include "base/failure.h"
#include "base/files.h"

namespace retailsim {
namespace {

constexpr std::string_view blanks = " \t\r";

std::string_view without_blanks_before(std::string_view text) {
  text.remove_prefix(std::min(text.find_first_not_of(blanks), text.size()));
  return text;
}

std::string_view without_blanks_behind(std::string_view text) {
  return text.substr(0, text.find_last_not_of(blanks) + 1);
}

bool is_name(std::string_view text) {
  constexpr std::string_view letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_";
  return !text.empty() && letters.find(text[0]) != letters.npos &&
         text.find_first_not_of(std::string{letters} + "0123456789") == text.npos;
}

// Reads one line after another and knows where it is.
class EnvFile {
 public:
  explicit EnvFile(const std::string& name) : name_(name) {}

  void read(std::string_view line) {
    ++number_;
    line = without_blanks_before(line);
    if (line.empty() || line[0] == '#') return;
    if (line.starts_with("export ") || line.starts_with("export\t"))
      line = without_blanks_before(line.substr(7));
    const auto equals = line.find('=');
    const auto variable = without_blanks_behind(line.substr(0, equals));
    if (equals == line.npos || !is_name(variable)) fail("this is not NAME=value");
    values[std::string{variable}] = value_of(without_blanks_before(line.substr(equals + 1)));
  }

  std::map<std::string, std::string> values;

 private:
  std::string value_of(std::string_view text) const {
    if (text.empty() || text[0] == '#') return {};
    if (text[0] == '"' || text[0] == '\'') return quoted(text);
    // A # begins a comment behind a blank only: it may well be part of a secret.
    for (std::size_t at = 1; at < text.size(); ++at) {
      if (text[at] == '#' && blanks.find(text[at - 1]) != blanks.npos) text = text.substr(0, at);
    }
    return std::string{without_blanks_behind(text)};
  }

  std::string quoted(std::string_view text) const {
    const char quote = text[0];
    std::string value;
    for (std::size_t at = 1; at < text.size(); ++at) {
      if (text[at] == quote) {
        const auto rest = without_blanks_before(text.substr(at + 1));
        if (!rest.empty() && rest[0] != '#') fail("something follows the closing quote");
        return value;
      }
      if (quote == '"' && text[at] == '\\' && at + 1 < text.size()) {
        ++at;
        value += text[at] == 'n' ? '\n' : text[at] == 't' ? '\t' : text[at];
      } else {
        value += text[at];
      }
    }
    fail("the closing quote is missing");
  }

  [[noreturn]] void fail(std::string_view what) const {
    throw Failure(FailureKind::wrong_usage, fmt::format("{}:{}: {}", name_, number_, what),
                  "a line reads NAME=value, NAME=\"value\" or # comment; see .env.example");
  }

  const std::string& name_;
  int number_ = 0;
};

std::optional<std::string> unless_empty(std::string text) {
  return text.empty() ? std::nullopt : std::optional{std::move(text)};
}

}  // namespace

std::map<std::string, std::string> parse_env_file(std::string_view text, const std::string& name) {
  EnvFile file(name);
  while (!text.empty()) {
    const auto end = text.find('\n');
    file.read(text.substr(0, end));
    text.remove_prefix(end == text.npos ? text.size() : end + 1);
  }
  return std::move(file.values);
}

Environment Environment::here() {
  const std::string name = ".env";
  if (!std::filesystem::is_regular_file(name)) return Environment({});
  return Environment(parse_env_file(read_file(name), name));
}

std::optional<std::string> Environment::get(const std::string& name) const {
  auto value = of_process(name);
  return value ? value : of_file(name);
}

std::optional<std::string> Environment::of_process(const std::string& name) {
  const char* const value = std::getenv(name.c_str());
  return unless_empty(value == nullptr ? "" : value);
}

std::optional<std::string> Environment::of_file(const std::string& name) const {
  const auto found = file_.find(name);
  return found == file_.end() ? std::nullopt : unless_empty(found->second);
}

}  // namespace retailsim
