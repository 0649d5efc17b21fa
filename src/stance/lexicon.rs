//! Which words and phrases carry a verdict?

use std::path::Path;

use hashbrown::HashMap;

use super::entry::{Aspects, Entry, EntryClass, Inflects, Sense};
use super::inflect::Inflector;
use super::near::number_near;
use crate::text::folded;
use crate::text::matcher::{Matcher, Spelling};
use crate::text::signs::{is_sign, spell_sign};
use crate::{Error, Result, StopWords};

const COMMON_WORDS: &str = include_str!("../data/common_words.txt");

/// The tables of the built-in lexicon, under the names of their files.
const NEWS: [(&str, &str); 10] = [
    ("function_words.tsv", include_str!("../data/lexicon/function_words.tsv")),
    ("informal.tsv", include_str!("../data/lexicon/informal.tsv")),
    ("neutral.tsv", include_str!("../data/lexicon/neutral.tsv")),
    ("phrases.tsv", include_str!("../data/lexicon/phrases.tsv")),
    ("signs.tsv", include_str!("../data/lexicon/signs.tsv")),
    ("words_abcp.tsv", include_str!("../data/lexicon/words_abcp.tsv")),
    ("words_dh.tsv", include_str!("../data/lexicon/words_dh.tsv")),
    ("words_in.tsv", include_str!("../data/lexicon/words_in.tsv")),
    ("words_or.tsv", include_str!("../data/lexicon/words_or.tsv")),
    ("words_sz.tsv", include_str!("../data/lexicon/words_sz.tsv")),
];

const COLUMNS: [&str; 8] =
    ["entry", "pos", "class", "valence", "agent", "patient", "toward", "aspects"];

type Index = HashMap<Box<str>, usize, foldhash::fast::FixedState>;

/// Entries with their valences: what the stance scorer looks up.
///
/// Entries are matched on tokens, longest first, with their inflected forms; a phrase that matches
/// keeps the words in it from counting again.
///
/// ```
/// use undertone::Lexicon;
///
/// let mine = Lexicon::from_tsv("bleak\ta\tjudge\t-1.8\n# a comment\nwin hearts\tv\tjudge\t1.9\n")?;
/// let lexicon = Lexicon::news().merge(mine);
/// assert_eq!(lexicon.get("bleak").unwrap().valence(), -1.8);
/// assert!(lexicon.len() > 8_000);
/// # Ok::<(), undertone::Error>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct Lexicon {
    entries: Vec<Entry>,
    index: Index,
}

impl Lexicon {
    /// The built-in lexicon for news and opinion in English.
    ///
    /// Cost: reads about 26,000 entries; build one scorer and keep it.
    pub fn news() -> Self {
        let mut lexicon = Self::default();
        for (_, table) in NEWS {
            // The tables are part of the crate, and a test reads each of them strictly.
            for line in table.lines().filter(|line| !is_comment(line)) {
                if let Ok(entry) = parse_entry(line, 0) {
                    lexicon.insert(entry);
                }
            }
        }
        lexicon
    }

    /// Reads a table: eight columns separated by tabs (`entry pos class valence agent patient
    /// toward aspects`), of which the last four may be left out; `#` starts a comment line.
    ///
    /// # Errors
    ///
    /// A line that cannot be read or an entry that comes twice, with line and column.
    pub fn from_tsv(table: &str) -> Result<Self> {
        let mut lexicon = Self::default();
        for (number, line) in table.lines().enumerate() {
            if is_comment(line) {
                continue;
            }
            let entry = parse_entry(line, number + 1)?;
            if lexicon.index.contains_key(&entry.text) {
                return Err(Error::table(number + 1, 1, format!("`{}` comes twice", entry.text)));
            }
            lexicon.insert(entry);
        }
        Ok(lexicon)
    }

    /// Reads a table from a file, as [`from_tsv`](Self::from_tsv).
    ///
    /// # Errors
    ///
    /// A file that cannot be read, or a fault in it, with the path.
    pub fn open(path: impl AsRef<Path>) -> Result<Self> {
        let path = path.as_ref();
        let table =
            std::fs::read_to_string(path).map_err(|source| Error::io(Some(path), source))?;
        Self::from_tsv(&table).map_err(|error| error.at_path(path))
    }

