// Arrow has an array class for every width of a number and every layout of a text. Here they
// are walked by family, so that each conversion is written once.
#pragma once

#include <arrow/array.h>
#include <arrow/type.h>
#include <arrow/type_traits.h>
#include <arrow/util/decimal.h>

#include <concepts>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace retailsim::pipeline::arrays {

template <class... Arrays>
struct Family {
  static bool includes(const arrow::DataType& type) {
    return ((type.id() == Arrays::TypeClass::type_id) || ...);
  }
  // Calls visit(the array as what it is); false when it is of another family.
  template <class Visit>
  static bool visit(const arrow::Array& array, const Visit& visit) {
    return ((array.type_id() == Arrays::TypeClass::type_id &&
             (visit(static_cast<const Arrays&>(array)), true)) ||
            ...);
  }
};
using Signed = Family<arrow::Int8Array, arrow::Int16Array, arrow::Int32Array, arrow::Int64Array>;
using Unsigned =
    Family<arrow::UInt8Array, arrow::UInt16Array, arrow::UInt32Array, arrow::UInt64Array>;
using Floats = Family<arrow::FloatArray, arrow::DoubleArray>;
using Decimals = Family<arrow::Decimal32Array, arrow::Decimal64Array, arrow::Decimal128Array>;
// Some writers do not mark their texts as such, so bytes are taken too.
using Texts = Family<arrow::StringArray, arrow::LargeStringArray, arrow::StringViewArray,
                     arrow::BinaryArray, arrow::LargeBinaryArray, arrow::BinaryViewArray>;

// Decimals of any width become the widest.
template <class Typed>
auto value_at(const Typed& array, std::int64_t row) {
  if constexpr (arrow::is_decimal_type<typename Typed::TypeClass>::value) {
    using Value = typename arrow::TypeTraits<typename Typed::TypeClass>::CType;
    const Value value{reinterpret_cast<const std::uint8_t*>(array.GetView(row).data())};
    if constexpr (std::same_as<Value, arrow::Decimal128>) {
      return value;
    } else {
      return arrow::Decimal128{value.value()};
    }
  } else {
    return array.GetView(row);
  }
}

// Calls take(row, value) for every row, with any value where the row is null; false when the
// array is of another family.
template <class Kind, class Take>
bool for_each_value(const arrow::Array& array, const Take& take) {
  return Kind::visit(array, [&](const auto& typed) {
    for (std::int64_t row = 0; row < typed.length(); ++row) take(row, value_at(typed, row));
  });
}

// Texts also come as codes of a dictionary.
inline bool are_texts(const arrow::DataType& type) {
  return Texts::includes(type) ||
         (type.id() == arrow::Type::DICTIONARY &&
          Texts::includes(*static_cast<const arrow::DictionaryType&>(type).value_type()));
}

using OptionalText = std::optional<std::string_view>;

// Calls take(row, text or nothing) for every row of an array that holds texts.
template <class Take>
void for_each_text(const arrow::Array& array, const Take& take) {
  if (array.type_id() != arrow::Type::DICTIONARY) {
    for_each_value<Texts>(array, [&](std::int64_t row, std::string_view text) {
      take(row, array.IsNull(row) ? OptionalText{} : OptionalText{text});
    });
    return;
  }
  const auto& coded = static_cast<const arrow::DictionaryArray&>(array);
  std::vector<OptionalText> words;
  words.reserve(static_cast<std::size_t>(coded.dictionary()->length()));
  for_each_value<Texts>(*coded.dictionary(), [&](std::int64_t row, std::string_view text) {
    words.push_back(coded.dictionary()->IsNull(row) ? OptionalText{} : OptionalText{text});
  });
  for (std::int64_t row = 0; row < coded.length(); ++row) {
    take(row, coded.IsNull(row) ? OptionalText{}
                                : words[static_cast<std::size_t>(coded.GetValueIndex(row))]);
  }
}

}  // namespace retailsim::pipeline::arrays
