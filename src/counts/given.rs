//! Which columns are there if nothing is learned? Those that a user lists, or places to hash into.

use std::fmt;
use std::sync::Arc;

use super::params::{CountParams, LONGEST_RUN};
use super::strings::Strings;
use super::vocabulary::{Origin, Vocabulary};
use crate::text::{Analyze, Tokens};
use crate::{Error, Result};

/// The most places to hash into: more would cost more memory than a vocabulary.
const MOST_PLACES: usize = 1 << 24;

impl Vocabulary {
    /// The columns of terms as they are counted (stems, perhaps), such as those that another program
    /// or another run wrote down.
    ///
    /// Columns stand in the order of the terms' bytes, whatever the order given. Nothing is known of the
    /// terms but their names: [`doc_freq`](Self::doc_freq) is 0, and [`TfIdf`](crate::TfIdf) learns its
    /// weights from what is then counted. The bounds of `params` on documents and terms must be unset.
    ///
    /// ```
    /// use undertone::{Analyzer, CountParams, TfIdf, Vocabulary};
    ///
    /// let vocabulary = Vocabulary::from_terms(["price", "oil"], CountParams::default())?;
    /// let counts = vocabulary.count(&Analyzer::english(), ["Oil prices fell", "Oil is oil"]);
    /// let rows: Vec<Vec<_>> = counts.rows().map(|row| row.map(|(_, n)| n).collect()).collect();
    /// assert_eq!(rows, [vec![1, 1], vec![2]]);
    /// let weights = TfIdf::params().fit(&counts)?.transform(&counts)?;
    /// assert_eq!(weights.n_terms(), 2);
    /// # Ok::<(), undertone::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`Error::is_setting`] if a bound is set, a term stands twice, is empty, or has more or fewer words
    /// than n-grams of `params` have; [`Error::is_too_small`] if there is no term.
    pub fn from_terms<T: AsRef<str>>(
        terms: impl IntoIterator<Item = T>,
        params: CountParams,
    ) -> Result<Arc<Self>> {
        params.check_unpruned()?;
        let mut listed = Vec::new();
        for term in terms {
            let term = term.as_ref();
            let n_words = term.split(' ').count();
            if term.is_empty() {
                return Err(Error::setting(
                    "a term of the vocabulary",
                    "empty",
                    "at least a letter",
                ));
            }
            // Of runs the words are told apart by spaces, so words hold none, and nothing below.
            let odd = |word: &str| word.is_empty() || word.bytes().any(|byte| byte < b' ');
            if *params.ngrams.end() > 1 && term.split(' ').any(odd) {
                let found = format!("`{term}`, which has an empty word or a control character");
                return Err(Error::setting(
                    "a term of the vocabulary",
                    found,
                    "words between single spaces",
                ));
            }
            // Of single terms some hold spaces: runs of characters, phrases of a dictionary.
            if *params.ngrams.end() > 1 && !params.ngrams.contains(&n_words) {
                let found = format!("`{term}`, of {n_words} words");
                let allowed = format!("of {}..={}", params.ngrams.start(), params.ngrams.end());
                return Err(Error::setting("a term of the vocabulary", found, allowed));
            }
            listed.push((term.to_string(), term.to_string()));
        }
        let (vocabulary, twice) = given(listed, params)?;
        match twice {
            Some(term) => {
                let found = format!("`{term}`, twice");
                Err(Error::setting("a term of the vocabulary", found, "there once"))
            }
            None => Ok(vocabulary),
        }
    }

