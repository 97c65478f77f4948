#include <cmath>
#include <fstream>
#include <random>

#include "loaders/language/analyser.hpp"
#include "loaders/language/lemmatiser.hpp"
#include "loaders/language/matrix.hpp"
#include "loaders/language/name_tagger.hpp"
#include "loaders/language/network.hpp"
#include "loaders/language/sentence_model.hpp"
#include "loaders/language/tokeniser.hpp"
#include "loaders/language/tree_decoder.hpp"
#include "loaders/language/word_splitter.hpp"
#include "support/catch.hpp"
#include "support/paths.hpp"
#include "support/temp_dir.hpp"
#include "tercet/error.hpp"

namespace tercet::language {
namespace {

std::string tokens_of(const std::string& text) {
    std::string out;
    for (const Sentence& sentence : split_sentences(text)) {
        if (!out.empty()) out += " | ";
        for (std::size_t i = 0; i < sentence.words.size(); ++i) {
            const Word& word = sentence.words[i];
            REQUIRE(text.substr(word.begin, word.end - word.begin) == word.form);
            out += (i == 0 ? "" : " ") + word.form;
        }
    }
    return out;
}

const std::string kModel = tercet::support::source_dir() + "/loaders/models/english.tcm";

/// The names in a text, with their kinds: "Maria Lopez=1".
std::string names_of(const std::string& text) {
    std::string out;
    for (const Sentence& sentence : Analyser::load(kModel).analyse(text)) {
        for (std::size_t i = 0; i < sentence.words.size(); ++i) {
            const Word& word = sentence.words[i];
            if (word.name == NameKind::None) continue;
            out += word.begins_name ? (out.empty() ? "" : ", ") : " ";
            out += word.form + (i + 1 < sentence.words.size() && sentence.words[i + 1].name == word.name && !sentence.words[i + 1].begins_name
                                    ? ""
                                    : "=" + std::to_string(static_cast<int>(word.name)));
        }
    }
    return out;
}

}  // namespace

TEST_CASE("names: persons, organisations and places are told apart and end where they end", "[language]") {
    CHECK(names_of("Maria Lopez flew from Lisbon to Oslo on Monday.") == "Maria Lopez=1, Lisbon=3, Oslo=3");
    CHECK(names_of("The European Union said that the plan had failed.") == "European Union=2");
    CHECK(names_of("They would not do it again, and nobody asked why.").empty());
}

TEST_CASE("names: a listed phrase is known by its words, whatever their case", "[language]") {
    const std::uint64_t key = name_key_chained(name_key("New"), name_key("york"));
    const NameLexicon lexicon(std::vector<NameLexicon::Entry>{{NameLexicon::shortened(key), kCity}, {NameLexicon::shortened(key), kRegion}});
    CHECK(lexicon.classes(name_key_chained(name_key("new"), name_key("York"))) == (kCity | kRegion));
    CHECK(lexicon.classes(name_key("York")) == 0);
    CHECK(NameLexicon().classes(key) == 0);
}

namespace {

std::string spans_of(const std::string& text) {
    std::string out;
    for (const Sentence& sentence : Analyser::load(kModel).analyse(text)) {
        for (const NameSpan& name : sentence.names) {
            const Word &first = sentence.words[static_cast<std::size_t>(name.first)], &last = sentence.words[static_cast<std::size_t>(name.end) - 1];
            out += (out.empty() ? "" : ", ") + text.substr(first.begin, last.end - first.begin) + '=' + std::to_string(static_cast<int>(name.kind));
        }
    }
    return out;
}

}  // namespace

TEST_CASE("names: those within names are found too", "[language]") {
    CHECK(spans_of("The Ministry of Defence of Iraq said that its soldiers had left Mosul.") == "Ministry of Defence of Iraq=2, Iraq=3, Mosul=3");
    CHECK(spans_of("They would not do it again, and nobody asked why.").empty());
}

TEST_CASE("names: a model without weights for names marks none", "[language]") {
    std::vector<Sentence> sentences = split_sentences("Maria Lopez flew from Lisbon to Oslo.");
    NameTagger(ModelFile{}).tag(sentences);
    for (const Word& word : sentences.front().words) CHECK(word.name == NameKind::None);
    CHECK(sentences.front().names.empty());
}

TEST_CASE("names: weights of another size are damage", "[language]") {
    ModelFile file;
    const auto part = GENERATE(values<std::string>({"names.weights", "names.transitions", "names.spans"}));
    CAPTURE(part);
    file.tensors[part] = Tensor{1, 3, {1}, {1, 2, 3}};
    CHECK_THROWS_AS(NameTagger(file), Error);
}

TEST_CASE("kernels: every kind of machine gets the same trees and probabilities", "[language]") {
    const ModelFile model = ModelFile::read(kModel);
    const std::vector<Sentence> unparsed = split_sentences(
        "The council said on Monday that it would not support the plan. Who did? Nobody.\n"
        "Officials from three ministries, who had met twice, declined to say when the talks would begin again.");
    std::vector<Sentence> expected = unparsed;
    std::vector<Sentence*> batch;
    for (Sentence& sentence : expected) batch.push_back(&sentence);
    Network(model, available_kernels().back()).parse(batch);

    for (const Kernels& kernels : available_kernels()) {
        CAPTURE(kernels.name);
        const Network network(model, kernels);
        for (int time = 0; time < 2; ++time) {  // the second time with what the first has kept of the words
            std::vector<Sentence> got = unparsed;
            batch.clear();
            for (Sentence& sentence : got) batch.push_back(&sentence);
            network.parse(batch);
            for (std::size_t s = 0; s < got.size(); ++s) {
                for (std::size_t i = 0; i < got[s].words.size(); ++i) {
                    const Word &a = got[s].words[i], &b = expected[s].words[i];
                    CHECK((a.head == b.head && a.deprel == b.deprel && a.xpos == b.xpos));
                    CHECK(a.head_probability == b.head_probability);
                    CHECK(a.deprel_probability == b.deprel_probability);
                }
            }
        }
    }
}

TEST_CASE("lemmatiser: the table, then the rule, then what a verb's ending leaves if that alone is a word", "[language]") {
    ModelFile model;
    model.words = {"<unknown>", "combat", "rate", "star"};
    model.lemma_table = {{"VBD went", "go"}};
    model.lemma_rules = {{"VBG ", "0 "}, {"VBG ing", "3 e"}, {"NN ", "0 "}};
    const Lemmatiser lemmatiser(model);
    CHECK(lemmatiser.lemma_of("went", "VERB", "VBD") == "go");
    CHECK(lemmatiser.lemma_of("co-went", "VERB", "VBD") == "co-go");
    CHECK(lemmatiser.lemma_of("rating", "VERB", "VBG") == "rate");
    CHECK(lemmatiser.lemma_of("Combating", "VERB", "VBG") == "combat");
    CHECK(lemmatiser.lemma_of("went", "VERB", "VBN") == "go");
    CHECK(lemmatiser.lemma_of("underwent", "VERB", "VBD") == "undergo");
    CHECK(lemmatiser.lemma_of("starring", "VERB", "VBG") == "star");
    for (const auto& [form, lemma] : std::map<std::string, std::string>{{"choking", "choke"}, {"waffling", "waffle"}, {"convening", "convene"}, {"immersing", "immerse"}, {"fundraising", "fundraise"}}) {
        CHECK(lemmatiser.lemma_of(form, "VERB", "VBG") == lemma);
    }
    CHECK(lemmatiser.lemma_of("zorbing", "VERB", "VBG") == "zorbe");
    CHECK(lemmatiser.lemma_of("combating", "NOUN", "NN") == "combating");
}

TEST_CASE("tokeniser: words and sentences as in UD English", "[language]") {
    const auto [text, expected] = GENERATE(table<std::string, std::string>({
        {"Don't go.", "Do n't go ."},
        {"Miller's plan cost $2.1 billion.", "Miller 's plan cost $ 2.1 billion ."},
        {"He said \"It is over.\" She left.", "He said \" It is over . \" | She left ."},
        {"Dr. Smith met U.S. officials. They spoke.", "Dr. Smith met U.S. officials . | They spoke ."},
        {"A state-of-the-art plan", "A state - of - the - art plan"},
        {"First line\nSecond line", "First line | Second line"},
        {"See https://example.org/a?b=c, please.", "See https://example.org/a?b=c , please ."},
        {"\u201CNo,\u201D he said.", "\u201C No , \u201D he said ."},
        {"", ""}}));
    CHECK(tokens_of(text) == expected);
}

TEST_CASE("tokeniser: addresses, files, numbers and smileys are one word", "[language]") {
    const auto [text, expected] = GENERATE(table<std::string, std::string>({
        {"Amazon.com said (see www.example.org/a_(b)) no.", "Amazon.com said ( see www.example.org/a_(b) ) no ."},
        {"\"Ann\" <ann.b@example.com>, [http://a.example/x]", "\" Ann \" < ann.b@example.com > , [ http://a.example/x ]"},
        {"Read report-2.doc.", "Read report-2.doc ."},
        {"It ended.The rest is in alt.books.reviews", "It ended . | The rest is in alt.books.reviews"},
        {"Call 713-555-0199 or 555-0199; in 2004-05 too", "Call 713-555-0199 or 555-0199 ; in 2004 - 05 too"},
        {"Great :-) (but see below:)", "Great :-) ( but see below : )"},
        {"What?! No!!! Well... Yes..?", "What ?! | No !!! | Well ... | Yes .. ?"},
        {"b/c he and/or she", "b/c he and / or she"},
        {"In '07 they paid 5@10 each", "In '07 they paid 5 @ 10 each"}}));
    CHECK(tokens_of(text) == expected);
}

TEST_CASE("tokeniser: numbers and their units, fractions and dates", "[language]") {
    const auto [text, expected] = GENERATE(table<std::string, std::string>({
        {"5km at 7pm on the 4th", "5 km at 7 pm on the 4th"},
        {"$3M and 3.5bn for 3M", "$ 3 M and 3.5 bn for 3M"},
        {"It was 20\u00B0C at 9p.m. sharp", "It was 20 \u00B0 C at 9 p.m. sharp"},
        {"9/11 and 12/24/2001, but 1/2 of 2001/02", "9/11 and 12/24/2001 , but 1 / 2 of 2001 / 02"}}));
    CHECK(tokens_of(text) == expected);
}

TEST_CASE("tokeniser: contractions as people write them in haste", "[language]") {
    const auto [text, expected] = GENERATE(table<std::string, std::string>({
        {"Dont say im late, its not a joke", "Do nt say i m late , it s not a joke"},
        {"It hid its face in its in-house shop", "It hid its face in its in - house shop"},
        {"Lets go. It lets them. Jony Ive of IM Corp.", "Let s go . | It lets them . | Jony Ive of IM Corp ."},
        {"He can`t and that`s it", "He can ` t and that `s it"}}));
    CHECK(tokens_of(text) == expected);
}

TEST_CASE("tokeniser: what stands before a hyphen stays with its word if it is no word itself", "[language]") {
    const auto [text, expected] = GENERATE(table<std::string, std::string>({
        {"Non-profit co-founders e-mailed", "Non-profit co-founders e-mailed"},
        {"A mid-to-late ex-minister", "A mid - to - late ex - minister"},
        {"I kn- I know", "I kn- I know"}}));
    CHECK(tokens_of(text) == expected);
}

TEST_CASE("tokeniser: the dot of an abbreviation is a word of its own only at the end of a sentence", "[language]") {
    const auto [text, expected] = GENERATE(table<std::string, std::string>({
        {"Pens, ink etc. on No. 5", "Pens , ink etc. on No. 5"},
        {"Pens, ink etc.", "Pens , ink etc ."},
        {"No. He said no. They saw the sun.", "No . | He said no . | They saw the sun ."},
        {"It was Sun. 5 at Acme Inc.. She has a Ph.D. in law", "It was Sun. 5 at Acme Inc. . | She has a Ph.D. in law"},
        {"He left the U.S.", "He left the U.S."}}));
    CHECK(tokens_of(text) == expected);
}

TEST_CASE("tokeniser: who writes without capitals ends sentences, too", "[language]") {
    CHECK(tokens_of("i like dogs. they like me") == "i like dogs . | they like me");
    CHECK(tokens_of("Some like the approx. five dogs") == "Some like the approx. five dogs");
    CHECK(tokens_of("The firm Yahoo! said so") == "The firm Yahoo ! said so");
}

TEST_CASE("tokeniser: a stretch without blanks takes time in proportion to its length", "[language]") {
    const auto part = GENERATE(values<std::string>({"a.", ")", ".)", "'", "x", "!?", "\u201D", "-", "@.", "a@", "a.b-", "http://", "1/", "5-", "(a", "n't", "x.doc", "\u2019", "+1"}));
    CAPTURE(part);
    std::string text;
    while (text.size() < 100'000) text += part;
    std::size_t words = 0;
    for (const Sentence& sentence : split_sentences(text)) words += sentence.words.size();
    CHECK(words > 0);
}

TEST_CASE("sentence model: its weights end sentences without a mark, and let others go on", "[language]") {
    const std::string text = "Regards Ann Please call. The end.";
    std::vector<Word> words;
    split_words(text, 0, words);
    const SentenceFeatures features(words);
    ModelFile file;
    Tensor& weights = file.tensors["sentences.weights"] = {1, 1U << kSentenceRowBits, {1}, std::vector<std::int8_t>(1U << kSentenceRowBits, 0)};
    weights.data[features.at(0, 1, false)[4]] = 5;   // "ann please"
    weights.data[features.at(2, 4, true)[4]] = -5;  // ". the"

    const auto sentences = split_sentences(text, SentenceModel(file));

    REQUIRE(sentences.size() == 2);
    CHECK(sentences[0].words.back().form == "Ann");
    CHECK(sentences[1].words.size() == 6);
    CHECK(split_sentences(text, SentenceModel(ModelFile{})).size() == 2);  // without weights: by marks alone
    CHECK(split_sentences(text)[0].words.back().form == ".");
    weights.data.pop_back();
    CHECK_THROWS_AS(SentenceModel(file), Error);
}

TEST_CASE("tree decoder: as good as trying every tree", "[language]") {
    std::mt19937 random(5);
    std::uniform_real_distribution<float> uniform(-1, 1);
    for (int round = 0; round < 200; ++round) {
        const std::size_t n = 2 + random() % 4;  // the root and one to four words
        std::vector<std::vector<float>> scores(n, std::vector<float>(n));
        for (auto& row : scores) {
            for (float& score : row) score = uniform(random);
        }
        for (std::size_t i = 0; i < n; ++i) scores[i][i] = -1e9F;
        const auto total = [&](const std::vector<int>& heads) {
            float sum = 0;
            for (std::size_t i = 1; i < n; ++i) sum += scores[i][static_cast<std::size_t>(heads[i])];
            return sum;
        };
        const auto is_tree = [&](const std::vector<int>& heads) {
            int roots = 0;
            for (std::size_t i = 1; i < n; ++i) {
                roots += heads[i] == 0 ? 1 : 0;
                std::size_t at = i, steps = 0;
                while (at != 0 && steps++ <= n) at = static_cast<std::size_t>(heads[at]);
                if (at != 0) return false;
            }
            return roots == 1;
        };
        float best = -1e9F;
        std::vector<int> heads(n, 0);
        const auto count = static_cast<std::size_t>(std::pow(static_cast<double>(n), static_cast<double>(n - 1)));
        for (std::size_t code = 0; code < count; ++code) {
            std::size_t rest = code;
            for (std::size_t i = 1; i < n; ++i, rest /= n) heads[i] = static_cast<int>(rest % n);
            if (is_tree(heads)) best = std::max(best, total(heads));
        }
        const std::vector<int> found = decode_tree(scores);
        REQUIRE(is_tree(found));
        CHECK(total(found) == Approx(best).margin(1e-5));
    }
}

TEST_CASE("analyser: reads plain sentences right", "[language]") {
    const Analyser analyser = Analyser::load(kModel);
    const auto sentences = analyser.analyse("The minister visited three towns. She had agreed to help.");
    REQUIRE(sentences.size() == 2);
    const auto& words = sentences[0].words;
    REQUIRE(words.size() == 6);
    CHECK(words[2].deprel == "root");
    CHECK(words[2].lemma == "visit");
    CHECK(words[1].deprel == "nsubj");
    CHECK(words[1].head == 2);
    CHECK(words[4].deprel == "obj");
    CHECK(words[4].lemma == "town");
    CHECK(sentences[1].words[4].deprel == "xcomp");
}

TEST_CASE("analyser: sees ends of sentences without a mark, and marks that end nothing", "[language]") {
    const Analyser analyser = Analyser::load(kModel);
    const auto sentences_of = [&](const std::string& text) {
        std::vector<std::string> found;
        for (const Sentence& sentence : analyser.tokenise(text)) found.push_back(text.substr(sentence.begin, sentence.end - sentence.begin));
        return found;
    };
    using Sentences = std::vector<std::string>;
    CHECK(sentences_of("The dam was built in 1956. [1] It holds water.") == Sentences{"The dam was built in 1956. [1]", "It holds water."});
    CHECK(sentences_of("Scott Neal 08/16/2000 03:48 PM Please let me know.") == Sentences{"Scott Neal", "08/16/2000 03:48 PM", "Please let me know."});
    CHECK(sentences_of("The Ministry of Foreign Affairs in Oslo said on Monday that Maria Lopez had left.").size() == 1);
}

TEST_CASE("analyser: odd input is answered, not feared", "[language]") {
    const Analyser analyser = Analyser::load(kModel);
    CHECK(analyser.analyse("").empty());
    CHECK(analyser.analyse(" \n\t ").empty());
    CHECK(analyser.analyse(std::string(5000, 'x')).size() == 1);
    std::string long_sentence;
    for (int i = 0; i < 1000; ++i) long_sentence += "word ";
    CHECK(analyser.analyse(long_sentence).front().words.size() == 1000);
    CHECK_NOTHROW(analyser.analyse("\xFF\xFE bad bytes \xC3"));
}

TEST_CASE("model: a damaged, foreign or missing file is refused", "[language]") {
    const test::TempDir directory;
    CHECK_THROWS_AS(Analyser::load(directory / "none.tcm"), Error);
    std::ifstream in(kModel, std::ios::binary);
    std::string bytes{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
    bytes[bytes.size() / 2] = static_cast<char>(bytes[bytes.size() / 2] ^ 1);
    std::ofstream(directory / "bad.tcm", std::ios::binary) << bytes;
    CHECK_THROWS_AS(Analyser::load(directory / "bad.tcm"), Error);
    std::ofstream(directory / "short.tcm", std::ios::binary) << bytes.substr(0, 100);
    CHECK_THROWS_AS(Analyser::load(directory / "short.tcm"), Error);
    std::ofstream(directory / "text.tcm") << "hello";
    CHECK_THROWS_AS(Analyser::load(directory / "text.tcm"), Error);
}

TEST_CASE("conllu: reading what was written gives the same", "[language]") {
    const std::string text = "1\tDogs\tdog\tNOUN\tNNS\t_\t2\tnsubj\t_\t_\n2\tbark\tbark\tVERB\tVBP\t_\t0\troot\t_\tSpaceAfter=No\n3\t.\t.\tPUNCT\t.\t_\t2\tpunct\t_\t_\n\n";
    CHECK(write_conllu(read_conllu("# text = Dogs bark.\n" + text)) == text);
}

TEST_CASE("conllu: words that are written as one, and paragraphs", "[language]") {
    const auto row = [](const std::string& id, const std::string& form, const std::string& misc) {
        return id + '\t' + form + "\t_\tX\tX\t_\t0\troot\t_\t" + misc + '\n';
    };
    const auto found = read_conllu("# newpar\n" + row("1-2", "Don't", "SpaceAfter=No") + row("1", "Do", "_") + row("2", "n't", "_") + row("3", "!", "_") +
                                   "\n" + row("1", "Go", "_") + "\n");
    REQUIRE(found.size() == 2);
    CHECK(found[0].starts_paragraph);
    CHECK_FALSE(found[1].starts_paragraph);
    const auto& words = found[0].words;
    CHECK_FALSE(words[0].space_after);
    CHECK_FALSE(words[1].space_after);
    CHECK(words[2].space_after);
    CHECK(words[2].begin == 5);
    CHECK(words[1].continues_token);
    CHECK_FALSE(words[2].continues_token);
}

TEST_CASE("conllu: the text of a treebank is the one that people wrote", "[language]") {
    const auto row = [](const std::string& id, const std::string& form, const std::string& misc = "_") {
        return id + '\t' + form + "\t_\tX\tX\t_\t0\troot\t_\t" + misc + '\n';
    };
    const Treebank treebank = read_treebank("# newdoc id = a\n# newpar\n" + row("1-2", "gimme") + row("1", "give") + row("2", "me") + row("2.1", "_") +
                                            row("3", "it", "SpaceAfter=No") + row("4", "!", "SpaceAfter=No") + "\n" + row("1", "Go", "Foo=a") + "\n# newpar\n" +
                                            row("1-2", "Can't", "SpaceAfter=No") + row("1", "Ca") + row("2", "n't") + row("3", ".") + "\n" + row("1", "No") + "\n");

    CHECK(treebank.text == "gimme it!Go\n\nCan't. No");
    std::string words;
    for (const Sentence& sentence : treebank.sentences) {
        for (const Word& word : sentence.words) words += treebank.text.substr(word.begin, word.end - word.begin) + (word.space_after ? "_" : "|");
    }
    CHECK(words == "gimme|gimme_it|!|Go_Ca|n't|._No_");  // words that are not written as they are have the bytes of the whole
    CHECK(treebank.sentences[2].begin == treebank.text.find("Can't"));
    CHECK(treebank.sentences[2].end == treebank.text.find(". No") + 1);
}

}  // namespace tercet::language
