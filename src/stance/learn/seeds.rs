//! Which words of a corpus stand nearest to a few seed words? A lexicon for a domain without labels.

use std::fmt::Write;

use hashbrown::HashMap;

use super::super::lexicon::Lexicon;
use crate::article::{Document, sections, sentences_of};
use crate::counts::{CountMatrix, CountParams, DocFreq};
use crate::error::{Error, Result};
use crate::reduce::Lsa;
use crate::text::{Analyzer, Segmentation, StopWords};
use crate::tfidf::TfIdf;

/// Latent semantic scaling (Watanabe 2021): the polarity of every word of a corpus, from seed words with signs.
///
/// Sentences are counted, weighed and reduced to a few directions; the polarity of a word is the mean over the seeds of
/// their sign times the cosine between word and seed. Words near the good seeds and far from the bad ones come out on top.
///
/// ```
/// use undertone::SemanticScaling;
///
/// let docs = ["Exports rose and profits rose. Exports and profits grew.", "Losses fell on firms. Losses and debts hurt.",
///             "Profits grew as exports grew.", "Debts hurt and losses hurt."];
/// let scaling = SemanticScaling::new([("profits", 1.0), ("losses", -1.0)]).dims(4).min_sentences(2);
/// let scaled = scaling.fit(&docs)?;
/// assert!(scaled.polarity("exports").unwrap() > scaled.polarity("debts").unwrap());
/// let lexicon = scaled.to_lexicon(10)?;
/// assert!(lexicon.get("exports").unwrap().valence() > 0.0);
/// # Ok::<(), undertone::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct SemanticScaling {
    seeds: Vec<(String, f64)>,
    dims: usize,
    min_sentences: usize,
    seed: u64,
}

/// Words with the polarity that [`SemanticScaling`] found.
#[derive(Clone, Debug)]
pub struct ScaledTerms {
    /// Falling by polarity.
    terms: Vec<(String, f64)>,
    places: HashMap<String, usize, foldhash::fast::FixedState>,
}

impl SemanticScaling {
    /// Seed words, each with its sign or weight.
    pub fn new<W: Into<String>>(seeds: impl IntoIterator<Item = (W, f64)>) -> Self {
        let seeds = seeds.into_iter().map(|(word, weight)| (word.into(), weight)).collect();
        Self { seeds, dims: 200, min_sentences: 5, seed: 0 }
    }

    /// How many directions are kept, 200 unless set; fewer where the corpus has fewer.
    #[must_use]
    pub fn dims(mut self, dims: usize) -> Self {
        self.dims = dims;
        self
    }

    /// In how many sentences a word must occur, 5 unless set.
    #[must_use]
    pub fn min_sentences(mut self, sentences: usize) -> Self {
        self.min_sentences = sentences;
        self
    }

    /// Where the search for directions begins; 0 unless set.
    #[must_use]
    pub fn seed(mut self, seed: u64) -> Self {
        self.seed = seed;
        self
    }

