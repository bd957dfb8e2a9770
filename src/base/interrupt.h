// Ctrl-C asks long loops to stop at a safe place: nothing half-written stays.
#pragma once

namespace retailsim {

// From now on SIGINT and SIGTERM set a flag; the second one ends the process at once.
void catch_interrupts();
bool is_interrupted() noexcept;
// Throws Failure(interrupted) after a signal.
void stop_if_interrupted();

// The same flag for a host that catches signals itself.
void interrupt() noexcept;
void forget_interrupt() noexcept;

}  // namespace retailsim
