#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tercet::article {

/// Finds the entities that a name may stand for, so that linking names takes time in proportion to their number.
/// Entities are numbered in the order of their coming; of several, the lowest number is found.
class NameIndex {
public:
    /// A name or alias of an entity, whatever its type.
    void add_name(std::string_view name, std::size_t entity) { add(by_name_, name, entity); }
    /// A person with this name is found by the last words of it too.
    void add_person(std::string_view name, std::size_t entity);
    /// An organisation is found by its acronym, and by its key: its words apart from small ones and its country.
    void add_organisation(std::string_view name, std::string_view key, std::size_t entity);

    [[nodiscard]] std::optional<std::size_t> named(std::string_view name) const { return find(by_name_, name); }
    [[nodiscard]] std::optional<std::size_t> person_ending_in(std::string_view name) const;
    /// All of them, up to a number, in the order of their numbers.
    [[nodiscard]] const std::vector<std::size_t>& persons_ending_in(std::string_view name) const;
    [[nodiscard]] std::optional<std::size_t> organisation_spelt(std::string_view acronym) const;
    /// In the order of their numbers.
    [[nodiscard]] const std::vector<std::size_t>& organisations_with_key(std::string_view key) const;

private:
    using Lowest = std::map<std::string, std::size_t, std::less<>>;
    using Several = std::map<std::string, std::vector<std::size_t>, std::less<>>;

    static void add(Several& several, std::string_view text, std::size_t entity);
    [[nodiscard]] static const std::vector<std::size_t>& find(const Several& several, std::string_view text);
    static void add(Lowest& lowest, std::string_view text, std::size_t entity);
    [[nodiscard]] static std::optional<std::size_t> find(const Lowest& lowest, std::string_view text);

    Lowest by_name_;
    Lowest by_initials_;
    Several by_last_words_;
    Several by_key_;
};

}  // namespace tercet::article
