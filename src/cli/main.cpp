#include <malloc.h>

#include "cli/command.h"
#include "lake/object_store.h"

int main(int argc, char** argv) {
  // ZSTD contexts and column buffers come and go by the thousand. Handing each back to the
  // kernel costs a quarter of a run in page faults, so freed memory is kept for the next.
  mallopt(M_MMAP_THRESHOLD, 64 << 20);
  mallopt(M_TRIM_THRESHOLD, 256 << 20);
  const int exit_code = retailsim::cli::run_command_line(argc, argv);
  retailsim::lake::close_storage();
  return exit_code;
}
