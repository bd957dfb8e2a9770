// SHA-256, as lower-case hexadecimal text: names what a file or a set of rules is.
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace retailsim {

class Sha256 {
 public:
  Sha256();
  ~Sha256();
  Sha256(Sha256&&) noexcept;
  Sha256& operator=(Sha256&&) noexcept;
  void add(std::string_view bytes);
  // The digest of all that was added. Call it once, last.
  std::string hex();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

std::string sha256(std::string_view bytes);

}  // namespace retailsim
