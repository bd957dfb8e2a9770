// Which product of a category a household takes by habit. Its favourites are the sticks of a
// Dirichlet process: endlessly many, each with a weight and a product. Drawing from them again
// and again gives the repeat buying of a Pólya urn (de Finetti), without remembering purchases.
// Some favourites last for ever, others are replaced after a time of their own.
#pragma once

#include "simulate/world.h"

namespace retailsim::simulate {

// The product of one of the household's favourites in that category, drawn by `unit` (0 … 1).
// The same favourite is the same product until it is replaced.
std::uint32_t favourite(const World& world, std::uint32_t household, std::uint32_t category,
                        Day date, float unit);

}  // namespace retailsim::simulate
