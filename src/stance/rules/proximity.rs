//! How much of an entry is meant for the target? Near, in its clause, and not nearer to somebody else.

use std::ops::Range;

use super::super::reading::{Sentence, Weighed};
use super::super::rule_set::Rule;
use crate::targets::NameSpan;
use crate::text::words::Word;

/// What a sentence is read toward.
#[derive(Clone, Copy, Debug)]
pub(in super::super) struct Aim<'m> {
    /// The words of each mention of the target, in order; at least one.
    pub(in super::super) mentions: &'m [Range<usize>],
}

impl Aim<'_> {
    /// The mention nearest to the words `from..to`, and how many words lie between.
    pub(super) fn nearest(&self, from: usize, to: usize) -> (Range<usize>, usize) {
        let apart = |mention: &Range<usize>| gap(from..to, mention);
        let nearest = self.mentions.iter().min_by_key(|mention| apart(mention));
        nearest.map_or((from..to, 0), |mention| (mention.clone(), apart(mention)))
    }
}

/// How many words lie between two stretches; 0 where they touch or overlap.
fn gap(a: Range<usize>, b: &Range<usize>) -> usize {
    if a.end <= b.start { b.start - a.end } else { a.start.saturating_sub(b.end) }
}

/// Every eighth word of distance halves what counts: the powers of one half to k/8.
const EIGHTHS: [f64; 8] = [
    1.0,
    0.917_004_043_204_671_2,
    0.840_896_415_253_714_5,
    0.771_105_412_703_970_4,
    std::f64::consts::FRAC_1_SQRT_2,
    0.648_419_777_325_504_8,
    0.594_603_557_501_360_5,
    0.545_253_866_332_628_8,
];

/// How much counts of an entry at a distance in words: one half to the power of an eighth of it.
fn nearness(distance: usize) -> f64 {
    let halves = i32::try_from(distance / EIGHTHS.len()).unwrap_or(i32::MAX);
    EIGHTHS[distance % EIGHTHS.len()] * 0.5_f64.powi(halves)
}

const OTHER_CLAUSE: f64 = 0.5;
const OTHER_NAME: f64 = 0.45;

/// Multiplies the weights.
pub(super) fn apply(sentence: Sentence<'_>, aim: &Aim<'_>, weighed: &mut [Weighed]) {
    for entry in weighed {
        let (from, to) = (entry.hit.from, entry.hit.to);
        let (mention, distance) = aim.nearest(from, to);
        let mut factor = nearness(distance);
        if sentence.words[mention.start].clause != sentence.words[from].clause {
            factor *= OTHER_CLAUSE;
        }
        if nearer_name(sentence, aim, from..to, distance) {
            factor *= OTHER_NAME;
        }
        if factor < 1.0 {
            entry.weigh(factor, Rule::Proximity);
        }
    }
}

/// Whether the name of somebody else stands nearer than `distance`. Names are in the order of the
/// sentence, so only those around the entry are looked at.
fn nearer_name(
    sentence: Sentence<'_>,
    aim: &Aim<'_>,
    entry: Range<usize>,
    distance: usize,
) -> bool {
    let near = |name: &&NameSpan| gap(entry.clone(), &(name.from..name.to)) < distance;
    let other = |name: &NameSpan| {
        !name.doubtful && !aim.mentions.iter().any(|own| own.start < name.to && name.from < own.end)
    };
    let behind = sentence.names.partition_point(|name| name.from < entry.start);
    let (before, after) = sentence.names.split_at(behind);
    before.iter().rev().take_while(near).any(other) || after.iter().take_while(near).any(other)
}

/// Whether the words of a mention hold the words of an entry, as in "the defeated leader".
pub(super) fn inside(mention: &Range<usize>, from: usize, to: usize) -> bool {
    mention.start <= from && to <= mention.end
}

/// The clause of a word.
pub(super) fn clause(words: &[Word], at: usize) -> u16 {
    words.get(at).map_or(u16::MAX, |word| word.clause)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_eighth_word_halves() {
        for distance in 0..800 {
            let expected = 0.5_f64.powf(distance as f64 / 8.0);
            assert!((nearness(distance) / expected - 1.0).abs() < 1e-14, "{distance}");
        }
        assert!(nearness(usize::MAX).abs() < f64::MIN_POSITIVE);
    }
}