    /// The columns of words and phrases as people write them, each read by the analyzer: "Interest
    /// rates" is the column of `interest rate`.
    ///
    /// [`written`](Self::written) gives a phrase as it was given; of phrases that count as one term, the
    /// first stays. Counts runs as long as the phrases are. Else as [`from_terms`](Self::from_terms).
    ///
    /// ```
    /// use undertone::{Analyzer, Vocabulary};
    ///
    /// let analyzer = Analyzer::english();
    /// let vocabulary = Vocabulary::from_phrases(&analyzer, ["Interest rates", "inflation"])?;
    /// let counts = vocabulary.count(&analyzer, ["An interest rate is no inflation rate."]);
    /// let row: Vec<_> = counts.row(0).map(|(term, n)| (vocabulary.written(term), n)).collect();
    /// assert_eq!(row, [("inflation", 1), ("Interest rates", 1)]);
    /// # Ok::<(), undertone::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`Error::is_setting`] if something in a phrase does not count, such as a stop word, since a run
    /// of terms ends there, or a phrase has more than 32 terms; [`Error::is_too_small`] if there is no phrase.
    pub fn from_phrases<A, T>(
        analyzer: &A,
        phrases: impl IntoIterator<Item = T>,
    ) -> Result<Arc<Self>>
    where
        A: Analyze + ?Sized,
        T: AsRef<str>,
    {
        let (mut listed, mut tokens) = (Vec::new(), Tokens::default());
        let (mut shortest, mut longest) = (usize::MAX, 1);
        for phrase in phrases {
            let phrase = phrase.as_ref().trim();
            tokens.clear();
            analyzer.tokens_into(phrase, &mut tokens);
            let (mut term, mut n_words) = (String::new(), 0);
            for token in tokens.iter(phrase) {
                if n_words > 0 {
                    term.push(' ');
                }
                let before = term.len();
                if !analyzer.term(token, &mut term) || term.len() == before {
                    let word = token.text();
                    let found = format!("`{phrase}`, of which `{word}` does not count");
                    return Err(Error::setting("a phrase", found, "of terms that all count"));
                }
                n_words += 1;
            }
            if n_words == 0 {
                let found = format!("`{phrase}`");
                return Err(Error::setting("a phrase", found, "of at least one term"));
            }
            if n_words > LONGEST_RUN {
                let found = format!("`{phrase}`, of {n_words} terms");
                return Err(Error::setting(
                    "a phrase",
                    found,
                    format!("of at most {LONGEST_RUN} terms"),
                ));
            }
            (shortest, longest) = (shortest.min(n_words), longest.max(n_words));
            listed.push((term, phrase.to_string()));
        }
        let params = CountParams::default().ngrams(shortest.min(longest)..=longest);
        params.check_unpruned()?;
        given(listed, params).map(|(vocabulary, _)| vocabulary)
    }

    /// Columns without a vocabulary: each term is counted in the place that its hash names, so that
    /// nothing needs to be learned or kept, and counts made in different places and at different times
    /// have the same columns.
    ///
    /// Terms that share a place are counted together, and no term can be told from its place:
    /// [`term`](Self::term) gives `#00017`, with as many digits as the last place has. With ten times as many places as terms, a term has its place
    /// alone with a probability of 0.9. The hash is FNV-1a with 64 bits over the term's bytes, and will
    /// stay so. Source: Weinberger et al. (2009), *Feature Hashing for Large Scale Multitask Learning*,
    /// without their signs, since counts are not negative.
    ///
    /// Memory: about 30 bytes for each place, whether used or not.
    ///
    /// ```
    /// use undertone::{Analyzer, CountParams, Vocabulary};
    ///
    /// let vocabulary = Vocabulary::hashed(1 << 16, CountParams::default())?;
    /// let counts = vocabulary.count(&Analyzer::english(), ["Oil prices fell", "Oil is oil"]);
    /// let oil = vocabulary.id("oil").unwrap();
    /// assert_eq!(counts.row(1).collect::<Vec<_>>(), [(oil, 2)]);
    /// # Ok::<(), undertone::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`Error::is_setting`] if `n_places` is not in `1..=16_777_216`, or a bound is set in `params`.
    pub fn hashed(n_places: usize, params: CountParams) -> Result<Arc<Self>> {
        params.check_unpruned()?;
        if !(1..=MOST_PLACES).contains(&n_places) {
            return Err(Error::setting("n_places", n_places, format!("in 1..={MOST_PLACES}")));
        }
        let width = (n_places - 1).to_string().len();
        let mut terms = Strings::default();
        for place in 0..n_places {
            terms.push_fmt(format_args!("#{place:0width$}"));
        }
        Ok(Arc::new(Self {
            terms,
            written: Strings::default(),
            doc_freq: vec![0; n_places],
            totals: vec![0; n_places],
            n_docs: 0,
            params,
            origin: Origin::Hashed,
        }))
    }

    /// Whether columns are places that terms are [hashed](Self::hashed) into.
    pub fn is_hashed(&self) -> bool {
        self.origin == Origin::Hashed
    }
}

