// What Redshift, or the service in front of it, said -> a Failure that says what to do about it.
#pragma once

#include <string>

#include "extract/http_client.h"
#include "lake/s3_settings.h"

namespace retailsim::warehouse {

// Why another try may succeed: the service is busy. Empty when it would not.
std::string passing_refusal(const extract::Answer& answer);

// Whether a statement that failed so may succeed when it is run again: others were writing.
bool is_conflict(const std::string& error);

// Of an answer with another status than 200: always throws Failure(unreachable), and never with a
// credential in its words.
[[noreturn]] void throw_refusal(const extract::Answer& answer, const std::string& operation,
                                const std::string& url, const lake::S3Settings& keys);

// Of a statement that the database refused. `what` was done, as in "load clean.store all".
// Always throws Failure: unreachable where rights are missing, else corrupt_data.
[[noreturn]] void throw_failed_statement(const std::string& what, const std::string& error);

}  // namespace retailsim::warehouse
