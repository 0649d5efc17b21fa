//! Do the terms of a topic belong together? How often they occur near each other, against chance.

use super::windows::{Asked, Seen, in_docs};
use crate::article::Document;
use crate::counts::{CountMatrix, TermId};
use crate::error::{Error, Result};
use crate::text::Analyze;

/// Added to shares before their logarithm is taken, as Röder et al. and gensim do.
const EPSILON: f64 = 1e-12;

/// How coherent topics are: how often the terms of each occur together in a corpus, compared with
/// chance. Three measures share one count of the corpus.
///
/// Whether terms "occur together" is asked of whole [articles](Self::in_documents), or of
/// [windows](Self::in_windows) that slide over the words. What is usual: NPMI and [UMass](Self::umass) over articles;
/// [C_v](Self::c_v) over [windows of 110](Self::WINDOW) words, which of many measures followed people's
/// judgement best (Röder, Both & Hinneburg 2015). Figures of different measures, widths or numbers of
/// terms cannot be compared; ten terms of each topic are usual.
///
/// Figures agree with `CoherenceModel` of gensim 4.4 where it has any.
///
/// ```
/// use undertone::{Analyzer, Coherence};
///
/// let docs = [
///     "The bank raised its interest rate.",
///     "A late goal decided the match.",
///     "Interest rates fell, the bank said.",
///     "The match ended without a goal.",
/// ];
/// let topics = [["bank", "rate"], ["goal", "bank"]];
/// let coherence = Coherence::in_windows(&Analyzer::english(), docs, &topics, 10)?;
/// let npmi = coherence.npmi();
/// assert!(npmi[0] > 0.9 && npmi[1] < 0.0);
/// # Ok::<(), undertone::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Coherence {
    n_windows: u64,
    topics: Vec<Seen>,
}

impl Coherence {
    /// The width of windows that is usual for [`c_v`](Self::c_v), in words.
    pub const WINDOW: usize = 110;

    /// Of topics given by the columns of their terms, the strongest first, over the articles that were
    /// counted.
    ///
    /// Cost: one pass over the entries and, per pair of terms, over the articles of both.
    ///
    /// # Errors
    ///
    /// `is_mismatch` if a term is no column of the counts.
    pub fn in_documents<T: AsRef<[TermId]>>(counts: &CountMatrix, topics: &[T]) -> Result<Self> {
        let mut terms = topics.iter().flat_map(|topic| topic.as_ref());
        if let Some(term) = terms.find(|term| term.index() >= counts.n_terms()) {
            let expected = format!("one of {} columns", counts.n_terms());
            return Err(Error::mismatch("term of a topic", expected, term.index()));
        }
        let topics = super::windows::in_rows(counts.csr(), topics);
        Ok(Self { n_windows: counts.n_docs() as u64, topics })
    }

    /// Of topics given by their terms, the strongest first, over all stretches of `width` words that
    /// follow each other in an article, or over the article if it is shorter.
    ///
    /// Terms are given as [`Analyze::term`] gives them (stems, perhaps); words of an n-gram are joined by
    /// one space, and are in a window if all of it is. All words take part in the width, also those that do not
    /// count, such as stop words. An article without a word is no window.
    ///
    /// On all threads; cost: one reading of the articles, each written form asked about once in each
    /// task, and, per article, the pairs of terms that occur in it.
    ///
    /// # Errors
    ///
    /// `is_setting` if `width` is 0.
    pub fn in_windows<A, I, T, S>(analyzer: &A, docs: I, topics: &[T], width: usize) -> Result<Self>
    where
        A: Analyze + ?Sized,
        I: IntoIterator,
        I::Item: Document + Send + Sync,
        T: AsRef<[S]>,
        S: AsRef<str>,
    {
        if width == 0 {
            return Err(Error::setting("width of windows", width, "at least 1"));
        }
        let asked = Asked::new(topics);
        let docs: Vec<I::Item> = docs.into_iter().collect();
        let (n_windows, topics) = in_docs(analyzer, &docs, &asked, width);
        Ok(Self { n_windows, topics })
    }

    /// How many windows, or articles, there were.
    pub fn n_windows(&self) -> u64 {
        self.n_windows
    }

