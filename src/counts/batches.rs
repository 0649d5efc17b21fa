//! How are later documents counted over columns that are there already, batch after batch?

use std::fmt;
use std::sync::Arc;

use super::column_index::ColumnIndex;
use super::counter::{BATCH, Counter, SMALL};
use super::dealt::{Dealt, ROUNDS, deal, fill, portions};
use super::forms::NONE;
use super::matrix::CountMatrix;
use super::parts::Part;
use super::placing::{Columns, Placed};
use super::strings::join_into;
use super::vocabulary::Vocabulary;
use crate::article::Document;
use crate::csr::Csr;
use crate::parallel::{for_each, inside, n_threads};
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
    index: ColumnIndex,
    /// One for each thread.
    readers: Vec<Reader<A>>,
}

/// What a thread remembers, and the rows of its documents of the batch at hand.
struct Reader<A> {
    counter: Counter<A, Part>,
    /// The column of each node, [`NONE`] for those that have none.
    columns: Vec<u32>,
}

impl Vocabulary {
    /// A counter over these columns. The analyzer must be the one that the vocabulary was learned with.
    pub fn counter<A: Analyze + Clone>(self: &Arc<Self>, analyzer: A) -> BatchCounter<A> {
        BatchCounter {
            analyzer,
            vocabulary: Arc::clone(self),
            index: ColumnIndex::default(),
            readers: Vec::new(),
        }
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
            let placed = if n_readers == 1 {
                self.read(&held, 1)
            } else {
                inside(|| self.read(&held, n_readers))
            };
            rows.append(placed.rows);
            seen += placed.seen;
            unknown += placed.unknown;
            held.clear();
        }
        let vocabulary = Arc::clone(&self.vocabulary);
        CountMatrix { vocabulary, rows: Arc::new(rows), seen, unknown }
    }

    /// Sees to so many readers, none of which remembers too much.
    fn prepare(&mut self, n_readers: usize) {
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
    }

    /// Counts documents on so many threads at the same time.
    fn read<D: Document + Sync>(&mut self, docs: &[D], n_readers: usize) -> Placed {
        self.prepare(n_readers);
        let Self { vocabulary, index, readers, .. } = self;
        let columns = Columns {
            n_terms: vocabulary.len(),
            params: &vocabulary.params,
            hashed: vocabulary.is_hashed(),
        };
        let readers = &mut readers[..n_readers];
        // Most batches of a stream are small, and handing out work costs as much as a headline.
        if let [reader] = readers {
            for doc in docs {
                reader.counter.push(doc);
            }
            index.prepare(vocabulary, reader.n_terms());
            reader.find_columns(vocabulary, index);
            let placed = columns.place_part(reader.rows(), &reader.columns);
            reader.forget_rows();
            return placed;
        }
        let stretches = portions(docs, n_readers * ROUNDS);
        let all = readers.iter_mut().collect();
        let stretches = deal(&stretches, all, |_, reader: &mut Reader<A>, docs| {
            docs.for_each(|doc| reader.counter.push(doc));
        });
        index.prepare(vocabulary, readers.iter().map(|reader| reader.n_terms()).sum());
        for_each(readers.iter_mut().collect(), |reader| reader.find_columns(vocabulary, index));
        let sinks = readers.iter().map(|reader| reader.rows()).collect();
        let batch = Dealt { sinks, stretches };
        let placed = columns.place_batch(batch, |thread| &readers[thread].columns);
        for reader in readers {
            reader.forget_rows();
        }
        placed
    }
}

impl<A> Reader<A> {
    /// How many terms were seen, those included of which the column was not asked for yet.
    fn n_terms(&self) -> usize {
        self.counter.counted.terms.nodes().len()
    }

    /// The rows of its documents of the batch at hand.
    fn rows(&self) -> &Part {
        &self.counter.counted.sink
    }

    /// Forgets these rows but keeps their memory.
    fn forget_rows(&mut self) {
        self.counter.counted.sink.clear();
    }

    /// Finds the columns of terms that are new.
    fn find_columns(&mut self, vocabulary: &Vocabulary, index: &ColumnIndex) {
        let terms = &self.counter.counted.terms;
        let (mut words, mut name) = (Vec::new(), String::new());
        for node in self.columns.len() as u32..terms.nodes().len() as u32 {
            terms.words_of(node, &mut words);
            name.clear();
            let word = |&word: &u32| terms.words().get(word as usize);
            join_into(words.iter().map(word), &mut name);
            self.columns.push(index.column(vocabulary, &name).unwrap_or(NONE));
        }
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
                for n_readers in [1, 2, 3, 50] {
                    let Placed { rows, seen, unknown } = counter.read(&docs, n_readers);
                    let (vocabulary, rows) = (Arc::clone(vocabulary), Arc::new(rows));
                    assert_eq!(CountMatrix { vocabulary, rows, seen, unknown }, expected);
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
