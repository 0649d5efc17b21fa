//! Which words belong together?

mod association;
mod builder;
mod collocation;
mod params;
mod runs;
mod written;

use foldhash::fast::FixedState;
use hashbrown::HashSet;

pub use self::association::Association;
pub use self::builder::CollocationBuilder;
pub use self::collocation::Collocation;
pub use self::params::CollocationParams;
use crate::Result;
use crate::article::Document;
use crate::text::{Analyze, Dictionary};

/// The collocations of a corpus, strongest first, ties in the order of their terms.
///
/// Words belong to a pair if nothing but white space stands between them, within one line, and both
/// count: a stop word comes between, and so does punctuation. Counts are of terms, so that `interest
/// rate` and `interest rates` are one. The pairs of a length are a table of their own (see
/// [`Association`]); of three words, all runs of three are, and the run is taken as two parts in both
/// ways, of which the weaker one counts: `European Central Bank` is more than `Central Bank` after any
/// word. What comes together less often than by chance is left out.
///
/// ```
/// use undertone::{Analyzer, CollocationParams, Collocations};
///
/// let docs = ["The central bank held rates", "Rates: the Central Bank’s plan", "Central bank chief"];
/// let params = CollocationParams::default().min_count(2);
/// let found = Collocations::from_docs(&Analyzer::english(), docs, params)?;
/// let first = found.iter().next().unwrap();
/// assert_eq!((first.written(), first.term(), first.count()), ("central bank", "central_bank", 3));
///
/// // Counted as one term from now on.
/// let analyzer = Analyzer::builder().dictionary(found.dictionary()).build();
/// let terms: Vec<_> = analyzer.terms("A central bank’s rates").collect();
/// assert_eq!(terms, ["a", "central_bank", "rates"]);
/// # Ok::<(), undertone::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Collocations {
    found: Vec<Collocation>,
}

impl Collocations {
    /// Finds the collocations of a corpus; none is no error.
    ///
    /// Cost: about that of counting runs of as many words, see
    /// [`CountParams::ngrams`](crate::CountParams::ngrams). With feature `rayon` all threads of the current pool count.
    ///
    /// # Errors
    ///
    /// If a setting is out of range ([`Error::is_setting`](crate::Error::is_setting)).
    pub fn from_docs<A, I>(analyzer: &A, docs: I, params: CollocationParams) -> Result<Self>
    where
        A: Analyze + ?Sized,
        I: IntoIterator,
        I::Item: Document + Send + Sync,
    {
        params.check()?;
        let mut builder = CollocationBuilder::new(analyzer, params);
        builder.builder.push_all(docs);
        builder.finish()
    }

    /// The collocations, strongest first.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &Collocation> {
        self.found.iter()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.found.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    /// Keeps the first `n`.
    #[must_use]
    pub fn strongest(mut self, n: usize) -> Self {
        self.found.truncate(n);
        self
    }

