//! Who says it: the writer, or somebody who is quoted?

use super::super::cues::{DETERMINER, PRONOUN};
use super::super::entry::EntryClass;
use super::super::reading::{Hit, Sentence, Speaker, Weighed};
use super::super::rule_set::Rule;
use super::firsts::Firsts;
use crate::text::words::Shape;

/// What others say counts for this much of what the writer says.
const SAID_BY_OTHERS: f64 = 0.9;

/// How far from a reporting verb its speaker may stand, in words.
const REACH: usize = 4;

/// Finds who says each entry; the writer unless there is a report or quotation.
pub(super) fn read_speakers(sentence: &Sentence<'_>, firsts: Firsts, weighed: &mut [Weighed]) {
    if !firsts.quoted && !sentence.holds(EntryClass::Report) {
        return;
    }
    let speaker_at = speakers(sentence);
    for entry in weighed.iter_mut() {
        entry.voice = speaker_at(entry.hit.from);
    }
}

/// Who says the word at a place. Words between quotation marks and words behind "X said" are another's.
pub(in super::super) fn speakers<'r>(
    sentence: &Sentence<'r>,
) -> impl Fn(usize) -> Speaker + use<'r> {
    let words = sentence.words;
    let own = |hit: &&Hit| !words[hit.from].quoted;
    let reports = sentence.holds(EntryClass::Report);
    let report = if reports { sentence.of(EntryClass::Report).find(own) } else { None };
    let speaker = report.and_then(|report| speaker_of(sentence, report));
    move |at| {
        let reported = report.is_some_and(|report| {
            at >= report.to && speaker.is_some_and(|(_, end)| end <= report.from)
        });
        if reported || words.get(at).is_some_and(|word| word.quoted) {
            speaker.map_or(Speaker::Unnamed, |(from, to)| Speaker::Named(from, to))
        } else {
            Speaker::Writer
        }
    }
}

/// What others say of the target counts less.
pub(super) fn weigh(entry: &mut Weighed) {
    if entry.voice != Speaker::Writer {
        entry.weigh(SAID_BY_OTHERS, Rule::Attribution);
    }
}

/// The capitalised words, the pronoun or the office by a reporting verb: before it, else behind it.
fn speaker_of(sentence: &Sentence<'_>, report: &Hit) -> Option<(usize, usize)> {
    const PRONOUNS: [&str; 6] = ["he", "she", "they", "He", "She", "They"];
    let words = sentence.words;
    let near = |at: usize| {
        let word = words.get(at)?;
        let names = matches!(word.shape, Shape::Capital | Shape::Upper)
            || (sentence.is(PRONOUN, at)
                && sentence.word(at).is_some_and(|word| PRONOUNS.contains(&word)));
        (names && !word.quoted && word.clause == words[report.from].clause).then_some(at)
    };
    let before = (report.from.saturating_sub(REACH)..report.from).rev().find_map(near);
    // "The minister said": from the article to the verb.
    let article = |at: &usize| {
        let own = !words[*at].quoted && words[*at].clause == words[report.from].clause;
        sentence.is(DETERMINER, *at) && own && matches!(sentence.bytes(*at), b"the" | b"The")
    };
    let office = || {
        let mut near = (report.from.saturating_sub(REACH - 1)..report.from.saturating_sub(1)).rev();
        near.find(article)
    };
    if before.is_none()
        && let Some(from) = office()
    {
        return Some((from, report.from));
    }
    let at = before.or_else(|| (report.to..report.to + REACH).find_map(near))?;
    let capital = |at: usize| {
        words.get(at).is_some_and(|word| matches!(word.shape, Shape::Capital | Shape::Upper))
    };
    let mut from = at;
    while from > 0
        && capital(from)
        && capital(from - 1)
        && words[from].clause == words[from - 1].clause
    {
        from -= 1;
    }
    let mut to = at + 1;
    while capital(at) && capital(to) && words[to].clause == words[at].clause {
        to += 1;
    }
    Some((from, to))
}
