//! "A ship sank in Elmland": what happens somewhere is no verdict on the place.

use std::ops::Range;

use super::super::cues::{BEFORE_PLACE, PLACE, TO};
use super::super::entry::EntryClass;
use super::super::near::JOINS;
use super::super::reading::{Sentence, Weighed};
use super::super::rule_set::Rule;
use super::kept::Kept;
use super::proximity::{Aim, inside};
use crate::text::words::{Gap, Shape};

/// What counts of an entry toward the place where it happens.
const THERE: f64 = 0.12;

/// Before a place.
pub(in super::super) const PLACES: [&str; 12] = [
    "across",
    "around",
    "at",
    "in",
    "inside",
    "into",
    "near",
    "onto",
    "outside",
    "throughout",
    "toward",
    "within",
];

/// Verbs of going.
pub(in super::super) const GO: [&str; 24] = [
    "enter", "entered", "entering", "enters", "fled", "flee", "fleeing", "leave", "leaves",
    "leaving", "left", "reach", "reached", "reaching", "tour", "toured", "touring", "visit",
    "visited", "visiting", "visits", "cross", "crossed", "crossing",
];

/// Before "to" and a place.
const GO_TO: [&str; 20] = [
    "came",
    "come",
    "coming",
    "deported",
    "fled",
    "flew",
    "flight",
    "go",
    "going",
    "gone",
    "moved",
    "return",
    "returned",
    "returning",
    "travel",
    "traveled",
    "travelled",
    "trip",
    "visit",
    "went",
];

/// How many words may stand between the preposition and the name: "in the southern port of", "in the Elmish city of".
const BETWEEN: usize = 4;

pub(in super::super) const PASSED: [&str; 20] = [
    "the",
    "southern",
    "northern",
    "eastern",
    "western",
    "central",
    "neighboring",
    "neighbouring",
    "nearby",
    "downtown",
    "city",
    "town",
    "village",
    "port",
    "province",
    "region",
    "district",
    "capital",
    "suburb",
    "of",
];

/// How many names a row is read back.
const LONGEST_ROW: usize = 6;

/// What is felt in somebody.
const FELT: [&str; 10] = [
    "belief",
    "believe",
    "believes",
    "confidence",
    "confident",
    "disappointed",
    "faith",
    "hope",
    "pride",
    "trust",
];

/// Those at an office act for it: "nobody at the ministry".
const STAFF: [&str; 14] = [
    "anybody",
    "anyone",
    "bosses",
    "employees",
    "everybody",
    "everyone",
    "executives",
    "managers",
    "nobody",
    "officials",
    "people",
    "staff",
    "those",
    "workers",
];

/// Entries count less toward a name that says where something happens, but for what is felt in or at it:
/// "confidence in", "anger at".
#[derive(Debug)]
pub(super) struct Location(Kept<Option<usize>>);

impl Location {
    pub(super) fn new() -> Self {
        Self(Kept::new())
    }

    /// Multiplies the weight of an entry that is nearest to a mention.
    pub(super) fn weigh(
        &mut self,
        sentence: &Sentence<'_>,
        aim: &Aim<'_>,
        mention: &Range<usize>,
        entry: &mut Weighed,
    ) {
        let at = self.0.of(mention, || preposition(sentence, mention.start));
        if at.is_none() && !aim.place {
            return;
        }
        let felt = at.is_some_and(|at| is_felt(sentence, entry, at));
        if !felt && !inside(mention, entry.hit.from, entry.hit.to) {
            entry.weigh(THERE, Rule::Location);
        }
    }
}

/// Whether a mention says where something happens.
pub(super) fn is_place(sentence: &Sentence<'_>, mention: &Range<usize>) -> bool {
    preposition(sentence, mention.start).is_some()
}

/// Whether the preposition before a mention stands right behind an entry: "confidence in X".
pub(super) fn leads_to(sentence: &Sentence<'_>, mention: &Range<usize>, end: usize) -> bool {
    preposition(sentence, mention.start) == Some(end)
}

/// "Confidence in X", "angry at X".
fn is_felt(sentence: &Sentence<'_>, entry: &Weighed, at: usize) -> bool {
    let before = at.checked_sub(1).and_then(|before| sentence.word(before)).unwrap_or_default();
    let meant = sentence.word(at) == Some("at")
        && entry.hit.to == at
        && entry.hit.class == EntryClass::Judge;
    meant || FELT.iter().any(|one| before.eq_ignore_ascii_case(one))
}

/// Where the preposition stands that makes a place of what begins at a word, alone or in a row of names.
fn preposition(sentence: &Sentence<'_>, mut start: usize) -> Option<usize> {
    for _ in 0..LONGEST_ROW {
        if let Some(at) = directly_before(sentence, start) {
            return Some(at);
        }
        start = before_in_row(sentence, start)?;
    }
    None
}

fn directly_before(sentence: &Sentence<'_>, start: usize) -> Option<usize> {
    for at in (start.saturating_sub(BETWEEN + 1)..start).rev() {
        let word = |at: usize| sentence.word(at).unwrap_or_default();
        let before = || word(at.wrapping_sub(1));
        let staff = || {
            word(at).eq_ignore_ascii_case("at")
                && STAFF.iter().any(|one| before().eq_ignore_ascii_case(one))
        };
        if sentence.is(PLACE, at) {
            return if staff() { None } else { Some(at) };
        }
        if sentence.is(TO, at) && word(at) == "to" && GO_TO.contains(&before()) {
            return Some(at);
        }
        // "The Elmish city of".
        let whose = sentence.words[at].shape == Shape::Capital
            && sentence.is(BEFORE_PLACE, at + 1)
            && at + 1 < start;
        if !sentence.is(BEFORE_PLACE, at) && !whose {
            return None;
        }
    }
    None
}

/// Where the row of names starts that a word belongs to, with what introduces it: "countries including".
pub(super) fn start_of_row(sentence: &Sentence<'_>, mut start: usize) -> usize {
    for _ in 0..LONGEST_ROW {
        match before_in_row(sentence, start) {
            Some(before) => start = before,
            None => break,
        }
    }
    let word = |at: usize| sentence.word(start.wrapping_sub(at)).unwrap_or_default();
    match (word(2), word(1)) {
        (_, "including" | "like") => start.saturating_sub(2),
        ("such", "as") => start.saturating_sub(3),
        _ => start,
    }
}

/// Where the name starts that stands in a row before the one at a word: "Yemen, Iraq and Syria".
fn before_in_row(sentence: &Sentence<'_>, start: usize) -> Option<usize> {
    let before = start.checked_sub(1)?;
    let joined =
        sentence.near_at(before) & JOINS != 0 && matches!(sentence.bytes(before), b"and" | b"or");
    let end = if joined { start - 1 } else { start };
    if !joined && sentence.words[start].before != Gap::Break {
        return None;
    }
    let name = sentence.names.iter().rev().find(|name| name.to <= end)?;
    (name.to == end).then_some(name.from)
}
