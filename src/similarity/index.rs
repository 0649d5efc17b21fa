//! Rows turned round: for each term, who holds it.

use std::fmt;

use super::search::{Query, Scratch, Searched, nearest, scaled};
use crate::counts::TermId;
use crate::csr::Csr;
use crate::parallel::map_blocks;
use crate::{Error, Result, TfIdfMatrix};

/// Searches of a batch that one thread makes in a row.
const QUERIES_AT_ONCE: usize = 64;

/// When are two rows of weights alike?
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub enum Similarity {
    /// The product of the rows, each brought to length 1: the cosine of the angle between them, in
    /// `0.0..=1.0` since weights are not negative. How long an article is does not matter.
    Cosine,
    /// The product of the rows as they are, at least 0. With weights of BM25 it ranks articles for a
    /// query.
    Dot,
}

/// An article that is like another.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Neighbor {
    doc: usize,
    similarity: f64,
}

impl Neighbor {
    pub(super) fn new(doc: usize, similarity: f64) -> Self {
        Self { doc, similarity }
    }

    /// The number of the article in the index: its row, counted from 0.
    pub fn doc(&self) -> usize {
        self.doc
    }

    /// How alike the two are, above 0; [`Similarity`] says what it means.
    pub fn similarity(&self) -> f64 {
        self.similarity
    }
}

/// Finds the articles most like another, exactly: skipped are only those that cannot be among them.
///
/// Similarities are sums over shared terms, in `f64` and in the order of the columns, so that a row
/// gets the same bits alone and in a batch, at any number of threads, and `a` is as similar to `b` as
/// `b` to `a`. Neighbours come with the most similar first, ties in the order of the articles;
/// articles that share no term, whose similarity is 0, are never among them, so there may be fewer
/// than asked for. [`explain`](Self::explain) says which terms make two articles alike.
///
/// Cost: building is a few passes over the weights; a search reads, for the terms of the query that
/// tell most, the lists of articles that hold them, and goes through all articles a few times, unless
/// few share a term. Memory: 8 bytes for each weight and article and 16 for each term; the weights
/// themselves are shared. A search takes another 8 bytes for each article and 4 for each term, which a
/// batch does once for many. To keep an index, save its weights: building is as fast as reading.
///
/// ```
/// use undertone::{Analyzer, CountMatrix, CountParams, Similarity, SimilarityIndex, TfIdf};
///
/// let docs = [
///     "The ferry company raised ferry fares.",
///     "The central bank held interest rates.",
///     "Ferry crews rescued a sailor.",
/// ];
/// let analyzer = Analyzer::english();
/// let counts = CountMatrix::from_docs(&analyzer, docs, CountParams::default())?;
/// let tfidf = TfIdf::params().fit(&counts)?;
/// let index = SimilarityIndex::new(&tfidf.transform(&counts)?, Similarity::Cosine);
///
/// // Like an article of the index, which is not its own neighbour.
/// let found = index.nearest_to(0, 5)?;
/// assert_eq!(found.len(), 1);
/// assert_eq!(found[0].doc(), 2);
/// let shared = index.explain_pair(0, 2)?;
/// assert_eq!(counts.vocabulary().term(shared[0].0), "ferri");
/// assert!((shared[0].1 - found[0].similarity()).abs() < 1e-12);
///
/// // Like any other text.
/// let queries = counts.vocabulary().count(&analyzer, ["Do interest rates rise?"]);
/// let found = index.nearest(&tfidf.transform(&queries)?, 0, 5)?;
/// assert_eq!(found[0].doc(), 1);
/// # Ok::<(), undertone::Error>(())
/// ```
///
/// # Ranking by BM25
///
/// BM25 is a product: of the articles weighed by [`Tf::Bm25`](crate::Tf::Bm25) and
/// [`Idf::Bm25`](crate::Idf::Bm25), and of the query, in which each term counts 1. Neither is brought to
/// a length.
///
/// ```
/// use undertone::{
///     Analyzer, CountMatrix, CountParams, Idf, Norm, Similarity, SimilarityIndex, Tf, TfIdfParams,
/// };
///
/// let docs = ["oil oil prices", "oil exports", "snow in the north"];
/// let analyzer = Analyzer::plain();
/// let counts = CountMatrix::from_docs(&analyzer, docs, CountParams::default())?;
/// let none = TfIdfParams::textbook().norm(Norm::None);
/// let bm25 = none.tf(Tf::Bm25 { k1: 1.2, b: 0.75 }).idf(Idf::Bm25).fit(&counts)?;
/// let binary = none.tf(Tf::Binary).idf(Idf::None).fit(&counts)?;
///
/// let index = SimilarityIndex::new(&bm25.transform(&counts)?, Similarity::Dot);
/// let queries = counts.vocabulary().count(&analyzer, ["oil prices"]);
/// let ranked = index.nearest(&binary.transform(&queries)?, 0, 10)?;
/// assert_eq!(ranked.iter().map(|found| found.doc()).collect::<Vec<_>>(), [0, 1]);
/// # Ok::<(), undertone::Error>(())
/// ```
#[derive(Clone)]
pub struct SimilarityIndex {
    weights: TfIdfMatrix,
    similarity: Similarity,
    /// Terms × articles.
    postings: Csr<f32>,
    /// What a sum of products is multiplied with for each article.
    scales: Vec<f64>,
    /// The greatest scaled weight of each term.
    peaks: Vec<f64>,
}

