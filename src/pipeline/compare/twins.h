// Twins: two scenarios whose rows can be compared one by one, because the same key means the
// same thing and is drawn with the same random numbers in both.
#pragma once

#include <span>

#include "simulate/world.h"

namespace retailsim::pipeline {

// Throws Failure(wrong_usage) when `a` and `b` differ in what gives keys their meaning. Any other
// difference is what a comparison is for.
void require_twins(const Scenario& a, const Scenario& b);

// Throws Failure(wrong_usage) when a household shops at other stores in one world than in the
// other: its place among the members of a store is part of the ids of its visits.
void require_same_members(const simulate::World& a, const simulate::World& b);

// Withdraws promotions of `world` in `scenario`, as a [[promotion]] of depth 0 does. Throws
// Failure(wrong_usage) when the world has no such promotion.
void withdraw(std::span<const PromoId> promotions, const simulate::World& world,
              Scenario& scenario);

}  // namespace retailsim::pipeline