/// The vocabulary of terms with what is written for each, and a term that stood twice, if one did.
fn given(
    mut listed: Vec<(String, String)>,
    params: CountParams,
) -> Result<(Arc<Vocabulary>, Option<String>)> {
    if listed.is_empty() {
        return Err(Error::nothing("no terms for a vocabulary, but at least 1 is needed"));
    }
    // Stable: of phrases that are one term, the first comes first.
    listed.sort_by(|a, b| a.0.cmp(&b.0));
    let twice = listed.windows(2).find(|pair| pair[0].0 == pair[1].0).map(|pair| pair[0].0.clone());
    listed.dedup_by(|next, first| next.0 == first.0);
    let (mut terms, mut written) = (Strings::default(), Strings::default());
    for (term, phrase) in &listed {
        terms.push(term);
        written.push(phrase);
    }
    let n_terms = terms.len();
    if u32::try_from(n_terms).is_err() {
        return Err(Error::setting("terms of a vocabulary", n_terms, "less than 4 billion"));
    }
    let (doc_freq, totals) = (vec![0; n_terms], vec![0; n_terms]);
    let origin = Origin::Given;
    let vocabulary = Vocabulary { terms, written, doc_freq, totals, n_docs: 0, params, origin };
    Ok((Arc::new(vocabulary), twice))
}

/// Which of `n_places` places a term is hashed into.
pub(super) fn place_of(term: &str, n_places: usize) -> usize {
    // FNV-1a: Fowler, Noll and Vo, 64 bits.
    let step = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3);
    let hash = term.bytes().fold(0xCBF2_9CE4_8422_2325, step);
    // Its highest bits are the best mixed: the share of the range that lies below the hash.
    ((u128::from(hash) * n_places as u128) >> 64) as usize
}

