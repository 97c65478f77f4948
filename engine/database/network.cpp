#include "engine/database/network.hpp"

#include "engine/model/percent_encoding.hpp"
#include "loaders/http/url.hpp"
#include "parser/results/reader.hpp"
#include "tercet/error.hpp"

namespace tercet {
namespace {

/// Longer queries are sent as the body of a POST.
constexpr std::size_t kLongestGet = 2000;

constexpr const char* kRemedy = "allow it with --service URL-PREFIX, in the library with OpenOptions::network.services";

bool is_unreserved(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_' || c == '~';
}

/// Speaks the SPARQL 1.1 Protocol.
class EndpointClient final : public exec::ServiceClient {
public:
    explicit EndpointClient(NetworkOptions options) : options_(std::move(options)) {}

    void ask(const std::string& endpoint, const std::string& query, const CancelToken& cancel, SolutionSink& answer) override {
        http::Download download(request(endpoint, query), network_limits(options_, AllowedAddresses{options_.services, "SERVICE", kRemedy}), cancel);
        const auto format = results::result_format_of_media_type(download.content_type());
        if (!format) throw Error(ErrorCode::Data, "it answers in " + (download.content_type().empty() ? "no named format" : download.content_type()) + " and not in SPARQL results (JSON, XML, TSV or CSV)");
        results::read_results(download.stream(), *format, {"the answer", cancel}, answer);
    }
    [[nodiscard]] std::size_t solutions_per_request() const override { return std::max<std::size_t>(options_.solutions_per_request, 1); }

private:
    static http::Request request(const std::string& endpoint, const std::string& query) {
        http::Request request{http::normal_url(endpoint), results::accepted_result_types(), {}};
        const std::string form = "query=" + percent_encoded(query, is_unreserved);
        if (request.url.size() + form.size() > kLongestGet) request.form = form;
        else request.url += (request.url.find('?') == std::string::npos ? '?' : '&') + form;
        return request;
    }

    NetworkOptions options_;
};

}  // namespace

http::Limits network_limits(const NetworkOptions& options, const std::optional<AllowedAddresses>& allowed) {
    http::Limits limits{options.connect_timeout, options.silence_timeout, options.largest_answer, options.redirects, {}};
    if (!allowed) return limits;
    limits.check = [allowed = *allowed](const std::string& url) {
        if (http::is_allowed(url, allowed.prefixes)) return;
        throw Error(ErrorCode::Query, allowed.who + " may not go to <" + url + ">; " + allowed.remedy);
    };
    return limits;
}

std::shared_ptr<exec::ServiceClient> make_endpoint_client(const NetworkOptions& options) { return std::make_shared<EndpointClient>(options); }

}  // namespace tercet