    /// The mean normalised pointwise mutual information over the pairs of each topic's terms, one figure
    /// for each topic, −1..=1: below 0 if terms avoid each other, 0 by chance, 1 if they only occur together.
    /// 0 for a topic of fewer than two terms; a pair with a term that never occurs counts as 0.
    ///
    /// `NPMI(a, b) = ln((p(a,b) + ε) / (p(a)·p(b))) / −ln(p(a,b) + ε)`, where `p` is a share of the
    /// windows and `ε` is 1e-12. Source: Bouma (2009), Lau, Newman & Baldwin (2014); gensim's `c_npmi`
    /// over windows of 10. A pair in all windows counts as 1.
    pub fn npmi(&self) -> Vec<f64> {
        self.mean_of_pairs(|seen, i, j| self.pair(seen, i, j))
    }

    /// The mean over the pairs of each topic's terms of `ln((p(a,b) + ε) / p(b))`, where `b` is the stronger
    /// term and `ε` is 1e-12; one figure for each topic. At most 0, nearer to 0 if weaker terms are
    /// seldom without stronger ones. 0 for a topic of fewer than two terms; a pair whose stronger
    /// term never occurs counts as 0.
    ///
    /// Source: Mimno et al. (2011), in the form of Röder et al. and gensim's `u_mass`: a mean instead of a
    /// sum, and ε where Mimno et al. add 1 to the count. Over articles as they have it.
    pub fn umass(&self) -> Vec<f64> {
        self.mean_of_pairs(|seen, weaker, stronger| {
            let given = self.share(seen.single(stronger));
            if given > 0.0 {
                ((self.share(seen.pair(weaker, stronger)) + EPSILON) / given).ln().min(0.0)
            } else {
                0.0
            }
        })
    }

    /// How alike the company of each topic's terms is, one figure for each topic, −1..=1, mostly 0.3
    /// to 0.7: each term is a vector of its NPMI with every term of the topic, itself
    /// included, and the figure is the mean cosine of these vectors with their sum. 0 for a topic
    /// without terms that occur.
    ///
    /// Source: C_v of Röder, Both & Hinneburg (2015), over windows of [110](Self::WINDOW) words; gensim's
    /// `c_v`.
    pub fn c_v(&self) -> Vec<f64> {
        self.topics.iter().map(|seen| self.c_v_of(seen)).collect()
    }

    fn c_v_of(&self, seen: &Seen) -> f64 {
        let n = seen.len();
        let vectors: Vec<Vec<f64>> =
            (0..n).map(|i| (0..n).map(|j| self.pair(seen, i, j)).collect()).collect();
        let sum: Vec<f64> = (0..n).map(|j| vectors.iter().map(|vector| vector[j]).sum()).collect();
        let cosines: f64 = vectors.iter().map(|vector| cosine(vector, &sum)).sum();
        cosines / n.max(1) as f64
    }

    fn mean_of_pairs(&self, of_pair: impl Fn(&Seen, usize, usize) -> f64) -> Vec<f64> {
        let of_topic = |seen: &Seen| {
            let n = seen.len();
            let pairs = (0..n).flat_map(|i| (0..i).map(move |j| (i, j)));
            let sum: f64 = pairs.map(|(i, j)| of_pair(seen, i, j)).sum();
            sum / (n * n.saturating_sub(1) / 2).max(1) as f64
        };
        self.topics.iter().map(of_topic).collect()
    }

    fn pair(&self, seen: &Seen, i: usize, j: usize) -> f64 {
        let (a, b, both) = (seen.single(i), seen.single(j), seen.pair(i, j));
        if a == 0 || b == 0 {
            return 0.0;
        }
        if both == self.n_windows {
            // Both everywhere: always together, though it says nothing.
            return 1.0;
        }
        let both = self.share(both) + EPSILON;
        ((both / (self.share(a) * self.share(b))).ln() / -both.ln()).clamp(-1.0, 1.0)
    }

    fn share(&self, windows: u64) -> f64 {
        windows as f64 / self.n_windows.max(1) as f64
    }
}

