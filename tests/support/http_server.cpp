#include "support/http_server.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <stdexcept>

namespace tercet::test {
namespace {

std::string decoded(const std::string& text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '%' && i + 2 < text.size()) {
            out += static_cast<char>(std::strtol(text.substr(i + 1, 2).c_str(), nullptr, 16));
            i += 2;
        } else {
            out += text[i] == '+' ? ' ' : text[i];
        }
    }
    return out;
}

std::size_t content_length(const std::string& headers) {
    const std::size_t at = headers.find("Content-Length: ");
    return at == std::string::npos ? 0 : std::strtoul(headers.c_str() + at + 16, nullptr, 10);
}

bool receive(int connection, std::string& text) {
    char chunk[4096];
    const ssize_t got = ::recv(connection, chunk, sizeof chunk, 0);
    if (got > 0) text.append(chunk, static_cast<std::size_t>(got));
    return got > 0;
}

HttpRequest read_request(int connection) {
    std::string text;
    while (text.find("\r\n\r\n") == std::string::npos && receive(connection, text)) {
    }
    const std::size_t head = std::min(text.find("\r\n\r\n"), text.size());
    const std::size_t line = text.find("\r\n");
    HttpRequest request;
    const std::size_t method = text.find(' '), target = text.find(' ', method + 1);
    if (line == std::string::npos || target > line) return request;
    request.method = text.substr(0, method);
    request.target = text.substr(method + 1, target - method - 1);
    request.headers = text.substr(line + 2, head - line);
    const std::size_t body = head + 4, length = content_length(request.headers);
    while (text.size() < body + length && receive(connection, text)) {
    }
    request.body = text.substr(std::min(body, text.size()));
    return request;
}

}  // namespace

std::string HttpRequest::parameter(const std::string& name) const {
    const std::size_t mark = target.find('?');
    const std::string all = '&' + (mark == std::string::npos ? std::string() : target.substr(mark + 1)) + '&' + body;
    const std::size_t at = all.find('&' + name + '=');
    if (at == std::string::npos) return {};
    const std::size_t begin = at + name.size() + 2;
    return decoded(all.substr(begin, all.find('&', begin) - begin));
}

HttpServer::HttpServer(Handler handler) : handler_(std::move(handler)), listener_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* const plain = reinterpret_cast<sockaddr*>(&address);
    if (::bind(listener_, plain, size) != 0 || ::listen(listener_, 16) != 0 || ::getsockname(listener_, plain, &size) != 0) {
        throw std::runtime_error("cannot listen on 127.0.0.1");
    }
    port_ = ntohs(address.sin_port);
    thread_ = std::thread([this] { serve(); });
}

HttpServer::~HttpServer() {
    ::shutdown(listener_, SHUT_RDWR);
    thread_.join();
    for (std::thread& answer : answers_) answer.join();
    ::close(listener_);
    for (const int connection : waiting_) ::close(connection);
}

std::string HttpServer::url(const std::string& path) const { return "http://127.0.0.1:" + std::to_string(port_) + path; }

std::vector<HttpRequest> HttpServer::requests() const {
    const std::scoped_lock lock(mutex_);
    return requests_;
}

void HttpServer::serve() {
    for (int connection = 0; (connection = ::accept(listener_, nullptr, nullptr)) >= 0;) {
        answers_.emplace_back([this, connection] { answer(connection); });
    }
}

HttpResponse HttpServer::handled(const HttpRequest& request) const {
    try {
        return handler_(request);
    } catch (const std::exception& error) {
        return {500, "text/plain", error.what()};
    }
}

void HttpServer::answer(int connection) {
    const HttpRequest request = read_request(connection);
    {
        const std::scoped_lock lock(mutex_);
        requests_.push_back(request);
    }
    const HttpResponse response = handled(request);
    if (response.never_answers) {
        const std::scoped_lock lock(mutex_);
        waiting_.push_back(connection);
        return;
    }
    std::string text = "HTTP/1.1 " + std::to_string(response.status) + " Status\r\nConnection: close\r\nContent-Type: " + response.content_type +
                       "\r\nContent-Length: " + std::to_string(response.body.size() + (response.breaks_off ? 1000 : 0)) + "\r\n";
    if (!response.location.empty()) text += "Location: " + response.location + "\r\n";
    text += "\r\n" + response.body;
    for (std::size_t sent = 0; sent < text.size();) {
        const ssize_t now = ::send(connection, text.data() + sent, text.size() - sent, MSG_NOSIGNAL);
        if (now <= 0) break;
        sent += static_cast<std::size_t>(now);
    }
    ::close(connection);
}

}  // namespace tercet::test
