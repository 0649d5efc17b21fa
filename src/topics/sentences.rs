//! Which sentences say best what a topic is about?

use std::ops::{Range, RangeInclusive};

use super::passages::Passage;
use super::topic::Found;
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

/// The best sentence of each article that was read.
pub(super) struct Sentences {
    /// The weights of the topic's terms, by term.
    weights: Vec<(TermId, f32)>,
    terms: Vec<TermId>,
    best: Vec<TopicSentence>,
}

impl Sentences {
    pub(super) fn new(topic: &Found) -> Self {
        let mut weights = topic.terms.clone();
        weights.sort_unstable_by_key(|(term, _)| *term);
        Self { weights, terms: Vec::new(), best: Vec::new() }
    }

    /// Takes in a sentence of an article, article by article.
    pub(super) fn add(&mut self, row: usize, passage: &Passage) {
        if !LENGTHS.contains(&passage.n_words) {
            return;
        }
        let score = self.score(passage);
        let sentence = TopicSentence { row, range: passage.range.clone(), score };
        match self.best.last_mut() {
            Some(last) if last.row == row => {
                if score > last.score {
                    *last = sentence;
                }
            }
            _ if score > 0.0 => self.best.push(sentence),
            _ => {}
        }
    }

    fn score(&mut self, passage: &Passage) -> f32 {
        self.terms.clear();
        self.terms.extend(passage.words.iter().map(|word| word.term));
        self.terms.sort_unstable();
        self.terms.dedup();
        let weight = |term: &TermId| {
            let found = self.weights.binary_search_by_key(term, |(other, _)| *other);
            found.map_or(0.0, |place| self.weights[place].1)
        };
        self.terms.iter().map(weight).sum::<f32>() / (passage.n_words as f32).sqrt()
    }

    /// The best first, of equals the one of the more typical article; each text once.
    pub(super) fn best<D: Document>(mut self, docs: &[D]) -> Vec<TopicSentence> {
        self.best.sort_by(|a, b| b.score.total_cmp(&a.score));
        let text = |one: &TopicSentence| docs[one.row].text().get(one.range.clone());
        let mut kept: Vec<TopicSentence> = Vec::new();
        for next in self.best {
            if kept.len() < KEPT && kept.iter().all(|other| text(other) != text(&next)) {
                kept.push(next);
            }
        }
        kept
    }
}
