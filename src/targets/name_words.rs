//! Which words make a name, and which capitalised words do not?

use crate::text::StopWords;
use crate::text::word_table::WordTable;

/// Small words inside names: "Bank of England", "Ursula von der Leyen".
const INSIDE: &[&str] =
    &["of", "von", "van", "der", "de", "del", "della", "da", "dos", "bin", "ibn", "al", "el"];

/// Small words inside names of bodies alone: "Institute for Learning", "Council on Foreign Relations".
const INSIDE_BODY: &[&str] = &["for", "on"];

/// What public bodies are called. A title before such a word belongs to the name ("Defence Ministry"),
/// and so does a plural possessive ("Teachers’ Union").
const BODIES: &[&str] = &[
    "Administration",
    "Agency",
    "Alliance",
    "Assembly",
    "Association",
    "Authority",
    "Bank",
    "Board",
    "Bureau",
    "Center",
    "Centre",
    "Coalition",
    "Commission",
    "Committee",
    "Congress",
    "Corporation",
    "Council",
    "Court",
    "Department",
    "Federation",
    "Forum",
    "Foundation",
    "Front",
    "Fund",
    "Group",
    "Headquarters",
    "Institute",
    "League",
    "Ministry",
    "Movement",
    "Office",
    "Organisation",
    "Organization",
    "Party",
    "Service",
    "Society",
    "Trust",
    "Union",
    "University",
];

/// Before these a capitalised word tells the field of an office: "Education Secretary".
const OFFICES: &[&str] = &["Minister", "Secretary"];

/// Who bears one of these offices is named behind it: "Presidential Nominee Dana Holt".
const HEADS: &[&str] = &[
    "Ambassador",
    "Attorney",
    "Ayatollah",
    "Brigadier",
    "Candidate",
    "CEO",
    "Chairman",
    "Chairwoman",
    "Chief",
    "Coach",
    "Colonel",
    "Commander",
    "Commissioner",
    "Correspondent",
    "Director",
    "Dr",
    "Envoy",
    "Governor",
    "Head",
    "Leader",
    "Lawmaker",
    "Lieutenant",
    "Major",
    "Mayor",
    "Minister",
    "Mr",
    "Mrs",
    "Ms",
    "Nominee",
    "President",
    "Professor",
    "Representative",
    "Secretary",
    "Senator",
    "Speaker",
    "Spokesman",
    "Spokesperson",
    "Spokeswoman",
];

/// What public bodies deal with; "and" or a comma between two of these parts no names: "Oil and Gas Company",
/// "Ministry of Labour, Health and Welfare".
const FIELDS: &[&str] = &[
    "Affairs",
    "Agriculture",
    "Arts",
    "Atomic",
    "Aviation",
    "Budget",
    "Commerce",
    "Communications",
    "Congress",
    "Cooperation",
    "Cultural",
    "Culture",
    "Customs",
    "Defence",
    "Defense",
    "Development",
    "Drug",
    "Economic",
    "Economics",
    "Economy",
    "Education",
    "Energy",
    "Engineering",
    "Environment",
    "Exhibition",
    "Exploration",
    "Finance",
    "Fisheries",
    "Food",
    "Foreign",
    "Forests",
    "Gas",
    "Health",
    "Heritage",
    "Housing",
    "Human",
    "Immigration",
    "Industries",
    "Industry",
    "Information",
    "Innovation",
    "Investment",
    "Justice",
    "Labor",
    "Labour",
    "Marine",
    "Medical",
    "Mines",
    "Mining",
    "Oil",
    "Petroleum",
    "Planning",
    "Policy",
    "Production",
    "Public",
    "Range",
    "Research",
    "Roads",
    "Rural",
    "Safety",
    "Science",
    "Sciences",
    "Security",
    "Shipping",
    "Social",
    "Sport",
    "Sports",
    "Standards",
    "Statistics",
    "Technology",
    "Tourism",
    "Trade",
    "Transport",
    "Urban",
    "Water",
    "Watershed",
    "Welfare",
    "Youth",
];

/// Capitalised abbreviations and words that are nobody: measures, diseases, parts of a document.
const NOBODY: &[&str] = &[
    "AIDS",
    "Article",
    "ATM",
    "Century",
    "CEO",
    "Chapter",
    "COVID",
    "COVID-19",
    "Dollar",
    "Dollars",
    "Euro",
    "Euros",
    "DNA",
    "Due",
    "EPC",
    "FM",
    "GDP",
    "GNP",
    "HIV",
    "HIV/AIDS",
    "ID",
    "IQ",
    "IT",
    "MP",
    "MPs",
    "NCD",
    "NCDs",
    "PC",
    "PCs",
    "NGO",
    "NGOs",
    "PCR",
    "PhD",
    "QB",
    "Resolution",
    "RNA",
    "Section",
    "SMS",
    "SUV",
    "TV",
    "UFO",
    "URL",
    "VAT",
    "VIP",
    "Charter",
    "Federal",
    "Government",
    "Member",
    "National",
    "Next",
    "States",
    "Embassy",
    "Energy",
    "Revolution",
];

/// Participles and the like that open a sentence or a heading, and stand in no name.
const OPENERS: &[&str] = &[
    "According",
    "Addressing",
    "Asked",
    "Citing",
    "Commenting",
    "Concerning",
    "Elaborating",
    "Elsewhere",
    "Following",
    "Given",
    "Highlighting",
    "Noting",
    "Pointing",
    "Referring",
    "Regarding",
    "Responding",
    "Speaking",
    "Stressing",
    "Touching",
];

/// Behind the name of a country: money.
const CURRENCIES: &[&str] = &[
    "cents", "dollar", "dollars", "dinar", "dinars", "francs", "pesos", "pounds", "rial", "rials",
    "rubles", "rupees",
];

