#include "json/edit_line.h"

#include <fmt/core.h>

#include <cassert>

namespace retailsim::json {
namespace {

// One past the string that begins at `at`.
std::size_t end_of_string(std::string_view line, std::size_t at) {
  for (++at; line[at] != '"'; ++at) at += line[at] == '\\';
  return at + 1;
}

std::size_t end_of_value(std::string_view line, std::size_t at) {
  if (line[at] == '"') return end_of_string(line, at);
  return line.find_first_of(",}]", at);
}

// Where the nested row begins: its opening brace.
std::size_t start_of_child(std::string_view line, std::string_view children, int child) {
  std::size_t at = line.find(fmt::format("\"{}\":[", children)) + children.size() + 4;
  for (; child > 0; --child) {
    while (line[at] != '}') at = line[at] == '"' ? end_of_string(line, at) : at + 1;
    at += 2;  // "},"
  }
  return at;
}

}  // namespace

void replace_value(std::string& line, std::string_view children, int child, std::string_view column,
                   std::string_view token) {
  const std::size_t from = child == root_row ? 0 : start_of_child(line, children, child);
  const std::string key = fmt::format("\"{}\":", column);
  const std::size_t found = line.find(key, from);
  assert(found != std::string::npos && "the row has this column");
  const std::size_t begin = found + key.size();
  line.replace(begin, end_of_value(line, begin) - begin, token);
}

void add_field(std::string& line, std::string_view field) {
  line.insert(line.rfind('}'), fmt::format(",{}", field));
}

void cut_off(std::string& line) { line.resize(line.size() / 2); }

}  // namespace retailsim::json
