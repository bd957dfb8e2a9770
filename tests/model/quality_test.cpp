#include "model/quality.h"

#include <gtest/gtest.h>

#include <set>

#include "model/scenario.h"

namespace retailsim {
namespace {

TEST(QualityRules, EveryKindOfDefectIsFoundByARule) {
  for (std::size_t kind = 0; kind < labels(DefectKind{}).size(); ++kind) {
    EXPECT_TRUE(std::ranges::any_of(quality_rules, [&](const RuleFacts& rule) {
      return rule.kind == static_cast<DefectKind>(kind);
    })) << labels(DefectKind{})[kind];
  }
}

TEST(QualityRules, NamesAreFoundAndDifferent) {
  std::set<std::string_view> names;
  for (const auto& rule : quality_rules) {
    EXPECT_TRUE(names.insert(rule.name).second) << rule.name;
    EXPECT_EQ(find_rule(rule.name), &rule);
    EXPECT_EQ(&facts_of(rule.rule), &rule);
  }
  EXPECT_EQ(find_rule("no such rule"), nullptr);
}

TEST(QualityRules, ValidateComesBeforeClean) {
  EXPECT_TRUE(std::ranges::is_sorted(quality_rules, {}, &RuleFacts::found_by));
}

TEST(UsualDefects, HoldEveryKindOnce) {
  std::set<std::string> kinds;
  for (const auto& defect : Scenario::usual_defects()) {
    EXPECT_TRUE(kinds.insert(defect.kind).second);
    EXPECT_GT(defect.rate, 0);
    EXPECT_LE(defect.at_least, defect.at_most);
  }
  EXPECT_EQ(kinds.size(), labels(DefectKind{}).size());
}

}  // namespace
}  // namespace retailsim
