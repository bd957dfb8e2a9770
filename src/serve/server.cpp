// The only file that knows Boost.Beast and Asio. Beast reads the requests; answers are
// written here, because their bodies are pieces of mapped files.
#include "serve/server.h"

#include <fmt/chrono.h>
#include <fmt/core.h>

#include <array>
#include <atomic>
#include <boost/asio.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <ctime>
#include <thread>
#include <vector>

#include "base/failure.h"
#include "serve/api.h"

namespace retailsim::serve {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using asio::ip::tcp;
// One executor type known at compile time: no virtual call, smaller coroutines.
using Executor = asio::io_context::executor_type;
using Socket = asio::basic_stream_socket<tcp, Executor>;
using Acceptor = asio::basic_socket_acceptor<tcp, Executor>;
using Stream = beast::basic_stream<tcp, Executor>;
using Timer = asio::basic_waitable_timer<std::chrono::steady_clock,
                                         asio::wait_traits<std::chrono::steady_clock>, Executor>;
using Task = asio::awaitable<void, Executor>;
constexpr auto done = asio::as_tuple(asio::use_awaitable_t<Executor>{});

constexpr std::uint32_t most_header_bytes = 16 << 10;
// What the kernel keeps for a client that does not read; left alone it grows to megabytes.
constexpr int send_buffer_bytes = 256 << 10;

// What all connections share.
struct House {
  explicit House(const ServerOptions& given) : api(given.data, given.token), options(given) {}
  Api api;
  ServerOptions options;
  std::atomic<int> connections{0};
};

struct Leave {
  void operator()(House* house) const { --house->connections; }
};
// One connection's place in the house, given back when it ends.
using Guest = std::unique_ptr<House, Leave>;

std::string head_of(const Answer& answer, bool keep_alive) {
  std::string head = fmt::format(
      "HTTP/1.1 {} {}\r\nServer: retailsim\r\nDate: {:%a, %d %b %Y %H:%M:%S GMT}\r\n",
      answer.status,
      std::string_view{
          http::obsolete_reason(http::int_to_status(static_cast<unsigned>(answer.status)))},
      fmt::gmtime(std::time(nullptr)));
  for (const auto& [name, value] : answer.headers) head += fmt::format("{}: {}\r\n", name, value);
  head += answer.length ? fmt::format("Content-Length: {}\r\n", *answer.length)
                        : "Transfer-Encoding: chunked\r\n";
  head += keep_alive ? "Connection: keep-alive\r\n\r\n" : "Connection: close\r\n\r\n";
  return head;
}

// Sends head and body; a body of unknown length goes out in chunks. False when the client
// is gone or too slow.
asio::awaitable<bool, Executor> send(Stream& stream, Answer answer, bool is_head, bool keep_alive,
                                     std::chrono::seconds timeout) {
  std::string before = head_of(answer, keep_alive);
  const bool is_chunked = !answer.length.has_value();
  for (bool more = true; more; before.clear()) {
    const std::string_view piece = is_head ? std::string_view{} : answer.body->next();
    more = !piece.empty();
    if (is_chunked && !is_head) before += fmt::format("{:x}\r\n", piece.size());
    const std::string_view after = is_chunked && !is_head ? "\r\n" : "";
    const std::array<asio::const_buffer, 3> buffers{asio::buffer(before), asio::buffer(piece),
                                                    asio::buffer(after)};
    if (asio::buffer_size(buffers) == 0) break;
    stream.expires_after(timeout);
    const auto [error, size] = co_await asio::async_write(stream, buffers, done);
    if (error) co_return false;
  }
  co_return true;
}

// Says that no more will come and reads what the client still sends for a moment: closing
// at once would make its system throw away the answer.
Task part(Stream& stream) {
  beast::error_code ignored;
  stream.socket().shutdown(tcp::socket::shutdown_send, ignored);
  stream.expires_after(std::chrono::seconds(1));
  std::array<char, 4096> dropped;
  for (int reads = 0; reads < 64; ++reads) {
    const auto [error, size] = co_await stream.async_read_some(asio::buffer(dropped), done);
    if (error) break;
  }
}

// The answer to bytes that are no acceptable request; none when the client just went away.
std::optional<Answer> refusal(const beast::error_code& error) {
  if (error == http::error::header_limit || error == http::error::buffer_overflow)
    return error_answer(431, "the request's header is longer than 16 KiB",
                        "shorten the URL or send fewer headers");
  const bool is_bad = error.category() == http::make_error_code(http::error::bad_method).category();
  if (is_bad && error != http::error::end_of_stream && error != http::error::partial_message)
    return error_answer(400, "this is no HTTP/1.1 request");
  return std::nullopt;
}

Task converse(Stream stream, Guest guest) {
  House& house = *guest;
  const std::chrono::seconds write_timeout{house.options.write_timeout_s};
  beast::flat_buffer buffer{most_header_bytes + 512};
  for (;;) {
    http::request_parser<http::empty_body> parser;
    parser.header_limit(most_header_bytes);
    stream.expires_after(std::chrono::seconds(house.options.idle_timeout_s));
    const auto [error, size] = co_await http::async_read_header(stream, buffer, parser, done);
    if (error) {
      if (auto answer = refusal(error)) {
        co_await send(stream, std::move(*answer), false, false, write_timeout);
        co_await part(stream);
      }
      co_return;
    }
    const auto& request = parser.get();
    const auto header = [&](http::field name) { return std::string_view{request[name]}; };
    Exchange exchange = house.api.begin({.method = std::string_view{request.method_string()},
                                         .target = std::string_view{request.target()},
                                         .accept = header(http::field::accept),
                                         .accept_encoding = header(http::field::accept_encoding),
                                         .authorization = header(http::field::authorization),
                                         .can_chunk = request.version() >= 11});
    while (!exchange.advance())  // a long search gives way to other clients
      co_await asio::post(stream.get_executor(), asio::use_awaitable_t<Executor>{});
    const bool has_unread_body = !parser.is_done();
    // When the house is nearly full, nobody keeps a place that he may not need again.
    const bool is_crowded = house.connections > house.options.most_connections * 3 / 4;
    const bool keep_alive = request.keep_alive() && !has_unread_body && !is_crowded;
    if (!co_await send(stream, exchange.take(), request.method() == http::verb::head, keep_alive,
                       write_timeout))
      co_return;
    if (!keep_alive) {
      co_await part(stream);
      co_return;
    }
  }
}

// Hands each new connection to the next thread in turn.
Task listen(Acceptor acceptor, std::vector<std::unique_ptr<asio::io_context>>& contexts,
            House& house) {
  Timer pause{acceptor.get_executor()};
  for (std::size_t turn = 0;; turn = (turn + 1) % contexts.size()) {
    while (house.connections >= house.options.most_connections) {
      pause.expires_after(std::chrono::milliseconds(10));
      co_await pause.async_wait(done);
    }
    asio::io_context& context = *contexts[turn];
    Socket socket{context.get_executor()};
    const auto [error] = co_await acceptor.async_accept(socket, done);
    if (error) {  // out of file descriptors, most likely: some will come free
      pause.expires_after(std::chrono::milliseconds(100));
      co_await pause.async_wait(done);
      continue;
    }
    beast::error_code ignored;  // the client may be gone already; reading will tell
    socket.set_option(tcp::no_delay(true), ignored);
    socket.set_option(asio::socket_base::send_buffer_size(send_buffer_bytes), ignored);
    ++house.connections;
    asio::co_spawn(context, converse(Stream(std::move(socket)), Guest(&house)), asio::detached);
  }
}

tcp::endpoint endpoint_of(asio::io_context& context, const ServerOptions& options) {
  asio::ip::basic_resolver<tcp, Executor> resolver{context};
  return *resolver.resolve(options.host, std::to_string(options.port), tcp::resolver::passive)
              .begin();
}

}  // namespace