impl SimilarityIndex {
    /// An index of the rows of `weights`.
    pub fn new(weights: &TfIdfMatrix, similarity: Similarity) -> Self {
        let rows = weights.csr();
        let scales: Vec<f64> = rows.rows().map(|(_, row)| similarity.scale(row)).collect();
        let postings = rows.transposed();
        let peaks = postings.rows().map(|(docs, values)| peak(docs, values, &scales)).collect();
        Self { weights: weights.clone(), similarity, postings, scales, peaks }
    }

    /// The rows that are searched.
    pub fn weights(&self) -> &TfIdfMatrix {
        &self.weights
    }

    /// What alike means here.
    pub fn similarity(&self) -> Similarity {
        self.similarity
    }

    /// How many articles are searched.
    pub fn n_docs(&self) -> usize {
        self.scales.len()
    }

    /// Up to `k` articles most like the row number `query` of `queries`.
    ///
    /// An article that is also in the index finds itself. A row without a known term finds nothing.
    ///
    /// # Errors
    ///
    /// If the columns are not those of the index ([`Error::is_mismatch`]), or there is no such row
    /// ([`Error::is_setting`]).
    pub fn nearest(&self, queries: &TfIdfMatrix, query: usize, k: usize) -> Result<Vec<Neighbor>> {
        self.check_columns(queries)?;
        check_row("query", query, queries.n_docs())?;
        Ok(self.search(queries.csr().row(query), None, k, &mut self.scratch()))
    }

    /// [`nearest`](Self::nearest) for each row of `queries`, in their order, on all threads.
    ///
    /// # Errors
    ///
    /// If the columns are not those of the index ([`Error::is_mismatch`]).
    pub fn nearest_all(&self, queries: &TfIdfMatrix, k: usize) -> Result<Vec<Vec<Neighbor>>> {
        self.check_columns(queries)?;
        Ok(self.search_all(queries, false, k))
    }

    /// Up to `k` articles most like the article number `doc` of the index, itself left out.
    ///
    /// # Errors
    ///
    /// If there is no such article ([`Error::is_setting`]).
    pub fn nearest_to(&self, doc: usize, k: usize) -> Result<Vec<Neighbor>> {
        check_row("doc", doc, self.n_docs())?;
        let row = self.weights.csr().row(doc);
        Ok(self.search(row, Some(doc), k, &mut self.scratch()))
    }

    /// [`nearest_to`](Self::nearest_to) for each article of the index, in their order, on all threads.
    pub fn neighbors(&self, k: usize) -> Vec<Vec<Neighbor>> {
        self.search_all(&self.weights, true, k)
    }

    /// Why the row number `query` of `queries` is like the article number `doc`: each term that both
    /// hold, and what it adds. The greatest come first, ties in the order of the columns; together they
    /// add up to the similarity, rounding (1e-12 of it) aside. Nothing if no term is shared.
    ///
    /// # Errors
    ///
    /// As [`nearest`](Self::nearest).
    pub fn explain(
        &self,
        queries: &TfIdfMatrix,
        query: usize,
        doc: usize,
    ) -> Result<Vec<(TermId, f64)>> {
        self.check_columns(queries)?;
        check_row("query", query, queries.n_docs())?;
        check_row("doc", doc, self.n_docs())?;
        Ok(self.shared(queries.csr().row(query), doc))
    }

