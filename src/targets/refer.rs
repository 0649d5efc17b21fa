//! Whom do "he", "she" and "the minister" mean?
//!
//! Only where it is safe: an office means the one person whom the document calls by that title; a pronoun
//! means the one person named before it in its sentence, or else in the sentence before it in the same
//! paragraph. Where two persons come into question it is left open.

use std::ops::Range;

use hashbrown::HashMap;

use super::names::NameSpan;
use crate::text::words::{Shape, Word};

const PRONOUNS: [&str; 5] = ["he", "she", "him", "his", "her"];

const OFFICES: [&str; 16] = [
    "ambassador",
    "chancellor",
    "envoy",
    "governor",
    "judge",
    "king",
    "lawmaker",
    "mayor",
    "minister",
    "pope",
    "premier",
    "president",
    "queen",
    "secretary",
    "senator",
    "spokesman",
];

/// What opens a phrase before the subject of a sentence.
const OPENERS: [&str; 12] = [
    "after",
    "although",
    "before",
    "despite",
    "during",
    "following",
    "in",
    "on",
    "since",
    "upon",
    "when",
    "while",
];

/// How many words a title has at most.
const LONGEST_TITLE: usize = 3;

/// A word or phrase that stands for a person named elsewhere.
#[derive(Debug)]
struct Reference {
    place: Range<usize>,
    sentence: usize,
    /// The office, lowercase; empty for a pronoun.
    office: String,
    /// Whether it stands in a phrase that opens the sentence with a preposition.
    opening: bool,
}

/// What a document says besides names: pronouns, offices, and which titles stand before which names.
#[derive(Debug, Default)]
pub(super) struct References {
    found: Vec<Reference>,
    /// Where each name stands, in order, with the sentence and its title, lowercase.
    names: Vec<(Range<usize>, usize, String)>,
    /// Where each sentence starts a paragraph.
    opens: Vec<bool>,
}

impl References {
    /// Notes what a sentence holds.
    pub(super) fn read(&mut self, text: &str, words: &[Word], names: &[NameSpan]) {
        let sentence = self.opens.len();
        let opens = words.first().is_none_or(|first| {
            text[..first.start].trim_end_matches([' ', '“', '"']).ends_with('\n')
        });
        self.opens.push(opens || sentence == 0);
        for name in names.iter().filter(|name| !name.doubtful) {
            let place = words[name.from].start..words[name.to - 1].end;
            let title =
                if name.titled { title_before(text, words, name.from) } else { String::new() };
            self.names.push((place, sentence, title));
        }
        let opening = words.first().is_some_and(|first| {
            OPENERS.contains(&text[first.start..first.end].to_ascii_lowercase().as_str())
        });
        for (at, word) in words.iter().enumerate().filter(|(_, word)| !word.quoted) {
            let written = text[word.start..word.end].to_ascii_lowercase();
            if PRONOUNS.contains(&written.as_str()) {
                let place = word.start..word.end;
                let opening = opening && word.clause == words[0].clause;
                self.found.push(Reference { place, sentence, office: String::new(), opening });
            } else if written == "the"
                && let Some((office, end)) = office_at(text, words, at + 1)
            {
                let place = word.start..words[end].end;
                self.found.push(Reference { place, sentence, office, opening: false });
            }
        }
    }

    /// Each reference whose meaning is safe, as its place and a place of the name that it means.
    /// `person` tells for a place whether a person is named there, and which.
    pub(super) fn resolved(
        &self,
        person: impl Fn(&Range<usize>) -> Option<usize>,
    ) -> Vec<(Range<usize>, usize)> {
        let persons: Vec<(usize, usize, usize, &str)> = self
            .names
            .iter()
            .filter_map(|(place, sentence, title)| {
                Some((person(place)?, place.start, *sentence, title.as_str()))
            })
            .collect();
        let one = |mut known: Vec<usize>| {
            known.sort_unstable();
            known.dedup();
            if let [only] = known[..] { Some(only) } else { None }
        };
        let mut bearers: HashMap<&str, Option<usize>, foldhash::fast::FixedState> =
            HashMap::default();
        for reference in self.found.iter().filter(|reference| !reference.office.is_empty()) {
            bearers.entry(reference.office.as_str()).or_insert_with(|| {
                let bears = |title: &str| {
                    title == reference.office || title.ends_with(&format!(" {}", reference.office))
                };
                let bearers = persons.iter().filter(|(.., title)| bears(title));
                one(bearers.map(|(who, ..)| *who).collect())
            });
        }
        let mean = |reference: &Reference| {
            if let Some(bearer) = bearers.get(reference.office.as_str()) {
                return *bearer;
            }
            let in_sentence = |wanted: usize| -> Vec<usize> {
                let from = persons.partition_point(|(_, _, sentence, _)| *sentence < wanted);
                let inside =
                    persons[from..].iter().take_while(|(_, _, sentence, _)| *sentence == wanted);
                inside
                    .filter(|(_, start, ..)| *start < reference.place.start)
                    .map(|(who, ..)| *who)
                    .collect()
            };
            // "After her visit Ann Hale left": who is named behind an opening phrase may be meant.
            if reference.opening && named_behind(&persons, reference) {
                return None;
            }
            let here = in_sentence(reference.sentence);
            if here.is_empty() && !self.opens[reference.sentence] {
                return one(in_sentence(reference.sentence - 1));
            }
            one(here)
        };
        let resolve = |reference: &Reference| Some((reference.place.clone(), mean(reference)?));
        self.found.iter().filter_map(resolve).collect()
    }
}

