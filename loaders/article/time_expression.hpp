#pragma once

#include <string>
#include <string_view>

namespace tercet::article {

/// Which way a time without a date lies from the day of the article.
enum class Tense { Past, Future, Unknown };

/// What the words of a time mean in an article of that date: 2024-05-03, 2024-05 or 2024. "last year", "two days ago", "May 3",
/// "Friday night"; the words themselves where they do not tell, as "the coming days", or where a date is missing.
[[nodiscard]] std::string normal_time(std::string_view words, std::string_view article_date, Tense tense);

/// The datatype of such a time: xsd:date, xsd:gYearMonth, xsd:gYear, or xsd:string for words.
[[nodiscard]] std::string_view datatype_of_time(std::string_view time);

}  // namespace tercet::article
