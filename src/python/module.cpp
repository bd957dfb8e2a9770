// The Python module retailsim._core. The package around it (python/retailsim) is what users see.
#include <nanobind/nanobind.h>

#include "base/failure.h"
#include "python/commands.h"
#include "python/streams.h"

namespace retailsim::python {
namespace {

namespace nb = nanobind;

const char* name_of(FailureKind kind) {
  switch (kind) {
    case FailureKind::wrong_usage:
      return "wrong_usage";
    case FailureKind::data_refused:
      return "data_refused";
    case FailureKind::unreachable:
      return "unreachable";
    case FailureKind::corrupt_data:
      return "corrupt_data";
    case FailureKind::interrupted:
      return "interrupted";
  }
  return "";
}

// A Failure becomes retailsim.Failure(what, kind, hint).
void translate(const std::exception_ptr& thrown, void*) {
  try {
    std::rethrow_exception(thrown);
  } catch (const Failure& failure) {
    const nb::object type = nb::module_::import_("retailsim.failure").attr("Failure");
    const nb::object raised = type(failure.what(), name_of(failure.kind()), failure.hint().c_str());
    PyErr_SetObject(type.ptr(), raised.ptr());
  }
}

}  // namespace
}  // namespace retailsim::python

NB_MODULE(_core, module) {
  nanobind::register_exception_translator(retailsim::python::translate);
  module.attr("version") = RETAILSIM_VERSION;
  retailsim::python::bind_scenario(module);
  retailsim::python::bind_streams(module);
  retailsim::python::bind_commands(module);
}
