#include "loaders/article/statement.hpp"

#include <array>

namespace tercet::article {
namespace {

constexpr std::array<std::string_view, 2> kPolarities{"positive", "negative"};
constexpr std::array<std::string_view, 8> kModalities{"asserted", "possible", "necessary",   "desired",
                                                      "intended", "future",   "conditional", "question"};
constexpr std::array<std::string_view, 8> kTypes{"unknown", "person",  "organisation", "place",
                                                 "event",   "concept", "date",         "quantity"};

}  // namespace

std::string_view to_string(Polarity polarity) noexcept { return kPolarities[static_cast<std::size_t>(polarity)]; }
std::string_view to_string(Modality modality) noexcept { return kModalities[static_cast<std::size_t>(modality)]; }
std::string_view to_string(EntityType type) noexcept { return kTypes[static_cast<std::size_t>(type)]; }

}  // namespace tercet::article
