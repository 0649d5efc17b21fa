//! From the features of sentences to the verdict of a learned lexicon.

use std::ops::Range;

use super::super::evidence::{Evidence, Verdict, emptied};
use super::super::lexicon::Lexicon;
use super::super::reading::{Reading, Speaker};
use super::super::rule_set::{Rule, Rules};
use super::super::rules::{Lead, speakers, weigh_lead};
use super::super::span::Span;
use super::features::{Feature, Features, Scratch, Sink, Source};
use super::joining::join;
use super::learned::LearnedLexicon;
use super::place::{Place, Places};
use super::terms::{BAD, GOOD, TEXT};
use super::{Question, Subject};

/// What a learned lexicon makes of a document, sentence by sentence.
#[derive(Clone, Debug, Default)]
pub(in super::super) struct LearnedTally<'d> {
    /// Reasons as they were found, with what their weights add up to.
    reasons: Vec<Evidence<'d>>,
    valence: f64,
    opinion: f64,
    sentences: usize,
    /// The same, where those of the lead count for more.
    counted: f64,
    lead: Lead,
}

impl<'d> LearnedTally<'d> {
    /// For another text.
    pub(in super::super) fn restarted<'e>(self) -> LearnedTally<'e> {
        LearnedTally { reasons: emptied(self.reasons), ..LearnedTally::default() }
    }

    /// Notes what of a sentence has a weight.
    pub(in super::super) fn take(
        &mut self,
        text: &'d str,
        reading: &Reading,
        subject: &Subject<'_>,
        (learned, lexicon): (&'d LearnedLexicon, &'d Lexicon),
        scratch: &mut Scratch,
    ) {
        if let Some(weight) = self.lead.weight_before(reading) {
            weigh_lead(&mut self.reasons, weight);
            for sum in [&mut self.valence, &mut self.opinion, &mut self.counted] {
                *sum *= weight;
            }
        }
        let range = reading.range();
        let mut weighing = Weighing {
            learned,
            lexicon,
            reading,
            sentence: &text[range.clone()],
            range,
            speaker_at: speakers(&reading.sentence(text)),
            reasons: &mut self.reasons,
            valence: 0.0,
            opinion: 0.0,
            sum: 0.0,
            most: 0.0,
        };
        Features::read(text, reading, subject, learned.terms(), scratch, &mut weighing);
        self.valence += weighing.valence;
        self.opinion += weighing.opinion;
        self.sentences += 1;
        self.counted += 1.0;
    }

    /// The verdict of a learned lexicon upon that of the rules: contributions sum to the score.
    pub(in super::super) fn verdict(
        &mut self,
        learned: &LearnedLexicon,
        mut hand: Verdict<'d>,
    ) -> Verdict<'d> {
        if self.sentences == 0 {
            return hand;
        }
        let scale = scale(learned.question(), self.sentences, self.counted);
        let (mut valence, mut opinion) = (self.valence * scale, self.opinion * scale);
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
        let mut evidence = std::mem::take(&mut self.reasons);
        join(&mut evidence, scale * share, &hand.evidence, share);
        self.reasons = emptied(hand.evidence);
        Verdict { score, label, evidence }
    }
}

/// Several sentences make a text sound more, but not so many times more. How it stands toward somebody is the mean
/// over those that speak of him, as by the rules. `counted` is the sum of what the sentences count for.
pub(super) fn scale(question: Question, sentences: usize, counted: f64) -> f64 {
    let n = sentences as f64;
    if question == Question::Text { n / counted / n.sqrt() } else { 1.0 / counted }
}

/// Weighs the features of a sentence, one reason for each source.
struct Weighing<'t, 'd, F> {
    learned: &'d LearnedLexicon,
    lexicon: &'d Lexicon,
    reading: &'t Reading,
    sentence: &'d str,
    range: Range<usize>,
    speaker_at: F,
    reasons: &'t mut Vec<Evidence<'d>>,
    valence: f64,
    opinion: f64,
    /// Of the source that is being read: what its weights add up to, and how much of it counts.
    sum: f64,
    most: f64,
}

impl<F: Fn(usize) -> Speaker> Sink for Weighing<'_, '_, F> {
    fn wants(&self, term: u32, place: Place) -> bool {
        self.learned.has(term, place)
    }

    #[inline(always)]
    fn term(&mut self, term: u32, places: Places, value: f64) {
        let (valence, opinion) = self.learned.sum(term, places);
        self.sum += valence * value;
        self.opinion += opinion * value;
        self.most = self.most.max(value);
    }

    #[inline(always)]
    fn source(&mut self, source: Source) {
        let (contribution, most) = (self.sum, self.most.min(1.0));
        (self.sum, self.most) = (0.0, 0.0);
        self.valence += contribution;
        if contribution == 0.0 {
            return;
        }
        let words = self.reading.words();
        let start = self.range.start;
        let span =
            |from: usize, to: usize| Span::of_text(words[from].start..words[to - 1].end, start);
        let (at, entry, weight, rules, speaker) = match source {
            Source::Whole(from, to) => {
                let at = Span::of_text(from..to, start);
                (at, self.learned.entry(TEXT), most, Rules::none(), Speaker::Writer)
            }
            Source::Words(word, from, to, term) => {
                let at = Span::of_text(from..to, start);
                (at, self.learned.entry(term), most, Rules::none(), (self.speaker_at)(word))
            }
            Source::Hit(at) => {
                let weighed = &self.reading.weighed[at];
                let at = span(weighed.hit.from, weighed.hit.to);
                let entry = self.lexicon.entry(weighed.hit.entry);
                (at, entry, weighed.weight, weighed.rules, weighed.voice)
            }
        };
        self.reasons.push(Evidence {
            sentence: self.sentence,
            start,
            words: at,
            entry,
            contribution,
            weight,
            rules: rules.with(Rule::Learned),
            said_by: speaker.said_by(span),
        });
    }
}
