//! How are later documents counted over columns that are there already, batch after batch?

use std::fmt;
use std::sync::Arc;

use super::builder::Rows;
use super::counter::{BATCH, Counter, SMALL};
use super::dealt::{fill, portions};
use super::forms::NONE;
use super::matrix::CountMatrix;
use super::strings::join_into;
use super::vocabulary::Vocabulary;
use crate::article::Document;
use crate::csr::Csr;
use crate::parallel::{map_each, n_threads};
use crate::text::Analyze;

/// The least number of terms that are remembered, in and out of the vocabulary.
const REMEMBERED: usize = 1 << 20;

/// Counts batch after batch of documents over the columns of a vocabulary.
///
/// [`Vocabulary::count`] does the same for one batch. This remembers the words that it has met, so that
/// each is folded, stemmed and looked up once and not once for each batch: a stream of small batches
/// costs as much a document as one large batch. Which batches came before changes nothing in the counts.
///
/// Memory: what it remembers, of each thread: up to a million terms and a million written forms, or four
/// times the vocabulary if that is more (but not if it is [hashed](Vocabulary::hashed)), and one batch more;
/// then it forgets and starts anew. That is about 100 MB for a million.
///
/// ```
/// use undertone::{Analyzer, CountMatrix, CountParams};
///
/// let analyzer = Analyzer::english();
/// let docs = ["Oil prices fell", "Snow fell"];
/// let counts = CountMatrix::from_docs(&analyzer, docs, CountParams::default())?;
/// let mut counter = counts.vocabulary().counter(&analyzer);
/// let today = counter.count(["Snow is falling"]);
/// let tomorrow = counter.count(["Oil and snow", "More snow"]);
/// assert_eq!((today.n_docs(), tomorrow.n_docs()), (1, 2));
/// assert_eq!(tomorrow, counts.vocabulary().count(&analyzer, ["Oil and snow", "More snow"]));
/// # Ok::<(), undertone::Error>(())
/// ```
pub struct BatchCounter<A> {
    analyzer: A,
    vocabulary: Arc<Vocabulary>,
    /// One for each thread.
    readers: Vec<Reader<A>>,
}

/// What a thread remembers.
struct Reader<A> {
    counter: Counter<A, Rows>,
    /// The column of each node, [`NONE`] for those that have none.
    columns: Vec<u32>,
}

impl Vocabulary {
    /// A counter over these columns. The analyzer must be the one that the vocabulary was learned with.
    pub fn counter<A: Analyze + Clone>(self: &Arc<Self>, analyzer: A) -> BatchCounter<A> {
        BatchCounter { analyzer, vocabulary: Arc::clone(self), readers: Vec::new() }
    }
}

impl<A: Analyze + Clone> BatchCounter<A> {
    /// Counts documents in order, on all threads of the current pool if that is worth it. Terms without
    /// a column are passed over, and [`CountMatrix::unknown_share`] says how many.
    ///
    /// About 32 MB of text are held at once. Cost: as [`CountMatrix::from_docs`].
    pub fn count<I>(&mut self, docs: I) -> CountMatrix
    where
        I: IntoIterator,
        I::Item: Document + Send + Sync,
    {
        let (mut docs, mut held) = (docs.into_iter(), Vec::new());
        let mut rows = Csr::new(self.vocabulary.len());
        let (mut seen, mut unknown) = (0, 0);
        loop {
            let bytes = fill(&mut held, &mut docs, BATCH);
            if held.is_empty() {
                break;
            }
            let n_readers = if bytes < SMALL { 1 } else { n_threads() };
            for part in self.read(&held, n_readers) {
                rows.append(Arc::unwrap_or_clone(part.rows));
                seen += part.seen;
                unknown += part.unknown;
            }
            held.clear();
        }
        let vocabulary = Arc::clone(&self.vocabulary);
        CountMatrix { vocabulary, rows: Arc::new(rows), seen, unknown }
    }

    /// Counts documents in so many stretches at the same time.
    fn read<D: Document + Sync>(&mut self, docs: &[D], n_readers: usize) -> Vec<CountMatrix> {
        let most = if self.vocabulary.is_hashed() { 0 } else { 4 * self.vocabulary.len() };
        let most = most.max(REMEMBERED);
        let new = || Reader {
            counter: Counter::new(self.analyzer.clone(), self.vocabulary.params.clone()),
            columns: Vec::new(),
        };
        for reader in &mut self.readers {
            if reader.columns.len() > most || reader.counter.counted.terms.n_forms() > most {
                *reader = new();
            }
        }
        while self.readers.len() < n_readers {
            self.readers.push(new());
        }
        let work = self.readers.iter_mut().zip(portions(docs, n_readers)).collect();
        let vocabulary = &self.vocabulary;
        map_each(work, |(reader, docs)| reader.count(docs, vocabulary))
    }
}