/// A town followed by one of these is where people met: "the Vienna talks" are not Austria's.
const MEETINGS: &[&str] = &[
    "accord",
    "accords",
    "agreement",
    "conference",
    "declaration",
    "document",
    "format",
    "negotiations",
    "pact",
    "process",
    "protocol",
    "round",
    "summit",
    "talks",
];

/// Towns where others meet.
const HOSTS: &[&str] = &[
    "Algiers",
    "Astana",
    "Berlin",
    "Brussels",
    "Copenhagen",
    "Davos",
    "Dayton",
    "Doha",
    "Geneva",
    "Glasgow",
    "Helsinki",
    "Kyoto",
    "Lausanne",
    "Lisbon",
    "London",
    "Madrid",
    "Minsk",
    "Montreux",
    "Munich",
    "Muscat",
    "Oslo",
    "Paris",
    "Reykjavik",
    "Rome",
    "Sochi",
    "Stockholm",
    "Vienna",
    "Yalta",
];

/// Capitalised, and no names of anybody.
const CALENDAR: &[&str] = &[
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
    "Jan",
    "Feb",
    "Mar",
    "Apr",
    "Jun",
    "Jul",
    "Aug",
    "Sep",
    "Sept",
    "Oct",
    "Nov",
    "Dec",
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
    "Mondays",
    "Tuesdays",
    "Wednesdays",
    "Thursdays",
    "Fridays",
    "Saturdays",
    "Sundays",
    "Islamic",
    "GMT",
    "EST",
    "EDT",
    "UTC",
    "CET",
    "AM",
    "PM",
    "I",
];

/// What a word can be to a name; a word can be several.
pub(super) type Kind = u32;

pub(super) const CALENDAR_WORD: Kind = 1;
pub(super) const BODY: Kind = 1 << 1;
pub(super) const OFFICE: Kind = 1 << 2;
pub(super) const SMALL: Kind = 1 << 3;
pub(super) const SMALL_IN_BODY: Kind = 1 << 4;
pub(super) const TITLE: Kind = 1 << 5;
pub(super) const FUNCTION_WORD: Kind = 1 << 6;
pub(super) const HEAD: Kind = 1 << 7;
pub(super) const FIELD: Kind = 1 << 8;
pub(super) const MEETING: Kind = 1 << 9;
pub(super) const HOST: Kind = 1 << 10;
pub(super) const NOBODY_WORD: Kind = 1 << 11;
pub(super) const OPENER: Kind = 1 << 12;
pub(super) const CURRENCY: Kind = 1 << 13;
/// A word that may be of any kind; there is no room for more.
pub(super) const UNKNOWN: Kind = (1 << 14) - 1;
/// No kind: a listed name may start with the word.
pub(super) const FIRST: Kind = 1 << 14;

/// The kinds of words as they are written.
const WRITTEN: [(&[&str], Kind); 12] = [
    (CALENDAR, CALENDAR_WORD),
    (BODIES, BODY),
    (OFFICES, OFFICE),
    (INSIDE, SMALL),
    (INSIDE_BODY, SMALL_IN_BODY),
    (HEADS, HEAD),
    (FIELDS, FIELD),
    (NOBODY, NOBODY_WORD),
    (MEETINGS, MEETING),
    (HOSTS, HOST),
    (OPENERS, OPENER),
    (CURRENCIES, CURRENCY),
];

/// The words that tell names, with what each is to a name.
#[derive(Clone, Debug)]
pub(super) struct NameWords {
    /// The kinds of words as they are written.
    pub(super) written: WordTable,
    /// The kinds of words in small letters.
    pub(super) lower: WordTable,
    /// All kinds of either, in small letters: of most words there is none, which one look tells. Of a word
    /// without an apostrophe it tells all that `lower` does.
    pub(super) any: WordTable,
}

impl NameWords {
    pub(super) fn english() -> Self {
        let written = pairs(&WRITTEN);
        Self {
            any: kinds(Self::in_small_letters()),
            lower: kinds(lower()),
            written: kinds(written),
        }
    }

    /// The words of all lists in small letters, each with the kind of a list that it is in.
    pub(super) fn in_small_letters() -> Vec<(String, Kind)> {
        let all = pairs(&WRITTEN).into_iter().chain(lower());
        all.map(|(word, kind)| (word.to_ascii_lowercase(), kind)).collect()
    }
}

/// The words whose case does not matter, with the kind of each list.
fn lower() -> Vec<(String, Kind)> {
    let titles = include_str!("../data/titles.txt").lines();
    let titles: Vec<&str> = titles.filter(|line| !line.starts_with('#')).collect();
    let stop_words = StopWords::english();
    let function_words: Vec<&str> = stop_words.iter().collect();
    pairs(&[(&titles, TITLE), (&function_words, FUNCTION_WORD)])
}

/// Whether a word names a public body.
pub(super) fn is_body(word: &str) -> bool {
    BODIES.contains(&word)
}

/// The words of several lists with the kind of each list.
fn pairs(lists: &[(&[&str], Kind)]) -> Vec<(String, Kind)> {
    let each = lists.iter();
    each.flat_map(|(words, kind)| words.iter().map(|word| ((*word).to_string(), *kind))).collect()
}

/// A table of words with all kinds of each.
fn kinds(mut kinds: Vec<(String, Kind)>) -> WordTable {
    kinds.sort_unstable();
    let mut table = WordTable::<u32>::default();
    for same in kinds.chunk_by(|a, b| a.0 == b.0) {
        table.get_or_insert(&same[0].0, same.iter().fold(0, |all, (_, kind)| all | kind));
    }
    table
}
