#pragma once

#include <string_view>

#include "engine/model/term_view.hpp"

namespace tercet {

/// The push seam: where loaders and parsers put quads.
///
/// The views are valid during the call only. One thread at a time.
class QuadSink {
public:
    virtual ~QuadSink() = default;
    virtual void add(const QuadView& quad) = 0;

    /// A prefix that the document declares; worth keeping for people, without meaning for the data.
    virtual void declare_prefix(std::string_view name, std::string_view iri) {
        static_cast<void>(name);
        static_cast<void>(iri);
    }
};

}  // namespace tercet
