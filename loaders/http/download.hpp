#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <istream>
#include <memory>
#include <string>

#include "engine/base/cancellation.hpp"

namespace tercet::http {

struct Request {
    std::string url;
    std::string accept;   ///< media types that are understood
    std::string form;     ///< body of a POST, percent-encoded; empty: GET
};

struct Limits {
    std::chrono::milliseconds connect{10'000};
    std::chrono::milliseconds silence{60'000};     ///< longest wait for the next byte
    std::size_t bytes = std::size_t{1} << 30U;     ///< of the body, unpacked
    std::size_t redirects = 5;
    /// Asked before each address is gone to, the first one too; throws if it may not be.
    std::function<void(const std::string& url)> check;
};

/// The answer to a request, read while it arrives. One thread at a time.
///
/// Constructing it sends the request and waits for the head; redirects are followed. Throws Error: Io for what the network or the
/// server refuses, Cancelled and Timeout from the token, within a tenth of a second.
class Download {
public:
    Download(const Request& request, const Limits& limits, const CancelToken& cancel);
    ~Download();
    Download(const Download&) = delete;
    Download& operator=(const Download&) = delete;

    [[nodiscard]] const std::string& url() const;           ///< where the answer came from in the end
    [[nodiscard]] const std::string& content_type() const;  ///< as the server says; may be empty
    /// The body. What stops it early is thrown by the read that meets it: the stream has exceptions(badbit) set.
    [[nodiscard]] std::istream& stream();

private:
    class Transfer;
    std::unique_ptr<Transfer> transfer_;
    std::unique_ptr<std::istream> stream_;
};

}  // namespace tercet::http
