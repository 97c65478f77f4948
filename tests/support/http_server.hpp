#pragma once

#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace tercet::test {

struct HttpRequest {
    std::string method;
    std::string target;   ///< path and query; the whole URL if the client takes us for its proxy
    std::string headers;  ///< as they came
    std::string body;
    /// A parameter of the query string or the form, decoded; empty if it is not there.
    [[nodiscard]] std::string parameter(const std::string& name) const;
};

struct HttpResponse {
    int status = 200;
    std::string content_type = "text/plain";
    std::string body;
    std::string location = {};     ///< of a redirect
    bool breaks_off = false;       ///< promises more than it sends
    bool never_answers = false;
};

/// A small HTTP server on 127.0.0.1 for tests, until it is destroyed. Each connection has a thread of its own, so a handler may ask
/// its own server; what a handler throws becomes status 500.
class HttpServer {
public:
    using Handler = std::function<HttpResponse(const HttpRequest&)>;
    explicit HttpServer(Handler handler);
    ~HttpServer();
    HttpServer(const HttpServer&) = delete;
    HttpServer& operator=(const HttpServer&) = delete;

    [[nodiscard]] std::string url(const std::string& path = "/") const;
    /// What was asked so far.
    [[nodiscard]] std::vector<HttpRequest> requests() const;

private:
    void serve();
    void answer(int connection);
    [[nodiscard]] HttpResponse handled(const HttpRequest& request) const;

    Handler handler_;
    int listener_ = -1;
    int port_ = 0;
    mutable std::mutex mutex_;
    std::vector<HttpRequest> requests_;
    std::vector<int> waiting_;          ///< connections that are never answered
    std::vector<std::thread> answers_;  ///< only the thread that listens, and the end, look at them
    std::thread thread_;
};

}  // namespace tercet::test
