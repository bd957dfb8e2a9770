#include "pipeline/raw_inputs.h"

namespace retailsim::pipeline {

std::vector<RawObject> raw_objects_of(lake::Lake& lake, std::string_view table, Month month) {
  std::vector<RawObject> found;
  for (auto& [path, facts] : lake.objects(Layer::raw, table)) {
    if (facts.from && *facts.from <= last_day_of(month) && *facts.to >= first_day_of(month))
      found.push_back({path, std::move(facts)});
  }
  return found;
}

std::set<Month> raw_months(lake::Lake& lake, std::string_view table) {
  std::set<Month> months;
  for (const auto& [path, facts] : lake.objects(Layer::raw, table)) {
    if (!facts.from) continue;
    for (Month month = month_of(*facts.from); month <= month_of(*facts.to); ++month.number)
      months.insert(month);
  }
  return months;
}

std::string inputs_of(std::string_view stage, int format, const std::string& declaration,
                      const std::vector<std::string>& read) {
  std::string text = fmt::format("{} {} {}", stage, format, declaration);
  for (const auto& input : read) text += "\n" + input;
  return sha256(text);
}

}  // namespace retailsim::pipeline
