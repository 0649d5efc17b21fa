//! Setting up an [`Analyzer`].

use super::Analyzer;
use crate::text::joined::Phrases;
use crate::text::{Dictionary, Segmentation, Stemmer, StopWords};

/// Sets up an [`Analyzer`].
#[derive(Clone, Debug)]
pub struct AnalyzerBuilder {
    pub(super) analyzer: Analyzer,
}

impl AnalyzerBuilder {
    /// Which rules tell words apart; [`Segmentation::News`] unless set.
    #[must_use]
    pub fn segmentation(mut self, segmentation: Segmentation) -> Self {
        self.analyzer.segmentation = segmentation;
        self
    }

    /// Which words do not count; none unless set.
    #[must_use]
    pub fn stop_words(mut self, stop_words: StopWords) -> Self {
        self.analyzer.stop_words = stop_words;
        self
    }

    /// Words count as their stems: by [`Stemmer::new`] for a [`Language`](crate::Language), or by any [`Stemmer`]. As
    /// they are unless set.
    #[must_use]
    pub fn stemmer(mut self, stemmer: impl Into<Stemmer>) -> Self {
        self.analyzer.stemmer = Some(stemmer.into());
        self
    }

    /// Terms with fewer characters do not count; 1 unless set.
    #[must_use]
    pub fn min_chars(mut self, min_chars: usize) -> Self {
        self.analyzer.min_chars = min_chars;
        self
    }

    /// Whether numbers count; they do unless set.
    #[must_use]
    pub fn numbers(mut self, numbers: bool) -> Self {
        self.analyzer.numbers = numbers;
        self
    }

    /// Whether web and e-mail addresses and `@names` count; they do unless set.
    #[must_use]
    pub fn addresses(mut self, addresses: bool) -> Self {
        self.analyzer.addresses = addresses;
        self
    }

    /// Words and phrases that count as the user says, before all other settings; none unless set.
    ///
    /// ```
    /// use undertone::{Analyzer, Dictionary};
    ///
    /// let names = Dictionary::new().count_as("united_kingdom", ["UK", "United Kingdom"])?;
    /// let analyzer = Analyzer::builder().dictionary(names).build();
    /// let terms: Vec<_> = analyzer.terms("the United Kingdom’s ministers").collect();
    /// assert_eq!(terms, ["the", "united_kingdom", "ministers"]);
    /// # Ok::<(), undertone::Error>(())
    /// ```
    #[must_use]
    pub fn dictionary(mut self, dictionary: Dictionary) -> Self {
        self.analyzer.phrases = Phrases::new(dictionary);
        self
    }

    /// The analyzer.
    #[must_use]
    pub fn build(self) -> Analyzer {
        self.analyzer
    }
}