impl CountParams {
    /// What can be said of settings for columns that are not learned.
    fn check_unpruned(&self) -> Result<()> {
        self.check()?;
        let learned = Self::default();
        let unset = "unset where columns are given";
        let refuse = |name, value: &dyn fmt::Display| Err(Error::setting(name, value, unset));
        if self.min_doc_freq != learned.min_doc_freq {
            return refuse("min_doc_freq", &self.min_doc_freq);
        }
        if self.max_doc_freq != learned.max_doc_freq {
            return refuse("max_doc_freq", &self.max_doc_freq);
        }
        match &self.max_terms {
            Some(max_terms) => refuse("max_terms", max_terms),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::counts::{CountMatrix, DocFreq};
    use crate::text::Analyzer;

    fn row(counts: &CountMatrix, doc: usize) -> Vec<(&str, u32)> {
        counts.row(doc).map(|(term, n)| (counts.vocabulary().term(term), n)).collect()
    }

    #[test]
    fn given_columns_count_as_learned_ones() {
        let docs = ["oil prices fell and oil fell", "snow", "prices of snow"];
        let analyzer = Analyzer::english();
        for params in [
            CountParams::default(),
            CountParams::default().binary(true),
            CountParams::default().ngrams(1..=2),
        ] {
            let learned = CountMatrix::from_docs(&analyzer, docs, params.clone()).unwrap();
            // In another order than that of the columns.
            let mut terms: Vec<_> = learned.vocabulary().terms().collect();
            terms.reverse();
            let vocabulary = Vocabulary::from_terms(terms, params).unwrap();
            let counts = vocabulary.count(&analyzer, docs);
            assert_eq!(counts.csr(), learned.csr());
            assert_eq!((counts.seen, counts.unknown), (learned.seen, 0));
        }
        let some = Vocabulary::from_terms(["snow", "oil"], CountParams::default()).unwrap();
        let counts = some.count(&analyzer, docs);
        assert_eq!((row(&counts, 0), row(&counts, 1)), (vec![("oil", 2)], vec![("snow", 1)]));
        assert_eq!((counts.seen, counts.unknown), (8, 4));
        let oil = some.id("oil").unwrap();
        assert_eq!((some.doc_freq(oil), some.total(oil), some.n_docs()), (0, 0, 0));
    }

    #[test]
    fn phrases_are_read_by_the_analyzer() {
        let phrases = ["Central banks", "ministers", "the minister’s", "European Central Bank"];
        let analyzer = Analyzer::english();
        let error = Vocabulary::from_phrases(&analyzer, phrases).unwrap_err();
        assert_eq!(
            error.to_string(),
            "a phrase is `the minister’s`, of which `the` does not count, but must be of terms that \
             all count"
        );
        let phrases = ["Central banks", "ministers", "minister’s", "European Central Bank"];
        let vocabulary = Vocabulary::from_phrases(&analyzer, phrases).unwrap();
        let written: Vec<_> = vocabulary.ids().map(|id| vocabulary.written(id)).collect();
        assert_eq!(written, ["Central banks", "European Central Bank", "ministers"]);
        let counts = vocabulary.count(&analyzer, ["The European central bank met ministers"]);
        let expected = [("central bank", 1), ("european central bank", 1), ("minist", 1)];
        assert_eq!(row(&counts, 0), expected);
    }

    #[test]
    fn hashed_terms_keep_their_place_and_lose_no_count() {
        let docs = ["oil prices fell and oil fell", "snow", ""];
        let analyzer = Analyzer::english();
        let learned = CountMatrix::from_docs(&analyzer, docs, CountParams::default()).unwrap();
        for n_places in [1, 2, 3, 1 << 16] {
            let vocabulary = Vocabulary::hashed(n_places, CountParams::default()).unwrap();
            let counts = vocabulary.count(&analyzer, docs);
            assert_eq!((counts.n_terms(), counts.unknown), (n_places, 0));
            for doc in 0..docs.len() {
                let mut expected = vec![0; n_places];
                for (term, count) in learned.row(doc) {
                    let place = vocabulary.id(learned.vocabulary().term(term)).unwrap();
                    expected[place.index()] += count;
                }
                let mut found = vec![0; n_places];
                counts.row(doc).for_each(|(place, count)| found[place.index()] += count);
                assert_eq!(found, expected);
                assert!(counts.row(doc).is_sorted_by(|a, b| a.0 < b.0));
            }
            let binary = Vocabulary::hashed(n_places, CountParams::default().binary(true)).unwrap();
            assert!(binary.count(&analyzer, docs).rows().flatten().all(|(_, count)| count == 1));
        }
        // Hashes that the authors of FNV-1a publish.
        assert_eq!(place_of("", 1 << 16), 0xCBF2);
        assert_eq!(place_of("foobar", 1 << 16), 0x8594);
        let vocabulary = Vocabulary::hashed(101, CountParams::default()).unwrap();
        let last = vocabulary.ids().last().unwrap();
        assert_eq!((vocabulary.term(last), vocabulary.written(last)), ("#100", "#100"));
        assert!(vocabulary.terms().is_sorted());
    }

    #[test]
    fn bad_columns_are_named() {
        let params = CountParams::default;
        let of = |terms: &[&str], params| Vocabulary::from_terms(terms, params).unwrap_err();
        let cases = [
            (
                of(&["oil", "a", "oil"], params()),
                "a term of the vocabulary is `oil`, twice, but must be there once",
            ),
            (
                of(&[""], params()),
                "a term of the vocabulary is empty, but must be at least a letter",
            ),
            (
                of(&["a b c"], params().ngrams(1..=2)),
                "a term of the vocabulary is `a b c`, of 3 words, but must be of 1..=2",
            ),
            (
                of(&["a  b"], params().ngrams(1..=3)),
                "a term of the vocabulary is `a  b`, which has an empty word or a control \
                 character, but must be words between single spaces",
            ),
            (
                Vocabulary::from_phrases(&Analyzer::plain(), ["a ".repeat(33)]).unwrap_err(),
                &format!(
                    "a phrase is `{}`, of 33 terms, but must be of at most 32 terms",
                    "a ".repeat(33).trim()
                ),
            ),
            (
                of(&["a"], params().max_terms(5)),
                "max_terms is 5, but must be unset where columns are given",
            ),
            (
                of(&["a"], params().min_doc_freq(DocFreq::Docs(2))),
                "min_doc_freq is 2 documents, but must be unset where columns are given",
            ),
            (
                Vocabulary::hashed(0, params()).unwrap_err(),
                "n_places is 0, but must be in 1..=16777216",
            ),
            (of(&[], params()), "no terms for a vocabulary, but at least 1 is needed"),
            (
                Vocabulary::from_phrases(&Analyzer::english(), ["…"]).unwrap_err(),
                "a phrase is `…`, but must be of at least one term",
            ),
        ];
        for (error, expected) in cases {
            assert_eq!(error.to_string(), expected);
        }
    }
}
