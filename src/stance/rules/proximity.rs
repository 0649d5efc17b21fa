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
    /// Whether it is somebody or something with a name, not a topic.
    pub(in super::super) named: bool,
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

/// The distance in words at which an entry counts for half.
const HALF_LIFE: f64 = 8.0;
const OTHER_CLAUSE: f64 = 0.5;

/// What is said of a topic is spread over the sentence.
const HALF_LIFE_TOPIC: f64 = 24.0;
const OTHER_CLAUSE_TOPIC: f64 = 0.8;
const OTHER_NAME: f64 = 0.45;

/// Multiplies the weights.
pub(super) fn apply(sentence: Sentence<'_>, aim: &Aim<'_>, weighed: &mut [Weighed]) {
    let (half_life, other_clause) =
        if aim.named { (HALF_LIFE, OTHER_CLAUSE) } else { (HALF_LIFE_TOPIC, OTHER_CLAUSE_TOPIC) };
    for entry in weighed {
        let (from, to) = (entry.hit.from, entry.hit.to);
        let (mention, distance) = aim.nearest(from, to);
        let mut factor = 0.5_f64.powf(distance as f64 / half_life);
        if sentence.words[mention.start].clause != sentence.words[from].clause {
            factor *= other_clause;
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
pub(super) fn clause(words: &[Word], at: usize) -> u32 {
    words.get(at).map_or(u32::MAX, |word| word.clause)
}
