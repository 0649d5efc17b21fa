//! From the features of sentences to those of a document, and to a verdict.

use std::ops::Range;

use super::super::evidence::{Evidence, Verdict, emptied};
use super::super::lexicon::Lexicon;
use super::super::reading::{Reading, Speaker};
use super::super::rule_set::{Rule, Rules};
use super::super::rules::speakers;
use super::features::{Feature, Features, Seen, Source};
use super::joining::Joining;
use super::learned::LearnedLexicon;
use super::place::{Place, Wanted};
use super::terms::{BAD, GOOD, NONE, TEXT, Terms};
use super::{Question, Subject};

/// What features of a document stand on.
#[derive(Clone, Debug)]
pub(super) struct Ground {
    pub(super) bytes: Range<usize>,
    pub(super) term: u32,
    /// The entry that was hit, how much of it counts, and what the rules did to it.
    pub(super) hit: Option<(u32, f64, Rules)>,
    /// Who says it; a name as bytes of the text.
    pub(super) voice: Speaker,
    /// What its features add up to, and how much of it there is.
    pub(super) good: f64,
    pub(super) counts: f64,
}

/// Where the grounds of a sentence end that are hits, terms, and the sentence as a whole.
#[derive(Clone, Debug)]
pub(super) struct Told {
    pub(super) sentence: Range<usize>,
    pub(super) ends: [usize; 3],
    /// Whether the terms stand in the order of the text, as all but marks side by side do ("?!").
    pub(super) in_order: bool,
}

/// The features of a document, sentence by sentence.
#[derive(Clone, Debug, Default)]
pub(in super::super) struct LearnedTally {
    noted: Vec<Seen>,
    pub(super) grounds: Vec<Ground>,
    pub(super) told: Vec<Told>,
    /// Whether sentences count as a mean.
    mean: bool,
    features: Features,
    /// Empty; only its memory counts.
    spare: Vec<Evidence<'static>>,
}

impl LearnedTally {
    /// For another text.
    pub(in super::super) fn restart(&mut self) {
        self.noted.clear();
        self.grounds.clear();
        self.told.clear();
    }

    /// Notes the features of a sentence at the places that are wanted of each term.
    pub(super) fn note(
        &mut self,
        text: &str,
        reading: &Reading,
        subject: &Subject<'_>,
        terms: &Terms,
        wanted: impl Fn(u32) -> Wanted,
    ) {
        self.features.read(text, reading, subject, terms, wanted);
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
        let before = self.grounds.len();
        let Features { seen, sources, n_hits, .. } = &self.features;
        self.noted
            .extend(seen.iter().map(|seen| Seen { source: before as u32 + seen.source, ..*seen }));
        self.grounds.extend(sources.iter().map(|source| {
            let (bytes, term, hit, voice) = match *source {
                Source::Whole(start, end) => (start..end, TEXT, None, Speaker::Writer),
                Source::Words(at, start, end, term) => (start..end, term, None, speaker_at(at)),
                Source::Hit(at) => {
                    let weighed = &reading.weighed[at];
                    let bytes = bytes_of(weighed.hit.from, weighed.hit.to);
                    let hit = (weighed.hit.entry, weighed.weight, weighed.rules);
                    (bytes, NONE, Some(hit), weighed.voice)
                }
            };
            Ground { bytes, term, hit, voice: heard(voice), good: 0.0, counts: 0.0 }
        }));
        let end = self.grounds.len();
        let whole = usize::from(matches!(sources.last(), Some(Source::Whole(..))));
        let ends = [before + n_hits, end - whole, end];
        let place = |ground: &Ground| (ground.bytes.start, ground.bytes.end);
        let in_order = self.grounds[ends[0]..ends[1]].is_sorted_by_key(place);
        self.told.push(Told { sentence: reading.range(), ends, in_order });
    }

    /// Notes the features of a sentence that have a weight.
    pub(in super::super) fn take(
        &mut self,
        text: &str,
        reading: &Reading,
        subject: &Subject<'_>,
        learned: &LearnedLexicon,
    ) {
        self.note(text, reading, subject, learned.terms(), |term| learned.wanted(term));
    }

    /// Several sentences make a text sound more, but not so many times more. How it stands toward somebody is the mean
    /// over those that speak of him, as by the rules.
    fn scale(&self) -> f64 {
        let n = self.told.len().max(1) as f64;
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
        if self.told.is_empty() {
            return hand;
        }
        let (mut valence, mut opinion) = (0.0, 0.0);
        let scale = self.scale();
        for noted in &self.noted {
            let weight = learned.numbered(noted.weight);
            let value = noted.value * scale;
            let ground = &mut self.grounds[noted.source as usize];
            ground.good += weight.0 * value;
            ground.counts = ground.counts.max(value);
            opinion += weight.1 * value;
        }
        for ground in &self.grounds {
            valence += ground.good;
        }
        let all: f64 = hand.evidence.iter().map(|reason| reason.contribution.abs()).sum();
        let weights = [GOOD, BAD].map(|term| {
            let weight = |place| learned.weight(Feature::new(term, place)).unwrap_or_default();
            (weight(Place::Scored), weight(Place::Share))
        });
        for reason in &mut hand.evidence {
            let value = reason.contribution.abs();
            let (scored, share) = weights[usize::from(reason.contribution <= 0.0)];
            let part = |scored: f64, share: f64| scored * value + share * value / all;
            valence += part(scored.0, share.0);
            opinion += part(scored.1, share.1);
            reason.contribution = part(scored.0, share.0);
            reason.rules = reason.rules.with(Rule::Learned);
        }
        let (score, label) = learned.outcome(valence, opinion);
        let share = if valence == 0.0 { 0.0 } else { score / valence };
        let parts = emptied(std::mem::take(&mut self.spare));
        let evidence =
            Joining { tally: self, learned, lexicon, text, share, parts }.join(&hand.evidence);
        self.spare = emptied(hand.evidence);
        Verdict { score, label, evidence }
    }
}

/// What the hand-made rules say of an entry, as a feature.
fn by_hand(reason: &Evidence<'_>, place: Place) -> Feature {
    Feature::new(if reason.contribution > 0.0 { GOOD } else { BAD }, place)
}

/// The feature that stands for the text as a whole.
pub(super) fn base() -> Feature {
    Feature::new(TEXT, Place::Any)
}
