// Waiting that Ctrl-C ends.
#pragma once

#include <chrono>

namespace retailsim {

// Sleeps so long. Throws Failure(interrupted) within a twentieth of a second of Ctrl-C.
void pause(std::chrono::milliseconds time);

}  // namespace retailsim