impl<A: Analyze> Reader<A> {
    fn count<D: Document>(&mut self, docs: &[D], vocabulary: &Arc<Vocabulary>) -> CountMatrix {
        for doc in docs {
            self.counter.push(doc);
        }
        let terms = &self.counter.counted.terms;
        let (mut words, mut name) = (Vec::new(), String::new());
        for node in self.columns.len() as u32..terms.nodes().len() as u32 {
            terms.words_of(node, &mut words);
            name.clear();
            let word = |&word: &u32| terms.words().get(word as usize);
            join_into(words.iter().map(word), &mut name);
            self.columns.push(vocabulary.id(&name).map_or(NONE, |term| term.0));
        }
        let rows = std::mem::take(&mut self.counter.counted.sink);
        rows.into_matrix(&self.columns, Arc::clone(vocabulary))
    }
}

impl<A> fmt::Debug for BatchCounter<A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BatchCounter").field("vocabulary", &self.vocabulary).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::counts::CountParams;
    use crate::text::{Analyzer, Token, Tokens};

    fn joined(mut all: CountMatrix, batch: CountMatrix) -> CountMatrix {
        Arc::make_mut(&mut all.rows).append(Arc::unwrap_or_clone(batch.rows));
        (all.seen, all.unknown) = (all.seen + batch.seen, all.unknown + batch.unknown);
        all
    }

    /// Counts `NY` as a term that holds a space.
    struct Places;

    impl Analyze for Places {
        fn tokens_into(&self, text: &str, tokens: &mut Tokens) {
            Analyzer::plain().tokens_into(text, tokens);
        }

        fn term(&self, token: Token<'_>, term: &mut String) -> bool {
            term.push_str(if token.text() == "NY" { "new york" } else { token.text() });
            true
        }
    }

    #[test]
    fn a_word_with_the_name_of_a_run_is_counted_with_it() {
        let params = CountParams::default().ngrams(1..=2);
        let vocabulary = Vocabulary::from_terms(["new york", "york"], params).unwrap();
        let counts = vocabulary.count(&Places, ["NY and new york"]);
        let row: Vec<_> = counts.row(0).map(|(term, n)| (vocabulary.term(term), n)).collect();
        assert_eq!(row, [("new york", 2), ("york", 1)]);
    }

    #[test]
    fn batches_and_readers_change_nothing() {
        let docs: Vec<String> = (0..40)
            .map(|i| format!("Word{} spoke {} times of {}", i % 7, i % 3, i).repeat(i % 4))
            .collect();
        let analyzer = Analyzer::plain();
        let learned_from = &docs[..25];
        for params in [CountParams::default(), CountParams::default().ngrams(1..=2)] {
            let counts = CountMatrix::from_docs(&analyzer, learned_from, params.clone()).unwrap();
            let hashed = Vocabulary::hashed(37, params).unwrap();
            for vocabulary in [counts.vocabulary(), &hashed] {
                let expected = vocabulary.count(&analyzer, &docs);
                let mut counter = vocabulary.counter(&analyzer);
                for size in [1, 3, 40] {
                    let batches = docs.chunks(size).map(|batch| counter.count(batch));
                    assert_eq!(batches.reduce(joined).unwrap(), expected);
                }
                for n_readers in [2, 3, 50] {
                    let parts = counter.read(&docs, n_readers);
                    assert_eq!(parts.len(), n_readers);
                    assert_eq!(parts.into_iter().reduce(joined).unwrap(), expected);
                }
            }
            assert_eq!(counts.vocabulary().count(&analyzer, learned_from), counts);
        }
    }

    #[test]
    fn no_document_is_no_row() {
        let vocabulary = Vocabulary::from_terms(["oil"], CountParams::default()).unwrap();
        let none: [&str; 0] = [];
        let counts = vocabulary.count(&Analyzer::english(), none);
        assert_eq!((counts.n_docs(), counts.n_terms(), counts.seen), (0, 1, 0));
        assert_eq!(vocabulary.count(&Analyzer::english(), [""]).n_docs(), 1);
    }
}
