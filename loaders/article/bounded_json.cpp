#include "loaders/article/bounded_json.hpp"

#include <nlohmann/json.hpp>

namespace tercet::article {
namespace {

using Json = nlohmann::json;

/// Walks through JSON without keeping anything, and stops where it is too much.
class ValueCounter final : public nlohmann::json_sax<Json> {
public:
    [[nodiscard]] bool is_too_much() const { return values_ > kMostJsonValues; }

    bool null() override { return count(); }
    bool boolean(bool) override { return count(); }
    bool number_integer(number_integer_t) override { return count(); }
    bool number_unsigned(number_unsigned_t) override { return count(); }
    bool number_float(number_float_t, const string_t&) override { return count(); }
    bool string(string_t&) override { return count(); }
    bool binary(binary_t&) override { return count(); }
    bool start_object(std::size_t) override { return count(); }
    bool key(string_t&) override { return count(); }
    bool end_object() override { return true; }
    bool start_array(std::size_t) override { return count(); }
    bool end_array() override { return true; }
    bool parse_error(std::size_t, const std::string&, const nlohmann::detail::exception&) override { return false; }

private:
    bool count() { return ++values_ <= kMostJsonValues; }

    std::size_t values_ = 0;
};

}  // namespace

bool has_too_many_values(std::string_view json) {
    ValueCounter counter;
    (void)Json::sax_parse(json, &counter);
    return counter.is_too_much();
}

}  // namespace tercet::article
