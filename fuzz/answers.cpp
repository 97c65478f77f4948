#include <sstream>
#include <string>

#include "fuzz/fuzz.hpp"
#include "parser/results/reader.hpp"

namespace {

class Reader final : public tercet::SolutionSink {
public:
    void variables(const std::vector<std::string>& names) override { columns_ = names.size(); }
    void solution(const std::vector<tercet::Term>& values) override {
        if (values.size() != columns_) std::abort();
        for (const tercet::Term& value : values) sum_ += value.to_string().size();
    }
    void boolean(bool) override {}

private:
    std::size_t columns_ = 0;
    std::size_t sum_ = 0;
};

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::istringstream in(std::string(tercet::fuzz::text_of(data, size)));
    Reader reader;
    tercet::fuzz::attempt([&] { tercet::results::read_results(in, tercet::ResultFormat::TERCET_FUZZ_FORMAT, {"input", {}}, reader); });
    return 0;
}
