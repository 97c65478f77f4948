#pragma once

#include <cstddef>
#include <istream>
#include <string>

namespace tercet {

/// Lines of a stream, none of which is kept beyond a limit.
class LineReader {
public:
    static constexpr std::size_t kLongest = 16'000'000;

    explicit LineReader(std::istream& in, std::size_t longest = kLongest) : in_(in), longest_(longest) {}

    /// False at the end.
    [[nodiscard]] bool next() {
        line_.clear();
        is_cut_ = false;
        if (in_.peek() == std::istream::traits_type::eof()) return false;
        ++number_;
        std::streambuf& bytes = *in_.rdbuf();
        for (int c = bytes.sbumpc(); c != std::istream::traits_type::eof(); c = bytes.sbumpc()) {
            ++end_;
            if (c == '\n') break;
            if (line_.size() < longest_) line_ += static_cast<char>(c);
            else is_cut_ = true;
        }
        return true;
    }
    [[nodiscard]] const std::string& line() const { return line_; }
    [[nodiscard]] std::size_t number() const { return number_; }  ///< from 1
    [[nodiscard]] bool is_cut() const { return is_cut_; }
    [[nodiscard]] std::size_t end() const { return end_; }  ///< bytes of the stream up to the end of the line, with its mark

private:
    std::istream& in_;
    std::size_t longest_;
    std::string line_;
    std::size_t number_ = 0;
    std::size_t end_ = 0;
    bool is_cut_ = false;
};

}  // namespace tercet
