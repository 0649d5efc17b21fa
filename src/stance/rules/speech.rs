//! What the target itself says of others is not said of the target.

use std::ops::Range;

use super::super::cues::PRONOUN;
use super::super::entry::EntryClass;
use super::super::near::WHAT;
use super::super::reading::{Hit, Sentence, Weighed};
use super::super::rule_set::Rule;
use super::proximity::{Aim, clause, inside};
use crate::text::words::Shape;

/// What counts of the target's own words, and of words that are spoken in front of it: to it, for it, in it.
const OWN_WORDS: f64 = 0.08;
const OTHERS_WORDS: f64 = 0.3;

/// How far from a reporting verb its speaker may stand, in words.
const REACH: usize = 3;

/// How many words may stand behind the verb of a clause that closes what is reported: "…, the agency
/// reported late on Saturday".
const TAIL: usize = 6;

/// Who is meant by these was named before.
pub(in super::super) const PRONOUNS: [&str; 12] =
    ["he", "him", "his", "she", "her", "it", "its", "they", "them", "their", "himself", "herself"];

/// How far behind the name its own word for something stands: "what A has called the ‘economic war’".
const CALLED: usize = 5;

/// Entries inside a quotation that the target speaks, or behind "the target said that", count less; so do
/// those before "…, the target said".
pub(super) fn apply(sentence: &Sentence<'_>, aim: &Aim<'_>, weighed: &mut [Weighed]) {
    if !aim.named || !sentence.holds(EntryClass::Report) {
        return;
    }
    if aim.mentions.iter().any(|mention| calls(sentence, mention)) {
        weigh_called(sentence, aim, weighed);
    }
    let first_clause = aim.mentions.first().map_or(0, |own| clause(sentence.words, own.start));
    for report in sentence.of(EntryClass::Report) {
        let word = sentence.words[report.from];
        // Who is mentioned behind its clause alone says nothing, nor is anything said to him.
        if word.quoted || word.clause < first_clause {
            continue;
        }
        let frame = Frame::around(sentence, report);
        let spoken_of = |mention: &Range<usize>| {
            frame.holds(mention.start)
                || frame.speaker(sentence, report, mention.start, mention.end)
        };
        if !aim.mentions.iter().any(spoken_of) {
            continue;
        }
        for entry in weighed.iter_mut() {
            if !frame.reports(sentence, entry.hit) {
                continue;
            }
            let (mention, _) = aim.nearest(entry.hit.from, entry.hit.to);
            // "A said that B is a disgrace and that she will leave": what precedes "she" is not of A.
            let own = || {
                mention.start >= entry.hit.to
                    && aim.mentions.iter().any(|own| {
                        own.end <= report.from
                            && frame.speaker(sentence, report, own.start, own.end)
                    })
            };
            if !sentence.words[mention.start].quoted
                && !inside(&mention, entry.hit.from, entry.hit.to)
            {
                if frame.speaker(sentence, report, mention.start, mention.end) || own() {
                    entry.weigh(OWN_WORDS, Rule::Speech);
                } else if frame.holds(mention.start) && !frame.is_meant(sentence, report, entry.hit)
                {
                    entry.weigh(OTHERS_WORDS, Rule::Speech);
                }
            }
        }
    }
}

/// Weighs what stands behind "what A calls".
fn weigh_called(sentence: &Sentence<'_>, aim: &Aim<'_>, weighed: &mut [Weighed]) {
    for entry in weighed {
        let (mention, distance) = aim.nearest(entry.hit.from, entry.hit.to);
        if distance <= CALLED && mention.end <= entry.hit.from && calls(sentence, &mention) {
            entry.weigh(OWN_WORDS, Rule::Speech);
        }
    }
}

/// "What A calls …": what follows is A's word for it.
fn calls(sentence: &Sentence<'_>, mention: &Range<usize>) -> bool {
    if sentence.near(mention.start.saturating_sub(1), mention.start) & WHAT == 0 {
        return false;
    }
    let word = |at: usize| sentence.word(at).unwrap_or_default();
    let what = mention.start.checked_sub(1).is_some_and(|at| matches!(word(at), "what" | "What"));
    let have = usize::from(matches!(word(mention.end), "has" | "have" | "had"));
    what && matches!(
        word(mention.end + have),
        "call"
            | "called"
            | "calls"
            | "describe"
            | "described"
            | "describes"
            | "dubbed"
            | "termed"
            | "terms"
    )
}

/// The words around a reporting verb that say who speaks, to whom and when.
struct Frame {
    from: usize,
    to: usize,
    /// Whether it stands behind or between what is reported.
    closes: bool,
}

impl Frame {
    fn around(sentence: &Sentence<'_>, report: &Hit) -> Self {
        let words = sentence.words;
        let own = clause(words, report.from);
        // Where no clause stands before it, it closes none.
        if clause(words, 0) == own {
            return Self { from: 0, to: report.to, closes: false };
        }
        let from = words[..report.from].iter().rposition(|word| word.clause != own);
        let from = from.map_or(0, |before| before + 1);
        let to = words[report.to..].iter().position(|word| word.clause != own);
        let to = to.map_or(words.len(), |behind| report.to + behind);
        let named = |at: usize| {
            words.get(at).is_some_and(|word| matches!(word.shape, Shape::Capital | Shape::Upper))
        };
        // "…, she said" and "…, said Amsel", but not "Amsel, a minister, said that …".
        let short = || {
            to - report.to <= TAIL && !(report.to..to).any(|at| sentence.word(at) == Some("that"))
        };
        let says = || {
            sentence
                .hits
                .iter()
                .any(|hit| (report.to..to).contains(&hit.from) && hit.class.is_polar())
        };
        let closes = from > 0 && (from < report.from || named(report.to)) && short() && !says();
        Self {
            from: if closes { from } else { 0 },
            to: if closes { to } else { report.to },
            closes,
        }
    }

    /// Whether an entry is part of what is reported.
    fn reports(&self, sentence: &Sentence<'_>, hit: Hit) -> bool {
        sentence.words[hit.from].quoted
            || hit.from >= self.to
            || (self.closes && hit.from < self.from)
    }

    /// Whether a mention is the one that speaks.
    fn speaker(&self, sentence: &Sentence<'_>, report: &Hit, start: usize, end: usize) -> bool {
        let apart =
            if end <= report.from { report.from - end } else { start.saturating_sub(report.to) };
        let same = clause(sentence.words, start) == clause(sentence.words, report.from);
        apart <= REACH && same && (end <= report.from || self.closes || apart == 0)
    }

    /// Whether a mention belongs to the frame.
    fn holds(&self, start: usize) -> bool {
        (self.from..self.to).contains(&start)
    }

    /// Whether "he" or "it" in what is said may mean whom the frame mentions.
    fn is_meant(&self, sentence: &Sentence<'_>, report: &Hit, hit: Hit) -> bool {
        let mut said = if self.closes { 0..self.from } else { report.to..hit.from };
        sentence.any_cue & PRONOUN != 0 && said.any(|at| sentence.is(PRONOUN, at))
    }
}
