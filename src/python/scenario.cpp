#include "model/scenario.h"

#include <nanobind/stl/string.h>

#include "python/commands.h"

namespace retailsim::python {

namespace nb = nanobind;
using nb::literals::operator""_a;

void bind_scenario(nb::module_& module) {
  nb::class_<Scenario>(module, "Scenario", "What a scenario file says, checked and complete.")
      .def_static(
          "load", [](const std::string& path) { return load_scenario(path); }, "path"_a)
      .def_static(
          "parse",
          [](const std::string& toml, const std::string& origin) {
            return parse_scenario(toml, origin);
          },
          "toml"_a, "origin"_a)
      .def(
          "with_values",
          [](const Scenario& scenario, const std::string& toml, const std::string& origin) {
            return with_values(scenario, toml, origin);
          },
          "toml"_a, "origin"_a)
      .def(
          "scaled",
          [](Scenario scenario, double factor) {
            scale(scenario, factor);
            return scenario;
          },
          "factor"_a)
      .def("to_toml", &to_toml)
      .def("digest", &digest)
      .def_ro("name", &Scenario::name)
      .def_ro("seed", &Scenario::seed)
      .def_ro("store_count", &Scenario::store_count)
      .def_prop_ro("from_day", [](const Scenario& scenario) { return to_text(scenario.from); })
      .def_prop_ro("to_day", [](const Scenario& scenario) { return to_text(scenario.to); })
      .def("__eq__", [](const Scenario& a, const Scenario& b) { return a == b; });
}

}  // namespace retailsim::python
