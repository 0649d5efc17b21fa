//! Which words are written with a full stop that ends nothing?

/// What follows an abbreviation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Abbreviation {
    /// A person's name: `Sen. Ortiz`.
    Title,
    /// The name or number that it belongs to: `St. Agatha`, `approx. 40`.
    Name,
    /// A number; before a word it ends the sentence: `No. 5`, `Macon, Ga. 31201`, `He said no. She …`
    Number,
    /// More of the name or date, or a new sentence: `Acme Corp. Europe`, `He left Acme Corp. The …`.
    End,
}

use Abbreviation::{End, Name, Number, Title};

/// Lowercase, sorted by name.
#[rustfmt::skip]
const TABLE: &[(&str, Abbreviation)] = &[
    ("abp", Title), ("adm", Title), ("adv", Title), ("al", Name), ("ala", Number), ("ald", Title),
    ("alh", Title), ("amb", Title), ("approx", Name), ("apr", End), ("ariz", Number),
    ("ark", Number), ("art", Number), ("assn", End), ("asst", Title), ("atty", Title),
    ("aug", End), ("ave", End), ("barr", Title), ("bhd", End), ("blvd", End), ("bp", Title),
    ("brig", Title), ("bros", End), ("ca", Number), ("calif", Number), ("capt", Title),
    ("cdr", Title), ("cf", Name), ("ch", Name), ("chem", Name), ("civ", Name), ("cllr", Title),
    ("cmdr", Title), ("co", End), ("col", Title), ("colo", Number), ("comdr", Title),
    ("conn", Number), ("const", Title), ("corp", End), ("cos", End), ("cpl", Title), ("cr", Title),
    ("cres", End), ("ct", End), ("dec", End), ("dep", Title), ("dept", End), ("det", Title),
    ("dr", Title), ("econ", Name), ("eds", Name), ("eng", Name), ("engl", Name), ("engr", Title),
    ("est", Number), ("etc", Number), ("ext", Name), ("feb", End), ("fed", Name), ("fig", Number),
    ("figs", Number), ("fla", Number), ("fr", Title), ("ft", Name), ("ga", Number), ("gen", Title),
    ("geo", Name), ("gov", Title), ("govt", Name), ("hist", Name), ("hon", Title), ("hwy", Name),
    ("ill", Number), ("inc", End), ("ind", Number), ("insp", Title), ("intl", Name), ("jan", End),
    ("jr", End), ("jul", End), ("jun", End), ("kan", Number), ("ky", Number), ("ldr", Title),
    ("llc", End), ("llp", End), ("ln", End), ("lt", Title), ("ltd", End), ("maj", Title),
    ("mar", Number), ("maths", Name), ("md", Number), ("messrs", Title), ("mfg", Name),
    ("mgr", Title), ("mich", Number), ("minn", Number), ("mlle", Title), ("mme", Title),
    ("mont", Number), ("mr", Title), ("mrs", Title), ("ms", Title), ("msgr", Title),
    ("mst", Title), ("mt", Name), ("mx", Title), ("nat", Name), ("natl", Name), ("neb", Number),
    ("nev", Number), ("no", Number), ("nos", Number), ("nov", End), ("nr", Number), ("oct", End),
    ("okla", Number), ("op", Number), ("ore", Number), ("p", Number), ("para", Number),
    ("pfc", Title), ("phil", Name), ("phys", Name), ("pl", End), ("plc", End), ("pp", Number),
    ("pres", Title), ("prof", Title), ("pt", Name), ("pte", End), ("pty", End), ("pvt", Title),
    ("rd", End), ("rep", Title), ("reps", Title), ("res", Title), ("ret", Title), ("retd", Title),
    ("rev", Title), ("rs", Name), ("rt", Name), ("sec", Number), ("sen", Title), ("sens", Title),
    ("sep", End), ("sept", End), ("sgt", Title), ("smt", Title), ("spc", Title), ("sq", Title),
    ("sqn", Title), ("sr", End), ("sra", Title), ("srta", Title), ("ssgt", Title), ("st", Name),
    ("ste", Name), ("str", Number), ("supt", Title), ("tel", Number), ("tenn", Number),
    ("tex", Number), ("thiru", Title), ("tmt", Title), ("univ", Name), ("v", Name), ("ver", Name),
    ("viz", Name), ("vol", Number), ("vols", Number), ("vs", Name), ("vt", Number),
    ("wash", Number), ("wg", Title), ("wis", Number), ("wyo", Number),
];

/// Street names are written in one word in German: `Lindenstr. 14`.
const GERMAN_STREET: &str = "str";

