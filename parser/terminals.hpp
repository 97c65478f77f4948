#pragma once

#include <tao/pegtl.hpp>

/// The terminals that SPARQL, Turtle, TriG, N-Triples and N-Quads share, named as in the W3C grammars (SPARQL 1.2
/// section 19.8, Turtle 1.2 section 6.5). PEGTL commits to the first alternative that fits, so longer forms come first.
namespace tercet::grammar {

namespace pegtl = tao::pegtl;

struct PN_CHARS_BASE
    : pegtl::sor<pegtl::ranges<'A', 'Z', 'a', 'z'>,
                 pegtl::utf8::ranges<0xC0, 0xD6, 0xD8, 0xF6, 0xF8, 0x2FF, 0x370, 0x37D, 0x37F, 0x1FFF, 0x200C, 0x200D,
                                     0x2070, 0x218F, 0x2C00, 0x2FEF, 0x3001, 0xD7FF, 0xF900, 0xFDCF, 0xFDF0, 0xFFFD,
                                     0x10000, 0xEFFFF>> {};
struct PN_CHARS_U : pegtl::sor<PN_CHARS_BASE, pegtl::one<'_'>> {};
struct PN_CHARS : pegtl::sor<PN_CHARS_U, pegtl::one<'-'>, pegtl::digit, pegtl::utf8::one<0xB7>,
                             pegtl::utf8::ranges<0x300, 0x36F, 0x203F, 0x2040>> {};
struct HEX : pegtl::xdigit {};
struct PERCENT : pegtl::seq<pegtl::one<'%'>, HEX, HEX> {};
struct PN_LOCAL_ESC : pegtl::seq<pegtl::one<'\\'>, pegtl::one<'_', '~', '.', '-', '!', '$', '&', '\'', '(', ')', '*', '+', ',',
                                                              ';', '=', '/', '?', '#', '@', '%'>> {};
struct PLX : pegtl::sor<PERCENT, PN_LOCAL_ESC> {};

/// Dots may stand inside a name but not at its end: each run of dots is taken only if a character of the name follows.
template <typename Char>
struct dotted_tail : pegtl::star<pegtl::sor<Char, pegtl::seq<pegtl::plus<pegtl::one<'.'>>, pegtl::at<Char>>>> {};

struct PN_PREFIX : pegtl::seq<PN_CHARS_BASE, dotted_tail<PN_CHARS>> {};
struct local_char : pegtl::sor<PN_CHARS, pegtl::one<':'>, PLX> {};
struct PN_LOCAL : pegtl::seq<pegtl::sor<PN_CHARS_U, pegtl::one<':'>, pegtl::digit, PLX>, dotted_tail<local_char>> {};
struct PNAME_NS : pegtl::seq<pegtl::opt<PN_PREFIX>, pegtl::one<':'>> {};
struct PNAME_LN : pegtl::seq<PNAME_NS, PN_LOCAL> {};
/// PNAME_LN or PNAME_NS.
struct PrefixedName : pegtl::seq<PNAME_NS, pegtl::opt<PN_LOCAL>> {};

struct UCHAR : pegtl::seq<pegtl::one<'\\'>, pegtl::sor<pegtl::seq<pegtl::one<'u'>, pegtl::rep<4, HEX>>,
                                                      pegtl::seq<pegtl::one<'U'>, pegtl::rep<8, HEX>>>> {};
struct ECHAR : pegtl::seq<pegtl::one<'\\'>, pegtl::one<'t', 'b', 'n', 'r', 'f', '"', '\'', '\\'>> {};

struct iri_char : pegtl::sor<pegtl::utf8::not_one<'<', '>', '"', '{', '}', '|', '^', '`', '\\', 0x00, 0x01, 0x02, 0x03, 0x04, 0x05,
                                                  0x06, 0x07, 0x08, 0x09, 0x0A, 0x0B, 0x0C, 0x0D, 0x0E, 0x0F, 0x10, 0x11,
                                                  0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18, 0x19, 0x1A, 0x1B, 0x1C, 0x1D,
                                                  0x1E, 0x1F, 0x20>,
                             UCHAR> {};
struct IRIREF : pegtl::seq<pegtl::one<'<'>, pegtl::star<iri_char>, pegtl::one<'>'>> {};

struct BLANK_NODE_LABEL
    : pegtl::seq<pegtl::string<'_', ':'>, pegtl::sor<PN_CHARS_U, pegtl::digit>, dotted_tail<PN_CHARS>> {};

/// A language tag with an optional base direction: @en, @ar--rtl.
struct LANG_DIR : pegtl::seq<pegtl::one<'@'>, pegtl::plus<pegtl::alpha>,
                             pegtl::star<pegtl::one<'-'>, pegtl::plus<pegtl::alnum>>,
                             pegtl::opt<pegtl::string<'-', '-'>, pegtl::plus<pegtl::alpha>>> {};

struct INTEGER : pegtl::plus<pegtl::digit> {};
struct EXPONENT : pegtl::seq<pegtl::one<'e', 'E'>, pegtl::opt<pegtl::one<'+', '-'>>, pegtl::plus<pegtl::digit>> {};
struct DECIMAL : pegtl::seq<pegtl::star<pegtl::digit>, pegtl::one<'.'>, pegtl::plus<pegtl::digit>> {};
struct DOUBLE : pegtl::sor<pegtl::seq<pegtl::plus<pegtl::digit>, pegtl::one<'.'>, pegtl::star<pegtl::digit>, EXPONENT>,
                           pegtl::seq<pegtl::one<'.'>, pegtl::plus<pegtl::digit>, EXPONENT>,
                           pegtl::seq<pegtl::plus<pegtl::digit>, EXPONENT>> {};

template <char Quote>
struct short_char : pegtl::sor<pegtl::utf8::not_one<Quote, '\\', '\n', '\r'>, ECHAR, UCHAR> {};
template <char Quote>
struct short_string : pegtl::seq<pegtl::one<Quote>, pegtl::star<short_char<Quote>>, pegtl::one<Quote>> {};
template <char Quote>
struct long_string
    : pegtl::seq<pegtl::rep<3, pegtl::one<Quote>>,
                 pegtl::until<pegtl::rep<3, pegtl::one<Quote>>, pegtl::sor<pegtl::utf8::not_one<'\\'>, ECHAR, UCHAR>>> {};

struct STRING_LITERAL_QUOTE : short_string<'"'> {};               ///< STRING_LITERAL2 of SPARQL
struct STRING_LITERAL_SINGLE_QUOTE : short_string<'\''> {};       ///< STRING_LITERAL1
struct STRING_LITERAL_LONG_QUOTE : long_string<'"'> {};           ///< STRING_LITERAL_LONG2
struct STRING_LITERAL_LONG_SINGLE_QUOTE : long_string<'\''> {};   ///< STRING_LITERAL_LONG1
struct String : pegtl::sor<STRING_LITERAL_LONG_QUOTE, STRING_LITERAL_LONG_SINGLE_QUOTE, STRING_LITERAL_QUOTE,
                           STRING_LITERAL_SINGLE_QUOTE> {};

struct comment : pegtl::seq<pegtl::one<'#'>, pegtl::star<pegtl::not_one<'\n', '\r'>>> {};
struct WS : pegtl::one<' ', '\t', '\r', '\n'> {};
struct ignored : pegtl::star<pegtl::sor<WS, comment>> {};

}  // namespace tercet::grammar
