#include "loaders/http/download.hpp"

#include <curl/curl.h>

#include <array>
#include <optional>
#include <streambuf>
#include <utility>

#include "loaders/http/url.hpp"
#include "tercet/error.hpp"

namespace tercet::http {
namespace {

using Clock = std::chrono::steady_clock;
using Easy = std::unique_ptr<CURL, decltype([](CURL* handle) { curl_easy_cleanup(handle); })>;
using Multi = std::unique_ptr<CURLM, decltype([](CURLM* handle) { curl_multi_cleanup(handle); })>;
using Lines = std::unique_ptr<curl_slist, decltype([](curl_slist* list) { curl_slist_free_all(list); })>;

/// How long the network may be waited for before the cancel token is asked again.
constexpr int kLongestWait = 50;
/// Of the page that comes with a refusal.
constexpr std::size_t kShownOfRefusal = 200;

/// Of an address.
constexpr std::size_t kLongestShown = 120;

constexpr long kSeeOther = 303;

bool is_redirect(long status) { return status == 301 || status == 302 || status == kSeeOther || status == 307 || status == 308; }

void start_library() {
    static const CURLcode started = curl_global_init(CURL_GLOBAL_DEFAULT);
    if (started != CURLE_OK) throw Error(ErrorCode::Io, std::string("the network library cannot start: ") + curl_easy_strerror(started));
}

/// The start of a page, on one line.
std::string excerpt(std::string_view page) {
    std::string text;
    for (const char c : page.substr(0, kShownOfRefusal)) text += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
    return text;
}

/// One exchange with one server. Bytes of the body are taken from the network when they are asked for.
class Exchange {
public:
    Exchange(const Request& request, const Limits& limits, const CancelToken& cancel)
        : request_(request), limits_(limits), cancel_(cancel), easy_(curl_easy_init()), multi_(curl_multi_init()) {
        if (!easy_ || !multi_) throw Error(ErrorCode::Memory, "there is no memory for a request");
        set(CURLOPT_URL, request.url.c_str());
        set(CURLOPT_PROTOCOLS_STR, "http,https");
        set(CURLOPT_NOSIGNAL, 1L);
        set(CURLOPT_USERAGENT, "tercet");
        set(CURLOPT_ACCEPT_ENCODING, "");
        set(CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(limits.connect.count()));
        set(CURLOPT_WRITEFUNCTION, &Exchange::on_body);
        set(CURLOPT_WRITEDATA, this);
        set(CURLOPT_ERRORBUFFER, detail_.data());
        headers_.reset(curl_slist_append(nullptr, ("Accept: " + request.accept).c_str()));
        set(CURLOPT_HTTPHEADER, headers_.get());
        if (!request.form.empty()) {
            set(CURLOPT_POSTFIELDS, request.form.c_str());
            set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.form.size()));
        }
        curl_multi_add_handle(multi_.get(), easy_.get());
    }
    ~Exchange() { curl_multi_remove_handle(multi_.get(), easy_.get()); }
    Exchange(const Exchange&) = delete;
    Exchange& operator=(const Exchange&) = delete;

    /// Replaces `bytes` by what came; false at the end of the body.
    bool next(std::string& bytes) {
        wait();
        bytes.clear();
        std::swap(bytes, arrived_);
        return !bytes.empty();
    }
    /// Until there is something of the body, or its end.
    void wait() {
        Clock::time_point since = Clock::now();
        while (arrived_.empty() && !done_) {
            cancel_.check();
            const std::size_t before = seen_;
            int running = 0;
            curl_multi_perform(multi_.get(), &running);
            finish(running);
            if (!arrived_.empty() || done_) return;
            curl_multi_poll(multi_.get(), nullptr, 0, kLongestWait, nullptr);
            if (seen_ != before) since = Clock::now();
            if (Clock::now() - since > limits_.silence + limits_.connect) fail("nothing came for " + std::to_string((limits_.silence + limits_.connect).count()) + " ms");
        }
    }

