#pragma once

#include <string>

namespace tercet::article {

/// What is known about an article besides its text; empty where it is not.
struct Metadata {
    std::string title;   ///< headline
    std::string date;    ///< ISO 8601 calendar date
    std::string author;  ///< as the page names them
    std::string site;    ///< name or host of the publisher
    std::string url;     ///< where it stands, or stood
    std::string file;    ///< IRI of the file of many articles that it came from
};

}  // namespace tercet::article
