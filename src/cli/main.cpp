#include "cli/command.h"

int main(int argc, char** argv) { return retailsim::cli::run_command_line(argc, argv); }
