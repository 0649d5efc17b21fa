//! Which words name a topic?

use super::mixture::damp;
use crate::counts::{TermId, Vocabulary};
use crate::csr::Csr;
use crate::parallel::map_blocks;

/// How many terms are kept for each topic.
pub(crate) const KEPT: usize = 50;

/// The terms that set each topic apart, with weights above 0, falling; ties by the term.
///
/// `weight(t, topic) = c-TF-IDF(t, topic) · φ²(t, topic)`, of terms that the topic's articles hold more often
/// than others.
///
/// c-TF-IDF (Grootendorst 2022) takes all articles of a topic as one text: `p · ln(1 + average f
/// of topics / f(t))`, where `p = f(t, topic) / f(topic)`. Unlike there, frequencies add up `1 + ln(count)` over
/// the articles: one article that repeats a word a thousand times does not name a topic.
///
/// Alone it prefers words that are frequent everywhere ("people", "new"). `φ` is the correlation between an
/// article's holding the term and its being of the topic, so that `n·φ²` is Pearson's χ² of that table. Of
/// some fifteen formulas tried on three corpora, φ alone gave the most coherent terms, with rare
/// names among them, and this product nearly as coherent ones that people know.
///
/// Terms that repeat one already taken (a longer form, a part of a phrase) are left out.
///
/// Cost: two passes over the entries, and a sort of each topic's terms.
pub(crate) fn topic_terms(
    counts: &Csr<u32>,
    vocabulary: &Vocabulary,
    members: &[Vec<u32>],
) -> Vec<Vec<(TermId, f32)>> {
    if members.is_empty() {
        return Vec::new();
    }
    let uses =
        map_blocks(members.len(), 1, |topic| Use::of(counts, members[topic.start].iter().copied()));
    let reference = Reference::new(Use::sum(&uses), members.len());
    map_blocks(members.len(), 1, |topic| {
        strongest(reference.weights(&uses[topic.start]), vocabulary)
    })
}

/// Weighed terms with the strongest first, ties by the term, without those that repeat another.
pub(super) fn strongest(
    mut weighed: Vec<(TermId, f64)>,
    vocabulary: &Vocabulary,
) -> Vec<(TermId, f32)> {
    let order = |a: &(TermId, f64), b: &(TermId, f64)| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0));
    // Mostly a few more than are kept are enough.
    let few = 4 * KEPT;
    if weighed.len() > few {
        weighed.select_nth_unstable_by(few, order);
        weighed[..few].sort_unstable_by(order);
        let kept = without_repeats(&weighed[..few], vocabulary);
        if kept.len() == KEPT {
            return kept;
        }
    }
    weighed.sort_unstable_by(order);
    without_repeats(&weighed, vocabulary)
}

/// How some articles use each term.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub(super) struct Use {
    /// Sums of `1 + ln(count)`.
    frequency: Vec<f64>,
    /// In how many articles.
    articles: Vec<u32>,
    n_articles: usize,
}

impl Use {
    pub(super) fn of(counts: &Csr<u32>, rows: impl Iterator<Item = u32>) -> Self {
        let mut found = Self::none(counts.n_cols());
        for row in rows {
            found.add(counts.row(row as usize));
        }
        found
    }

    /// Of no articles.
    pub(super) fn none(n_terms: usize) -> Self {
        Self { frequency: vec![0.0; n_terms], articles: vec![0; n_terms], n_articles: 0 }
    }

    /// Adds an article: its terms, and their counts.
    pub(super) fn add(&mut self, (columns, counts): (&[u32], &[u32])) {
        for (&column, &count) in columns.iter().zip(counts) {
            self.frequency[column as usize] += f64::from(damp(count));
            self.articles[column as usize] += 1;
        }
        self.n_articles += 1;
    }

    /// Of the articles of all; there must be one at least.
    pub(super) fn sum(all: &[Self]) -> Self {
        let mut sum = all[0].clone();
        for other in &all[1..] {
            sum.frequency.iter_mut().zip(&other.frequency).for_each(|(sum, f)| *sum += f);
            sum.articles.iter_mut().zip(&other.articles).for_each(|(sum, n)| *sum += n);
            sum.n_articles += other.n_articles;
        }
        sum
    }

    pub(super) fn frequency_of(&self, column: usize) -> f64 {
        self.frequency[column]
    }

    pub(super) fn n_articles(&self) -> usize {
        self.n_articles
    }

    /// Whether it is of so many terms, and its numbers can be.
    #[cfg(feature = "serde")]
    pub(super) fn fits(&self, n_terms: usize) -> bool {
        self.frequency.len() == n_terms
            && self.articles.len() == n_terms
            && self.frequency.iter().all(|f| f.is_finite() && *f >= 0.0)
    }

