#include "parser/text/iri.hpp"

#include <optional>

namespace tercet::grammar {
namespace {

using Part = std::optional<std::string_view>;

/// RFC 3986 appendix B, without the regular expression.
struct Parts {
    Part scheme, authority, query, fragment;
    std::string_view path;

    explicit Parts(std::string_view iri) {
        if (is_absolute_iri(iri)) {
            const std::size_t colon = iri.find(':');
            scheme = iri.substr(0, colon);
            iri.remove_prefix(colon + 1);
        }
        if (const std::size_t hash = iri.find('#'); hash != std::string_view::npos) {
            fragment = iri.substr(hash + 1);
            iri = iri.substr(0, hash);
        }
        if (const std::size_t mark = iri.find('?'); mark != std::string_view::npos) {
            query = iri.substr(mark + 1);
            iri = iri.substr(0, mark);
        }
        if (iri.starts_with("//")) {
            iri.remove_prefix(2);
            authority = iri.substr(0, iri.find('/'));
            iri.remove_prefix(authority->size());
        }
        path = iri;
    }
};

/// RFC 3986 section 5.2.4.
std::string remove_dot_segments(std::string_view in) {
    std::string out;
    const auto pop = [&] { out.resize(out.rfind('/') == std::string::npos ? 0 : out.rfind('/')); };
    while (!in.empty()) {
        if (in.starts_with("../")) {
            in.remove_prefix(3);
        } else if (in.starts_with("./")) {
            in.remove_prefix(2);
        } else if (in.starts_with("/./")) {
            in.remove_prefix(2);
        } else if (in == "/.") {
            in = "/";
        } else if (in.starts_with("/../")) {
            in.remove_prefix(3);
            pop();
        } else if (in == "/..") {
            in = "/";
            pop();
        } else if (in == "." || in == "..") {
            in = {};
        } else {
            const std::size_t next = in.find('/', 1);
            out += in.substr(0, next);
            in = next == std::string_view::npos ? std::string_view{} : in.substr(next);
        }
    }
    return out;
}

/// RFC 3986 section 5.2.3.
std::string merge(const Parts& base, std::string_view path) {
    if (base.authority && base.path.empty()) return '/' + std::string(path);
    const std::size_t slash = base.path.rfind('/');
    return std::string(slash == std::string_view::npos ? std::string_view{} : base.path.substr(0, slash + 1)) + std::string(path);
}

std::string compose(const Part& scheme, const Part& authority, const std::string& path, const Part& query, const Part& fragment) {
    std::string out;
    if (scheme) out += std::string(*scheme) + ':';
    if (authority) out += "//" + std::string(*authority);
    out += path;
    if (query) out += '?' + std::string(*query);
    if (fragment) out += '#' + std::string(*fragment);
    return out;
}

}  // namespace

bool is_absolute_iri(std::string_view iri) noexcept {
    const auto is_alpha = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
    if (iri.empty() || !is_alpha(iri.front())) return false;
    for (const char c : iri) {
        if (c == ':') return true;
        if (!is_alpha(c) && !(c >= '0' && c <= '9') && c != '+' && c != '-' && c != '.') return false;
    }
    return false;
}

std::string resolve_iri(std::string_view reference, std::string_view base_iri) {
    if (base_iri.empty() || is_absolute_iri(reference)) return std::string(reference);
    const Parts r(reference);
    const Parts base(base_iri);
    if (r.authority) return compose(base.scheme, r.authority, remove_dot_segments(r.path), r.query, r.fragment);
    if (r.path.empty()) {
        return compose(base.scheme, base.authority, std::string(base.path), r.query ? r.query : base.query, r.fragment);
    }
    const std::string path = r.path.starts_with('/') ? std::string(r.path) : merge(base, r.path);
    return compose(base.scheme, base.authority, remove_dot_segments(path), r.query, r.fragment);
}

}  // namespace tercet::grammar
