//! Who says it: the writer, or somebody who is quoted?

use super::super::cues::{DETERMINER, PRONOUN};
use super::super::entry::EntryClass;
use super::super::reading::{Hit, Sentence, Speaker, Weighed};
use super::super::rule_set::Rule;
use super::firsts::Firsts;
use crate::text::words::{Shape, Word};

/// What others say counts for this much of what the writer says.
const SAID_BY_OTHERS: f64 = 0.9;

/// How far from a reporting verb its speaker may stand, in words.
const REACH: usize = 4;

/// Who speaks in a sentence beside its writer.
#[derive(Clone, Copy, Debug)]
pub(in super::super) struct Voices {
    /// Whom the first reporting verb names, and from which word on that one speaks.
    speaker: Speaker,
    from: usize,
}

impl Voices {
    /// Words between quotation marks and words behind "X said" are another's.
    pub(super) fn of(sentence: &Sentence<'_>) -> Self {
        let own = |hit: &&Hit| !sentence.words[hit.from].quoted;
        let reports = sentence.holds(EntryClass::Report);
        let report = if reports { sentence.of(EntryClass::Report).find(own) } else { None };
        let speaker = report.and_then(|report| Some((report, speaker_of(sentence, report)?)));
        match speaker {
            Some((report, (from, to))) => Self {
                speaker: Speaker::Named(from, to),
                from: if to <= report.from { report.to } else { usize::MAX },
            },
            None => Self { speaker: Speaker::Unnamed, from: usize::MAX },
        }
    }

    /// Who says the word at a place.
    #[inline]
    fn at(&self, words: &[Word], at: usize) -> Speaker {
        let other = at >= self.from || words.get(at).is_some_and(|word| word.quoted);
        if other { self.speaker } else { Speaker::Writer }
    }
}

/// Finds who says each entry; the writer unless there is a report or quotation.
pub(super) fn read_speakers(
    sentence: &Sentence<'_>,
    firsts: Firsts,
    weighed: &mut [Weighed],
) -> Voices {
    let voices = Voices::of(sentence);
    if firsts.quoted || voices.from < usize::MAX {
        for entry in weighed.iter_mut() {
            entry.voice = voices.at(sentence.words, entry.hit.from);
        }
    }
    voices
}

/// Who says the word at a place.
pub(in super::super) fn speakers<'r>(
    sentence: &Sentence<'r>,
) -> impl Fn(usize) -> Speaker + use<'r> {
    let voices = sentence.voices.unwrap_or_else(|| Voices::of(sentence));
    let words = sentence.words;
    move |at| voices.at(words, at)
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