    [[nodiscard]] long status() const { return info<long>(CURLINFO_RESPONSE_CODE); }
    [[nodiscard]] std::string content_type() const { return text(CURLINFO_CONTENT_TYPE); }
    [[nodiscard]] std::string redirect() const { return text(CURLINFO_REDIRECT_URL); }
    [[noreturn]] void fail(const std::string& why) const {
        // A query in the address says nothing about what went wrong.
        const bool is_long = request_.url.size() > kLongestShown;
        throw Error(ErrorCode::Io, "<" + request_.url.substr(0, is_long ? request_.url.find('?') : std::string::npos) + ">: " + why);
    }

private:
    template <typename Value>
    void set(CURLoption option, Value value) {
        if (const CURLcode code = curl_easy_setopt(easy_.get(), option, value); code != CURLE_OK) fail(curl_easy_strerror(code));
    }
    template <typename Value>
    [[nodiscard]] Value info(CURLINFO what) const {
        Value value{};
        curl_easy_getinfo(easy_.get(), what, &value);
        return value;
    }
    [[nodiscard]] std::string text(CURLINFO what) const {
        const char* value = info<const char*>(what);
        return value == nullptr ? std::string() : std::string(value);
    }

    static std::size_t on_body(const char* bytes, std::size_t, std::size_t count, void* self) {
        auto& exchange = *static_cast<Exchange*>(self);
        exchange.seen_ += count;
        if (exchange.seen_ > exchange.limits_.bytes) return 0;  // curl ends the transfer
        exchange.arrived_.append(bytes, count);
        return count;
    }

    void finish(int running) {
        if (running != 0) return;
        int left = 0;
        while (const CURLMsg* message = curl_multi_info_read(multi_.get(), &left)) {
            if (message->msg != CURLMSG_DONE) continue;
            done_ = true;
            if (seen_ > limits_.bytes) fail("the answer is longer than the limit of " + std::to_string(limits_.bytes) + " bytes");
            if (message->data.result != CURLE_OK) fail(detail_.front() != '\0' ? detail_.data() : curl_easy_strerror(message->data.result));
        }
    }

    Request request_;
    const Limits& limits_;
    CancelToken cancel_;
    Easy easy_;
    Multi multi_;
    Lines headers_;
    std::array<char, CURL_ERROR_SIZE> detail_{};  ///< what went wrong, in more words
    std::string arrived_;
    std::size_t seen_ = 0;
    bool done_ = false;
};

}  // namespace

class Download::Transfer : public std::streambuf {
public:
    Transfer(Request request, const Limits& limits, const CancelToken& cancel) : limits_(limits) {
        start_library();
        for (std::size_t hops = 0;; ++hops) {
            request.url = normal_url(request.url);
            if (limits_.check) limits_.check(request.url);
            exchange_.emplace(request, limits_, cancel);
            exchange_->wait();
            const std::string next = is_redirect(exchange_->status()) ? exchange_->redirect() : std::string();
            if (next.empty()) break;
            if (hops == limits_.redirects) exchange_->fail("more than " + std::to_string(limits_.redirects) + " redirects");
            if (exchange_->status() == kSeeOther) request.form.clear();
            request.url = next;
        }
        url = request.url;
        content_type = exchange_->content_type();
        if (const long status = exchange_->status(); status < 200 || status > 299) refuse(status);
    }

    std::string url, content_type;

private:
    [[noreturn]] void refuse(long status) {
        std::string page;
        exchange_->next(page);
        exchange_->fail("the server answers with status " + std::to_string(status) + (page.empty() ? "" : ": " + excerpt(page)));
    }

    int_type underflow() override {
        if (!exchange_->next(bytes_)) return traits_type::eof();
        setg(bytes_.data(), bytes_.data(), bytes_.data() + bytes_.size());
        return traits_type::to_int_type(*gptr());
    }

    Limits limits_;
    std::optional<Exchange> exchange_;
    std::string bytes_;
};

Download::Download(const Request& request, const Limits& limits, const CancelToken& cancel)
    : transfer_(std::make_unique<Transfer>(request, limits, cancel)), stream_(std::make_unique<std::istream>(transfer_.get())) {
    stream_->exceptions(std::ios::badbit);
}
Download::~Download() = default;

const std::string& Download::url() const { return transfer_->url; }
const std::string& Download::content_type() const { return transfer_->content_type; }
std::istream& Download::stream() { return *stream_; }

}  // namespace tercet::http
