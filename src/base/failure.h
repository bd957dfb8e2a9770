// The one exception this program throws: something outside the code stopped
// the task. A bad row is not a Failure (it is a reject, see validate/), and a
// broken invariant is not one either (it is an assert).
#pragma once

#include <stdexcept>
#include <string>

namespace retailsim {

enum class FailureKind {
  wrong_usage,   // the command line, a scenario or an existing output: exit code 2
  data_refused,  // more rows quarantined than allowed: 3
  unreachable,   // storage or network: 4
  corrupt_data,  // what was read is not what was promised, or rows went missing: 1
  interrupted,   // the user pressed Ctrl-C: 130
};

class Failure : public std::runtime_error {
 public:
  // `what` says what happened and where; `hint` names a command or a change that helps.
  Failure(FailureKind kind, const std::string& what, std::string hint = "")
      : std::runtime_error(what), kind_(kind), hint_(std::move(hint)) {}
  FailureKind kind() const noexcept { return kind_; }
  const std::string& hint() const noexcept { return hint_; }

 private:
  FailureKind kind_;
  std::string hint_;
};

}  // namespace retailsim