    /// The correlation of a term's being in an article with the article's being one of these, of `all`;
    /// 0 if one of the two is always or never so.
    fn phi(&self, all: &Self, column: usize) -> f64 {
        let (n, here) = (all.n_articles as f64, self.n_articles as f64);
        let (with, both) = (f64::from(all.articles[column]), f64::from(self.articles[column]));
        let spread = here * (n - here) * with * (n - with);
        if spread > 0.0 { (n * both - here * with) / spread.sqrt() } else { 0.0 }
    }
}

/// All articles, with which those of a topic are compared.
pub(super) struct Reference {
    all: Use,
    /// Of each term, `ln(1 + average f of topics / f)`.
    rarity: Vec<f64>,
}

impl Reference {
    pub(super) fn new(all: Use, n_topics: usize) -> Self {
        let average = all.frequency.iter().sum::<f64>() / n_topics as f64;
        let rarity = all.frequency.iter().map(|f| (average / f).ln_1p()).collect();
        Self { all, rarity }
    }

    /// The weight of each term that some of the articles use, in the order of the terms; weights of 0 are
    /// left out.
    pub(super) fn weights(&self, here: &Use) -> Vec<(TermId, f64)> {
        let length: f64 = here.frequency.iter().sum();
        let used = here.frequency.iter().enumerate().filter(|(_, f)| **f > 0.0);
        let apart = used.clone().map(|(column, _)| here.phi(&self.all, column).max(0.0).powi(2));
        let apart: Vec<f64> = apart.collect();
        // Topics that use the same words alike: none sets them apart.
        let alike = apart.iter().all(|apart| *apart <= 0.0);
        used.zip(apart)
            .filter(|(_, apart)| alike || *apart > 0.0)
            .map(|((column, &f), apart)| {
                let weight = f / length * self.rarity[column];
                (TermId(column as u32), if alike { weight } else { weight * apart })
            })
            .filter(|(_, weight)| *weight > 0.0)
            .collect()
    }
}

fn without_repeats(ranked: &[(TermId, f64)], vocabulary: &Vocabulary) -> Vec<(TermId, f32)> {
    let mut kept: Vec<(TermId, f32)> = Vec::with_capacity(KEPT.min(ranked.len()));
    let mut kept_letters: Vec<String> = Vec::with_capacity(kept.capacity());
    for &(term, weight) in ranked {
        let (name, letters) = (vocabulary.term(term), letters(vocabulary.written(term)));
        let repeated = kept_letters.contains(&letters)
            || kept.iter().any(|&(other, _)| repeats(name, vocabulary.term(other)));
        if !repeated {
            kept.push((term, weight as f32));
            kept_letters.push(letters);
            if kept.len() == KEPT {
                break;
            }
        }
    }
    kept
}

/// Whether one of two terms says what the other says: a form with a short ending more, or one whose
/// words are all words of the other.
pub(super) fn repeats(a: &str, b: &str) -> bool {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    if long.contains(' ') {
        return short.split(' ').all(|word| long.split(' ').any(|other| is_form(word, other)));
    }
    is_form(short, long)
}

fn is_form(short: &str, long: &str) -> bool {
    let (short, long) = if short.len() <= long.len() { (short, long) } else { (long, short) };
    let Some(ending) = long.strip_prefix(short) else { return false };
    let (n_short, n_ending) = (short.chars().count(), ending.chars().count());
    n_ending == 0
        || (n_ending <= longest_ending(n_short) && ending.chars().all(char::is_alphabetic))
}

/// Longest ending that does not make a new word of another: "iran", "iranian"; "afghan", "afghanistan".
fn longest_ending(length: usize) -> usize {
    match length {
        0..4 => 0,
        4..6 => 3,
        _ => 5,
    }
}

/// A written form without capitals, dots and hyphens.
fn letters(written: &str) -> String {
    written.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn repeats_are_forms_and_parts() {
        for (a, b) in [
            ("iran", "iranian"),
            ("israel", "isra"),
            ("afghan", "afghanistan"),
            ("environ", "environment"),
            ("prime minist", "minist"),
            ("minist", "prime minist"),
            ("nuclear talk", "talk nuclear"),
        ] {
            assert!(repeats(a, b), "{a} {b}");
        }
        for (a, b) in
            [("iran", "iraq"), ("micro", "microsoft"), ("eu", "euro"), ("oil price", "gas")]
        {
            assert!(!repeats(a, b), "{a} {b}");
        }
        assert_eq!((letters("U.S."), letters("Co-op")), ("us".into(), "coop".into()));
    }
}