    /// A dictionary that joins them: every form in which one was written counts as its term.
    ///
    /// A form of two collocations goes to the stronger one. An analyzer with this dictionary finds, in
    /// a second pass, longer collocations. Forms that no dictionary can hold, such as words of an
    /// analyzer of your own with punctuation inside, are left out.
    pub fn dictionary(&self) -> Dictionary {
        let variants = || {
            self.found.iter().flat_map(|one| one.variants.iter().map(move |variant| (one, variant)))
        };
        let small: HashSet<String, FixedState> = variants()
            .flat_map(|(_, variant)| variant.split_whitespace())
            .filter(|word| word.contains(char::is_lowercase))
            .map(str::to_lowercase)
            .collect();
        let mut dictionary = Dictionary::new();
        for (one, variant) in variants() {
            // A dictionary takes capitals at their word; what is written small too was shouted.
            let words = variant.split_whitespace().map(|word| {
                let lowercase = word.to_lowercase();
                let shouted = !word.contains(char::is_lowercase) && small.contains(&lowercase);
                if shouted { lowercase } else { word.to_string() }
            });
            dictionary.insert_if_new(&words.collect::<Vec<_>>().join(" "), &one.term);
        }
        dictionary
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::counts::{CountMatrix, CountParams};
    use crate::text::{Analyzer, StopWords};
    use proptest::prelude::*;

    const DOCS: [&str; 5] = [
        "The central bank held interest rates. Interest rates rose.",
        "European Central Bank: interest rates fell, the bank said",
        "A European central bank chief spoke of rates and of interest",
        "Interest in the central bank rose\nInterest rates, though",
        "Bank rates rose; central heating fell",
    ];

    fn analyzer() -> Analyzer {
        let stop = ["the", "a", "of", "and", "in", "said", "though"];
        Analyzer::builder().stop_words(StopWords::from_iter(stop)).build()
    }

    fn find(docs: &[impl AsRef<str>], params: CollocationParams) -> Collocations {
        let docs = docs.iter().map(|doc| doc.as_ref().to_string());
        Collocations::from_docs(&analyzer(), docs, params).unwrap()
    }

    fn all() -> CollocationParams {
        CollocationParams::default().min_count(1)
    }

    /// Term, count, expected count, PMI, NPMI and G², worked out in Python from the same sentences
    /// with nltk's formulas.
    #[test]
    fn a_small_corpus_gives_what_was_worked_out_by_hand() {
        let expected = [
            ("central_bank", 4, 0.95238, 2.07039, 0.86543, 15.44631),
            ("interest_rates", 4, 0.95238, 2.07039, 0.86543, 15.44631),
            ("european_central", 2, 0.19048, 3.39232, 1.00000, 13.20867),
            ("european_central_bank", 2, 0.33333, 2.58496, 1.00000, 10.81347),
            ("chief_spoke", 1, 0.04762, 4.39232, 1.00000, 8.04065),
            ("held_interest", 1, 0.04762, 4.39232, 1.00000, 8.04065),
            ("held_interest_rates", 1, 0.08333, 3.58496, 1.00000, 6.88406),
            ("rates_rose", 2, 0.42857, 2.22239, 0.65512, 5.68167),
            ("heating_fell", 1, 0.09524, 3.39232, 0.77233, 5.26806),
            ("bank_chief", 1, 0.19048, 2.39232, 0.54466, 3.54197),
            ("bank_held", 1, 0.19048, 2.39232, 0.54466, 3.54197),
            ("bank_chief_spoke", 1, 0.25000, 2.00000, 0.55789, 3.06498),
            ("bank_held_interest", 1, 0.25000, 2.00000, 0.55789, 3.06498),
            ("central_heating", 1, 0.23810, 2.07039, 0.47137, 3.03663),
            ("central_bank_chief", 1, 0.33333, 1.58496, 0.44211, 2.38538),
            ("central_bank_held", 1, 0.33333, 1.58496, 0.44211, 2.38538),
            ("central_heating_fell", 1, 0.33333, 1.58496, 0.44211, 2.38538),
            ("rates_fell", 1, 0.28571, 1.80736, 0.41148, 1.66546),
            ("interest_rates_fell", 1, 0.33333, 1.58496, 0.44211, 1.53922),
            ("bank_rates_rose", 1, 0.50000, 1.00000, 0.27894, 0.71541),
            ("interest_rates_rose", 1, 0.50000, 1.00000, 0.27894, 0.71541),
            ("bank_rose", 1, 0.57143, 0.80736, 0.18381, 0.41104),
            ("central_bank_rose", 1, 0.75000, 0.41504, 0.11577, 0.14225),
            ("bank_rates", 1, 0.95238, 0.07039, 0.01603, 0.00383),
        ];
        let found = find(&DOCS, all().lengths(2..=3));
        assert_eq!(found.len(), expected.len());
        for (term, count, chance, pmi, npmi, log_likelihood) in expected {
            let one = found.iter().find(|one| one.term() == term).unwrap();
            assert_eq!(one.count(), count, "{term}");
            let figures = [one.expected(), one.pmi(), one.npmi(), one.log_likelihood()];
            for (found, expected) in figures.into_iter().zip([chance, pmi, npmi, log_likelihood]) {
                assert!((found - expected).abs() < 1.1e-5, "{term}: {found}, not {expected}");
            }
        }
        let terms: Vec<_> = found.iter().map(|one| one.term()).take(5).collect();
        let first = expected.map(|(term, ..)| term);
        assert_eq!(terms, first[..5]);
        for order in [Association::Pmi, Association::Npmi, Association::LogLikelihood] {
            let found = find(&DOCS, all().order(order));
            let key = |one: &Collocation| (-one.score(order), one.term().to_string());
            assert!(found.iter().is_sorted_by(|a, b| key(a) < key(b)), "{order:?}");
        }
    }

    #[test]
    fn what_comes_between_keeps_words_apart() {
        let pairs = |text: &str| {
            find(&[text, "x y"], all()).iter().filter(|one| one.term() == "oil_price").count()
        };
        assert_eq!(pairs("oil price"), 1);
        assert_eq!(pairs("Oil \t price’s"), 0, "the possessive is another word without a stemmer");
        for between in [", ", ". ", "\n", " the ", "-", " – ", " (", "” ", " \u{2028}"] {
            assert_eq!(pairs(&format!("oil{between}price")), 0, "{between:?}");
        }
    }

    #[test]
    fn pairs_go_on_where_long_texts_are_cut() {
        let text = "oil price ".repeat(100_000);
        let found = find(&[text], all());
        let counts: Vec<_> = found.iter().map(|one| (one.term(), one.count())).collect();
        assert_eq!(counts, [("oil_price", 100_000), ("price_oil", 99_999)]);
        let text = "oil price, ".repeat(100_000);
        let found = find(&[text.as_str(), "x y"], all());
        assert_eq!(found.iter().map(|one| one.count()).collect::<Vec<_>>(), [100_000, 1]);
    }

    #[test]
    fn forms_are_shown_as_people_write_them() {
        let docs = [
            "White House",
            "the White House",
            "white house",
            "OIL PRICES",
            "Oil prices",
            "Oil prices",
            "US aid",
        ];
        let found = find(&docs, all());
        let shown: Vec<_> = found.iter().map(|one| one.written()).collect();
        assert_eq!(shown, ["Oil prices", "white house", "US aid"]);
        let table = found.dictionary().to_tsv();
        assert_eq!(table, "US aid\tus_aid\noil prices\toil_prices\nwhite house\twhite_house\n");
    }

    #[test]
    fn settings_are_checked() {
        for (params, expected) in [
            (all().min_count(0), "min_count is 0, but must be at least 1"),
            (
                all().lengths(1..=2),
                "lengths of collocations is 1..=2, but must be a range within 2..=3 that is not empty",
            ),
            (
                all().lengths(2..=usize::MAX),
                "lengths of collocations is 2..=18446744073709551615, but must be a range within 2..=3 that is not empty",
            ),
        ] {
            let error = CollocationBuilder::new(analyzer(), params).finish().unwrap_err();
            assert!(error.is_setting());
            assert_eq!(error.to_string(), expected);
        }
        let mut builder = CollocationBuilder::new(analyzer(), all());
        let other = CollocationBuilder::new(analyzer(), all().min_count(2));
        assert!(builder.merge(other).unwrap_err().is_mismatch());
        assert!(find(&["", "the of"], all()).is_empty());
    }

    #[test]
    fn words_that_join_only_in_capitals_are_joined_again() {
        let docs = ["AT&T Inc rose", "Plan-B talks: AT&T Inc fell", "Plan-B talks"];
        let found = find(&docs, all());
        for term in ["at&t_inc", "plan-b_talks"] {
            let one = found.iter().find(|one| one.term() == term).unwrap();
            let joined = Analyzer::builder().dictionary(found.dictionary()).build();
            let times = docs.iter().flat_map(|doc| joined.terms(doc)).filter(|found| found == term);
            assert_eq!(times.count() as u64, one.count(), "{term}");
        }
    }

    fn corpus() -> impl Strategy<Value = Vec<String>> {
        let word = prop::sample::select(vec![
            "oil", "Oil", "OIL", "prices", "the", "US", "us", "U.S.", "fell,", "fell", "bank\n",
            "a-b", "BANK",
        ]);
        let doc = prop::collection::vec(word, 0..14).prop_map(|words| words.join(" "));
        prop::collection::vec(doc, 1..10)
    }

    proptest! {
        #[test]
        fn parts_merged_in_any_way_give_the_same(docs in corpus(), cut in 0_usize..10) {
            let params = all().lengths(2..=3);
            let whole = find(&docs, params.clone());
            let (left, right) = docs.split_at(cut.min(docs.len()));
            let read = |docs: &[String]| {
                let mut builder = CollocationBuilder::new(analyzer(), params.clone());
                for doc in docs {
                    builder.push(doc);
                }
                builder
            };
            for (one, other) in [(left, right), (right, left)] {
                let mut builder = read(one);
                builder.merge(read(other)).unwrap();
                prop_assert_eq!(builder.n_docs(), docs.len());
                prop_assert_eq!(&builder.finish().unwrap(), &whole);
            }
        }

        /// What was found is what is joined: finding and joining agree on what stands together.
        #[test]
        fn a_joined_collocation_counts_as_often_as_it_was_found(docs in corpus(), rank in 0_usize..8) {
            let found = find(&docs, all());
            if let Some(one) = found.iter().nth(rank) {
                let alone = Collocations { found: vec![one.clone()] };
                let (first, second) = one.term().split_once('_').unwrap();
                prop_assume!(first != second);
                let stop = ["the", "a", "of", "and", "in", "said", "though"];
                let stop = StopWords::from_iter(stop);
                let joined = Analyzer::builder().stop_words(stop).dictionary(alone.dictionary()).build();
                let counts = CountMatrix::from_docs(&joined, &docs, CountParams::default()).unwrap();
                let id = counts.vocabulary().id(one.term()).unwrap();
                prop_assert_eq!(counts.vocabulary().total(id), one.count());
            }
        }
    }

    #[cfg(feature = "serde")]
    #[test]
    fn survives_saving() {
        let found = find(&DOCS, all());
        let bytes = postcard::to_stdvec(&found).unwrap();
        assert_eq!(postcard::from_bytes::<Collocations>(&bytes).unwrap(), found);
    }
}