/// Whether somebody is named in the sentence of a reference behind it.
fn named_behind(persons: &[(usize, usize, usize, &str)], reference: &Reference) -> bool {
    let from = persons.partition_point(|(_, _, sentence, _)| *sentence < reference.sentence);
    let same = persons[from..].iter();
    same.take_while(|(_, _, sentence, _)| *sentence == reference.sentence)
        .any(|(_, start, ..)| *start > reference.place.start)
}

/// The title before a name: "president", "foreign minister".
fn title_before(text: &str, words: &[Word], name: usize) -> String {
    let from = name.saturating_sub(LONGEST_TITLE);
    let capital = |word: &&Word| word.shape == Shape::Capital;
    let length = words[from..name].iter().rev().take_while(capital).count();
    let title = words[name - length..name].iter().map(|word| &text[word.start..word.end]);
    title.collect::<Vec<_>>().join(" ").to_ascii_lowercase()
}

/// The office behind "the" and its last word; one that goes on ("the minister of") names somebody else.
fn office_at(text: &str, words: &[Word], from: usize) -> Option<(String, usize)> {
    let written =
        |at: usize| words.get(at).map(|word| text[word.start..word.end].to_ascii_lowercase());
    let end = (from..from + LONGEST_TITLE)
        .find(|&at| written(at).is_some_and(|word| OFFICES.contains(&word.as_str())))?;
    let goes_on = words.get(end + 1).is_some_and(|next| {
        let capital = matches!(next.shape, Shape::Capital | Shape::Upper);
        (capital && next.clause == words[end].clause)
            || matches!(&text[next.start..next.end], "of" | "for" | "who")
    });
    let office: Vec<String> = (from..=end).filter_map(written).collect();
    (!goes_on).then(|| (office.join(" "), end))
}

#[cfg(test)]
mod tests {
    use crate::targets::Targets;

    fn mentions(text: &str, name: &str) -> Vec<String> {
        let found = Targets::news().find(text);
        let target = found.iter().find(|target| target.name() == name);
        target.map_or(Vec::new(), |target| {
            target.mentions().iter().map(|place| text[place.clone()].to_string()).collect()
        })
    }

    #[test]
    fn one_person_is_meant() {
        let text = "On Monday President Ruth Amsel spoke. She was calm. Later the president left.";
        assert_eq!(mentions(text, "Ruth Amsel"), ["Ruth Amsel", "She", "the president"]);
        let text = "In May Foreign Minister Olin Vask met reporters, and he smiled. The foreign minister left.";
        assert_eq!(mentions(text, "Olin Vask"), ["Olin Vask", "he", "The foreign minister"]);
    }

    #[test]
    fn of_two_persons_neither_is_meant() {
        let text = "On Monday President Ruth Amsel met President Ivo Trell. He was calm. The president left.";
        assert_eq!(mentions(text, "Ruth Amsel"), ["Ruth Amsel"]);
        assert_eq!(mentions(text, "Ivo Trell"), ["Ivo Trell"]);
    }

    #[test]
    fn others_are_not_meant() {
        let text =
            "On Monday President Ruth Amsel spoke.\nHe sells bread. The president of a club left.";
        assert_eq!(mentions(text, "Ruth Amsel"), ["Ruth Amsel"]);
        let text = "On Monday President Ruth Amsel said: “He is calm.”";
        assert_eq!(mentions(text, "Ruth Amsel"), ["Ruth Amsel"]);
    }
}
