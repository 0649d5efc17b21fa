//! From the features of sentences to those of a document, and to a verdict.

use std::ops::Range;

use super::super::evidence::{Evidence, Verdict, Voice, emptied};
use super::super::lexicon::Lexicon;
use super::super::reading::{Reading, Speaker};
use super::super::rule_set::{Rule, Rules};
use super::super::rules::speakers;
use super::features::{Feature, Scratch, Seen, Source, features};
use super::learned::LearnedLexicon;
use super::place::{Place, Places};
use super::terms::{BAD, GOOD, TEXT, Terms};
use super::{Question, Subject};

/// A feature of a document, with its place.
#[derive(Clone, Debug)]
struct Noted {
    feature: Feature,
    value: f64,
    bytes: Range<usize>,
    sentence: Range<usize>,
    /// The entry that was hit, how much of it counts, and what the rules did to it.
    hit: Option<(u32, f64, Rules)>,
    /// Who says it; a name as bytes of the text.
    voice: Speaker,
}

impl Noted {
    /// Whether another feature stands on the same words and is explained by the same entry.
    fn shares_source(&self, other: &Self) -> bool {
        let entry = |noted: &Self| noted.hit.map(|(entry, ..)| entry);
        self.bytes == other.bytes
            && match (entry(self), entry(other)) {
                (None, None) => self.feature.term() == other.feature.term(),
                (a, b) => a == b,
            }
    }
}

/// The features of a document, sentence by sentence.
#[derive(Clone, Debug, Default)]
pub(in super::super) struct LearnedTally {
    noted: Vec<Noted>,
    n_sentences: usize,
    /// Whether sentences count as a mean.
    mean: bool,
    scratch: Scratch,
    seen: Vec<Seen>,
    /// Empty; only its memory counts.
    spare: Vec<Evidence<'static>>,
}

impl LearnedTally {
    /// For another text.
    pub(in super::super) fn restart(&mut self) {
        self.noted.clear();
        self.n_sentences = 0;
    }

    /// Notes the features of a sentence at the places that are wanted of each term.
    pub(super) fn note(
        &mut self,
        text: &str,
        reading: &Reading,
        subject: &Subject<'_>,
        terms: &Terms,
        wanted: impl Fn(u32) -> Places,
    ) {
        features(text, reading, subject, terms, wanted, &mut self.scratch, &mut self.seen);
        self.n_sentences += 1;
        self.mean = subject.question() != Question::Text;
        let words = reading.words();
        let bytes_of = |from: usize, to: usize| words[from].start..words[to - 1].end;
        let heard = |speaker| match speaker {
            Speaker::Named(from, to) => {
                let bytes = bytes_of(from, to);
                Speaker::Named(bytes.start, bytes.end)
            }
            other => other,
        };
        let speaker_at = speakers(reading.sentence(text));
        let sentence = reading.range();
        self.noted.extend(self.seen.iter().map(|seen| {
            let (bytes, hit, voice) = match seen.source {
                Source::Whole(start, end) => (start..end, None, Speaker::Writer),
                Source::Words(at, start, end) => (start..end, None, speaker_at(at)),
                Source::Hit(at) => {
                    let weighed = &reading.weighed[at];
                    let bytes = bytes_of(weighed.hit.from, weighed.hit.to);
                    let hit = (weighed.hit.entry, weighed.weight, weighed.rules);
                    (bytes, Some(hit), weighed.voice)
                }
            };
            let (feature, value, voice) = (seen.feature, seen.value, heard(voice));
            Noted { feature, value, bytes, sentence: sentence.clone(), hit, voice }
        }));
    }

    /// Notes the features of a sentence that have a weight.
    pub(in super::super) fn take(
        &mut self,
        text: &str,
        reading: &Reading,
        subject: &Subject<'_>,
        learned: &LearnedLexicon,
    ) {
        self.note(text, reading, subject, learned.terms(), |term| learned.places(term));
    }

