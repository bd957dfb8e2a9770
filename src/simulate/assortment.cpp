#include "simulate/assortment.h"

namespace retailsim::simulate {

const Assortment* find_assortment(std::string_view name) {
  static const Assortment* const all[] = {&grocery, &fashion};
  for (const Assortment* each : all)
    if (each->name == name) return each;
  return nullptr;
}

}  // namespace retailsim::simulate
