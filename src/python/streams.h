// Tables on their way to Python, over the Arrow PyCapsule interface.
#pragma once

#include <nanobind/nanobind.h>

namespace retailsim::python {

// Declares Chain, Stream and Batch in the module.
void bind_streams(nanobind::module_& module);

}  // namespace retailsim::python
