//! From the features of sentences to those of a document, and to a verdict.

use std::ops::Range;

use super::super::entry::Entry;
use super::super::evidence::{Evidence, Verdict};
use super::super::lexicon::Lexicon;
use super::super::reading::Reading;
use super::super::rule_set::{Rule, Rules};
use super::Subject;
use super::features::{Feature, Seen, Source, features};
use super::learned::LearnedLexicon;
use super::place::Place;
use super::terms::{BAD, GOOD, TEXT, Terms};
use super::track::Item;

/// A feature of a document, with its place.
#[derive(Clone, Debug)]
struct Noted {
    feature: Feature,
    value: f64,
    bytes: Range<usize>,
    sentence: Range<usize>,
    /// The entry that was hit, and what the rules did to it.
    hit: Option<(u32, Rules)>,
}

/// The features of a document, sentence by sentence.
#[derive(Debug, Default)]
pub(in super::super) struct LearnedTally {
    noted: Vec<Noted>,
    n_sentences: usize,
    items: Vec<Item>,
    seen: Vec<Seen>,
}

impl LearnedTally {
    /// Notes the features of a sentence that `keep` wants.
    pub(super) fn note(
        &mut self,
        text: &str,
        reading: &Reading,
        subject: &Subject<'_>,
        terms: &Terms,
        keep: impl Fn(Feature) -> bool,
    ) {
        features(text, reading, subject, terms, &mut self.items, &mut self.seen);
        self.n_sentences += 1;
        let words = reading.words();
        for seen in self.seen.iter().filter(|seen| keep(seen.feature)) {
            let (bytes, hit) = match seen.source {
                Source::Bytes(start, end) => (start..end, None),
                Source::Hit(at) => {
                    let weighed = &reading.weighed[at];
                    let bytes = words[weighed.hit.from].start..words[weighed.hit.to - 1].end;
                    (bytes, Some((weighed.hit.entry, weighed.rules)))
                }
            };
            let (feature, value) = (seen.feature, seen.value);
            self.noted.push(Noted { feature, value, bytes, sentence: reading.range(), hit });
        }
    }

    /// Notes the features of a sentence that have a weight.
    pub(in super::super) fn take(
        &mut self,
        text: &str,
        reading: &Reading,
        subject: &Subject<'_>,
        learned: &LearnedLexicon,
    ) {
        self.note(text, reading, subject, learned.terms(), |feature| {
            learned.weight(feature).is_some()
        });
    }

    /// Several sentences say more than one, but not so many times more.
    fn scale(&self) -> f64 {
        1.0 / (self.n_sentences.max(1) as f64).sqrt()
    }

    /// The features with their values: those noted, and what the hand-made rules came to.
    pub(super) fn each_value(&self, hand: &Verdict<'_>, mut each: impl FnMut(Feature, f64)) {
        let scale = self.scale();
        for noted in &self.noted {
            each(noted.feature, noted.value * scale);
        }
        let all: f64 = hand.evidence.iter().map(|reason| reason.contribution.abs()).sum();
        for reason in &hand.evidence {
            let value = reason.contribution.abs();
            each(by_hand(reason, Place::Scored), value);
            each(by_hand(reason, Place::Share), value / all);
        }
    }

    /// The verdict of a learned lexicon: contributions sum to the score.
    pub(in super::super) fn verdict<'d>(
        &self,
        learned: &'d LearnedLexicon,
        lexicon: &'d Lexicon,
        text: &'d str,
        hand: Verdict<'d>,
    ) -> Verdict<'d> {
        if self.n_sentences == 0 {
            return hand;
        }
        let scale = self.scale();
        let (mut valence, mut opinion) = (0.0, 0.0);
        let mut parts: Vec<Evidence<'d>> = Vec::new();
        for noted in &self.noted {
            let Some(weight) = learned.weight(noted.feature) else { continue };
            let value = noted.value * scale;
            valence += weight.0 * value;
            opinion += weight.1 * value;
            let (entry, rules): (&'d Entry, Rules) = match noted.hit {
                Some((entry, rules)) => (lexicon.entry(entry), rules),
                None => (learned.entry(noted.feature.term()), Rules::none()),
            };
            parts.push(Evidence {
                sentence: &text[noted.sentence.clone()],
                sentence_range: noted.sentence.clone(),
                range: noted.bytes.clone(),
                entry,
                contribution: weight.0 * value,
                rules: rules.with(Rule::Learned),
            });
        }
        let all: f64 = hand.evidence.iter().map(|reason| reason.contribution.abs()).sum();
        for mut reason in hand.evidence {
            let value = reason.contribution.abs();
            let weight = |place| learned.weight(by_hand(&reason, place)).unwrap_or_default();
            let (scored, share) = (weight(Place::Scored), weight(Place::Share));
            let part = |scored: f64, share: f64| scored * value + share * value / all;
            valence += part(scored.0, share.0);
            opinion += part(scored.1, share.1);
            reason.contribution = part(scored.0, share.0);
            reason.rules = reason.rules.with(Rule::Learned);
            parts.push(reason);
        }
        let (score, label) = learned.outcome(valence, opinion);
        let share = if valence == 0.0 { 0.0 } else { score / valence };
        Verdict { score, label, evidence: joined(parts, share) }
    }
}

/// What the hand-made rules say of an entry, as a feature.
fn by_hand(reason: &Evidence<'_>, place: Place) -> Feature {
    Feature::new(if reason.contribution > 0.0 { GOOD } else { BAD }, place)
}

/// One piece of evidence for each entry at each place of the text, scaled.
fn joined<'d>(mut parts: Vec<Evidence<'d>>, share: f64) -> Vec<Evidence<'d>> {
    parts.sort_by(|a, b| {
        (a.range.start, a.range.end, a.entry.text()).cmp(&(
            b.range.start,
            b.range.end,
            b.entry.text(),
        ))
    });
    let mut evidence: Vec<Evidence<'d>> = Vec::with_capacity(parts.len());
    for mut part in parts {
        part.contribution *= share;
        match evidence.last_mut() {
            Some(last) if last.range == part.range && std::ptr::eq(last.entry, part.entry) => {
                last.contribution += part.contribution;
                for rule in part.rules.iter() {
                    last.rules = last.rules.with(rule);
                }
            }
            _ => evidence.push(part),
        }
    }
    evidence.retain(|reason| reason.contribution != 0.0);
    evidence
}

/// The feature that stands for the text as a whole.
pub(super) fn base() -> Feature {
    Feature::new(TEXT, Place::Any)
}
