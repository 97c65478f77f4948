#include "loaders/article/lexicon.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <unordered_map>

#include "loaders/article/word_set.hpp"

namespace tercet::article::lexicon {
namespace {

constexpr auto kSayVerbs = word_set(
    "say", "tell", "add", "note", "state", "stress", "claim", "argue", "explain", "write", "tweet", "reply", "respond",
    "comment", "conclude", "remark", "reiterate", "declare", "announce", "report", "insist", "warn", "admit",
    "acknowledge", "assert", "affirm", "confirm", "emphasize", "emphasise", "underline", "underscore", "observe",
    "recall", "point", "complain", "allege", "maintain", "testify", "read", "quote", "post", "mention", "suggest",
    "predict", "estimate", "caution", "assure", "inform", "repeat", "describe", "put", "continue", "vow", "pledge",
    "deny", "contend", "boast", "joke", "shout", "answer", "indicate", "reveal", "disclose", "highlight", "go");
constexpr auto kBareReports =
    word_set("say", "tell", "add", "note", "state", "stress", "claim", "argue", "explain", "write", "tweet", "reply",
             "respond", "comment", "conclude", "remark", "reiterate", "report", "insist", "assert", "affirm",
             "emphasize", "emphasise", "underline", "underscore", "observe", "read", "quote", "post", "mention", "put",
             "continue", "go", "contend", "maintain", "recall", "point", "repeat", "answer", "caution", "suggest");
constexpr auto kOpinionVerbs = word_set("think", "believe", "feel", "consider", "assume", "suspect", "doubt", "fear",
                                        "guess", "suppose", "know", "understand", "see", "find", "expect", "hope");
constexpr auto kUtteranceNouns = word_set("statement", "readout", "report", "release", "communique", "letter", "note",
                                          "post", "tweet", "declaration", "document", "message", "transcript");
constexpr auto kStatementNouns = word_set("statement", "readout", "release", "communique", "declaration", "tweet", "message");

constexpr auto kContentNouns =
    word_set("statement", "claim", "fact", "report", "idea", "belief", "view", "comment", "remark", "sign", "evidence",
             "hope", "fear", "news", "suggestion", "allegation", "accusation", "warning", "promise", "assurance",
             "argument", "assertion", "opinion", "concern");

struct ModalityRow {
    std::string_view word;
    Modality modality;
};
constexpr std::array kBelow{
    ModalityRow{"want", Modality::Desired},      ModalityRow{"wish", Modality::Desired},
    ModalityRow{"hope", Modality::Desired},      ModalityRow{"urge", Modality::Desired},
    ModalityRow{"call", Modality::Desired},      ModalityRow{"ask", Modality::Desired},
    ModalityRow{"demand", Modality::Desired},    ModalityRow{"request", Modality::Desired},
    ModalityRow{"encourage", Modality::Desired}, ModalityRow{"push", Modality::Desired},
    ModalityRow{"press", Modality::Desired},     ModalityRow{"invite", Modality::Desired},
    ModalityRow{"advise", Modality::Desired},    ModalityRow{"recommend", Modality::Desired},
    ModalityRow{"propose", Modality::Desired},   ModalityRow{"like", Modality::Desired},
    ModalityRow{"seek", Modality::Desired},      ModalityRow{"aim", Modality::Desired},
    ModalityRow{"try", Modality::Desired},       ModalityRow{"attempt", Modality::Desired},
    ModalityRow{"work", Modality::Desired},      ModalityRow{"strive", Modality::Desired},
    ModalityRow{"plan", Modality::Intended},     ModalityRow{"intend", Modality::Intended},
    ModalityRow{"agree", Modality::Intended},    ModalityRow{"decide", Modality::Intended},
    ModalityRow{"promise", Modality::Intended},  ModalityRow{"pledge", Modality::Intended},
    ModalityRow{"vow", Modality::Intended},      ModalityRow{"threaten", Modality::Intended},
    ModalityRow{"offer", Modality::Intended},    ModalityRow{"prepare", Modality::Intended},
    ModalityRow{"expect", Modality::Future},     ModalityRow{"allow", Modality::Possible},
    ModalityRow{"let", Modality::Possible},      ModalityRow{"enable", Modality::Possible},
    ModalityRow{"permit", Modality::Possible},   ModalityRow{"help", Modality::Possible},
    ModalityRow{"seem", Modality::Possible},     ModalityRow{"appear", Modality::Possible},
    ModalityRow{"suggest", Modality::Possible},  ModalityRow{"suspect", Modality::Possible},
    ModalityRow{"fear", Modality::Possible},     ModalityRow{"doubt", Modality::Possible},
    ModalityRow{"allege", Modality::Possible},   ModalityRow{"accuse", Modality::Possible},
    ModalityRow{"ensure", Modality::Desired},    ModalityRow{"require", Modality::Necessary},
    ModalityRow{"need", Modality::Necessary},    ModalityRow{"have", Modality::Necessary},
    ModalityRow{"commission", Modality::Desired}, ModalityRow{"hire", Modality::Desired},
    ModalityRow{"recruit", Modality::Desired},   ModalityRow{"enlist", Modality::Desired},
    ModalityRow{"train", Modality::Desired},     ModalityRow{"send", Modality::Desired},
    ModalityRow{"deploy", Modality::Desired},    ModalityRow{"pay", Modality::Desired},
    ModalityRow{"employ", Modality::Desired},    ModalityRow{"appoint", Modality::Desired},
    ModalityRow{"assign", Modality::Desired},    ModalityRow{"nominate", Modality::Desired},
    ModalityRow{"choose", Modality::Desired},    ModalityRow{"select", Modality::Desired},
    ModalityRow{"oblige", Modality::Necessary},  ModalityRow{"force", Modality::Asserted},
};
constexpr std::array kAuxiliaries{
    ModalityRow{"can", Modality::Possible},      ModalityRow{"could", Modality::Possible},
    ModalityRow{"may", Modality::Possible},      ModalityRow{"might", Modality::Possible},
    ModalityRow{"must", Modality::Necessary},    ModalityRow{"should", Modality::Necessary},
    ModalityRow{"shall", Modality::Future},      ModalityRow{"ought", Modality::Necessary},
    ModalityRow{"will", Modality::Future},       ModalityRow{"'ll", Modality::Future},
    ModalityRow{"wo", Modality::Future},         ModalityRow{"ca", Modality::Possible},
    ModalityRow{"would", Modality::Conditional}, ModalityRow{"'d", Modality::Conditional},
};
constexpr std::array kNouns{
    ModalityRow{"responsibility", Modality::Necessary},
    ModalityRow{"duty", Modality::Necessary},
    ModalityRow{"obligation", Modality::Necessary},
    ModalityRow{"need", Modality::Necessary},
    ModalityRow{"opportunity", Modality::Possible},
    ModalityRow{"chance", Modality::Possible},
    ModalityRow{"ability", Modality::Possible},
    ModalityRow{"right", Modality::Possible},
    ModalityRow{"power", Modality::Possible},
    ModalityRow{"capacity", Modality::Possible},
    ModalityRow{"way", Modality::Possible},
    ModalityRow{"plan", Modality::Intended},
    ModalityRow{"intention", Modality::Intended},
    ModalityRow{"decision", Modality::Intended},
    ModalityRow{"promise", Modality::Intended},
    ModalityRow{"pledge", Modality::Intended},
    ModalityRow{"agreement", Modality::Intended},
    ModalityRow{"commitment", Modality::Intended},
    ModalityRow{"importance", Modality::Necessary},
    ModalityRow{"imperative", Modality::Necessary},
};
template <std::size_t N>
Modality find_modality(const std::array<ModalityRow, N>& rows, std::string_view word) {
    const auto* row = std::ranges::find(rows, word, &ModalityRow::word);
    return row == rows.end() ? Modality::Asserted : row->modality;
}

constexpr auto kNegativeImplicatives = word_set("deny", "refuse", "fail", "decline", "avoid", "prevent", "doubt",
                                                "neglect", "forget", "refrain", "stop", "dispute", "reject");
constexpr auto kAspectVerbs = word_set("continue", "begin", "start", "go", "keep", "use", "come");
constexpr auto kObjectControl = word_set(
    "urge", "allow", "ask", "tell", "let", "enable", "permit", "encourage", "force", "order", "invite", "advise",
    "help", "push", "press", "persuade", "convince", "expect", "want", "like", "require", "request", "compel", "cause",
    "warn", "teach", "get", "authorize", "authorise", "see", "hear", "watch", "keep", "leave", "find", "make", "have",
    "accuse", "prevent", "stop", "oblige", "instruct", "command", "sentence", "fine", "jail", "arrest", "thank",
    "praise", "convict", "punish", "suspect", "blame", "charge", "criticise", "criticize", "commission", "hire", "recruit",
    "enlist", "train", "send", "deploy", "pay", "employ", "appoint", "assign", "nominate", "choose", "select");
constexpr auto kEnabling =
    word_set("allow", "enable", "permit", "urge", "ask", "encourage", "force", "order", "invite", "persuade",
             "convince", "require", "authorise", "authorize", "let", "push", "press");
constexpr auto kObliqueControl =
    word_set("call", "push", "wait", "appeal", "press", "plead", "arrange", "count", "rely");
constexpr auto kNegations = word_set("not", "n't", "no", "never", "neither", "nor", "hardly", "scarcely", "barely",
                                     "without", "none", "nobody", "nothing", "cannot", "few", "nowhere");

constexpr auto kStanceVerbs = word_set("support", "back", "oppose", "favour", "favor", "welcome", "condemn", "reject",
                                       "endorse", "advocate", "denounce", "approve", "criticise", "criticize");
constexpr auto kTransparentNouns = word_set("call", "idea", "effort", "attempt", "proposal", "demand", "plan", "notion",
                                            "bid", "initiative", "request", "appeal", "push", "suggestion", "move",
                                            "concept", "principle", "creation", "establishment", "deployment");

constexpr auto kRoleNouns = word_set(
    "president", "minister", "secretary", "ambassador", "spokesman", "spokeswoman", "spokesperson", "spox",
    "administrator", "chairman", "chairwoman", "chairperson", "chair", "director", "chief", "head", "leader",
    "governor", "mayor", "senator", "representative", "envoy", "commissioner", "general", "commander", "chancellor",
    "premier", "king", "queen", "prince", "princess", "pope", "bishop", "archbishop", "judge", "justice", "attorney",
    "prosecutor", "lawyer", "professor", "doctor", "analyst", "expert", "editor", "correspondent", "reporter",
    "journalist", "coach", "captain", "colonel", "major", "lieutenant", "sergeant", "admiral", "manager", "founder",
    "ceo", "cfo", "owner", "author", "actor", "actress", "singer", "musician", "writer", "activist",
    "adviser", "advisor", "deputy", "assistant", "counsellor", "counselor", "congressman", "congresswoman", "lawmaker",
    "mp", "pm", "fm", "official", "coordinator", "inspector", "officer", "engineer", "scientist", "researcher",
    "economist", "historian", "sheriff", "speaker", "treasurer", "dean", "rector", "principal", "teacher", "diplomat",
    "counterpart", "consul", "emir", "sultan", "emperor", "marshal", "presenter", "striker", "goalkeeper", "candidate",
    "rapporteur", "ombudsman", "executive");
constexpr auto kRoleModifiers = word_set(
    "prime", "deputy", "acting", "foreign", "vice", "former", "assistant", "senior", "chief", "press", "defence",
    "defense", "interior", "finance", "first", "under", "attorney", "general", "special", "executive", "managing",
    "national", "security", "permanent", "associate", "lead", "co", "interim", "principal", "culture", "education",
    "health", "justice", "trade", "energy", "economy", "agriculture", "transport", "ex", "new", "current", "then",
    "late", "crown", "supreme", "high", "political", "human", "rights", "environment", "petty", "warrant", "staff", "lance", "rear",
    "presidential");
constexpr auto kHonorifics =
    word_set("mr", "mr.", "mrs", "mrs.", "ms", "ms.", "dr", "dr.", "prof", "prof.", "sir", "lord", "lady", "dame",
             "rev", "rev.", "sen", "sen.", "rep", "rep.", "gen", "gen.", "lt", "lt.", "col", "col.", "capt", "capt.",
             "sgt", "sgt.", "gov", "gov.", "miss", "madam", "father", "sister", "brother");
constexpr auto kPersonNouns = word_set(
    "man", "woman", "people", "person", "official", "resident", "citizen", "child", "boy", "girl", "civilian", "observer", "partner",
    "ally", "soldier", "worker", "member", "refugee", "student", "witness", "victim", "leader", "parent", "family", "friend", "voter",
    "protester", "fighter", "militant", "police", "troop", "folk", "those", "father", "mother", "brother", "sister", "son", "daughter",
    "wife", "husband", "aunt", "uncle", "cousin", "grandfather", "grandmother", "grandson", "granddaughter", "nephew", "niece", "widow",
    "widower", "bride", "groom", "fiance", "fiancee", "boyfriend", "girlfriend", "twin", "sibling", "spouse", "relative", "colleague",
    "neighbour", "neighbor", "teenager", "adult", "kid", "baby", "infant", "toddler", "youngster", "pupil", "graduate", "patient",
    "passenger", "driver", "pilot", "sailor", "seaman", "farmer", "fisherman", "policeman", "policewoman", "gunman", "hostage",
    "prisoner", "inmate", "detainee", "suspect", "attacker", "assailant", "hacker", "blogger", "author", "writer", "poet", "novelist",
    "playwright", "singer", "actor", "actress", "musician", "composer", "artist", "painter", "sculptor", "photographer", "filmmaker",
    "architect", "designer", "engineer", "scientist", "researcher", "scholar", "historian", "economist", "sociologist", "physicist",
    "chemist", "biologist", "astronomer", "mathematician", "philosopher", "psychologist", "astronaut", "athlete", "footballer",
    "cricketer", "boxer", "player", "goalkeeper", "striker", "referee", "fan", "supporter", "critic", "opponent", "rival", "candidate",
    "nominee", "politician", "lawmaker", "legislator", "congressman", "congresswoman", "activist", "campaigner", "demonstrator",
    "dissident", "rebel", "migrant", "immigrant", "expatriate", "survivor", "volunteer", "employee", "employer", "investor",
    "shareholder", "customer", "consumer", "tourist", "visitor", "guest", "owner", "tenant", "landlord", "inventor", "king", "queen",
    "prince", "princess", "emperor", "empress", "duke", "duchess", "baron", "pope", "priest", "monk", "nun", "imam", "rabbi", "pastor",
    "missionary", "nurse", "surgeon", "physician", "dentist", "therapist", "pharmacist", "chef", "waiter", "waitress", "butcher",
    "baker", "carpenter", "electrician", "plumber", "miner", "firefighter", "paramedic", "thief", "robber", "burglar", "killer",
    "murderer", "terrorist", "smuggler", "trafficker", "trader", "merchant", "businessman", "businesswoman", "entrepreneur",
    "billionaire", "millionaire", "celebrity", "hero", "veteran", "conscript", "deserter", "mercenary", "sniper", "commuter",
    "pedestrian", "cyclist", "motorist", "hiker", "climber", "swimmer", "runner", "dancer", "comedian", "magician", "clown", "spy",
    "informant", "whistleblower", "plaintiff", "defendant", "juror", "bystander", "onlooker", "villager", "islander", "peasant",
    "gentleman", "lady", "guy");
constexpr auto kOrganisationNouns = word_set(
    "ministry", "department", "council", "university", "government", "bank", "court", "party", "union", "agency",
    "office", "committee", "commission", "company", "corporation", "corp", "corp.", "inc", "inc.", "ltd", "ltd.", "plc",
    "group", "institute", "association", "organization", "organisation", "foundation", "police", "army", "navy",
    "parliament", "congress", "senate", "house", "assembly", "bureau", "service", "authority", "federation", "league",
    "club", "college", "school", "hospital", "church", "network", "times", "post", "news", "force", "forces", "nations",
    "administration", "embassy", "board", "centre", "center", "fund", "trust", "alliance", "guard", "command",
    "secretariat", "presidency", "cross", "airline", "airlines", "motors", "industries", "press");
constexpr auto kPlaceNouns =
    word_set("city", "region", "river", "republic", "province", "district", "county", "town", "village", "island",
             "islands", "lake", "sea", "mount", "mountain", "mountains", "street", "avenue", "road", "airport",
             "corridor", "valley", "bay", "bridge", "square", "park", "ocean", "gulf", "strait", "desert", "state",
             "states", "coast", "oblast", "peninsula", "kingdom", "territory", "border");
constexpr auto kTimeWords =
    word_set("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "january", "february",
             "march", "april", "may", "june", "july", "august", "september", "october", "november", "december", "today",
             "yesterday", "tomorrow", "tonight", "year", "month", "week", "day", "hour", "minute", "decade", "century",
             "morning", "evening", "afternoon", "night", "weekend", "time", "moment", "summer", "winter", "spring",
             "autumn", "noon", "midnight", "now", "ago", "while", "season", "past", "period");

constexpr auto kInfinitiveNouns = word_set(
    "effort", "attempt", "plan", "decision", "agreement", "bid", "move", "call", "right", "need", "opportunity",
    "chance", "ability", "willingness", "commitment", "promise", "pledge", "responsibility", "duty", "obligation",
    "way", "time", "reason", "imperative", "failure", "refusal", "intention", "desire", "wish", "hope", "aim", "goal",
    "offer", "threat", "request", "order", "power", "authority", "capacity", "mandate", "readiness", "importance",
    "pressure", "determination", "anonymity", "permission", "tendency", "proposal", "ambition", "vote", "stretch",
    "everything", "something", "nothing", "step", "measure", "money", "place");
constexpr auto kAgentNouns = word_set("mission", "team", "force", "group", "commission", "delegation", "envoy", "party",
                                      "programme", "program", "project", "law", "bill", "committee", "body", "court",
                                      "conference", "agency", "treaty", "system", "operation", "campaign", "platform");
constexpr auto kRankModifiers =
    word_set("deputy", "acting", "assistant", "vice", "press", "former", "under", "associate");
constexpr auto kComplementNouns = word_set(
    "support", "call", "attack", "claim", "control", "commitment", "threat", "concern", "agreement", "access", "talk",
    "protection", "sovereignty", "response", "opposition", "statement", "report", "comment", "position", "effort",
    "assistance", "aid", "contribution", "importance", "treatment", "return", "divide", "war", "conflict", "question",
    "visit", "demand", "ban", "sanction", "operation", "peace", "respect", "need", "limit", "investment", "tax",
    "meeting", "war", "solution", "resolution", "reaction", "answer", "benefit", "approach", "attitude");
constexpr auto kQuantityNouns =
    word_set("thousand", "hundred", "million", "billion", "dozen", "number", "most", "all", "some", "many", "group",
             "majority", "series", "lot", "couple", "handful", "one", "part", "member", "kind", "sort", "type", "rest",
             "half", "range", "variety", "each", "both", "score", "ten", "several", "few", "any", "none");
constexpr auto kAdverbialNouns =
    word_set("person", "least", "fact", "addition", "course", "particular", "general", "response", "turn", "meantime",
             "example", "instance", "part", "way", "case", "total", "contrast", "regard", "term", "behalf", "light",
             "order", "result", "view", "sense", "detail", "return", "rate", "best", "once", "last", "first", "end",
             "beginning", "number", "respect", "basis", "effect", "short", "private", "public", "purpose",
             "sidelines", "margin", "all", "opinion", "meanwhile", "same");
constexpr auto kVague = word_set(
    "it", "this", "that", "these", "those", "something", "anything", "everything", "there", "what", "which", "who",
    "whom", "one", "they", "them", "he", "she", "him", "her", "we", "us", "i", "me", "you", "itself", "himself",
    "herself", "themselves", "ourselves", "such", "so", "other", "others", "another", "some", "any", "all", "each",
    "both", "nothing", "none", "few", "many", "most", "thing", "things", "here", "then", "where", "when", "how", "why",
    "whose", "whoever", "whatever", "its", "their", "his", "our", "my", "your", "mine", "ours", "yours", "theirs",
    "hers", "myself", "yourself", "oneself", "nobody", "everybody", "everyone", "anyone", "anybody", "someone");
constexpr auto kFunctionWords =
    word_set("the", "of", "to", "in", "and", "a", "is", "was", "for", "on", "that", "with", "as", "it", "by", "be",
             "are", "has", "have", "an", "at", "from", "he", "she", "they", "we", "this", "but", "not", "will", "been",
             "were", "had", "his", "her", "their", "its", "who", "which", "after", "into", "about", "i", "you", "said",
             "or", "would", "over", "than", "there", "our", "no");

constexpr std::array<std::string_view, 12> kMonths{"january",   "february", "march",    "april",
                                                   "may",       "june",     "july",     "august",
                                                   "september", "october",  "november", "december"};
constexpr std::array<std::string_view, 7> kWeekdays{"monday", "tuesday",  "wednesday", "thursday",
                                                    "friday", "saturday", "sunday"};

constexpr std::array kNominals{
    Nominal{"visit", "to", "visit"},
    Nominal{"trip", "to", "visit"},
    Nominal{"meeting", "with", "meet_with"},
    Nominal{"conversation", "with", "speak_to"},
    Nominal{"talk", "with", "talk_with"},
    Nominal{"call", "for", "call_for"},
    Nominal{"address", "to", "address"},
    Nominal{"attack", "on", "attack"},
    Nominal{"claim", "to", "claim"},
    Nominal{"support", "for", "support"},
    Nominal{"criticism", "of", "criticise"},
    Nominal{"recognition", "of", "recognise"},
    Nominal{"withdrawal", "from", "withdraw_from"},
    Nominal{"arrival", "in", "arrive_in"},
    Nominal{"invasion", "of", "invade"},
    Nominal{"purchase", "of", "buy"},
    Nominal{"acquisition", "of", "acquire"},
    Nominal{"appointment", "of", "appoint"},
    Nominal{"killing", "of", "kill"},
    Nominal{"arrest", "of", "arrest"},
    Nominal{"shelling", "of", "shell"},
    Nominal{"bombing", "of", "bomb"},
    Nominal{"occupation", "of", "occupy"},
    Nominal{"condemnation", "of", "condemn"},
    Nominal{"rejection", "of", "reject"},
    Nominal{"opposition", "to", "oppose"},
    Nominal{"resignation", "from", "resign_from"},
    Nominal{"departure", "from", "leave"},
    Nominal{"commitment", "to", "be_committed_to"},
    Nominal{"dependence", "on", "depend_on"},
    Nominal{"victory", "over", "defeat"},
    Nominal{"launch", "of", "launch"},
};

struct Institution {
    std::string_view name;
    std::string_view country;
};
constexpr std::array kInstitutions{
    Institution{"White House", "United States"},
    Institution{"State Department", "United States"},
    Institution{"Department of State", "United States"},
    Institution{"Pentagon", "United States"},
    Institution{"Department of Defense", "United States"},
    Institution{"Congress", "United States"},
    Institution{"Capitol Hill", "United States"},
    Institution{"National Security Council", "United States"},
    Institution{"Kremlin", "Russia"},
    Institution{"Duma", "Russia"},
    Institution{"Downing Street", "United Kingdom"},
    Institution{"Whitehall", "United Kingdom"},
    Institution{"Foreign Office", "United Kingdom"},
    Institution{"House of Commons", "United Kingdom"},
    Institution{"Elysee Palace", "France"},
    Institution{"Quai d'Orsay", "France"},
    Institution{"Bundestag", "Germany"},
    Institution{"Chancellery", "Germany"},
    Institution{"Knesset", "Israel"},
    Institution{"Blue House", "South Korea"},
    Institution{"Verkhovna Rada", "Ukraine"},
    Institution{"Milli Majlis", "Azerbaijan"},
};

constexpr Country kCountries[] = {
#include "loaders/article/countries.inc"
};

using CountryIndex = std::unordered_map<std::string_view, const Country*>;

void add_names(CountryIndex& index, const Country& country) {
    index.emplace(country.name, &country);
    for (std::string_view rest = country.alias; !rest.empty();) {
        const auto bar = std::min(rest.find('|'), rest.size());
        index.emplace(rest.substr(0, bar), &country);
        rest.remove_prefix(std::min(bar + 1, rest.size()));
    }
}

CountryIndex index_by(std::string_view Country::*field) {
    CountryIndex index;
    for (const Country& country : kCountries) {
        if (!(country.*field).empty()) index.emplace(country.*field, &country);
    }
    return index;
}

const Country* find(const CountryIndex& index, std::string_view text) {
    const auto found = index.find(text);
    return found == index.end() ? nullptr : found->second;
}

/// Place of the name that the word is, or abbreviates to three letters or more; -1 for other words.
template <std::size_t N>
int abbreviated(const std::array<std::string_view, N>& names, std::string_view word) {
    if (word.ends_with('.')) word.remove_suffix(1);
    if (word.size() < 3) return -1;
    std::string start(word);
    std::ranges::transform(start, start.begin(), [](unsigned char c) { return static_cast<char>(c | 0x20U); });
    const auto* found = std::ranges::find_if(names, [&](std::string_view name) { return name.starts_with(start); });
    return found == names.end() ? -1 : static_cast<int>(found - names.begin());
}

}  // namespace

bool is_say_verb(std::string_view lemma) { return kSayVerbs.has(lemma); }
bool is_bare_report(std::string_view lemma) { return kBareReports.has(lemma); }
bool is_opinion_verb(std::string_view lemma) { return kOpinionVerbs.has(lemma); }
bool is_content_noun(std::string_view lemma) { return kContentNouns.has(lemma); }
bool is_utterance_noun(std::string_view lemma) { return kUtteranceNouns.has(lemma); }
bool is_statement_noun(std::string_view lemma) { return kStatementNouns.has(lemma); }
Modality modality_below(std::string_view lemma) { return find_modality(kBelow, lemma); }
Modality modality_of_auxiliary(std::string_view lemma) { return find_modality(kAuxiliaries, lemma); }
bool is_negative_implicative(std::string_view lemma) { return kNegativeImplicatives.has(lemma); }
bool is_aspect_verb(std::string_view lemma) { return kAspectVerbs.has(lemma); }
bool is_object_control(std::string_view lemma) { return kObjectControl.has(lemma); }
bool is_enabling(std::string_view lemma) { return kEnabling.has(lemma); }
bool is_oblique_control(std::string_view lemma) { return kObliqueControl.has(lemma); }
bool is_negation(std::string_view lemma) { return kNegations.has(lemma); }
bool is_stance_verb(std::string_view lemma) { return kStanceVerbs.has(lemma); }
bool is_transparent_noun(std::string_view lemma) { return kTransparentNouns.has(lemma); }
bool is_role_noun(std::string_view lemma) {
    if (lemma.starts_with("co-")) lemma.remove_prefix(3);
    return kRoleNouns.has(lemma);
}
bool is_role_modifier(std::string_view word) { return kRoleModifiers.has(word); }
bool is_honorific(std::string_view word) { return kHonorifics.has(word); }
bool is_person_noun(std::string_view lemma) { return kPersonNouns.has(lemma) || is_role_noun(lemma); }
bool is_organisation_noun(std::string_view lemma) { return kOrganisationNouns.has(lemma); }
bool is_place_noun(std::string_view lemma) { return kPlaceNouns.has(lemma); }
bool is_time_word(std::string_view lemma) { return kTimeWords.has(lemma); }
bool is_infinitive_noun(std::string_view lemma) { return kInfinitiveNouns.has(lemma); }
Modality modality_of_noun(std::string_view lemma) {
    const Modality modality = find_modality(kNouns, lemma);
    return modality == Modality::Asserted ? Modality::Desired : modality;
}
bool is_agent_noun(std::string_view lemma) { return kAgentNouns.has(lemma); }
bool is_rank_modifier(std::string_view word) { return kRankModifiers.has(word); }
bool needs_complement(std::string_view lemma) { return kComplementNouns.has(lemma); }
bool is_quantity_noun(std::string_view lemma) { return kQuantityNouns.has(lemma); }
bool is_adverbial_noun(std::string_view lemma) { return kAdverbialNouns.has(lemma); }
bool is_vague(std::string_view word) { return kVague.has(word); }
bool is_function_word(std::string_view word) { return kFunctionWords.has(word); }
int month_number(std::string_view word) { return abbreviated(kMonths, word) + 1; }
int weekday_number(std::string_view word) { return abbreviated(kWeekdays, word); }

const Nominal* find_nominal(std::string_view noun, std::string_view preposition) {
    const auto* found = std::ranges::find_if(kNominals, [&](const Nominal& nominal) {
        return nominal.noun == noun && nominal.noun_preposition == preposition;
    });
    return found == kNominals.end() ? nullptr : found;
}

const Country* country_by_name(std::string_view text) {
    static const CountryIndex kIndex = [] {
        CountryIndex index;
        for (const Country& country : kCountries) add_names(index, country);
        return index;
    }();
    return find(kIndex, text);
}

const Country* country_by_demonym(std::string_view text) {
    static const CountryIndex kIndex = index_by(&Country::demonym);
    return find(kIndex, text);
}

const Country* country_by_capital(std::string_view text) {
    static const CountryIndex kIndex = index_by(&Country::capital);
    return find(kIndex, text);
}

std::string_view country_of_institution(std::string_view text) {
    const auto* found = std::ranges::find(kInstitutions, text, &Institution::name);
    return found == kInstitutions.end() ? std::string_view() : found->country;
}

}  // namespace tercet::article::lexicon