    /// Finds the polarity of the words of a corpus. Seeds that the corpus does not hold often enough are passed over.
    ///
    /// Cost: that of [`Lsa`] over the sentences, and one product a word and seed.
    ///
    /// # Errors
    ///
    /// `is_setting` for a seed whose weight is 0 or not finite or for no directions, `is_too_small` if no seed is left or the
    /// corpus is empty.
    pub fn fit<D: Document>(&self, docs: &[D]) -> Result<ScaledTerms> {
        if let Some((word, weight)) =
            self.seeds.iter().find(|(_, weight)| *weight == 0.0 || !weight.is_finite())
        {
            return Err(Error::setting(
                "weight of a seed",
                format!("{weight} (`{word}`)"),
                "finite and not 0",
            ));
        }
        let analyzer = Analyzer::builder()
            .segmentation(Segmentation::News)
            .stop_words(StopWords::english())
            .min_chars(3)
            .build();
        let mut sentences: Vec<&str> = Vec::new();
        for doc in docs {
            for (section, text) in sections(doc) {
                sentences.extend(sentences_of(section.kind, text).map(|range| &text[range]));
            }
        }
        let params = CountParams::default().min_doc_freq(DocFreq::Docs(self.min_sentences));
        let counts = CountMatrix::from_docs(&analyzer, sentences, params)?;
        let weights = TfIdf::params().fit(&counts)?.transform(&counts)?;
        let lsa = Lsa::params(self.dims).allow_fewer(true).seed(self.seed).fit(&weights)?;
        let vectors = unit_vectors(&lsa);
        let vocabulary = counts.vocabulary();
        let mut direction = vec![0.0; lsa.n_dims()];
        let mut found = 0.0;
        for (word, weight) in &self.seeds {
            let Some(term) = analyzer.terms(word).next().and_then(|term| vocabulary.id(&term))
            else {
                continue;
            };
            found += weight.abs();
            let vector = &vectors[term.index()];
            direction.iter_mut().zip(vector).for_each(|(sum, part)| *sum += weight * part);
        }
        if found == 0.0 {
            return Err(Error::nothing("none of the seed words occurs often enough in the corpus"));
        }
        let polarity =
            |vector: &[f64]| vector.iter().zip(&direction).map(|(a, b)| a * b).sum::<f64>() / found;
        let mut terms: Vec<(String, f64)> = vocabulary
            .terms()
            .map(str::to_string)
            .zip(vectors.iter().map(|vector| polarity(vector)))
            .collect();
        terms.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        let places = terms.iter().enumerate().map(|(at, (term, _))| (term.clone(), at)).collect();
        Ok(ScaledTerms { terms, places })
    }
}

/// Terms as unit vectors over the directions, each direction as long as it is strong.
fn unit_vectors(lsa: &Lsa) -> Vec<Vec<f64>> {
    let rows = lsa.components();
    let unit = |row: ndarray::ArrayView1<'_, f32>| {
        let scaled = row
            .iter()
            .zip(lsa.singular_values())
            .map(|(part, strength)| f64::from(*part) * strength);
        let vector: Vec<f64> = scaled.collect();
        let length = vector.iter().map(|part| part * part).sum::<f64>().sqrt();
        vector.into_iter().map(|part| if length > 0.0 { part / length } else { 0.0 }).collect()
    };
    rows.rows().into_iter().map(unit).collect()
}

/// The strongest valence of a lexicon that was grown, half of what an entry may have: nobody has judged it.
const STRONGEST: f64 = 2.0;

impl ScaledTerms {
    /// The polarity of a word, −1 to 1.
    pub fn polarity(&self, word: &str) -> Option<f64> {
        self.places.get(word).map(|&at| self.terms[at].1)
    }

    /// Words and their polarity, best first.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (&str, f64)> {
        self.terms.iter().map(|(term, polarity)| (term.as_str(), *polarity))
    }

    /// How many words there are.
    pub fn len(&self) -> usize {
        self.terms.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }

    /// The `n` best and `n` worst words as a table that [`Lexicon::from_tsv`] reads, for a person to edit.
    pub fn to_tsv(&self, n: usize) -> String {
        let good = self.terms.iter().take(n).filter(|(_, polarity)| *polarity > 0.0);
        let bad = self.terms.iter().rev().take(n).filter(|(_, polarity)| *polarity < 0.0);
        let chosen: Vec<_> = good.chain(bad).collect();
        let most =
            chosen.iter().map(|(_, polarity)| polarity.abs()).fold(f64::MIN_POSITIVE, f64::max);
        let mut table = String::new();
        for (term, polarity) in chosen {
            let _ = writeln!(table, "{term}\tx\tevent\t{:.2}", polarity / most * STRONGEST);
        }
        table
    }

    /// The `n` best and `n` worst words as a lexicon of its own, with valences up to 2.
    ///
    /// # Errors
    ///
    /// None in practice: the table is one that [`Lexicon::from_tsv`] reads.
    pub fn to_lexicon(&self, n: usize) -> Result<Lexicon> {
        Lexicon::from_tsv(&self.to_tsv(n))
    }
}