    /// This lexicon with the entries of another, which win where both have one.
    #[must_use]
    pub fn merge(mut self, other: Self) -> Self {
        other.entries.into_iter().for_each(|entry| self.insert(entry));
        self
    }

    /// This lexicon without some entries.
    #[must_use]
    pub fn without<W: AsRef<str>>(self, entries: impl IntoIterator<Item = W>) -> Self {
        let gone: Vec<String> =
            entries.into_iter().map(|entry| folded(entry.as_ref().trim())).collect();
        let kept =
            self.entries.into_iter().filter(|entry| !gone.iter().any(|g| **g == *entry.text));
        let mut lexicon = Self::default();
        kept.for_each(|entry| lexicon.insert(entry));
        lexicon
    }

    /// The entry with this base form.
    pub fn get(&self, entry: &str) -> Option<&Entry> {
        self.index.get(folded(entry.trim()).as_str()).map(|&at| &self.entries[at])
    }

    /// How many entries there are.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The entries in the order of the tables.
    pub fn iter(&self) -> impl Iterator<Item = &Entry> {
        self.entries.iter()
    }

    /// The same lexicon with every verdict turned round.
    #[must_use]
    pub fn flipped(mut self) -> Self {
        for entry in self.entries.iter_mut().filter(|entry| entry.class.is_polar()) {
            entry.valence = -entry.valence;
            for role in [&mut entry.agent, &mut entry.patient, &mut entry.toward] {
                *role = role.map(|value| -value);
            }
        }
        self
    }

    fn insert(&mut self, entry: Entry) {
        if let Some(&at) = self.index.get(&entry.text) {
            self.entries[at] = entry;
        } else {
            self.index.insert(entry.text.clone(), self.entries.len());
            self.entries.push(entry);
        }
    }

    /// Every written form of every entry, ready to be found in text. A form that is an entry of its
    /// own is never taken for the inflection of another.
    pub(super) fn matcher(&self) -> Matcher {
        let inflector = Inflector::english();
        let mut matcher = Matcher::new(Spelling::Folded);
        number_near(&mut matcher);
        // What tells of frequent words lies close together.
        let stop_words = StopWords::english();
        let common = COMMON_WORDS.lines().filter(|line| !line.starts_with('#'));
        for word in stop_words.iter().chain(common.flat_map(str::split_whitespace)) {
            matcher.intern(word);
        }
        let mut sign = String::new();
        for (id, entry) in self.entries.iter().enumerate() {
            if is_sign(&entry.text) {
                spell_sign(&entry.text, &mut sign);
                matcher.insert_spelled([sign.as_str()], id as u32);
            } else {
                matcher.insert(&entry.text, id as u32);
            }
        }
        for (id, entry) in self.entries.iter().enumerate() {
            for form in inflector.forms(&entry.text, entry.inflects) {
                matcher.insert_if_new(&form, id as u32);
            }
        }
        matcher
    }

    /// What reading asks of each entry.
    pub(super) fn senses(&self) -> Vec<Sense> {
        let sense = |entry: &Entry| Sense {
            valence: entry.valence,
            class: entry.class,
            has_roles: entry.has_roles(),
            needs_hyphen: entry.needs_hyphen,
            verb: entry.leading_verb(),
            is_adjective: entry.is_adjective(),
        };
        self.entries.iter().map(sense).collect()
    }

    pub(super) fn entry(&self, id: u32) -> &Entry {
        &self.entries[id as usize]
    }
}

fn is_comment(line: &str) -> bool {
    line.starts_with('#') || line.trim().is_empty()
}

