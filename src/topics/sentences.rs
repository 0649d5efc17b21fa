//! Which sentences say best what a topic is about?

use std::ops::{Range, RangeInclusive};

use super::passages::Passage;
use crate::article::Document;
use crate::counts::TermId;

/// How many sentences are kept for each topic.
const KEPT: usize = 10;

/// In words: shorter sentences say little, longer ones too much.
const LENGTHS: RangeInclusive<usize> = 8..=40;

/// A sentence that says what a topic is about.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct TopicSentence {
    row: usize,
    range: Range<usize>,
    score: f32,
}

impl TopicSentence {
    /// The article that it stands in, by its row.
    pub fn row(&self) -> usize {
        self.row
    }

    /// Where it stands, in bytes of the article's [`text`](Document::text).
    pub fn range(&self) -> Range<usize> {
        self.range.clone()
    }

    /// How much it says of the topic, above 0: the weights of the distinct terms of the topic in
    /// it, added up and divided by the root of its number of words.
    pub fn score(&self) -> f32 {
        self.score
    }
}

/// Sentences of the articles that were read.
#[derive(Default)]
pub(super) struct Sentences {
    read: Vec<Read>,
    terms: Vec<TermId>,
}

/// A sentence, and its distinct terms among those of [`Sentences`].
struct Read {
    row: usize,
    range: Range<usize>,
    n_words: usize,
    terms: Range<usize>,
}

impl Sentences {
    /// Takes in a sentence of an article, article by article.
    pub(super) fn add(&mut self, row: usize, passage: &Passage) {
        if !LENGTHS.contains(&passage.n_words) {
            return;
        }
        let mut terms: Vec<TermId> = passage.words.iter().map(|word| word.term).collect();
        terms.sort_unstable();
        terms.dedup();
        let start = self.terms.len();
        self.terms.extend(terms);
        self.read.push(Read {
            row,
            range: passage.range.clone(),
            n_words: passage.n_words,
            terms: start..self.terms.len(),
        });
    }

    /// The sentences that say best what weighted terms say: the best first, of equals the one of the
    /// more typical article; one of each article and each text once.
    pub(super) fn best<D: Document>(
        &self,
        terms: &[(TermId, f32)],
        docs: &[D],
    ) -> Vec<TopicSentence> {
        let mut weights = terms.to_vec();
        weights.sort_unstable_by_key(|(term, _)| *term);
        let weight = |term: &TermId| {
            let found = weights.binary_search_by_key(term, |(other, _)| *other);
            found.map_or(0.0, |place| weights[place].1)
        };
        let scored = self.read.iter().map(|one| {
            let sum: f32 = self.terms[one.terms.clone()].iter().map(weight).sum();
            let score = sum / (one.n_words as f32).sqrt();
            TopicSentence { row: one.row, range: one.range.clone(), score }
        });
        let mut scored: Vec<TopicSentence> = scored.filter(|one| one.score > 0.0).collect();
        scored.sort_by(|a, b| b.score.total_cmp(&a.score));
        let text = |one: &TopicSentence| docs[one.row].text().get(one.range.clone());
        let mut kept: Vec<TopicSentence> = Vec::new();
        for next in scored {
            let repeats =
                |other: &TopicSentence| other.row == next.row || text(other) == text(&next);
            if kept.len() < KEPT && !kept.iter().any(repeats) {
                kept.push(next);
            }
        }
        kept
    }
}