/// The kind of abbreviation that a word before a full stop is, if it is one.
pub(super) fn abbreviation(word: &str) -> Option<Abbreviation> {
    let mut buffer = [0; 8];
    let Some(lower) = buffer.get_mut(..word.len()) else {
        return word.ends_with(GERMAN_STREET).then_some(Number);
    };
    lower.copy_from_slice(word.as_bytes());
    lower.make_ascii_lowercase();
    let at = TABLE_KEYS.binary_search(&u64::from_be_bytes(buffer)).ok()?;
    let (name, kind) = TABLE[at];
    (name.len() == word.len()).then_some(kind)
}

/// The names of the table as numbers, which are compared in one step and sorted as the names are.
const TABLE_KEYS: [u64; TABLE.len()] = {
    let mut keys = [0; TABLE.len()];
    let mut number = 0;
    while number < TABLE.len() {
        keys[number] = (key_of(TABLE[number].0) >> 64) as u64;
        number += 1;
    }
    keys
};

/// The bytes of a word, the first of them highest, with zeros behind them.
const fn key_of(word: &str) -> u128 {
    let (word, mut key, mut at) = (word.as_bytes(), 0, 0);
    while at < word.len() {
        key |= (word[at] as u128) << (120 - 8 * at);
        at += 1;
    }
    key
}

/// Capitalised words that, after an abbreviation, show that a new sentence has begun.
#[rustfmt::skip]
const STARTERS: &[&str] = &[
    "A", "After", "All", "Although", "An", "And", "As", "At", "Before", "Both", "But", "By",
    "During", "For", "From", "He", "Her", "His", "How", "However", "I", "If", "In", "It", "Its",
    "Many", "Meanwhile", "Most", "Neither", "No", "Nobody", "Not", "On", "One", "Our", "She",
    "Since", "So", "Some", "Still", "That", "The", "Their", "There", "These", "They", "This",
    "Those", "To", "Under", "Until", "We", "What", "When", "Where", "While", "Who", "Why", "With",
    "Yet", "You",
];

const STARTER_KEYS: [u128; STARTERS.len()] = {
    let mut keys = [0; STARTERS.len()];
    let mut number = 0;
    while number < STARTERS.len() {
        keys[number] = key_of(STARTERS[number]);
        number += 1;
    }
    keys
};

pub(super) fn starts_sentences(word: &str) -> bool {
    let mut buffer = [0; 16];
    let Some(written) = buffer.get_mut(..word.len()) else { return false };
    written.copy_from_slice(word.as_bytes());
    let found = STARTER_KEYS.binary_search(&u128::from_be_bytes(buffer));
    found.is_ok_and(|at| STARTERS[at].len() == word.len())
}

/// Words that start sentences and are names too: `Dr. No`, `Gen. So`.
const NAMES_TOO: &[&str] = &["All", "An", "He", "How", "In", "No", "So", "Still", "Yet", "You"];

pub(super) fn is_name_too(word: &str) -> bool {
    NAMES_TOO.contains(&word)
}

/// Names that end in an exclamation mark: `Yahoo! Inc.`
pub(super) fn is_shouted_name(word: &str) -> bool {
    matches!(word, "Jeopardy" | "Yahoo")
}

/// What goes on with a time of day: `6 p.m. Monday`, `9 a.m. Eastern`.
#[rustfmt::skip]
const AFTER_TIMES: &[&str] = &[
    "Atlantic", "BST", "CET", "CST", "Central", "EDT", "EST", "ET", "Eastern", "Friday", "GMT",
    "Greenwich", "IST", "January", "February", "March", "April", "June", "July", "August",
    "September", "October", "November", "December", "MST", "Moscow", "Monday", "Mountain", "PDT",
    "PST", "PT", "Pacific", "Saturday", "Sunday", "Thursday", "Tuesday", "UTC", "Wednesday",
];

pub(super) fn goes_on_after_time(word: &str) -> bool {
    AFTER_TIMES.contains(&word)
}

/// Verbs that hand over to who was quoted: `“Why?” Ortiz asked.`
#[rustfmt::skip]
const REPORTING: &[&str] = &[
    "added", "adds", "answered", "asked", "asks", "cried", "declared", "demanded", "exclaimed",
    "joked", "recalled", "replied", "said", "says", "shouted", "texted", "told", "tweeted",
    "wondered", "writes", "wrote", "yelled",
];

pub(super) fn reports(word: &str) -> bool {
    REPORTING.binary_search(&word).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_sorted() {
        assert!(TABLE.is_sorted_by(|a, b| a.0 < b.0));
        assert!(STARTERS.is_sorted_by(|a, b| a < b));
        assert!(REPORTING.is_sorted_by(|a, b| a < b));
    }

    #[test]
    fn abbreviations_are_known_in_any_case() {
        assert_eq!(abbreviation("Sen"), Some(Title));
        assert_eq!(abbreviation("NO"), Some(Number));
        assert_eq!(abbreviation("Corp"), Some(End));
        assert_eq!(abbreviation("Lindenstr"), Some(Number));
        assert_eq!(abbreviation("corporation"), None);
        assert_eq!(abbreviation("é"), None);
    }
}