    /// Why two articles of the index are alike, as by [`explain`](Self::explain).
    ///
    /// # Errors
    ///
    /// If there is no such article ([`Error::is_setting`]).
    pub fn explain_pair(&self, doc: usize, other: usize) -> Result<Vec<(TermId, f64)>> {
        check_row("doc", doc, self.n_docs())?;
        check_row("other", other, self.n_docs())?;
        Ok(self.shared(self.weights.csr().row(doc), other))
    }

    fn check_columns(&self, queries: &TfIdfMatrix) -> Result<()> {
        queries.counts().check_columns(self.weights.vocabulary())
    }

    fn search(
        &self,
        (terms, weights): (&[u32], &[f32]),
        except: Option<usize>,
        k: usize,
        scratch: &mut Scratch,
    ) -> Vec<Neighbor> {
        let (scale, most) = (self.similarity.scale(weights), self.similarity.most());
        let query = Query { terms, weights, scale, most, except };
        let searched = Searched {
            rows: self.weights.csr(),
            postings: &self.postings,
            scales: &self.scales,
            peaks: &self.peaks,
        };
        nearest(&searched, &query, k, scratch)
    }

    fn scratch(&self) -> Scratch {
        Scratch::new(self.n_docs(), self.weights.n_terms())
    }

    fn search_all(&self, queries: &TfIdfMatrix, own: bool, k: usize) -> Vec<Vec<Neighbor>> {
        let blocks = map_blocks(queries.n_docs(), QUERIES_AT_ONCE, |block| {
            let mut scratch = self.scratch();
            let search = |query| {
                let row = queries.csr().row(query);
                self.search(row, own.then_some(query), k, &mut scratch)
            };
            block.map(search).collect::<Vec<_>>()
        });
        blocks.into_iter().flatten().collect()
    }

    fn shared(&self, (terms, weights): (&[u32], &[f32]), doc: usize) -> Vec<(TermId, f64)> {
        let scale = self.similarity.scale(weights);
        let (columns, values) = self.weights.csr().row(doc);
        let mut shared = Vec::new();
        let mut rest = columns.iter().zip(values).peekable();
        for (&term, &weight) in terms.iter().zip(weights) {
            while rest.next_if(|&(&column, _)| column < term).is_some() {}
            if let Some((_, &value)) = rest.next_if(|&(&column, _)| column == term) {
                let product = f64::from(weight) * f64::from(value);
                if product > 0.0 {
                    shared.push((TermId(term), scaled(product, scale, self.scales[doc])));
                }
            }
        }
        shared.sort_by(|a, b| b.1.total_cmp(&a.1));
        shared
    }
}

impl Similarity {
    /// What a sum of products with this row is multiplied with.
    fn scale(self, row: &[f32]) -> f64 {
        match self {
            Self::Dot => 1.0,
            Self::Cosine => {
                let squares = row.iter().map(|&weight| f64::from(weight) * f64::from(weight));
                let length = squares.sum::<f64>().sqrt();
                if length > 0.0 { 1.0 / length } else { 0.0 }
            }
        }
    }

    /// The greatest value it can have.
    fn most(self) -> f64 {
        match self {
            Self::Dot => f64::MAX,
            Self::Cosine => 1.0,
        }
    }
}

fn peak(docs: &[u32], values: &[f32], scales: &[f64]) -> f64 {
    let weights = docs.iter().zip(values);
    weights.map(|(&doc, &value)| f64::from(value) * scales[doc as usize]).fold(0.0, f64::max)
}

fn check_row(name: &'static str, row: usize, n_rows: usize) -> Result<()> {
    match n_rows.checked_sub(1) {
        Some(last) if row <= last => Ok(()),
        Some(last) => Err(Error::setting(name, row, format!("in 0..={last}"))),
        None => Err(Error::setting(name, row, "below the number of rows, which is 0")),
    }
}

impl fmt::Debug for SimilarityIndex {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SimilarityIndex")
            .field("similarity", &self.similarity)
            .field("n_docs", &self.n_docs())
            .field("n_terms", &self.weights.n_terms())
            .finish_non_exhaustive()
    }
}