struct Server::State {
  explicit State(const ServerOptions& options) : house(options) {}
  ~State() {
    threads.clear();
    // The first one listens, and may hold a socket that belongs to a later one.
    for (auto& context : contexts) context.reset();
  }

  House house;
  std::vector<std::unique_ptr<asio::io_context>> contexts;
  std::uint16_t port = 0;
  std::vector<std::jthread> threads;
};

Server::Server(const ServerOptions& options) : state_(std::make_unique<State>(options)) {
  State& state = *state_;
  for (int i = 0; i < std::max(1, options.threads); ++i)
    state.contexts.push_back(std::make_unique<asio::io_context>(1));
  asio::io_context& first = *state.contexts.front();
  try {
    Acceptor acceptor{first.get_executor(), endpoint_of(first, options)};
    state.port = acceptor.local_endpoint().port();
    asio::co_spawn(first, listen(std::move(acceptor), state.contexts, state.house), asio::detached);
  } catch (const boost::system::system_error& error) {
    throw Failure(FailureKind::unreachable,
                  fmt::format("cannot listen on {}:{}: {}", options.host, options.port,
                              error.code().message()),
                  "use --port 0 for any free port");
  }
  for (auto& context : state.contexts) {
    state.threads.emplace_back([&context = *context] {
      const auto stay = asio::make_work_guard(context);
      context.run();
    });
  }
}

Server::~Server() { stop(); }

void Server::stop() {
  for (auto& context : state_->contexts) context->stop();
  state_->threads.clear();  // joins
}

std::uint16_t Server::port() const { return state_->port; }

std::string Server::url() const {
  const std::string& host = state_->house.options.host;
  if (host == "0.0.0.0" || host == "::") return fmt::format("http://127.0.0.1:{}", port());
  const bool is_v6_address = host.find(':') != host.npos;
  return is_v6_address ? fmt::format("http://[{}]:{}", host, port())
                       : fmt::format("http://{}:{}", host, port());
}

}  // namespace retailsim::serve