    /// Several sentences make a text sound more, but not so many times more. How it stands toward somebody is the mean
    /// over those that speak of him, as by the rules.
    fn scale(&self) -> f64 {
        let n = self.n_sentences.max(1) as f64;
        if self.mean { 1.0 / n } else { 1.0 / n.sqrt() }
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
        &mut self,
        learned: &'d LearnedLexicon,
        lexicon: &'d Lexicon,
        text: &'d str,
        mut hand: Verdict<'d>,
    ) -> Verdict<'d> {
        if self.n_sentences == 0 {
            return hand;
        }
        let (mut valence, mut opinion) = (0.0, 0.0);
        let mut parts: Vec<Evidence<'d>> = emptied(std::mem::take(&mut self.spare));
        let scale = self.scale();
        for of_one in self.noted.chunk_by(Noted::shares_source) {
            let (mut good, mut counts) = (0.0, 0.0_f64);
            for noted in of_one {
                let weight = learned.weight(noted.feature).unwrap_or_default();
                let value = noted.value * scale;
                good += weight.0 * value;
                opinion += weight.1 * value;
                counts = counts.max(value);
            }
            valence += good;
            parts.push(of_one[0].evidence(good, counts, learned, lexicon, text));
        }
        let all: f64 = hand.evidence.iter().map(|reason| reason.contribution.abs()).sum();
        for mut reason in hand.evidence.drain(..) {
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
        join(&mut parts, share);
        self.spare = emptied(hand.evidence);
        Verdict { score, label, evidence: parts }
    }
}

impl Noted {
    /// As a reason, with what it and the others of its source add; of a learned term `counts` says how much of it
    /// there is.
    fn evidence<'d>(
        &self,
        contribution: f64,
        counts: f64,
        learned: &'d LearnedLexicon,
        lexicon: &'d Lexicon,
        text: &'d str,
    ) -> Evidence<'d> {
        let (entry, weight, rules) = match self.hit {
            Some((entry, weight, rules)) => (lexicon.entry(entry), weight, rules),
            None => (learned.entry(self.feature.term()), counts.min(1.0), Rules::none()),
        };
        Evidence {
            sentence: &text[self.sentence.clone()],
            sentence_range: self.sentence.clone(),
            range: self.bytes.clone(),
            entry,
            contribution,
            weight,
            rules: rules.with(Rule::Learned),
            voice: match self.voice {
                Speaker::Writer => Voice::Writer,
                Speaker::Named(start, end) => Voice::Speaker(&text[start..end]),
                Speaker::Unnamed => Voice::Unnamed,
            },
        }
    }
}

/// What the hand-made rules say of an entry, as a feature.
fn by_hand(reason: &Evidence<'_>, place: Place) -> Feature {
    Feature::new(if reason.contribution > 0.0 { GOOD } else { BAD }, place)
}

/// Puts evidence in the order of the text, scaled, one piece for each entry at each place.
fn join(parts: &mut Vec<Evidence<'_>>, share: f64) {
    parts.sort_unstable_by(|a, b| {
        let place = |part: &Evidence<'_>| (part.range.start, part.range.end);
        place(a).cmp(&place(b)).then_with(|| a.entry.text().cmp(b.entry.text()))
    });
    let mut kept = 0;
    for at in 0..parts.len() {
        let (before, rest) = parts.split_at_mut(at);
        let part = &mut rest[0];
        part.contribution *= share;
        let mut here = before[..kept].iter_mut().rev().take_while(|one| one.range == part.range);
        if let Some(same) = here.find(|one| std::ptr::eq(one.entry, part.entry)) {
            same.contribution += part.contribution;
            same.weight = same.weight.max(part.weight);
            same.rules = part.rules.iter().fold(same.rules, Rules::with);
        } else {
            parts.swap(kept, at);
            kept += 1;
        }
    }
    parts.truncate(kept);
    parts.retain(|reason| reason.contribution != 0.0);
}

/// The feature that stands for the text as a whole.
pub(super) fn base() -> Feature {
    Feature::new(TEXT, Place::Any)
}
