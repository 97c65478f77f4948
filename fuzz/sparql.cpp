#include "fuzz/fuzz.hpp"
#include "parser/sparql/parser.hpp"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text = tercet::fuzz::text_of(data, size);
    tercet::sparql::ParseOptions options;
    options.base = "http://example/";
    options.prefixes = {{"", "http://example/"}};
    tercet::fuzz::attempt([&] { (void)tercet::sparql::parse_query(text, options); });
    tercet::fuzz::attempt([&] { (void)tercet::sparql::parse_update(text, options); });
    tercet::fuzz::attempt([&] { (void)tercet::sparql::parse_term(text, options); });
    (void)tercet::sparql::is_incomplete(text);
    return 0;
}