fn parse_entry(line: &str, number: usize) -> Result<Entry> {
    let mut columns = [""; COLUMNS.len()];
    let mut n_columns = 0;
    for column in line.split('\t') {
        if let Some(place) = columns.get_mut(n_columns) {
            *place = column.trim();
        }
        n_columns += 1;
    }
    let column = |index: usize| columns[index];
    let fault = |index: usize, message: String| {
        let characters: usize =
            line.split('\t').take(index).map(|before| before.chars().count() + 1).sum();
        Error::table(number, characters + 1, message)
    };
    if n_columns > COLUMNS.len() || n_columns < 3 {
        let message =
            format!("3 to 8 columns expected ({}), found {n_columns}", COLUMNS.join(", "));
        return Err(fault(0, message));
    }
    let text = folded(column(0));
    if text.is_empty() {
        return Err(fault(0, "the entry is empty".into()));
    }
    let inflects = Inflects::from_letters(column(1))
        .ok_or_else(|| fault(1, format!("pos is `{}`, but must be letters of nvarx", column(1))))?;
    let class = EntryClass::from_name(column(2))
        .ok_or_else(|| fault(2, format!("`{}` is no class", column(2))))?;
    let number_in = |index: usize| -> Result<Option<f32>> {
        if column(index).is_empty() {
            return Ok(None);
        }
        let value = column(index).parse::<f32>().ok().filter(|value| (-4.0..=4.0).contains(value));
        let allowed = "but must be a number in -4..=4";
        value.map(Some).ok_or_else(|| {
            fault(index, format!("{} is `{}`, {allowed}", COLUMNS[index], column(index)))
        })
    };
    let valence = number_in(3)?;
    let optional = matches!(
        class,
        EntryClass::Neutral | EntryClass::Modal | EntryClass::Contrast | EntryClass::Report
    );
    if valence.is_none() && !optional {
        return Err(fault(3, format!("an entry of class `{}` needs a valence", class.name())));
    }
    let mut aspects = Aspects::default();
    for name in column(7).split(',').map(str::trim).filter(|name| !name.is_empty()) {
        if !aspects.add(name) {
            return Err(fault(7, format!("`{name}` is no aspect")));
        }
    }
    Ok(Entry {
        needs_hyphen: needs_hyphen(&text),
        text: text.into(),
        inflects,
        class,
        valence: valence.unwrap_or(0.0),
        agent: number_in(4)?,
        patient: number_in(5)?,
        toward: number_in(6)?,
        aspects,
    })
}

fn needs_hyphen(text: &str) -> bool {
    const SMALL: &[&str] = &[
        "a", "all", "am", "and", "are", "be", "been", "but", "by", "can", "could", "did", "do",
        "does", "for", "from", "had", "has", "have", "he", "i", "if", "in", "is", "it", "just",
        "may", "me", "might", "must", "my", "no", "not", "of", "on", "one", "or", "our", "own",
        "she", "should", "so", "than", "that", "the", "then", "they", "this", "to", "up", "was",
        "we", "were", "what", "who", "will", "with", "would", "you", "off", "out", "over", "down",
    ];
    text.contains('-') && text.split(['-', ' ']).any(|word| SMALL.contains(&word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_are_sound_and_name_each_entry_once() {
        let mut all = Lexicon::default();
        for (name, table) in NEWS {
            assert!(
                table.starts_with("# ") && table.contains("MIT OR Apache-2.0"),
                "{name}: header"
            );
            let lexicon = Lexicon::from_tsv(table).map_err(|error| error.at_path(Path::new(name)));
            for entry in lexicon.unwrap().entries {
                assert!(
                    all.get(&entry.text).is_none(),
                    "{name}: `{}` is in two tables",
                    entry.text
                );
                all.insert(entry);
            }
        }
        assert_eq!(all.len(), Lexicon::news().len());
    }

    #[test]
    fn faults_name_line_and_column() {
        let cases = [
            ("a\n", "1:1: 3 to 8 columns expected"),
            ("# ok\nbad\tq\tjudge\t1\n", "2:5: pos is `q`"),
            ("bad\ta\tverdict\t1\n", "1:7: `verdict` is no class"),
            ("bad\ta\tjudge\t9\n", "1:13: valence is `9`"),
            ("bad\ta\tjudge\tNaN\n", "1:13: valence is `NaN`"),
            ("bad\ta\tjudge\t\n", "1:13: an entry of class `judge` needs a valence"),
            ("bad\ta\tjudge\t1\t\t\t\tmoney\n", "1:18: `money` is no aspect"),
            ("bad\ta\tjudge\t1\nBad\ta\tjudge\t1\n", "2:1: `bad` comes twice"),
        ];
        for (table, expected) in cases {
            let message = Lexicon::from_tsv(table).unwrap_err().to_string();
            assert!(message.starts_with(expected), "{message}");
        }
    }

    #[test]
    fn users_override_and_remove() {
        let mine = Lexicon::from_tsv("good\ta\tjudge\t-1\n").unwrap();
        let lexicon = Lexicon::news().merge(mine).without(["Bad"]);
        assert_eq!(lexicon.get("good").map(Entry::valence), Some(-1.0));
        assert!(lexicon.get("bad").is_none());
    }
}
