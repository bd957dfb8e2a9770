// The body of an answer, made piece by piece while it is being sent: a slow client costs
// one block of memory, however large its page.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "serve/page.h"

namespace retailsim::serve {

class Body {
 public:
  virtual ~Body() = default;
  // The next piece, readable until the next call; empty at the end.
  virtual std::string_view next() = 0;
};

std::unique_ptr<Body> text_body(std::string text);

// The lines themselves, long ranges straight from the mapped files.
std::unique_ptr<Body> ndjson_body(Page page);

// {"data":[row,row],"next":"cursor"}: the rows with a comma for each newline, so its length
// is known before. An empty cursor is written as null.
std::unique_ptr<Body> json_body(Page page, std::string_view cursor);
std::uint64_t json_length(const Page& page, std::string_view cursor);

// `plain` in gzip at level 1.
std::unique_ptr<Body> gzip_body(std::unique_ptr<Body> plain);

}  // namespace retailsim::serve
