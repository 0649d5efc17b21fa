//! Reasons in the order of the text, from the grounds of a learned lexicon and the reasons of the rules.
//!
//! Hits, terms and the reasons of the rules come in order each, sentence by sentence, so that they are merged and
//! not sorted.

use std::ops::Range;

use super::super::entry::Entry;
use super::super::evidence::{Evidence, Voice};
use super::super::lexicon::Lexicon;
use super::super::reading::Speaker;
use super::super::rule_set::{Rule, Rules};
use super::learned::LearnedLexicon;
use super::tally::{Ground, LearnedTally, Told};

/// Reasons on their way to a verdict.
pub(super) struct Joining<'t, 'd> {
    pub(super) tally: &'t LearnedTally,
    pub(super) learned: &'d LearnedLexicon,
    pub(super) lexicon: &'d Lexicon,
    pub(super) text: &'d str,
    /// What contributions are multiplied with.
    pub(super) share: f64,
    pub(super) parts: Vec<Evidence<'d>>,
}

/// How many rows in order a sentence has: hits, terms, the whole, and reasons of the rules.
const RUNS: usize = 4;
const TERMS: usize = 1;
const RULES: usize = RUNS - 1;

/// Where a run goes on and ends, and the place of what comes next in it.
#[derive(Clone, Copy)]
struct Run {
    at: usize,
    end: usize,
    next: u64,
}

/// The place of what comes next where nothing does.
const OVER: u64 = u64::MAX;

/// Where bytes stand in a sentence, which is no longer than numbers of 32 bits: the first byte counts most.
fn place_in(sentence: &Range<usize>, bytes: &Range<usize>) -> u64 {
    let (start, end) = (bytes.start - sentence.start, bytes.end - sentence.start);
    (start as u64) << 32 | end as u64
}

impl<'d> Joining<'_, 'd> {
    /// One piece of evidence for each entry at each place, those that add nothing left out.
    pub(super) fn join(mut self, hand: &[Evidence<'d>]) -> Vec<Evidence<'d>> {
        self.parts.reserve(self.tally.grounds.len() + hand.len());
        let told = &self.tally.told;
        let follows = |two: &[Told]| two[0].sentence.end <= two[1].sentence.start;
        if told.iter().all(|told| told.in_order) && told.windows(2).all(follows) {
            let (mut from, mut by_hand) = (0, 0);
            for told in told {
                let rest = hand[by_hand..].iter();
                let count =
                    rest.take_while(|reason| reason.sentence_range == told.sentence).count();
                self.sentence(from, told, hand, by_hand..by_hand + count);
                (from, by_hand) = (told.ends[2], by_hand + count);
            }
        } else {
            self.out_of_order(hand);
        }
        if self.parts.iter().any(|reason| reason.contribution == 0.0) {
            self.parts.retain(|reason| reason.contribution != 0.0);
        }
        self.parts
    }

    /// Merges the runs of a sentence.
    fn sentence(&mut self, from: usize, told: &Told, hand: &[Evidence<'d>], by_hand: Range<usize>) {
        let [hits, terms, all] = told.ends;
        let bounds = [(from, hits), (hits, terms), (terms, all), (by_hand.start, by_hand.end)];
        let next = |tally: &LearnedTally, run: usize, at: usize, end: usize| {
            if at == end {
                return OVER;
            }
            let bytes = if run < RULES { &tally.grounds[at].bytes } else { &hand[at].range };
            place_in(&told.sentence, bytes)
        };
        let mut runs = [Run { at: 0, end: 0, next: OVER }; RUNS];
        for (number, (run, (at, end))) in runs.iter_mut().zip(bounds).enumerate() {
            *run = Run { at, end, next: next(self.tally, number, at, end) };
        }
        let sentence = &self.text[told.sentence.clone()];
        let mut last = OVER;
        loop {
            // Most grounds are terms.
            let mut first = TERMS;
            for run in [0, 2, RULES] {
                let (a, b) = (runs[run].next, runs[first].next);
                if a < b || a == b && a != OVER && self.is_before(&runs, run, first, hand) {
                    first = run;
                }
            }
            let Run { at, end, next: place } = runs[first];
            if place == OVER {
                return;
            }
            let part = if first < RULES {
                self.evidence(&self.tally.grounds[at], sentence, told)
            } else {
                hand[at].clone()
            };
            self.push(part, place == last);
            last = place;
            runs[first] = Run { at: at + 1, end, next: next(self.tally, first, at + 1, end) };
        }
    }

    /// Whether of two runs that go on with the same bytes the first comes before the other: by the text of its
    /// entry, or else by its number.
    #[cold]
    fn is_before(
        &self,
        runs: &[Run; RUNS],
        run: usize,
        other: usize,
        hand: &[Evidence<'d>],
    ) -> bool {
        let entry = |run: usize| {
            let at = runs[run].at;
            if run < RULES { self.explains(&self.tally.grounds[at]) } else { hand[at].entry }
        };
        let (own, others) = (entry(run), entry(other));
        if std::ptr::eq(own, others) {
            return run < other;
        }
        own.text().cmp(others.text()).then(run.cmp(&other)).is_lt()
    }

    /// As the runs merged: grounds that are not in order, or sections that overlap.
    #[cold]
    fn out_of_order(&mut self, hand: &[Evidence<'d>]) {
        let mut from = 0;
        let mut all = Vec::new();
        for told in &self.tally.told {
            let sentence = &self.text[told.sentence.clone()];
            let grounds = &self.tally.grounds[from..told.ends[2]];
            all.extend(grounds.iter().map(|ground| self.evidence(ground, sentence, told)));
            from = told.ends[2];
        }
        all.extend(hand.iter().cloned());
        all.sort_by(|a, b| {
            let place = |part: &Evidence<'_>| (part.range.start, part.range.end);
            place(a).cmp(&place(b)).then_with(|| a.entry.text().cmp(b.entry.text()))
        });
        for part in all {
            self.push(part, true);
        }
    }

    /// Adds a part, scaled; one that may share its place with the last is added to that of the same entry.
    #[inline]
    fn push(&mut self, mut part: Evidence<'d>, may_share: bool) {
        part.contribution *= self.share;
        if may_share {
            let mut here = self.parts.iter_mut().rev().take_while(|one| one.range == part.range);
            if let Some(same) = here.find(|one| std::ptr::eq(one.entry, part.entry)) {
                same.contribution += part.contribution;
                same.weight = same.weight.max(part.weight);
                same.rules = same.rules.union(part.rules);
                return;
            }
        }
        self.parts.push(part);
    }

    /// The entry that explains a ground.
    fn explains(&self, ground: &Ground) -> &'d Entry {
        match ground.hit {
            Some((entry, ..)) => self.lexicon.entry(entry),
            None => self.learned.entry(ground.term),
        }
    }

    /// A ground as a reason; of a learned term its weight says how much of it there is.
    fn evidence(&self, ground: &Ground, sentence: &'d str, told: &Told) -> Evidence<'d> {
        let (weight, rules) = match ground.hit {
            Some((_, weight, rules)) => (weight, rules),
            None => (ground.counts.min(1.0), Rules::none()),
        };
        Evidence {
            sentence,
            sentence_range: told.sentence.clone(),
            range: ground.bytes.clone(),
            entry: self.explains(ground),
            contribution: ground.good,
            weight,
            rules: rules.with(Rule::Learned),
            voice: match ground.voice {
                Speaker::Writer => Voice::Writer,
                Speaker::Named(start, end) => Voice::Speaker(&self.text[start..end]),
                Speaker::Unnamed => Voice::Unnamed,
            },
        }
    }
}