fn cosine(a: &[f64], b: &[f64]) -> f64 {
    let dot = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f64>();
    let lengths = (dot(a, a) * dot(b, b)).sqrt();
    if lengths > 0.0 { dot(a, b) / lengths } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::counts::CountParams;
    use crate::text::Analyzer;
    use proptest::prelude::*;

    fn ids(counts: &CountMatrix, terms: &[&str]) -> Vec<TermId> {
        terms.iter().map(|term| counts.vocabulary().id(term).unwrap()).collect()
    }

    #[test]
    fn npmi_by_hand() {
        // "a" and "b" share their articles, "c" never meets "a", "d" meets "a" as chance has it, and "e"
        // is everywhere.
        let docs = ["a b b d e", "a a a a b e", "c d e", "c e"];
        let counts =
            CountMatrix::from_docs(&Analyzer::plain(), docs, CountParams::default()).unwrap();
        let topics = ["b a", "a c", "a d", "a", "", "e a", "a b c"]
            .map(|terms| ids(&counts, &terms.split_terminator(' ').collect::<Vec<_>>()));
        let never = (EPSILON.ln() - 0.25_f64.ln()) / -EPSILON.ln();
        let expected = [1.0, never, 0.0, 0.0, 0.0, 0.0, (1.0 + 2.0 * never) / 3.0];
        let found = Coherence::in_documents(&counts, &topics).unwrap();
        for (found, expected) in found.npmi().iter().zip(expected) {
            assert!((found - expected).abs() < 1e-9, "{found} {expected}");
        }
        // Everywhere, beside itself.
        let e = ids(&counts, &["e"])[0];
        let found = Coherence::in_documents(&counts, &[[e, e]]).unwrap().npmi()[0];
        assert!((found - 1.0).abs() < 1e-12);
        let none = Coherence::in_documents(&counts, &[[TermId(5)]]);
        assert!(none.is_err_and(|error| error.is_mismatch()));
    }

    #[test]
    fn windows_are_counted() {
        let of = |docs: &[&str], topic: &[&str], width| {
            let found = Coherence::in_windows(&Analyzer::plain(), docs, &[topic], width).unwrap();
            let seen = &found.topics[0];
            (found.n_windows(), seen.single(0), seen.pair(0, 1))
        };
        // Seven words, windows of three: "a" in the first two and the last, with "b" in the second.
        assert_eq!(of(&["x a y b y x a"], &["a", "b"], 3), (5, 3, 1));
        assert_eq!(of(&["x a y b y x a", "b a", ""], &["a", "b"], 3), (6, 4, 2));
        assert_eq!(of(&["x a y b y x a"], &["a", "b"], 1), (7, 2, 0));
        assert_eq!(of(&["x a y b y x a"], &["a", "b"], 100), (1, 1, 1));
        // A run of words is in a window that holds all of it.
        assert_eq!(of(&["x a y b y x a"], &["a y", "b"], 3), (5, 2, 1));
        assert_eq!(of(&["x a y b y x a"], &["a y b y", "b"], 3), (5, 0, 0));
        assert_eq!(of(&[], &["a", "b"], 3), (0, 0, 0));
        let none = Coherence::in_windows(&Analyzer::plain(), ["a"], &[["a"]], 0);
        assert!(none.is_err_and(|error| error.is_setting()));
    }

    proptest! {
        #[test]
        fn intervals_count_what_sliding_counts(
            docs in prop::collection::vec("[abc ]{0,30}", 1..6),
            width in 1_usize..9,
        ) {
            let spaced: Vec<String> = docs
                .iter()
                .map(|doc| doc.replace(' ', "x").chars().flat_map(|c| [c, ' ']).collect())
                .collect();
            let found =
                Coherence::in_windows(&Analyzer::plain(), &spaced, &[["a", "b"]], width).unwrap();
            let (mut n, mut a, mut both) = (0, 0, 0);
            for doc in &docs {
                let words: Vec<char> = doc.chars().collect();
                if words.is_empty() { continue; }
                for window in words.windows(width.min(words.len())) {
                    n += 1;
                    a += u64::from(window.contains(&'a'));
                    both += u64::from(window.contains(&'a') && window.contains(&'b'));
                }
            }
            let seen = &found.topics[0];
            prop_assert_eq!((found.n_windows(), seen.single(0), seen.pair(1, 0)), (n, a, both));
        }
    }
}
